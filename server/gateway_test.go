package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// A real gateway that asks by introspection, with the very files of docs/guides/api-gateway.md.
func TestIntrospectionByGateway(t *testing.T) {
	nginx, demanded := proxyProgram(t, "nginx")
	if !demanded {
		return
	}
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		p := newProxied(t, store)
		p.write("api.secret", `proxy_set_header Authorization "Bearer `+p.secrets["API"]+"\";\n")
		p.write("gatehouse.conf", p.guide("api-gateway.md", "js_import gatehouse from /etc/nginx/gatehouse.js;",
			"listen 443 ssl;", fmt.Sprintf("listen 127.0.0.1:%d ssl;", p.port),
			"listen [::]:443 ssl;", fmt.Sprintf("listen [::1]:%d ssl;", p.port),
			"http://127.0.0.1:8080", p.site.URL,
			"http://127.0.0.1:3000", p.service.URL,
			"/etc/ssl/example/", p.folder+"/",
			"/etc/nginx/gatehouse.js", p.path("gatehouse.js"),
			"/etc/nginx/gatehouse-api.secret", p.path("api.secret")))
		p.write("gatehouse.js", p.guide("api-gateway.md", "// Lets a request through to the service when the key that it shows may come in from where it comes from, and may do what"))
		p.write("nginx.conf", "load_module /usr/lib/nginx/modules/ngx_http_js_module.so;\n"+nginxAround)
		p.start(nginx, "-p", p.folder, "-e", "stderr", "-c", "nginx.conf", "-g", "daemon off;")
		for name, rule := range map[string]func(*testing.T, *proxied){
			"a program with a key comes in":         programComesInByGateway,
			"a program without a good key does not": programWithoutGoodKeyAtGateway,
			"the address is the connection's":       gatewayTellsAddress,
			"AuthZEN answers the guide's question":  guideAsksByAuthZEN,
		} {
			t.Run(name, func(t *testing.T) { rule(t, p) })
		}
		t.Run("nobody comes in when nobody can be asked", func(t *testing.T) { gatewayWithoutAnswer(t, p) })
	})
}

func programComesInByGateway(t *testing.T, p *proxied) {
	id := makeRobot(p.admin, "billing")
	key, _ := makeKey(p.admin, id, "API")
	for _, path := range []string{"", "domains/acme.example"} {
		got := p.from(t, "::1").send(http.MethodPost, apiURL+path, "a body", "Authorization", "ApiKey "+key,
			"Gatehouse-User", "acme/admin", "Gatehouse-Roles", "admin", "Gatehouse-Permissions", "PREMIUM_DOMAIN")
		for name, want := range map[string]string{
			"Gatehouse-User": "acme/billing", "Gatehouse-User-Id": id, "Gatehouse-Permissions": "VIEW_DOMAIN,VIEW_PROCESS", "Content-Length": "6",
		} {
			if heard := got.heard(t, name); len(heard) != 1 || heard[0] != want {
				t.Errorf("the service hears %s %q, want %q", name, heard, want)
			}
		}
		for _, name := range []string{"Gatehouse-Roles", "Authorization"} {
			if heard := got.heard(t, name); heard != nil {
				t.Errorf("the service hears %s %q", name, heard)
			}
		}
	}
}

func programWithoutGoodKeyAtGateway(t *testing.T, p *proxied) {
	id := makeRobot(p.admin, "forgetful")
	key, keyID := makeKey(p.admin, id, "API")
	elsewhere, _ := makeKey(p.admin, id, "ISPROXY")
	refused := func(what, authorization string) {
		got := p.from(t, "127.0.0.2").get(apiURL, "Authorization", authorization)
		if got.status != http.StatusUnauthorized || got.header.Get("WWW-Authenticate") != `ApiKey realm="API"` {
			t.Errorf("%s: %d %v %s", what, got.status, got.header, got.body)
		}
	}
	refused("nothing", "")
	refused("a parameter smuggled in", "ApiKey "+key+"&ip=192.0.2.1")
	refused("doubled", "ApiKey "+key+key)
	refused("another door's", "ApiKey "+elsewhere)
	p.admin.Must(`mutation($id:ID!){revokeApiKey(input:{id:$id}){apiKey{id} userErrors{code}}}`, vars{"id": keyID})
	refused("revoked", "ApiKey "+key)

	key, _ = makeKey(p.admin, id, "API")
	p.change(id, vars{"roleIds": []string{makeRole(p.admin, "Processes only", "VIEW_PROCESS")}})
	for _, path := range []string{"domains/", "%64omains/", "x/../domains/", "//domains/"} {
		wantRefused(t, path, p.from(t, "127.0.0.2").get(apiURL+path, "Authorization", "ApiKey "+key), "PERMISSION_MISSING")
	}
}

func gatewayTellsAddress(t *testing.T, p *proxied) {
	id := makeRobot(p.admin, "traveller")
	key, _ := makeKey(p.admin, id, "API")
	for inside, outside := range map[string]string{"127.0.0.7": "127.0.0.8", "::1": "127.0.0.7"} {
		p.onlyFrom(id, inside)
		if got := p.from(t, inside).get(apiURL, "Authorization", "ApiKey "+key); got.status != http.StatusOK {
			t.Errorf("from %s: %d %s", inside, got.status, got.body)
		}
		got := p.from(t, outside).get(apiURL, "Authorization", "ApiKey "+key, "X-Forwarded-For", inside, "Forwarded", `for="`+inside+`"`)
		if got.status != http.StatusUnauthorized {
			t.Errorf("from %s, which says it is %s: %d %s", outside, inside, got.status, got.body)
		}
	}
}

func guideAsksByAuthZEN(t *testing.T, p *proxied) {
	key, _ := makeKey(p.admin, makeRobot(p.admin, "asked"), "API")
	ask := func(question string) (answer struct {
		Decision bool
		Context  struct{ Reason string }
	}) {
		got := p.site.Client().Send(http.MethodPost, "/access/v1/evaluation", []byte(question), http.Header{
			"Authorization": {"Bearer " + p.secrets["API"]}, "Content-Type": {"application/json"},
		})
		body := servertest.Drain(t, got)
		if err := json.Unmarshal([]byte(body), &answer); got.StatusCode != http.StatusOK || err != nil {
			t.Fatalf("%d %s", got.StatusCode, body)
		}
		return answer
	}
	question := p.guide("api-gateway.md", "{", "gatekey_…", key)
	if got := ask(question); !got.Decision || got.Context.Reason != "GRANTED" {
		t.Errorf("%+v", got)
	}
	if got := ask(strings.Replace(question, "VIEW_DOMAIN", "PREMIUM_DOMAIN", 1)); got.Decision || got.Context.Reason != "PERMISSION_MISSING" {
		t.Errorf("%+v", got)
	}
}

// The secret is renewed, and the gateway not told.
func gatewayWithoutAnswer(t *testing.T, p *proxied) {
	key, _ := makeKey(p.admin, makeRobot(p.admin, "unlucky"), "API")
	p.rotateSecret(p.doors["API"])
	if got := p.from(t, "127.0.0.2").get(apiURL, "Authorization", "ApiKey "+key); got.status != http.StatusServiceUnavailable {
		t.Errorf("%d %s", got.status, got.body)
	}
}
