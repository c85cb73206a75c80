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
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// LinkOwner is whose a link to set a password is.
type LinkOwner struct {
	AccountHandle     string
	LoginName         string
	PasswordMinLength int // characters
}

// BeginSetPassword tells whose link it is and uses nothing up. LINK_EXPIRED: it is nobody's.
func (s *Service) BeginSetPassword(ctx context.Context, input BeginSetPasswordInput) (*LinkOwner, error) {
	_, who, err := s.linked(ctx, input.Token)
	if err != nil {
		return nil, err
	}
	return &LinkOwner{
		AccountHandle:     who.account.Handle,
		LoginName:         who.user.LoginName,
		PasswordMinLength: rules(who).Minimum(),
	}, nil
}

// SetPassword sets a password with the link of an invitation or a reset mail, ends whatever else the user had open, and
// goes on like a sign-in, past no second factor, access point or whitelist. A Step without Next: the password is set, but
// signing in would not lead anywhere from here, which is told no further.
func (s *Service) SetPassword(ctx context.Context, client Client, input SetPasswordInput) (Step, error) {
	link, who, err := s.linked(ctx, input.Token)
	if err != nil {
		return Step{}, err
	}
	hash, err := s.hash(ctx, input.Password, rules(who), "password")
	if err != nil {
		return Step{}, err
	}
	if who.user, err = s.useLink(ctx, client, link, hash); err != nil {
		return Step{}, err
	}
	if err := s.load(ctx, who); err != nil {
		return Step{}, err
	}
	if decision := access.DecideSignIn(who.subject, client.IP); !decision.Allowed() {
		s.failed(who, eventKey{action: audit.SessionSignIn, outcome: db.Failed, reason: string(decision.Reason), ip: client.IP})
		return Step{}, nil
	}
	step, err := s.proceed(ctx, client, who, nil)
	if errors.Is(err, errChanged) {
		return Step{}, nil
	}
	return step, err
}

func linkExpired() error { return problem.New(problem.LinkExpired, "link.expired", "token") }

// linked finds a link to set a password and whose it is.
func (s *Service) linked(ctx context.Context, token secret.Token) (*db.Link, *person, error) {
	link, err := s.store.LinkByToken(ctx, token.Hash(), db.At(s.now()), db.InvitationLink, db.ResetLink)
	if errors.Is(err, db.ErrNotFound) {
		return nil, nil, linkExpired()
	}
	if err != nil {
		return nil, nil, err
	}
	who := &person{}
	if who.account, who.user, err = s.parties(ctx, link.AccountID, link.UserID); err != nil {
		return nil, nil, err
	}
	if !fits(link, who.user) {
		return nil, nil, linkExpired()
	}
	return link, who, nil
}

// fits says whether a link is good for a user as it is now.
func fits(link *db.Link, user *db.User) bool {
	if user.Kind != db.Personal {
		return false
	}
	if link.Purpose == db.InvitationLink {
		return user.Status == db.Invited
	}
	return user.Status == db.Active
}

// rules is what a password of a person is judged against.
func rules(who *person) password.Context {
	return password.Context{
		MinLength: who.account.Policy.PasswordMinLength, Handle: who.account.Handle,
		LoginName: who.user.LoginName, Name: who.user.Name, Email: who.user.Email,
	}
}

// hash judges a new password and hashes it.
func (s *Service) hash(ctx context.Context, chosen string, rules password.Context, path string) (string, error) {
	var problems problem.List
	for _, refused := range password.Check(chosen, rules) {
		problems.Add(refused.Problem(path))
	}
	if err := problems.Err(); err != nil {
		return "", err
	}
	return s.passwords.Hash(ctx, chosen)
}

// useLink uses a link up for a new password, and returns the user as it is then.
func (s *Service) useLink(ctx context.Context, client Client, link *db.Link, hash string) (*db.User, error) {
	var user *db.User
	err := s.store.Change(ctx, func(tx *db.Tx) error {
		if err := tx.LockAccount(ctx, link.AccountID); err != nil {
			return err
		}
		err := tx.UseLink(ctx, link.ID)
		if errors.Is(err, db.ErrNotFound) {
			return linkExpired()
		}
		if err != nil {
			return err
		}
		account, err := tx.AccountByID(ctx, link.AccountID)
		if err != nil {
			return err
		}
		if user, err = tx.UserByID(ctx, link.AccountID, link.UserID); err != nil {
			return err
		}
		if !fits(link, user) {
			return linkExpired()
		}
		changes := []db.AuditChange{{Field: "password"}}
		if user.Status == db.Invited {
			before, after := string(db.Invited), string(db.Active)
			changes = append(changes, db.AuditChange{Field: "status", Before: &before, After: &after})
			user.Status, user.UpdatedAt = db.Active, db.At(s.now())
			user.Revision++
			err = tx.UpdateUser(ctx, user)
		} else {
			err = s.mail.Queue(ctx, tx, mail.To(account, user), mail.PasswordChanged{IP: client.IP})
		}
		if err != nil {
			return err
		}
		user.PasswordHash = hash
		if err := s.storePassword(ctx, tx, user, ""); err != nil {
			return err
		}
		// Whoever has the link has the mailbox: the tries of others before that keep nobody out.
		if err := tx.DeleteThrottle(ctx, db.NameThrottle(account.Handle, user.LoginName)); err != nil {
			return err
		}
		return audit.Record(ctx, tx, s.now(), audit.Event{
			AccountID: account.ID, Actor: actor(account, user, client.IP), Action: audit.UserSetPassword,
			Target: userTarget(account, user), Changes: changes,
		})
	})
	return user, err
}

// storePassword writes a user's new password and ends what was opened with the old one: links, challenges and
// sessions, but for one.
func (s *Service) storePassword(ctx context.Context, tx *db.Tx, user *db.User, keep typeid.ID) error {
	if err := tx.SetPasswordHash(ctx, user.ID, user.PasswordHash); err != nil {
		return err
	}
	user.PasswordVersion++
	if err := tx.DeleteLinksOf(ctx, user.ID); err != nil {
		return err
	}
	if err := tx.DeleteChallengesOf(ctx, user.ID); err != nil {
		return err
	}
	return tx.DeleteSessionsOf(ctx, user.ID, keep)
}
