package db_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// What PostgreSQL ends for the sake of others is run again: its events and what is done after it come once.
func TestFaultATransactionThatWasEndedIsRunAgain(t *testing.T) {
	address := dbtest.Postgres(t)
	store, _ := openTwice(t, address)
	h := newHouse(t, store)
	dbtest.Stumble(t, address)
	runs, done := 0, 0
	const transactions = 4 // of which each is ended once: serialization failures and deadlocks in turn
	for range transactions {
		err := store.Change(t.Context(), func(tx *db.Tx) error {
			runs++
			tx.AfterCommit(func() { done++ })
			tx.RecordEvent(&db.AuditEvent{AccountID: h.account, At: 1, Action: "user.update", Outcome: db.Succeeded})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	count, err := store.CountAuditEvents(t.Context(), db.AuditScope{AccountID: h.account}, db.AuditEventFilter{}, true)
	if err != nil || *count != transactions || runs != 2*transactions || done != transactions {
		t.Errorf("%d runs, %d done after it, %v events, %v", runs, done, *count, err)
	}
}

// A transaction that is ended each time gives up, with an error that says to try again, and so does one whose caller has gone.
func TestFaultATransactionThatIsEndedEachTimeGivesUp(t *testing.T) {
	address := dbtest.Postgres(t)
	store, _ := openTwice(t, address)
	h := newHouse(t, store)
	dbtest.Stumble(t, address)
	_, err := dbtest.Raw(t, address).ExecContext(t.Context(), "ALTER SEQUENCE stumbles INCREMENT BY 2")
	if err != nil {
		t.Fatal(err)
	}
	runs := 0
	write := func(ctx context.Context) error {
		return store.Touch(ctx, func(tx *db.Tx) error {
			runs++
			return tx.CreateRole(t.Context(), &db.Role{ID: typeid.New("role"), AccountID: h.account, Name: "Support"})
		})
	}
	if err := write(t.Context()); !errors.Is(err, db.ErrBusy) || runs != 6 {
		t.Errorf("%d runs, %v", runs, err)
	}
	runs = 0
	ctx, cancel := context.WithCancel(t.Context())
	err = store.Touch(ctx, func(tx *db.Tx) error {
		runs++
		defer cancel()
		return tx.CreateRole(t.Context(), &db.Role{ID: typeid.New("role"), AccountID: h.account, Name: "Support"})
	})
	if err == nil || runs != 1 {
		t.Errorf("called off: %d runs, %v", runs, err)
	}
}

// A real deadlock: two transactions take two rows in opposite order. Both come through.
func TestFaultDeadlocksAreRunAgain(t *testing.T) {
	store, _ := openTwice(t, dbtest.Postgres(t))
	one, two := newHouse(t, store).account, newHouse(t, store).account
	var group errgroup.Group
	met := make(chan struct{}, 2)
	for _, order := range [][2]typeid.ID{{one, two}, {two, one}} {
		first := true
		group.Go(func() error {
			return store.TouchAccount(t.Context(), order[0], func(tx *db.Tx) error {
				if first { // both have their first row before either wants its second
					first = false
					met <- struct{}{}
					for len(met) < 2 {
						if _, err := tx.AccountByID(t.Context(), order[0]); err != nil {
							return err
						}
					}
				}
				return tx.UpdateAccount(t.Context(), &db.Account{ID: order[1], Name: string(order[0])})
			})
		})
	}
	if err := group.Wait(); err != nil {
		t.Error(err)
	}
}

// Rows that name an account by a foreign key are written while the account is locked.
func TestFaultAnAccountsLockLetsForeignKeysThrough(t *testing.T) {
	store, _ := openTwice(t, dbtest.Postgres(t))
	h := newHouse(t, store)
	user := h.user("john")
	err := store.TouchAccount(t.Context(), h.account, func(*db.Tx) error {
		return store.Touch(t.Context(), func(tx *db.Tx) error {
			return tx.CreateSession(t.Context(), &db.Session{ID: typeid.New("session"), TokenHash: []byte{1}, AccountID: h.account, UserID: user.ID}, 50)
		})
	})
	if err != nil {
		t.Error(err)
	}
}

// A caller that cannot have a lock in time gets an error that says to try again, whether it waits in the program or in the database.
func TestFaultALockThatIsHeldTooLongIsBusy(t *testing.T) {
	defer db.SetLockWait(300 * time.Millisecond)()
	address := dbtest.Postgres(t)
	store, elsewhere := openTwice(t, address)
	h := newHouse(t, store)
	err := elsewhere.TouchAccount(t.Context(), h.account, func(*db.Tx) error {
		var group errgroup.Group
		for range 12 {
			group.Go(func() error {
				err := store.TouchAccount(t.Context(), h.account, func(*db.Tx) error { return nil })
				if !errors.Is(err, db.ErrBusy) {
					t.Errorf("%v", err)
				}
				return nil
			})
		}
		return group.Wait()
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.TouchAccount(t.Context(), h.account, func(*db.Tx) error { return nil }); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
