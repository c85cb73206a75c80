package signin

import (
	"context"
	"errors"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/throttle"
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
	like, err := s.paramsLike(ctx, who.account, name)
	if err != nil {
		return Step{}, err
	}
	try, err := s.throttle.Begin(ctx, throttle.Keys{IP: client.IP, Name: name, Known: device})
	if err != nil {
		return Step{}, err
	}
	step, err := s.signIn(ctx, client, who, try, shown{input.Password, like, hashClass(client.IP, string(who.user.ID), device != "" && !try.Locked())})
	err = settle(ctx, try, err)
	if reason, ok := errors.AsType[wrong](err); ok {
		s.failed(who, eventKey{action: audit.SessionSignIn, outcome: db.Failed, reason: string(reason), ip: client.IP})
		return Step{}, wrongCredentials("")
	}
	if errors.Is(err, errChanged) {
		err = wrongCredentials("")
	}
	return step, err
}

// signIn compares a password and goes where it leads.
func (s *Service) signIn(ctx context.Context, client Client, who *person, try *throttle.Try, shown shown) (Step, error) {
	if err := s.load(ctx, who); err != nil {
		return Step{}, err
	}
	right, outdated, err := s.compare(ctx, who.user, shown)
	if err != nil {
		return Step{}, err
	}
	if reason := refusal(who, client, right, try); reason != "" {
		return Step{}, wrong(reason)
	}
	if outdated {
		if err := s.rehash(ctx, who.user, shown); err != nil {
			return Step{}, err
		}
	}
	return s.proceed(ctx, client, who, try)
}

// refusal says for the trail alone why a try leads nowhere; nothing when it leads on. A try that is locked is wrong whatever
// it shows.
func refusal(who *person, client Client, right bool, try *throttle.Try) string {
	if try.Locked() {
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

// shown is a password that somebody shows.
type shown struct {
	password string
	like     password.Params // of a hash that whoever has the typed name might have
	class    password.Class
}

// compare hashes once in any case, with the parameters of the user's hash or, without one, of what it might be.
func (s *Service) compare(ctx context.Context, user *db.User, shown shown) (right, outdated bool, err error) {
	if user.PasswordHash == "" {
		return false, false, s.passwords.VerifyNothing(ctx, shown.class, shown.like, shown.password)
	}
	return s.passwords.Verify(ctx, shown.class, user.PasswordHash, shown.password)
}

// rehash stores a password under the parameters of now. A busy moment puts it off to the next sign-in. Of several sign-ins at
// once one stores its hash, and the others go on all the same.
func (s *Service) rehash(ctx context.Context, user *db.User, right shown) error {
	hash, err := s.passwords.Hash(ctx, right.class, right.password)
	if errors.Is(err, password.ErrBusy) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.store.Touch(ctx, func(tx *db.Tx) error { return tx.RehashPassword(ctx, user.ID, user.PasswordHash, hash) })
}

// SignInNewAccount signs in the administrator who has just created an account with a set-up link.
func (s *Service) SignInNewAccount(ctx context.Context, client Client, account *db.Account, user *db.User) (Step, error) {
	who := &person{account: account, user: user}
	if err := s.load(ctx, who); err != nil {
		return Step{}, err
	}
	return s.proceed(ctx, client, who, nil)
}
