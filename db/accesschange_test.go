package db_test

import (
	"errors"
	"slices"
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

func feedOf(t *testing.T, store *db.DB) *db.AccessFeed {
	t.Helper()
	feed, err := store.AccessFeed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return feed
}

func told(t *testing.T, feed *db.AccessFeed) (changed []typeid.ID, everything bool) {
	t.Helper()
	err := feed.Next(t.Context(), func(ids []typeid.ID, all bool) { changed, everything = ids, all })
	if err != nil {
		t.Fatal(err)
	}
	return changed, everything
}

// Rule 5: every instance hears of every change once it is committed, and of none that is not.
func TestTheAccessFeedTellsWhatWasCommitted(t *testing.T) {
	for kind, address := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			one, two := openTwice(t, address(t))
			h := newHouse(t, one)
			jane := h.user("jane")
			here, elsewhere := feedOf(t, one), feedOf(t, two)

			update := func() {
				h.touch(func(tx *db.Tx) error {
					return errors.Join(tx.UpdateUser(t.Context(), jane), tx.SetUserRoles(t.Context(), jane.ID, nil))
				})
			}
			update()
			for name, feed := range map[string]*db.AccessFeed{"here": here, "elsewhere": elsewhere} {
				if changed, everything := told(t, feed); !slices.Equal(changed, []typeid.ID{jane.ID}) || everything {
					t.Errorf("%s: %v, %t", name, changed, everything)
				}
				if changed, _ := told(t, feed); len(changed) > 0 {
					t.Errorf("%s: told twice: %v", name, changed)
				}
			}
			rolledBack := errors.New("rolled back")
			err := one.Touch(t.Context(), func(tx *db.Tx) error {
				return errors.Join(tx.UpdateUser(t.Context(), jane), rolledBack)
			})
			if !errors.Is(err, rolledBack) {
				t.Fatal(err)
			}
			if changed, _ := told(t, elsewhere); len(changed) > 0 {
				t.Errorf("told what was rolled back: %v", changed)
			}
			later := feedOf(t, two)
			update()
			if changed, everything := told(t, later); !slices.Equal(changed, []typeid.ID{jane.ID}) || everything {
				t.Errorf("begun later: %v, %t", changed, everything)
			}
		})
	}
}

// Lines become visible in their order: whoever reads on from the last one misses none.
func TestTheAccessFeedMissesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		const writers, rounds = 4, 25
		var users [writers]*db.User
		for i := range users {
			users[i] = h.user("jane" + string(rune('a'+i)))
		}
		feed := feedOf(t, store)
		var group errgroup.Group
		for _, user := range users {
			group.Go(func() error {
				for range rounds {
					if err := store.Touch(t.Context(), func(tx *db.Tx) error { return tx.UpdateUser(t.Context(), user) }); err != nil {
						return err
					}
				}
				return nil
			})
		}
		heard := 0
		done := make(chan error, 1)
		go func() { done <- group.Wait() }()
		for ended := false; !ended; {
			select {
			case err := <-done:
				if err != nil {
					t.Fatal(err)
				}
				ended = true
			default:
			}
			changed, _ := told(t, feed)
			heard += len(changed)
		}
		if heard != writers*rounds {
			t.Errorf("heard of %d changes, want %d", heard, writers*rounds)
		}
	})
}

// The feed is short; whoever is too far behind is told so.
func TestAReaderTooFarBehindStartsAnew(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		jane := h.user("jane")
		feed := feedOf(t, store)
		update := func(users ...*db.User) {
			h.touch(func(tx *db.Tx) error {
				var errs []error
				for _, user := range users {
					errs = append(errs, tx.SetUserRoles(t.Context(), user.ID, nil))
				}
				return errors.Join(errs...)
			})
		}
		update(jane)
		told(t, feed)
		for range 3 {
			many := make([]*db.User, 5000)
			for i := range many {
				many[i] = &db.User{ID: typeid.New("user")}
			}
			update(many...)
		}
		if _, everything := told(t, feed); !everything {
			t.Error("the reader does not hear that it has missed something")
		}
		update(jane)
		if changed, everything := told(t, feed); len(changed) != 1 || everything {
			t.Errorf("afterwards: %d, %t", len(changed), everything)
		}
	})
}

// openTwice opens a database as two instances of the program do.
func openTwice(t *testing.T, address string) (one, two *db.DB) {
	t.Helper()
	for _, store := range []**db.DB{&one, &two} {
		var err error
		if *store, err = db.Open(t.Context(), address); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := (*store).Close(); err != nil {
				t.Error(err)
			}
		})
	}
	return one, two
}
