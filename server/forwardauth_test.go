package server_test

import (
	"net/http"
	"strings"
	"testing"

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
	t.Run("nobody comes in with a secret that was renewed", func(t *testing.T) { secretRenewed(t, p) }) // last: it stays so
}

func hostOf(address string) string { return strings.TrimPrefix(address, "http://") }

const (
	apiURL    = "https://" + apiHost + "/"
	portalURL = "https://" + portalHost + "/"
)

// makeRole makes a role that grants codes, and returns its ID.
func makeRole(admin *servertest.Client, name string, codes ...string) string {
	return admin.Must(`mutation($n:String!,$p:[String!]!){createRole(input:{name:$n,permissions:$p}){role{id} userErrors{code field}}}`,
		vars{"n": name, "p": codes}).Text("createRole.role.id")
}

// makePerson adds somebody who may sign in and come through PORTAL, and returns their ID.
func makePerson(admin *servertest.Client, login string) string {
	return makeUser(admin, vars{
		"kind": "PERSONAL", "loginName": login, "password": password, "mfaForced": false, "accessPoints": []string{db.Web, "PORTAL"},
	})
}

// makeRobot adds an API user that may come through API and ISPROXY, and returns its ID.
func makeRobot(admin *servertest.Client, login string) string {
	return makeUser(admin, vars{"kind": "API", "loginName": login, "mfaForced": true, "accessPoints": []string{"API", "ISPROXY"}})
}

func makeUser(admin *servertest.Client, input vars) string {
	login := input["loginName"].(string)
	input["name"], input["email"], input["language"] = login, login+"@acme.example", "EN"
	input["roleIds"] = []string{makeRole(admin, "Support, "+login, "VIEW_DOMAIN")}
	return admin.Must(`mutation($i:CreateUserInput!){createUser(input:$i){user{id} userErrors{code field}}}`, vars{"i": input}).Text("createUser.user.id")
}

// makeKey makes a key of a user for one door, and returns it with its ID.
func makeKey(admin *servertest.Client, userID, door string) (key, id string) {
	made := admin.Must(`mutation($i:CreateApiKeyInput!){createApiKey(input:$i){secret apiKey{id} userErrors{code field}}}`,
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
	p.change(userID, vars{"whitelistIds": []string{}, "newWhitelist": vars{"name": prefix + " of " + userID, "entries": []vars{{"cidr": prefix}}}})
}

func (p *proxied) deactivate(userID string) {
	p.t.Helper()
	p.admin.Must(`mutation($id:ID!){deactivateUser(input:{id:$id}){user{id} userErrors{code}}}`, vars{"id": userID})
}

// The service hears who it is from Gatehouse alone, whatever the visitor says.
func programComesIn(t *testing.T, p *proxied) {
	id := makeRobot(p.admin, "billing")
	key, _ := makeKey(p.admin, id, "API")
	for _, scheme := range []string{"ApiKey ", "Bearer ", "apikey "} {
		got := p.from(t, "127.0.0.2").get(apiURL, "Authorization", scheme+key,
			"Gatehouse-User", "acme/admin", "Gatehouse-User-Id", "user_forged", "Gatehouse-Roles", "admin", "Gatehouse-Permissions", "PREMIUM_DOMAIN",
			"gatehouse-user", "acme/admin", "GATEHOUSE-PERMISSIONS", "PREMIUM_DOMAIN", "Gatehouse_User", "acme/admin", "Gatehouse.User", "acme/admin")
		for name, want := range map[string]string{
			"Gatehouse-User": "acme/billing", "Gatehouse-User-Id": id, "Gatehouse-Roles": "Support%2C%20billing",
			"Gatehouse-Permissions": "VIEW_DOMAIN,VIEW_PROCESS",
		} {
			if heard := got.heard(t, name); len(heard) != 1 || heard[0] != want {
				t.Errorf("%s: the service hears %s %q, want %q", scheme, name, heard, want)
			}
		}
		for _, name := range []string{"Gatehouse_user", "Gatehouse.user", "Authorization", "Gatehouse-Access-Point-Secret"} {
			if heard := got.heard(t, name); heard != nil {
				t.Errorf("%s: the service hears %s %q", scheme, name, heard)
			}
		}
	}
}

func programWithoutGoodKey(t *testing.T, p *proxied) {
	id := makeRobot(p.admin, "forgetful")
	key, _ := makeKey(p.admin, id, "API")
	other := overHTTPSAs(p.site.Account("other").AsAdmin())
	elsewhere, _ := makeKey(other, makeRobot(other, "robot"), "API")
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
		got := p.from(t, "127.0.0.2").get(apiURL, headers...)
		if got.status != http.StatusUnauthorized || got.header.Get("WWW-Authenticate") != `ApiKey realm="API"` {
			t.Errorf("%s: %d %v %s", name, got.status, got.header, got.body)
		}
	}
	elsewhereDoor, _ := makeKey(p.admin, id, "ISPROXY")
	wantRefused(t, "another door's", p.from(t, "127.0.0.2").get(apiURL, "Authorization", "ApiKey "+elsewhereDoor), "ACCESS_POINT_NOT_ALLOWED")
	wantRefused(t, "another door's, a body sent", p.from(t, "127.0.0.2").send(http.MethodPost, apiURL, "text", "Authorization", "ApiKey "+elsewhereDoor), "ACCESS_POINT_NOT_ALLOWED")
}

func locationAsksForPermission(t *testing.T, p *proxied) {
	id := makeRobot(p.admin, "reader")
	key, _ := makeKey(p.admin, id, "API")
	robot := p.from(t, "127.0.0.2")
	robot.header.Set("Authorization", "ApiKey "+key)
	if got := robot.get(apiURL + "domains/acme.example"); got.status != http.StatusOK {
		t.Errorf("with the permission: %d %s", got.status, got.body)
	}
	p.change(id, vars{"roleIds": []string{makeRole(p.admin, "Processes only", "VIEW_PROCESS")}})
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
	id := makeRobot(p.admin, "traveller")
	key, _ := makeKey(p.admin, id, "API")
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
	ask := func(key string) answer { return p.from(t, "127.0.0.2").get(apiURL, "Authorization", "ApiKey "+key) }
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
		userID := makeRobot(p.admin, name)
		key, keyID := makeKey(p.admin, userID, "API")
		if got := ask(key); got.status != http.StatusOK {
			t.Errorf("%s, before: %d %s", name, got.status, got.body)
		}
		c.change(userID, keyID)
		wantRefused(t, name, ask(key), c.reason)
	}
}

// A proxy that may not ask lets nobody in, and sends nobody anywhere.
func secretRenewed(t *testing.T, p *proxied) {
	makePerson(p.admin, "unlucky")
	key, _ := makeKey(p.admin, makeRobot(p.admin, "unlucky-robot"), "API")
	browser := p.from(t, "127.0.0.2").signIn("unlucky")
	browser.enter(portalURL)
	for code := range p.doors {
		p.rotateSecret(p.doors[code])
	}
	for what, got := range map[string]answer{
		"a key": p.from(t, "127.0.0.2").get(apiURL, "Authorization", "ApiKey "+key), "a session": browser.get(portalURL), "nobody": p.from(t, "::1").get(portalURL),
	} {
		if got.status < 400 || got.location() != "" {
			t.Errorf("%s: %d to %q %s", what, got.status, got.location(), got.body)
		}
	}
}
