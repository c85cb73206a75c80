package signin

import (
	"context"
	"errors"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/problem"
)

// ChangePassword changes the viewer's own password. It asks for a fresh proof and for the present password, each try of
// which counts like one to sign in, and ends the viewer's other sessions.
func (s *Service) ChangePassword(ctx context.Context, viewer *access.Viewer, input ChangePasswordInput) error {
	if err := viewer.RequireEnrolled(); err != nil {
		return s.refuse(ctx, viewer, audit.UserSetPassword, err)
	}
	if err := s.requireProof(viewer, audit.UserSetPassword); err != nil {
		return s.refuse(ctx, viewer, audit.UserSetPassword, err)
	}
	who := &person{account: viewer.Account, user: viewer.User}
	name := db.NameThrottle(viewer.Account.Handle, viewer.User.LoginName)
	try, err := s.count(ctx, counters{address: addressKey(viewer.IP), name: name, known: sessionKey(viewer.Session.ID)})
	if err != nil {
		return err
	}
	right, _, err := s.compare(ctx, viewer.User, name, input.CurrentPassword, try)
	if err != nil {
		return err
	}
	if !right {
		s.failed(who, eventKey{action: audit.UserSetPassword, outcome: db.Failed, reason: string(wrongPassword), ip: viewer.IP, known: true})
		return problem.New(problem.WrongCredentials, "password.wrong", "currentPassword")
	}
	hash, err := s.hash(ctx, input.NewPassword, rules(who), "newPassword")
	if err != nil {
		return errors.Join(err, s.store.Touch(ctx, func(tx *db.Tx) error { return try.takeBack(ctx, tx, db.At(s.now())) }))
	}
	err = s.change(ctx, viewer, audit.UserSetPassword, func(tx *db.Tx, event *audit.Event) error {
		current, err := unchanged(ctx, tx, who)
		if err != nil {
			return err
		}
		if err := try.forget(ctx, tx, db.At(s.now())); err != nil {
			return err
		}
		current.user.PasswordHash = hash
		if err := s.storePassword(ctx, tx, current.user, viewer.Session.ID); err != nil {
			return err
		}
		event.Changes = []db.AuditChange{{Field: "password"}}
		return s.mail.Queue(ctx, tx, mail.To(current.account, current.user), mail.PasswordChanged{IP: viewer.IP})
	})
	if errors.Is(err, errChanged) {
		return access.ErrUnauthenticated
	}
	return err
}
