package server_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
)

// A service, or a thief of its secret, learns why somebody is refused, and nothing about the account's whitelists and roles.
func TestAttackServiceSecretReadsNoDetails(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		w.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,newWhitelist:{name:"Bank vault",entries:[{cidr:"198.51.100.0/24",note:"Cellar"}]}}){userErrors{code}}}`,
			map[string]any{"u": w.user})
		told := func(what, answer string) {
			t.Helper()
			for _, detail := range []string{"vault", "198.51.100", "Cellar", "Billing", "wl_", "role_", "detail", "decidedBy", "whmcs", w.user, w.keyID} {
				if strings.Contains(answer, detail) {
					t.Errorf("%s tells %q: %s", what, detail, answer)
				}
			}
		}
		for _, ip := range []string{"192.0.2.7", "198.51.100.7"} {
			for _, action := range []string{"enter", "UPDATE_DOMAIN", "DELETE_DOMAIN"} {
				for _, subject := range [][2]string{{"api_key", w.key}, {"user", "acme/whmcs"}, {"user", w.user}, {"user", "acme/admin"}} {
					one := question(subject[0], subject[1], action, "API", ip)
					_, answer, _ := w.post("/access/v1/evaluation", w.service, "application/json", one)
					told(subject[0]+" "+action+" from "+ip, answer)
					var decided struct {
						Context map[string]json.RawMessage
					}
					var checks []map[string]any
					if err := json.Unmarshal([]byte(answer), &decided); err != nil {
						t.Fatalf("%s: %v", answer, err)
					}
					if err := json.Unmarshal(decided.Context["checks"], &checks); err != nil || len(checks) == 0 {
						t.Fatalf("%s: %v", answer, err)
					}
					for _, check := range checks {
						for member := range check {
							if !slices.Contains([]string{"kind", "passed"}, member) {
								t.Errorf("a check has the member %q: %s", member, answer)
							}
						}
					}
					_, answer, _ = w.post("/access/v1/evaluations", w.service, "application/json", `{"evaluations":[`+one+`]}`)
					told("among several: "+subject[0]+" "+action+" from "+ip, answer)
				}
			}
		}
		_, answer, _ := w.post("/oauth2/introspect", w.service, "application/x-www-form-urlencoded", "token="+w.key+"&ip=192.0.2.7")
		told("introspection", answer)
		refused := w.forward("API", w.service, "?permission=DELETE_DOMAIN", "", http.Header{"Authorization": {"ApiKey " + w.key}})
		if refused.StatusCode != http.StatusForbidden {
			t.Errorf("forward auth: %d", refused.StatusCode)
		}
		told("forward auth", refused.Header.Get("Test-Body"))
	})
}

// Unknown members change nothing (AuthZEN Authorization API 1.0): neither do they fail, nor do they stand for known ones.
func TestAttackUnknownMembersDecideNothing(t *testing.T) {
	w := newTown(t, open(t), "acme")
	w.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,newWhitelist:{name:"Office",entries:[{cidr:"192.0.2.0/24"}]}}){userErrors{code}}}`, map[string]any{"u": w.user})
	good := question("user", w.user, "enter", "API", "192.0.2.7")
	for name, c := range map[string]struct{ body, reason string }{
		"at every level":                {`{"trace":1,` + strings.NewReplacer(`"type":"user"`, `"type":"user","tenant":{"a":[1]}`, `"name":"enter"`, `"name":"enter","verb":null`).Replace(good[1:]), "GRANTED"},
		"an address under another name": {strings.Replace(good, `"ip"`, `"IP"`, 1), "IP_NOT_WHITELISTED"},
		"a decision of their own":       {`{"decision":true,` + strings.Replace(good[1:], "192.0.2.7", "198.51.100.7", 1), "IP_NOT_WHITELISTED"},
	} {
		status, answer, _ := w.post("/access/v1/evaluation", w.service, "application/json", c.body)
		if status != http.StatusOK || !strings.Contains(answer, `"reason":"`+c.reason+`"`) {
			t.Errorf("%s: %d %s, want %s", name, status, answer, c.reason)
		}
	}
}
