package account

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Deactivation ends sessions, devices, challenges and links; reactivation gives back what the user was.
func TestDeactivateAndReactivateUser(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		withPassword := h.newUser("john")
		withPassword.Password = new(goodPassword)
		for _, c := range []struct {
			input CreateUserInput
			then  db.UserStatus
		}{{h.newUser("jane"), db.Invited}, {withPassword, db.Active}, {h.newProgram("whmcs"), db.Active}} {
			user := h.create(c.input)
			invitation := tokenIn(h.oneMail("welcome"))
			h.signIn(user.ID)
			must[*db.User](t)(h.service.DeactivateUser(t.Context(), h.helpdesk, user.ID))
			if got := h.stored(user.ID); got.Status != db.Deactivated || got.Revision != 2 {
				t.Errorf("%s: stored %s, revision %d", user.LoginName, got.Status, got.Revision)
			}
			if got := h.left(user.ID); !slices.Equal(got, []string{"Laptop", "Phone", "recovery codes"}) || h.lives(invitation) {
				t.Errorf("%s: left %q, invitation %v", user.LoginName, got, h.lives(invitation))
			}
			h.oneMail("deactivated")
			must[*db.User](t)(h.service.DeactivateUser(t.Context(), h.helpdesk, user.ID))
			must[*db.User](t)(h.service.ReactivateUser(t.Context(), h.helpdesk, user.ID))
			if got := h.stored(user.ID); got.Status != c.then || got.Revision != 3 {
				t.Errorf("%s: reactivated %s, revision %d", user.LoginName, got.Status, got.Revision)
			}
			h.oneMail("reactivated")
		}
		if got := h.events(audit.UserDeactivate); len(got) != 3 {
			t.Errorf("a second deactivation stands in the trail: %q", got)
		}
	})
}

// One's own deactivation is LOCKOUT, that of the last administrator LAST_ADMIN.
func TestDeactivateUserKeepsViewerAndAdministrator(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		_, err := h.service.DeactivateUser(t.Context(), h.boss, h.boss.User.ID)
		if got := problemsOf(err); !slices.Equal(got, []string{"LAST_ADMIN .id", "LOCKOUT .id"}) {
			t.Errorf("the last administrator, by themselves: %q", got)
		}
		_, err = h.service.DeactivateUser(t.Context(), h.everyone, h.everyone.User.ID)
		wantProblem(t, "oneself", err, problem.Lockout, "id")
		second := h.person("second", h.admin)
		must[*db.User](t)(h.service.DeactivateUser(t.Context(), second, h.boss.User.ID))
		// The session of boss has ended; a request that had begun before finds that second is the last.
		_, err = h.service.DeactivateUser(t.Context(), h.boss, second.User.ID)
		wantProblem(t, "the last administrator", err, problem.LastAdmin, "id")
		_, err = h.service.DeactivateUser(t.Context(), h.everyone, second.User.ID)
		wantProblem(t, "a holder of admin, by somebody who is none", err, problem.NotAllowed, "id")
	})
}

// Two administrators who deactivate each other at once leave one.
func TestDeactivationsAtOnceLeaveAnAdministrator(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		second := h.person("second", h.admin)
		targets := make(chan [2]*access.Viewer, 2)
		targets <- [2]*access.Viewer{h.boss, second}
		targets <- [2]*access.Viewer{second, h.boss}
		_, errs := h.atOnce(2, func() (*db.User, error) {
			pair := <-targets
			return h.service.DeactivateUser(t.Context(), pair[0], pair[1].User.ID)
		})
		if refused := slices.DeleteFunc(errs, func(err error) bool { return err == nil }); len(refused) != 1 || !problem.Has(refused[0], problem.LastAdmin) {
			t.Errorf("refused: %v, want one LAST_ADMIN", refused)
		}
		if !must[bool](t)(store.HasAdministrator(t.Context(), h.account.ID)) {
			t.Error("no administrator is left")
		}
	})
}

// Unlocking forgets the wrong tries under the user's name.
func TestUnlockUser(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		jane := h.create(h.newUser("Jane"))
		key := db.NameThrottle("acme", "jane")
		h.touch(func(tx *db.Tx) error {
			throttle, err := tx.LockThrottle(t.Context(), key, db.At(h.now))
			if err != nil {
				return err
			}
			throttle.Failures, throttle.Until = 10, db.At(h.now.Add(time.Minute))
			return tx.SaveThrottle(t.Context(), throttle)
		})
		locked := func() []string {
			list := must[db.List[db.User]](t)(h.service.Users(t.Context(), h.boss, db.UserFilter{Locked: new(true)}, db.UserOrder{}, db.Page{Limit: 10}))
			return each(list.Items, func(u *db.User) string { return u.LoginName })
		}
		if got := locked(); !slices.Equal(got, []string{"Jane"}) {
			t.Errorf("locked: %q", got)
		}
		must[*db.User](t)(h.service.UnlockUser(t.Context(), h.helpdesk, jane.ID))
		if got := locked(); len(got) > 0 || !slices.Equal(h.events(audit.UserUnlock), []string{"SUCCEEDED"}) {
			t.Errorf("locked: %q, the trail tells %q", got, h.events(audit.UserUnlock))
		}
		_, err := h.service.UnlockUser(t.Context(), h.helpdesk, h.boss.User.ID)
		wantProblem(t, "a holder of admin", err, problem.NotAllowed, "id")
	})
}

// The welcome mail comes again with a new link, which kills the older; without one where there is a password.
func TestResendWelcome(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		jane := h.create(h.newUser("jane"))
		older := tokenIn(h.oneMail("welcome"))
		must[*db.User](t)(h.service.ResendWelcome(t.Context(), h.helpdesk, jane.ID))
		newer := tokenIn(h.oneMail("welcome"))
		if h.lives(older) || !h.lives(newer) {
			t.Errorf("the older link lives: %v, the newer: %v", h.lives(older), h.lives(newer))
		}
		withPassword := h.newUser("john")
		withPassword.Password = new(goodPassword)
		john := h.create(withPassword)
		h.mails()
		must[*db.User](t)(h.service.ResendWelcome(t.Context(), h.helpdesk, john.ID))
		if tokenIn(h.oneMail("welcome")) != "" {
			t.Error("who has a password gets a link")
		}
		must[*db.User](t)(h.service.DeactivateUser(t.Context(), h.helpdesk, jane.ID))
		_, err := h.service.ResendWelcome(t.Context(), h.helpdesk, jane.ID)
		wantProblem(t, "a deactivated user", err, problem.Invalid, "id")
	})
}

// A reset of factors removes all of them, ends the sessions, and is told by mail; one's own are not reset here.
func TestResetUserMFA(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		jane := h.create(h.newUser("jane"))
		h.mails()
		h.signIn(jane.ID)
		must[*db.User](t)(h.service.ResetUserMFA(t.Context(), h.helpdesk, jane.ID))
		if got := h.left(jane.ID); len(got) > 0 {
			t.Errorf("left: %q", got)
		}
		if told := h.oneMail("mfaReset"); !strings.Contains(told.TextBody, "acme/helpdesk") {
			t.Errorf("mail: %s", told.TextBody)
		}
		_, err := h.service.ResetUserMFA(t.Context(), h.boss, h.boss.User.ID)
		wantProblem(t, "one's own factors", err, problem.NotAllowed, "id")
	})
}

// Rule 3: reactivation, factors and welcome link of a user who may do more than the viewer are not the viewer's.
func TestActionsTakeOverNobody(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		strong := h.newUser("strong")
		strong.RoleIDs = []typeid.ID{h.role("Strong", "UPDATE_DOMAIN").ID}
		target := h.create(strong)
		must[*db.User](t)(h.service.DeactivateUser(t.Context(), h.helpdesk, target.ID))
		for name, do := range map[string]func() (*db.User, error){
			"reactivateUser": func() (*db.User, error) { return h.service.ReactivateUser(t.Context(), h.helpdesk, target.ID) },
			"resendWelcome":  func() (*db.User, error) { return h.service.ResendWelcome(t.Context(), h.helpdesk, target.ID) },
			"resetUserMfa":   func() (*db.User, error) { return h.service.ResetUserMFA(t.Context(), h.helpdesk, target.ID) },
		} {
			_, err := do()
			wantProblem(t, name, err, problem.NotAllowed, "id")
		}
	})
}
