package signin

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/link"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/throttle"
)

// RequestPasswordReset has a link sent where account and email belong together, after the answer, which is the same for
// every address. Requests are bounded by address, and mails by recipient and by user.
func (s *Service) RequestPasswordReset(ctx context.Context, client Client, input RequestPasswordResetInput) error {
	handle, email := text.Key(strings.TrimSpace(input.Account)), text.Email(strings.TrimSpace(input.Email))
	allowed, err := s.boundReset(ctx, client, email)
	if err != nil || !allowed {
		return err
	}
	s.background.retry("send a link to set a password", func(ctx context.Context) error { return s.sendReset(ctx, client, handle, email) })
	return nil
}

// boundReset counts a request for a mail. allowed is false where the recipient has had too many, which the answer does not
// tell. [access.RateLimitedError]: there were too many requests from the address.
func (s *Service) boundReset(ctx context.Context, client Client, email string) (allowed bool, err error) {
	now := db.At(s.now())
	err = s.store.Touch(ctx, func(tx *db.Tx) error {
		bound := throttle.MailFrom(resetMail, client.IP)
		wait, err := throttle.Take(ctx, tx, now, bound)
		if err != nil {
			return err
		}
		if wait > 0 {
			return bound.UsedUp(wait)
		}
		wait, err = throttle.Take(ctx, tx, now, throttle.MailTo(resetMail, email, throttle.MailsToRecipient))
		allowed = wait == 0
		return err
	})
	return allowed, err
}

// resetMail names the bounds of mails to reset a password.
const resetMail = "reset"

func (s *Service) sendReset(ctx context.Context, client Client, handle, email string) error {
	if !text.IsHandle(handle) || !text.IsEmail(email) {
		return nil
	}
	account, err := s.store.AccountByHandle(ctx, handle)
	if err != nil {
		return ignoreNotFound(err)
	}
	err = s.store.ChangeAccount(ctx, account.ID, func(tx *db.Tx) error {
		user, err := tx.UserByEmail(ctx, account.ID, email)
		if err != nil {
			return err
		}
		if user.Kind != db.Personal || user.Status == db.Deactivated {
			return db.ErrNotFound
		}
		if wait, err := throttle.Take(ctx, tx, db.At(s.now()), throttle.MailOf(resetMail, user.ID)); err != nil || wait > 0 {
			return cmp.Or(err, db.ErrNotFound)
		}
		if err := s.mailLink(ctx, tx, account, user); err != nil {
			return err
		}
		return audit.Record(ctx, tx, s.now(), audit.Event{
			AccountID: account.ID, Actor: db.Actor{ActorName: somebody, AccessPoint: db.Web, IP: client.IP.Unmap().String()},
			Action: audit.UserRequestReset, Target: userTarget(account, user),
		})
	})
	if errors.Is(err, db.ErrNotFound) {
		return nil
	}
	return err
}

// mailLink makes and mails the link that fits a user: who has never set a password is invited anew.
func (s *Service) mailLink(ctx context.Context, tx *db.Tx, account *db.Account, user *db.User) error {
	issued, err := link.Password(ctx, tx, user, s.now())
	if err != nil {
		return err
	}
	var message mail.Message = mail.PasswordReset{Token: issued.Token, ExpiresAt: issued.ExpiresAt}
	if user.Status == db.Invited {
		message = mail.Welcome{Token: issued.Token, ExpiresAt: issued.ExpiresAt, MFARequired: user.MFAForced || account.Policy.MFAForced}
	}
	return s.mail.Queue(ctx, tx, mail.To(account, user), message)
}
