package signin

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// answersLive is for how long answers to requests with an idempotency key are remembered (product rule 14).
const answersLive = 24 * time.Hour

// KeyReport says how things stand with the keys of the key file.
type KeyReport struct {
	// Keys are their labels in hexadecimal, the newest first.
	Keys []string
	// Resealed counts what was sealed anew under the newest.
	Resealed int
	KeyRemains
}

// KeyRemains is what is still under older keys, which cannot be put under another one but has to go away by itself.
type KeyRemains struct {
	// Holders are users with such recovery codes, until they make new ones.
	Holders []string
	// Answers counts remembered answers, for 24 hours at most.
	Answers int64
	// Sealed counts secrets that a server has sealed under an older key since; the next attempt seals them anew.
	Sealed int
}

// None says whether the older keys are of no use any more.
func (r KeyRemains) None() bool { return len(r.Holders) == 0 && r.Answers == 0 && r.Sealed == 0 }

// RotateKeys puts a new key on top of the key file and seals everything anew under it, for all accounts at once.
//
// The key stands in the file before anything is under it: should the database fail then, an unused key is in the file,
// and nothing is lost.
func (s *Service) RotateKeys(ctx context.Context) (*KeyReport, error) {
	report := new(KeyReport)
	err := s.changeKeys(ctx, func(tx *db.Tx) error {
		sealed, err := tx.Sealed(ctx)
		if err != nil {
			return err
		}
		for _, row := range sealed { // or this is another installation's key file
			if _, err := s.keys.Open(row.Secret, row.Place()...); err != nil {
				return fmt.Errorf("%s %s: %w", row.Table, row.ID, err)
			}
		}
		if err := s.keys.Add(); err != nil {
			return err
		}
		report.Resealed, err = s.reseal(ctx, tx, sealed)
		return err
	})
	if err != nil {
		return nil, err
	}
	return report, s.describe(ctx, s.store.Reader, report)
}

// DropOldKeys leaves the newest key alone in the key file, unless something remains under an older one. What can be sealed
// anew is, and is committed before the keys go: there is never a moment at which a failure loses something.
func (s *Service) DropOldKeys(ctx context.Context) (*KeyReport, error) {
	report := new(KeyReport)
	err := s.store.Touch(ctx, func(tx *db.Tx) error {
		if err := tx.LockKeys(ctx); err != nil {
			return err
		}
		sealed, err := tx.Sealed(ctx)
		if err != nil {
			return err
		}
		report.Resealed, err = s.reseal(ctx, tx, sealed)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = s.changeKeys(ctx, func(tx *db.Tx) error {
		if err := s.describe(ctx, tx.Reader, report); err != nil || !report.None() || len(report.Keys) == 1 {
			return err
		}
		if err := s.keys.DropOld(); err != nil {
			return err
		}
		report.Keys = s.keys.Names()
		return nil
	})
	if err != nil {
		return nil, err
	}
	return report, nil
}

// changeKeys runs a change of the key file, one at a time on all machines, and tells every account of it. The secrets
// themselves stay what they are, so it is bookkeeping to the database; without any account nobody is told.
func (s *Service) changeKeys(ctx context.Context, change func(tx *db.Tx) error) error {
	return s.store.Touch(ctx, func(tx *db.Tx) error {
		if err := tx.LockKeys(ctx); err != nil {
			return err
		}
		before := s.keys.Names()
		if err := change(tx); err != nil {
			return err
		}
		changes := audit.Change("keys", before, s.keys.Names())
		if len(changes) == 0 {
			return nil
		}
		accounts, err := tx.Accounts(ctx)
		if err != nil {
			return err
		}
		for _, account := range accounts {
			err := audit.Record(ctx, tx, s.now(), audit.Event{
				AccountID: account.ID, Actor: audit.System, Action: audit.AccountRotateKeys,
				Target: audit.Target{ID: account.ID, Name: account.Handle}, Changes: changes,
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// reseal seals anew what is not under the newest key, and counts it.
func (s *Service) reseal(ctx context.Context, tx *db.Tx, sealed []*db.Sealed) (int, error) {
	count := 0
	for _, row := range sealed {
		fresh, err := s.keys.Reseal(row.Secret, row.Place()...)
		if err != nil {
			return 0, fmt.Errorf("%s %s: %w", row.Table, row.ID, err)
		}
		if bytes.Equal(fresh, row.Secret) {
			continue
		}
		if err := tx.Reseal(ctx, row, fresh); err != nil {
			return 0, err
		}
		count++
	}
	return count, nil
}

// describe fills in which keys there are and what remains under the older ones.
func (s *Service) describe(ctx context.Context, r db.Reader, report *KeyReport) error {
	label := s.keys.Label()
	report.Keys, report.KeyRemains = s.keys.Names(), KeyRemains{}
	sealed, err := r.Sealed(ctx)
	if err != nil {
		return err
	}
	for _, row := range sealed {
		fresh, err := s.keys.Reseal(row.Secret, row.Place()...)
		if err != nil {
			return fmt.Errorf("%s %s: %w", row.Table, row.ID, err)
		}
		if !bytes.Equal(fresh, row.Secret) {
			report.Sealed++
		}
	}
	if report.Answers, err = r.OldAnswers(ctx, label, db.At(s.now().Add(-answersLive))); err != nil {
		return err
	}
	users, err := r.UsersWithOldRecoveryCodes(ctx, label)
	if err != nil {
		return err
	}
	accounts, err := r.Accounts(ctx)
	if err != nil {
		return err
	}
	byID := make(map[typeid.ID]*db.Account, len(accounts))
	for _, account := range accounts {
		byID[account.ID] = account
	}
	for _, user := range users {
		report.Holders = append(report.Holders, access.QualifiedName(byID[user.AccountID], user))
	}
	return nil
}
