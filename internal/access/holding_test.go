package access_test

import (
	"reflect"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Rule 5, for what is shown: whatever has changed, on whichever instance, lists show what the database has, in its order.
func TestHoldingsAreWhatTheDatabaseSays(t *testing.T) {
	for kind, address := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			stores, states := instances(t, address(t))
			w := newTown(t, stores[0], 2)
			users := ids(w.users)
			for range 100 {
				if err := one(w.random, stores[:]).Touch(t.Context(), w.change); err != nil {
					t.Fatal(err)
				}
				for _, state := range states {
					view, err := state.Look(t.Context())
					if err != nil {
						t.Fatal(err)
					}
					roles, err := view.RolesOfUsers(t.Context(), w.account.ID, users)
					wantHeld(t, roles, err)(stores[0].RolesByUser(t.Context(), users))
					points, err := view.AccessPointsOfUsers(t.Context(), w.account.ID, users)
					wantHeld(t, points, err)(stores[0].AccessPointsByUser(t.Context(), users))
					lists, err := view.WhitelistsOfUsers(t.Context(), w.account.ID, users)
					wantHeld(t, lists, err)(stores[0].WhitelistsByUser(t.Context(), users))
					entries, err := view.Entries(t.Context(), ids(w.lists))
					wantHeld(t, entries, err)(stores[0].EntriesByWhitelist(t.Context(), ids(w.lists)))
				}
			}
		})
	}
}

// wantHeld compares what memory and the database say that owners hold.
func wantHeld[T any](t *testing.T, got map[typeid.ID][]*T, err error) func(want map[typeid.ID][]*T, err error) {
	t.Helper()
	return func(want map[typeid.ID][]*T, wantErr error) {
		t.Helper()
		if err != nil || wantErr != nil {
			t.Fatal(err, wantErr)
		}
		for owner, held := range got {
			if len(held)+len(want[owner]) > 0 && !reflect.DeepEqual(held, want[owner]) {
				t.Fatalf("of %s in memory %v, in the database %v", owner, held, want[owner])
			}
		}
		for owner := range want {
			if _, known := got[owner]; !known {
				t.Fatalf("nothing in memory of %s", owner)
			}
		}
	}
}

// What a list shows is never the state before a change that has been answered, on any instance.
func TestNotOneStaleList(t *testing.T) {
	for kind, address := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			stores, states := instances(t, address(t))
			p := newPast(t, stores[0])
			change := func(store *db.DB, open bool) error {
				return store.Touch(t.Context(), func(tx *db.Tx) error {
					var held []typeid.ID
					if open {
						held = []typeid.ID{p.web.ID}
					}
					return tx.SetUserAccessPoints(t.Context(), p.jane.ID, held)
				})
			}
			noStaleAllow(t, stores, change, func(state int) (bool, error) {
				view, err := states[state].Look(t.Context())
				if err != nil {
					return false, err
				}
				points, err := view.AccessPointsOfUsers(t.Context(), p.account.ID, []typeid.ID{p.jane.ID})
				return len(points[p.jane.ID]) > 0, err
			})
		})
	}
}

// Memory is bounded, however much lists have shown: what was dropped is read again.
func TestRowsThatWereDroppedAreReadAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, 3)
		state, err := access.NewState(t.Context(), store, access.Builtin())
		if err != nil {
			t.Fatal(err)
		}
		state.RememberAtMost(3, 2)
		view, err := state.Look(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want, err := store.RolesByUser(t.Context(), ids(w.users))
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			for i, list := range w.lists {
				entries, err := view.Entries(t.Context(), []typeid.ID{list.ID})
				if err != nil || len(entries[list.ID]) != 2 {
					t.Fatalf("%v, %v", entries, err)
				}
				user := w.users[i].ID
				roles, err := view.RolesOfUsers(t.Context(), w.account.ID, []typeid.ID{user})
				if err != nil || len(roles[user]) != len(want[user]) {
					t.Fatalf("%v, %v", roles, err)
				}
			}
		}
	})
}
