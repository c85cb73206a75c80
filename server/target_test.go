package server_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/typeid"
	"github.com/gatehouse/gatehouse/server"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// target is a user whom somebody wants to guess, with an authenticator app, seen by two instances on one database.
type target struct {
	t         *testing.T
	instances [2]*servertest.Site
	account   *servertest.Account
	user      *db.User
	secret    string
	codes     []string
}

// eachTarget runs a test on both databases. The instances believe a proxy, so that guesses can come from many addresses.
func eachTarget(t *testing.T, test func(t *testing.T, jane *target)) {
	t.Helper()
	behindProxy := func(c *server.Config) { c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} }
	for kind, address := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			jane, at := &target{t: t}, address(t)
			for i := range jane.instances {
				store, err := db.Open(t.Context(), at)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() {
					if err := store.Close(); err != nil {
						t.Error(err)
					}
				})
				jane.instances[i] = servertest.New(t, store, behindProxy)
			}
			jane.enrol()
			test(t, jane)
		})
	}
}

func (g *target) enrol() {
	g.t.Helper()
	site := g.instances[0]
	g.account = site.Account("acme")
	g.user = g.account.Person("jane")
	if _, err := site.Accounts.SetPassword(g.t.Context(), "acme", "jane", servertest.Password); err != nil {
		g.t.Fatal(err)
	}
	client := g.account.As(g.user)
	begun := client.Must(`mutation{beginTotpEnrolment(input:{name:"Phone"}){challengeToken secret userErrors{code}}}`, nil)
	g.secret = begun.Text("beginTotpEnrolment.secret")
	ended := client.Must(`mutation($t:String!,$c:String!){finishTotpEnrolment(input:{challengeToken:$t,code:$c}){recoveryCodes userErrors{code}}}`,
		vars{"t": begun.Text("beginTotpEnrolment.challengeToken"), "c": g.code()})
	for i := range 10 {
		g.codes = append(g.codes, ended.Text("finishTotpEnrolment.recoveryCodes."+strconv.Itoa(i)))
	}
	g.pass(time.Minute) // the code of the enrolment is not good again
	g.wantSessions("before anybody guesses", 1)
}

func (g *target) pass(d time.Duration) {
	for _, site := range g.instances {
		site.Clock.Pass(d)
	}
}

func (g *target) code() string { return totpCode(g.t, g.secret, g.instances[0].Clock.Now()) }

// visitor is a client without cookies, at an address of its own.
func (g *target) visitor(number int) *servertest.Client {
	client := g.instances[number%len(g.instances)].Client()
	client.Header.Set("X-Forwarded-For", fmt.Sprintf("198.51.%d.%d", number/200, number%200+1))
	return client
}

const showPassword = `mutation($p:String!){signIn(input:{account:"acme",loginName:"jane",password:$p}){next challenge{token} userErrors{code}}}`

// challenge shows the right password.
func (g *target) challenge(number int) string {
	g.t.Helper()
	return g.visitor(number).Must(showPassword, vars{"p": servertest.Password}).Text("signIn.challenge.token")
}

func (g *target) sessions() int {
	g.t.Helper()
	site := g.instances[0]
	sessions, err := site.Store.SessionsByUser(g.t.Context(), g.account.Policy, db.At(site.Clock.Now()), []typeid.ID{g.user.ID})
	if err != nil {
		g.t.Fatal(err)
	}
	return len(sessions[g.user.ID])
}

func (g *target) wantSessions(when string, want int) {
	g.t.Helper()
	if got := g.sessions(); got != want {
		g.t.Errorf("%s: %d sessions, want %d", when, got, want)
	}
}

// looked counts by the trail the failed tries that were compared with something: those with the given reason. The rest
// was not looked at.
func (g *target) looked(reason string) int {
	g.t.Helper()
	for range 2 { // the first of a run is told at once, the others together a minute later
		for _, site := range g.instances {
			site.SignIn.Settle()
		}
		g.pass(time.Minute)
	}
	list, err := g.instances[0].Store.AuditEvents(g.t.Context(), db.AuditScope{AccountID: g.account.ID},
		db.AuditEventFilter{Actions: []string{string(audit.SessionSignIn)}}, db.Page{Limit: 10 * documents})
	if err != nil {
		g.t.Fatal(err)
	}
	tries := 0
	for _, event := range list.Items {
		if event.Reason != reason {
			continue
		}
		count := 1
		for _, change := range event.Changes.V {
			if change.Field == "tries" {
				count, _ = strconv.Atoi(*change.After)
			}
		}
		tries += count
	}
	return tries
}

func (g *target) signOut() {
	g.t.Helper()
	g.instances[0].Touch(func(ctx context.Context, tx *db.Tx) error {
		return errors.Join(tx.DeleteSessionsOf(ctx, g.user.ID, ""), tx.DeleteThrottle(ctx, db.NameThrottle("acme", "jane")))
	})
}
