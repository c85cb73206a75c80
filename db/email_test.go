package db_test

import (
	"context"
	"errors"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

func emailUser(accountID typeid.ID, kind db.UserKind, login, email string) *db.User {
	return &db.User{ID: typeid.New("user"), AccountID: accountID, Kind: kind, LoginName: login, Name: login, Email: email, Language: db.English, Status: db.Active}
}

// Rule 1: an address is unique among the account's personal users, however its domain is written; API users may share one with
// anybody. Users are found by both spellings.
func TestEmailsAreUniqueAmongPersonalUsers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		ctx := t.Context()
		account := &db.Account{ID: typeid.New("account"), Handle: "acme", Name: "Acme"}
		jane := emailUser(account.ID, db.Personal, "jane", "jane@müller.example")
		first, second := emailUser(account.ID, db.API, "first", "jane@müller.example"), emailUser(account.ID, db.API, "second", "ops@müller.example")
		touch(t, store, func(ctx context.Context, tx *db.Tx) error {
			return errors.Join(tx.CreateAccount(ctx, account), tx.CreateUser(ctx, jane), tx.CreateUser(ctx, first), tx.CreateUser(ctx, second))
		})
		for _, email := range []string{"JANE@xn--mller-kva.example", "jane@mu\u0308ller.example", "Jane@MÜLLER.example"} {
			err := store.Touch(ctx, func(tx *db.Tx) error {
				return tx.CreateUser(ctx, emailUser(account.ID, db.Personal, "john", email))
			})
			if conflict, ok := errors.AsType[*db.ConflictError](err); !ok || !conflict.On("email_key") {
				t.Errorf("%s: %v", email, err)
			}
			if _, taken, err := store.TakenByOthers(ctx, emailUser(account.ID, db.Personal, "john", email)); err != nil || !taken {
				t.Errorf("%s is not taken: %v", email, err)
			}
			if _, taken, err := store.TakenByOthers(ctx, emailUser(account.ID, db.API, "john", email)); err != nil || taken {
				t.Errorf("%s is taken for an API user: %v", email, err)
			}
			for what, find := range map[string]func() (*db.User, error){
				"by email":  func() (*db.User, error) { return store.UserByEmail(ctx, account.ID, email) },
				"looked up": func() (*db.User, error) { return store.LookUpUser(ctx, account.ID, db.UserLookup{Email: &email}, nil) },
			} {
				if found, err := find(); err != nil || found.ID != jane.ID {
					t.Errorf("%s %s: %v", what, email, err)
				}
			}
		}
		ops := "OPS@xn--mller-kva.example"
		if found, err := store.LookUpUser(ctx, account.ID, db.UserLookup{Email: &ops}, nil); err != nil || found.ID != second.ID {
			t.Errorf("the one API user with an address: %v", err)
		}
		if _, err := store.UserByEmail(ctx, account.ID, ops); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("an API user as the owner of a mailbox: %v", err)
		}
		touch(t, store, func(ctx context.Context, tx *db.Tx) error {
			return tx.CreateUser(ctx, emailUser(account.ID, db.API, "third", ops))
		})
		if _, err := store.LookUpUser(ctx, account.ID, db.UserLookup{Email: &ops}, nil); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("one of two API users with an address: %v", err)
		}
		touch(t, store, func(ctx context.Context, tx *db.Tx) error {
			return tx.CreateUser(ctx, emailUser(account.ID, db.Personal, "olga", "ops@müller.example"))
		})
		if found, err := store.LookUpUser(ctx, account.ID, db.UserLookup{Email: &ops}, nil); err != nil || found.LoginName != "olga" {
			t.Errorf("the personal user with a shared address: %v", err)
		}
	})
}

// Addresses of an older version are found by both spellings after the migration; two that have become the same stay.
func TestUpgradeRewritesKeysOfAddresses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		accountID := typeid.New("account")
		insert := func(id typeid.ID, kind, login, email string) string {
			return `INSERT INTO users VALUES ('` + string(id) + `', '` + string(accountID) + `', '` + kind + `', '` + login + `', '` + login + `', 'N', 'n', '` + email +
				`', '` + email + `', 'n', 'EN', 'ACTIVE', '', false, 0, 1, NULL, 1, 1)`
		}
		jane, bot, twin := typeid.New("user"), typeid.New("user"), typeid.New("user")
		err := store.FirstVersion(t.Context(),
			`INSERT INTO accounts VALUES ('`+string(accountID)+`', 'acme', 'Acme', 1, true, 12, 30, 12, 1, 1, 1, 1)`,
			insert(jane, "PERSONAL", "jane", "jane@müller.example"), insert(bot, "API", "bot", "bot@acme.example"),
			insert(twin, "PERSONAL", "twin", "jane@xn--mller-kva.example"),
		)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		found, err := store.UserByEmail(t.Context(), accountID, "jane@müller.example")
		if err != nil || found.ID != twin {
			t.Errorf("of two with one address: %v", err)
		}
		if _, err := store.UserByLoginName(t.Context(), accountID, "jane"); err != nil {
			t.Errorf("the other: %v", err)
		}
		touch(t, store, func(ctx context.Context, tx *db.Tx) error {
			return tx.CreateUser(ctx, emailUser(accountID, db.Personal, "owner", "bot@acme.example"))
		})
	})
}
