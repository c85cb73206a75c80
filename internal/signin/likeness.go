package signin

import (
	"context"
	"encoding/binary"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/password"
)

// paramsLike returns the parameters of a password hash that whoever has a name might have: names that do not exist are
// hashed as mixed as those of the same account that do, at every moment and on every instance, and each name always alike
// (product rule 7). Where the account does not exist either, that is the mixture of all accounts.
func (s *Service) paramsLike(ctx context.Context, account *db.Account, name string) (password.Params, error) {
	counts, err := s.store.PasswordParams(ctx, account.ID)
	if err != nil {
		return password.Params{}, err
	}
	s.background.learn.Store(true)
	mixture := password.Mix(parseParams(counts))
	if account.ID == "" {
		if all := s.stored.Load(); all != nil {
			mixture = *all
		}
	}
	return mixture.Draw(s.lot(name)), nil
}

// lot is what a name draws among the parameters of stored hashes, for as long as the key file stays.
func (s *Service) lot(name string) uint64 {
	mac := s.keys.MAC("password parameters", name)
	return binary.BigEndian.Uint64(mac[len(mac)-8:])
}

// LearnPasswords sees with which parameters the passwords of all accounts are stored. It is run at the start, and with the
// next batch of background work after each sign-in.
func (s *Service) LearnPasswords(ctx context.Context) error {
	counts, err := s.store.AllPasswordParams(ctx)
	if err != nil {
		return err
	}
	mixture := password.Mix(parseParams(counts))
	s.stored.Store(&mixture)
	return nil
}

func parseParams(counts map[string]int64) map[password.Params]int64 {
	stored := make(map[password.Params]int64, len(counts))
	for text, count := range counts {
		if params, err := password.ParseParams(text); err == nil { // others are refused at sign-in, which tells
			stored[params] = count
		}
	}
	return stored
}
