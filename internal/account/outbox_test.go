package account

import (
	"errors"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/patch"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// newestMail is the newest mail about a user.
func (h *house) newestMail(userID typeid.ID) *db.Mail {
	h.t.Helper()
	list := must[db.List[db.Mail]](h.t)(h.service.Mails(h.t.Context(), h.boss, db.MailFilter{UserIDs: []typeid.ID{userID}}, db.Page{Limit: 1}))
	if len(list.Items) == 0 {
		h.t.Fatal("no mail")
	}
	return list.Items[0]
}

// failMails lets one attempt to send every mail fail: for good, or for now.
func (h *house) failMails(final bool) {
	h.t.Helper()
	now := db.At(h.now)
	for {
		var claimed *db.Mail
		err := h.service.store.Touch(h.t.Context(), func(tx *db.Tx) (err error) {
			if claimed, err = tx.ClaimMail(h.t.Context(), now, now.Add(time.Hour)); err != nil {
				return err
			}
			if final {
				return tx.MailGivenUp(h.t.Context(), claimed, now, db.RecipientUnknown, "550 5.1.1 No such user")
			}
			return tx.MailFailed(h.t.Context(), claimed, now.Add(time.Hour), db.Deferred, "451 4.7.1 Greylisted")
		})
		if err != nil {
			return
		}
	}
}

func (h *house) undelivered(userID typeid.ID) *db.Mail {
	h.t.Helper()
	return must[map[typeid.ID]*db.Mail](h.t)(h.service.UndeliveredMails(h.t.Context(), h.helpdesk, []typeid.ID{userID}))[userID]
}

// The administrator sees that an invitation did not arrive, gives the user another address, and the invitation goes there with a
// link that is good.
func TestInvitationToAMailboxThatDoesNotExist(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		jane := h.create(h.newUser("jane"))
		if mail := h.undelivered(jane.ID); mail != nil {
			t.Errorf("before any attempt: %+v", mail)
		}
		h.failMails(true)
		failed := h.undelivered(jane.ID)
		if failed == nil || failed.State() != db.MailUndone || failed.Topic() != db.WelcomeMail || failed.Problem != db.RecipientUnknown || !h.service.CanResend(failed) {
			t.Fatalf("undelivered: %+v", failed)
		}
		must[*db.User](t)(h.service.UpdateUser(t.Context(), h.helpdesk, UpdateUserInput{ID: jane.ID, Email: patch.To("jane2@acme.example")}))
		if mail := h.undelivered(jane.ID); mail != nil {
			t.Errorf("after a change of address: %+v", mail)
		}
		if stored, err := store.MailsByID(t.Context(), h.account.ID, []typeid.ID{failed.ID}); err != nil || len(stored) != 0 {
			t.Errorf("the mail that failed is still there: %v, %v", stored, err)
		}
		welcome := h.mails()[0]
		if welcome.Kind != "welcome" || welcome.Recipient != "jane2@acme.example" || !h.lives(tokenIn(welcome)) {
			t.Errorf("the invitation went to %s, its link lives: %v", welcome.Recipient, h.lives(tokenIn(welcome)))
		}
	})
}

// A mail that is sent, or a later one, ends what is shown of an earlier one; so does sending a notice again.
func TestUndeliveredMailIsTheLastOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		jane := h.create(h.newUser("jane"))
		h.mails()
		must[*db.User](t)(h.service.DeactivateUser(t.Context(), h.helpdesk, jane.ID))
		h.failMails(false)
		waiting := h.undelivered(jane.ID)
		if waiting == nil || waiting.State() != db.MailWaiting || waiting.Answer != "451 4.7.1 Greylisted" || waiting.Topic() != db.NoticeMail {
			t.Fatalf("undelivered: %+v", waiting)
		}
		h.now = h.now.Add(time.Minute)
		must[*db.User](t)(h.service.ReactivateUser(t.Context(), h.helpdesk, jane.ID))
		if told := h.oneMail("reactivated"); told.UserID != jane.ID {
			t.Fatal(told)
		}
		if mail := h.undelivered(jane.ID); mail != nil {
			t.Errorf("after a later mail was sent: %+v", mail)
		}
	})
}

// Sending again: what waits is due at once, what was given up comes back to the present address, an invitation has a new link,
// and a link that has expired is not sent.
func TestResendMail(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		resend := func(id typeid.ID) (*db.Mail, error) { return h.service.ResendMail(t.Context(), h.helpdesk, id) }
		jane := h.create(h.newUser("jane"))
		h.failMails(true)
		invitation := h.newestMail(jane.ID)
		renewed := must[*db.Mail](t)(resend(invitation.ID))
		if sent := h.oneMail("welcome"); sent.ID != renewed.ID || renewed.ID == invitation.ID || !h.lives(tokenIn(sent)) {
			t.Errorf("the invitation sent again is %s, want %s with a link", sent.ID, renewed.ID)
		}
		if got := h.events(audit.UserResendWelcome); len(got) != 1 || got[0] != "SUCCEEDED" {
			t.Errorf("the trail tells %q", got)
		}
		if again := must[*db.Mail](t)(resend(renewed.ID)); again.ID == renewed.ID {
			t.Error("an invitation that was sent is not sent anew")
		}
		h.mails()

		must[*db.User](t)(h.service.DeactivateUser(t.Context(), h.helpdesk, jane.ID))
		h.failMails(false)
		waiting := h.newestMail(jane.ID)
		if hastened := must[*db.Mail](t)(resend(waiting.ID)); hastened.ID != waiting.ID || hastened.DueAt != db.At(h.now) {
			t.Errorf("hastened: %+v", hastened)
		}
		h.failMails(true)
		must[*db.User](t)(h.service.UpdateUser(t.Context(), h.helpdesk, UpdateUserInput{ID: jane.ID, Email: patch.To("jane2@acme.example")}))
		h.mails()
		must[*db.Mail](t)(resend(waiting.ID))
		if sent := h.oneMail("deactivated"); sent.ID != waiting.ID || sent.Recipient != "jane2@acme.example" || sent.TextBody == "" {
			t.Errorf("revived: %+v", sent)
		}
		if got := h.events(audit.UserResendMail); len(got) != 2 {
			t.Errorf("the trail tells %q", got)
		}
		_, err := resend(waiting.ID)
		wantProblem(t, "a notice that was sent", err, problem.Invalid, "id")
		_, err = resend(invitation.ID)
		wantProblem(t, "a mail that was withdrawn", err, problem.NotFound, "id")
	})
}

func TestMailsWithDeadLinksAreNotSentAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		jane, now := h.create(h.newUser("jane")), db.At(h.now)
		for name, mail := range map[string]*db.Mail{
			"waits, expired": {Attempts: 1, LinkExpiresAt: now},
			"given up":       {Attempts: 1, LinkExpiresAt: now.Add(time.Hour), GivenUpAt: now},
			"sent":           {Attempts: 1, LinkExpiresAt: now.Add(time.Hour), SentAt: now},
			"emptied before": {Attempts: 1, GivenUpAt: now, Kind: "mfaReset"},
		} {
			mail.ID, mail.AccountID, mail.UserID, mail.Recipient, mail.CreatedAt = typeid.New("mail"), h.account.ID, jane.ID, jane.Email, now
			if mail.Kind == "" {
				mail.Kind = "passwordReset"
			}
			h.touch(func(tx *db.Tx) error { return tx.QueueMail(t.Context(), mail) })
			if h.service.CanResend(mail) != (name == "emptied before") {
				t.Errorf("%s: can be sent again", name)
			}
			_, err := h.service.ResendMail(t.Context(), h.helpdesk, mail.ID)
			wantProblem(t, name, err, problem.Invalid, "id")
		}
	})
}

// Rule 3: the mails of a user who may do more than the viewer, and another account's, are not the viewer's to send; neither
// permission stands for the other. Nobody is flooded.
func TestResendMailTakesOverNobody(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		strong := h.newUser("strong")
		strong.RoleIDs = []typeid.ID{h.role("Strong", "UPDATE_DOMAIN").ID}
		_, err := h.service.ResendMail(t.Context(), h.helpdesk, h.newestMail(h.create(strong).ID).ID)
		wantProblem(t, "a stronger user", err, problem.NotAllowed, "id")
		if got := h.events(audit.UserResendWelcome); len(got) != 1 || got[0] != "DENIED NOT_ALLOWED" {
			t.Errorf("the trail tells %q", got)
		}

		jane := h.create(h.newUser("jane"))
		invitation := h.newestMail(jane.ID)
		_, err = h.service.ResendMail(t.Context(), h.holder("updates", access.UpdateUser, "VIEW_DOMAIN"), invitation.ID)
		wantForbidden(t, "a welcome without CREATE_USER", err, access.CreateUser)
		other := h.other()
		_, err = h.service.ResendMail(t.Context(), other.boss, invitation.ID)
		wantProblem(t, "another account", err, problem.NotFound, "id")
		if list := must[db.List[db.Mail]](t)(h.service.Mails(t.Context(), other.boss, db.MailFilter{}, db.Page{Limit: 10})); len(list.Items) > 0 {
			t.Errorf("another account sees %d mails", len(list.Items))
		}
		if found := must[map[typeid.ID]*db.Mail](t)(h.service.UndeliveredMails(t.Context(), other.boss, []typeid.ID{jane.ID})); len(found) > 0 {
			t.Error("another account sees what did not arrive")
		}

		must[*db.User](t)(h.service.DeactivateUser(t.Context(), h.helpdesk, jane.ID))
		notice := h.newestMail(jane.ID)
		_, err = h.service.ResendMail(t.Context(), h.holder("creates", access.CreateUser, "VIEW_DOMAIN"), notice.ID)
		wantForbidden(t, "a notice without UPDATE_USER", err, access.UpdateUser)
		for range 10 {
			must[*db.Mail](t)(h.service.ResendMail(t.Context(), h.helpdesk, notice.ID))
		}
		_, err = h.service.ResendMail(t.Context(), h.helpdesk, notice.ID)
		if _, limited := errors.AsType[*access.RateLimitedError](err); !limited {
			t.Errorf("the eleventh time within an hour: %v", err)
		}
	})
}
