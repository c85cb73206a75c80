package db_test

import (
	"errors"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Rule 11: a change without its audit event does not happen.
func TestChangeWithoutEventIsRolledBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		account := &db.Account{ID: typeid.New("account"), Handle: "acme", Name: "Acme", Policy: db.AccountPolicy{PasswordMinLength: 12}}
		create := func(tx *db.Tx) error { return tx.CreateAccount(t.Context(), account) }
		if err := store.Change(t.Context(), create); !errors.Is(err, db.ErrUnaudited) {
			t.Fatalf("Change = %v, want ErrUnaudited", err)
		}
		if _, err := store.AccountByHandle(t.Context(), "acme"); !errors.Is(err, db.ErrNotFound) {
			t.Fatalf("the account is there all the same: %v", err)
		}
		err := store.Change(t.Context(), func(tx *db.Tx) error {
			if err := create(tx); err != nil {
				return err
			}
			before := "x"
			tx.RecordEvent(&db.AuditEvent{
				AccountID: account.ID, At: 1, Action: "account.create", Outcome: db.Succeeded,
				Actor: db.Actor{ActorName: "system"}, Changes: db.JSON[[]db.AuditChange]{V: []db.AuditChange{{Field: "name", Before: &before}}},
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		stored, err := store.AccountByHandle(t.Context(), "acme")
		if err != nil || stored.Name != "Acme" || stored.Policy.PasswordMinLength != 12 {
			t.Fatalf("stored account: %+v, %v", stored, err)
		}
	})
}

func TestMigrateTwiceDoesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		if ran, err := store.Migrate(t.Context()); err != nil || len(ran) != 0 {
			t.Fatalf("second Migrate ran %v, %v", ran, err)
		}
		if pending, err := store.PendingMigrations(t.Context()); err != nil || len(pending) != 0 {
			t.Fatalf("pending: %v, %v", pending, err)
		}
	})
}

// A unique constraint comes back as ConflictError with the column that it is about.
func TestConflictNamesItsColumn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		create := func() error {
			return store.Touch(t.Context(), func(tx *db.Tx) error {
				return tx.CreateAccount(t.Context(), &db.Account{ID: typeid.New("account"), Handle: "acme"})
			})
		}
		if err := create(); err != nil {
			t.Fatal(err)
		}
		conflict, ok := errors.AsType[*db.ConflictError](create())
		if !ok || !conflict.On("handle") {
			t.Fatalf("second account with the handle: %v", conflict)
		}
	})
}
