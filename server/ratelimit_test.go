package server_test

import (
	"fmt"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/throttle"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// What is RATE_LIMITED by a quota says which it is and when it is free again, in headers and extensions. Other answers do not.
func TestRateLimitedSaysItsQuota(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		says := func(what string, answer *servertest.Answer, policy, limit string) {
			t.Helper()
			if got := answer.Header.Get("RateLimit-Policy"); got != policy {
				t.Errorf("%s: RateLimit-Policy %q, want %q: %s", what, got, policy, answer.Body)
			}
			if got := answer.Header.Get("RateLimit"); got != limit {
				t.Errorf("%s: RateLimit %q, want %q", what, got, limit)
			}
		}
		const try, mail = `mutation($n:String!){signIn(input:{account:"acme",loginName:$n,password:"wrong"}){next userErrors{code}}}`,
			`mutation($n:String!){requestPasswordReset(input:{account:"acme",email:$n}){userErrors{code}}}`
		for i := range throttle.AddressTries {
			says("a wrong try", w.Client().Do(try, vars{"n": fmt.Sprint("user", i)}), "", "")
			w.Client().Must(mail, vars{"n": fmt.Sprintf("user%d@acme.example", i)})
		}
		limited := w.Client().Do(try, vars{"n": "user"})
		says("one too many", limited, `"failed-tries-of-address";q=50;w=600`, `"failed-tries-of-address";r=0;t=600`)
		if quota := fmt.Sprint(limited.Errors[0].Extensions["quota"]); quota != "map[name:failed-tries-of-address tries:50 window:600]" {
			t.Error(quota)
		}
		says("a mail too many", w.Client().Do(mail, vars{"n": "user@acme.example"}), `"mails-from-address";q=50;w=600`, `"mails-from-address";r=0;t=600`)
		const welcome = `mutation($u:ID!){resendWelcome(input:{id:$u}){userErrors{code}}}`
		for range throttle.MailsOfUser {
			w.admin.Must(welcome, vars{"u": w.user})
		}
		says("a welcome too many", w.admin.Do(welcome, vars{"u": w.user}), `"mails-of-user";q=10;w=3600`, `"mails-of-user";r=0;t=3600`)
		says("two tries at once", w.Client().Do(`mutation{a:signOut{userErrors{code}} b:signOut{userErrors{code}}}`, nil), "", "")
	})
}
