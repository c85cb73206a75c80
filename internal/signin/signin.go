package signin

import (
	"context"
	"errors"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/password"
)

// SignIn shows a password. Whatever is wrong, the answer is WRONG_CREDENTIALS after the same work: the same questions to
// the database, and one hash.
func (s *Service) SignIn(ctx context.Context, client Client, input SignInInput) (Step, error) {
	who, err := s.find(ctx, input.Account, input.LoginName)
	if err != nil {
		return Step{}, err
	}
	device, err := s.device(ctx, client, who.user)
	if err != nil {
		return Step{}, err
	}
	name := db.NameThrottle(input.Account, input.LoginName)
	try, err := s.count(ctx, counters{address: addressKey(client.IP), name: name, known: device})
	if err != nil {
		return Step{}, err
	}
	if err := s.load(ctx, who); err != nil {
		return Step{}, err
	}
	right, outdated, err := s.compare(ctx, who.user, input.Password, try)
	if err != nil {
		return Step{}, err
	}
	if reason := refusal(who, client, right, try); reason != "" {
		s.failed(who, eventKey{action: audit.SessionSignIn, outcome: db.Failed, reason: reason, ip: client.IP})
		return Step{}, wrongCredentials("")
	}
	if outdated {
		if err := s.rehash(ctx, who.user, input.Password); err != nil {
			return Step{}, err
		}
	}
	step, err := s.proceed(ctx, client, who, try)
	if errors.Is(err, errChanged) {
		err = wrongCredentials("")
	}
	return step, err
}

// refusal says for the trail alone why a try leads nowhere; nothing when it leads on.
func refusal(who *person, client Client, right bool, try *try) string {
	if try.locked() {
		return nameLocked
	}
	if !right {
		return string(wrongPassword)
	}
	if decision := access.DecideSignIn(who.subject, client.IP); !decision.Allowed() {
		return string(decision.Reason)
	}
	return ""
}

// compare hashes once in any case. A try that is locked, or that has no password to be compared with, is wrong; one for
// which there is no room to hash is none.
func (s *Service) compare(ctx context.Context, user *db.User, shown string, try *try) (right, outdated bool, err error) {
	if try.locked() {
		return false, false, s.passwords.VerifyNothing(ctx, shown)
	}
	right, outdated, err = s.passwords.Verify(ctx, user.PasswordHash, shown)
	return right, outdated, s.putOff(ctx, try, err)
}

// putOff takes a try back that there was no room to look at, and has the client come back with it. It passes on every
// other error, and none.
func (s *Service) putOff(ctx context.Context, try *try, err error) error {
	if !errors.Is(err, password.ErrBusy) {
		return err
	}
	return errors.Join(err, s.store.Touch(ctx, func(tx *db.Tx) error { return try.takeBack(ctx, tx, db.At(s.now())) }))
}

// rehash stores a password under the parameters of now. A busy moment puts it off to the next sign-in.
func (s *Service) rehash(ctx context.Context, user *db.User, right string) error {
	hash, err := s.passwords.Hash(ctx, right)
	if errors.Is(err, password.ErrBusy) {
		return nil
	}
	if err != nil {
		return err
	}
	err = s.store.Touch(ctx, func(tx *db.Tx) error { return tx.RehashPassword(ctx, user.ID, user.PasswordHash, hash) })
	user.PasswordHash = hash
	return err
}

// SignInNewAccount signs in the administrator who has just created an account with a set-up link.
func (s *Service) SignInNewAccount(ctx context.Context, client Client, account *db.Account, user *db.User) (Step, error) {
	who := &person{account: account, user: user}
	if err := s.load(ctx, who); err != nil {
		return Step{}, err
	}
	return s.proceed(ctx, client, who, nil)
}
