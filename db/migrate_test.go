package db_test

import (
	"context"
	"slices"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// A database of the first version is brought up with all that stands in it.
func TestUpgradeFromFirstVersion(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		account := &db.Account{ID: typeid.New("account"), Handle: "acme"}
		user := &db.User{ID: typeid.New("user"), AccountID: account.ID, LoginName: "jane", Email: "jane@acme.example", Kind: db.Personal, Status: db.Active}
		app := &db.TOTPMethod{Factor: db.Factor{ID: typeid.New("totp"), UserID: user.ID, Name: "Phone", CreatedAt: 1}, Secret: []byte("sealed")}
		touch(t, store, func(ctx context.Context, tx *db.Tx) error { return tx.CreateAccount(ctx, account) })
		touch(t, store, func(ctx context.Context, tx *db.Tx) error { return tx.CreateUser(ctx, user) })
		touch(t, store, func(ctx context.Context, tx *db.Tx) error { return tx.CreateFactor(ctx, app) })
		if err := store.BackToFirstVersion(t.Context(), "passkeys", "spent_tokens", "access_changes"); err != nil {
			t.Fatal(err)
		}

		ran, err := store.Migrate(t.Context())
		if err != nil || !slices.Equal(ran, []string{"0002_passkeys", "0004_access_changes"}) {
			t.Fatalf("ran %v, %v", ran, err)
		}
		passkey := &db.Passkey{
			Factor:       db.Factor{ID: typeid.New("passkey"), UserID: user.ID, Name: "Laptop", CreatedAt: 2},
			CredentialID: []byte{1}, PublicKey: []byte{2}, AAGUID: make([]byte, 16), Transports: db.JSON[[]string]{V: []string{"internal"}},
		}
		touch(t, store, func(ctx context.Context, tx *db.Tx) error { return tx.CreateFactor(ctx, passkey) })
		factors, err := store.Factors(t.Context(), user.ID)
		if err != nil || len(factors) != 2 || factors[0].Of().Name != "Phone" || factors[1].Of().Name != "Laptop" {
			t.Errorf("factors %v, %v", factors, err)
		}
	})
}
