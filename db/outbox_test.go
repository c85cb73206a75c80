package db_test

import (
	"errors"
	"sync"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

func queueMail(t *testing.T, store *db.DB, due db.Time) *db.Mail {
	t.Helper()
	mail := &db.Mail{
		ID: typeid.New("mail"), Kind: "welcome", Recipient: "jane@acme.example", RecipientName: "Jane", Language: db.English,
		Subject: "Subject", TextBody: "text with a link", HTMLBody: "<p>link</p>", CreatedAt: min(due, 1), DueAt: due,
	}
	if err := store.Touch(t.Context(), func(tx *db.Tx) error { return tx.QueueMail(t.Context(), mail) }); err != nil {
		t.Fatal(err)
	}
	return mail
}

func claimMail(t *testing.T, store *db.DB, now, until db.Time) (*db.Mail, error) {
	t.Helper()
	var mail *db.Mail
	err := store.Touch(t.Context(), func(tx *db.Tx) (err error) {
		mail, err = tx.ClaimMail(t.Context(), now, until)
		return err
	})
	return mail, err
}

// A mail is claimed when it is due, the longest due first, and again only when its claim has run out.
func TestMailIsClaimedOnceUntilItsClaimRunsOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		later, first := queueMail(t, store, 2000), queueMail(t, store, 1000)
		if _, err := claimMail(t, store, 999, 5000); !errors.Is(err, db.ErrNotFound) {
			t.Fatalf("before a mail is due: %v", err)
		}
		for _, want := range []typeid.ID{first.ID, later.ID} {
			mail, err := claimMail(t, store, 2000, 5000)
			if err != nil || mail.ID != want || mail.Attempts != 1 || mail.TextBody == "" || mail.Kind != "welcome" {
				t.Fatalf("ClaimMail = %+v, %v; want %s", mail, err, want)
			}
		}
		if _, err := claimMail(t, store, 4999, 9000); !errors.Is(err, db.ErrNotFound) {
			t.Fatalf("while both are claimed: %v", err)
		}
		if mail, err := claimMail(t, store, 5000, 9000); err != nil || mail.Attempts != 2 {
			t.Fatalf("after the claim: %+v, %v", mail, err)
		}
	})
}

// However many instances look at once, each mail goes to one of them.
func TestMailIsClaimedByOneInstance(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		const mails, instances = 20, 4
		for range mails {
			queueMail(t, store, 1000)
		}
		var mutex sync.Mutex
		claims := map[typeid.ID]int{}
		var group sync.WaitGroup
		for range instances {
			group.Go(func() {
				for {
					mail, err := claimMail(t, store, 1000, 5000)
					if errors.Is(err, db.ErrNotFound) {
						return
					}
					if err != nil {
						t.Error(err)
						return
					}
					mutex.Lock()
					claims[mail.ID]++
					mutex.Unlock()
				}
			})
		}
		group.Wait()
		if len(claims) != mails {
			t.Errorf("%d of %d mails were claimed", len(claims), mails)
		}
		for id, n := range claims {
			if n != 1 {
				t.Errorf("%s was claimed %d times", id, n)
			}
		}
	})
}

// Rule 13: a mail that has ended holds no link any more. One that waits keeps its bodies, and so does one that was given up and
// has no link: it can be sent again.
func TestEndedMailHoldsNoLink(t *testing.T) {
	const text, html = "text with a link", "<p>link</p>"
	ends := map[string]struct {
		link db.Time
		end  func(t *testing.T, tx *db.Tx, mail *db.Mail) error
		want db.Mail
	}{
		"sent": {0, func(t *testing.T, tx *db.Tx, mail *db.Mail) error { return tx.MailSent(t.Context(), mail, 1500) },
			db.Mail{SentAt: 1500, DueAt: 5000}},
		"given up": {9000, func(t *testing.T, tx *db.Tx, mail *db.Mail) error {
			return tx.MailGivenUp(t.Context(), mail, 1500, db.RecipientUnknown, "550 unknown?")
		}, db.Mail{GivenUpAt: 1500, DueAt: 5000, Problem: db.RecipientUnknown, Answer: "550 unknown?"}},
		"given up without a link": {0, func(t *testing.T, tx *db.Tx, mail *db.Mail) error {
			return tx.MailGivenUp(t.Context(), mail, 1500, db.RecipientUnknown, "550")
		}, db.Mail{GivenUpAt: 1500, DueAt: 5000, Problem: db.RecipientUnknown, Answer: "550", TextBody: text, HTMLBody: html}},
		"failed": {9000, func(t *testing.T, tx *db.Tx, mail *db.Mail) error {
			return tx.MailFailed(t.Context(), mail, 3000, db.Deferred, "450 busy")
		}, db.Mail{DueAt: 3000, Problem: db.Deferred, Answer: "450 busy", TextBody: text, HTMLBody: html}},
	}
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		for name, c := range ends {
			queueMail(t, store, 1000)
			mail, err := claimMail(t, store, 1000, 5000)
			if err != nil || !mail.Attempting {
				t.Fatal(mail, err)
			}
			mail.LinkExpiresAt = c.link
			if err := store.Touch(t.Context(), func(tx *db.Tx) error { return c.end(t, tx, mail) }); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			got, err := store.MailWithBodies(t.Context(), mail.ID)
			if err != nil {
				t.Fatal(err)
			}
			if got.SentAt != c.want.SentAt || got.GivenUpAt != c.want.GivenUpAt || got.DueAt != c.want.DueAt || got.Problem != c.want.Problem ||
				got.Answer != c.want.Answer || got.TextBody != c.want.TextBody || got.HTMLBody != c.want.HTMLBody || got.Attempting {
				t.Errorf("%s: %+v", name, got)
			}
			if got.Subject == "" || got.Recipient == "" {
				t.Errorf("%s: what was sent to whom is gone", name)
			}
		}
		if n, err := store.WaitingMails(t.Context()); err != nil || n != 1 {
			t.Errorf("WaitingMails = %d, %v; only the failed one waits", n, err)
		}
	})
}

// A mail that waits is sent at once when somebody asks, but not while an attempt is under way; one that was given up comes back
// with all its attempts, perhaps to another address.
func TestMailIsSentAgainOnRequest(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		do := func(change func(tx *db.Tx) error) error { return store.Touch(t.Context(), change) }
		id := queueMail(t, store, 1000).ID
		hasten := func(now db.Time) error {
			return do(func(tx *db.Tx) error { return tx.HastenMail(t.Context(), id, now) })
		}
		revive := func(tx *db.Tx) error { return tx.ReviveMail(t.Context(), id, "new@acme.example", "New", 4000) }
		claimed, err := claimMail(t, store, 1000, 5000)
		if err != nil {
			t.Fatal(err)
		}
		if err := hasten(1100); !errors.Is(err, db.ErrNotFound) {
			t.Fatalf("hastened while an attempt is under way: %v", err)
		}
		if err := do(func(tx *db.Tx) error { return tx.MailFailed(t.Context(), claimed, 9000, db.Deferred, "451") }); err != nil {
			t.Fatal(err)
		}
		if err := do(revive); !errors.Is(err, db.ErrNotFound) {
			t.Fatalf("a mail that waits was revived: %v", err)
		}
		if err := hasten(2000); err != nil {
			t.Fatal(err)
		}
		if claimed, err = claimMail(t, store, 2000, 6000); err != nil || claimed.Attempts != 2 {
			t.Fatalf("after it was hastened: %+v, %v", claimed, err)
		}
		err = do(func(tx *db.Tx) error { return tx.MailGivenUp(t.Context(), claimed, 3000, db.RecipientUnknown, "550") })
		if err != nil {
			t.Fatal(err)
		}
		if err := hasten(3500); !errors.Is(err, db.ErrNotFound) {
			t.Fatalf("a mail that was given up was hastened: %v", err)
		}
		if err := do(revive); err != nil {
			t.Fatal(err)
		}
		claimed, err = claimMail(t, store, 4000, 9000)
		if err != nil || claimed.Attempts != 1 || claimed.Recipient != "new@acme.example" || claimed.RecipientName != "New" ||
			claimed.Problem != db.NoMailProblem || claimed.TextBody == "" {
			t.Fatalf("after it was revived: %+v, %v", claimed, err)
		}
		if err := do(func(tx *db.Tx) error { return tx.MailSent(t.Context(), claimed, 4500) }); err != nil {
			t.Fatal(err)
		}
		if err := do(revive); !errors.Is(err, db.ErrNotFound) {
			t.Fatalf("a mail that was sent was revived: %v", err)
		}
	})
}

// An instance whose claim has run out does not speak for the one that has the mail now.
func TestOutlivedClaimEndsNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		queueMail(t, store, 1000)
		slow, err := claimMail(t, store, 1000, 2000)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := claimMail(t, store, 2000, 5000); err != nil {
			t.Fatal(err)
		}
		err = store.Touch(t.Context(), func(tx *db.Tx) error { return tx.MailFailed(t.Context(), slow, 2500, db.ServerUnreachable, "") })
		if !errors.Is(err, db.ErrNotFound) {
			t.Fatalf("MailFailed with an old claim: %v", err)
		}
	})
}

// What waits for a commit happens after it, and not at all when there is none.
func TestAfterCommit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		refused := errors.New("refused")
		for _, end := range []error{nil, refused} {
			done := 0
			err := store.Touch(t.Context(), func(tx *db.Tx) error {
				tx.AfterCommit(func() { done++ })
				if done != 0 {
					t.Error("done before the commit")
				}
				return end
			})
			if !errors.Is(err, end) {
				t.Fatal(err)
			}
			if want := map[bool]int{true: 1, false: 0}[end == nil]; done != want {
				t.Errorf("after %v: done %d times, want %d", end, done, want)
			}
		}
	})
}

// Mails that have ended are forgotten some time later; those that wait are not, however old they are.
func TestEndedMailsAreForgotten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		ends := map[string]func(tx *db.Tx, mail *db.Mail) error{
			"sent long ago": func(tx *db.Tx, mail *db.Mail) error { return tx.MailSent(t.Context(), mail, 2000) },
			"sent":          func(tx *db.Tx, mail *db.Mail) error { return tx.MailSent(t.Context(), mail, 2001) },
			"given up long ago": func(tx *db.Tx, mail *db.Mail) error {
				return tx.MailGivenUp(t.Context(), mail, 2000, db.RecipientUnknown, "550")
			},
			"given up": func(tx *db.Tx, mail *db.Mail) error {
				return tx.MailGivenUp(t.Context(), mail, 2001, db.RecipientUnknown, "550")
			},
			"waits for its time": func(tx *db.Tx, mail *db.Mail) error {
				return tx.MailFailed(t.Context(), mail, 9000, db.Deferred, "450")
			},
		}
		mails := map[string]typeid.ID{}
		for name, end := range ends {
			mails[name] = queueMail(t, store, 1000).ID
			claimed, err := claimMail(t, store, 1000, 1500)
			if err != nil {
				t.Fatal(err)
			}
			if err := store.Touch(t.Context(), func(tx *db.Tx) error { return end(tx, claimed) }); err != nil {
				t.Fatal(err)
			}
		}
		if err := store.SweepMails(t.Context(), 2000); err != nil {
			t.Fatal(err)
		}
		for name, id := range mails {
			_, err := store.MailWithBodies(t.Context(), id)
			if gone := errors.Is(err, db.ErrNotFound); gone != (name == "sent long ago" || name == "given up long ago") {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
