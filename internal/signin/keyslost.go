package signin

import (
	"context"
	"errors"
	"slices"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// LostKeys is what a key file that is lost for good leaves behind.
type LostKeys struct {
	// Names are the keys that the database knows and the key file does not have.
	Names []string
	// Users have second factors or recovery codes under such keys, which are of no use any more.
	Users []*db.User
}

// FindLostKeys looks for what does not open under the present key file.
func (s *Service) FindLostKeys(ctx context.Context) (*LostKeys, error) {
	known, err := s.store.SealingKeys(ctx)
	if err != nil {
		return nil, err
	}
	lost, present := new(LostKeys), s.keys.Names()
	for _, key := range known {
		if key.DroppedAt == 0 && !slices.Contains(present, key.Label) {
			lost.Names = append(lost.Names, key.Label)
		}
	}
	users, err := s.store.UsersWithRecoveryCodesUnder(ctx, lost.Names)
	if err != nil {
		return nil, err
	}
	sealed, err := s.store.Sealed(ctx)
	if err != nil {
		return nil, err
	}
	for _, row := range sealed {
		if _, err := s.keys.Open(row.Secret, row.Place()...); errors.Is(err, secret.ErrSealed) {
			users = append(users, row.UserID)
		}
	}
	slices.Sort(users)
	lost.Users, err = s.store.UsersOfAllAccounts(ctx, slices.Compact(users))
	return lost, err
}

// ForgetLostKeys has the database ask for the lost keys no longer. What was under them must be gone by then.
func (s *Service) ForgetLostKeys(ctx context.Context, lost *LostKeys) error {
	return s.store.Touch(ctx, func(tx *db.Tx) error {
		now := db.At(s.now())
		if err := tx.LockKeys(ctx); err != nil {
			return err
		}
		users := make([]typeid.ID, len(lost.Users))
		for i, user := range lost.Users {
			users[i] = user.ID
		}
		for _, id := range users {
			if err := tx.DeleteChallengesOf(ctx, id); err != nil { // enrolments under way
				return err
			}
		}
		if err := tx.DropLostSealingKeys(ctx, lost.Names, now); err != nil {
			return err
		}
		return tx.AdmitKeys(ctx, s.keys, now)
	})
}
