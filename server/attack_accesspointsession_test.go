package server_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
	"github.com/gatehouse/gatehouse/server/servertest"
)

const sessionsOf = `query($u:ID!){node(id:$u){...on User{sessions{id accessPoint{code} ip assurance current createdAt lastSeenAt expiresAt}}}}`

// listedSessions are the sessions of jane as a client sees them, the newest first: the code of the access point, or "-", to the ID.
func (l *lured) listedSessions(client *servertest.Client) (codes, ids []string) {
	l.T.Helper()
	answer := client.Do(sessionsOf, vars{"u": string(l.portal.jane.ID)})
	for i := 0; answer.At(fmt.Sprintf("node.sessions.%d", i)) != nil; i++ {
		at := fmt.Sprintf("node.sessions.%d.", i)
		code, _ := answer.At(at + "accessPoint.code").(string)
		if code == "" {
			code = "-"
		}
		codes, ids = append(codes, code), append(ids, answer.Text(at+"id"))
	}
	return codes, ids
}

// signIn goes the whole way to an origin, and returns the cookie there.
func (l *lured) signInAt(t *testing.T, wanted string) http.Header {
	t.Helper()
	browser, location := l.begin(t, wanted)
	in := l.pass(l.code(t, location), browser)
	if in.Header.Get("Location") != wanted {
		t.Fatalf("%d %v", in.StatusCode, in.Header)
	}
	return cookieOf(t, in)
}

const revokeIt = `mutation($s:ID!){revokeSession(input:{id:$s}){user{id} userErrors{code}}}`

// Sessions at access points are seen and ended by their owner and by administrators, and by nobody else, on every instance at once.
func TestAttackSessionAtAccessPointIsRevocable(t *testing.T) {
	for kind, address := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			at := address(t)
			stores := make([]*db.DB, 2)
			for i := range stores {
				var err error
				if stores[i], err = db.Open(t.Context(), at); err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = stores[i].Close() })
			}
			l, other := newLured(t, stores[0]), servertest.New(t, stores[1])
			passElsewhere := func(session http.Header) int {
				header := session.Clone()
				header.Set("Gatehouse-Access-Point-Secret", l.secret)
				header.Set("X-Original-Url", portalOrigin+"/")
				client := other.Client()
				client.StopAtRedirects()
				response := client.Send(http.MethodGet, "/access/forward-auth/PORTAL", nil, header)
				servertest.Drain(t, response)
				return response.StatusCode
			}
			weak, viewer := l.acme.As(l.acme.Person("weak")), l.acme.As(l.acme.Person("viewer", "VIEW_USER"))
			foreign := settle(l.Site, "other").acme.AsAdmin()
			end := map[string]func(id string) []string{
				"its owner":        func(id string) []string { return l.jane.Do(revokeIt, vars{"s": id}).UserErrors("revokeSession") },
				"an administrator": func(id string) []string { return l.admin.Do(revokeIt, vars{"s": id}).UserErrors("revokeSession") },
				"ending all others": func(string) []string {
					return l.jane.Do(`mutation{revokeOtherSessions{user{id} userErrors{code}}}`, nil).UserErrors("revokeOtherSessions")
				},
				"its session, by end": func(string) []string {
					_, ids := l.listedSessions(l.jane)
					return l.admin.Do(revokeIt, vars{"s": ids[len(ids)-1]}).UserErrors("revokeSession")
				},
			}
			for _, who := range []string{"its owner", "an administrator", "ending all others", "its session, by end"} {
				session := l.signInAt(t, portalOrigin+"/")
				codes, ids := l.listedSessions(l.admin)
				if !slices.Equal(codes, []string{"PORTAL", "-"}) {
					t.Fatalf("%s: listed %v", who, codes)
				}
				if l.pass(portalOrigin+"/", session).StatusCode != http.StatusOK || passElsewhere(session) != http.StatusOK {
					t.Fatalf("%s: not let in", who)
				}
				for name, client := range map[string]*servertest.Client{"weak": weak, "viewer": viewer, "foreign": foreign, "nobody": l.Client()} {
					if seen, _ := l.listedSessions(client); len(seen) > 0 {
						t.Errorf("%s sees %v", name, seen)
					}
					if answer := client.Do(`query($s:ID!){node(id:$s){id}}`, vars{"s": ids[0]}); answer.At("node") != nil {
						t.Errorf("%s finds the session: %s", name, answer.Body)
					}
					if answer := client.Do(revokeIt, vars{"s": ids[0]}); answer.At("revokeSession.user") != nil {
						t.Errorf("%s ends it: %s", name, answer.Body)
					}
				}
				if l.pass(portalOrigin+"/", session).StatusCode != http.StatusOK {
					t.Fatalf("%s: ended by who may not", who)
				}
				if problems := end[who](ids[0]); len(problems) > 0 {
					t.Errorf("%s: %v", who, problems)
				}
				if got := l.pass(portalOrigin+"/", session); got.StatusCode != http.StatusUnauthorized || !refusedFor(got, "SESSION_ENDED") {
					t.Errorf("after %s: %d %s", who, got.StatusCode, got.Header.Get("Test-Body"))
				}
				if got := passElsewhere(session); got != http.StatusUnauthorized {
					t.Errorf("after %s, at another instance: %d", who, got)
				}
				if problems := l.admin.Do(revokeIt, vars{"s": ids[0]}).UserErrors("revokeSession"); !slices.Equal(problems, []string{"NOT_FOUND"}) {
					t.Errorf("%s: twice: %v", who, problems)
				}
			}
			if got := l.jane.Do(whoAmI, nil); got.At("viewer") != nil {
				t.Errorf("jane's session lives on: %s", got.Body)
			}
			events := l.entryEvents()
			if want := "SUCCEEDED  PORTAL acme/jane 127.0.0.1"; len(events) != 4 || events[0] != want || events[3] != want {
				t.Errorf("events %q", events)
			}
		})
	}
}

// A user has 50 sessions of both kinds together. One in use is not ended by those that come from it.
func TestAttackSessionsAtAccessPointsAreBounded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		l := newLured(t, store)
		first := l.jane
		for range 60 { // one browser has one session at an origin, however often it enters
			l.signInAt(t, portalOrigin+"/")
			l.Clock.Pass(4 * time.Second)
		}
		if codes, _ := l.listedSessions(l.admin); !slices.Equal(codes, []string{"PORTAL", "-"}) {
			t.Errorf("after entering again and again: %v", codes)
		}
		for range 40 {
			l.jane = l.acme.As(l.portal.jane)
			l.jane.StopAtRedirects()
			l.signInAt(t, portalOrigin+"/")
			l.Clock.Pass(4 * time.Second)
		}
		codes, _ := l.listedSessions(l.admin)
		if len(codes) != 50 {
			t.Errorf("%d sessions", len(codes))
		}
		if got := first.Do(whoAmI, nil); got.At("viewer") != nil {
			t.Error("the oldest session lives on")
		}
		// Sessions by sessions: the newest can end neither itself nor what it comes from.
		for i := range 60 {
			origin := fmt.Sprintf("https://p%d.acme.example", i%20)
			l.admin.Must(`mutation($p:ID!){updateAccessPoint(input:{id:$p,origins:["`+origin+`"]}){userErrors{code}}}`, vars{"p": l.id})
			last := l.signInAt(t, origin+"/")
			l.Clock.Pass(4 * time.Second)
			if got := l.pass(origin+"/", last); got.StatusCode != http.StatusOK {
				t.Fatalf("%d: the newest is not good: %d", i, got.StatusCode)
			}
		}
		if codes, _ := l.listedSessions(l.admin); len(codes) > 50 {
			t.Errorf("%d sessions", len(codes))
		}
	})
}

// The token of a session at an access point is no session of Gatehouse, and its use is written once a minute.
func TestAttackTokenOfAccessPointElsewhere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		l := newLured(t, store)
		session := l.signInAt(t, portalOrigin+"/")
		token := strings.SplitN(session.Get("Cookie"), "=", 2)[1]
		thief := l.Client()
		thief.StopAtRedirects()
		thief.SetCookie("gatehouse_session", token)
		if got := thief.Do(whoAmI, nil); got.At("viewer") != nil {
			t.Errorf("at /graphql: %s", got.Body)
		}
		if got := thief.Do(`mutation{signOut{userErrors{code}}}`, nil); len(got.Errors) == 0 {
			t.Errorf("signing out: %s", got.Body)
		}
		_, location := l.begin(t, portalOrigin+"/")
		if next := l.enter(t, thief, location); !strings.HasPrefix(next, "/sign-in?") {
			t.Errorf("at /access/enter: %s", next)
		}
		program := l.Client()
		program.Header.Set("Authorization", "Bearer "+token)
		if got := program.Do(whoAmI, nil); got.Status != http.StatusUnauthorized {
			t.Errorf("as a key: %d %s", got.Status, got.Body)
		}

		seen := func() db.Time {
			l.SignIn.Settle()
			sessions, err := store.SessionsByUser(t.Context(), l.acme.Policy, db.At(l.Clock.Now()), []typeid.ID{l.portal.jane.ID})
			if err != nil || len(sessions[l.portal.jane.ID]) != 2 {
				t.Fatalf("%v, %v", sessions, err)
			}
			return sessions[l.portal.jane.ID][0].LastSeenAt
		}
		began := seen()
		l.Clock.Pass(59 * time.Second)
		l.pass(portalOrigin+"/", session)
		if got := seen(); got != began {
			t.Errorf("written after %s", got.Time().Sub(began.Time()))
		}
		l.Clock.Pass(time.Second)
		l.pass(portalOrigin+"/", session)
		if got := seen(); got != db.At(l.Clock.Now()) {
			t.Errorf("seen at %s, want %s", got.Time(), l.Clock.Now())
		}
	})
}
