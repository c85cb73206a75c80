package access_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"sync/atomic"
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// instances opens a database as two instances of the program do, with what each keeps in memory.
func instances(t *testing.T, address string) (stores [2]*db.DB, states [2]*access.State) {
	t.Helper()
	for i := range stores {
		store, err := db.Open(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		state, err := access.NewState(t.Context(), store, access.Builtin())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := store.Close(); err != nil {
				t.Error(err)
			}
		})
		stores[i], states[i] = store, state
	}
	return stores, states
}

// userOf is what a state says of a user.
func userOf(ctx context.Context, state *access.State, accountID, id typeid.ID) (*access.Subject, error) {
	view, err := state.Look(ctx)
	if err != nil {
		return nil, err
	}
	return view.User(ctx, accountID, id)
}

// town is an account with things to hand out at random.
type town struct {
	*past
	random *rand.Rand
	users  []*db.User
	roles  []*db.Role
	points []*db.AccessPoint
	lists  []*db.Whitelist
}

func newTown(t *testing.T, store *db.DB, seed uint64) *town {
	account := &db.Account{ID: typeid.New("account"), Handle: fmt.Sprint("town-", seed), Policy: db.AccountPolicy{PasswordMinLength: 12}}
	w := &town{past: &past{t: t, store: store, account: account}, random: rand.New(rand.NewPCG(seed, 11))}
	w.touch(func(tx *db.Tx) error {
		errs := []error{tx.CreateAccount(t.Context(), account)}
		for i := range 6 {
			w.users = append(w.users, w.user(fmt.Sprint("user", i)))
			w.lists = append(w.lists, w.whitelist(fmt.Sprint("list", i)))
			errs = append(errs, tx.CreateUser(t.Context(), w.users[i]), tx.CreateWhitelist(t.Context(), w.lists[i], w.entries()))
		}
		for i, code := range []string{"WEB", "API", "PORTAL"} {
			w.points = append(w.points, &db.AccessPoint{ID: typeid.New("accesspoint"), AccountID: account.ID, Code: code, Kind: db.Interactive})
			w.roles = append(w.roles, &db.Role{ID: typeid.New("role"), AccountID: account.ID, Kind: db.CustomRole, Name: code, Permissions: w.codes()})
			errs = append(errs, tx.CreateAccessPoint(t.Context(), w.points[i]), tx.CreateRole(t.Context(), w.roles[i]))
		}
		return errors.Join(errs...)
	})
	return w
}

func (w *town) entries() []*db.WhitelistEntry {
	return entries(fmt.Sprintf("192.0.2.%d/32", w.random.IntN(8)), fmt.Sprintf("2001:db8::%x/128", w.random.IntN(8)))
}

func (w *town) codes() db.Codes {
	return db.NewCodes(some(w.random, "VIEW_DOMAIN", "UPDATE_DOMAIN", "VIEW_CONTACT")...)
}

func some[T any](random *rand.Rand, from ...T) []T {
	return slices.DeleteFunc(slices.Clone(from), func(T) bool { return random.IntN(2) == 0 })
}

func one[T any](random *rand.Rand, from []T) T { return from[random.IntN(len(from))] }

func ids[T db.Node](rows []T) []typeid.ID {
	all := make([]typeid.ID, len(rows))
	for i, row := range rows {
		all[i] = row.NodeID()
	}
	return all
}

// change makes one change of a kind that decisions depend on.
func (w *town) change(tx *db.Tx) error {
	ctx, user := w.t.Context(), one(w.random, w.users)
	switch w.random.IntN(10) {
	case 0:
		user.Status = one(w.random, []db.UserStatus{db.Active, db.Active, db.Invited, db.Deactivated})
		return tx.UpdateUser(ctx, user)
	case 1:
		user.MFAForced = !user.MFAForced
		return tx.UpdateUser(ctx, user)
	case 2:
		return tx.SetUserRoles(ctx, user.ID, ids(some(w.random, w.roles...)))
	case 3:
		return tx.SetUserAccessPoints(ctx, user.ID, ids(some(w.random, w.points...)))
	case 4:
		return tx.SetUserWhitelists(ctx, user.ID, ids(some(w.random, w.lists...)))
	case 5:
		return tx.SetAccessPointWhitelists(ctx, one(w.random, w.points).ID, ids(some(w.random, w.lists...)))
	case 6:
		return tx.UpdateWhitelist(ctx, one(w.random, w.lists), w.entries())
	case 7:
		role := one(w.random, w.roles)
		role.Permissions = w.codes()
		return tx.UpdateRole(ctx, role)
	case 8:
		w.account.Policy.MFAForced = !w.account.Policy.MFAForced
		return tx.UpdateAccount(ctx, w.account)
	}
	methods, err := tx.TOTPMethods(ctx, user.ID)
	if err != nil {
		return err
	}
	if len(methods) > 0 {
		return tx.DeleteFactorsOf(ctx, user.ID)
	}
	return tx.CreateFactor(ctx, &db.TOTPMethod{Factor: db.Factor{ID: typeid.New("totp"), UserID: user.ID, Name: "Phone"}, Secret: []byte{1}})
}

func (w *town) request() access.Request {
	return access.Request{
		AccessPoint: one(w.random, []string{"WEB", "API", "PORTAL"}),
		IP:          one(w.random, []netip.Addr{netip.AddrFrom4([4]byte{192, 0, 2, byte(w.random.IntN(8))}), netip.AddrFrom16([16]byte{0x20, 1, 0xd, 0xb8, 15: byte(w.random.IntN(8))})}),
		Permission:  one(w.random, []string{"", "VIEW_DOMAIN", "UPDATE_DOMAIN"}),
		Assurance:   one(w.random, []db.Assurance{"", db.ByPassword, db.ByMFA}),
	}
}

// Rule 5: whatever has changed, on whichever instance, the next decision is the one that the database would give.
func TestStateSaysWhatTheDatabaseSays(t *testing.T) {
	for kind, address := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			stores, states := instances(t, address(t))
			w := newTown(t, stores[0], 1)
			for range 300 {
				if err := one(w.random, stores[:]).Touch(t.Context(), w.change); err != nil {
					t.Fatal(err)
				}
				for _, user := range some(w.random, w.users...) {
					row, err := stores[0].UserByID(t.Context(), w.account.ID, user.ID)
					if err != nil {
						t.Fatal(err)
					}
					read := w.subject(stores[0].Reader, row)
					for _, state := range states {
						held, err := userOf(t.Context(), state, w.account.ID, user.ID)
						if err != nil {
							t.Fatal(err)
						}
						for range 10 {
							request := w.request()
							if got, want := access.Decide(held, request), access.Decide(read, request); got.Reason != want.Reason || !slices.Equal(got.Checks, want.Checks) {
								t.Fatalf("%+v\nmemory   %+v\ndatabase %+v", request, got, want)
							}
						}
					}
				}
			}
		})
	}
}

// A decision that begins when a change has been answered is never made by the state before it, on any instance: not by a
// user, and not by a key.
func TestNotOneStaleAllow(t *testing.T) {
	for kind, address := range dbtest.Addresses(t) {
		for what, open := range map[string]func(tx *db.Tx, p *past, key *db.APIKey, open bool) error{
			"an access point": func(tx *db.Tx, p *past, _ *db.APIKey, open bool) error {
				if open {
					return tx.SetUserAccessPoints(t.Context(), p.jane.ID, []typeid.ID{p.web.ID})
				}
				return tx.SetUserAccessPoints(t.Context(), p.jane.ID, nil)
			},
			"a key": func(tx *db.Tx, _ *past, key *db.APIKey, open bool) error {
				changed := *key
				if !open {
					changed.RevokedAt = 1
				}
				return tx.UpdateAPIKey(t.Context(), &changed)
			},
		} {
			t.Run(kind+", "+what, func(t *testing.T) {
				stores, states := instances(t, address(t))
				p := newPast(t, stores[0])
				key := &db.APIKey{ID: typeid.New("key"), AccountID: p.account.ID, UserID: p.jane.ID, KeyHash: make([]byte, 32)}
				p.touch(func(tx *db.Tx) error { return tx.CreateAPIKey(t.Context(), key, []typeid.ID{p.web.ID}, nil) })
				change := func(store *db.DB, isOpen bool) error {
					return store.Touch(t.Context(), func(tx *db.Tx) error { return open(tx, p, key, isOpen) })
				}
				noStaleAllow(t, stores, change, func(state int) (bool, error) {
					view, err := states[state].Look(t.Context())
					if err != nil {
						return false, err
					}
					subject, err := view.Key(t.Context(), key.KeyHash)
					if err != nil {
						return false, err
					}
					return access.Decide(subject, access.Request{AccessPoint: "WEB", IP: netip.MustParseAddr("192.0.2.7")}).Allowed(), nil
				})
			})
		}
	}
}

// noStaleAllow has six ask two instances while the other door is opened and shut by turns on either.
func noStaleAllow(t *testing.T, stores [2]*db.DB, change func(store *db.DB, open bool) error, ask func(state int) (bool, error)) {
	t.Helper()
	const rounds = 100
	// answered is even while it is open, and odd from when it is shut until it is about to be opened again.
	var answered, stale, allowed, refused atomic.Int64
	var group errgroup.Group
	for i := range 6 {
		group.Go(func() error {
			for answered.Load() < 2*rounds {
				before := answered.Load()
				ok, err := ask(i % 2)
				if err != nil {
					return err
				}
				switch {
				case !ok:
					refused.Add(1)
				case before%2 == 1 && answered.Load() == before:
					stale.Add(1)
				default:
					allowed.Add(1)
				}
			}
			return nil
		})
	}
	for round := range rounds {
		if err := change(stores[round%2], false); err != nil {
			t.Fatal(err)
		}
		answered.Add(1)
		for state := range stores {
			if ok, err := ask(state); err != nil || ok {
				t.Fatalf("let in after the change: %v", err)
			}
		}
		answered.Add(1) // about to be let in
		if err := change(stores[round%2], true); err != nil {
			t.Fatal(err)
		}
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	if stale.Load() > 0 || allowed.Load() == 0 || refused.Load() == 0 {
		t.Errorf("%d stale, %d allowed, %d refused", stale.Load(), allowed.Load(), refused.Load())
	}
}

// When the database cannot be asked, nothing is answered from memory.
func TestWithoutTheDatabaseNobodyComesIn(t *testing.T) {
	for kind, address := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			store, err := db.Open(t.Context(), address(t))
			if err != nil {
				t.Fatal(err)
			}
			p := newPast(t, store)
			state, err := access.NewState(t.Context(), store, access.Builtin())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := userOf(t.Context(), state, p.account.ID, p.jane.ID); err != nil {
				t.Fatal(err)
			}
			if err := store.Close(); err != nil {
				t.Fatal(err)
			}
			if _, err := userOf(t.Context(), state, p.account.ID, p.jane.ID); err == nil {
				t.Error("answered from memory")
			}
		})
	}
}

// Rule 5, and what the word account means: nobody of another account is found, held or not.
func TestStateKeepsAccountsApart(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		p := newPast(t, store)
		other := newTown(t, store, 2)
		state, err := access.NewState(t.Context(), store, access.Builtin())
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if _, err := userOf(t.Context(), state, other.account.ID, p.jane.ID); !errors.Is(err, db.ErrNotFound) {
				t.Errorf("found by another account: %v", err)
			}
			if _, err := userOf(t.Context(), state, p.account.ID, p.jane.ID); err != nil {
				t.Error(err)
			}
		}
	})
}

// What is held is not read again.
func TestHeldSubjectsAreNotReadAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		p := newPast(t, store)
		state, err := access.NewState(t.Context(), store, access.Builtin())
		if err != nil {
			t.Fatal(err)
		}
		ask := func() int64 {
			before := store.Statements()
			if _, err := userOf(t.Context(), state, p.account.ID, p.jane.ID); err != nil {
				t.Fatal(err)
			}
			return store.Statements() - before
		}
		if first := ask(); first < 6 {
			t.Errorf("%d statements at first", first)
		}
		if again := ask(); again > 1 {
			t.Errorf("%d statements again", again)
		}
	})
}
