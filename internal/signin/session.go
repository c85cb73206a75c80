package signin

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/throttle"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// SignOut ends the session that asks. Whoever may not come in through WEB, and so is no viewer, goes by the session that the
// client shows.
func (s *Service) SignOut(ctx context.Context, viewer *access.Viewer, client Client) error {
	if viewer == nil {
		var err error
		if viewer, err = s.leaving(ctx, client); err != nil {
			return err
		}
	}
	return s.change(ctx, viewer, audit.SessionSignOut, func(tx *db.Tx, _ *audit.Event) error {
		return ignoreNotFound(tx.DeleteSession(ctx, viewer.Session.ID))
	})
}

// leaving is who shows a session that lives, with nothing that they may do but end it.
func (s *Service) leaving(ctx context.Context, client Client) (*access.Viewer, error) {
	if client.SessionToken == "" {
		return nil, access.ErrUnauthenticated
	}
	session, user, account, err := s.store.SessionByToken(ctx, client.SessionToken.Hash())
	if errors.Is(err, db.ErrNotFound) || err == nil && !session.Live(account.Policy, db.At(s.now())) {
		return nil, access.ErrUnauthenticated
	}
	return &access.Viewer{Account: account, User: user, Session: session, IP: client.IP.Unmap()}, err
}

// RevokeOtherSessions ends the viewer's sessions but the one that asks.
func (s *Service) RevokeOtherSessions(ctx context.Context, viewer *access.Viewer) error {
	if err := viewer.RequireEnrolled(); err != nil {
		return s.refuse(ctx, viewer, audit.SessionRevokeOthers, err)
	}
	return s.change(ctx, viewer, audit.SessionRevokeOthers, func(tx *db.Tx, _ *audit.Event) error {
		return tx.DeleteSessionsOf(ctx, viewer.User.ID, viewer.Session.ID)
	})
}

// RevokeSession ends a session and returns whose it was: one of the viewer's own, in person, but the one that asks, which is signed out
// of instead (LOCKOUT), or with UPDATE_USER somebody else's. Only holders of admin end one of another holder (product rule 3).
func (s *Service) RevokeSession(ctx context.Context, viewer *access.Viewer, input RevokeSessionInput) (*db.User, error) {
	if err := viewer.RequireEnrolled(); err != nil {
		return nil, s.refuse(ctx, viewer, audit.SessionRevoke, err)
	}
	var user *db.User
	err := s.change(ctx, viewer, audit.SessionRevoke, func(tx *db.Tx, event *audit.Event) error {
		session, err := tx.AnySessionByID(ctx, viewer.Account.ID, input.ID)
		switch own := err == nil && viewer.Is(session.UserID); {
		case own && session.ID == viewer.Session.ID:
			return problem.New(problem.Lockout, "session.current", "id")
		case !own:
			if err := viewer.Require(access.UpdateUser); err != nil {
				return err
			}
		}
		if errors.Is(err, db.ErrNotFound) {
			return problem.New(problem.NotFound, "session.not_found", "id")
		}
		if err != nil {
			return err
		}
		if user, err = tx.UserByID(ctx, viewer.Account.ID, session.UserID); err != nil {
			return err
		}
		event.Target = userTarget(viewer.Account, user)
		if err := mayEndSessions(ctx, tx, viewer, user); err != nil {
			return err
		}
		return tx.DeleteSession(ctx, session.ID)
	})
	if err != nil {
		return nil, err
	}
	return user, nil
}

func mayEndSessions(ctx context.Context, tx *db.Tx, viewer *access.Viewer, user *db.User) error {
	if viewer.Is(user.ID) || viewer.Admin {
		return nil
	}
	roles, err := tx.RolesByUser(ctx, []typeid.ID{user.ID})
	if err != nil {
		return err
	}
	if slices.ContainsFunc(roles[user.ID], func(role *db.Role) bool { return role.Kind == db.AdminRole }) {
		return problem.New(problem.NotAllowed, "user.admin_only", "id")
	}
	return nil
}

// keepMails is how long it can be seen that a mail was sent, or given up.
const keepMails = 30 * 24 * time.Hour

// Sweep deletes what has expired and counts for nothing any more. It is run now and then; nothing depends on when.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.now()
	return errors.Join(
		s.store.SweepSessions(ctx, db.At(now)),
		s.store.SweepDevices(ctx, db.At(now.Add(-DeviceLifetime))),
		s.store.SweepExpired(ctx, db.At(now), db.At(now.Add(-throttle.Forget))),
		s.store.SweepMails(ctx, db.At(now.Add(-keepMails))),
	)
}
