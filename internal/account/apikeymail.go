package account

import (
	"context"
	"errors"
	"net/netip"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// warningDays are how many days before a key expires its user is told, the last warning first.
var warningDays = []int{1, 3, 14}

// warnedAtOnce bounds how many warnings one transaction queues.
const warnedAtOnce = 200

// WarnOfExpiringKeys tells users by mail of keys that expire in 14, 3 and 1 days: each once, by one instance, and none that
// was rotated. It is run now and then; whoever runs it late tells the last warning only.
func (s *Service) WarnOfExpiringKeys(ctx context.Context) error {
	for _, days := range warningDays {
		for {
			told, err := s.warnOfKeys(ctx, days)
			if err != nil || told < warnedAtOnce {
				if err != nil {
					return err
				}
				break
			}
		}
	}
	return nil
}

func (s *Service) warnOfKeys(ctx context.Context, days int) (told int, err error) {
	now := db.At(s.now())
	err = s.store.Touch(ctx, func(tx *db.Tx) error {
		keys, err := tx.ExpiringAPIKeys(ctx, now, now.Add(time.Duration(days)*day), days, warnedAtOnce)
		if err != nil {
			return err
		}
		told = len(keys)
		for _, key := range keys {
			switch err := tx.WarnedOfAPIKey(ctx, key, days); {
			case errors.Is(err, db.ErrNotFound):
				continue // another instance tells it
			case err != nil:
				return err
			}
			message := mail.KeyExpires{Description: key.Description, Hint: key.Hint, ExpiresAt: key.ExpiresAt.Time()}
			if err := s.mailAboutKey(ctx, tx, key, message); err != nil {
				return err
			}
		}
		return nil
	})
	return told, err
}

// TellOfNewAddress tells a user by mail that a key of theirs was used from an address where it was not seen before. It is
// an [access.NewAddress].
func (s *Service) TellOfNewAddress(ctx context.Context, tx *db.Tx, accountID, keyID typeid.ID, ip netip.Addr, at db.Time) error {
	key, err := tx.APIKeyByID(ctx, accountID, keyID)
	if err != nil {
		return err
	}
	return s.mailAboutKey(ctx, tx, key, mail.KeyUsedFromNewAddress{Description: key.Description, Hint: key.Hint, IP: ip, At: at.Time()})
}

// tellOfKey tells a user by mail what somebody has done to one of their keys.
func (a *attempt) tellOfKey(ctx context.Context, tx *db.Tx, event mail.KeyEvent, key *db.APIKey, user *db.User) error {
	return a.mailTo(ctx, tx, user, mail.KeyChanged{Event: event, Hint: key.Hint, By: a.by(user), IP: a.ip(user)})
}

func (s *Service) mailAboutKey(ctx context.Context, tx *db.Tx, key *db.APIKey, message mail.Message) error {
	account, err := tx.AccountByID(ctx, key.AccountID)
	if err != nil {
		return err
	}
	user, err := tx.UserByID(ctx, key.AccountID, key.UserID)
	if err != nil || user.Status == db.Deactivated {
		return err
	}
	return s.mail.Queue(ctx, tx, mail.To(account, user), message)
}
