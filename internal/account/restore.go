package account

import (
	"context"
	"errors"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// What the command line does when nobody can get in. It is told in the trail as the system, and asks no permission: who
// can run it can read the database.

// asSystem runs a change of one user, found by the account's handle and its login name.
func (s *Service) asSystem(ctx context.Context, handle, loginName string, action audit.Action, do func(tx *db.Tx, a *attempt, user *db.User) error) (*db.User, error) {
	account, err := s.store.AccountByHandle(ctx, handle)
	if errors.Is(err, db.ErrNotFound) {
		return nil, problem.New(problem.NotFound, "account.not_found", "account")
	}
	if err != nil {
		return nil, err
	}
	var user *db.User
	a := &attempt{service: s, account: account, accountID: account.ID, action: action, now: db.At(s.now())}
	err = a.change(ctx, func(tx *db.Tx, a *attempt) (err error) {
		user, err = tx.UserByLoginName(ctx, account.ID, loginName)
		if errors.Is(err, db.ErrNotFound) {
			return problem.New(problem.NotFound, "user.not_found", "loginName")
		}
		if err != nil {
			return err
		}
		a.target = userTarget(account, user)
		return do(tx, a, user)
	})
	return orNil(user, err)
}

// RestoreAccess makes a personal user an administrator who can come in: active, with the role admin and the access point
// WEB, without whitelists on the user or on WEB. Its sessions end. Where the user has no password it also makes an invitation, whose token
// it returns.
func (s *Service) RestoreAccess(ctx context.Context, handle, loginName string) (*db.User, secret.Token, error) {
	var token secret.Token
	user, err := s.asSystem(ctx, handle, loginName, audit.UserRestoreAccess, func(tx *db.Tx, a *attempt, user *db.User) (err error) {
		if user.Kind != db.Personal {
			return problem.New(problem.Invalid, "user.not_personal", "loginName")
		}
		if err := a.restore(ctx, tx, user); err != nil {
			return err
		}
		// A session from before must not become an administrator's.
		if err := tx.EndAccess(ctx, user.ID, ""); err != nil {
			return err
		}
		if user.Status == db.Invited {
			_, token, err = a.welcome(ctx, tx, user)
		}
		return err
	})
	if err != nil {
		return nil, "", err
	}
	return user, token, nil
}

func (a *attempt) restore(ctx context.Context, tx *db.Tx, user *db.User) error {
	before, err := a.loadState(ctx, tx.Reader, user.ID)
	if err != nil {
		return err
	}
	role, err := tx.BuiltInRole(ctx, a.accountID, db.AdminRole)
	if err != nil {
		return err
	}
	points, err := tx.AccessPointsByCode(ctx, a.accountID, []string{db.Web})
	if err != nil {
		return err
	}
	web := points[db.Web]
	user.Status = statusWithoutDeactivation(user)
	user.Revision++
	user.UpdatedAt = a.now
	after := userState{
		user:   user,
		roles:  append(without(before.roles, []*db.Role{role}, roleID), role),
		points: append(without(before.points, []*db.AccessPoint{web}, accessPointID), web),
	}
	a.noteUser(before, after)
	if err := tx.UpdateUser(ctx, user); err != nil {
		return err
	}
	if err := writeHoldings(ctx, tx, after); err != nil {
		return err
	}
	if before.user.Status == db.Deactivated {
		if err := a.mailTo(ctx, tx, user, mail.Reactivated{By: a.by(user)}); err != nil {
			return err
		}
	}
	if err := a.tellOfAccess(ctx, tx, before, after); err != nil {
		return err
	}
	return a.openWeb(ctx, tx, web)
}

// openWeb takes the whitelists from WEB, with an event of its own where it had any.
func (a *attempt) openWeb(ctx context.Context, tx *db.Tx, web *db.AccessPoint) error {
	whitelists, err := tx.WhitelistsByAccessPoint(ctx, []typeid.ID{web.ID})
	if err != nil || len(whitelists[web.ID]) == 0 {
		return err
	}
	if err := tx.SetAccessPointWhitelists(ctx, web.ID, nil); err != nil {
		return err
	}
	return a.record(ctx, tx, audit.AccessPointUpdate, audit.Target{ID: web.ID, Name: web.Code},
		audit.Change("whitelists", each(whitelists[web.ID], whitelistName), nil))
}

// SetPassword gives a personal user a password, as an administrator's new password for somebody else does.
func (s *Service) SetPassword(ctx context.Context, handle, loginName, candidate string) (*db.User, error) {
	hash, err := s.passwords.Hash(ctx, password.Known("system"), candidate)
	if err != nil {
		return nil, err
	}
	return s.asSystem(ctx, handle, loginName, audit.UserSetPassword, func(tx *db.Tx, a *attempt, user *db.User) error {
		if user.Kind != db.Personal {
			return problem.New(problem.Invalid, "password.api", "password")
		}
		if err := judge(candidate, judgedAgainst(a.account, user)).Err(); err != nil {
			return err
		}
		before := *user
		user.PasswordHash = hash
		if user.Status == db.Invited {
			user.Status = db.Active
		}
		if err := a.writeUser(ctx, tx, &before, user); err != nil {
			return err
		}
		return a.writePassword(ctx, tx, user)
	})
}

// Unlock lifts the lock after wrong tries.
func (s *Service) Unlock(ctx context.Context, handle, loginName string) (*db.User, error) {
	return s.asSystem(ctx, handle, loginName, audit.UserUnlock, func(tx *db.Tx, a *attempt, user *db.User) error {
		return a.unlock(ctx, tx, user)
	})
}

// ResetMFA removes every second factor and recovery code of a user.
func (s *Service) ResetMFA(ctx context.Context, handle, loginName string) (*db.User, error) {
	return s.asSystem(ctx, handle, loginName, audit.UserResetMFA, func(tx *db.Tx, a *attempt, user *db.User) error {
		return a.resetMFA(ctx, tx, user)
	})
}
