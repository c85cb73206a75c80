package signin

import (
	"context"
	"errors"
	"strings"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/throttle"
)

// person is whom somebody says they are. One that does not exist has empty rows, with which every question to the
// database is asked all the same.
type person struct {
	account *db.Account
	user    *db.User
	subject *access.Subject
}

// find looks an account and a user up by what was typed.
func (s *Service) find(ctx context.Context, handle, loginName string) (*person, error) {
	who := &person{account: &db.Account{}, user: &db.User{}}
	if handle = text.Key(strings.TrimSpace(handle)); !text.IsHandle(handle) {
		handle = ""
	}
	if loginName = strings.TrimSpace(loginName); !text.IsLoginName(loginName) {
		loginName = ""
	}
	account, err := s.store.AccountByHandle(ctx, handle)
	if err == nil {
		who.account = account
	} else if !errors.Is(err, db.ErrNotFound) {
		return nil, err
	}
	user, err := s.store.UserByLoginName(ctx, who.account.ID, loginName)
	if err == nil {
		who.user = user
	} else if !errors.Is(err, db.ErrNotFound) {
		return nil, err
	}
	return who, nil
}

// load reads what is asked of the person at the door.
func (s *Service) load(ctx context.Context, who *person) (err error) {
	who.subject, err = access.LoadSubject(ctx, s.deciding.Reader, s.catalogue, who.account, who.user)
	return err
}

// device returns the throttle key of the client's device if the user has signed in with it before, and otherwise nothing.
func (s *Service) device(ctx context.Context, client Client, user *db.User) (string, error) {
	if client.DeviceToken == "" {
		return "", nil
	}
	has, err := s.store.HasDevice(ctx, user.ID, client.DeviceToken.Hash(), db.At(s.now().Add(-DeviceLifetime)))
	if !has || err != nil {
		return "", err
	}
	return throttle.DeviceKey(client.DeviceToken), nil
}

// unchanged reads a person's rows again in the transaction that is to act on a proof. The transaction has the account's lock,
// so that no other change of the account can come between. It returns errChanged when the proof no longer counts: somebody has been deactivated or given another
// password in the meantime.
func unchanged(ctx context.Context, tx *db.Tx, who *person) (*person, error) {
	account, err := tx.AccountByID(ctx, who.account.ID)
	if err != nil {
		return nil, err
	}
	user, err := tx.UserByID(ctx, who.account.ID, who.user.ID)
	if err != nil {
		return nil, err
	}
	if user.Status != db.Active || user.PasswordVersion != who.user.PasswordVersion {
		return nil, errChanged
	}
	return &person{account: account, user: user, subject: who.subject}, nil
}

// errChanged ends a transaction whose proof no longer counts.
var errChanged = errors.New("signin: the user has changed in the meantime")

func wrongCredentials(path string) error {
	return problem.New(problem.WrongCredentials, "sign_in.wrong_credentials", path)
}

func challengeExpired() error {
	return problem.New(problem.ChallengeExpired, "challenge.expired", "challengeToken")
}
