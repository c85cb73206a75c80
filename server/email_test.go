package server_test

import (
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// Rule 1: however the domain of an address is written (as Chromium sends what its form shows, by an input method, in capitals), it is one
// address: it is shown in Unicode, is taken once among personal users, and finds its user. API users may share it.
func TestSpellingsOfADomainAreOneAddress(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		create := func(kind, login, email string) *servertest.Answer {
			points, role := `["WEB"]`, w.admin.Must(`{roles(filter:{query:"billing"}){nodes{id}}}`, nil).Text("roles.nodes.0.id")
			if kind == "API" {
				points = `["API"]`
			}
			return w.admin.Do(`mutation($l:String!,$e:String!,$r:ID!){createUser(input:{kind:`+kind+`,loginName:$l,email:$e,name:"N",language:EN,roleIds:[$r],
				mfaForced:true,accessPoints:`+points+`}){user{id email} userErrors{code field}}}`, map[string]any{"l": login, "e": email, "r": role})
		}
		made := create("PERSONAL", "jane", "Jane@xn--mller-kva.example")
		if made.Text("createUser.user.email") != "Jane@müller.example" {
			t.Fatalf("%s", made.Body)
		}
		id := made.Text("createUser.user.id")
		for i, email := range []string{"jane@müller.example", "JANE@MÜLLER.example", "jane@mu\u0308ller.example", "jane@XN--MLLER-KVA.EXAMPLE", "jane@müller。example", "jane@müller．example", "jane@müller｡example"} {
			if taken := create("PERSONAL", "other", email); strings.Join(taken.UserErrors("createUser"), " ") != "TAKEN input.email" {
				t.Errorf("%s for another: %s", email, taken.Body)
			}
			bot := w.admin.Must(`mutation($i:ID!,$e:String!){updateUser(input:{id:$i,email:$e}){user{email} userErrors{code}}}`, map[string]any{"i": w.user, "e": email})
			if bot.Text("updateUser.user.email") == "" {
				t.Errorf("%s for an API user that has another: %s", email, bot.Body)
			}
			if shared := create("API", "program"+string(rune('a'+i)), email); shared.Text("createUser.user.email") == "" {
				t.Errorf("%s for an API user: %s", email, shared.Body)
			}
			for what, document := range map[string]string{"looked up": `query($e:String!){user(by:{email:$e}){id}}`, "searched": `query($e:String!){user:users(filter:{query:$e,kinds:[PERSONAL]}){nodes{id}}}`} {
				if found := w.admin.Do(document, map[string]any{"e": email}); !strings.Contains(string(found.Body), id) {
					t.Errorf("%s by %s: %s", what, email, found.Body)
				}
			}
			before := w.resets()
			w.Client().Must(`mutation($e:String!){requestPasswordReset(input:{account:"acme",email:$e}){userErrors{code}}}`, map[string]any{"e": email})
			w.SignIn.Settle()
			if w.resets() != before+1 {
				t.Errorf("no link is mailed to %s", email)
			}
			same := w.admin.Must(`mutation($i:ID!,$e:String!){updateUser(input:{id:$i,email:$e}){user{email} userErrors{code}}}`, map[string]any{"i": id, "e": strings.Replace(email, "jane", "Jane", 1)})
			if got := same.Text("updateUser.user.email"); !strings.EqualFold(got, "Jane@müller.example") {
				t.Errorf("changed to %s: %s", email, got)
			}
		}
		for _, domain := range []string{"a_b.example", "-a.example", "a-.example", "xn--zz--.example", "ab--cd.example", "a\u0e33\u0323\u200d.example", "nowhere", "a..example", "192.0.2.1.", strings.Repeat("a", 64) + ".example", strings.Repeat("ü", 60) + ".example"} {
			refused := create("PERSONAL", "other", "jane@"+domain)
			if got := strings.Join(refused.UserErrors("createUser"), " "); got != "INVALID input.email" {
				t.Errorf("%s: %s", domain, refused.Body)
			}
		}
		worded := w.admin.Do(`mutation{updateViewer(input:{language:EN}){userErrors{code}} updateUser(input:{id:"`+id+`",email:"jane@a_b.example"}){userErrors{message}}}`, nil)
		if !strings.Contains(string(worded.Body), "No mail can be sent to the domain a_b.example") {
			t.Errorf("%s", worded.Body)
		}
	})
}

// resets counts the links to set a password that were mailed.
func (w *town) resets() int {
	w.T.Helper()
	events, err := w.Store.AuditEvents(w.T.Context(), db.AuditScope{AccountID: w.acme.ID}, db.AuditEventFilter{Actions: []string{string(audit.UserRequestReset)}}, db.Page{Limit: 100})
	if err != nil {
		w.T.Fatal(err)
	}
	return len(events.Items)
}
