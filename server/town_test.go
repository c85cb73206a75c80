package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// town is an account with a program, its key, and the service behind API.
type town struct {
	*servertest.Site
	acme    *servertest.Account
	admin   *servertest.Client
	user    string // ID of acme/whmcs
	key     string
	keyID   string
	service string // secret of API's service
	points  map[string]string
}

func newTown(t testing.TB, store *db.DB, handle string) *town {
	site := servertest.New(t, store)
	return settle(site, handle)
}

func settle(site *servertest.Site, handle string) *town {
	w := &town{Site: site, acme: site.Account(handle), points: map[string]string{}}
	w.admin = w.acme.AsAdmin()
	points := w.admin.Must(`{accessPoints{id code}}`, nil)
	for i := range 3 {
		w.points[points.Text(fmt.Sprintf("accessPoints.%d.code", i))] = points.Text(fmt.Sprintf("accessPoints.%d.id", i))
	}
	role := w.admin.Must(`mutation{createRole(input:{name:"Billing",permissions:["VIEW_DOMAIN","UPDATE_DOMAIN","VIEW_USER"]}){role{id} userErrors{code}}}`, nil)
	user := w.admin.Must(`mutation($r:ID!){createUser(input:{kind:API,loginName:"whmcs",email:"whmcs@acme.example",name:"WHMCS",language:EN,
		roleIds:[$r],mfaForced:true,accessPoints:["API","ISPROXY"]}){user{id} userErrors{code field}}}`, map[string]any{"r": role.Text("createRole.role.id")})
	w.user = user.Text("createUser.user.id")
	w.key, w.keyID = w.newKey(`accessPoints:["API"]`)
	w.service = w.newSecret("API")
	return w
}

func (w *town) newKey(with string) (key, id string) {
	w.T.Helper()
	made := w.admin.Must(`mutation($u:ID!){createApiKey(input:{userId:$u,description:"Test",`+with+`}){secret apiKey{id} userErrors{code field message}}}`,
		map[string]any{"u": w.user})
	return made.Text("createApiKey.secret"), made.Text("createApiKey.apiKey.id")
}

func (w *town) newSecret(code string) string {
	w.T.Helper()
	return w.admin.Must(`mutation($p:ID!){rotateAccessPointSecret(input:{id:$p}){secret userErrors{code}}}`,
		map[string]any{"p": w.points[code]}).Text("rotateAccessPointSecret.secret")
}

// post asks an endpoint for services.
func (w *town) post(path, secret, media, body string) (status int, answer string, header http.Header) {
	w.T.Helper()
	sent := http.Header{"Content-Type": {media}}
	if secret != "" {
		sent.Set("Authorization", "Bearer "+secret)
	}
	response := w.Client().Send(http.MethodPost, path, []byte(body), sent)
	return response.StatusCode, servertest.Drain(w.T, response), response.Header
}

// ask asks for one decision and returns its reason.
func (w *town) ask(subjectType, id, action, point, ip string) string {
	w.T.Helper()
	status, answer, _ := w.post("/access/v1/evaluation", w.service, "application/json", question(subjectType, id, action, point, ip))
	var decided struct {
		Decision bool
		Context  struct {
			Reason string
			Checks []struct {
				Kind   string
				Passed bool
			}
		}
	}
	if err := json.Unmarshal([]byte(answer), &decided); err != nil || status != http.StatusOK {
		w.T.Fatalf("%d %s", status, answer)
	}
	if decided.Decision != (decided.Context.Reason == "GRANTED") || len(decided.Context.Checks) == 0 {
		w.T.Errorf("%s", answer)
	}
	return decided.Context.Reason
}

func question(subjectType, id, action, point, ip string) string {
	return fmt.Sprintf(`{"subject":{"type":%q,"id":%q},"action":{"name":%q},"resource":{"type":"access_point","id":%q},"context":{"ip":%q,"own":[1]}}`,
		subjectType, id, action, point, ip)
}
