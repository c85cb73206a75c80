package signin

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
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
	lot, err := s.lot(ctx, name)
	return mixture.Draw(lot), err
}

// lot is what a name draws among the parameters of stored hashes. It depends on the first key that the installation had, which
// no rotation changes: a name that does not exist goes on being answered as it was.
func (s *Service) lot(ctx context.Context, name string) (uint64, error) {
	seed := s.lotSeed.Load()
	if seed == nil {
		first, err := s.firstKeyCheck(ctx)
		if err != nil {
			return 0, err
		}
		seed = &first
		s.lotSeed.Store(seed)
	}
	mac := hmac.New(sha256.New, *seed)
	mac.Write([]byte(name))
	return binary.BigEndian.Uint64(mac.Sum(nil)), nil
}

// firstKeyCheck is the check value of the first key that the installation had.
func (s *Service) firstKeyCheck(ctx context.Context) ([]byte, error) {
	known, err := s.store.SealingKeys(ctx)
	if err != nil {
		return nil, err
	}
	if len(known) > 0 {
		return known[0].CheckValue, nil
	}
	all := s.keys.All()
	return all[len(all)-1].Check(), nil
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
