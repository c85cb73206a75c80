package account

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// For the day when everybody is out: the user is active again, holds admin, comes in through WEB, and from anywhere.
func TestRestoreAccess(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		elsewhere := h.whitelist("Elsewhere", "203.0.113.0/24")
		input := h.newUser("jane")
		input.Password, input.AccessPoints, input.WhitelistIDs = new(goodPassword), []string{"API"}, []typeid.ID{elsewhere.ID}
		jane := h.create(input)
		must[*db.User](t)(h.service.DeactivateUser(t.Context(), h.boss, jane.ID))
		h.touch(func(tx *db.Tx) error {
			return tx.SetAccessPointWhitelists(t.Context(), h.web.ID, []typeid.ID{elsewhere.ID})
		})
		user, token, err := h.service.RestoreAccess(t.Context(), "acme", "JANE")
		if err != nil || token != "" || user.Status != db.Active {
			t.Fatalf("%v, link %v, %v", user, token != "", err)
		}
		if got := h.roleNames(jane.ID); !slices.Equal(got, []string{"admin", "Role for jane"}) || len(h.whitelistNames(jane.ID)) > 0 {
			t.Errorf("roles %q, whitelists %q", got, h.whitelistNames(jane.ID))
		}
		left := must[map[typeid.ID][]*db.Whitelist](t)(store.WhitelistsByAccessPoint(t.Context(), []typeid.ID{h.web.ID}))
		doors := must[map[typeid.ID][]*db.AccessPoint](t)(store.AccessPointsByUser(t.Context(), []typeid.ID{jane.ID}))
		if len(left[h.web.ID]) > 0 || !slices.Equal(each(doors[jane.ID], accessPointCode), []string{"API", "WEB"}) {
			t.Errorf("whitelists of WEB %v, doors %q", left, each(doors[jane.ID], accessPointCode))
		}
		want := []string{"status: DEACTIVATED → ACTIVE", "roles: Role for jane → Role for jane, admin", "accessPoints: API → API, WEB", "whitelists: Elsewhere → "}
		if got := h.lastChanges(audit.UserRestoreAccess); !slices.Equal(got, want) {
			t.Errorf("the trail tells %q, want %q", got, want)
		}
		if !slices.Equal(h.events(audit.AccessPointUpdate), []string{"SUCCEEDED"}) {
			t.Error("the trail does not tell of WEB")
		}

		h.create(h.newUser("invited"))
		user, token, err = h.service.RestoreAccess(t.Context(), "acme", "invited")
		if err != nil || user.Status != db.Invited || !h.lives(token) {
			t.Errorf("without a password: %v, a link that lives: %v, %v", user, h.lives(token), err)
		}
		h.create(h.newProgram("whmcs"))
		_, _, err = h.service.RestoreAccess(t.Context(), "acme", "whmcs")
		wantProblem(t, "a program", err, problem.Invalid, "loginName")
	})
}

// A reset of factors from the command line leaves nothing that somebody could come in with past it: no factor, no recovery
// code, no session, no known device, no challenge. The user is told by mail.
func TestSystemResetOfFactors(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		jane, john := h.create(h.newUser("jane")), h.create(h.newUser("john"))
		h.mails()
		h.signIn(jane.ID)
		h.signIn(john.ID)
		all := h.left(jane.ID)
		must[*db.User](t)(h.service.ResetMFA(t.Context(), "acme", "JANE"))
		if got := h.left(jane.ID); len(got) > 0 {
			t.Errorf("left of %q: %q", all, got)
		}
		if got := h.left(john.ID); !slices.Equal(got, all) {
			t.Errorf("left of somebody else's %q: %q", all, got)
		}
		if mail := h.oneMail("mfaReset"); mail.UserID != jane.ID {
			t.Errorf("the mail goes to %s", mail.Recipient)
		}
		if got := h.events(audit.UserResetMFA); !slices.Equal(got, []string{"SUCCEEDED"}) {
			t.Errorf("the trail tells %q", got)
		}
	})
}

// Password, lock and factors are the command line's to change for anybody, told as the system.
func TestSystemChangesOfAUser(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		jane := h.create(h.newUser("jane"))
		h.mails()
		h.signIn(jane.ID)
		if _, err := h.service.SetPassword(t.Context(), "acme", "jane", "short"); !problem.Has(err, problem.TooShort) {
			t.Errorf("a short password: %v", err)
		}
		must[*db.User](t)(h.service.SetPassword(t.Context(), "acme", "jane", goodPassword))
		if ok, _, err := h.service.passwords.Verify(t.Context(), password.Known(""), h.stored(jane.ID).PasswordHash, goodPassword); !ok || err != nil || h.stored(jane.ID).Status != db.Active {
			t.Errorf("password %v, %v, status %s", ok, err, h.stored(jane.ID).Status)
		}
		h.oneMail("passwordChanged")
		must[*db.User](t)(h.service.ResetMFA(t.Context(), "acme", "jane"))
		h.oneMail("mfaReset")
		if got := h.left(jane.ID); len(got) > 0 {
			t.Errorf("left: %q", got)
		}
		key := db.NameThrottle("acme", "jane")
		h.touch(func(tx *db.Tx) error {
			tries, err := tx.LockThrottle(t.Context(), key, db.At(h.now))
			tries.Until = db.At(h.now.Add(time.Hour))
			return errors.Join(err, tx.SaveThrottle(t.Context(), tries))
		})
		must[*db.User](t)(h.service.Unlock(t.Context(), "acme", "jane"))
		if left := must[map[string]*db.Throttle](t)(store.ThrottlesByKey(t.Context(), []string{key})); len(left) > 0 {
			t.Errorf("throttle: %v", left)
		}
		list := must[db.List[db.AuditEvent]](t)(store.AuditEvents(t.Context(), db.AuditScope{AccountID: h.account.ID}, db.AuditEventFilter{}, db.Page{Limit: 3}))
		if got := each(list.Items, func(e *db.AuditEvent) string { return e.ActorName + " " + e.Action + " " + e.TargetName }); !slices.Equal(got,
			[]string{"system user.unlock acme/jane", "system user.resetMfa acme/jane", "system user.setPassword acme/jane"}) {
			t.Errorf("the trail tells %q", got)
		}
		_, err := h.service.Unlock(t.Context(), "nowhere", "jane")
		wantProblem(t, "no such account", err, problem.NotFound, "account")
		_, err = h.service.ResetMFA(t.Context(), "acme", "ghost")
		wantProblem(t, "no such user", err, problem.NotFound, "loginName")
	})
}
