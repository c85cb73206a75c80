package account

import (
	"context"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/throttle"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// onUser runs what an administrator does to one user as a whole.
func (s *Service) onUser(ctx context.Context, viewer *access.Viewer, action audit.Action, permission string, id typeid.ID, do func(tx *db.Tx, a *attempt, state userState) error) (*db.User, error) {
	var user *db.User
	err := s.change(ctx, viewer, action, []string{permission}, func(tx *db.Tx, a *attempt) error {
		state, err := a.loadState(ctx, tx.Reader, id)
		if err != nil {
			return err
		}
		user = state.user
		return do(tx, a, state)
	})
	return orNil(user, err)
}

// DeactivateUser ends a user's sessions and lets it in by no way. It needs DEACTIVATE_USER.
func (s *Service) DeactivateUser(ctx context.Context, viewer *access.Viewer, id typeid.ID) (*db.User, error) {
	return s.onUser(ctx, viewer, audit.UserDeactivate, access.DeactivateUser, id, func(tx *db.Tx, a *attempt, state userState) error {
		if err := a.mayTouch(state.user, state.roles); err != nil {
			return err
		}
		if state.user.Status == db.Deactivated {
			return errUnchanged
		}
		err := a.keepAdministrator(ctx, tx, problem.New(problem.LastAdmin, "user.last_admin", "id"), func() error {
			return a.setStatus(ctx, tx, state.user, db.Deactivated)
		})
		if problem.From(err) == nil && err != nil {
			return err
		}
		problems := problem.From(err)
		if a.actsFor(state.user) {
			problems.Add(problem.New(problem.Lockout, "user.lockout_deactivate", "id"))
		}
		if err := problems.Err(); err != nil {
			return err
		}
		if err := tx.EndAccess(ctx, id, ""); err != nil {
			return err
		}
		return a.mailTo(ctx, tx, state.user, mail.Deactivated{By: a.by(state.user)})
	})
}

// ReactivateUser lets a deactivated user in again. It needs DEACTIVATE_USER, and permissions that include all of that
// user's.
func (s *Service) ReactivateUser(ctx context.Context, viewer *access.Viewer, id typeid.ID) (*db.User, error) {
	return s.onUser(ctx, viewer, audit.UserReactivate, access.DeactivateUser, id, func(tx *db.Tx, a *attempt, state userState) error {
		if err := a.mayManage(state.user, state.roles); err != nil {
			return err
		}
		if state.user.Status != db.Deactivated {
			return errUnchanged
		}
		if err := a.setStatus(ctx, tx, state.user, statusWithoutDeactivation(state.user)); err != nil {
			return err
		}
		return a.mailTo(ctx, tx, state.user, mail.Reactivated{By: a.by(state.user)})
	})
}

func statusWithoutDeactivation(user *db.User) db.UserStatus {
	if user.Kind == db.Personal && user.PasswordHash == "" {
		return db.Invited
	}
	return db.Active
}

func (a *attempt) setStatus(ctx context.Context, tx *db.Tx, user *db.User, status db.UserStatus) error {
	before := *user
	user.Status = status
	user.Revision++
	user.UpdatedAt = a.now
	a.fields = audit.Diff(&before, user)
	return tx.UpdateUser(ctx, user)
}

// UnlockUser lifts the lock after wrong tries of another user. It needs UPDATE_USER, and permissions that include all of that
// user's.
func (s *Service) UnlockUser(ctx context.Context, viewer *access.Viewer, id typeid.ID) (*db.User, error) {
	return s.onUser(ctx, viewer, audit.UserUnlock, access.UpdateUser, id, func(tx *db.Tx, a *attempt, state userState) error {
		if err := a.notOneself(state.user, "user.own_lock"); err != nil {
			return err
		}
		if err := a.mayManage(state.user, state.roles); err != nil {
			return err
		}
		return a.unlock(ctx, tx, state.user)
	})
}

func (a *attempt) unlock(ctx context.Context, tx *db.Tx, user *db.User) error {
	lifted, err := throttle.Unlock(ctx, tx, db.NameThrottle(a.account.Handle, user.LoginName), a.now)
	if err != nil || !lifted {
		return err
	}
	return a.mailTo(ctx, tx, user, mail.Unlocked{By: a.by(user)})
}

// ResendWelcome sends the welcome mail again, with a new link where no password is set. It needs CREATE_USER, and
// permissions that include all of that user's. [access.RateLimitedError]: it was sent too often.
func (s *Service) ResendWelcome(ctx context.Context, viewer *access.Viewer, id typeid.ID) (*db.User, error) {
	return s.onUser(ctx, viewer, audit.UserResendWelcome, access.CreateUser, id, func(tx *db.Tx, a *attempt, state userState) error {
		if err := a.mayManage(state.user, state.roles); err != nil {
			return err
		}
		_, err := a.resendWelcome(ctx, tx, state.user)
		return err
	})
}

// ResetUserMFA removes every second factor and recovery code of another user. It needs UPDATE_USER, and permissions that
// include all of that user's; one's own factors change in one's profile.
func (s *Service) ResetUserMFA(ctx context.Context, viewer *access.Viewer, id typeid.ID) (*db.User, error) {
	return s.onUser(ctx, viewer, audit.UserResetMFA, access.UpdateUser, id, func(tx *db.Tx, a *attempt, state userState) error {
		if err := a.notOneself(state.user, "user.own_factors"); err != nil {
			return err
		}
		if err := a.mayManage(state.user, state.roles); err != nil {
			return err
		}
		return a.resetMFA(ctx, tx, state.user)
	})
}

func (a *attempt) resetMFA(ctx context.Context, tx *db.Tx, user *db.User) error {
	if err := tx.DeleteFactorsOf(ctx, user.ID); err != nil {
		return err
	}
	if err := tx.EndAccess(ctx, user.ID, ""); err != nil {
		return err
	}
	return a.mailTo(ctx, tx, user, mail.MFAReset{By: a.by(user)})
}
