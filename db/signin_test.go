package db_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// person adds an account with one user.
func person(t *testing.T, store *db.DB) *db.User {
	t.Helper()
	account := &db.Account{ID: typeid.New("account"), Handle: "acme"}
	user := &db.User{ID: typeid.New("user"), AccountID: account.ID, LoginName: "jane", Email: "jane@acme.example"}
	touch(t, store, func(ctx context.Context, tx *db.Tx) error {
		return errors.Join(tx.CreateAccount(ctx, account), tx.CreateUser(ctx, user))
	})
	return user
}

func touch(t *testing.T, store *db.DB, fn func(ctx context.Context, tx *db.Tx) error) {
	t.Helper()
	if err := store.Touch(t.Context(), func(tx *db.Tx) error { return fn(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// What was typed may be of any length, and a password in the wrong field: it does not stand in a key as it is.
func TestNameThrottleHidesWhatIsNoName(t *testing.T) {
	if got := db.NameThrottle(" ACME\t", "\u00a0Jane "); got != "name:acme/jane" {
		t.Errorf("key of a name: %s", got)
	}
	for _, typed := range []string{"", "a secret with spaces", "\x00\xff", strings.Repeat("x", 1<<20)} {
		key := db.NameThrottle("acme", typed)
		if len(key) > 80 || typed != "" && strings.Contains(key, typed) {
			t.Errorf("key of %.20q: %.100s", typed, key)
		}
	}
}

// Rule 5: a newer link ends a user's older ones, whatever they were for, and nobody else's.
func TestNewLinkEndsOlderOnes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		user, john := person(t, store), typeid.New("user")
		touch(t, store, func(ctx context.Context, tx *db.Tx) error {
			return tx.CreateUser(ctx, &db.User{ID: john, AccountID: user.AccountID, Kind: db.Personal, LoginName: "john", Name: "John", Email: "john@acme.example", Language: db.English, Status: db.Active})
		})
		add := func(hash string, purpose db.LinkPurpose, userID typeid.ID) {
			link := &db.Link{ID: typeid.New("link"), TokenHash: []byte(hash), Purpose: purpose, UserID: userID, ExpiresAt: 10}
			touch(t, store, func(ctx context.Context, tx *db.Tx) error { return tx.CreateLink(ctx, link) })
		}
		add("reset 1", db.ResetLink, user.ID)
		add("confirm", db.ConfirmEmailLink, user.ID)
		add("john's", db.ConfirmEmailLink, john)
		add("set-up 1", db.SetUpLink, "")
		add("reset 2", db.ResetLink, user.ID)
		add("set-up 2", db.SetUpLink, "")
		for hash, lives := range map[string]bool{"reset 1": false, "reset 2": true, "confirm": false, "john's": true, "set-up 1": false, "set-up 2": true} {
			_, err := store.LinkByToken(t.Context(), []byte(hash), 9, db.ResetLink, db.ConfirmEmailLink, db.SetUpLink)
			if lives != (err == nil) {
				t.Errorf("%s: %v", hash, err)
			}
		}
		for _, asked := range []struct {
			now     db.Time
			purpose db.LinkPurpose
		}{{10, db.ResetLink}, {9, db.InvitationLink}} {
			if _, err := store.LinkByToken(t.Context(), []byte("reset 2"), asked.now, asked.purpose); !errors.Is(err, db.ErrNotFound) {
				t.Errorf("at %d for %s: %v", asked.now, asked.purpose, err)
			}
		}
	})
}

func TestChallengeEndsWithItsSession(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		user := person(t, store)
		session := &db.Session{ID: typeid.New("session"), TokenHash: []byte("s"), AccountID: user.AccountID, UserID: user.ID}
		begin := func(hash string) *db.Challenge {
			challenge := &db.Challenge{
				ID: typeid.New("challenge"), TokenHash: []byte(hash), Purpose: db.StepUpChallenge, AccountID: user.AccountID, UserID: user.ID,
				SessionID: session.ID, ExpiresAt: 10,
			}
			touch(t, store, func(ctx context.Context, tx *db.Tx) error { return tx.CreateChallenge(ctx, challenge) })
			return challenge
		}
		touch(t, store, func(ctx context.Context, tx *db.Tx) error { return tx.CreateSession(ctx, session, 50) })
		begin("first")
		begin("second")
		if _, err := store.ChallengeByToken(t.Context(), []byte("first"), 9, db.StepUpChallenge); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("the one that was replaced: %v", err)
		}
		touch(t, store, func(ctx context.Context, tx *db.Tx) error { return tx.DeleteSession(ctx, session.ID) })
		if _, err := store.ChallengeByToken(t.Context(), []byte("second"), 9, db.StepUpChallenge); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("after its session: %v", err)
		}
	})
}

func TestTOTPStepIsTakenOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		user := person(t, store)
		method := &db.TOTPMethod{Factor: db.Factor{ID: typeid.New("totp"), UserID: user.ID}, Secret: []byte{0}, LastStep: 5}
		touch(t, store, func(ctx context.Context, tx *db.Tx) error { return tx.CreateFactor(ctx, method) })
		for _, take := range []struct {
			step int64
			ok   bool
		}{{5, false}, {6, true}, {6, false}, {8, true}, {7, false}} {
			err := store.Touch(t.Context(), func(tx *db.Tx) error { return tx.TakeTOTPStep(t.Context(), method.ID, take.step, 1) })
			if take.ok != (err == nil) || err != nil && !errors.Is(err, db.ErrNotFound) {
				t.Errorf("step %d: %v", take.step, err)
			}
		}
	})
}
