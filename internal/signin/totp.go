package signin

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// TOTP as authenticator apps agree on it (RFC 6238).
const (
	totpPeriod     = 30 * time.Second
	totpSecretSize = 20 // bytes: the length of SHA-1's output, as RFC 4226 recommends
	totpSkew       = 1  // steps before and after that are taken too (RFC 6238, section 5.2)
)

var base32Secret = base32.StdEncoding.WithPadding(base32.NoPadding)

// totpKey makes a new secret and the URI that an authenticator app reads from a QR code.
func totpKey(issuer, label string) (*otp.Key, error) {
	return totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: label, SecretSize: totpSecretSize, Rand: rand.Reader})
}

// totpStep returns the time step whose code was shown, if it is one of now and later than last. Codes are compared in
// constant time, and every step is compared.
func totpStep(key []byte, code string, now time.Time, last int64) (step int64, ok bool) {
	present := now.Unix() / int64(totpPeriod/time.Second)
	if last > present+db.TOTPStepsAhead { // by a clock that has been put back
		last = 0
	}
	for candidate := present - totpSkew; candidate <= present+totpSkew; candidate++ {
		want, err := hotp.GenerateCode(base32Secret.EncodeToString(key), uint64(candidate))
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && candidate > last && !ok {
			step, ok = candidate, true
		}
	}
	return step, ok
}

// A TOTP secret is sealed for the row that it stands in.
func challengePlace(challengeID, userID typeid.ID) []string {
	return []string{"challenges", string(challengeID), string(userID)}
}

func methodPlace(methodID, userID typeid.ID) []string {
	return []string{"totp_methods", string(methodID), string(userID)}
}

func (s *Service) totpProof(code string) proof {
	return func(ctx context.Context, who *person) (func(*db.Tx) error, error) {
		methods, keys, err := s.totpSecrets(ctx, who.user.ID)
		if err != nil {
			return nil, err
		}
		for i, method := range methods {
			if step, ok := totpStep(keys[i], text.Digits(code), s.now(), method.LastStep); ok {
				return func(tx *db.Tx) error { return usedUp(tx.TakeTOTPStep(ctx, method.ID, step, db.At(s.now()))) }, nil
			}
		}
		return nil, wrongCode
	}
}

// totpSecrets reads the authenticator apps of a user with their secrets.
func (s *Service) totpSecrets(ctx context.Context, userID typeid.ID) (methods []*db.TOTPMethod, secrets [][]byte, err error) {
	err = s.opening(func() error {
		if methods, err = s.store.TOTPMethods(ctx, userID); err != nil {
			return err
		}
		secrets = make([][]byte, len(methods))
		for i, method := range methods {
			if secrets[i], err = s.keys.Open(method.Secret, methodPlace(method.ID, userID)...); err != nil {
				return err
			}
		}
		return nil
	})
	return methods, secrets, err
}

// opening runs what reads and opens something sealed, and once more where it does not open: it may have been sealed anew, and
// its old key dropped, between the two.
func (s *Service) opening(read func() error) error {
	err := read()
	if errors.Is(err, secret.ErrSealed) {
		err = read()
	}
	return err
}

// usedUp turns "no such row" into a wrong proof: another request has taken the code.
func usedUp(err error) error {
	if errors.Is(err, db.ErrNotFound) {
		return wrongCode
	}
	return err
}
