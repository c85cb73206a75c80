package db_test

import (
	"errors"
	"net/netip"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// A database that goes back to an earlier state gives the numbers of the feed's lines away again. Whoever has read on must
// forget everything, however far the new lines have come, and hears of changes as ever afterwards.
func TestFaultTheFeedHearsThatTheDatabaseWentBack(t *testing.T) {
	twice := func(h house, jane *db.User) {
		for range 2 {
			h.touch(func(tx *db.Tx) error { return tx.UpdateUser(t.Context(), jane) })
		}
	}
	for kind, address := range dbtest.Addresses(t) {
		for name, c := range map[string]struct {
			lost   func(h house, jane *db.User) // what happens after the copy was made, and is lost
			reused int                          // how many lines are written afterwards
		}{
			"changes":                              {twice, 0},
			"changes, one number given away again": {twice, 1},
			"changes, the last number again":       {twice, 2},
			"changes, and further":                 {twice, 5},
			"a user":                               {func(h house, _ *db.User) { h.user("john") }, 0},
			"a role, the number given away again":  {func(h house, _ *db.User) { h.role(db.CustomRole, "Support") }, 1},
		} {
			t.Run(kind+" loses "+name, func(t *testing.T) {
				address := address(t)
				one, two := openTwice(t, address)
				h := newHouse(t, one)
				jane, other := h.user("jane"), h.user("other")
				goBack := dbtest.Remember(t, address)
				c.lost(h, jane)
				feed := feedOf(t, two)
				goBack()
				update := func() { h.touch(func(tx *db.Tx) error { return tx.UpdateUser(t.Context(), other) }) }
				for range c.reused {
					update()
				}
				if _, everything := told(t, feed); !everything {
					t.Error("the reader keeps what was lost")
				}
				if changed, everything := told(t, feed); len(changed) > 0 || everything {
					t.Errorf("told again: %v, %t", changed, everything)
				}
				update()
				if changed, everything := told(t, feed); len(changed) != 1 || changed[0] != other.ID || everything {
					t.Errorf("afterwards: %v, %t", changed, everything)
				}
			})
		}
	}
}

// A feed that has lost all its lines, as when somebody empties the table, is no reason to keep anything.
func TestFaultAnEmptyFeedKeepsNothing(t *testing.T) {
	for kind, address := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			address := address(t)
			store, _ := openTwice(t, address)
			h := newHouse(t, store)
			jane := h.user("jane")
			feed := feedOf(t, store)
			if _, err := dbtest.Raw(t, address).ExecContext(t.Context(), "DELETE FROM access_changes"); err != nil {
				t.Fatal(err)
			}
			if _, everything := told(t, feed); !everything {
				t.Error("the reader takes an empty feed for nothing new")
			}
			h.touch(func(tx *db.Tx) error { return tx.UpdateUser(t.Context(), jane) })
			if changed, everything := told(t, feed); !everything && len(changed) == 0 {
				t.Error("the reader does not hear of what follows")
			}
		})
	}
}

// Whatever decisions depend on leaves a line when it is made, or going back to before it would go unnoticed.
func TestFaultEveryNewObjectLeavesALine(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		jane := h.user("jane")
		for name, create := range map[string]func(tx *db.Tx) error{
			"account": func(tx *db.Tx) error {
				return tx.CreateAccount(t.Context(), &db.Account{ID: typeid.New("account"), Handle: "other"})
			},
			"user": func(tx *db.Tx) error {
				return tx.CreateUser(t.Context(), &db.User{ID: typeid.New("user"), AccountID: h.account, LoginName: "john", Email: "john@acme.example"})
			},
			"users": func(tx *db.Tx) error {
				return tx.CreateUsers(t.Context(), h.account, []db.NewUser{{User: &db.User{ID: typeid.New("user"), LoginName: "jim", Email: "jim@acme.example"}}})
			},
			"role": func(tx *db.Tx) error {
				return tx.CreateRole(t.Context(), &db.Role{ID: typeid.New("role"), AccountID: h.account, Name: "New"})
			},
			"access point": func(tx *db.Tx) error {
				return tx.CreateAccessPoint(t.Context(), &db.AccessPoint{ID: typeid.New("ap"), AccountID: h.account, Code: "NEW"})
			},
			"whitelist": func(tx *db.Tx) error {
				return tx.CreateWhitelist(t.Context(), &db.Whitelist{ID: typeid.New("wl"), AccountID: h.account, Name: "New"}, []*db.WhitelistEntry{{Prefix: db.Prefix{Prefix: netip.MustParsePrefix("192.0.2.0/24")}}})
			},
			"key": func(tx *db.Tx) error {
				return tx.CreateAPIKey(t.Context(), &db.APIKey{ID: typeid.New("key"), KeyHash: []byte{9}, AccountID: h.account, UserID: jane.ID}, nil, nil)
			},
		} {
			before, err := store.FeedLength(t.Context())
			h.touch(create)
			after, err2 := store.FeedLength(t.Context())
			if err := errors.Join(err, err2); err != nil || after != before+1 {
				t.Errorf("%s: %d lines, then %d, %v", name, before, after, err)
			}
		}
	})
}
