package server_test

import (
	"context"
	"slices"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/server/servertest"
)

const (
	newPassword    = "nine violet kettles hum beneath the stairs"
	setByLink      = `mutation($t:String!){setPassword(input:{token:$t,password:"` + newPassword + `"}){next userErrors{code}}}`
	confirmByLink  = `mutation($t:String!){confirmEmail(input:{token:$t}){user{id} userErrors{code}}}`
	resendWelcome  = `mutation($u:ID!){resendWelcome(input:{id:$u}){user{id} userErrors{code}}}`
	changePassword = `mutation{changePassword(input:{currentPassword:"` + servertest.Password + `",newPassword:"` + newPassword + `"}){userErrors{code}}}`
)

// spent says whether a link is good for nothing, by what it would do.
func spent(c *crowd, document, token string) bool {
	c.T.Helper()
	answer := c.Client().Do(document, vars{"t": token})
	for _, field := range []string{"setPassword", "confirmEmail"} {
		if codes := answer.UserErrors(field); len(codes) == 1 && codes[0] == "LINK_EXPIRED" {
			return true
		}
	}
	return false
}

// A newer link ends the user's older one of every kind: reset, change of address, invitation, no matter who had it sent.
func TestAttackOlderLinksEnd(t *testing.T) {
	eachCrowd(t, weakHasher(t), func(t *testing.T, c *crowd) {
		jane := c.user("jane")
		client := c.acme.As(jane)
		reset := func() string {
			c.Client().Must(resetByMail, vars{"e": "jane@acme.example"})
			return c.linkIn("passwordReset")
		}
		change := func() string {
			client.Must(changeEmail, vars{"e": "new@acme.example"})
			return c.linkIn("emailConfirm")
		}
		older, newer := reset(), change()
		if !spent(c, setByLink, older) {
			t.Error("a reset lives beside a newer change of address")
		}
		older, newer = newer, reset()
		if !spent(c, confirmByLink, older) {
			t.Error("a change of address lives beside a newer reset")
		}
		older = newer
		c.user("john")
		client.Must(changeEmail, vars{"e": "john@acme.example"})
		if !spent(c, setByLink, older) {
			t.Error("a reset lives beside a newer change to an address that is taken")
		}

		ivan := c.acme.Person("ivan")
		ivan.Status = db.Invited
		c.Touch(func(ctx context.Context, tx *db.Tx) error { return tx.UpdateUser(ctx, ivan) })
		c.acme.AsAdmin().Must(resendWelcome, vars{"u": ivan.ID})
		invitation := c.linkIn("welcome")
		c.acme.AsAdmin().Must(resendWelcome, vars{"u": ivan.ID})
		again := c.linkIn("welcome")
		c.Client().Must(resetByMail, vars{"e": "ivan@acme.example"})
		last := c.linkIn("welcome")
		if !spent(c, setByLink, invitation) || !spent(c, setByLink, again) {
			t.Error("an invitation lives beside a newer one")
		}
		if next := c.Client().Must(setByLink, vars{"t": last}).At("setPassword.next"); next != "SIGNED_IN" {
			t.Errorf("the newest link leads to %v", next)
		}
		if !spent(c, setByLink, last) {
			t.Error("a link is good twice")
		}
	})
}

// ending is a way to end what a user has open: act gets a session of the user, and the user.
type ending struct {
	name string
	own  bool // the session that acts lives on
	act  func(c *crowd, client *servertest.Client, jane *db.User)
}

// endings are all ways to a new password, a reset of factors, a first factor and deactivation, and what else rule 5 wants.
var endings = []ending{
	{"changePassword", true, func(_ *crowd, client *servertest.Client, _ *db.User) { client.Must(changePassword, nil) }},
	{"setPassword by link", false, func(c *crowd, _ *servertest.Client, jane *db.User) {
		c.Client().Must(resetByMail, vars{"e": jane.Email})
		c.Client().Must(setByLink, vars{"t": c.linkIn("passwordReset")})
	}},
	{"updateUser", false, func(c *crowd, _ *servertest.Client, jane *db.User) {
		c.acme.AsAdmin().Must(`mutation($u:ID!,$p:String!){updateUser(input:{id:$u,password:$p}){user{id} userErrors{code}}}`, vars{"u": jane.ID, "p": newPassword})
	}},
	{"set-password on the command line", false, func(c *crowd, _ *servertest.Client, jane *db.User) {
		if _, err := c.Accounts.SetPassword(c.T.Context(), "acme", jane.LoginName, newPassword); err != nil {
			c.T.Fatal(err)
		}
	}},
	{"resetUserMfa", false, func(c *crowd, _ *servertest.Client, jane *db.User) {
		c.acme.AsAdmin().Must(`mutation($u:ID!){resetUserMfa(input:{id:$u}){user{id} userErrors{code}}}`, vars{"u": jane.ID})
	}},
	{"reset-mfa on the command line", false, func(c *crowd, _ *servertest.Client, jane *db.User) {
		if _, err := c.Accounts.ResetMFA(c.T.Context(), "acme", jane.LoginName); err != nil {
			c.T.Fatal(err)
		}
	}},
	{"restore-access on the command line", false, func(c *crowd, _ *servertest.Client, jane *db.User) {
		if _, _, err := c.Accounts.RestoreAccess(c.T.Context(), "acme", jane.LoginName); err != nil {
			c.T.Fatal(err)
		}
	}},
	{"first factor", true, func(c *crowd, client *servertest.Client, jane *db.User) {
		enrolsPasskey(c.T.(*testing.T), client, jane)
	}},
	{"deactivateUser", false, func(c *crowd, _ *servertest.Client, jane *db.User) {
		c.acme.AsAdmin().Must(`mutation($u:ID!){deactivateUser(input:{id:$u}){user{id} userErrors{code}}}`, vars{"u": jane.ID})
	}},
}

// Whatever way a password, the factors or the user end, a thief keeps nothing: no session, no known device, no link, nothing
// that was begun.
func TestAttackNothingOutlivesANewPassword(t *testing.T) {
	for _, end := range endings {
		t.Run(end.name, func(t *testing.T) {
			eachCrowd(t, weakHasher(t), func(t *testing.T, c *crowd) {
				jane := c.user("jane")
				right := vars{"n": "jane", "p": servertest.Password}
				thief, client := c.Client(), c.Client()
				for _, browser := range []*servertest.Client{thief, client} {
					if got := outcome(browser.Do(signInAs, right)); got != "SIGNED_IN" {
						t.Fatal(got)
					}
				}
				challenge := thief.Must(`mutation{beginStepUp{challenge{token} userErrors{code}}}`, nil).Text("beginStepUp.challenge.token")
				thief.Must(changeEmail, vars{"e": "thief@elsewhere.example"})
				link := c.linkIn("emailConfirm")

				end.act(c, client, jane)

				if thief.Do(whoAmI, nil).At("viewer") != nil {
					t.Error("the session lives")
				}
				if lives := client.Do(whoAmI, nil).At("viewer") != nil; lives != end.own {
					t.Errorf("the session that acts lives: %v", lives)
				}
				device := secret.Token(thief.Cookie("gatehouse_device"))
				if known, err := c.Store.HasDevice(t.Context(), jane.ID, device.Hash(), 0); known || err != nil || device == "" {
					t.Errorf("the device is known: %v, %v", known, err)
				}
				if !spent(c, confirmByLink, link) {
					t.Error("the link lives")
				}
				if _, err := c.Store.ChallengeByToken(t.Context(), secret.Token(challenge).Hash(), 0, db.StepUpChallenge); err == nil {
					t.Error("the challenge lives")
				}
			})
		})
	}
}

// A forgotten device is a stranger: it does not pass the lock of its user.
func TestAttackForgottenDeviceIsAStranger(t *testing.T) {
	eachCrowd(t, weakHasher(t), func(t *testing.T, c *crowd) {
		c.user("jane")
		thief := c.from("192.0.2.1")
		if got := outcome(thief.Do(signInAs, vars{"n": "jane", "p": servertest.Password})); got != "SIGNED_IN" {
			t.Fatal(got)
		}
		if _, err := c.Accounts.SetPassword(t.Context(), "acme", "jane", newPassword); err != nil {
			t.Fatal(err)
		}
		var got []string
		for range 12 {
			got = append(got, outcome(c.stranger().Do(signInAs, vars{"n": "jane", "p": "a wrong one among many"})))
		}
		got = append(got, outcome(thief.Do(signInAs, vars{"n": "jane", "p": newPassword})))
		if slices.Contains(got, "SIGNED_IN") {
			t.Errorf("passed the lock: %v", got)
		}
	})
}
