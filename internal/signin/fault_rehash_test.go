package signin

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/throttle"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// outdatedUser has rightPassword under other parameters than new hashes get.
func (h *house) outdatedUser(login string) *db.User {
	h.t.Helper()
	former, err := password.New(password.Config{Params: password.Params{Memory: 64, Time: 1, Parallelism: 2}})
	if err != nil {
		h.t.Fatal(err)
	}
	hash, err := former.Hash(h.t.Context(), password.Known(""), rightPassword)
	if err != nil {
		h.t.Fatal(err)
	}
	return h.user(login, func(u *db.User) { u.PasswordHash = hash })
}

// The right password signs in under changed hash parameters, however many sign in at once: one of them stores the new hash.
func TestFaultConcurrentSignInsUnderNewHashParameters(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for round := range 5 {
			user := h.outdatedUser(fmt.Sprint("user", round))
			var group errgroup.Group
			for range 4 {
				group.Go(func() error {
					_, err := h.signIn(from(office), user.LoginName, rightPassword)
					return err
				})
			}
			if err := group.Wait(); err != nil {
				t.Errorf("round %d: %v", round, err)
			}
			stored, err := h.store.UserByID(t.Context(), h.account.ID, user.ID)
			if err != nil || stored.PasswordHash == user.PasswordHash || stored.PasswordVersion != user.PasswordVersion {
				t.Errorf("the stored hash: %+v, %v", stored, err)
			}
		}
	})
}

// proven is a user whose password was right a moment ago, as a sign-in under way has it.
func (h *house) proven(login string) (*person, *throttle.Try) {
	h.t.Helper()
	who, err := h.find(h.t.Context(), "acme", login)
	if err != nil {
		h.t.Fatal(err)
	}
	name := db.NameThrottle("acme", login)
	try, err := h.throttle.Begin(h.t.Context(), throttle.Keys{IP: office, Name: name})
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.load(h.t.Context(), who); err != nil {
		h.t.Fatal(err)
	}
	if right, _, err := h.compare(h.t.Context(), who.user, shown{password: rightPassword}); err != nil || !right {
		h.t.Fatal(right, err)
	}
	return who, try
}

// A password that was changed between its proof and the session that it would open opens none, also when it was to be
// rehashed in between. Another sign-in's rehash in between changes nothing.
func TestFaultPasswordChangedDuringSignIn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for what, between := range map[string]func(ctx context.Context, tx *db.Tx, user *db.User) error{
			"rehashed": func(ctx context.Context, tx *db.Tx, user *db.User) error {
				return tx.RehashPassword(ctx, user.ID, user.PasswordHash, "another hash of the same password")
			},
			"changed": func(ctx context.Context, tx *db.Tx, user *db.User) error {
				user.PasswordHash = "the hash of another password"
				return tx.SetPassword(ctx, user, "")
			},
			"deactivated": func(ctx context.Context, tx *db.Tx, user *db.User) error {
				user.Status = db.Deactivated
				return tx.UpdateUser(ctx, user)
			},
		} {
			user := h.outdatedUser(what)
			who, try := h.proven(what)
			h.touch(func(ctx context.Context, tx *db.Tx) error { return between(ctx, tx, user) })
			if err := h.rehash(t.Context(), who.user, shown{password: rightPassword}); err != nil {
				t.Errorf("%s: rehash: %v", what, err)
			}
			_, err := h.proceed(t.Context(), from(office), who, try)
			if refused := errors.Is(err, errChanged); refused != (what != "rehashed") || err != nil && !refused {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}

// Of two proofs by one passkey at once both are right when the later one has the higher counter, and when the authenticator
// does not count.
func TestFaultConcurrentPasskeyProofs(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.user("jane")
		for i, test := range []struct {
			stored, first, second int64
			right                 bool
		}{
			{5, 6, 7, true}, {0, 0, 0, true}, {0, 1, 2, true},
			{5, 7, 6, false}, {5, 6, 6, false}, {5, 6, 0, false},
		} {
			passkey := &db.Passkey{
				Factor:       db.Factor{ID: typeid.New("passkey"), UserID: user.ID, Name: "Laptop"},
				CredentialID: []byte{byte(i)}, PublicKey: []byte{1}, AAGUID: make([]byte, 16), SignCount: test.stored,
			}
			h.touch(func(ctx context.Context, tx *db.Tx) error { return tx.CreateFactor(ctx, passkey) })
			use := func(count int64, ticketHash string) error {
				used := *passkey
				used.SignCount = count
				return h.store.Touch(t.Context(), func(tx *db.Tx) error {
					return h.takePasskey(t.Context(), tx, &ticket{Challenge: fmt.Sprint(i, ticketHash), ExpiresAt: 1 << 50}, &used)
				})
			}
			if err := use(test.first, "first"); err != nil {
				t.Errorf("%+v: the first: %v", test, err)
			}
			err := use(test.second, "second")
			if right := err == nil; right != test.right || !right && !errors.Is(err, wrongPasskey) {
				t.Errorf("%+v: the second: %v", test, err)
			}
		}
	})
}

// A step-up with the right password goes on when a sign-in rehashes the password meanwhile.
func TestFaultStepUpDuringRehash(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.outdatedUser("jane")
		who, _ := h.proven("jane")
		session := h.mustSignIn("jane") // rehashes
		stored, err := h.store.UserByID(t.Context(), h.account.ID, user.ID)
		if err != nil || stored.PasswordHash == user.PasswordHash {
			t.Fatal("not rehashed", err)
		}
		err = h.store.Touch(t.Context(), func(tx *db.Tx) error {
			_, err := unchanged(t.Context(), tx, who)
			return err
		})
		if err != nil {
			t.Errorf("a proof from before the rehash: %v", err)
		}
		_, err = h.signIn(from(office), "jane", otherPassword)
		wantProblem(t, "another password", err, problem.WrongCredentials, "")
		h.viewer(session.SessionToken)
	})
}
