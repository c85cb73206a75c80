package db_test

import (
	"errors"
	"net/netip"
	"slices"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// house is an account with users to give things to.
type house struct {
	t       *testing.T
	store   *db.DB
	account typeid.ID
}

func newHouse(t *testing.T, store *db.DB) house {
	h := house{t, store, typeid.New("account")}
	h.touch(func(tx *db.Tx) error {
		return tx.CreateAccount(t.Context(), &db.Account{ID: h.account, Handle: string(h.account[len(h.account)-8:])})
	})
	return h
}

func (h house) touch(fn func(tx *db.Tx) error) {
	h.t.Helper()
	if err := h.store.Touch(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

func (h house) user(login string) *db.User {
	h.t.Helper()
	user := &db.User{ID: typeid.New("user"), AccountID: h.account, LoginName: login, Name: login, Email: login + "@acme.example"}
	h.touch(func(tx *db.Tx) error { return tx.CreateUser(h.t.Context(), user) })
	return user
}

func (h house) role(kind db.RoleKind, name string, codes ...string) *db.Role {
	h.t.Helper()
	role := &db.Role{ID: typeid.New("role"), AccountID: h.account, Kind: kind, Name: name, Permissions: db.NewCodes(codes...)}
	h.touch(func(tx *db.Tx) error { return tx.CreateRole(h.t.Context(), role) })
	return role
}

func (h house) point(code string, builtIn bool) *db.AccessPoint {
	h.t.Helper()
	point := &db.AccessPoint{ID: typeid.New("ap"), AccountID: h.account, Code: code, Kind: db.Interactive, BuiltIn: builtIn}
	h.touch(func(tx *db.Tx) error { return tx.CreateAccessPoint(h.t.Context(), point) })
	return point
}

func (h house) whitelist(name string, prefixes ...string) *db.Whitelist {
	h.t.Helper()
	list := &db.Whitelist{ID: typeid.New("wl"), AccountID: h.account, Name: name}
	entries := make([]*db.WhitelistEntry, len(prefixes))
	for i, prefix := range prefixes {
		entries[i] = &db.WhitelistEntry{Prefix: db.Prefix{Prefix: netip.MustParsePrefix(prefix)}, Note: "Note of " + prefix}
	}
	h.touch(func(tx *db.Tx) error { return tx.CreateWhitelist(h.t.Context(), list, entries) })
	return list
}

func text(s string) *string { return &s }

func roleNames(roles []*db.Role) []string {
	return namesOf(roles, func(r *db.Role) string { return r.Name })
}

func listNames(lists []*db.Whitelist) []string {
	return namesOf(lists, func(w *db.Whitelist) string { return w.Name })
}

func namesOf[T any](rows []*T, name func(*T) string) []string {
	names := []string{}
	for _, row := range rows {
		names = append(names, name(row))
	}
	return names
}

func TestRoleListOrderFilterAndBatches(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h, other := newHouse(t, store), newHouse(t, store)
		other.role(db.CustomRole, "Elsewhere", "VIEW_DOMAIN")
		h.role(db.CustomRole, "Ärger", "VIEW_DOMAIN", "VIEW_DOMAIN_X")
		support := h.role(db.CustomRole, "support 1", "VIEW_DOMAIN_X")
		all := h.role(db.AllRole, "all")
		h.role(db.AdminRole, "admin")

		roles := func(filter db.RoleFilter, page db.Page) []string {
			t.Helper()
			list, err := store.Roles(t.Context(), h.account, filter, page)
			if err != nil {
				t.Fatal(err)
			}
			if count, err := store.CountRoles(t.Context(), h.account, filter, false); err != nil || *count < len(list.Items) {
				t.Fatalf("count %v, %v", count, err)
			}
			return roleNames(list.Items)
		}
		for name, c := range map[string]struct {
			filter db.RoleFilter
			want   []string
		}{
			"everything":                  {db.RoleFilter{}, []string{"admin", "all", "Ärger", "support 1"}},
			"part of the name":            {db.RoleFilter{Query: text("ARG")}, []string{"Ärger"}},
			"a code, not a part of one":   {db.RoleFilter{Permission: text("VIEW_DOMAIN")}, []string{"Ärger"}},
			"what built-in roles grant":   {db.RoleFilter{Permission: text("VIEW_DOMAIN"), KindsGranting: []db.RoleKind{db.AllRole}}, []string{"all", "Ärger"}},
			"wildcards are characters":    {db.RoleFilter{Permission: text("VIEW%")}, []string{}},
			"both conditions":             {db.RoleFilter{Query: text("support"), Permission: text("VIEW_DOMAIN_X")}, []string{"support 1"}},
			"another account's stay away": {db.RoleFilter{Query: text("elsewhere")}, []string{}},
		} {
			if got := roles(c.filter, db.Page{Limit: 10}); !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
		cursor := all.Cursor()
		if got := roles(db.RoleFilter{}, db.Page{Limit: 1, After: &cursor}); !slices.Equal(got, []string{"Ärger"}) {
			t.Errorf("after all: %v", got)
		}
		if got := roles(db.RoleFilter{}, db.Page{Limit: 2, Backward: true}); !slices.Equal(got, []string{"Ärger", "support 1"}) {
			t.Errorf("the last two: %v", got)
		}

		jane, jim := h.user("jane"), h.user("jim")
		h.touch(func(tx *db.Tx) error {
			return errors.Join(tx.SetUserRoles(t.Context(), jane.ID, []typeid.ID{support.ID, all.ID}), tx.SetUserRoles(t.Context(), jim.ID, []typeid.ID{all.ID}))
		})
		before := store.Statements()
		held, err := store.RolesByUser(t.Context(), []typeid.ID{jane.ID, jim.ID})
		if err != nil || !slices.Equal(roleNames(held[jane.ID]), []string{"all", "support 1"}) || !slices.Equal(roleNames(held[jim.ID]), []string{"all"}) {
			t.Fatalf("roles by user: %v, %v", held, err)
		}
		if got := held[jane.ID][1]; !slices.Equal(got.Permissions, []string{"VIEW_DOMAIN_X"}) || got.AccountID != h.account {
			t.Errorf("a role by user is not whole: %+v", got)
		}
		counts, err := store.UserCountByRole(t.Context(), []typeid.ID{all.ID, support.ID})
		if err != nil || counts[all.ID] != 2 || counts[support.ID] != 1 {
			t.Fatalf("counts: %v, %v", counts, err)
		}
		if sent := store.Statements() - before; sent != 3 {
			t.Errorf("%d statements, want who has which, each role once, and the counts", sent)
		}
		if found, err := store.RolesByID(t.Context(), other.account, []typeid.ID{all.ID}); err != nil || len(found) != 0 {
			t.Errorf("another account sees %v, %v", found, err)
		}
		err = store.Touch(t.Context(), func(tx *db.Tx) error { return tx.DeleteRole(t.Context(), all) })
		if !errors.Is(err, db.ErrReferenced) {
			t.Errorf("deleting a role that users have: %v", err)
		}
	})
}

func TestAccessPointOrderAndBatches(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		desk, web := h.point("DESK", false), h.point(db.Web, true)
		list, jane := h.whitelist("Office", "192.0.2.0/24"), h.user("jane")
		codes := func(points []*db.AccessPoint) []string {
			return namesOf(points, func(p *db.AccessPoint) string { return p.Code })
		}
		h.touch(func(tx *db.Tx) error {
			return errors.Join(
				tx.SetUserAccessPoints(t.Context(), jane.ID, []typeid.ID{desk.ID, web.ID}),
				tx.SetAccessPointWhitelists(t.Context(), desk.ID, []typeid.ID{list.ID}),
			)
		})
		want := []string{"WEB", "DESK"}
		if points, err := store.AccessPoints(t.Context(), h.account); err != nil || !slices.Equal(codes(points), want) {
			t.Fatalf("access points: %v, %v", codes(points), err)
		}
		if held, err := store.AccessPointsByUser(t.Context(), []typeid.ID{jane.ID}); err != nil || !slices.Equal(codes(held[jane.ID]), want) {
			t.Fatalf("by user: %v, %v", held, err)
		}
		if asking, err := store.AccessPointsByWhitelist(t.Context(), []typeid.ID{list.ID}); err != nil || !slices.Equal(codes(asking[list.ID]), []string{"DESK"}) {
			t.Fatalf("by whitelist: %v, %v", asking, err)
		}
		if asked, err := store.WhitelistsByAccessPoint(t.Context(), []typeid.ID{desk.ID, web.ID}); err != nil || len(asked[web.ID]) != 0 || !slices.Equal(listNames(asked[desk.ID]), []string{"Office"}) {
			t.Fatalf("whitelists: %v, %v", asked, err)
		}
		if counts, err := store.UserCountByAccessPoint(t.Context(), []typeid.ID{desk.ID}); err != nil || counts[desk.ID] != 1 {
			t.Fatalf("counts: %v, %v", counts, err)
		}
		err := store.Touch(t.Context(), func(tx *db.Tx) error { return tx.DeleteAccessPoint(t.Context(), desk) })
		if !errors.Is(err, db.ErrReferenced) {
			t.Errorf("deleting an access point that a user has: %v", err)
		}
		if asked, err := store.WhitelistsByAccessPoint(t.Context(), []typeid.ID{desk.ID}); err != nil || len(asked[desk.ID]) != 1 {
			t.Errorf("the refused deletion took the whitelists: %v, %v", asked, err)
		}
	})
}

func TestWhitelistsByAddress(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		h.whitelist("Everything four", "0.0.0.0/0")
		h.whitelist("Everything six", "::/0")
		h.whitelist("Büro", "192.0.2.64/27", "2001:db8:40::/47")
		h.whitelist("one", "192.0.2.95/32")
		for ip, want := range map[string][]string{
			"192.0.2.63":          {"Everything four"},
			"192.0.2.64":          {"Büro", "Everything four"},
			"192.0.2.95":          {"Büro", "Everything four", "one"},
			"::ffff:192.0.2.95":   {"Büro", "Everything four", "one"},
			"192.0.2.96":          {"Everything four"},
			"0.0.0.0":             {"Everything four"},
			"255.255.255.255":     {"Everything four"},
			"::":                  {"Everything six"},
			"2001:db8:40::1":      {"Büro", "Everything six"},
			"2001:db8:41:ffff::":  {"Büro", "Everything six"},
			"2001:db8:42::":       {"Everything six"},
			"not an address":      {},
			"192.0.2.95'; DROP--": {},
		} {
			filter := db.WhitelistFilter{ContainsIP: &ip}
			list, err := store.Whitelists(t.Context(), h.account, filter, db.Page{Limit: 10})
			if err != nil || !slices.Equal(listNames(list.Items), want) {
				t.Errorf("%s: %v, %v; want %v", ip, listNames(list.Items), err, want)
			}
			if count, err := store.CountWhitelists(t.Context(), h.account, filter, true); err != nil || *count != len(want) {
				t.Errorf("%s: count %v, %v", ip, count, err)
			}
		}
		for query, want := range map[string][]string{"BURO": {"Büro"}, "note of 2001": {"Büro"}, "%": {}} {
			list, err := store.Whitelists(t.Context(), h.account, db.WhitelistFilter{Query: &query}, db.Page{Limit: 10})
			if err != nil || !slices.Equal(listNames(list.Items), want) {
				t.Errorf("query %q: %v, %v", query, listNames(list.Items), err)
			}
		}
	})
}

func TestWhitelistEntriesAndHolders(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		office, home := h.whitelist("Office", "192.0.2.0/24", "2001:db8::/32"), h.whitelist("home", "198.51.100.7/32")
		entries, err := store.EntriesByWhitelist(t.Context(), []typeid.ID{office.ID, home.ID})
		if err != nil || len(entries[office.ID]) != 2 || entries[office.ID][1].Prefix.String() != "2001:db8::/32" || len(entries[home.ID]) != 1 {
			t.Fatalf("entries: %v, %v", entries, err)
		}
		one, two, three, four := h.role(db.CustomRole, "one"), h.role(db.CustomRole, "two"), h.role(db.CustomRole, "three"), h.role(db.CustomRole, "four")
		jane, jim, joe := h.user("jane"), h.user("jim"), h.user("joe")
		desk := h.point("DESK", false)
		ids := func(ids ...typeid.ID) []typeid.ID { return ids }
		h.touch(func(tx *db.Tx) error {
			ctx := t.Context()
			return errors.Join(
				tx.SetUserRoles(ctx, jane.ID, ids(one.ID)), tx.SetUserRoles(ctx, jim.ID, ids(one.ID, two.ID)), tx.SetUserRoles(ctx, joe.ID, ids(three.ID)),
				tx.SetUserWhitelists(ctx, jane.ID, ids(office.ID, home.ID)),
				tx.SetUserAccessPoints(ctx, jim.ID, ids(desk.ID)), tx.SetAccessPointWhitelists(ctx, desk.ID, ids(office.ID)),
				tx.CreateAPIKey(ctx, &db.APIKey{ID: typeid.New("key"), KeyHash: []byte("hash"), AccountID: h.account, UserID: joe.ID, Revision: 1}, nil, ids(office.ID)),
			)
		})
		if held, err := store.WhitelistsByUser(t.Context(), ids(jane.ID)); err != nil || !slices.Equal(listNames(held[jane.ID]), []string{"home", "Office"}) {
			t.Fatalf("by user: %v, %v", held, err)
		}
		for _, c := range []struct {
			list  *db.Whitelist
			roles []typeid.ID
			want  bool
		}{
			{office, ids(one.ID), true}, {office, ids(two.ID), true}, {office, ids(three.ID), true}, {office, ids(four.ID), false}, {office, nil, false},
			{home, ids(two.ID, three.ID), false}, {home, ids(three.ID, one.ID), true},
		} {
			if concerns, err := store.WhitelistConcerns(t.Context(), c.list.ID, c.roles); err != nil || concerns != c.want {
				t.Errorf("%s concerns somebody with %v: %v, %v", c.list.Name, c.roles, concerns, err)
			}
		}
		for _, c := range []struct {
			roles []typeid.ID
			want  int
		}{{ids(two.ID), 1}, {ids(three.ID, four.ID), 0}, {nil, 0}} {
			if held, err := store.AccessPointsOfHolders(t.Context(), ids(desk.ID, typeid.New("ap")), c.roles); err != nil || len(held) != c.want {
				t.Errorf("access points of holders of %v: %v, %v", c.roles, held, err)
			}
		}
		err = store.Touch(t.Context(), func(tx *db.Tx) error { return tx.DeleteWhitelist(t.Context(), home) })
		if !errors.Is(err, db.ErrReferenced) {
			t.Errorf("deleting a whitelist that a user has: %v", err)
		}
	})
}
