package signin

import (
	"context"
	"errors"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/throttle"
)

// ChangePassword changes the viewer's own password. It asks for a fresh proof and for the present password, each try of
// which counts like one to sign in, and ends all other access that the old one had opened.
func (s *Service) ChangePassword(ctx context.Context, viewer *access.Viewer, input ChangePasswordInput) error {
	if err := viewer.RequireEnrolled(); err != nil {
		return s.refuse(ctx, viewer, audit.UserSetPassword, err)
	}
	if err := s.requireProof(viewer, audit.UserSetPassword); err != nil {
		return s.refuse(ctx, viewer, audit.UserSetPassword, err)
	}
	who := &person{account: viewer.Account, user: viewer.User}
	class := password.Known(string(viewer.User.ID))
	try, err := s.throttle.Begin(ctx, throttle.Keys{
		IP: viewer.IP, Name: db.NameThrottle(viewer.Account.Handle, viewer.User.LoginName), Known: throttle.SessionKey(viewer.Session.ID),
	})
	if err != nil {
		return err
	}
	right, _, err := s.compare(ctx, viewer.User, shown{password: input.CurrentPassword, class: class})
	if err == nil && (!right || try.Locked()) {
		err = wrongPassword
	}
	if err = settle(ctx, try, err); errors.Is(err, wrongPassword) {
		s.failed(who, eventKey{action: audit.UserSetPassword, outcome: db.Failed, reason: string(wrongPassword), ip: viewer.IP, known: true})
		return problem.New(problem.WrongCredentials, "password.wrong", "currentPassword")
	}
	if err != nil {
		return err
	}
	hash, err := s.hash(ctx, class, input.NewPassword, rules(who), "newPassword")
	if err != nil { // the present password was right all the same
		return errors.Join(err, try.Void(ctx))
	}
	err = s.change(ctx, viewer, audit.UserSetPassword, func(tx *db.Tx, event *audit.Event) error {
		current, err := unchanged(ctx, tx, who)
		if err != nil {
			return err
		}
		if err := try.SignedIn(ctx, tx); err != nil {
			return err
		}
		current.user.PasswordHash = hash
		if err := tx.SetPassword(ctx, current.user, viewer.Session.ID); err != nil {
			return err
		}
		event.Changes = []db.AuditChange{{Field: "password"}}
		return s.mail.Queue(ctx, tx, mail.To(current.account, current.user), mail.PasswordChanged{IP: viewer.IP})
	})
	if err = settle(ctx, try, err); errors.Is(err, errChanged) {
		return access.ErrUnauthenticated
	}
	return err
}
