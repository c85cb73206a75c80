package server_test

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/server"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// A whitelist that holds the proxy's own address lets nobody in whose address the proxy does not send (product rule 6).
func TestAttackProxySendsNoAddress(t *testing.T) {
	site := servertest.New(t, open(t), func(c *server.Config) {
		c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("10.0.0.0/8")}
	})
	w := settle(site, "acme")
	w.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,newWhitelist:{name:"Machine",entries:[{cidr:"127.0.0.0/8"},{cidr:"10.0.0.0/8"}]}}){userErrors{code}}}`,
		vars{"u": w.user})
	session := w.acme.AsAdmin()
	for name, sent := range map[string][]string{
		"nothing": nil, "an empty header": {""}, "unknown": {"unknown"}, "an obfuscated identifier": {"_hidden"}, "garbage": {"<script>"},
		"the proxy itself": {"127.0.0.1"}, "proxies only": {"10.0.0.7, 127.0.0.1"}, "garbage behind an address": {"203.0.113.9, x"},
		"two headers, the last empty": {"203.0.113.9", ""},
	} {
		refused := func(what string, response *http.Response) {
			t.Helper()
			body := servertest.Drain(t, response)
			if response.StatusCode != http.StatusBadRequest || !strings.Contains(body, "X-Forwarded-For") || strings.Contains(body, "127.0.0.1") ||
				strings.Contains(body, "script") || len(response.Cookies()) > 0 || response.Header.Get("Location") != "" {
				t.Errorf("%s, %s: %d %s %v", name, what, response.StatusCode, body, response.Header)
			}
		}
		header := http.Header{"X-Forwarded-For": sent, "Content-Type": {"application/json"}}
		refused("in a session", session.Send(http.MethodPost, "/graphql", []byte(`{"query":"{viewer{ip}}"}`), header))
		refused("signing in", site.Client().Send(http.MethodPost, "/graphql", []byte(`{"query":"{__typename}"}`), header))
		refused("at /access/enter", session.Send(http.MethodGet, "/access/enter/"+w.points["WEB"], nil, header))
		withKey := header.Clone()
		withKey.Set("Authorization", "ApiKey "+w.key)
		refused("with a key", site.Client().Send(http.MethodPost, "/graphql", []byte(`{"query":"{viewer{ip}}"}`), withKey))
		withKey.Set("Gatehouse-Access-Point-Secret", w.service)
		refused("forward auth", site.Client().Send(http.MethodGet, "/access/forward-auth/API", nil, withKey))
		for _, path := range []string{"/healthz", "/readyz", "/", "/.well-known/authzen-configuration"} {
			if response := site.Client().Send(http.MethodGet, path, nil, header); response.StatusCode != http.StatusOK {
				t.Errorf("%s: %s needs an address: %d", name, path, response.StatusCode)
			}
		}
		// What a service asks about carries the visitor's address in the request.
		question := question("api_key", w.key, "enter", "API", "127.0.0.1")
		asked := http.Header{"X-Forwarded-For": sent, "Content-Type": {"application/json"}, "Authorization": {"Bearer " + w.service}}
		if response := site.Client().Send(http.MethodPost, "/access/v1/evaluation", []byte(question), asked); response.StatusCode != http.StatusOK {
			t.Errorf("%s: a service's question needs an address: %d", name, response.StatusCode)
		}
	}
	if !strings.Contains(site.Log.String(), "a trusted proxy sends no address") {
		t.Error("the operator is not told")
	}
}
