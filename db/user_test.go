package db_test

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// crowd is an account with a few users who differ in everything that can be ordered by or asked for.
type crowd struct {
	account *db.Account
	roles   map[string]*db.Role
	point   *db.AccessPoint
	list    *db.Whitelist
}

var people = []struct {
	login, name, email string
	kind               db.UserKind
	status             db.UserStatus
	createdAt, signIn  db.Time
	role               string
}{
	{"Zoe", "Ömer Zoë", "b@acme.example", db.Personal, db.Active, 30, 500, "one"},
	{"adam", "zacharias 100%", "c@acme.example", db.Personal, db.Invited, 10, 0, "one"},
	{"whmcs", "Billing_system", "a@acme.example", db.API, db.Active, 20, 0, "two"},
	{"Bert", "Ébert", "d@acme.example", db.Personal, db.Deactivated, 20, 400, "two"},
}

func makeCrowd(t *testing.T, store *db.DB) crowd {
	t.Helper()
	ctx := t.Context()
	c := crowd{
		account: &db.Account{ID: typeid.New("account"), Handle: "acme", Name: "Acme"},
		roles:   map[string]*db.Role{},
	}
	c.point = &db.AccessPoint{ID: typeid.New("ap"), AccountID: c.account.ID, Code: "API", Kind: db.Programmatic}
	c.list = &db.Whitelist{ID: typeid.New("wl"), AccountID: c.account.ID, Name: "Office"}
	other := &db.Account{ID: typeid.New("account"), Handle: "other", Name: "Other"}
	office := []*db.WhitelistEntry{{Prefix: db.Prefix{Prefix: netip.MustParsePrefix("192.0.2.0/24")}}}
	err := store.Touch(ctx, func(tx *db.Tx) error {
		err := errors.Join(tx.CreateAccount(ctx, c.account), tx.CreateAccount(ctx, other), tx.CreateAccessPoint(ctx, c.point), tx.CreateWhitelist(ctx, c.list, office))
		for _, name := range []string{"one", "two"} {
			c.roles[name] = &db.Role{ID: typeid.New("role"), AccountID: c.account.ID, Kind: db.CustomRole, Name: name}
			err = errors.Join(err, tx.CreateRole(ctx, c.roles[name]))
		}
		for _, p := range people {
			user := &db.User{
				ID: typeid.New("user"), AccountID: c.account.ID, Kind: p.kind, LoginName: p.login, Name: p.name, Email: p.email,
				Language: db.English, Status: p.status, CreatedAt: p.createdAt, LastSignInAt: p.signIn,
			}
			err = errors.Join(err, tx.CreateUser(ctx, user), tx.SetUserRoles(ctx, user.ID, []typeid.ID{c.roles[p.role].ID}))
			if p.kind == db.API {
				err = errors.Join(err, tx.SetUserAccessPoints(ctx, user.ID, []typeid.ID{c.point.ID}))
			}
			if p.login == "Zoe" {
				throttle, locked := tx.LockThrottle(ctx, db.NameThrottle("acme", "zoe"), 0)
				throttle.Until = 1000
				err = errors.Join(err, locked, tx.SaveThrottle(ctx, throttle), tx.SetUserWhitelists(ctx, user.ID, []typeid.ID{c.list.ID}),
					tx.CreateFactor(ctx, &db.TOTPMethod{Factor: db.Factor{ID: typeid.New("totp"), UserID: user.ID}, Secret: []byte("sealed")}))
			}
		}
		return errors.Join(err, tx.CreateUser(ctx, &db.User{ID: typeid.New("user"), AccountID: other.ID, LoginName: "stranger", Email: "a@acme.example"}))
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func logins(users []*db.User) []string {
	names := make([]string, len(users))
	for i, user := range users {
		names[i] = user.LoginName
	}
	return names
}

// Every order, forwards and backwards, gives each user once, whatever the size of a page, and ties by ID.
func TestUsersInEveryOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := makeCrowd(t, store)
		for field, want := range map[db.UserOrderField][]string{
			"":              {"adam", "Bert", "whmcs", "Zoe"},
			db.ByLoginName:  {"adam", "Bert", "whmcs", "Zoe"},
			db.ByName:       {"whmcs", "Bert", "Zoe", "adam"},
			db.ByEmail:      {"whmcs", "Zoe", "adam", "Bert"},
			db.ByCreation:   {"adam", "whmcs", "Bert", "Zoe"},
			db.ByLastSignIn: {"adam", "whmcs", "Bert", "Zoe"},
		} {
			for _, direction := range []db.SortDirection{db.Ascending, db.Descending} {
				by, want := db.UserOrder{Field: field, Direction: direction}, slices.Clone(want)
				if direction == db.Descending {
					slices.Reverse(want)
				}
				for size := 1; size <= 5; size++ {
					name := fmt.Sprintf("%s %s in pages of %d", field, direction, size)
					if got := walkUsers(t, store, c.account, by, size, false); !slices.Equal(got, want) {
						t.Errorf("%s: %q, want %q", name, got, want)
					}
					if got := walkUsers(t, store, c.account, by, size, true); !slices.Equal(got, want) {
						t.Errorf("%s, from the end: %q, want %q", name, got, want)
					}
				}
			}
		}
		_, err := store.Users(t.Context(), c.account, db.UserFilter{}, db.UserOrder{Field: db.ByCreation},
			db.Page{Limit: 1, After: &db.Cursor{Key: "adam", ID: "user_x"}}, 0)
		if !errors.Is(err, db.ErrCursor) {
			t.Errorf("a cursor of another order: %v", err)
		}
	})
}

// walkUsers reads a list page by page.
func walkUsers(t *testing.T, store *db.DB, account *db.Account, by db.UserOrder, size int, backward bool) []string {
	t.Helper()
	var all []string
	page := db.Page{Limit: size, Backward: backward}
	for range len(people) + 1 {
		list, err := store.Users(t.Context(), account, db.UserFilter{}, by, page, 0)
		if err != nil {
			t.Fatal(err)
		}
		if backward {
			all = slices.Concat(logins(list.Items), all)
		} else {
			all = slices.Concat(all, logins(list.Items))
		}
		if backward && !list.HasPrevious || !backward && !list.HasNext {
			break
		}
		edge := list.Items[len(list.Items)-1]
		if backward {
			edge = list.Items[0]
		}
		cursor, err := db.ParseCursor(by.Cursor(edge).In(db.ListID{}), db.ListID{})
		if err != nil {
			t.Fatal(err)
		}
		if page.After = &cursor; backward {
			page.After, page.Before = nil, &cursor
		}
	}
	return all
}

// All conditions of a filter must hold, within a list any one; the count agrees.
func TestUsersByFilter(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := makeCrowd(t, store)
		one, two := c.roles["one"].ID, c.roles["two"].ID
		at := func(instant db.Time) *db.Time { return &instant }
		for name, test := range map[string]struct {
			filter db.UserFilter
			want   []string
		}{
			"nothing asked":             {db.UserFilter{}, []string{"adam", "Bert", "whmcs", "Zoe"}},
			"empty lists":               {db.UserFilter{Kinds: []db.UserKind{}, RoleIDs: []typeid.ID{}}, []string{"adam", "Bert", "whmcs", "Zoe"}},
			"part of a login name":      {db.UserFilter{Query: new("HMC")}, []string{"whmcs"}},
			"name without its accents":  {db.UserFilter{Query: new("omer zoe")}, []string{"Zoe"}},
			"accents the name lacks":    {db.UserFilter{Query: new("zächarias")}, []string{"adam"}},
			"part of an email":          {db.UserFilter{Query: new("D@ACME")}, []string{"Bert"}},
			"a per cent sign is itself": {db.UserFilter{Query: new("0%")}, []string{"adam"}},
			"an underscore is itself":   {db.UserFilter{Query: new("g_s")}, []string{"whmcs"}},
			"a backslash is itself":     {db.UserFilter{Query: new(`\`)}, nil},
			"a quote is itself":         {db.UserFilter{Query: new(`' OR '1'='1`)}, nil},
			"kind":                      {db.UserFilter{Kinds: []db.UserKind{db.API}}, []string{"whmcs"}},
			"any status":                {db.UserFilter{Statuses: []db.UserStatus{db.Invited, db.Deactivated}}, []string{"adam", "Bert"}},
			"a role":                    {db.UserFilter{RoleIDs: []typeid.ID{one}}, []string{"adam", "Zoe"}},
			"any role":                  {db.UserFilter{RoleIDs: []typeid.ID{one, two}}, []string{"adam", "Bert", "whmcs", "Zoe"}},
			"an access point":           {db.UserFilter{AccessPoints: []string{"WEB", "API"}}, []string{"whmcs"}},
			"a whitelist":               {db.UserFilter{WhitelistIDs: []typeid.ID{c.list.ID}}, []string{"Zoe"}},
			"locked":                    {db.UserFilter{Locked: new(true)}, []string{"Zoe"}},
			"not locked":                {db.UserFilter{Locked: new(false)}, []string{"adam", "Bert", "whmcs"}},
			"with a factor":             {db.UserFilter{MFAEnrolled: new(true)}, []string{"Zoe"}},
			"without a factor":          {db.UserFilter{MFAEnrolled: new(false)}, []string{"adam", "Bert", "whmcs"}},
			"not seen since, or ever":   {db.UserFilter{LastSignInBefore: at(500)}, []string{"adam", "Bert", "whmcs"}},
			"two conditions":            {db.UserFilter{RoleIDs: []typeid.ID{two}, Kinds: []db.UserKind{db.Personal}}, []string{"Bert"}},
		} {
			list, err := store.Users(t.Context(), c.account, test.filter, db.UserOrder{}, db.Page{Limit: 10}, 999)
			if got := logins(list.Items); err != nil || !slices.Equal(got, test.want) && len(got)+len(test.want) > 0 {
				t.Errorf("%s: %q, %v, want %q", name, got, err, test.want)
			}
			count, err := store.CountUsers(t.Context(), c.account, test.filter, false, 999)
			if err != nil || count == nil || *count != len(test.want) {
				t.Errorf("%s: counted %v, %v", name, count, err)
			}
		}
		if list, err := store.Users(t.Context(), c.account, db.UserFilter{Locked: new(true)}, db.UserOrder{}, db.Page{Limit: 10}, 1000); err != nil || len(list.Items) > 0 {
			t.Errorf("a lock that has ended: %q, %v", logins(list.Items), err)
		}
	})
}

// Login names and emails are unique in their account without regard to case, and users are found by them.
func TestUserKeys(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := makeCrowd(t, store)
		ctx := t.Context()
		for column, user := range map[string]*db.User{
			"login_key": {ID: typeid.New("user"), AccountID: c.account.ID, LoginName: "ADAM", Email: "new@acme.example"},
			"email_key": {ID: typeid.New("user"), AccountID: c.account.ID, LoginName: "newcomer", Email: "B@ACME.example"},
		} {
			err := store.Touch(ctx, func(tx *db.Tx) error { return tx.CreateUser(ctx, user) })
			if conflict, ok := errors.AsType[*db.ConflictError](err); !ok || !conflict.On(column) {
				t.Errorf("%s: %v", column, err)
			}
		}
		for name, find := range map[string]func() (*db.User, error){
			"login name": func() (*db.User, error) { return store.UserByLoginName(ctx, c.account.ID, "zOE") },
			"email":      func() (*db.User, error) { return store.UserByEmail(ctx, c.account.ID, "B@Acme.Example") },
		} {
			if user, err := find(); err != nil || user.LoginName != "Zoe" {
				t.Errorf("by %s: %v, %v", name, user, err)
			}
		}
		if _, err := store.UserByLoginName(ctx, c.account.ID, "stranger"); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("another account's user: %v", err)
		}
	})
}

// An answer is remembered for its own user and key alone, and until the time given.
func TestIdempotentAnswers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := makeCrowd(t, store)
		ctx := t.Context()
		zoe, err := store.UserByLoginName(ctx, c.account.ID, "zoe")
		if err != nil {
			t.Fatal(err)
		}
		remember := func(answer typeid.ID, at, until db.Time) error {
			return store.Touch(ctx, func(tx *db.Tx) error {
				return tx.RememberAnswer(ctx, &db.IdempotentAnswer{
					UserID: zoe.ID, IdempotencyKey: "key", Digest: []byte("digest"), AnswerID: answer, CreatedAt: at,
				}, until)
			})
		}
		if err := remember("user_first", 100, 0); err != nil {
			t.Fatal(err)
		}
		if _, ok := errors.AsType[*db.ConflictError](remember("user_second", 150, 99)); !ok {
			t.Error("a key is taken twice")
		}
		if answer, err := store.IdempotentAnswer(ctx, zoe.ID, "key", 99); err != nil || answer.AnswerID != "user_first" {
			t.Errorf("%v, %v", answer, err)
		}
		if _, err := store.IdempotentAnswer(ctx, zoe.ID, "key", 100); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("a forgotten answer: %v", err)
		}
		if err := remember("user_second", 200, 100); err != nil {
			t.Errorf("after it was forgotten: %v", err)
		}
	})
}
