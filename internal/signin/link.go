package signin

import (
	"context"
	"errors"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/link"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/throttle"
)

// LinkOwner is whose a link to set a password is.
type LinkOwner struct {
	AccountHandle     string
	LoginName         string
	PasswordMinLength int // characters
}

// BeginSetPassword tells whose link it is and uses nothing up. LINK_EXPIRED: it is nobody's.
func (s *Service) BeginSetPassword(ctx context.Context, input BeginSetPasswordInput) (*LinkOwner, error) {
	found, err := link.ToSetPassword(ctx, s.store.Reader, input.Token, s.now())
	if err != nil {
		return nil, err
	}
	who := &person{account: found.Account, user: found.User}
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
	found, err := link.ToSetPassword(ctx, s.store.Reader, input.Token, s.now())
	if err != nil {
		return Step{}, err
	}
	who := &person{account: found.Account, user: found.User}
	hash, err := s.hash(ctx, password.Known(string(who.user.ID)), input.Password, rules(who), "password")
	if err != nil {
		return Step{}, err
	}
	if err := s.useLink(ctx, client, found, hash); err != nil {
		return Step{}, err
	}
	who.account, who.user = found.Account, found.User
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

// rules is what a password of a person is judged against.
func rules(who *person) password.Context {
	return password.Context{
		MinLength: who.account.Policy.PasswordMinLength, Handle: who.account.Handle,
		LoginName: who.user.LoginName, Name: who.user.Name, Email: who.user.Email,
	}
}

// hash judges a new password and hashes it.
func (s *Service) hash(ctx context.Context, class password.Class, chosen string, rules password.Context, path string) (string, error) {
	var problems problem.List
	for _, refused := range password.Check(chosen, rules) {
		problems.Add(refused.Problem(path))
	}
	if err := problems.Err(); err != nil {
		return "", err
	}
	return s.passwords.Hash(ctx, class, chosen)
}

// useLink uses a link up for a new password. found is then as it is afterwards.
func (s *Service) useLink(ctx context.Context, client Client, found *link.Found, hash string) error {
	return s.store.ChangeAccount(ctx, found.AccountID, func(tx *db.Tx) error {
		if err := found.Use(ctx, tx); err != nil {
			return err
		}
		account, user := found.Account, found.User
		changes := []db.AuditChange{{Field: "password"}}
		var err error
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
		if err := tx.SetPassword(ctx, user, ""); err != nil {
			return err
		}
		// Whoever has the link has the mailbox: the tries of others before that keep nobody out.
		if _, err := throttle.Unlock(ctx, tx, db.NameThrottle(account.Handle, user.LoginName), db.At(s.now())); err != nil {
			return err
		}
		return audit.Record(ctx, tx, s.now(), audit.Event{
			AccountID: account.ID, Actor: actor(account, user, client.IP), Action: audit.UserSetPassword,
			Target: userTarget(account, user), Changes: changes,
		})
	})
}
