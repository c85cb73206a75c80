package server_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// holds checks every rule that a proxy is to hold together with Gatehouse.
func (p *proxied) holds(t *testing.T) {
	for name, rule := range map[string]func(*testing.T, *proxied){
		"a program with a key comes in":              programComesIn,
		"a program without a good key does not":      programWithoutGoodKey,
		"a location asks for a permission":           locationAsksForPermission,
		"the address is the connection's":            addressIsTheConnections,
		"a change is felt by the next request":       changeIsFelt,
		"a person signs in and comes back":           personComesIn,
		"a code is good once, in one browser":        codeIsGoodOnce,
		"the door's cookie is good for that door":    doorCookieIsForThatDoor,
		"a person stays out when let in no longer":   personIsOut,
		"a key and a session are not both shown":     keyAndSession,
		"nobody is sent to a host that is no origin": foreignOrigin,
	} {
		t.Run(name, func(t *testing.T) { rule(t, p) })
	}
}

func hostOf(address string) string { return strings.TrimPrefix(address, "http://") }

const (
	apiURL    = "https://" + apiHost + "/"
	portalURL = "https://" + portalHost + "/"
)

// role makes a role that grants codes, and returns its ID.
func (p *proxied) role(name string, codes ...string) string {
	p.t.Helper()
	return p.admin.Must(`mutation($n:String!,$p:[String!]!){createRole(input:{name:$n,permissions:$p}){role{id} userErrors{code field}}}`,
		vars{"n": name, "p": codes}).Text("createRole.role.id")
}

// person adds somebody who may sign in and come through PORTAL, and returns their ID.
func (p *proxied) person(login string) string {
	p.t.Helper()
	return p.user(vars{"kind": "PERSONAL", "loginName": login, "password": password, "mfaForced": false, "accessPoints": []string{db.Web, "PORTAL"}})
}

// robot adds an API user that may come through API and ISPROXY, and returns its ID.
func (p *proxied) robot(login string) string {
	p.t.Helper()
	return p.user(vars{"kind": "API", "loginName": login, "mfaForced": true, "accessPoints": []string{"API", "ISPROXY"}})
}

func (p *proxied) user(input vars) string {
	p.t.Helper()
	login := input["loginName"].(string)
	input["name"], input["email"], input["language"] = login, login+"@acme.example", "EN"
	input["roleIds"] = []string{p.role("Support, "+login, "VIEW_DOMAIN")}
	return p.admin.Must(`mutation($i:CreateUserInput!){createUser(input:$i){user{id} userErrors{code field}}}`, vars{"i": input}).Text("createUser.user.id")
}

// key makes a key of a user for one door, and returns it with its ID.
func (p *proxied) key(userID, door string) (key, id string) {
	p.t.Helper()
	made := p.admin.Must(`mutation($i:CreateApiKeyInput!){createApiKey(input:$i){secret apiKey{id} userErrors{code field}}}`,
		vars{"i": vars{"userId": userID, "description": "test", "accessPoints": []string{door}}})
	return made.Text("createApiKey.secret"), made.Text("createApiKey.apiKey.id")
}

// change changes a user.
func (p *proxied) change(userID string, input vars) {
	p.t.Helper()
	input["id"] = userID
	p.admin.Must(`mutation($i:UpdateUserInput!){updateUser(input:$i){user{id} userErrors{code field}}}`, vars{"i": input})
}

// onlyFrom has a user come from one prefix only.
func (p *proxied) onlyFrom(userID, prefix string) {
	p.t.Helper()
	p.change(userID, vars{"whitelistIds": nil, "newWhitelist": vars{"name": prefix + " of " + userID, "entries": []vars{{"cidr": prefix}}}})
}

func (p *proxied) deactivate(userID string) {
	p.t.Helper()
	p.admin.Must(`mutation($id:ID!){deactivateUser(input:{id:$id}){user{id} userErrors{code}}}`, vars{"id": userID})
}

// graphQL sends an operation to Gatehouse through the proxy, as its page does.
func (c *client) graphQL(query string, variables vars) answer {
	c.t.Helper()
	body, err := json.Marshal(vars{"query": query, "variables": variables})
	if err != nil {
		c.t.Fatal(err)
	}
	return c.send(http.MethodPost, "https://"+gatehouseHost+"/graphql", string(body), "Content-Type", "application/json", "Origin", "https://"+gatehouseHost)
}

// signIn signs a person in at Gatehouse.
func (c *client) signIn(login string) *client {
	c.t.Helper()
	got := c.graphQL(`mutation($l:String!,$p:String!){signIn(input:{account:"acme",loginName:$l,password:$p}){next userErrors{code}}}`,
		vars{"l": login, "p": password})
	if !strings.Contains(got.body, `"next":"SIGNED_IN"`) {
		c.t.Fatalf("signing in: %d %s", got.status, got.body)
	}
	return c
}

// follow asks for an address, checks that the answer leads to one that begins as told, and returns that one.
func (c *client) follow(address, begins string) string {
	c.t.Helper()
	got := c.get(address)
	if got.status != http.StatusFound || !strings.HasPrefix(got.location(), begins) {
		c.t.Fatalf("GET %s: %d to %q, want 302 to %s: %s", address, got.status, got.location(), begins, got.body)
	}
	return got.location()
}

const enterURL = "https://" + gatehouseHost + "/access/enter/"

// codeURL goes the way of a signed-in person up to the address with the code.
func (c *client) codeURL(wanted string) string {
	c.t.Helper()
	return c.follow(c.follow(wanted, enterURL), portalURL)
}

// enter goes the whole way, and checks that it ends at what was wanted.
func (c *client) enter(wanted string) answer {
	c.t.Helper()
	if back := c.follow(c.codeURL(wanted), portalURL); back != wanted {
		c.t.Fatalf("sent back to %s, wanted %s", back, wanted)
	}
	return c.get(wanted)
}

// cookie is the value of a cookie that the client has for a host.
func (c *client) cookie(host, name string) string {
	c.t.Helper()
	for _, cookie := range c.http.Jar.Cookies(&url.URL{Scheme: "https", Host: host, Path: "/"}) {
		if cookie.Name == name {
			return cookie.Value
		}
	}
	c.t.Fatalf("no cookie %s for %s", name, host)
	return ""
}

// The service hears who it is from Gatehouse alone, whatever the visitor says.
func programComesIn(t *testing.T, p *proxied) {
	id := p.robot("billing")
	key, _ := p.key(id, "API")
	for _, scheme := range []string{"ApiKey ", "Bearer ", "apikey "} {
		got := p.from(t, "127.0.0.1").get(apiURL, "Authorization", scheme+key,
			"Gatehouse-User", "acme/admin", "Gatehouse-User-Id", "user_forged", "Gatehouse-Roles", "admin", "Gatehouse-Permissions", "PREMIUM_DOMAIN",
			"gatehouse-user", "acme/admin", "GATEHOUSE-PERMISSIONS", "PREMIUM_DOMAIN", "Gatehouse_User", "acme/admin")
		for name, want := range map[string]string{
			"Gatehouse-User": "acme/billing", "Gatehouse-User-Id": id, "Gatehouse-Roles": "Support%2C%20billing",
			"Gatehouse-Permissions": "VIEW_DOMAIN,VIEW_PROCESS",
		} {
			if heard := got.heard(t, name); len(heard) != 1 || heard[0] != want {
				t.Errorf("%s: the service hears %s %q, want %q", scheme, name, heard, want)
			}
		}
		for _, name := range []string{"Gatehouse_user", "Authorization", "Gatehouse-Access-Point-Secret"} {
			if heard := got.heard(t, name); heard != nil {
				t.Errorf("%s: the service hears %s %q", scheme, name, heard)
			}
		}
	}
}

func programWithoutGoodKey(t *testing.T, p *proxied) {
	id := p.robot("forgetful")
	key, _ := p.key(id, "API")
	other := p.site.Account("other")
	elsewhere := overHTTPSAs(other.AsAdmin()).Must(`mutation($i:CreateApiKeyInput!){createApiKey(input:$i){secret userErrors{code field}}}`,
		vars{"i": vars{"userId": overHTTPSAs(other.AsAdmin()).Must(`mutation($i:CreateUserInput!){createUser(input:$i){user{id} userErrors{code field}}}`, vars{"i": vars{
			"kind": "API", "loginName": "robot", "name": "Robot", "email": "robot@other.example", "language": "EN", "mfaForced": true,
			"roleIds": []string{roleNamed(t, overHTTPSAs(other.AsAdmin()), "all")}, "accessPoints": []string{"API"},
		}}).Text("createUser.user.id"), "description": "test", "accessPoints": []string{"API"}}}).Text("createApiKey.secret")
	changed := "0"
	if strings.HasSuffix(key, changed) {
		changed = "1"
	}
	for name, authorization := range map[string]string{
		"nothing": "", "wrong checksum": "ApiKey " + key[:len(key)-1] + changed, "cut": "ApiKey " + key[:len(key)-1], "doubled": "ApiKey " + key + key,
		"another account's": "ApiKey " + elsewhere, "a password": "Basic Zm9yZ2V0ZnVsOnBhc3N3b3Jk", "the door's secret": "Bearer " + p.secrets["API"],
	} {
		var headers []string
		if authorization != "" {
			headers = []string{"Authorization", authorization}
		}
		got := p.from(t, "127.0.0.1").get(apiURL, headers...)
		if got.status != http.StatusUnauthorized || got.header.Get("WWW-Authenticate") != `ApiKey realm="API"` {
			t.Errorf("%s: %d %v %s", name, got.status, got.header, got.body)
		}
	}
	elsewhereDoor, _ := p.key(id, "ISPROXY")
	wantRefused(t, "another door's", p.from(t, "127.0.0.1").get(apiURL, "Authorization", "ApiKey "+elsewhereDoor), "ACCESS_POINT_NOT_ALLOWED")
	wantRefused(t, "another door's, a body sent", p.from(t, "127.0.0.1").send(http.MethodPost, apiURL, "text", "Authorization", "ApiKey "+elsewhereDoor), "ACCESS_POINT_NOT_ALLOWED")
}

func roleNamed(t *testing.T, client *servertest.Client, name string) string {
	t.Helper()
	roles := client.Must(`{roles{nodes{id name}}}`, nil)
	nodes, _ := roles.At("roles.nodes").([]any)
	for _, node := range nodes {
		if node := node.(vars); node["name"] == name {
			return node["id"].(string)
		}
	}
	t.Fatalf("no role %s: %s", name, roles.Body)
	return ""
}

func locationAsksForPermission(t *testing.T, p *proxied) {
	id := p.robot("reader")
	key, _ := p.key(id, "API")
	robot := p.from(t, "127.0.0.1")
	robot.header.Set("Authorization", "ApiKey "+key)
	if got := robot.get(apiURL + "domains/acme.example"); got.status != http.StatusOK {
		t.Errorf("with the permission: %d %s", got.status, got.body)
	}
	p.change(id, vars{"roleIds": []string{p.role("Processes only", "VIEW_PROCESS")}})
	// However the path is written: what the service would take for /domains/ is behind its door.
	for _, path := range []string{"domains/acme.example", "domains/?permission=", "%64omains/acme.example", "x/../domains/acme.example", "//domains/"} {
		wantRefused(t, path, robot.get(apiURL+path), "PERMISSION_MISSING")
	}
	if got := robot.get(apiURL); got.status != http.StatusOK {
		t.Errorf("where none is asked for: %d %s", got.status, got.body)
	}
}

// Product rule 6, through a proxy that Gatehouse trusts.
func addressIsTheConnections(t *testing.T, p *proxied) {
	id := p.robot("traveller")
	key, _ := p.key(id, "API")
	for _, c := range []struct{ prefix, inside, outside string }{
		{"127.0.0.7/32", "127.0.0.7", "127.0.0.8"},
		{"127.0.0.4/30", "127.0.0.7", "::1"},
		{"::1/128", "::1", "127.0.0.7"},
	} {
		p.onlyFrom(id, c.prefix)
		if got := p.from(t, c.inside).get(apiURL, "Authorization", "ApiKey "+key); got.status != http.StatusOK {
			t.Errorf("%s from %s: %d %s", c.prefix, c.inside, got.status, got.body)
		}
		for name, forged := range map[string][]string{
			"as it is":                   nil,
			"X-Forwarded-For":            {"X-Forwarded-For", c.inside},
			"two of them":                {"X-Forwarded-For", c.inside, "X-Forwarded-For", c.inside},
			"x-forwarded-for, a list":    {"x-forwarded-for", c.inside + ", " + c.inside},
			"Forwarded":                  {"Forwarded", `for="` + c.inside + `"`},
			"Forwarded beside the other": {"Forwarded", `for="` + c.inside + `"`, "X-Forwarded-For", c.inside},
			"X-Real-IP":                  {"X-Real-Ip", c.inside},
		} {
			got := p.from(t, c.outside).get(apiURL, append([]string{"Authorization", "ApiKey " + key}, forged...)...)
			wantRefused(t, c.prefix+" from "+c.outside+", "+name, got, "IP_NOT_WHITELISTED")
		}
		got := p.from(t, c.inside).get(apiURL, "Authorization", "ApiKey "+key, "X-Forwarded-For", "192.0.2.1", "Forwarded", "for=192.0.2.1")
		if got.status != http.StatusOK {
			t.Errorf("%s from %s, which says it is elsewhere: %d %s", c.prefix, c.inside, got.status, got.body)
		}
	}
}

// Product rule 5.
func changeIsFelt(t *testing.T, p *proxied) {
	ask := func(key string) answer { return p.from(t, "127.0.0.1").get(apiURL, "Authorization", "ApiKey "+key) }
	for name, c := range map[string]struct {
		change func(userID, keyID string)
		reason string
	}{
		"revoked": {func(_, keyID string) {
			p.admin.Must(`mutation($id:ID!){revokeApiKey(input:{id:$id}){apiKey{id} userErrors{code}}}`, vars{"id": keyID})
		}, "KEY_REVOKED"},
		"deactivated":     {func(userID, _ string) { p.deactivate(userID) }, "USER_DEACTIVATED"},
		"door-taken":      {func(userID, _ string) { p.change(userID, vars{"accessPoints": []string{"ISPROXY"}}) }, "ACCESS_POINT_NOT_ALLOWED"},
		"whitelist-given": {func(userID, _ string) { p.onlyFrom(userID, "192.0.2.0/24") }, "IP_NOT_WHITELISTED"},
	} {
		userID := p.robot(name)
		key, keyID := p.key(userID, "API")
		if got := ask(key); got.status != http.StatusOK {
			t.Errorf("%s, before: %d %s", name, got.status, got.body)
		}
		c.change(userID, keyID)
		wantRefused(t, name, ask(key), c.reason)
	}
}

func personComesIn(t *testing.T, p *proxied) {
	id := p.person("jane")
	for _, address := range []string{"127.0.0.1", "::1"} {
		browser := p.from(t, address)
		wanted := portalURL + "orders/7?view=all&name=%C3%A9;%20&a&&b=+" // to the letter, whatever it may mean to the service
		enter := browser.follow(wanted, enterURL+p.doors["PORTAL"]+"?")
		signInPage := browser.follow(enter, "/sign-in?next=")
		next, err := url.Parse(signInPage)
		if err != nil || "https://"+gatehouseHost+next.Query().Get("next") != enter {
			t.Errorf("from %s the page leads on to %s, want %s", address, next.Query().Get("next"), enter)
		}
		browser.signIn("jane")
		back := browser.follow(enter, portalURL+"orders/7?")
		if !strings.Contains(back, "gatehouse_code=") {
			t.Fatalf("no code in %s", back)
		}
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
	p.person("once")
	browser, thief := p.from(t, "127.0.0.1").signIn("once"), p.from(t, "127.0.0.1")
	withCode := browser.codeURL(portalURL)
	for what, prepare := range map[string]func(){
		"a browser that was never there": func() {},
		"one that was sent to sign in":   func() { thief.follow(portalURL, enterURL) },
	} {
		prepare()
		if to := thief.follow(withCode, enterURL); strings.Contains(to, "gatehouse_code") {
			t.Errorf("%s: the code is handed on: %s", what, to)
		}
	}
	if back := browser.follow(withCode, portalURL); back != portalURL {
		t.Errorf("back to %s", back)
	}
	door := browser.cookie(portalHost, "__Host-gatehouse_door_PORTAL")
	if got := browser.get(portalURL); got.status != http.StatusOK {
		t.Errorf("after it: %d %s", got.status, got.body)
	}
	// Again, in the same browser: whoever is in stays in, with the cookie of before.
	browser.get(withCode)
	if again := browser.cookie(portalHost, "__Host-gatehouse_door_PORTAL"); again != door {
		t.Error("the code made a second session")
	}
	thief.follow(withCode, enterURL)
	forged := p.from(t, "127.0.0.1").signIn("once")
	if back := forged.follow(forged.codeURL(portalURL+"?gatehouse%5Fcode=forged&a=b"), portalURL); back != portalURL+"?a=b" {
		t.Errorf("with a code made up before: back to %s", back)
	}
	late := p.from(t, "127.0.0.1").signIn("once")
	expired := late.codeURL(portalURL)
	p.site.Clock.Pass(61 * time.Second)
	late.follow(expired, enterURL)
}

func doorCookieIsForThatDoor(t *testing.T, p *proxied) {
	id := p.person("porter")
	p.change(id, vars{"accessPoints": []string{db.Web, "PORTAL", "DESK"}})
	browser := p.from(t, "127.0.0.1").signIn("porter")
	browser.enter(portalURL)
	door := browser.cookie(portalHost, "__Host-gatehouse_door_PORTAL")

	service := p.site.Client() // what is behind the door, and would like to be its visitor elsewhere
	service.SetCookie("__Host-gatehouse_session", door)
	if got := service.Do(whoAmI, nil); got.At("viewer") != nil {
		t.Errorf("at /graphql: %s", got.Body)
	}
	if got := p.site.Client().Send(http.MethodGet, "/access/enter/"+p.doors["PORTAL"]+"?"+url.Values{
		"to": {portalURL}, "browser": {strings.Repeat("A", 43)},
	}.Encode(), nil, http.Header{"Cookie": {"__Host-gatehouse_session=" + door}}); got.Request.URL.Path != "/sign-in" {
		t.Errorf("at /access/enter: %s", got.Request.URL)
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
			session := p.admin.Must(`query($id:ID!){node(id:$id){...on User{sessions{id}}}}`, vars{"id": userID}).Text("node.sessions.0.id")
			p.admin.Must(`mutation($id:ID!){revokeSession(input:{id:$id}){user{id} userErrors{code}}}`, vars{"id": session})
		},
		"deactivated":     func(_ *client, userID string) { p.deactivate(userID) },
		"door-taken":      func(_ *client, userID string) { p.change(userID, vars{"accessPoints": []string{db.Web}}) },
		"whitelist-given": func(_ *client, userID string) { p.onlyFrom(userID, "192.0.2.0/24") },
		"mfa-forced":      func(_ *client, userID string) { p.change(userID, vars{"mfaForced": true}) },
	} {
		userID := p.person("person-" + name)
		browser := p.from(t, "127.0.0.1").signIn("person-" + name)
		if got := browser.enter(portalURL); got.status != http.StatusOK {
			t.Fatalf("%s, before: %d %s", name, got.status, got.body)
		}
		end(browser, userID)
		got := browser.get(portalURL)
		switch {
		case got.status == http.StatusFound && strings.HasPrefix(got.location(), enterURL):
			if to := browser.get(got.location()).location(); strings.Contains(to, "gatehouse_code") {
				t.Errorf("%s: let in again by %s", name, to)
			}
		case got.status != http.StatusForbidden:
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
}

func keyAndSession(t *testing.T, p *proxied) {
	id := p.person("both")
	p.change(id, vars{"accessPoints": []string{db.Web, "PORTAL", "API"}})
	key, _ := p.key(id, "API")
	browser := p.from(t, "127.0.0.1").signIn("both")
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
	p.person("lured")
	browser := p.from(t, "127.0.0.1").signIn("lured")
	enter, err := url.Parse(browser.follow(portalURL, enterURL))
	if err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{
		"https://evil.example/", "http://" + portalHost + "/", "https://" + portalHost + ":8443/", "https://" + portalHost + ".evil.example/",
		"https://" + portalHost + "@evil.example/", "//evil.example/", "/", "https:///evil.example", `https://evil.example\@` + portalHost + "/",
	} {
		query := enter.Query()
		query.Set("to", to)
		lure := *enter
		lure.RawQuery = query.Encode()
		if got := browser.get(lure.String()); got.status < 400 || got.location() != "" {
			t.Errorf("%s: %d to %q", to, got.status, got.location())
		}
	}
	// A Host that the proxy does not know otherwise, and headers that say what was asked for.
	for name, headers := range map[string][]string{
		"X-Original-URL":   {"X-Original-Url", "https://evil.example/"},
		"X-Forwarded-Host": {"X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https", "X-Forwarded-Uri", "/"},
	} {
		got := browser.get(portalURL, headers...)
		to, err := url.Parse(got.location())
		if err != nil || strings.Contains(to.Query().Get("to"), "evil") {
			t.Errorf("%s: %d to %q", name, got.status, got.location())
		}
	}
	got := browser.get(portalURL, "Host", portalHost+":8443")
	if got.status == http.StatusOK || got.location() != "" {
		t.Errorf("another port in Host: %d to %q %s", got.status, got.location(), got.body)
	}
}
