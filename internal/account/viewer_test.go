package account

import (
	"errors"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/patch"
	"github.com/gatehouse/gatehouse/internal/problem"
)

// Everybody changes their own name and language, without any permission.
func TestUpdateViewer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		must[*db.User](t)(h.service.UpdateViewer(t.Context(), h.nobody, UpdateViewerInput{Name: patch.To("İpek"), Language: patch.To(db.French)}))
		if got := h.stored(h.nobody.User.ID); got.Name != "İpek" || got.Language != db.French || got.Revision != 1 {
			t.Errorf("stored: %+v", got)
		}
		if got := h.lastChanges(audit.UserUpdate); !slices.Equal(got, []string{"name: nobody → İpek", "language: EN → FR"}) {
			t.Errorf("the trail tells %q", got)
		}
		_, err := h.service.UpdateViewer(t.Context(), h.nobody, UpdateViewerInput{Name: patch.To(""), Language: patch.Null[db.Language]()})
		if got := problemsOf(err); !slices.Equal(got, []string{"INVALID .language", "REQUIRED .name"}) {
			t.Errorf("problems: %q", got)
		}
	})
}

// A new address counts when it is confirmed from there: the old one is told, and every older link ends.
func TestChangeAndConfirmEmail(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		viewer, ip := h.prove(h.nobody), netip.MustParseAddr(homeIP)
		me := viewer.User.ID
		must[*db.User](t)(h.service.ChangeEmail(t.Context(), viewer, "first@new.example"))
		first := tokenIn(h.oneMail("emailConfirm"))
		must[*db.User](t)(h.service.ChangeEmail(t.Context(), viewer, " Second@new.example "))
		confirm := h.oneMail("emailConfirm")
		second := tokenIn(confirm)
		if confirm.Recipient != "Second@new.example" || h.stored(me).Email != "nobody@acme.example" {
			t.Errorf("mail to %s, address %s", confirm.Recipient, h.stored(me).Email)
		}
		_, err := h.service.ConfirmEmail(t.Context(), viewer, ip, first)
		wantProblem(t, "an older link", err, problem.LinkExpired, "token")
		if user := must[*db.User](t)(h.service.ConfirmEmail(t.Context(), nil, ip, second)); user != nil {
			t.Error("without a session the user comes back")
		}
		if got := h.stored(me).Email; got != "Second@new.example" {
			t.Errorf("address: %s", got)
		}
		if told := h.oneMail("emailChanged"); told.Recipient != "nobody@acme.example" || !strings.Contains(told.TextBody, "Second@new.example") {
			t.Errorf("mail to %s: %s", told.Recipient, told.TextBody)
		}
		_, err = h.service.ConfirmEmail(t.Context(), viewer, ip, second)
		wantProblem(t, "a used link", err, problem.LinkExpired, "token")
		if got := h.lastChanges(audit.UserConfirmEmail); !slices.Equal(got, []string{"email: nobody@acme.example → Second@new.example"}) {
			t.Errorf("the trail tells %q", got)
		}

		must[*db.User](t)(h.service.ChangeEmail(t.Context(), viewer, "third@new.example"))
		if user := must[*db.User](t)(h.service.ConfirmEmail(t.Context(), viewer, ip, tokenIn(h.oneMail("emailConfirm")))); user == nil || user.ID != me {
			t.Errorf("in one's own session comes back %v", user)
		}
	})
}

func TestChangeEmailRefuses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		if _, err := h.service.ChangeEmail(t.Context(), h.proven(h.nobody, h.now.Add(-access.ProofLifetime)), "new@acme.example"); !errors.Is(err, access.ErrStepUpRequired) {
			t.Errorf("without a fresh proof: %v", err)
		}
		if got := h.events(audit.UserChangeEmail); !slices.Equal(got, []string{"DENIED STEP_UP_REQUIRED"}) {
			t.Errorf("the trail tells %q", got)
		}
		viewer := h.prove(h.nobody)
		for email, code := range map[string]problem.Code{
			"": problem.Required, "x@y": problem.Invalid, strings.Repeat("a", 250) + "@b.example": problem.TooLong,
		} {
			_, err := h.service.ChangeEmail(t.Context(), viewer, email)
			wantProblem(t, email, err, code, "email")
		}
		if len(h.mails()) > 0 {
			t.Error("a refused change is mailed")
		}
	})
}

// A link lives 1 hour, and an address that somebody else has meanwhile is not taken from them.
func TestConfirmEmailRefuses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		ip := netip.MustParseAddr(homeIP)
		ask := func(viewer *access.Viewer) []*db.Mail {
			must[*db.User](t)(h.service.ChangeEmail(t.Context(), h.prove(viewer), "wanted@acme.example"))
			return h.mails()
		}
		token := tokenIn(ask(h.nobody)[0])
		taken := h.newUser("jane")
		taken.Email = "WANTED@acme.example"
		jane := h.create(taken)
		_, err := h.service.ConfirmEmail(t.Context(), nil, ip, token)
		wantProblem(t, "taken meanwhile", err, problem.Taken, "token")
		must[*db.User](t)(h.update(h.boss, UpdateUserInput{ID: jane.ID, Email: patch.To("jane@acme.example")}))

		h.now = h.now.Add(time.Hour)
		_, err = h.service.ConfirmEmail(t.Context(), nil, ip, token)
		wantProblem(t, "after an hour", err, problem.LinkExpired, "token")
		h.mails()
		token = tokenIn(ask(h.nobody)[0])
		must[*db.User](t)(h.service.DeactivateUser(t.Context(), h.boss, h.nobody.User.ID))
		_, err = h.service.ConfirmEmail(t.Context(), nil, ip, token)
		wantProblem(t, "of a deactivated user", err, problem.LinkExpired, "token")
	})
}
