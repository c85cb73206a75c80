package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// portal is an INTERACTIVE door of a town with a service behind it, and somebody who may come through.
type portal struct {
	*town
	id, secret string
	jane       *db.User
}

func newPortal(t *testing.T, store *db.DB) *portal {
	p := &portal{town: newTown(t, store, "acme")}
	made := p.admin.Must(`mutation{createAccessPoint(input:{code:"PORTAL",name:"Portal",kind:INTERACTIVE,origins:["https://portal.acme.example"]}){
		accessPoint{id} userErrors{code field message}}}`, nil)
	p.id = made.Text("createAccessPoint.accessPoint.id")
	p.points["PORTAL"] = p.id
	p.secret = p.newSecret("PORTAL")
	p.jane = p.acme.Person("jane", "VIEW_DOMAIN")
	p.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,accessPoints:["WEB","PORTAL"]}){userErrors{code}}}`, map[string]any{"u": string(p.jane.ID)})
	return p
}

// pass is what a proxy sends about a visitor who wants something of the portal, and hears.
func (p *portal) pass(wanted string, visitor http.Header) *http.Response {
	p.T.Helper()
	return p.forward("PORTAL", p.secret, "", wanted, visitor)
}

func (p *town) forward(point, secret, query, wanted string, visitor http.Header) *http.Response {
	p.T.Helper()
	header := visitor.Clone()
	if header == nil {
		header = http.Header{}
	}
	header.Set("Gatehouse-Access-Point-Secret", secret)
	if wanted != "" {
		header.Set("X-Original-Url", wanted)
	}
	client := p.Client()
	client.StopAtRedirects()
	response := client.Send(http.MethodGet, "/access/forward-auth/"+point+query, nil, header)
	body := servertest.Drain(p.T, response)
	response.Header.Set("Test-Body", body)
	return response
}

// refusedFor says whether forward auth refused a visitor for a reason, and told them in words.
func refusedFor(response *http.Response, reason string) bool {
	return strings.HasPrefix(response.Header.Get("Test-Body"), `{"reason":"`+reason+`","message":"`)
}

// cookieOf is the cookie that an answer sets, as a browser sends it back.
func cookieOf(t *testing.T, response *http.Response) http.Header {
	t.Helper()
	cookies := response.Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || !cookies[0].Secure || cookies[0].Path != "/" || cookies[0].Domain != "" || cookies[0].SameSite != http.SameSiteLaxMode ||
		!strings.HasPrefix(cookies[0].Name, "__Host-") {
		t.Fatalf("cookies %v", cookies)
	}
	return http.Header{"Cookie": {cookies[0].Name + "=" + cookies[0].Value}}
}

// signIn goes the whole way of a visitor who is signed in to Gatehouse, and returns their cookie on the portal's host.
func (p *portal) signIn(t *testing.T, client *servertest.Client) http.Header {
	t.Helper()
	client.StopAtRedirects()
	const wanted = "https://portal.acme.example/orders?page=2"
	first := p.pass(wanted, nil)
	if first.StatusCode != http.StatusUnauthorized || !strings.HasPrefix(first.Header.Get("Location"), "http://localhost:8080/access/enter/"+p.id+"?") {
		t.Fatalf("nobody: %d %v", first.StatusCode, first.Header)
	}
	browser := cookieOf(t, first)
	back := p.enter(t, client, first.Header.Get("Location"))
	if !strings.HasPrefix(back, "https://portal.acme.example/.gatehouse/enter?code=") {
		t.Fatalf("sent back to %s", back)
	}
	arrived := p.pass(back, browser)
	if arrived.StatusCode != http.StatusUnauthorized || arrived.Header.Get("Location") != wanted {
		t.Fatalf("with the code: %d %v", arrived.StatusCode, arrived.Header)
	}
	session := cookieOf(t, arrived)
	if again := p.pass(back, browser); again.StatusCode != http.StatusForbidden || again.Header.Get("Location") != "" {
		t.Errorf("the code is good twice: %d %v", again.StatusCode, again.Header)
	}
	return session
}

// enter follows a visitor to Gatehouse, and says where they are sent.
func (p *portal) enter(t *testing.T, client *servertest.Client, location string) string {
	t.Helper()
	address, err := url.Parse(location)
	if err != nil {
		t.Fatal(err)
	}
	response := client.Send(http.MethodGet, address.RequestURI(), nil, nil)
	body := servertest.Drain(t, response)
	if response.StatusCode != http.StatusFound {
		t.Fatalf("%s: %d %s", location, response.StatusCode, body)
	}
	return response.Header.Get("Location")
}

// A visitor signs in at Gatehouse and comes back with a session that is good at this door alone, and ends with the session
// that it came from.
func TestForwardAuthOfPeople(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		p := newPortal(t, store)
		const page = "https://portal.acme.example/"
		at := p.acme.As(p.jane)
		session := p.signIn(t, at)
		let := p.pass(page, session)
		if let.StatusCode != http.StatusOK || let.Header.Get("Gatehouse-User") != "acme/jane" || let.Header.Get("Gatehouse-User-Id") != string(p.jane.ID) ||
			let.Header.Get("Gatehouse-Roles") != "Role%20of%20jane" || let.Header.Get("Gatehouse-Permissions") != "VIEW_DOMAIN,VIEW_PROCESS" {
			t.Errorf("let in: %d %v", let.StatusCode, let.Header)
		}
		if may := p.forward("PORTAL", p.secret, "?permission=VIEW_DOMAIN", page, session); may.StatusCode != http.StatusOK {
			t.Errorf("with a permission: %d", may.StatusCode)
		}
		if no := p.forward("PORTAL", p.secret, "?permission=UPDATE_DOMAIN", page, session); no.StatusCode != http.StatusForbidden || !refusedFor(no, "PERMISSION_MISSING") {
			t.Errorf("without one: %d %s", no.StatusCode, no.Header.Get("Test-Body"))
		}

		// The service behind the door has the cookie, too: it is good for nothing else.
		token := strings.SplitN(session.Get("Cookie"), "=", 2)[1]
		thief := p.Client()
		thief.SetCookie("gatehouse_session", token)
		if answer := thief.Do(`{viewer{ip}}`, nil); answer.At("viewer") != nil {
			t.Errorf("at /graphql: %s", answer.Body)
		}
		if other := p.forward("API", p.service, "", "", http.Header{"Cookie": {"__Host-gatehouse_door_API=" + token}}); other.StatusCode != http.StatusUnauthorized {
			t.Errorf("at another door: %d", other.StatusCode)
		}
		both := session.Clone()
		both.Set("Authorization", "ApiKey "+p.key)
		if refused := p.pass(page, both); refused.StatusCode != http.StatusForbidden || !strings.Contains(refused.Header.Get("Test-Body"), "not both") {
			t.Errorf("with a key: %d %s", refused.StatusCode, refused.Header.Get("Test-Body"))
		}
		introspected := func() string {
			_, body, _ := p.post("/oauth2/introspect", p.secret, "application/x-www-form-urlencoded", "token="+token)
			return body
		}
		if body := introspected(); !strings.Contains(body, `"username":"acme/jane"`) || !strings.Contains(body, `"token_type":"session"`) {
			t.Errorf("introspected: %s", body)
		}

		p.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,accessPoints:["WEB"]}){userErrors{code}}}`, map[string]any{"u": string(p.jane.ID)})
		if gone := p.pass(page, session); gone.StatusCode != http.StatusForbidden || !refusedFor(gone, "ACCESS_POINT_NOT_ALLOWED") || introspected() != `{"active":false}` {
			t.Errorf("without the access point: %d %s", gone.StatusCode, gone.Header.Get("Test-Body"))
		}
		p.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,accessPoints:["WEB","PORTAL"]}){userErrors{code}}}`, map[string]any{"u": string(p.jane.ID)})
		at.Must(`mutation{signOut{userErrors{code}}}`, nil)
		if ended := p.pass(page, session); ended.StatusCode != http.StatusUnauthorized || !refusedFor(ended, "SESSION_ENDED") {
			t.Errorf("after signing out: %d %s", ended.StatusCode, ended.Header.Get("Test-Body"))
		}
	})
}

func TestForwardAuthSendsNobodyAstray(t *testing.T) {
	p := newPortal(t, open(t))
	const page = "https://portal.acme.example/"
	for _, wanted := range []string{"", "https://evil.example/", "http://portal.acme.example/", "https://portal.acme.example:8443/", "https://portal.acme.example@evil.example/"} {
		refused := p.pass(wanted, nil)
		if refused.StatusCode != http.StatusUnauthorized || refused.Header.Get("Location") != "" || len(refused.Cookies()) > 0 {
			t.Errorf("%q: %d %v", wanted, refused.StatusCode, refused.Header)
		}
	}
	to302 := p.forward("PORTAL", p.secret, "?redirect=true", page, nil)
	location := to302.Header.Get("Location")
	if to302.StatusCode != http.StatusFound || location == "" {
		t.Fatalf("redirect: %d", to302.StatusCode)
	}
	if method := p.pass(page, http.Header{"X-Forwarded-Method": {"GET"}}); method.StatusCode != http.StatusFound {
		t.Errorf("a proxy that tells the method: %d", method.StatusCode)
	}
	stranger := p.Client()
	stranger.StopAtRedirects()
	if next := p.enter(t, stranger, location); !strings.HasPrefix(next, "/sign-in?next=%2Faccess%2Fenter%2F") {
		t.Errorf("nobody signed in goes to %s", next)
	}
	at := p.acme.As(p.jane)
	at.StopAtRedirects()
	for name, broken := range map[string]string{
		"a changed request": location[:len(location)-1] + flipped(location[len(location)-1:]),
		"a cut request":     location[:len(location)-20],
		"no request":        strings.Replace(location, "request=", "x=", 1),
		"an older link":     "http://localhost:8080/access/enter/" + p.id + "?to=https%3A%2F%2Fportal.acme.example%2F&browser=" + strings.Repeat("A", 43),
	} {
		if next := p.enter(t, at, broken); next != "/refused?reason=ENTRY_EXPIRED" {
			t.Errorf("%s: to %s", name, next)
		}
	}
	p.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,accessPoints:["WEB"]}){userErrors{code}}}`, map[string]any{"u": string(p.jane.ID)})
	if next := p.enter(t, at, location); next != "/refused?door=PORTAL&reason=ACCESS_POINT_NOT_ALLOWED" {
		t.Errorf("who may not come in goes to %s", next)
	}
	p.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,accessPoints:["WEB","PORTAL"]}){userErrors{code}}}`, map[string]any{"u": string(p.jane.ID)})
	late := p.enter(t, at, location)
	p.Clock.Pass(2 * time.Minute)
	if expired := p.pass(late, cookieOf(t, to302)); expired.StatusCode != http.StatusForbidden || expired.Header.Get("Location") != "" {
		t.Errorf("an expired code: %d %v", expired.StatusCode, expired.Header)
	}
	p.Clock.Pass(time.Hour)
	at = p.acme.As(p.jane)
	at.StopAtRedirects()
	if next := p.enter(t, at, location); next != "/refused?reason=ENTRY_EXPIRED" {
		t.Errorf("a request of an hour ago: to %s", next)
	}
	long := page + "?" + strings.Repeat("a", 3000)
	if next := p.enter(t, at, p.pass(long, nil).Header.Get("Location")); !strings.Contains(next, "/.gatehouse/enter?code=") {
		t.Errorf("a long address: to %s", next)
	}
}

// flipped is another character than the one of base64url that is given.
func flipped(character string) string {
	if character == "A" {
		return "Q"
	}
	return "A"
}

func TestForwardAuthOfPrograms(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		other := settle(w.Site, "other")
		elsewhere, _ := w.newKey(`accessPoints:["ISPROXY"]`)
		for name, test := range map[string]struct {
			authorization string
			status        int
			says          string
		}{
			"ApiKey":              {"ApiKey " + w.key, 200, ""},
			"Bearer":              {"Bearer " + w.key, 200, ""},
			"nothing":             {"", 401, `{"reason":"SUBJECT_UNKNOWN"}`},
			"another scheme":      {"Basic eDp5", 401, `{"reason":"SUBJECT_UNKNOWN"}`},
			"a mistyped key":      {"ApiKey " + flip(w.key), 401, "mistyped"},
			"another account's":   {"ApiKey " + other.key, 401, "SUBJECT_UNKNOWN"},
			"of another door":     {"ApiKey " + elsewhere, 403, `{"reason":"ACCESS_POINT_NOT_ALLOWED"}`},
			"the service's own":   {"ApiKey " + w.service, 401, "mistyped"},
			"an upstream's token": {"Bearer eyJhbGciOi", 401, `{"reason":"SUBJECT_UNKNOWN"}`},
		} {
			answer := w.forward("API", w.service, "", "", http.Header{"Authorization": {test.authorization}})
			if answer.StatusCode != test.status || !strings.Contains(answer.Header.Get("Test-Body"), test.says) {
				t.Errorf("%s: %d %s", name, answer.StatusCode, answer.Header.Get("Test-Body"))
			}
			if test.status == 401 && (answer.Header.Get("WWW-Authenticate") != `ApiKey realm="API"` || answer.Header.Get("Location") != "") {
				t.Errorf("%s: %v", name, answer.Header)
			}
			if test.status == 200 && answer.Header.Get("Gatehouse-User") != "acme/whmcs" {
				t.Errorf("%s: %v", name, answer.Header)
			}
		}
		if wrong := w.forward("ISPROXY", w.service, "", "", http.Header{"Authorization": {"ApiKey " + w.key}}); wrong.StatusCode != http.StatusForbidden {
			t.Errorf("another door's secret: %d", wrong.StatusCode)
		}
		if none := w.forward("API", flip(w.service), "", "", http.Header{"Authorization": {"ApiKey " + w.key}}); none.StatusCode != http.StatusUnauthorized || none.Header.Get("Gatehouse-User") != "" {
			t.Errorf("a wrong secret: %d", none.StatusCode)
		}
	})
}
