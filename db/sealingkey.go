package db

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/secret"
)

// SealingKey is what the database knows of a key of the key file: enough to know it again, and whether it seals.
type SealingKey struct {
	bun.BaseModel `bun:"table:sealing_keys,alias:sealing"`

	Label      string `bun:",pk"` // in hexadecimal
	CheckValue []byte // secret.Key.Check
	CreatedAt  Time
	RetiredAt  Time // zero: it may seal
	DroppedAt  Time // zero: it must be in the key file
}

// KeyFileError says that a key file does not belong to the database. It is a [secret.ErrSealed].
type KeyFileError struct {
	File    string
	Missing []string // names of keys that the file must have
	Reason  string   // where no key is missing
}

func (e *KeyFileError) Error() string {
	why := e.Reason
	if len(e.Missing) > 0 {
		why = "it lacks the key " + strings.Join(e.Missing, ", ") + ", under which secrets of users are stored"
	}
	return fmt.Sprintf("the key file %s does not belong to this database: %s; put back the key file that was saved together with "+
		"the database, or copy the one of another server of this installation", e.File, why)
}

// Unwrap returns [secret.ErrSealed].
func (e *KeyFileError) Unwrap() error { return secret.ErrSealed }

// errKeyRetired says that a key must not seal any more.
var errKeyRetired = errors.New("db: the key is retired")

// SealingKeys returns all keys that the key file has or had, the oldest first.
func (r Reader) SealingKeys(ctx context.Context) ([]*SealingKey, error) {
	var keys []*SealingKey
	err := r.idb.NewSelect().Model(&keys).Order("created_at", "label").Scan(ctx)
	return keys, translate(err)
}

// NeedsKeyFile says whether something in the database is of use only with the key file that it was written with.
func (r Reader) NeedsKeyFile(ctx context.Context) (needs bool, err error) {
	err = r.idb.NewRaw("SELECT EXISTS (SELECT 1 FROM sealing_keys WHERE dropped_at = 0) OR EXISTS (SELECT 1 FROM totp_methods)"+
		" OR EXISTS (SELECT 1 FROM recovery_codes)").Scan(ctx, &needs)
	return needs, translate(err)
}

// SealingKey returns the newest key of the key file for what the transaction is to store under it. Until the transaction has
// ended the key is not retired, and so not dropped: what it stores can be read as long as it stands. A [KeyFileError] says that
// the file is not, or no longer, the database's.
func (tx *Tx) SealingKey(ctx context.Context, keys *secret.Keys, now Time) (*secret.Key, error) {
	for range 3 { // a retired key is found in a file that was read too early, an unknown one is made known
		key := keys.Newest()
		err := tx.holdSealingKey(ctx, key)
		switch {
		case err == nil:
			return key, nil
		case errors.Is(err, ErrNotFound):
			err = tx.AdmitKeys(ctx, keys, now)
		case errors.Is(err, errKeyRetired):
			err = keys.Reload()
		}
		if err != nil {
			return nil, err
		}
	}
	return nil, &KeyFileError{File: keys.File(), Reason: "its newest key, " + keys.Newest().Name() + ", was replaced by a newer one"}
}

// holdSealingKey waits for a change of the key's row that is under way, and makes later ones wait.
func (tx *Tx) holdSealingKey(ctx context.Context, key *secret.Key) error {
	row := new(SealingKey)
	query := tx.idb.NewSelect().Model(row).Where("label = ?", key.Name())
	if tx.postgres() { // SQLite has one writer at a time anyway
		query = query.For("SHARE")
	}
	if err := query.Scan(ctx); err != nil {
		return translate(err)
	}
	if row.RetiredAt != 0 {
		return errKeyRetired
	}
	if !bytes.Equal(row.CheckValue, key.Check()) {
		return ErrNotFound // another key of the same label, which AdmitKeys refuses
	}
	return nil
}

// AdmitKeys compares a key file with the database and makes its new keys known. It returns a [KeyFileError] where the file is
// another installation's, or older or newer than the database.
func (tx *Tx) AdmitKeys(ctx context.Context, keys *secret.Keys, now Time) error {
	known, err := tx.SealingKeys(ctx)
	if err != nil {
		return err
	}
	inFile := map[string]*secret.Key{}
	for _, key := range keys.All() {
		inFile[key.Name()] = key
	}
	refusal := &KeyFileError{File: keys.File()}
	registered := map[string]bool{}
	for _, row := range known {
		registered[row.Label] = true
		key := inFile[row.Label]
		switch {
		case key != nil && !bytes.Equal(key.Check(), row.CheckValue), key == nil && row.DroppedAt == 0:
			refusal.Missing = append(refusal.Missing, row.Label)
		}
	}
	if len(refusal.Missing) > 0 {
		return refusal
	}
	if len(known) == 0 {
		if err := tx.opensSomething(ctx, keys); err != nil {
			return err
		}
	}
	for _, key := range slices.Backward(keys.All()) {
		if registered[key.Name()] {
			continue
		}
		if err := tx.AddSealingKey(ctx, key, now); err != nil {
			return err
		}
	}
	return nil
}

// opensSomething refuses a key file under which nothing opens of what is sealed. It is for databases from before their keys were
// known.
func (tx *Tx) opensSomething(ctx context.Context, keys *secret.Keys) error {
	sealed, err := tx.Sealed(ctx)
	if err != nil || len(sealed) == 0 {
		return err
	}
	for _, row := range sealed {
		if _, err := keys.Open(row.Secret, row.Place()...); err == nil {
			return nil
		}
	}
	return &KeyFileError{File: keys.File(), Reason: "nothing that is sealed in the database opens under its keys"}
}

// AddSealingKey makes a key known. One that is known already stays as it is.
func (tx *Tx) AddSealingKey(ctx context.Context, key *secret.Key, now Time) error {
	var last Time // a key comes after those before it, whatever the clock says
	if err := tx.idb.NewSelect().Model((*SealingKey)(nil)).ColumnExpr("coalesce(max(created_at), 0)").Scan(ctx, &last); err != nil {
		return translate(err)
	}
	_, err := tx.idb.NewInsert().Model(&SealingKey{Label: key.Name(), CheckValue: key.Check(), CreatedAt: max(now, last+1)}).
		On("CONFLICT (label) DO NOTHING").Exec(ctx)
	return translate(err)
}

// RetireSealingKeys has all keys but the newest seal nothing any more. It waits for the transactions that have sealed under one
// of them.
func (tx *Tx) RetireSealingKeys(ctx context.Context, newest string, now Time) error {
	_, err := tx.idb.NewUpdate().Model((*SealingKey)(nil)).Set("retired_at = ?", now).
		Where("label <> ?", newest).Where("retired_at = 0").Exec(ctx)
	return translate(err)
}

// ReinstateSealingKeys has retired keys seal again for servers that have no newer one, as long as they are in the key file.
func (tx *Tx) ReinstateSealingKeys(ctx context.Context) error {
	_, err := tx.idb.NewUpdate().Model((*SealingKey)(nil)).Set("retired_at = 0").Where("dropped_at = 0").Where("retired_at > 0").Exec(ctx)
	return translate(err)
}

// DropSealingKeys lets retired keys leave the key file.
func (tx *Tx) DropSealingKeys(ctx context.Context, now Time) error {
	_, err := tx.idb.NewUpdate().Model((*SealingKey)(nil)).Set("dropped_at = ?", now).Where("retired_at > 0").Where("dropped_at = 0").Exec(ctx)
	return translate(err)
}

// DropLostSealingKeys lets keys that are lost be missing from the key file.
func (tx *Tx) DropLostSealingKeys(ctx context.Context, labels []string, now Time) error {
	if len(labels) == 0 {
		return nil
	}
	_, err := tx.idb.NewUpdate().Model((*SealingKey)(nil)).Set("retired_at = ?0", now).Set("dropped_at = ?0", now).
		Where("label IN (?)", bun.List(labels)).Exec(ctx)
	return translate(err)
}
