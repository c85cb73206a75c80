package signin

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// RequestPasswordReset has a link sent where account and email belong together, after the answer, which is the same for
// every address. Requests are bounded like tries to sign in, by address and by what was typed.
func (s *Service) RequestPasswordReset(ctx context.Context, client Client, input RequestPasswordResetInput) error {
	handle, email := text.Key(strings.TrimSpace(input.Account)), strings.TrimSpace(input.Email)
	try, err := s.count(ctx, resetCounters(client.IP, handle, email))
	if err != nil || try.locked() {
		return err
	}
	s.background.retry("send a link to set a password", func(ctx context.Context) error { return s.sendReset(ctx, client, handle, email) })
	return nil
}

func (s *Service) sendReset(ctx context.Context, client Client, handle, email string) error {
	if !text.IsHandle(handle) || !text.IsEmail(email) {
		return nil
	}
	account, err := s.store.AccountByHandle(ctx, handle)
	if err != nil {
		return ignoreNotFound(err)
	}
	err = s.store.Change(ctx, func(tx *db.Tx) error {
		if err := tx.LockAccount(ctx, account.ID); err != nil {
			return err
		}
		user, err := tx.UserByEmail(ctx, account.ID, email)
		if err != nil {
			return err
		}
		if user.Kind != db.Personal || user.Status == db.Deactivated {
			return db.ErrNotFound
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
	now, token := s.now(), secret.NewToken()
	purpose, lifetime := db.ResetLink, ResetLifetime
	if user.Status == db.Invited {
		purpose, lifetime = db.InvitationLink, InvitationLifetime
	}
	ends := now.Add(lifetime)
	link := &db.Link{
		ID: typeid.New("link"), TokenHash: token.Hash(), Purpose: purpose, AccountID: account.ID, UserID: user.ID, Email: user.Email,
		CreatedAt: db.At(now), ExpiresAt: db.At(ends),
	}
	if err := tx.CreateLink(ctx, link); err != nil {
		return err
	}
	return s.mail.Queue(ctx, tx, mail.To(account, user), linkMessage(account, user, token, ends))
}

func linkMessage(account *db.Account, user *db.User, token secret.Token, ends time.Time) mail.Message {
	if user.Status == db.Invited {
		return mail.Welcome{Token: token, ExpiresAt: ends, MFARequired: user.MFAForced || account.Policy.MFAForced}
	}
	return mail.PasswordReset{Token: token, ExpiresAt: ends}
}
