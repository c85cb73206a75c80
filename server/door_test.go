package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/server/servertest"
)

func personComesIn(t *testing.T, p *proxied) {
	id := makePerson(p.admin, "jane")
	for _, address := range []string{"127.0.0.2", "::1"} {
		browser := p.from(t, address)
		wanted := portalURL + "orders/7?view=all&name=%C3%A9;%20&a&&b=+" // to the letter, whatever it may mean to the service
		enter := browser.follow(wanted, enterURL+p.doors["PORTAL"]+"?")
		signInPage := browser.follow(enter, "/sign-in?next=")
		next, err := url.Parse(signInPage)
		if err != nil || "https://"+gatehouseHost+next.Query().Get("next") != enter {
			t.Errorf("from %s the page leads on to %s, want %s", address, next.Query().Get("next"), enter)
		}
		browser.signIn("jane")
		back := browser.follow(enter, portalURL+".gatehouse/enter?code=")
		if got := browser.follow(back, portalURL); got != wanted {
			t.Errorf("back to %s, wanted %s", got, wanted)
		}
		got := browser.get(wanted, "Gatehouse-User", "acme/admin", "Gatehouse-User-Id", "user_forged")
		for name, want := range map[string]string{"Gatehouse-User": "acme/jane", "Gatehouse-User-Id": id, "Gatehouse-Permissions": "VIEW_DOMAIN,VIEW_PROCESS"} {
			if heard := got.heard(t, name); len(heard) != 1 || heard[0] != want {
				t.Errorf("the service hears %s %q, want %q", name, heard, want)
			}
		}
		if cookies := strings.Join(got.heard(t, "Cookie"), "; "); strings.Contains(cookies, "gatehouse_session") ||
			strings.Contains(cookies, browser.cookie(gatehouseHost, "__Host-gatehouse_session")) {
			t.Errorf("the service sees the session of Gatehouse: %s", cookies)
		}
	}
}

func codeIsGoodOnce(t *testing.T, p *proxied) {
	makePerson(p.admin, "once")
	browser, thief := p.from(t, "127.0.0.2").signIn("once"), p.from(t, "127.0.0.2")
	refused := func(what string, got answer) {
		t.Helper()
		if got.status != http.StatusForbidden || got.location() != "" || !strings.Contains(got.body, "Open the service again") || len(got.header["Set-Cookie"]) > 0 {
			t.Errorf("%s: %d to %q %s", what, got.status, got.location(), got.body)
		}
	}
	for what, prepare := range map[string]func(){
		"a browser that was never there": func() {},
		"one that was sent to sign in":   func() { thief.follow(portalURL, enterURL) },
	} {
		prepare()
		withCode := browser.codeURL(portalURL)
		refused(what, thief.get(withCode))
		refused("the right one, after "+what, browser.get(withCode)) // the code is used up
	}
	withCode := browser.codeURL(portalURL)
	if back := browser.follow(withCode, portalURL); back != portalURL {
		t.Errorf("back to %s", back)
	}
	door := browser.cookie(portalHost, "__Host-gatehouse_door_PORTAL")
	if got := browser.get(portalURL); got.status != http.StatusOK {
		t.Errorf("after it: %d %s", got.status, got.body)
	}
	// Again, in the same browser: the visitor stays in, with the cookie of before, and the service never sees the code.
	for _, again := range []string{withCode, withCode + "&code=second", strings.Replace(withCode, "code=", "c%6Fde=", 1),
		strings.Replace(withCode, "enter", "%65nter", 1), portalURL + "x/../.gatehouse/enter?code=made-up"} {
		if back := browser.follow(again, portalURL); back != portalURL {
			t.Errorf("%s: back to %s", again, back)
		}
	}
	if again := browser.cookie(portalHost, "__Host-gatehouse_door_PORTAL"); again != door {
		t.Error("the code made a second session")
	}
	refused("a thief, later", thief.get(withCode))
	late := p.from(t, "127.0.0.2").signIn("once")
	expired := late.codeURL(portalURL)
	p.site.Clock.Pass(61 * time.Second)
	refused("an expired code", late.get(expired))
}

func doorCookieIsForThatDoor(t *testing.T, p *proxied) {
	id := makePerson(p.admin, "porter")
	p.change(id, vars{"accessPoints": []string{db.Web, "PORTAL", "DESK"}})
	browser := p.from(t, "127.0.0.2").signIn("porter")
	browser.enter(portalURL)
	door := browser.cookie(portalHost, "__Host-gatehouse_door_PORTAL")

	service := p.site.Client() // what is behind the door, and would like to be its visitor elsewhere
	service.SetCookie("__Host-gatehouse_session", door)
	if got := service.Do(whoAmI, nil); got.At("viewer") != nil {
		t.Errorf("at /graphql: %s", got.Body)
	}
	stranger := p.from(t, "127.0.0.2")
	enter := stranger.follow(portalURL, enterURL)
	if got := stranger.get(enter, "Cookie", "__Host-gatehouse_session="+door); !strings.HasPrefix(got.location(), "/sign-in?") {
		t.Errorf("at /access/enter: %d to %s", got.status, got.location())
	}
	header := func(code, cookie string) http.Header {
		return http.Header{
			"Gatehouse-Access-Point-Secret": {p.secrets[code]}, "X-Original-Url": {"https://" + map[string]string{"DESK": deskHost, "PORTAL": portalHost}[code] + "/"},
			"Cookie": {"__Host-gatehouse_door_" + code + "=" + cookie},
		}
	}
	for code, want := range map[string]int{"PORTAL": http.StatusOK, "DESK": http.StatusUnauthorized} {
		got := p.site.Client().Send(http.MethodGet, "/access/forward-auth/"+code, nil, header(code, door))
		if servertest.Drain(t, got); got.StatusCode != want {
			t.Errorf("at %s: %d", code, got.StatusCode)
		}
	}
	session := browser.cookie(gatehouseHost, "__Host-gatehouse_session")
	got := p.site.Client().Send(http.MethodGet, "/access/forward-auth/PORTAL", nil, header("PORTAL", session))
	if servertest.Drain(t, got); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("Gatehouse's own session at the door: %d", got.StatusCode)
	}
	got = p.site.Client().Send(http.MethodGet, "/access/forward-auth/DESK", nil, header("PORTAL", door))
	if servertest.Drain(t, got); got.StatusCode != http.StatusForbidden {
		t.Errorf("the secret of another door: %d", got.StatusCode)
	}
}

// Product rule 5, for those who have come in already.
func personIsOut(t *testing.T, p *proxied) {
	for name, end := range map[string]func(browser *client, userID string){
		"signed-out": func(browser *client, _ string) { browser.graphQL(`mutation{signOut{userErrors{code}}}`, nil) },
		"revoked": func(_ *client, userID string) {
			session := p.admin.Must(`query($id:ID!){node(id:$id){...on User{sessions{id accessPoint{code}}}}}`, vars{"id": userID}).Text("node.sessions.1.id")
			p.admin.Must(`mutation($id:ID!){revokeSession(input:{id:$id}){user{id} userErrors{code}}}`, vars{"id": session})
		},
		"deactivated":     func(_ *client, userID string) { p.deactivate(userID) },
		"door-taken":      func(_ *client, userID string) { p.change(userID, vars{"accessPoints": []string{db.Web}}) },
		"whitelist-given": func(_ *client, userID string) { p.onlyFrom(userID, "192.0.2.0/24") },
		"mfa-forced":      func(_ *client, userID string) { p.change(userID, vars{"mfaForced": true}) },
	} {
		userID := makePerson(p.admin, "person-"+name)
		browser := p.from(t, "127.0.0.2").signIn("person-" + name)
		if got := browser.enter(portalURL); got.status != http.StatusOK {
			t.Fatalf("%s, before: %d %s", name, got.status, got.body)
		}
		end(browser, userID)
		got := browser.get(portalURL)
		switch {
		case got.status == http.StatusFound && strings.HasPrefix(got.location(), enterURL):
			if to := browser.get(got.location()).location(); strings.Contains(to, "code=") {
				t.Errorf("%s: let in again by %s", name, to)
			}
		case got.status != http.StatusForbidden:
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
}

func keyAndSession(t *testing.T, p *proxied) {
	id := makePerson(p.admin, "both")
	p.change(id, vars{"accessPoints": []string{db.Web, "PORTAL", "API"}})
	key, _ := makeKey(p.admin, id, "API")
	browser := p.from(t, "127.0.0.2").signIn("both")
	browser.enter(portalURL)
	if got := browser.get(portalURL, "Authorization", "ApiKey "+key); got.status != http.StatusForbidden || !strings.Contains(got.body, "not both") {
		t.Errorf("%d %s", got.status, got.body)
	}
	// What is no key is the service's own.
	own := "Basic dGhlOnNlcnZpY2U="
	if heard := browser.get(portalURL, "Authorization", own).heard(t, "Authorization"); len(heard) != 1 || heard[0] != own {
		t.Errorf("the service hears %q", heard)
	}
}

func foreignOrigin(t *testing.T, p *proxied) {
	makePerson(p.admin, "lured")
	browser := p.from(t, "127.0.0.2").signIn("lured")
	enter := browser.follow(portalURL, enterURL)
	for _, lure := range []string{
		enterURL + p.doors["PORTAL"] + "?" + url.Values{"to": {"https://evil.example/"}, "browser": {strings.Repeat("A", 43)}}.Encode(), // links of older versions
		enter[:len(enter)-1], enter + "A", strings.Replace(enter, "request=", "request=%0A", 1), enterURL + p.doors["PORTAL"],
	} {
		if got := browser.get(lure); got.status != http.StatusFound || got.location() != "/refused?reason=ENTRY_EXPIRED" || strings.Contains(got.body, "evil") {
			t.Errorf("%s: %d to %q %s", lure, got.status, got.location(), got.body)
		}
	}
	// A Host that the proxy does not know otherwise, and headers that say what was asked for.
	for name, headers := range map[string][]string{
		"X-Original-URL":   {"X-Original-Url", "https://evil.example/"},
		"X-Forwarded-Host": {"X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https", "X-Forwarded-Uri", "/"},
	} {
		got := browser.get(portalURL, headers...)
		if got.location() != "" { // at an origin that the proxy vouches for
			if back := browser.follow(got.location(), portalURL); strings.Contains(back, "evil") {
				t.Errorf("%s: %d to %q", name, got.status, back)
			}
		}
	}
	got := browser.get(portalURL, "Host", portalHost+":8443")
	if got.status == http.StatusOK || got.location() != "" {
		t.Errorf("another port in Host: %d to %q %s", got.status, got.location(), got.body)
	}
}
