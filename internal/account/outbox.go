package account

import (
	"context"
	"errors"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/throttle"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Mails returns a page of the mails to users of the account, the newest first, without what they say. It needs VIEW_USER.
func (s *Service) Mails(ctx context.Context, viewer *access.Viewer, filter db.MailFilter, page db.Page) (db.List[db.Mail], error) {
	if err := viewer.Require(access.ViewUser); err != nil {
		return db.List[db.Mail]{}, err
	}
	return s.store.Mails(ctx, viewer.Account.ID, filter, page)
}

// CountMails counts what Mails lists; nil when it is not exact and there are too many.
func (s *Service) CountMails(ctx context.Context, viewer *access.Viewer, filter db.MailFilter, exact bool) (*int, error) {
	if err := viewer.Require(access.ViewUser); err != nil {
		return nil, err
	}
	return s.store.CountMails(ctx, viewer.Account.ID, filter, exact)
}

// UndeliveredMails returns, of each of the users whose present address the last attempted mail did not reach, that mail. It
// needs VIEW_USER.
func (s *Service) UndeliveredMails(ctx context.Context, viewer *access.Viewer, userIDs []typeid.ID) (map[typeid.ID]*db.Mail, error) {
	if err := viewer.Require(access.ViewUser); err != nil {
		return nil, err
	}
	return s.store.UndeliveredMails(ctx, viewer.Account.ID, userIDs)
}

// CanResend says whether [Service.ResendMail] can do anything with a mail.
func (s *Service) CanResend(mail *db.Mail) bool { return canResend(mail, db.At(s.now())) == nil }

// canResend returns why a mail cannot be sent again; nil: it can. Every welcome can, and what was not sent and brings no link
// that has expired or is gone.
func canResend(mail *db.Mail, now db.Time) *problem.Error {
	switch {
	case mail.Topic() == db.WelcomeMail:
	case mail.State() == db.MailDelivered:
		return problem.New(problem.Invalid, "mail.sent", "id")
	case mail.LinkExpiresAt > 0 && (mail.LinkExpiresAt <= now || mail.State() == db.MailUndone):
		return problem.New(problem.Invalid, "mail.link_ended", "id")
	}
	return nil
}

// resendMail names the bound of mails that are sent again on request.
const resendMail = "resend"

// ResendMail sends a mail again: a welcome as a new one with a new link, to the user's present address; another one as it was,
// where it was not sent yet. It needs CREATE_USER for a welcome, UPDATE_USER for others, and permissions that include all of the
// user's. It returns the mail that is sent. [access.RateLimitedError]: it was sent too often.
func (s *Service) ResendMail(ctx context.Context, viewer *access.Viewer, id typeid.ID) (*db.Mail, error) {
	var sent *db.Mail
	err := s.change(ctx, viewer, audit.UserResendMail, []string{access.UpdateUser, access.CreateUser}, func(tx *db.Tx, a *attempt) error {
		mail, err := tx.MailByID(ctx, a.accountID, id)
		if errors.Is(err, db.ErrNotFound) {
			return problem.New(problem.NotFound, "mail.not_found", "id")
		}
		if err != nil {
			return err
		}
		welcomes := mail.Topic() == db.WelcomeMail
		permission := access.UpdateUser
		if welcomes {
			a.action, permission = audit.UserResendWelcome, access.CreateUser
		}
		state, err := a.loadState(ctx, tx.Reader, mail.UserID)
		if err != nil {
			return err
		}
		if err := viewer.Require(permission); err != nil {
			return err
		}
		if err := a.mayManage(state.user, state.roles); err != nil {
			return err
		}
		if welcomes {
			sent, err = a.resendWelcome(ctx, tx, state.user)
			return err
		}
		sent, err = a.sendAgain(ctx, tx, mail, state.user)
		return err
	})
	return orNil(sent, err)
}

// resendWelcome sends the welcome mail anew, in place of those that were not sent.
func (a *attempt) resendWelcome(ctx context.Context, tx *db.Tx, user *db.User) (*db.Mail, error) {
	if user.Status == db.Deactivated {
		return nil, problem.New(problem.Invalid, "user.deactivated", "id")
	}
	of, to := throttle.MailOf(welcomeMail, user.ID), throttle.MailTo(welcomeMail, user.Email, throttle.NoticesToRecipient)
	if err := a.take(ctx, tx, of, to); err != nil {
		return nil, err
	}
	if err := tx.WithdrawMails(ctx, user.ID, welcomeMail); err != nil {
		return nil, err
	}
	mail, token, err := a.welcome(ctx, tx, user)
	a.opensNothing = token == ""
	return mail, err
}

// sendAgain makes a mail that waits due now, or puts one that was given up into the outbox again: to the user's present address,
// unless it was to another address than the user's own on purpose.
func (a *attempt) sendAgain(ctx context.Context, tx *db.Tx, mail *db.Mail, user *db.User) (*db.Mail, error) {
	if refused := canResend(mail, a.now); refused != nil {
		return nil, refused
	}
	recipient, name := user.Email, user.Name
	if mail.ToOtherAddress() {
		recipient, name = mail.Recipient, mail.RecipientName
	}
	of, to := throttle.MailOf(resendMail, user.ID), throttle.MailTo(resendMail, recipient, throttle.NoticesToRecipient)
	if err := a.take(ctx, tx, of, to); err != nil {
		return nil, err
	}
	a.opensNothing = mail.LinkExpiresAt == 0
	err := error(nil)
	if mail.State() == db.MailWaiting {
		if err = tx.HastenMail(ctx, mail.ID, a.now); errors.Is(err, db.ErrNotFound) {
			return mail, nil // it is being sent at this moment
		}
	} else if err = tx.ReviveMail(ctx, mail.ID, recipient, name, a.now); errors.Is(err, db.ErrNotFound) {
		return nil, problem.New(problem.Invalid, "mail.link_ended", "id")
	}
	if err != nil {
		return nil, err
	}
	if a.service.mail != nil {
		a.service.mail.WakeAfter(tx)
	}
	return tx.MailByID(ctx, a.accountID, mail.ID)
}
