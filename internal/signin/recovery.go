package signin

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"strings"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

const (
	recoveryCodes    = 10
	recoveryCodeSize = 5 // bytes: 40 bits in eight characters, behind the throttle
)

// Crockford's base32 has no i, l, o and u, which are taken for digits or make words.
var recoveryEncoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz")

// newRecoveryCodes makes codes as people see them, "7kq2-m4xd".
func newRecoveryCodes() []string {
	codes := make([]string, recoveryCodes)
	for i := range codes {
		random := make([]byte, recoveryCodeSize)
		rand.Read(random) // never fails
		code := recoveryEncoding.EncodeToString(random)
		codes[i] = code[:4] + "-" + code[4:]
	}
	return codes
}

// recoveryReader reads the letters that codes do not have as the digits that they were taken for.
var recoveryReader = strings.NewReplacer("o", "0", "i", "1", "l", "1")

// recoveryParts are what is digested of a code, under a key of the key file: it is too short for a bare hash.
func recoveryParts(userID typeid.ID, code string) []string {
	return []string{"recovery_codes", string(userID), recoveryReader.Replace(text.LettersAndDigits(code))}
}

// replaceRecoveryCodes gives a user ten new codes in place of the old ones.
func (s *Service) replaceRecoveryCodes(ctx context.Context, tx *db.Tx, userID typeid.ID) ([]string, error) {
	key, err := tx.SealingKey(ctx, s.keys, db.At(s.now()))
	if err != nil {
		return nil, err
	}
	codes := newRecoveryCodes()
	hashes := make([][]byte, len(codes))
	for i, code := range codes {
		hashes[i] = key.MAC(recoveryParts(userID, code)...)
	}
	return codes, tx.SetRecoveryCodes(ctx, userID, hashes, db.At(s.now()))
}

func (s *Service) recoveryProof(client Client, code string) proof {
	return func(ctx context.Context, who *person) (func(*db.Tx) error, error) {
		return func(tx *db.Tx) error {
			hashes := s.keys.MACs(recoveryParts(who.user.ID, code)...)
			if err := usedUp(tx.UseRecoveryCode(ctx, who.user.ID, hashes)); err != nil {
				return err
			}
			left, err := tx.RecoveryCodeCountByUser(ctx, []typeid.ID{who.user.ID})
			if err != nil {
				return err
			}
			return s.mail.Queue(ctx, tx, mail.To(who.account, who.user), mail.RecoveryCodeUsed{Remaining: left[who.user.ID], IP: client.IP})
		}, nil
	}
}
