package account

import (
	"context"
	"errors"
	"net/netip"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
)

// UpdateViewer changes the viewer's own name or language, which everybody may in person.
func (s *Service) UpdateViewer(ctx context.Context, viewer *access.Viewer, input UpdateViewerInput) (*db.User, error) {
	var user *db.User
	err := s.try(ctx, viewer, audit.UserUpdate, func(a *attempt) error {
		if err := viewer.RequirePerson(); err != nil {
			return err
		}
		return a.change(ctx, func(tx *db.Tx, a *attempt) (err error) {
			if user, err = a.loadUser(ctx, tx.Reader, viewer.User.ID); err != nil {
				return err
			}
			var problems problem.List
			before := *user
			user.Name = patched(&problems, "name", input.Name, user.Name, readName)
			user.Language = patched(&problems, "language", input.Language, user.Language, readLanguage)
			if err := problems.Err(); err != nil {
				return err
			}
			return a.writeUser(ctx, tx, &before, user)
		})
	})
	return orNil(user, err)
}

// writeUser writes a user's own columns where they differ.
func (a *attempt) writeUser(ctx context.Context, tx *db.Tx, before, user *db.User) error {
	if a.fields = audit.Diff(before, user); len(a.fields) == 0 {
		return errUnchanged
	}
	user.Revision++
	user.UpdatedAt = a.now
	return taken(tx.UpdateUser(ctx, user))
}

// ChangeEmail mails a link to the viewer's new address; the address changes with [Service.ConfirmEmail]. It requires a
// fresh proof.
func (s *Service) ChangeEmail(ctx context.Context, viewer *access.Viewer, email string) (*db.User, error) {
	var user *db.User
	err := s.try(ctx, viewer, audit.UserChangeEmail, func(a *attempt) error {
		a.target = userTarget(viewer.Account, viewer.User)
		return a.change(ctx, func(tx *db.Tx, a *attempt) (err error) {
			if user, err = a.loadUser(ctx, tx.Reader, viewer.User.ID); err != nil {
				return err
			}
			wanted := *user
			var problems problem.List
			wanted.Email = readEmail(&problems, "email", email)
			if err := problems.Err(); err != nil {
				return err
			}
			if wanted.Email == user.Email {
				return errUnchanged
			}
			if _, taken, err := tx.TakenByOthers(ctx, &wanted); err != nil {
				return err
			} else if taken {
				return takenEmail("email")
			}
			// What was asked for stands in the trail; the address itself changes when it is confirmed.
			a.fields = audit.Diff(user, &wanted)
			return a.mailConfirmation(ctx, tx, &wanted)
		})
	})
	return orNil(user, err)
}

func (a *attempt) mailConfirmation(ctx context.Context, tx *db.Tx, user *db.User) error {
	token, expires, err := a.newLink(ctx, tx, user, db.ConfirmEmailLink, user.Email, confirmEmailLifetime)
	if err != nil {
		return err
	}
	return a.mailTo(ctx, tx, user, mail.EmailConfirm{Token: token, ExpiresAt: expires.Time()})
}

// ConfirmEmail makes the address that a link was mailed to its user's, in any session or none: the viewer is nil for
// none. It returns the user only to itself.
func (s *Service) ConfirmEmail(ctx context.Context, viewer *access.Viewer, ip netip.Addr, token secret.Token) (*db.User, error) {
	link, err := s.store.LinkByToken(ctx, token.Hash(), db.At(s.now()), db.ConfirmEmailLink)
	if errors.Is(err, db.ErrNotFound) {
		return nil, linkExpired()
	}
	if err != nil {
		return nil, err
	}
	account, err := s.store.AccountByID(ctx, link.AccountID)
	if err != nil {
		return nil, err
	}
	var user *db.User
	a := &attempt{service: s, account: account, accountID: account.ID, action: audit.UserConfirmEmail, now: db.At(s.now())}
	err = a.change(ctx, func(tx *db.Tx, a *attempt) (err error) {
		if err := tx.UseLink(ctx, link.ID); errors.Is(err, db.ErrNotFound) {
			return linkExpired()
		} else if err != nil {
			return err
		}
		if user, err = a.loadUser(ctx, tx.Reader, link.UserID); err != nil {
			return err
		}
		a.owner = &db.Actor{ActorID: user.ID, ActorName: a.target.Name, IP: ip.String()}
		return a.confirmEmail(ctx, tx, user, link.Email, ip)
	})
	if err != nil || viewer == nil || !viewer.Is(user.ID) {
		return nil, err
	}
	return user, nil
}

func (a *attempt) confirmEmail(ctx context.Context, tx *db.Tx, user *db.User, email string, ip netip.Addr) error {
	before := *user
	user.Email = email
	err := a.writeUser(ctx, tx, &before, user)
	if problem.Has(err, problem.Taken) {
		return takenEmail("token")
	}
	if err != nil {
		return err
	}
	if err := tx.DeleteLinksOf(ctx, user.ID); err != nil {
		return err
	}
	return a.mailTo(ctx, tx, &before, mail.EmailChanged{New: email, IP: ip})
}

func linkExpired() *problem.Error {
	return problem.New(problem.LinkExpired, "link.expired", "token")
}
