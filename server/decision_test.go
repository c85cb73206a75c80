package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
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

func newTown(t *testing.T, store *db.DB, handle string) *town {
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

func TestEvaluation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		other := settle(w.Site, "other")
		elsewhere, _ := w.newKey(`accessPoints:["ISPROXY"]`)
		narrow, _ := w.newKey(`accessPoints:["API"],permissions:["VIEW_DOMAIN"]`)
		const ip = "192.0.2.7"
		for name, test := range map[string]struct{ subjectType, id, action, point, want string }{
			"a key comes in":                     {"api_key", w.key, "enter", "API", "GRANTED"},
			"a key does what its user may":       {"api_key", w.key, "UPDATE_DOMAIN", "API", "GRANTED"},
			"a key does not do what it may not":  {"api_key", w.key, "DELETE_DOMAIN", "API", "PERMISSION_MISSING"},
			"an action that is no permission":    {"api_key", w.key, "dance", "API", "PERMISSION_MISSING"},
			"a restricted key":                   {"api_key", narrow, "UPDATE_DOMAIN", "API", "PERMISSION_MISSING"},
			"a key of another door":              {"api_key", elsewhere, "enter", "API", "ACCESS_POINT_NOT_ALLOWED"},
			"the service asks about another":     {"api_key", elsewhere, "enter", "ISPROXY", "SUBJECT_UNKNOWN"},
			"a key of another account":           {"api_key", other.key, "enter", "API", "SUBJECT_UNKNOWN"},
			"a key with a wrong checksum":        {"api_key", flip(w.key), "enter", "API", "SUBJECT_UNKNOWN"},
			"a key cut short":                    {"api_key", w.key[:len(w.key)-1], "enter", "API", "SUBJECT_UNKNOWN"},
			"a key doubled":                      {"api_key", w.key + w.key, "enter", "API", "SUBJECT_UNKNOWN"},
			"a key that was never made":          {"api_key", "gatekey_" + strings.Repeat("0", 43) + "0ToQyT", "enter", "API", "SUBJECT_UNKNOWN"},
			"a user by ID":                       {"user", w.user, "UPDATE_DOMAIN", "API", "GRANTED"},
			"a user by name":                     {"user", "acme/whmcs", "UPDATE_DOMAIN", "API", "GRANTED"},
			"a user by name, in other case":      {"user", "Acme/WHMCS", "enter", "API", "GRANTED"},
			"a user who may not come in there":   {"user", "acme/admin", "enter", "API", "ACCESS_POINT_NOT_ALLOWED"},
			"nobody":                             {"user", "acme/nobody", "enter", "API", "SUBJECT_UNKNOWN"},
			"a user of another account":          {"user", other.user, "enter", "API", "SUBJECT_UNKNOWN"},
			"a user of another account, by name": {"user", "other/whmcs", "enter", "API", "SUBJECT_UNKNOWN"},
			"what is no ID":                      {"user", "x", "enter", "API", "SUBJECT_UNKNOWN"},
			"a subject of an unknown type":       {"robot", w.user, "enter", "API", "SUBJECT_UNKNOWN"},
		} {
			for range 2 { // from the database, and from memory
				if got := w.ask(test.subjectType, test.id, test.action, test.point, ip); got != test.want {
					t.Errorf("%s: %s, want %s", name, got, test.want)
				}
			}
		}
	})
}

// flip exchanges two characters, as somebody does who types a key from paper.
func flip(key string) string {
	b := []byte(key)
	for i := 10; ; i++ {
		if b[i] != b[i+1] {
			b[i], b[i+1] = b[i+1], b[i]
			return string(b)
		}
	}
}

// Rule 5: whatever changes, the next decision knows.
func TestDecisionsChangeAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		expect := func(what, want string) {
			t.Helper()
			if got := w.ask("api_key", w.key, "UPDATE_DOMAIN", "API", "192.0.2.7"); got != want {
				t.Errorf("%s: %s, want %s", what, got, want)
			}
		}
		change := func(document string) *servertest.Answer {
			t.Helper()
			return w.admin.Must(document, map[string]any{"u": w.user, "k": w.keyID, "p": w.points["API"]})
		}
		user := func(fields string) {
			change(`mutation($u:ID!){updateUser(input:{id:$u,` + fields + `}){userErrors{code field message}}}`)
		}
		expect("at first", "GRANTED")
		user(`newWhitelist:{name:"Office",entries:[{cidr:"198.51.100.0/24"}]}`)
		expect("a whitelist without the address", "IP_NOT_WHITELISTED")
		user(`whitelistsReportOnly:true`)
		expect("the same in report-only mode", "GRANTED")
		user(`whitelistsReportOnly:false`)
		expect("and asked again", "IP_NOT_WHITELISTED")
		user(`whitelistIds:null`)
		expect("without it", "GRANTED")
		user(`accessPoints:["ISPROXY"]`)
		expect("without the access point", "ACCESS_POINT_NOT_ALLOWED")
		user(`accessPoints:["API"]`)
		expect("with it again", "GRANTED")
		role := w.admin.Must(`{roles(filter:{query:"Billing"}){nodes{id}}}`, nil).Text("roles.nodes.0.id")
		w.admin.Must(`mutation($r:ID!){updateRole(input:{id:$r,permissions:["VIEW_DOMAIN"]}){userErrors{code}}}`, map[string]any{"r": role})
		expect("a role without the permission", "PERMISSION_MISSING")
		w.admin.Must(`mutation($r:ID!){updateRole(input:{id:$r,permissions:["UPDATE_DOMAIN"]}){userErrors{code}}}`, map[string]any{"r": role})
		expect("and with it again", "GRANTED")
		change(`mutation($u:ID!){deactivateUser(input:{id:$u}){userErrors{code}}}`)
		expect("a deactivated user", "USER_DEACTIVATED")
		change(`mutation($u:ID!){reactivateUser(input:{id:$u}){userErrors{code}}}`)
		expect("a user reactivated", "GRANTED")
		change(`mutation($k:ID!){updateApiKey(input:{id:$k,expiresAt:"2026-11-23T09:00:00Z"}){userErrors{code}}}`)
		expect("before the end", "GRANTED")
		w.Clock.Pass(2 * time.Hour)
		expect("past the end", "KEY_EXPIRED")
		w.admin = w.acme.AsAdmin()
		w.key, w.keyID = w.newKey(`accessPoints:["API"]`)
		expect("another key", "GRANTED")
		change(`mutation($k:ID!){revokeApiKey(input:{id:$k}){userErrors{code}}}`)
		expect("revoked", "KEY_REVOKED")

		older := w.service
		w.service = w.newSecret("API")
		if status, _, _ := w.post("/access/v1/evaluation", older, "application/json", question("user", w.user, "enter", "API", "192.0.2.7")); status != http.StatusUnauthorized {
			t.Errorf("the older secret of the service: %d", status)
		}
		expect("with the newer", "KEY_REVOKED")
	})
}

// Bad input gets a clear answer and no decision (AuthZEN Authorization API 1.0, 10.1.5).
func TestEvaluationRefusesWhatItDoesNotUnderstand(t *testing.T) {
	w := newTown(t, open(t), "acme")
	good := question("user", w.user, "enter", "API", "192.0.2.7")
	for name, test := range map[string]struct {
		secret, media, body string
		status              int
		says                string
	}{
		"no secret":              {"", "application/json", good, 401, "gatesvc_"},
		"a key as secret":        {w.key, "application/json", good, 401, "gatesvc_"},
		"a mistyped secret":      {flip(w.service), "application/json", good, 401, "gatesvc_"},
		"another media type":     {w.service, "text/plain", good, 415, "application/json"},
		"no JSON":                {w.service, "application/json", good[:30], 400, "well-formed"},
		"an array":               {w.service, "application/json", "[]", 400, "an object"},
		"two objects":            {w.service, "application/json", good + good, 400, "nothing after"},
		"an unknown field":       {w.service, "application/json", strings.Replace(good, `"subject"`, `"subjekt"`, 1), 400, "subjekt"},
		"an unknown inner field": {w.service, "application/json", strings.Replace(good, `"id"`, `"idd"`, 1), 400, "idd"},
		"a number for a text":    {w.service, "application/json", strings.Replace(good, `"enter"`, `7`, 1), 400, "action.name must be a string"},
		"no subject":             {w.service, "application/json", `{"action":{"name":"enter"},"resource":{"type":"access_point","id":"API"}}`, 400, "subject is missing"},
		"an empty ID":            {w.service, "application/json", strings.Replace(good, w.user, "", 1), 400, "subject.id is missing"},
		"an address with a port": {w.service, "application/json", strings.Replace(good, "192.0.2.7", "192.0.2.7:80", 1), 400, "context.ip"},
		"an address with a zone": {w.service, "application/json", strings.Replace(good, "192.0.2.7", "fe80::1%eth0", 1), 400, "context.ip"},
		"leading zeros":          {w.service, "application/json", strings.Replace(good, "192.0.2.7", "192.0.2.007", 1), 400, "context.ip"},
		"an address of numbers":  {w.service, "application/json", strings.Replace(good, `"192.0.2.7"`, "7", 1), 400, "context.ip must be a string"},
		"10 MB":                  {w.service, "application/json", `{"x":"` + strings.Repeat("x", 10<<20) + `"}`, 413, "1 MiB"},
	} {
		status, answer, header := w.post("/access/v1/evaluation", test.secret, test.media, test.body)
		var message string
		if err := json.Unmarshal([]byte(answer), &message); err != nil || status != test.status || !strings.Contains(message, test.says) {
			t.Errorf("%s: %d %s, want %d %q", name, status, answer, test.status, test.says)
		}
		if status == http.StatusUnauthorized && header.Get("WWW-Authenticate") == "" {
			t.Errorf("%s: no WWW-Authenticate", name)
		}
	}
	response := w.Client().Send(http.MethodGet, "/access/v1/evaluation", nil, nil)
	if servertest.Drain(t, response); response.StatusCode != http.StatusMethodNotAllowed || response.Header.Get("Allow") != "POST" {
		t.Errorf("GET: %d %v", response.StatusCode, response.Header)
	}
	response = w.Client().Send(http.MethodPost, "/access/v1/evaluation?token="+w.key, []byte(good), http.Header{"Content-Type": {"application/json"}})
	if answer := servertest.Drain(t, response); response.StatusCode != http.StatusBadRequest || !strings.Contains(answer, "Authorization") {
		t.Errorf("a key in the query string: %d %s", response.StatusCode, answer)
	}
	if strings.Contains(w.Log.String(), w.key) {
		t.Error("the key stands in the log")
	}
}

// Whoever tells no address is outside every whitelist.
func TestEvaluationWithoutAnAddress(t *testing.T) {
	w := newTown(t, open(t), "acme")
	ask := func() string {
		_, answer, _ := w.post("/access/v1/evaluation", w.service, "application/json",
			`{"subject":{"type":"user","id":"acme/whmcs","properties":{"x":1}},"action":{"name":"enter"},"resource":{"type":"access_point","id":"API"}}`)
		return answer
	}
	if answer := ask(); !strings.Contains(answer, "GRANTED") {
		t.Errorf("without whitelists: %s", answer)
	}
	w.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,newWhitelist:{name:"World",entries:[{cidr:"0.0.0.0/0"},{cidr:"::/0"}]}}){userErrors{code}}}`, map[string]any{"u": w.user})
	if answer := ask(); !strings.Contains(answer, "IP_NOT_WHITELISTED") {
		t.Errorf("with one: %s", answer)
	}
}

// AuthZEN, section 7: defaults, semantics, and errors in the place of a decision.
func TestEvaluations(t *testing.T) {
	w := newTown(t, open(t), "acme")
	defaults := `"subject":{"type":"user","id":"acme/whmcs"},"resource":{"type":"access_point","id":"API"},"context":{"ip":"192.0.2.7"}`
	three := `"evaluations":[{"action":{"name":"VIEW_DOMAIN"}},{"action":{"name":"DELETE_DOMAIN"}},{"action":{"name":"UPDATE_DOMAIN"}}]`
	for name, test := range map[string]struct{ body, want string }{
		"all":                       {`{` + defaults + `,` + three + `}`, "true false true"},
		"all, said":                 {`{` + defaults + `,` + three + `,"options":{"evaluations_semantic":"execute_all"}}`, "true false true"},
		"until the first deny":      {`{` + defaults + `,` + three + `,"options":{"evaluations_semantic":"deny_on_first_deny"}}`, "true false"},
		"until the first permit":    {`{` + defaults + `,` + three + `,"options":{"evaluations_semantic":"permit_on_first_permit"}}`, "true"},
		"another subject in one":    {`{` + defaults + `,"evaluations":[{"action":{"name":"enter"},"subject":{"type":"user","id":"acme/admin"}},{"action":{"name":"enter"}}]}`, "false true"},
		"one that cannot be asked":  {`{` + defaults + `,"evaluations":[{},{"action":{"name":"enter"}}]}`, "false true"},
		"none: a single evaluation": {`{` + defaults + `,"action":{"name":"enter"}}`, "single true"},
	} {
		status, answer, _ := w.post("/access/v1/evaluations", w.service, "application/json", test.body)
		var got struct {
			Decision    *bool
			Evaluations []struct {
				Decision bool
				Context  map[string]any
			}
		}
		if err := json.Unmarshal([]byte(answer), &got); err != nil || status != http.StatusOK {
			t.Fatalf("%s: %d %s", name, status, answer)
		}
		var told []string
		if got.Decision != nil {
			told = append(told, fmt.Sprint("single ", *got.Decision))
		}
		for _, one := range got.Evaluations {
			told = append(told, fmt.Sprint(one.Decision))
		}
		if strings.Join(told, " ") != test.want {
			t.Errorf("%s: %s, want %s", name, answer, test.want)
		}
		if name == "one that cannot be asked" && fmt.Sprint(got.Evaluations[0].Context) != "map[error:map[message:action is missing status:400]]" {
			t.Errorf("%s: %s", name, answer)
		}
	}
	for body, says := range map[string]string{
		`{` + defaults + `,` + three + `,"options":{"evaluations_semantic":"some"}}`:                      "evaluations_semantic",
		`{` + defaults + `,"evaluations":[` + strings.TrimSuffix(strings.Repeat(`{},`, 1001), ",") + `]}`: "at most 1000",
		`{` + defaults + `}`: "action is missing",
	} {
		if status, answer, _ := w.post("/access/v1/evaluations", w.service, "application/json", body); status != http.StatusBadRequest || !strings.Contains(answer, says) {
			t.Errorf("%d %s, want %q", status, answer, says)
		}
	}
	response := w.Client().Send(http.MethodGet, "/.well-known/authzen-configuration", nil, nil)
	if body := servertest.Drain(t, response); !strings.Contains(body, `"access_evaluations_endpoint":"http://localhost:8080/access/v1/evaluations"`) || response.StatusCode != 200 {
		t.Errorf("metadata: %d %s", response.StatusCode, body)
	}
	sent := http.Header{"Content-Type": {"application/json"}, "Authorization": {"Bearer " + w.service}, "X-Request-Id": {"abc-1"}}
	response = w.Client().Send(http.MethodPost, "/access/v1/evaluation", []byte(question("user", w.user, "enter", "API", "192.0.2.7")), sent)
	if servertest.Drain(t, response); response.Header.Get("X-Request-ID") != "abc-1" {
		t.Errorf("X-Request-ID is not given back: %v", response.Header)
	}
}

// RFC 7662, section 2: what is active, and nothing about what is not.
func TestIntrospection(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		const form = "application/x-www-form-urlencoded"
		ask := func(values url.Values) string {
			t.Helper()
			status, answer, header := w.post("/oauth2/introspect", w.service, form, values.Encode())
			if status != http.StatusOK || header.Get("Content-Type") != "application/json" || header.Get("Cache-Control") != "no-store" {
				t.Fatalf("%d %s %v", status, answer, header)
			}
			return answer
		}
		issued := w.Clock.Now().Unix()
		want := fmt.Sprintf(`{"active":true,"sub":%q,"username":"acme/whmcs","scope":"UPDATE_DOMAIN VIEW_DOMAIN VIEW_PROCESS VIEW_USER","iat":%d,"client_id":%q,"token_type":"ApiKey"}`,
			w.user, issued, w.keyID)
		if got := ask(url.Values{"token": {w.key}, "token_type_hint": {"x"}}); got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
		const inactive = `{"active":false}`
		for name, token := range map[string]string{
			"mistyped": flip(w.key), "another thing": "abc", "a service's secret": w.service, "a session": w.admin.Cookie("gatehouse_session"),
		} {
			if got := ask(url.Values{"token": {token}}); got != inactive {
				t.Errorf("%s: %s", name, got)
			}
		}
		w.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,newWhitelist:{name:"Office",entries:[{cidr:"192.0.2.0/24"}]}}){userErrors{code}}}`, map[string]any{"u": w.user})
		if got := ask(url.Values{"token": {w.key}}); got != inactive {
			t.Errorf("whitelisted, without an address: %s", got)
		}
		if got := ask(url.Values{"token": {w.key}, "ip": {"192.0.2.9"}}); got != want {
			t.Errorf("whitelisted, with one: %s", got)
		}
		w.admin.Must(`mutation($k:ID!){revokeApiKey(input:{id:$k}){userErrors{code}}}`, map[string]any{"k": w.keyID})
		if got := ask(url.Values{"token": {w.key}, "ip": {"192.0.2.9"}}); got != inactive {
			t.Errorf("revoked: %s", got)
		}
		for body, media := range map[string]string{"": form, "token=": form, "token=a&token=b": form, "token=a&ip=1.2.3.4:5": form, `{"token":"a"}`: "application/json"} {
			if status, answer, _ := w.post("/oauth2/introspect", w.service, media, body); status != http.StatusBadRequest || !strings.Contains(answer, "invalid_request") {
				t.Errorf("%q: %d %s", body, status, answer)
			}
		}
		if status, _, _ := w.post("/oauth2/introspect", "", form, "token=a"); status != http.StatusUnauthorized {
			t.Errorf("without a secret: %d", status)
		}
	})
}

// Rule 10, and the access point API: a key asks GraphQL with the permissions that it has, and never touches credentials.
func TestGraphQLByKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		program := func(authorization string) *servertest.Client {
			client := w.Client()
			client.Header.Set("Authorization", authorization)
			return client
		}
		for _, authorization := range []string{"ApiKey " + w.key, "Bearer " + w.key, "apikey " + w.key} {
			answer := program(authorization).Must(`{viewer{user{qualifiedName} session{id} apiKey{id hint} assurance permissions provenUntil} users{nodes{loginName}}}`, nil)
			if answer.Text("viewer.user.qualifiedName") != "acme/whmcs" || answer.At("viewer.session") != nil || answer.Text("viewer.apiKey.id") != w.keyID ||
				answer.Text("viewer.assurance") != "API_KEY" || answer.At("viewer.provenUntil") != nil {
				t.Errorf("%s", answer.Body)
			}
		}
		client := program("ApiKey " + w.key)
		for document, want := range map[string]string{
			`{roles{nodes{name}}}`: "", `{auditEvents{nodes{action}}}`: "", `{whitelists{nodes{name}}}`: "FORBIDDEN whitelists",
			`mutation{createRole(input:{name:"X",permissions:[]}){role{id} userErrors{code}}}`:               "FORBIDDEN createRole",
			`mutation{changePassword(input:{currentPassword:"x",newPassword:"y"}){userErrors{code}}}`:        "FORBIDDEN changePassword",
			`mutation{beginTotpEnrolment(input:{name:"x"}){secret userErrors{code}}}`:                        "FORBIDDEN beginTotpEnrolment",
			`mutation{beginStepUp{challenge{token} userErrors{code}}}`:                                       "FORBIDDEN beginStepUp",
			`mutation{revokeOtherSessions{userErrors{code}}}`:                                                "FORBIDDEN revokeOtherSessions",
			`mutation{signIn(input:{account:"acme",loginName:"admin",password:"x"}){next userErrors{code}}}`: "FORBIDDEN signIn",
			`mutation{verifyTotp(input:{challengeToken:"x",code:"1"}){next userErrors{code}}}`:               "FORBIDDEN verifyTotp",
			`mutation{updateViewer(input:{name:"Billing"}){user{name} userErrors{code}}}`:                    "",
		} {
			answer := client.Do(document, nil)
			if got := strings.Join(answer.ErrorCodes(), " "); got != want {
				t.Errorf("%s: %q, want %q: %s", document, got, want, answer.Body)
			}
		}
		narrow, _ := w.newKey(`accessPoints:["API"],permissions:["VIEW_DOMAIN"]`)
		if answer := program("ApiKey "+narrow).Do(`{viewer{permissions} users{nodes{id}}}`, nil); answer.ErrorCodes()[0] != "FORBIDDEN users" || fmt.Sprint(answer.At("viewer.permissions")) != "[VIEW_DOMAIN]" {
			t.Errorf("a restricted key: %s", answer.Body)
		}
		elsewhere, _ := w.newKey(`accessPoints:["ISPROXY"]`)
		for authorization, reason := range map[string]string{
			"ApiKey " + flip(w.key): "SUBJECT_UNKNOWN", "ApiKey " + w.key[:40]: "SUBJECT_UNKNOWN", "ApiKey " + w.key + w.key: "SUBJECT_UNKNOWN",
			"Basic abc": "SUBJECT_UNKNOWN", "ApiKey": "SUBJECT_UNKNOWN", "ApiKey " + w.service: "SUBJECT_UNKNOWN", "ApiKey " + elsewhere: "ACCESS_POINT_NOT_ALLOWED",
		} {
			answer := program(authorization).Do(`{viewer{ip}}`, nil)
			if answer.Status != http.StatusUnauthorized || answer.Data != nil || answer.Errors[0].Extensions["reason"] != reason || answer.Header.Get("WWW-Authenticate") == "" {
				t.Errorf("%.12s…: %d %s, want %s", authorization, answer.Status, answer.Body, reason)
			}
		}
		w.admin.Must(`mutation($k:ID!){revokeApiKey(input:{id:$k}){userErrors{code}}}`, map[string]any{"k": w.keyID})
		if answer := client.Do(`{viewer{ip}}`, nil); answer.Status != http.StatusUnauthorized || answer.Errors[0].Extensions["reason"] != "KEY_REVOKED" {
			t.Errorf("revoked: %d %s", answer.Status, answer.Body)
		}
	})
}

// When a key was last used stands on it within seconds, and its user hears of a new address, but not of the first.
func TestUseOfAKeyIsNoted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		flush := func() {
			t.Helper()
			if err := w.Usage.Flush(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		drainMail(t, w.Site)
		lastUse := func() string {
			answer := w.admin.Must(`query($k:ID!){node(id:$k){...on ApiKey{lastUsedAt lastUsedIp}}}`, map[string]any{"k": w.keyID})
			return fmt.Sprint(answer.At("node.lastUsedAt"), " ", answer.At("node.lastUsedIp"))
		}
		if got := lastUse(); got != "<nil> <nil>" {
			t.Errorf("never used: %s", got)
		}
		w.ask("api_key", w.key, "enter", "API", "192.0.2.7")
		w.ask("api_key", w.key, "DELETE_DOMAIN", "API", "203.0.113.9") // not let in: was nowhere
		flush()
		if got := lastUse(); got != "2026-11-23T08:00:00.000Z 192.0.2.7" {
			t.Errorf("used: %s", got)
		}
		if kinds := drainMail(t, w.Site); len(kinds) > 0 {
			t.Errorf("mails of the first address: %v", kinds)
		}
		w.Clock.Pass(2 * time.Minute)
		w.ask("api_key", w.key, "enter", "API", "2001:db8::7")
		w.ask("api_key", w.key, "enter", "API", "2001:db8::8") // of the same /64
		flush()
		if kinds := drainMail(t, w.Site); fmt.Sprint(kinds) != "[keyUsedFromNewAddress]" {
			t.Errorf("mails of a new address: %v", kinds)
		}
		seen := w.admin.Must(`query($u:ID!){user(by:{id:$u}){seenAddresses{cidr}}}`, map[string]any{"u": w.user})
		if got := fmt.Sprint(seen.At("user.seenAddresses.0.cidr"), seen.At("user.seenAddresses.1.cidr"), seen.At("user.seenAddresses.2")); got != "2001:db8::/64192.0.2.7/32<nil>" {
			t.Errorf("seen %s", seen.Body)
		}
	})
}

func drainMail(t *testing.T, site *servertest.Site) (kinds []string) {
	t.Helper()
	for {
		waiting, err := site.Store.WaitingMails(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if waiting == 0 {
			return kinds
		}
		kinds = append(kinds, site.Mail().Kind)
	}
}

// Report-only mode shuts nobody out, and counts whom it would have.
func TestReportOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		w.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,whitelistsReportOnly:true,newWhitelist:{name:"Office",entries:[{cidr:"192.0.2.0/24"}]}}){userErrors{code}}}`,
			map[string]any{"u": w.user})
		list := w.admin.Must(`mutation{createWhitelist(input:{name:"Data centre",entries:[{cidr:"198.51.100.0/24"}]}){whitelist{id} userErrors{code}}}`, nil)
		w.admin.Must(`mutation($p:ID!,$l:ID!){updateAccessPoint(input:{id:$p,whitelistsReportOnly:true,whitelistIds:[$l]}){userErrors{code}}}`,
			map[string]any{"p": w.points["API"], "l": list.Text("createWhitelist.whitelist.id")})
		for _, ip := range []string{"203.0.113.1", "203.0.113.1", "203.0.113.2", "192.0.2.7"} {
			if got := w.ask("user", w.user, "enter", "API", ip); got != "GRANTED" {
				t.Errorf("%s: %s", ip, got)
			}
		}
		if err := w.Usage.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		const report = `whitelistReport{since refusals addressCount addresses{cidr refusals lastAt}}`
		answer := w.admin.Must(`query($u:ID!){user(by:{id:$u}){whitelistsReportOnly `+report+`} accessPoints{code whitelistsReportOnly `+report+`}}`, map[string]any{"u": w.user})
		if answer.At("user.whitelistReport.refusals") != 3.0 || answer.At("user.whitelistReport.addressCount") != 2.0 ||
			answer.Text("user.whitelistReport.addresses.0.cidr") != "203.0.113.1/32" || answer.Text("user.whitelistReport.since") != "2026-11-17T00:00:00.000Z" {
			t.Errorf("of the user: %s", answer.Body)
		}
		if answer.Text("accessPoints.0.code") != "API" || answer.At("accessPoints.0.whitelistReport.refusals") != 4.0 || answer.At("accessPoints.1.whitelistReport.refusals") != 0.0 {
			t.Errorf("of the doors: %s", answer.Body)
		}
		w.Clock.Pass(8 * 24 * time.Hour)
		w.admin = w.acme.AsAdmin()
		later := w.admin.Must(`query($u:ID!){user(by:{id:$u}){whitelistReport{refusals} month:whitelistReport(days:30){refusals}}}`, map[string]any{"u": w.user})
		if later.At("user.whitelistReport.refusals") != 0.0 || later.At("user.month.refusals") != 3.0 {
			t.Errorf("eight days later: %s", later.Body)
		}
		if wrong := w.admin.Do(`query($u:ID!){user(by:{id:$u}){whitelistReport(days:31){refusals}}}`, map[string]any{"u": w.user}); wrong.ErrorCodes()[0] != "BAD_USER_INPUT user.whitelistReport" {
			t.Errorf("too many days: %s", wrong.Body)
		}
		w.Clock.Pass(90 * 24 * time.Hour)
		if err := w.Accounts.ForgetUsage(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.admin = w.acme.AsAdmin()
		gone := w.admin.Must(`query($u:ID!){user(by:{id:$u}){seenAddresses{cidr} whitelistReport(days:30){refusals}}}`, map[string]any{"u": w.user})
		if gone.At("user.seenAddresses.0") != nil || gone.At("user.whitelistReport.refusals") != 0.0 {
			t.Errorf("a season later: %s", gone.Body)
		}
	})
}

// Explaining asks what a decision asks, names what decided as far as the viewer may see it, and is noted nowhere.
func TestAccessDecision(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		other := settle(w.Site, "other")
		w.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,newWhitelist:{name:"Office",entries:[{cidr:"192.0.2.0/24"}]}}){userErrors{code}}}`, map[string]any{"u": w.user})
		const document = `query($s:AccessSubject!,$ip:String!,$p:String){accessDecision(request:{subject:$s,accessPoint:"API",ip:$ip,permission:$p}){
			allowed reason checks{kind passed detail decidedBy{__typename id ...on Role{name} ...on Whitelist{name}}}}}`
		explain := func(client *servertest.Client, subject map[string]any, ip, permission string) *servertest.Answer {
			t.Helper()
			return client.Must(document, map[string]any{"s": subject, "ip": ip, "p": permission})
		}
		user, key := map[string]any{"userId": w.user}, map[string]any{"apiKeyId": w.keyID}
		granted := explain(w.admin, key, "192.0.2.7", "UPDATE_DOMAIN")
		if granted.At("accessDecision.allowed") != true || granted.Text("accessDecision.checks.5.detail") != "192.0.2.0/24 (Office)" ||
			granted.Text("accessDecision.checks.5.decidedBy.name") != "Office" || granted.Text("accessDecision.checks.6.decidedBy.name") != "Billing" {
			t.Errorf("granted: %s", granted.Body)
		}
		refused := explain(w.admin, user, "203.0.113.1", "DELETE_DOMAIN")
		if refused.Text("accessDecision.reason") != "IP_NOT_WHITELISTED" || refused.At("accessDecision.checks.4.passed") != false {
			t.Errorf("refused: %s", refused.Body)
		}
		for name, subject := range map[string]map[string]any{
			"another account's user": {"userId": other.user}, "another account's key": {"apiKeyId": other.keyID}, "nobody": {"userId": "user_01h455vb4pex5vsknk084sn02q"},
		} {
			if answer := explain(w.admin, subject, "192.0.2.7", "UPDATE_DOMAIN"); answer.Text("accessDecision.reason") != "SUBJECT_UNKNOWN" {
				t.Errorf("%s: %s", name, answer.Body)
			}
		}
		looker := w.acme.As(w.acme.Person("looker", "VIEW_USER"))
		if answer := explain(looker, user, "192.0.2.7", "UPDATE_DOMAIN"); strings.Contains(answer.Body, "Office") || answer.Text("accessDecision.reason") != "GRANTED" {
			t.Errorf("without VIEW_WHITELIST: %s", answer.Body)
		}
		if answer := looker.Do(document, map[string]any{"s": key, "ip": "192.0.2.7"}); answer.ErrorCodes()[0] != "FORBIDDEN accessDecision" {
			t.Errorf("a key without MANAGE_API_KEY: %s", answer.Body)
		}
		jane := w.acme.Person("jane")
		self := w.acme.As(jane)
		if answer := explain(self, map[string]any{"userId": string(jane.ID)}, "192.0.2.7", "VIEW_DOMAIN"); answer.Text("accessDecision.reason") != "ACCESS_POINT_NOT_ALLOWED" {
			t.Errorf("oneself: %s", answer.Body)
		}
		for _, ip := range []string{"192.0.2.7:1", "fe80::1%1", "010.0.0.1", "x", ""} {
			if answer := w.admin.Do(document, map[string]any{"s": user, "ip": ip}); answer.ErrorCodes()[0] != "BAD_USER_INPUT accessDecision" {
				t.Errorf("address %q: %s", ip, answer.Body)
			}
		}
		origins := w.admin.Must(`query($u:ID!){user(by:{id:$u}){permissions permissionOrigins{permission roles{name}}}}`, map[string]any{"u": w.user})
		permissions, _ := origins.At("user.permissions").([]any)
		for i, permission := range permissions {
			if origins.At(fmt.Sprintf("user.permissionOrigins.%d.permission", i)) != permission || origins.Text(fmt.Sprintf("user.permissionOrigins.%d.roles.0.name", i)) != "Billing" {
				t.Errorf("%s", origins.Body)
			}
		}
		if err := w.Usage.Flush(context.Background()); err != nil {
			t.Fatal(err)
		}
		if answer := w.admin.Must(`query($u:ID!){user(by:{id:$u}){seenAddresses{cidr}}}`, map[string]any{"u": w.user}); answer.At("user.seenAddresses.0") != nil {
			t.Errorf("noted: %s", answer.Body)
		}
	})
}
