package server_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
)

// outbox takes all mails that wait, the oldest first.
func (c *crowd) outbox() (mails []*db.Mail) {
	c.T.Helper()
	c.SignIn.Settle()
	for {
		var taken db.Mail
		err := c.Store.Touch(c.T.Context(), func(tx *db.Tx) error {
			now := db.At(c.Clock.Now())
			claimed, err := tx.ClaimMail(c.T.Context(), now, now.Add(time.Hour))
			if err != nil {
				return err
			}
			taken = *claimed
			return tx.MailSent(c.T.Context(), claimed, now)
		})
		if errors.Is(err, db.ErrNotFound) {
			return mails
		}
		if err != nil {
			c.T.Fatal(err)
		}
		mails = append(mails, &taken)
	}
}

// ofKind takes all mails that wait, and returns those of a kind.
func (c *crowd) ofKind(kind string) []*db.Mail {
	c.T.Helper()
	return slices.DeleteFunc(c.outbox(), func(m *db.Mail) bool { return m.Kind != kind })
}

var inFragment = regexp.MustCompile(`#token=([A-Za-z0-9_-]+)`)

// linkIn is the token of the link in the newest mail of a kind.
func (c *crowd) linkIn(kind string) string {
	c.T.Helper()
	mails := c.ofKind(kind)
	if len(mails) == 0 {
		c.T.Fatalf("no mail %s", kind)
	}
	found := inFragment.FindStringSubmatch(mails[len(mails)-1].TextBody)
	if found == nil {
		c.T.Fatalf("no link in %s", kind)
	}
	return found[1]
}

const (
	changeEmail = `mutation($e:String!){changeEmail(input:{email:$e}){user{loginName email} userErrors{code field}}}`
	resetByMail = `mutation($e:String!){requestPasswordReset(input:{account:"acme",email:$e}){userErrors{code}}}`
)

// A user with words for strangers in their name has 200 addresses confirmed, one after the other: ten mails go out, without a
// word of theirs.
func TestAttackChangeEmailIsNoRelay(t *testing.T) {
	eachCrowd(t, weakHasher(t), func(t *testing.T, c *crowd) {
		mallory := c.user("win.example")
		mallory.Name = "You have won, go to https://win.example/prize"
		c.Touch(func(ctx context.Context, tx *db.Tx) error { return tx.UpdateUser(ctx, mallory) })
		client := c.acme.As(mallory)
		c.outbox()
		sent := 0
		var mails []*db.Mail
		for i := range 200 {
			answer := client.Do(changeEmail, vars{"e": fmt.Sprintf("victim%d@elsewhere.example", i)})
			switch {
			case len(answer.Errors) == 0 && answer.At("changeEmail.user") != nil:
				sent++
			case !slices.Contains(answer.ErrorCodes(), "RATE_LIMITED changeEmail"):
				t.Fatalf("request %d: %s", i, answer.Body)
			}
			mails = append(mails, c.outbox()...)
		}
		if sent != 10 || len(mails) != 10 {
			t.Errorf("%d of 200 requests were taken, %d mails were sent; want 10", sent, len(mails))
		}
		for _, m := range mails {
			for _, part := range []string{m.TextBody, m.HTMLBody, m.Subject, m.RecipientName} {
				if strings.Contains(part, "win") || strings.Contains(part, "prize") {
					t.Fatalf("a mail to a stranger has the sender's words:\n%s", part)
				}
			}
		}
	})
}

// However many users want it, one address gets ten mails in an hour.
func TestAttackManyUsersOneRecipient(t *testing.T) {
	eachCrowd(t, weakHasher(t), func(t *testing.T, c *crowd) {
		got := 0
		for i := range 4 {
			client := c.acme.As(c.user(fmt.Sprint("user", i)))
			for range 5 {
				client.Must(changeEmail, vars{"e": "Victim@elsewhere.example"})
				got += len(c.ofKind("emailConfirm"))
			}
		}
		if got != 10 {
			t.Errorf("%d mails, want 10", got)
		}
		c.Clock.Pass(time.Hour)
		c.acme.As(c.user("later")).Must(changeEmail, vars{"e": "victim@elsewhere.example"})
		if got := len(c.ofKind("emailConfirm")); got != 1 {
			t.Errorf("an hour later: %d mails, want 1", got)
		}
	})
}

// changeEmail answers alike whether or not an address is taken, after the same statements, and leaves the same event; only
// who has the address learns of it. TAKEN shows where the address is confirmed.
func TestAttackChangeEmailIsNoOracle(t *testing.T) {
	eachCrowd(t, weakHasher(t), func(t *testing.T, c *crowd) {
		client := c.acme.As(c.user("mallory"))
		c.user("jane")
		c.outbox()
		bodies, statements := map[string]string{}, map[string]int64{}
		var mails []*db.Mail
		for _, address := range []string{"first@acme.example", "jane@acme.example", "JANE@acme.example", "nobody@acme.example"} {
			c.SignIn.Settle()
			before := c.Store.Statements()
			answer := client.Must(changeEmail, vars{"e": address})
			bodies[answer.Body], statements[address] = address, c.Store.Statements()-before
			mails = append(mails, c.outbox()...)
		}
		if len(bodies) != 1 || statements["jane@acme.example"] != statements["nobody@acme.example"] {
			t.Errorf("answers tell: %v, %v", bodies, statements)
		}
		var kinds []string
		for _, m := range mails {
			kinds = append(kinds, m.Kind)
			if m.Kind == "emailTaken" && (inFragment.MatchString(m.TextBody) || strings.Contains(m.TextBody, "mallory")) {
				t.Errorf("the mail to the address's user: %s", m.TextBody)
			}
		}
		if want := []string{"emailConfirm", "emailTaken", "emailTaken", "emailConfirm"}; !slices.Equal(kinds, want) {
			t.Errorf("mails %v, want %v", kinds, want)
		}
	})
}

// Requests to reset a password are bounded by address and by recipient, however the address is written, and welcome mails by
// user, so that neither fills a mailbox.
func TestAttackMailFloods(t *testing.T) {
	eachCrowd(t, weakHasher(t), func(t *testing.T, c *crowd) {
		c.user("jane")
		c.outbox()
		resets := 0
		for i := range 40 {
			address := []string{"jane@acme.example", "Jane@ACME.example", " jane@acme.example "}[i%3]
			c.stranger().Must(resetByMail, vars{"e": address})
			resets += len(c.ofKind("passwordReset"))
		}
		if resets != 10 {
			t.Errorf("%d mails to one recipient from 40 addresses, want 10", resets)
		}
		flood := c.from("203.0.113.9")
		limited := 0
		for i := range 60 {
			if slices.Contains(flood.Do(resetByMail, vars{"e": fmt.Sprintf("nobody%d@acme.example", i)}).ErrorCodes(), "RATE_LIMITED requestPasswordReset") {
				limited++
			}
		}
		if limited != 10 {
			t.Errorf("%d of 60 requests from one address were refused, want 10", limited)
		}

		ivan := c.acme.Person("ivan")
		admin, sent, welcomes := c.acme.AsAdmin(), 0, 0
		for range 30 {
			if answer := admin.Do(`mutation($u:ID!){resendWelcome(input:{id:$u}){user{id} userErrors{code}}}`, vars{"u": ivan.ID}); answer.At("resendWelcome.user") != nil {
				sent++
			}
			welcomes += len(c.ofKind("welcome"))
		}
		if sent != 10 || welcomes != 10 {
			t.Errorf("%d of 30 welcome mails, %d were told sent, want 10", welcomes, sent)
		}
	})
}

// A newer link ends the older one, and the mail with that, while it waits, is not sent: nobody gets a link that is good for
// nothing.
func TestMailsWithEndedLinksAreWithdrawn(t *testing.T) {
	eachCrowd(t, weakHasher(t), func(t *testing.T, c *crowd) {
		c.user("jane")
		c.outbox()
		for range 3 {
			c.stranger().Must(resetByMail, vars{"e": "jane@acme.example"})
			c.SignIn.Settle()
		}
		if got := len(c.ofKind("passwordReset")); got != 1 {
			t.Errorf("%d mails with links wait, want the newest", got)
		}
		c.stranger().Must(resetByMail, vars{"e": "jane@acme.example"})
		c.SignIn.Settle()
		jane := c.acme.AsAdmin().Must(`{user(by:{loginName:"jane"}){id}}`, nil).Text("user.id")
		c.acme.AsAdmin().Must(`mutation($u:ID!){deactivateUser(input:{id:$u}){userErrors{code}}}`, vars{"u": jane})
		if got := len(c.ofKind("passwordReset")); got != 0 {
			t.Errorf("%d mails with a link of a deactivated user wait", got)
		}
	})
}
