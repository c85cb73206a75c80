package db_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// A backup taken from an open database restores to the same content; it replaces nothing, and a damaged one is refused.
func TestBackupAndRestore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		ctx, folder := t.Context(), t.TempDir()
		err := store.Touch(ctx, func(tx *db.Tx) error {
			return tx.CreateAccount(ctx, &db.Account{ID: typeid.New("account"), Handle: "acme", Name: "Acme"})
		})
		if err != nil {
			t.Fatal(err)
		}
		backup := filepath.Join(folder, "backup.db")
		err = store.Backup(ctx, backup)
		if errors.Is(err, db.ErrBackupPostgres) {
			if db.Restore(ctx, backup, "postgres://localhost/x") == nil {
				t.Error("a restore into PostgreSQL is not refused")
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(backup); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode of the backup: %v, %v", info.Mode(), err)
		}
		if store.Backup(ctx, backup) == nil {
			t.Error("a second backup replaces the first")
		}

		address := "sqlite:" + filepath.Join(folder, "new", "gatehouse.db")
		if err := db.Restore(ctx, backup, address); err != nil {
			t.Fatal(err)
		}
		restored, err := db.Open(ctx, address)
		if err != nil {
			t.Fatal(err)
		}
		defer restored.Close()
		if _, err := restored.AccountByHandle(ctx, "acme"); err != nil {
			t.Errorf("the account is not in the restored database: %v", err)
		}
		if db.Restore(ctx, backup, address) == nil {
			t.Error("a restore replaces a database")
		}

		content, err := os.ReadFile(backup)
		if err != nil {
			t.Fatal(err)
		}
		damaged := filepath.Join(folder, "damaged.db")
		if err := os.WriteFile(damaged, content[:len(content)/2], 0o600); err != nil {
			t.Fatal(err)
		}
		if db.Restore(ctx, damaged, "sqlite:"+filepath.Join(folder, "other.db")) == nil {
			t.Error("half a backup is restored")
		}
	})
}
