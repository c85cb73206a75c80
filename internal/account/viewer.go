package account

import (
	"context"
	"net/netip"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/link"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/throttle"
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

// changeMail names the bounds of mails to confirm an address.
const changeMail = "change"

// ChangeEmail mails a link to the viewer's new address; the address changes with [Service.ConfirmEmail]. It asks for a
// fresh proof. It answers alike whether or not the address is another user's: only the mail differs (product rule 7).
func (s *Service) ChangeEmail(ctx context.Context, viewer *access.Viewer, email string) (*db.User, error) {
	var user *db.User
	err := s.try(ctx, viewer, audit.UserChangeEmail, func(a *attempt) error {
		a.target = userTarget(viewer.Account, viewer.User)
		var problems problem.List
		address := readEmail(&problems, "email", email)
		if err := problems.Err(); err != nil {
			return err
		}
		allowed, err := a.boundChange(ctx, address)
		if err != nil {
			return err
		}
		return a.change(ctx, func(tx *db.Tx, a *attempt) (err error) {
			if user, err = a.loadUser(ctx, tx.Reader, viewer.User.ID); err != nil {
				return err
			}
			wanted := *user
			if wanted.Email = address; wanted.Email == user.Email {
				return errUnchanged
			}
			// What was asked for stands in the trail; the address itself changes when it is confirmed.
			a.fields = audit.Diff(user, &wanted)
			return a.mailConfirmation(ctx, tx, &wanted, allowed)
		})
	})
	return orNil(user, err)
}

// boundChange counts a request for a mail to an address that nobody has confirmed. allowed is false where the recipient has
// had too many, which the answer does not tell. [access.RateLimitedError]: the viewer, or somebody at the same IP address, has
// asked for too many.
func (a *attempt) boundChange(ctx context.Context, address string) (allowed bool, err error) {
	err = a.service.store.Touch(ctx, func(tx *db.Tx) error {
		for _, bound := range []throttle.Bound{throttle.MailFrom(changeMail, a.viewer.IP), throttle.MailOf(changeMail, a.viewer.User.ID)} {
			wait, err := throttle.Take(ctx, tx, a.now, bound)
			if err != nil {
				return err
			}
			if wait > 0 {
				return bound.UsedUp(wait)
			}
		}
		wait, err := throttle.Take(ctx, tx, a.now, throttle.MailTo(changeMail, address, throttle.MailsToRecipient))
		allowed = wait == 0
		return err
	})
	return allowed, err
}

// mailConfirmation makes the link that confirms a user's new address, and mails it there. Whose the address is already gets
// a mail that says so, without the link.
func (a *attempt) mailConfirmation(ctx context.Context, tx *db.Tx, user *db.User, allowed bool) error {
	issued, err := link.ConfirmEmail(ctx, tx, user, user.Email, a.now.Time())
	if err != nil {
		return err
	}
	var message mail.Message = mail.EmailConfirm{Token: issued.Token, ExpiresAt: issued.ExpiresAt}
	_, taken, err := tx.TakenByOthers(ctx, user)
	if err != nil || !allowed {
		return err
	}
	if taken {
		message = mail.EmailTaken{}
	}
	return a.queueMail(ctx, tx, user, message)
}

// ConfirmEmail makes the address that a link was mailed to its user's, in any session or none: the viewer is nil for
// none. It returns the user only to itself.
func (s *Service) ConfirmEmail(ctx context.Context, viewer *access.Viewer, ip netip.Addr, token secret.Token) (*db.User, error) {
	found, err := link.ToConfirmEmail(ctx, s.store.Reader, token, s.now())
	if err != nil {
		return nil, err
	}
	var user *db.User
	a := &attempt{service: s, account: found.Account, accountID: found.AccountID, action: audit.UserConfirmEmail, now: db.At(s.now())}
	err = a.change(ctx, func(tx *db.Tx, a *attempt) (err error) {
		if err := found.Use(ctx, tx); err != nil {
			return err
		}
		a.account, user = found.Account, found.User
		a.target = userTarget(a.account, user)
		a.owner = &db.Actor{ActorID: user.ID, ActorName: a.target.Name, IP: ip.String()}
		return a.confirmEmail(ctx, tx, user, found.Email, ip)
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
