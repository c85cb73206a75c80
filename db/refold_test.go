package db_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// alphabetical are names in the order in which readers look for them, with what finds each.
var alphabetical = []struct{ name, query string }{
	{"Ægir Cæsar", "caesar"}, {"Đorđe", "DORDE"}, {"Ełżbieta", "elzbieta"}, {"Işıl Çelik", "isil celik"}, {"O’Brien", "o'b"}, {"Øystein", "oyst"}, {"Straße", "strasse"},
	{"Þór", "THOR"}, {"Ŧœ", "toe"}, {"Ｗｉｄｅ", "wide"}, {"Zoë", "zoe"}, {"Ελένης", "ελενησ"}, {"Ёлкин", "елк"},
}

// Case and accents do not matter to searches and orders, nor do letters that have a plain form; pages by cursor see everybody once.
func TestSearchAndOrderByPlainForms(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		ctx := t.Context()
		account := &db.Account{ID: typeid.New("account"), Handle: "acme", Name: "Acme"}
		touch(t, store, func(ctx context.Context, tx *db.Tx) error {
			err := tx.CreateAccount(ctx, account)
			for i := range alphabetical { // in another order than that of the names
				name := alphabetical[i*5%len(alphabetical)].name
				err = errors.Join(err,
					tx.CreateUser(ctx, &db.User{ID: typeid.New("user"), AccountID: account.ID, Kind: db.Personal, LoginName: fmt.Sprint("user", i), Name: name, Email: name[:2] + strconv.Itoa(i) + "@acme.example", Language: db.English, Status: db.Active}),
					tx.CreateRole(ctx, &db.Role{ID: typeid.New("role"), AccountID: account.ID, Kind: db.CustomRole, Name: name}),
					tx.CreateWhitelist(ctx, &db.Whitelist{ID: typeid.New("wl"), AccountID: account.ID, Name: name}, []*db.WhitelistEntry{{Prefix: db.Prefix{Prefix: netip.MustParsePrefix("192.0.2.0/24")}}}))
			}
			return err
		})
		var want []string
		for _, each := range alphabetical {
			want = append(want, each.name)
		}
		expectAlphabetical(t, store, account, want)
		for _, each := range alphabetical {
			for what, found := range findNamed(t, store, account, each.query) {
				if !slices.Equal(found, []string{each.name}) {
					t.Errorf("%s by %q: %q", what, each.query, found)
				}
			}
		}
		user := must(store.UserByLoginName(ctx, account.ID, "user0"))(t)
		user.Email = "jörg@müller.example"
		touch(t, store, func(ctx context.Context, tx *db.Tx) error { return tx.UpdateUser(ctx, user) })
		for _, query := range []string{"jorg@xn--mller-kva.ex", "jörg@MÜLLER", "muller。example", "XN--MLLER"} {
			list, err := store.Users(ctx, account, db.UserFilter{Query: &query}, db.UserOrder{}, db.Page{Limit: 10}, 0)
			if err != nil || len(list.Items) != 1 || list.Items[0].ID != user.ID {
				t.Errorf("%q finds %d users, %v", query, len(list.Items), err)
			}
		}
	})
}

func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// expectAlphabetical pages through the lists of an account by two, in both directions.
func expectAlphabetical(t *testing.T, store *db.DB, account *db.Account, want []string) {
	t.Helper()
	ctx, by := t.Context(), db.UserOrder{Field: db.ByName}
	var users, roles, lists, back []string
	for page := (db.Page{Limit: 2}); ; {
		list := must(store.Users(ctx, account, db.UserFilter{}, by, page, 0))(t)
		for _, user := range list.Items {
			users = append(users, user.Name)
		}
		if !list.HasNext {
			break
		}
		page.After = new(by.Cursor(list.Items[1]))
	}
	by.Direction = db.Descending
	for page := (db.Page{Limit: 3}); ; {
		list := must(store.Users(ctx, account, db.UserFilter{Kinds: []db.UserKind{db.Personal}}, by, page, 0))(t)
		for _, user := range list.Items {
			back = append(back, user.Name)
		}
		if !list.HasNext {
			break
		}
		page.After = new(by.Cursor(list.Items[2]))
	}
	slices.Reverse(back)
	for page := (db.Page{Limit: 2}); ; {
		list := must(store.Roles(ctx, account.ID, db.RoleFilter{}, page))(t)
		for _, role := range list.Items {
			roles = append(roles, role.Name)
		}
		if !list.HasNext {
			break
		}
		page.After = new(list.Items[1].Cursor())
	}
	for page := (db.Page{Limit: 2}); ; {
		list := must(store.Whitelists(ctx, account.ID, db.WhitelistFilter{}, page))(t)
		for _, whitelist := range list.Items {
			lists = append(lists, whitelist.Name)
		}
		if !list.HasNext {
			break
		}
		page.After = new(list.Items[1].Cursor())
	}
	for what, got := range map[string][]string{"users": users, "users from the end": back, "roles": roles, "whitelists": lists} {
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
}

// findNamed are the names of what a query finds, by kind.
func findNamed(t *testing.T, store *db.DB, account *db.Account, query string) map[string][]string {
	t.Helper()
	ctx, page, found := t.Context(), db.Page{Limit: 50}, map[string][]string{}
	for _, user := range must(store.Users(ctx, account, db.UserFilter{Query: &query}, db.UserOrder{}, page, 0))(t).Items {
		found["users"] = append(found["users"], user.Name)
	}
	for _, role := range must(store.Roles(ctx, account.ID, db.RoleFilter{Query: &query}, page))(t).Items {
		found["roles"] = append(found["roles"], role.Name)
	}
	for _, list := range must(store.Whitelists(ctx, account.ID, db.WhitelistFilter{Query: &query}, page))(t).Items {
		found["whitelists"] = append(found["whitelists"], list.Name)
	}
	return found
}

// firstVersionNamed is a database of the first version with users, roles and whitelists of some names, folded as then.
func firstVersionNamed(t *testing.T, store *db.DB, names []string, more ...string) *db.Account {
	t.Helper()
	account := &db.Account{ID: typeid.New("account"), Handle: "acme", Name: "Acme"}
	statements := []string{`INSERT INTO accounts VALUES ('` + string(account.ID) + `', 'acme', 'Acme', 1, true, 12, 30, 12, 1, 1, 1, 1)`}
	for i, name := range names {
		quoted := `'` + name + `'`
		login := fmt.Sprintf(`'user%d'`, i)
		statements = append(statements,
			`INSERT INTO users VALUES ('`+string(typeid.New("user"))+`', '`+string(account.ID)+`', 'PERSONAL', `+login+`, `+login+`, `+quoted+`, lower(`+quoted+`), `+login+`, `+login+`, lower(`+quoted+`), 'EN', 'ACTIVE', '', false, 0, 1, NULL, 1, 1)`,
			`INSERT INTO roles VALUES ('`+string(typeid.New("role"))+`', '`+string(account.ID)+`', 'CUSTOM', `+quoted+`, lower(`+quoted+`), '1' || lower(`+quoted+`), '', lower(`+quoted+`), '', 1, 1, 1)`,
			`INSERT INTO whitelists VALUES ('`+string(typeid.New("wl"))+`', '`+string(account.ID)+`', `+quoted+`, lower(`+quoted+`), lower(`+quoted+`), 1, 1, 1)`)
	}
	if err := store.FirstVersion(t.Context(), append(statements, more...)...); err != nil {
		t.Fatal(err)
	}
	return account
}

// What older versions stored is found and ordered as what is stored now.
func TestUpgradeFoldsAnew(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		var names []string
		for i := range alphabetical {
			names = append(names, alphabetical[i*5%len(alphabetical)].name)
		}
		account := firstVersionNamed(t, store, names)
		if _, err := store.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, each := range alphabetical {
			want = append(want, each.name)
			for what, found := range findNamed(t, store, account, each.query) {
				if !slices.Equal(found, []string{each.name}) {
					t.Errorf("%s by %q: %q", what, each.query, found)
				}
			}
		}
		expectAlphabetical(t, store, account, want)
	})
}

// The upgrade reads a thousand rows at a time, and leaves none out.
func TestUpgradeFoldsManyUsersAnew(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		const users = 2001
		account := firstVersionNamed(t, store, []string{"Ada"}, fmt.Sprintf(`INSERT INTO users WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < %d)
			SELECT 'user_000000000000000000' || (1000000 + n), (SELECT id FROM accounts), 'PERSONAL', 'u' || n, 'u' || n, 'Łukasz Person ' || n, 'łukasz person ' || n,
			'u' || n || '@acme.example', 'u' || n || '@acme.example', 'u' || n || ' łukasz person ' || n, 'EN', 'ACTIVE', '', false, 0, 1, NULL, 1, 1 FROM n`, users-1))
		if _, err := store.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		query := "lukasz person"
		found := must(store.CountUsers(t.Context(), account, db.UserFilter{Query: &query}, true, 0))(t)
		if *found != users {
			t.Errorf("%d of %d users are found", *found, users)
		}
	})
}
