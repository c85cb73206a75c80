package signin

import (
	"context"
	"encoding/binary"
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
	right, outdated, err := s.compare(ctx, who.user, name, input.Password, try)
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

// compare hashes once in any case, with the parameters of the user's hash or of one that whoever has this name might have.
// A try that is locked is wrong whatever it shows; one for which there is no room to hash is none.
func (s *Service) compare(ctx context.Context, user *db.User, name, shown string, try *try) (right, outdated bool, err error) {
	if user.PasswordHash == "" {
		err = s.passwords.VerifyNothing(ctx, s.lot(name), shown)
	} else {
		right, outdated, err = s.passwords.Verify(ctx, user.PasswordHash, shown)
	}
	if try.locked() {
		return false, false, err
	}
	return right, outdated, s.putOff(ctx, try, err)
}

// lot is what a name draws among the parameters of stored hashes, for as long as the key file stays.
func (s *Service) lot(name string) uint64 {
	mac := s.keys.MAC("password parameters", name)
	return binary.BigEndian.Uint64(mac[len(mac)-8:])
}

// LearnPasswords sees with which parameters passwords are stored, so that names that do not exist are answered like those
// that do, also after a change of parameters (product rule 7). It is run at the start, and now and then.
func (s *Service) LearnPasswords(ctx context.Context) error {
	counts, err := s.store.PasswordParams(ctx)
	if err != nil {
		return err
	}
	stored := make(map[password.Params]int64, len(counts))
	for text, count := range counts {
		if params, err := password.ParseParams(text); err == nil { // others are refused at sign-in, and tell so there
			stored[params] = count
		}
	}
	s.passwords.Resemble(stored)
	return nil
}

// putOff takes a try back that there was no room to look at, and has the client come back with it. It passes on every
// other error, and none.
func (s *Service) putOff(ctx context.Context, try *try, err error) error {
	if !errors.Is(err, password.ErrBusy) {
		return err
	}
	return errors.Join(err, s.store.Touch(ctx, func(tx *db.Tx) error { return try.takeBack(ctx, tx, db.At(s.now())) }))
}

// rehash stores a password under the parameters of now. A busy moment puts it off to the next sign-in. Of several sign-ins at
// once one stores its hash, and the others go on all the same.
func (s *Service) rehash(ctx context.Context, user *db.User, right string) error {
	hash, err := s.passwords.Hash(ctx, right)
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
