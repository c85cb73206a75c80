package server_test

import (
	"encoding/base64"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	hashing "github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/server"
	"github.com/gatehouse/gatehouse/server/servertest"
)

const signInAs = `mutation($n:String!,$p:String!){signIn(input:{account:"acme",loginName:$n,password:$p}){next challenge{token} userErrors{code}}}`

// crowd is a site whose visitors come from as many addresses as they like, with the account acme.
type crowd struct {
	*servertest.Site
	acme      *servertest.Account
	addresses atomic.Int32
}

func eachCrowd(t *testing.T, passwords *hashing.Hasher, test func(t *testing.T, c *crowd)) {
	t.Helper()
	behindProxy := func(c *server.Config) { c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} }
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := &crowd{Site: servertest.NewHashing(t, store, passwords, behindProxy)}
		c.acme = c.Account("acme")
		test(t, c)
	})
}

func hasher(t *testing.T, config hashing.Config) *hashing.Hasher {
	t.Helper()
	hasher, err := hashing.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return hasher
}

func weakHasher(t *testing.T) *hashing.Hasher {
	t.Helper()
	return hasher(t, hashing.Config{Params: hashing.Weakest(), MaxWaiting: 1000, MaxWait: time.Minute})
}

// user adds a user with the password of all test users.
func (c *crowd) user(login string) *db.User {
	c.T.Helper()
	user := c.acme.Person(login)
	if _, err := c.Accounts.SetPassword(c.T.Context(), "acme", login, servertest.Password); err != nil {
		c.T.Fatal(err)
	}
	return user
}

// from is a client at an address.
func (c *crowd) from(address string) *servertest.Client {
	client := c.Client()
	client.Header.Set("X-Forwarded-For", address)
	return client
}

// stranger is a client at an address, and in a network, where nobody was before.
func (c *crowd) stranger() *servertest.Client {
	n := c.addresses.Add(1)
	return c.from(fmt.Sprintf("198.%d.%d.1", 18+n/256, n%256))
}

func outcome(answer *servertest.Answer) string {
	if next, ok := answer.At("signIn.next").(string); ok {
		return next
	}
	return fmt.Sprint(append(answer.UserErrors("signIn"), answer.ErrorCodes()...))
}

// A flood of sign-ins from many addresses, for names that exist and others, fills all that hashes passwords. A known device
// and the step-up of a session get through every time, also while the user is locked.
func TestAttackFloodKeepsNoKnownDeviceOut(t *testing.T) {
	tight := hasher(t, hashing.Config{
		Params: hashing.Params{Memory: 8 << 10, Time: 4, Parallelism: 1}, MemoryBudget: 2 * 8 << 20, MaxWaiting: 4, MaxWait: time.Minute,
	})
	eachCrowd(t, tight, func(t *testing.T, c *crowd) {
		jane := c.user("jane")
		known := c.from("192.0.2.1")
		right := vars{"n": "jane", "p": servertest.Password}
		if got := outcome(known.Do(signInAs, right)); got != "SIGNED_IN" {
			t.Fatal(got)
		}
		session := c.acme.As(jane)
		session.Header.Set("X-Forwarded-For", "192.0.2.2")

		var refused atomic.Int32
		saturated, stop := make(chan struct{}), make(chan struct{})
		var flood sync.WaitGroup
		for i := range 16 {
			flood.Go(func() {
				for n := 0; ; n++ {
					select {
					case <-stop:
						return
					default:
					}
					name := fmt.Sprintf("nobody-%d-%d", i, n)
					if n%2 == 0 {
						name = "jane"
					}
					answer := c.stranger().Do(signInAs, vars{"n": name, "p": "nine violet kettles hum"})
					if slices.Contains(answer.ErrorCodes(), "RATE_LIMITED signIn") && refused.Add(1) == 20 {
						close(saturated)
					}
				}
			})
		}
		<-saturated
		for i := range 16 {
			if got := outcome(known.Do(signInAs, right)); got != "SIGNED_IN" {
				t.Errorf("sign-in %d of the known device: %s", i, got)
			}
			challenge := session.Must(`mutation{beginStepUp{challenge{token} userErrors{code}}}`, nil).Text("beginStepUp.challenge.token")
			answer := session.Do(`mutation($t:String!,$p:String!){verifyPassword(input:{challengeToken:$t,password:$p}){next userErrors{code}}}`,
				vars{"t": challenge, "p": servertest.Password})
			if answer.At("verifyPassword.next") != "SIGNED_IN" {
				t.Errorf("step-up %d: %s", i, answer.Body)
			}
		}
		close(stop)
		flood.Wait()
	})
}

// Right sign-ins cost nobody anything: of 70 people at once behind one address, and of one user 24 times at once, none is
// refused, and the next one after them neither.
func TestAttackRightSignInsAtOnceCostNobody(t *testing.T) {
	for what, test := range map[string]struct {
		clients int
		name    func(int) string
	}{
		"people behind one address": {70, func(i int) string { return fmt.Sprint("user", i) }},
		"one user":                  {24, func(int) string { return "jane" }},
	} {
		t.Run(what, func(t *testing.T) {
			eachCrowd(t, weakHasher(t), func(t *testing.T, c *crowd) {
				added := map[string]bool{}
				for i := range test.clients {
					if name := test.name(i); !added[name] {
						added[name] = true
						c.user(name)
					}
				}
				signIn := func(i int) string {
					return outcome(c.from("192.0.2.1").Do(signInAs, vars{"n": test.name(i), "p": servertest.Password}))
				}
				outcomes := make([]string, test.clients)
				var all sync.WaitGroup
				for i := range outcomes {
					all.Go(func() { outcomes[i] = signIn(i) })
				}
				all.Wait()
				for i, got := range append(outcomes, signIn(0)) {
					if got != "SIGNED_IN" {
						t.Errorf("%d: %s", i, got)
					}
				}
			})
		})
	}
}

// An attacker who makes an address RATE_LIMITED keeps out neither known devices nor passkeys there, and these have separate bounds.
func TestAttackLockedAddress(t *testing.T) {
	eachCrowd(t, weakHasher(t), func(t *testing.T, c *crowd) {
		c.user("jane")
		lola := c.user("lola")
		browser := c.from("192.0.2.1")
		device, _ := enrolsPasskey(t, c.acme.As(lola), lola)
		right, guess := vars{"n": "jane", "p": servertest.Password}, vars{"n": "jane", "p": "nine violet kettles hum"}
		if got := outcome(browser.Do(signInAs, right)); got != "SIGNED_IN" {
			t.Fatal(got)
		}
		for i := range 50 {
			c.from("192.0.2.1").Do(signInAs, vars{"n": fmt.Sprint("nobody", i), "p": "nine violet kettles hum"})
		}
		if got := outcome(c.from("192.0.2.1").Do(signInAs, right)); got != "[RATE_LIMITED signIn]" {
			t.Errorf("a stranger: %s", got)
		}
		if got := outcome(browser.Do(signInAs, right)); got != "SIGNED_IN" {
			t.Errorf("the known device: %s", got)
		}
		passkey := c.from("192.0.2.1")
		if answer := passkey.Do(finishPasskey, signs(t, passkey, device)); answer.At("finishPasskeySignIn.next") != "SIGNED_IN" {
			t.Errorf("the passkey: %s", answer.Body)
		}
		compared := 0
		for range 30 {
			if got := outcome(browser.Do(signInAs, guess)); got == "[WRONG_CREDENTIALS]" {
				compared++
			}
		}
		if compared != 10 {
			t.Errorf("%d guesses of the device were answered at the locked address, want 10", compared)
		}
	})
}

// respelled are texts that some decoder takes for the same bytes as a token.
func respelled(token string) map[string]string {
	forms := map[string]string{
		"a line feed": token + "\n", "a line feed inside": token[:7] + "\n" + token[7:], "a return": token + "\r\n", "padding": token + "=", "a space": " " + token,
	}
	if raw, err := base64.RawURLEncoding.DecodeString(token); err == nil {
		forms["without the key's label"] = base64.RawURLEncoding.EncodeToString(raw[4:])
		if last := len(token) - 1; len(raw)%3 != 0 {
			const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
			forms["unused bits"] = token[:last] + string(alphabet[slices.Index([]byte(alphabet), token[last])+1])
		}
	}
	return forms
}

// A passkey's answer opens one session: not another with the challenge's token spelled anew, nor with the browser's cookie.
func TestAttackPasskeyChallengeSpelledAnew(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		jane := acme.Person("jane")
		device, _ := enrolsPasskey(t, acme.As(jane), jane)
		browser := site.Client()
		proof := signs(t, browser, device)
		replay := func(when, what, token string) {
			t.Helper()
			thief := site.Client()
			thief.SetCookie(presession, browser.Cookie(presession))
			answer := thief.Do(finishPasskey, vars{"t": token, "c": proof["c"]})
			if len(answer.UserErrors("finishPasskeySignIn")) == 0 || thief.Cookie(session) != "" {
				t.Errorf("%s, with %s: %s", when, what, answer.Body)
			}
		}
		token := proof["t"].(string)
		for what, form := range respelled(token) {
			replay("before it is used", what, form)
		}
		browser.Must(finishPasskey, proof)
		replay("again", "the same token", token)
		for what, form := range respelled(token) {
			replay("again", what, form)
		}
	})
}

// inHeaders are the spellings that can be sent in a header.
func inHeaders(forms map[string]string) map[string]string {
	maps.DeleteFunc(forms, func(_, form string) bool { return strings.ContainsAny(form, "\r\n ") })
	return forms
}

// Every other token is one text: spelled anew it is nobody's, before and after it was used up.
func TestAttackTokensSpelledAnew(t *testing.T) {
	const (
		stepUp      = `mutation{beginStepUp{challenge{token} userErrors{code}}}`
		verify      = `mutation($t:String!,$p:String!){verifyPassword(input:{challengeToken:$t,password:$p}){next userErrors{code}}}`
		setPassword = `mutation($t:String!,$p:String!){setPassword(input:{token:$t,password:$p}){next userErrors{code}}}`
	)
	eachCrowd(t, weakHasher(t), func(t *testing.T, c *crowd) {
		jane := c.user("jane")
		client := c.acme.As(jane)
		for what, form := range inHeaders(respelled(client.Cookie(session))) {
			other := c.Client()
			other.SetCookie(session, form)
			if answer := other.Do(whoAmI, nil); answer.At("viewer") != nil {
				t.Errorf("a session's cookie with %s: %s", what, answer.Body)
			}
		}
		c.Client().Must(`mutation{requestPasswordReset(input:{account:"acme",email:"jane@acme.example"}){userErrors{code}}}`, nil)
		for _, test := range []struct{ what, token, document, field string }{ // in this order: a new password ends challenges
			{"a challenge", client.Must(stepUp, nil).Text("beginStepUp.challenge.token"), verify, "verifyPassword"},
			{"a link", c.linkIn("passwordReset"), setPassword, "setPassword"},
		} {
			what := test.what
			show := func(token string) any {
				return client.Do(test.document, vars{"t": token, "p": servertest.Password}).At(test.field + ".next")
			}
			for how, form := range respelled(test.token) {
				if next := show(form); next != nil {
					t.Errorf("%s with %s: %v", what, how, next)
				}
			}
			if next := show(test.token); next != "SIGNED_IN" {
				t.Fatalf("%s: %v", what, next)
			}
			for how, form := range respelled(test.token) {
				if next := show(form); next != nil {
					t.Errorf("%s that was used, with %s: %v", what, how, next)
				}
			}
		}
	})
}
