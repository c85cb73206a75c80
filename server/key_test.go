package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

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
			`{roles{nodes{name}}}`: "", `{auditEvents{nodes{action}}}`: "FORBIDDEN auditEvents", `{whitelists{nodes{name}}}`: "FORBIDDEN whitelists",
			`mutation{createRole(input:{name:"X",permissions:[]}){role{id} userErrors{code}}}`:               "FORBIDDEN createRole",
			`mutation{changePassword(input:{currentPassword:"x",newPassword:"y"}){userErrors{code}}}`:        "FORBIDDEN changePassword",
			`mutation{beginTotpEnrolment(input:{name:"x"}){secret userErrors{code}}}`:                        "FORBIDDEN beginTotpEnrolment",
			`mutation{beginStepUp{challenge{token} userErrors{code}}}`:                                       "FORBIDDEN beginStepUp",
			`mutation{revokeOtherSessions{userErrors{code}}}`:                                                "FORBIDDEN revokeOtherSessions",
			`mutation{signIn(input:{account:"acme",loginName:"admin",password:"x"}){next userErrors{code}}}`: "FORBIDDEN signIn",
			`mutation{verifyTotp(input:{challengeToken:"x",code:"1"}){next userErrors{code}}}`:               "FORBIDDEN verifyTotp",
			`mutation{updateViewer(input:{name:"Billing"}){user{name} userErrors{code}}}`:                    "FORBIDDEN updateViewer",
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
		asking := w.Client()
		asking.Header.Set("Authorization", "ApiKey "+w.key)
		ownUse := func() string {
			return fmt.Sprint(asking.Must(`{viewer{apiKey{lastUsedAt}}}`, nil).At("viewer.apiKey.lastUsedAt"))
		}
		before := ownUse()
		w.Clock.Pass(10 * time.Minute)
		w.ask("api_key", w.key, "enter", "API", "192.0.2.7")
		flush()
		if after := ownUse(); before != "2026-11-23T08:02:00.000Z" || after != "2026-11-23T08:12:00.000Z" {
			t.Errorf("the key hears that it was used at %s, and then at %s", before, after)
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

// What a key may do now is nothing while its user has none of its access points, and comes back with them.
func TestAKeyWithoutAnAccessPointMayDoNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		_, restricted := w.newKey(`accessPoints:["API"],permissions:["VIEW_USER"]`)
		permissions := func(points string) string {
			t.Helper()
			changed := w.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,accessPoints:[`+points+`]}){userErrors{code}}}`, map[string]any{"u": w.user})
			if problems := changed.UserErrors("updateUser"); len(problems) > 0 {
				t.Fatal(problems)
			}
			answer := w.admin.Must(`query($k:[ID!]!){nodes(ids:$k){...on ApiKey{permissions accessPoints{code}}}}`, map[string]any{"k": []string{w.keyID, restricted}})
			return fmt.Sprint(answer.At("nodes.0.permissions") != nil, len(answer.At("nodes.0.permissions").([]any)) > 0, answer.At("nodes.1.permissions"))
		}
		if got := permissions(`"ISPROXY"`); got != "true false []" {
			t.Errorf("without an access point: %s", got)
		}
		if got := permissions(`"ISPROXY","API"`); got != "true true [VIEW_USER]" {
			t.Errorf("with one again: %s", got)
		}
	})
}
