package db

import (
	"context"
	"encoding/hex"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Sealed is a secret that stands in a row under a key of the key file.
type Sealed struct {
	Table      string `bun:"-"`
	ID, UserID typeid.ID
	Secret     []byte
}

// Place is what the secret is bound to.
func (s *Sealed) Place() []string { return []string{s.Table, string(s.ID), string(s.UserID)} }

// Sealed returns everything that is sealed, of all accounts: authenticator apps, and those whose enrolment has begun.
func (r Reader) Sealed(ctx context.Context) ([]*Sealed, error) {
	var all []*Sealed
	for table, query := range map[string]*bun.SelectQuery{
		"totp_methods": r.idb.NewSelect().Table("totp_methods"),
		"challenges":   r.idb.NewSelect().Table("challenges").Where("purpose = ?", EnrolTOTPChallenge),
	} {
		var rows []*Sealed
		if err := query.Column("id", "user_id", "secret").Scan(ctx, &rows); err != nil {
			return nil, translate(err)
		}
		for _, row := range rows {
			row.Table = table
		}
		all = append(all, rows...)
	}
	return all, nil
}

// Reseal writes the same secret under another key. The row may be gone meanwhile.
func (tx *Tx) Reseal(ctx context.Context, sealed *Sealed, secret []byte) error {
	_, err := tx.idb.NewUpdate().Table(sealed.Table).Set("secret = ?", secret).Where("id = ?", sealed.ID).Exec(ctx)
	return translate(err)
}

// LockKeys makes programs that change the key file wait for each other until the transaction has ended. SQLite has one
// writer at a time anyway.
func (tx *Tx) LockKeys(ctx context.Context) error {
	if !tx.postgres() {
		return nil
	}
	_, err := tx.idb.ExecContext(ctx, "SELECT pg_advisory_xact_lock(7310868735424)")
	return translate(err)
}

// UsersWithOldRecoveryCodes returns the users, of all accounts, who have recovery codes under another key than the one
// with a label.
func (r Reader) UsersWithOldRecoveryCodes(ctx context.Context, label []byte) ([]*User, error) {
	var users []*User
	err := r.idb.NewSelect().Model(&users).
		Where("id IN (?)", notUnder(r.idb.NewSelect().Model((*RecoveryCode)(nil)).Column("user_id"), "code_hash", label)).
		Order("account_id", "login_key").Scan(ctx)
	return users, translate(err)
}

// OldAnswers counts the answers to requests with an idempotency key, created since an instant, whose digest is under
// another key than the one with a label.
func (r Reader) OldAnswers(ctx context.Context, label []byte, since Time) (int64, error) {
	n, err := notUnder(r.idb.NewSelect().Model((*IdempotentAnswer)(nil)).Where("created_at > ?", since), "digest", label).Count(ctx)
	return n, translate(err)
}

// notUnder picks digests of another key than the one with a label; a digest without any label is known by its length.
func notUnder(query *bun.SelectQuery, column string, label []byte) *bun.SelectQuery {
	return query.Where("length(?0) <> ?1 OR substr(?0, 1, ?2) <> ?3", bun.Ident(column), secret.MACSize, len(label), label)
}

// UsersWithRecoveryCodesUnder returns the IDs of the users, of all accounts, who have recovery codes under one of the keys.
func (r Reader) UsersWithRecoveryCodesUnder(ctx context.Context, labels []string) ([]typeid.ID, error) {
	var users []typeid.ID
	for _, name := range labels {
		label, err := hex.DecodeString(name)
		if err != nil {
			return nil, err
		}
		var some []typeid.ID
		err = r.idb.NewSelect().Model((*RecoveryCode)(nil)).ColumnExpr("DISTINCT user_id").Where("length(code_hash) = ?", secret.MACSize).
			Where("substr(code_hash, 1, ?) = ?", len(label), label).Scan(ctx, &some)
		if err != nil {
			return nil, translate(err)
		}
		users = append(users, some...)
	}
	return users, nil
}

// UsersOfAllAccounts finds users by their IDs, of whichever accounts.
func (r Reader) UsersOfAllAccounts(ctx context.Context, ids []typeid.ID) ([]*User, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var users []*User
	err := r.idb.NewSelect().Model(&users).Where("id IN (?)", bun.List(ids)).Order("account_id", "login_key").Scan(ctx)
	return users, translate(err)
}
