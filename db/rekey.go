package db

import (
	"context"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// rekeyEmails writes the keys of addresses by the form of their domains that IDNA lookup gives. Of two users of an account whose
// addresses become the same one keeps its old key: both go on as they are until somebody changes one of them.
func rekeyEmails(ctx context.Context, tx *Tx) error {
	type row struct {
		ID, AccountID typeid.ID
		Kind          UserKind
		Email         string
		EmailKey      string
	}
	last := typeid.ID("")
	for {
		var rows []row
		err := tx.idb.NewSelect().Table("users").Column("id", "account_id", "kind", "email", "email_key").
			Where("id > ?", last).Order("id").Limit(rekeyedAtOnce).Scan(ctx, &rows)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, row := range rows {
			last = row.ID
			user := User{ID: row.ID, Kind: row.Kind, Email: row.Email}
			user.fold()
			if user.EmailKey == row.EmailKey {
				continue
			}
			taken, err := tx.idb.NewSelect().Table("users").Where("account_id = ?", row.AccountID).Where("email_key = ?", user.EmailKey).Exists(ctx)
			if err != nil {
				return err
			}
			if taken {
				continue
			}
			if _, err := tx.idb.NewUpdate().Table("users").Set("email_key = ?", user.EmailKey).Where("id = ?", row.ID).Exec(ctx); err != nil {
				return err
			}
		}
	}
}

const rekeyedAtOnce = 1000
