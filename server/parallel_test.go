package server_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/signin/signintest"
	"github.com/gatehouse/gatehouse/internal/throttle"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// atOnce is how many right tries are under way behind one address: more than may fail there.
const atOnce = throttle.AddressTries + 10

// rightTries are what can be shown rightly. Each prepares a try of one of many people, and returns it with what it must lead to.
var rightTries = map[string]func(t *testing.T, c *crowd, i int) func() (got any, answer *servertest.Answer){
	"step-ups with the password": func(_ *testing.T, c *crowd, i int) func() (any, *servertest.Answer) {
		client := c.behind(c.acme.As(c.user(fmt.Sprint("user", i))))
		challenge := client.Must(`mutation{beginStepUp{challenge{token} userErrors{code}}}`, nil).Text("beginStepUp.challenge.token")
		return next(client, "verifyPassword", `mutation($t:String!,$p:String!){verifyPassword(input:{challengeToken:$t,password:$p}){next userErrors{code}}}`,
			vars{"t": challenge, "p": servertest.Password})
	},
	"codes of apps": func(t *testing.T, c *crowd, i int) func() (any, *servertest.Answer) {
		secret, _ := c.enrolled(t, i)
		client, challenge := c.passwordShown(i)
		return next(client, "verifyTotp", `mutation($t:String!,$p:String!){verifyTotp(input:{challengeToken:$t,code:$p}){next userErrors{code}}}`,
			vars{"t": challenge, "p": totpCode(t, secret, c.Clock.Now())})
	},
	"recovery codes": func(t *testing.T, c *crowd, i int) func() (any, *servertest.Answer) {
		_, recovery := c.enrolled(t, i)
		client, challenge := c.passwordShown(i)
		return next(client, "verifyRecoveryCode", `mutation($t:String!,$p:String!){verifyRecoveryCode(input:{challengeToken:$t,code:$p}){next userErrors{code}}}`,
			vars{"t": challenge, "p": recovery})
	},
	"passkeys": func(t *testing.T, c *crowd, i int) func() (any, *servertest.Answer) {
		device := c.passkeyOf(t, c.acme.Person(fmt.Sprint("user", i)))
		client := c.from(oneAddress)
		return next(client, "finishPasskeySignIn", finishPasskey, signs(t, client, device))
	},
	"links to set a password": func(_ *testing.T, c *crowd, i int) func() (any, *servertest.Answer) {
		user := c.acme.Person(fmt.Sprint("user", i))
		c.stranger().Must(resetByMail, vars{"e": user.Email})
		return next(c.from(oneAddress), "setPassword", setByLink, vars{"t": c.linkIn("passwordReset")})
	},
}

const oneAddress = "192.0.2.1"

func (c *crowd) behind(client *servertest.Client) *servertest.Client {
	client.Header.Set("X-Forwarded-For", oneAddress)
	return client
}

func next(client *servertest.Client, field, document string, variables vars) func() (any, *servertest.Answer) {
	return func() (any, *servertest.Answer) {
		answer := client.Do(document, variables)
		return answer.At(field + ".next"), answer
	}
}

// enrolled adds a user with an authenticator app, and returns its secret and a recovery code.
func (c *crowd) enrolled(t *testing.T, i int) (secret, recovery string) {
	client := c.acme.As(c.user(fmt.Sprint("user", i)))
	begun := client.Must(`mutation{beginTotpEnrolment(input:{name:"Phone"}){challengeToken secret userErrors{code}}}`, nil)
	secret = begun.Text("beginTotpEnrolment.secret")
	// With the code of the step before: that of now is good for signing in.
	done := client.Must(`mutation($t:String!,$c:String!){finishTotpEnrolment(input:{challengeToken:$t,code:$c}){recoveryCodes userErrors{code}}}`,
		vars{"t": begun.Text("beginTotpEnrolment.challengeToken"), "c": totpCode(t, secret, c.Clock.Now().Add(-30_000_000_000))})
	return secret, done.Text("finishTotpEnrolment.recoveryCodes.0")
}

// passwordShown is a client that has shown the password of a user, and what is to be shown next.
func (c *crowd) passwordShown(i int) (client *servertest.Client, challenge string) {
	client = c.from(oneAddress)
	return client, client.Must(signInAs, vars{"n": fmt.Sprint("user", i), "p": servertest.Password}).Text("signIn.challenge.token")
}

func (c *crowd) passkeyOf(t *testing.T, user *db.User) *signintest.Device {
	device, _ := enrolsPasskey(t, c.acme.As(user), user)
	return device
}

// A right try costs nobody anything, whatever it shows (product rule 7): of more than may fail behind one address none is refused
// when all come at once, and none of those after them.
func TestRightTriesAtOnceCostNobody(t *testing.T) {
	for what, prepare := range rightTries {
		t.Run(what, func(t *testing.T) {
			eachCrowd(t, weakHasher(t), func(t *testing.T, c *crowd) {
				tries := make([]func() (any, *servertest.Answer), atOnce)
				for i := range tries {
					tries[i] = prepare(t, c, i)
				}
				var all sync.WaitGroup
				for i, try := range tries {
					all.Go(func() {
						if got, answer := try(); got != "SIGNED_IN" {
							t.Errorf("%d: %s", i, answer.Body)
						}
					})
				}
				all.Wait()
				if got, answer := prepare(t, c, atOnce)(); got != "SIGNED_IN" {
					t.Errorf("afterwards: %s", answer.Body)
				}
			})
		})
	}
}

// One user's sessions, and one user's key, likewise: more at once than a name may fail.
func TestOneUsersRightTriesAtOnce(t *testing.T) {
	eachCrowd(t, weakHasher(t), func(t *testing.T, c *crowd) {
		jane := c.user("jane")
		var tries []func() (any, *servertest.Answer)
		for range 24 {
			client := c.behind(c.acme.As(jane))
			challenge := client.Must(`mutation{beginStepUp{challenge{token} userErrors{code}}}`, nil).Text("beginStepUp.challenge.token")
			tries = append(tries, next(client, "verifyPassword", `mutation($t:String!,$p:String!){verifyPassword(input:{challengeToken:$t,password:$p}){next userErrors{code}}}`,
				vars{"t": challenge, "p": servertest.Password}))
		}
		secret := c.acme.AsAdmin().Must(`mutation($u:ID!){createApiKey(input:{userId:$u,description:"Many",accessPoints:["API"]}){secret userErrors{code}}}`,
			vars{"u": c.robot()}).Text("createApiKey.secret")
		for range atOnce {
			client := c.from(oneAddress)
			client.Header.Set("Authorization", "ApiKey "+secret)
			tries = append(tries, func() (any, *servertest.Answer) {
				answer := client.Do(`{viewer{user{loginName}}}`, nil)
				if answer.At("viewer.user.loginName") == "robot" {
					return "SIGNED_IN", answer
				}
				return nil, answer
			})
		}
		var all sync.WaitGroup
		for i, try := range tries {
			all.Go(func() {
				if got, answer := try(); got != "SIGNED_IN" {
					t.Errorf("%d: %s", i, answer.Body)
				}
			})
		}
		all.Wait()
	})
}

// robot adds an API user, and returns its ID.
func (c *crowd) robot() string {
	admin := c.acme.AsAdmin()
	role := admin.Must(`mutation{createRole(input:{name:"Robots",permissions:["VIEW_DOMAIN"]}){role{id} userErrors{code}}}`, nil).Text("createRole.role.id")
	return admin.Must(`mutation($r:ID!){createUser(input:{kind:API,loginName:"robot",email:"robot@acme.example",name:"Robot",language:EN,roleIds:[$r],
		mfaForced:true,accessPoints:["API"]}){user{id} userErrors{code}}}`, vars{"r": role}).Text("createUser.user.id")
}
