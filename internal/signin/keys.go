package signin

import (
	"bytes"
	"context"
	"fmt"
	"slices"
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
// The key is in the file, and known to the database, before anything is under it: should the database fail then, an unused key
// is in the file, and nothing is lost. The second transaction takes nothing that one which waits for the first could hold.
func (s *Service) RotateKeys(ctx context.Context) (*KeyReport, error) {
	key, err := s.keys.NewKey()
	if err != nil {
		return nil, err
	}
	err = s.withKeys(ctx, func(tx *db.Tx) error {
		sealed, err := tx.Sealed(ctx)
		if err != nil {
			return err
		}
		for _, row := range sealed {
			if _, err := s.keys.Open(row.Secret, row.Place()...); err != nil {
				return fmt.Errorf("%s %s: %w", row.Table, row.ID, err)
			}
		}
		before := slices.DeleteFunc(s.keys.Names(), func(name string) bool { return name == key.Name() })
		if err := s.recordKeys(ctx, tx, before, append([]string{key.Name()}, before...)); err != nil {
			return err
		}
		if err := tx.AddSealingKey(ctx, key, db.At(s.now())); err != nil {
			return err
		}
		return s.keys.Add(key) // last: from now on others may wait for this transaction
	})
	if err != nil {
		return nil, err
	}
	report := new(KeyReport)
	if err := s.resealAll(ctx, report); err != nil {
		return nil, err
	}
	return report, s.describe(ctx, s.store.Reader, report)
}

// DropOldKeys leaves the newest key alone in the key file, unless something remains under an older one.
//
// Each step is committed before the next. First no key but the newest may seal any more, which waits for the transactions that
// have sealed under another one. Then everything is sealed anew. Then it is looked whether anything is left, and only when
// nothing is the keys leave the file. A failure in between leaves a key too many, never one too few.
func (s *Service) DropOldKeys(ctx context.Context) (*KeyReport, error) {
	report := new(KeyReport)
	if err := s.resealAll(ctx, report); err != nil {
		return nil, err
	}
	newest := s.keys.Newest().Name()
	err := s.withKeys(ctx, func(tx *db.Tx) error { return tx.RetireSealingKeys(ctx, newest, db.At(s.now())) })
	if err != nil {
		return nil, err
	}
	if err := s.resealAll(ctx, report); err != nil {
		return nil, err
	}
	var old []string
	err = s.withKeys(ctx, func(tx *db.Tx) error {
		if err := s.describe(ctx, tx.Reader, report); err != nil {
			return err
		}
		if !report.None() || report.Keys[0] != newest {
			return tx.ReinstateSealingKeys(ctx)
		}
		if old = report.Keys[1:]; len(old) == 0 {
			return nil
		}
		if err := s.recordKeys(ctx, tx, report.Keys, report.Keys[:1]); err != nil {
			return err
		}
		return tx.DropSealingKeys(ctx, db.At(s.now()))
	})
	if err != nil || len(old) == 0 {
		return report, err
	}
	err = s.withKeys(ctx, func(*db.Tx) error { return s.keys.Remove(old...) })
	report.Keys = s.keys.Names()
	return report, err
}

// withKeys runs a transaction that changes which keys there are, one at a time on all machines. It refuses a key file of
// another installation. The secrets themselves stay what they are, so it is bookkeeping to the database.
func (s *Service) withKeys(ctx context.Context, change func(tx *db.Tx) error) error {
	return s.store.Touch(ctx, func(tx *db.Tx) error {
		if err := tx.LockKeys(ctx); err != nil {
			return err
		}
		if err := tx.AdmitKeys(ctx, s.keys, db.At(s.now())); err != nil {
			return err
		}
		return change(tx)
	})
}

// recordKeys records in every account which keys there are from now on; without any account nobody is told.
func (s *Service) recordKeys(ctx context.Context, tx *db.Tx, before, after []string) error {
	accounts, err := tx.Accounts(ctx)
	if err != nil {
		return err
	}
	for _, account := range accounts {
		err := audit.Record(ctx, tx, s.now(), audit.Event{
			AccountID: account.ID, Actor: audit.System, Action: audit.AccountRotateKeys,
			Target: audit.Target{ID: account.ID, Name: account.Handle}, Changes: audit.Change("keys", before, after),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// resealAll seals anew, in a transaction of its own, whatever is not under the newest key.
func (s *Service) resealAll(ctx context.Context, report *KeyReport) error {
	count := 0
	err := s.withKeys(ctx, func(tx *db.Tx) error {
		sealed, err := tx.Sealed(ctx)
		if err != nil {
			return err
		}
		count, err = s.reseal(ctx, tx, sealed)
		return err
	})
	report.Resealed += count
	return err
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
