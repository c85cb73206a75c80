package account

import (
	"errors"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/patch"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// operationExample is one thing that a viewer can do to a user or to the account.
type operationExample struct {
	action     audit.Action // empty: a read
	permission string
	onUser     bool // takes a user's ID
	do         func(viewer *access.Viewer, id typeid.ID) error
}

func (h *house) operations() map[string]operationExample {
	ctx, s := h.t.Context(), h.service
	return map[string]operationExample{
		"createUser": {audit.UserCreate, access.CreateUser, false, func(v *access.Viewer, _ typeid.ID) error {
			_, err := s.CreateUser(ctx, v, CreateUserInput{Kind: db.Personal})
			return err
		}},
		"updateUser": {audit.UserUpdate, access.UpdateUser, true, func(v *access.Viewer, id typeid.ID) error {
			_, err := s.UpdateUser(ctx, v, UpdateUserInput{ID: id, Name: patch.To("Renamed"), Password: patch.To(goodPassword)})
			return err
		}},
		"deactivateUser": {audit.UserDeactivate, access.DeactivateUser, true, func(v *access.Viewer, id typeid.ID) error {
			_, err := s.DeactivateUser(ctx, v, id)
			return err
		}},
		"reactivateUser": {audit.UserReactivate, access.DeactivateUser, true, func(v *access.Viewer, id typeid.ID) error {
			_, err := s.ReactivateUser(ctx, v, id)
			return err
		}},
		"unlockUser": {audit.UserUnlock, access.UpdateUser, true, func(v *access.Viewer, id typeid.ID) error {
			_, err := s.UnlockUser(ctx, v, id)
			return err
		}},
		"resendWelcome": {audit.UserResendWelcome, access.CreateUser, true, func(v *access.Viewer, id typeid.ID) error {
			_, err := s.ResendWelcome(ctx, v, id)
			return err
		}},
		"resendMail": {audit.UserResendMail, access.UpdateUser, true, func(v *access.Viewer, id typeid.ID) error {
			_, err := s.ResendMail(ctx, v, id)
			return err
		}},
		"mails": {"", access.ViewUser, false, func(v *access.Viewer, _ typeid.ID) error {
			_, err := s.Mails(ctx, v, db.MailFilter{}, db.Page{Limit: 1})
			return err
		}},
		"mails.totalCount": {"", access.ViewUser, false, func(v *access.Viewer, _ typeid.ID) error {
			_, err := s.CountMails(ctx, v, db.MailFilter{}, true)
			return err
		}},
		"undeliveredMail": {"", access.ViewUser, false, func(v *access.Viewer, id typeid.ID) error {
			_, err := s.UndeliveredMails(ctx, v, []typeid.ID{id})
			return err
		}},
		"resetUserMfa": {audit.UserResetMFA, access.UpdateUser, true, func(v *access.Viewer, id typeid.ID) error {
			_, err := s.ResetUserMFA(ctx, v, id)
			return err
		}},
		"updateAccount": {audit.AccountUpdate, access.ManageAccount, false, func(v *access.Viewer, _ typeid.ID) error {
			_, err := s.UpdateAccount(ctx, v, UpdateAccountInput{Name: patch.To("Renamed")})
			return err
		}},
		"updateAccountPolicy": {audit.AccountUpdatePolicy, access.ManageAccount, false, func(v *access.Viewer, _ typeid.ID) error {
			_, err := s.UpdateAccountPolicy(ctx, v, UpdateAccountPolicyInput{MFAForced: patch.To(true)})
			return err
		}},
		"createApiKey": {audit.APIKeyCreate, access.ManageAPIKey, false, func(v *access.Viewer, id typeid.ID) error {
			_, _, err := s.CreateAPIKey(ctx, v, CreateAPIKeyInput{UserID: id, Description: "X", AccessPoints: []string{"API"}})
			return err
		}},
		"rotateApiKey": {audit.APIKeyRotate, access.ManageAPIKey, true, func(v *access.Viewer, id typeid.ID) error {
			_, _, err := s.RotateAPIKey(ctx, v, RotateAPIKeyInput{ID: id})
			return err
		}},
		"revokeApiKey": {audit.APIKeyRevoke, access.ManageAPIKey, true, func(v *access.Viewer, id typeid.ID) error {
			_, err := s.RevokeAPIKey(ctx, v, id)
			return err
		}},
		"updateApiKey": {audit.APIKeyUpdate, access.ManageAPIKey, true, func(v *access.Viewer, id typeid.ID) error {
			_, err := s.UpdateAPIKey(ctx, v, UpdateAPIKeyInput{ID: id, Description: patch.To("Y")})
			return err
		}},
		"rotateAccessPointSecret": {audit.AccessPointRotateSecret, access.ManageAccessPoint, true, func(v *access.Viewer, id typeid.ID) error {
			_, _, err := s.RotateAccessPointSecret(ctx, v, id)
			return err
		}},
		"apiKeys": {"", access.ManageAPIKey, false, func(v *access.Viewer, _ typeid.ID) error {
			_, err := s.APIKeys(ctx, v, db.APIKeyFilter{}, db.Page{Limit: 1})
			return err
		}},
		"apiKeys.totalCount": {"", access.ManageAPIKey, false, func(v *access.Viewer, _ typeid.ID) error {
			_, err := s.CountAPIKeys(ctx, v, db.APIKeyFilter{}, true)
			return err
		}},
		"accessDecision": {"", access.ViewUser, false, func(v *access.Viewer, id typeid.ID) error {
			_, err := s.Decide(ctx, v, AccessRequest{Subject: AccessSubject{UserID: &id}, AccessPoint: "WEB", IP: officeIP})
			return err
		}},
		"whitelistReport": {"", access.ViewWhitelist, false, func(v *access.Viewer, id typeid.ID) error {
			_, err := s.WhitelistReports(ctx, v, []typeid.ID{id}, 7)
			return err
		}},
		"seenAddresses": {"", access.ViewWhitelist, false, func(v *access.Viewer, id typeid.ID) error {
			_, err := s.AddressesSeenByUser(ctx, v, []typeid.ID{id})
			return err
		}},
		"accessPoint.seenAddresses": {"", access.ViewWhitelist, false, func(v *access.Viewer, id typeid.ID) error {
			_, err := s.AddressesSeenByAccessPoint(ctx, v, []typeid.ID{id})
			return err
		}},
		"user": {"", access.ViewUser, false, func(v *access.Viewer, _ typeid.ID) error {
			_, err := s.User(ctx, v, db.UserLookup{LoginName: new("boss")}, nil)
			return err
		}},
		"users": {"", access.ViewUser, false, func(v *access.Viewer, _ typeid.ID) error {
			_, err := s.Users(ctx, v, db.UserFilter{}, db.UserOrder{}, db.Page{Limit: 1})
			return err
		}},
		"users.totalCount": {"", access.ViewUser, false, func(v *access.Viewer, _ typeid.ID) error {
			_, err := s.CountUsers(ctx, v, db.UserFilter{}, true)
			return err
		}},
	}
}

// Who lacks the permission is refused, whatever else is wrong, and the attempt stands in the trail.
func TestEveryOperationAsksItsPermission(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		jane := h.create(h.newUser("jane"))
		for name, op := range h.operations() {
			wantForbidden(t, name, op.do(h.nobody, jane.ID), op.permission)
			if op.action == "" {
				continue
			}
			events := h.events(op.action)
			if len(events) == 0 || events[len(events)-1] != "DENIED FORBIDDEN "+op.permission {
				t.Errorf("%s: the trail tells %q", name, events)
			}
		}
		if account := must[*db.Account](t)(store.AccountByID(t.Context(), h.account.ID)); account.Revision != 1 || h.stored(jane.ID).Revision != 1 {
			t.Error("a refused attempt changed something")
		}
	})
}

// A session that may only enrol a second factor may do nothing of this, not even to itself.
func TestEveryOperationAsksForAnEnrolledFactor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		jane := h.create(h.newUser("jane"))
		enrolling := h.prove(h.boss)
		enrolling.Session.Assurance = db.EnrolmentRequired
		operations := h.operations()
		operations["updateViewer"] = operationExample{do: func(v *access.Viewer, _ typeid.ID) error {
			_, err := h.service.UpdateViewer(t.Context(), v, UpdateViewerInput{Name: patch.To("Renamed")})
			return err
		}}
		operations["changeEmail"] = operationExample{do: func(v *access.Viewer, _ typeid.ID) error {
			_, err := h.service.ChangeEmail(t.Context(), v, "new@acme.example")
			return err
		}}
		for name, op := range operations {
			if err := op.do(enrolling, jane.ID); !errors.Is(err, access.ErrMFARequired) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// Another account's user behaves like none.
func TestNoOperationReachesAnotherAccount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		other := h.other()
		stranger := other.person("stranger", other.all)
		viewer := h.prove(h.boss)
		for name, op := range h.operations() {
			if op.onUser {
				wantProblem(t, name+" of a stranger", op.do(viewer, stranger.User.ID), problem.NotFound, "id")
				wantProblem(t, name+" of nobody", op.do(viewer, "user_unknown"), problem.NotFound, "id")
			}
		}
		for name, by := range map[string]db.UserLookup{
			"ID": {ID: &stranger.User.ID}, "login name": {LoginName: new("stranger")}, "email": {Email: &stranger.User.Email},
		} {
			if user, err := h.service.User(t.Context(), h.boss, by, nil); user != nil || err != nil {
				t.Errorf("by %s: %v, %v", name, user, err)
			}
		}
		strange := h.newUser("jane")
		strange.RoleIDs = []typeid.ID{other.all.ID}
		_, err := h.service.CreateUser(t.Context(), h.boss, strange)
		wantProblem(t, "a role of another account", err, problem.NotFound, "roleIds.0")
		list := other.whitelist("Theirs", "192.0.2.0/24")
		_, err = h.update(h.boss, UpdateUserInput{ID: h.nobody.User.ID, WhitelistIDs: theIDs(list.ID)})
		wantProblem(t, "a whitelist of another account", err, problem.NotFound, "whitelistIds.0")
		if _, err := h.service.CreateUser(t.Context(), other.boss, CreateUserInput{
			Kind: db.Personal, LoginName: "helpdesk", Email: "helpdesk@acme.example", Name: "x", Language: db.English,
			RoleIDs: []typeid.ID{other.all.ID}, AccessPoints: []string{db.Web},
		}); err != nil {
			t.Errorf("login name and email of another account are not free: %v", err)
		}
	})
}
