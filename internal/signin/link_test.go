package signin

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/link"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/throttle"
)

// link asks for a reset mail and returns the token in it.
func (h *house) link(login string) secret.Token {
	h.t.Helper()
	input := RequestPasswordResetInput{"acme", strings.ToUpper(login) + "@acme.example"}
	if err := h.RequestPasswordReset(h.t.Context(), from(office), input); err != nil {
		h.t.Fatal(err)
	}
	kinds, token := h.mails()
	if len(kinds) != 1 || token == "" {
		h.t.Fatalf("mails: %v", kinds)
	}
	return token
}

func (h *house) setPassword(token secret.Token, password string) (Step, error) {
	return h.SetPassword(h.t.Context(), from(office), SetPasswordInput{token, password})
}

func TestResetByMail(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		open := h.mustSignIn("jane").SessionToken
		older, token := h.link("jane"), h.link("jane")
		_, err := h.BeginSetPassword(t.Context(), BeginSetPasswordInput{older})
		wantProblem(t, "an older link", err, problem.LinkExpired, "token")
		owner, err := h.BeginSetPassword(t.Context(), BeginSetPasswordInput{token})
		if err != nil || *owner != (LinkOwner{"acme", "jane", 12}) {
			t.Fatalf("BeginSetPassword = %+v, %v", owner, err)
		}
		_, err = h.setPassword(token, "short")
		wantProblem(t, "a short password", err, problem.TooShort, "password")
		_, err = h.setPassword(token, "jane jane jane jane")
		wantProblem(t, "a weak password", err, problem.WeakPassword, "password")
		h.wrong("jane", throttle.NameTries)
		step, err := h.setPassword(token, otherPassword)
		if err != nil || step.Next != SignedIn {
			t.Fatalf("SetPassword = %+v, %v", step, err)
		}
		h.wantEnded("the session from before", open)
		h.viewer(step.SessionToken)
		_, err = h.setPassword(token, rightPassword)
		wantProblem(t, "the link again", err, problem.LinkExpired, "token")
		if step, err := h.signIn(from(office), "jane", otherPassword); err != nil || step.Next != SignedIn {
			t.Errorf("the new password: %+v, %v", step, err)
		}
		kinds, _ := h.mails()
		if !slices.Contains(kinds, "passwordChanged") {
			t.Errorf("mails: %v", kinds)
		}
	})
}

// Rule 7: the same answer for every address, and mails only where there is somebody.
func TestResetTellsNothing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("dora", deactivated)
		h.user("bot", func(u *db.User) { u.Kind = db.API })
		for _, input := range []RequestPasswordResetInput{
			{"nobody", "jane@acme.example"}, {"acme", "nobody@acme.example"}, {"acme", "dora@acme.example"}, {"acme", "bot@acme.example"},
			{"\x00", "\xff"}, {"acme", strings.Repeat("x", 100_000)},
		} {
			if err := h.RequestPasswordReset(t.Context(), from(office), input); err != nil {
				t.Errorf("%.40s: %v", input.Email, err)
			}
		}
		h.wantMails("nobody is there")
	})
}

// Rule 7: reset mails are bounded by what was typed and by the address.
func TestResetIsBounded(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		asked := 0
		ask := func() error {
			asked++
			spaces := strings.Repeat(" ", asked)
			return h.RequestPasswordReset(t.Context(), from(office), RequestPasswordResetInput{"acme" + spaces, spaces + "jane@acme.example"})
		}
		mails := 0
		for range throttle.NameTries + 5 {
			if err := ask(); err != nil {
				t.Fatal(err)
			}
			kinds, _ := h.mails() // as they are sent: a newer one would take the place of one that waits
			mails += len(kinds)
		}
		if mails != throttle.NameTries {
			t.Errorf("%d mails", mails)
		}
		for range throttle.AddressTries - throttle.NameTries - 5 {
			if err := ask(); err != nil {
				t.Fatal(err)
			}
		}
		wantLimited(t, "the 51st", ask(), throttle.AddressLock)
		h.mustSignIn("jane")
	})
}

// Rule 5: a reset lives an hour and an invitation seven days.
func TestLinksExpire(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		h.user("ivan", invited)
		for login, lifetime := range map[string]time.Duration{"jane": link.ResetLifetime, "ivan": link.InvitationLifetime} {
			token := h.link(login)
			h.clock.pass(lifetime - time.Millisecond)
			if _, err := h.BeginSetPassword(t.Context(), BeginSetPasswordInput{token}); err != nil {
				t.Errorf("%s, a moment before: %v", login, err)
			}
			h.clock.pass(time.Millisecond)
			_, err := h.BeginSetPassword(t.Context(), BeginSetPasswordInput{token})
			wantProblem(t, login, err, problem.LinkExpired, "token")
			_, err = h.setPassword(token, otherPassword)
			wantProblem(t, login, err, problem.LinkExpired, "token")
		}
	})
}

// Rule 5: a link is good once, also for requests at the same moment.
func TestLinkAtOnceHasOneWinner(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		token := h.link("jane")
		errs := make([]error, 4)
		var group sync.WaitGroup
		for i := range errs {
			group.Go(func() { _, errs[i] = h.setPassword(token, otherPassword) })
		}
		group.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else {
				wantProblem(t, "a loser", err, problem.LinkExpired, "token")
			}
		}
		if won != 1 {
			t.Errorf("%d of 4 won", won)
		}
	})
}

func TestInvitedUserSetsAPassword(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.user("ivan", invited, forced)
		step, err := h.setPassword(h.link("ivan"), otherPassword)
		if err != nil || step.Next != EnrolMFA {
			t.Fatalf("SetPassword = %+v, %v", step, err)
		}
		stored, err := h.store.UserByID(t.Context(), h.account.ID, user.ID)
		if err != nil || stored.Status != db.Active || stored.Revision != user.Revision+1 {
			t.Errorf("stored: %+v, %v", stored, err)
		}
		h.wantMails("a first password is no news")
		if got := h.events(audit.UserSetPassword); !slices.Equal(got, []string{"SUCCEEDED"}) {
			t.Errorf("events: %v", got)
		}
	})
}

// Rule 5: setPassword signs nobody in past their second factor or whitelist.
func TestSetPasswordPassesNothing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user, a, _ := h.jane()
		step, err := h.setPassword(h.link("jane"), otherPassword)
		if err != nil || step.Next != VerifyMFA || step.SessionToken != "" {
			t.Fatalf("with a factor: %+v, %v", step, err)
		}
		if _, err := h.verify(from(office), step.Challenge, a.code()); err != nil {
			t.Errorf("the factor: %v", err)
		}
		h.mails()
		token := h.link("jane")
		h.whitelist(user, "203.0.113.0/24")
		step, err = h.setPassword(token, rightPassword)
		if err != nil || step.Next != "" || step.SessionToken != "" {
			t.Errorf("from outside: %+v, %v", step, err)
		}
		h.wantMails("from outside", "passwordChanged", "signInRefusedAddress")
	})
}

// Rule 5: deactivation kills links, whether or not they were deleted.
func TestLinkOfADeactivatedUser(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.user("jane")
		token := h.link("jane")
		user.Status = db.Deactivated
		if err := h.store.Touch(t.Context(), func(tx *db.Tx) error { return tx.UpdateUser(t.Context(), user) }); err != nil {
			t.Fatal(err)
		}
		_, err := h.setPassword(token, otherPassword)
		wantProblem(t, "deactivated", err, problem.LinkExpired, "token")
	})
}

// Rule 8: a new password after a fresh proof and the present one, which is throttled; the other sessions end.
func TestChangePassword(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		here, there := h.mustSignIn("jane").SessionToken, h.mustSignIn("jane").SessionToken
		before := h.link("jane")
		change := func(current, chosen string) error {
			return h.ChangePassword(t.Context(), h.viewer(here), ChangePasswordInput{current, chosen})
		}
		wantProblem(t, "a wrong present password", change(otherPassword, otherPassword), problem.WrongCredentials, "currentPassword")
		wantProblem(t, "a weak new one", change(rightPassword, "password1234"), problem.WeakPassword, "newPassword")
		h.mails()
		if err := change(rightPassword, otherPassword); err != nil {
			t.Fatal(err)
		}
		h.wantMails("changed", "passwordChanged")
		h.wantEnded("the other session", there)
		h.viewer(here)
		_, err := h.BeginSetPassword(t.Context(), BeginSetPasswordInput{before})
		wantProblem(t, "the link from before", err, problem.LinkExpired, "token")
		if _, err := h.signIn(from(office), "jane", otherPassword); err != nil {
			t.Errorf("the new password: %v", err)
		}
		for range 2 * throttle.NameTries { // ten count on the name, and once it is locked ten on the session
			wantProblem(t, "a guess", change(rightPassword, rightPassword), problem.WrongCredentials, "currentPassword")
		}
		wantProblem(t, "the right one while locked", change(otherPassword, rightPassword), problem.WrongCredentials, "currentPassword")
		h.clock.pass(access.ProofLifetime)
		wantError(t, "without a fresh proof", change(otherPassword, rightPassword), access.ErrStepUpRequired)
	})
}
