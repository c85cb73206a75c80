package access

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// What the database keeps, and memory after it, is decided over as the model decides: another million cases on each.
func TestStateAgainstAModel(t *testing.T) {
	const worlds, requests = 500, 2000
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		state, err := NewState(t.Context(), store, Builtin())
		if err != nil {
			t.Fatal(err)
		}
		random := rand.New(rand.NewPCG(4, 26))
		for i := range worlds {
			w := randomWorld(random)
			w.known = true // who is not known stands in no database
			stored := w.store(t, store, i)
			view, err := state.Look(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // from the database, and from memory
				subject, err := stored.find(t.Context(), view)
				if err != nil {
					t.Fatal(err)
				}
				for range requests / 2 {
					request := randomRequest(random)
					if got, want := Decide(subject, request), w.reason(request); got.Reason != want {
						t.Fatalf("%s, the model says %s\n%+v\n%+v", got.Reason, want, w, request)
					}
				}
			}
		}
	})
}

// storedWorld is where a world's subject is found.
type storedWorld struct {
	accountID, userID typeid.ID
	keyHash           []byte // nil: the user in person
}

func (s storedWorld) find(ctx context.Context, view View) (*Subject, error) {
	if s.keyHash != nil {
		return view.Key(ctx, s.keyHash)
	}
	return view.User(ctx, s.accountID, s.userID)
}

// store writes a world into an account of its own.
func (w *world) store(t *testing.T, store *db.DB, number int) storedWorld {
	t.Helper()
	account := &db.Account{ID: typeid.New("account"), Handle: fmt.Sprint("world-", number)}
	user := &db.User{
		ID: typeid.New("user"), AccountID: account.ID, LoginName: "jane", Email: "jane@acme.example", Status: w.status,
		MFAForced: w.mfa, WhitelistsReportOnly: w.reportOnly,
	}
	err := store.Touch(t.Context(), func(tx *db.Tx) error {
		s := &worldWriter{ctx: t.Context(), tx: tx, accountID: account.ID}
		s.do(tx.CreateAccount(s.ctx, account))
		s.do(tx.CreateUser(s.ctx, user))
		var roles, open []typeid.ID
		for i, codes := range w.roles {
			role := &db.Role{ID: typeid.New("role"), AccountID: account.ID, Kind: db.CustomRole, Name: fmt.Sprint(i), Permissions: db.NewCodes(codes...)}
			s.do(tx.CreateRole(s.ctx, role))
			roles = append(roles, role.ID)
		}
		doors := map[string]typeid.ID{}
		for _, code := range []string{"WEB", "PORTAL", "API"} {
			door, isOpen := w.doors[code]
			point := &db.AccessPoint{ID: typeid.New("ap"), AccountID: account.ID, Code: code, Kind: db.Programmatic, WhitelistsReportOnly: door.reportOnly}
			if door.interactive {
				point.Kind = db.Interactive
			}
			s.do(tx.CreateAccessPoint(s.ctx, point))
			s.do(tx.SetAccessPointWhitelists(s.ctx, point.ID, s.lists(door.lists)))
			if doors[code] = point.ID; isOpen {
				open = append(open, point.ID)
			}
		}
		s.do(tx.SetUserRoles(s.ctx, user.ID, roles))
		s.do(tx.SetUserAccessPoints(s.ctx, user.ID, open))
		s.do(tx.SetUserWhitelists(s.ctx, user.ID, s.lists(w.lists)))
		if w.key {
			s.key(w, user, doors)
		}
		return s.err
	})
	if err != nil {
		t.Fatal(err)
	}
	stored := storedWorld{accountID: account.ID, userID: user.ID}
	if w.key {
		stored.keyHash = keyHash(user)
	}
	return stored
}

func keyHash(user *db.User) []byte { return []byte("the hash of " + user.ID)[:32] }

type worldWriter struct {
	ctx       context.Context
	tx        *db.Tx
	accountID typeid.ID
	named     int
	err       error
}

func (s *worldWriter) do(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *worldWriter) lists(lists []modelList) (ids []typeid.ID) {
	for _, prefixes := range lists {
		s.named++
		list := &db.Whitelist{ID: typeid.New("wl"), AccountID: s.accountID, Name: fmt.Sprint("list ", s.named)}
		var entries []*db.WhitelistEntry
		for _, prefix := range prefixes {
			entries = append(entries, &db.WhitelistEntry{Prefix: db.Prefix{Prefix: prefix}})
		}
		s.do(s.tx.CreateWhitelist(s.ctx, list, entries))
		ids = append(ids, list.ID)
	}
	return ids
}

func (s *worldWriter) key(w *world, user *db.User, doors map[string]typeid.ID) {
	key := &db.APIKey{
		ID: typeid.New("key"), AccountID: s.accountID, UserID: user.ID, KeyHash: keyHash(user),
		ExpiresAt: db.Time(w.keyExpires), Restricted: w.keyRestricted, Permissions: db.NewCodes(w.keyPermissions...),
	}
	if w.keyRevoked {
		key.RevokedAt = 1
	}
	var shown []typeid.ID
	for _, code := range w.keyDoors {
		shown = append(shown, doors[code])
	}
	s.do(s.tx.CreateAPIKey(s.ctx, key, shown, s.lists(w.keyLists)))
}
