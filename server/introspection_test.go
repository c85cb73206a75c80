package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
)

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
