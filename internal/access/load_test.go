package access_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// past is an account with jane, who has everything that a decision can ask, and john, who has nothing.
type past struct {
	t          *testing.T
	store      *db.DB
	account    *db.Account
	jane, john *db.User
	web        *db.AccessPoint
}

func newPast(t *testing.T, store *db.DB) *past {
	p := &past{t: t, store: store, account: &db.Account{ID: typeid.New("account"), Handle: "acme"}}
	p.jane, p.john = p.user("jane"), p.user("john")
	p.web = &db.AccessPoint{ID: typeid.New("accesspoint"), AccountID: p.account.ID, Code: "WEB", Kind: db.Interactive}
	api := &db.AccessPoint{ID: typeid.New("accesspoint"), AccountID: p.account.ID, Code: "API", Kind: db.Programmatic}
	role := &db.Role{ID: typeid.New("role"), AccountID: p.account.ID, Kind: db.CustomRole, Name: "Support", Permissions: db.NewCodes("VIEW_DOMAIN", "OLD_CODE")}
	admin := &db.Role{ID: typeid.New("role"), AccountID: p.account.ID, Kind: db.AdminRole, Name: "admin"}
	office, home, vpn := p.whitelist("Office"), p.whitelist("Home"), p.whitelist("VPN")
	p.touch(func(tx *db.Tx) error {
		ctx := t.Context()
		for _, step := range []func() error{
			func() error { return tx.CreateAccount(ctx, p.account) },
			func() error { return tx.CreateUser(ctx, p.jane) },
			func() error { return tx.CreateUser(ctx, p.john) },
			func() error { return tx.CreateRole(ctx, role) },
			func() error { return tx.CreateRole(ctx, admin) },
			func() error { return tx.CreateAccessPoint(ctx, p.web) },
			func() error { return tx.CreateAccessPoint(ctx, api) },
			func() error { return tx.CreateWhitelist(ctx, office, entries("192.0.2.0/24", "2001:db8::/48")) },
			func() error { return tx.CreateWhitelist(ctx, home, entries("198.51.100.7/32")) },
			func() error { return tx.CreateWhitelist(ctx, vpn, entries("203.0.113.0/24", "192.0.2.0/25")) },
			func() error { return tx.SetUserRoles(ctx, p.jane.ID, []typeid.ID{role.ID, admin.ID}) },
			func() error { return tx.SetUserAccessPoints(ctx, p.jane.ID, []typeid.ID{p.web.ID, api.ID}) },
			func() error { return tx.SetUserWhitelists(ctx, p.jane.ID, []typeid.ID{office.ID, home.ID}) },
			func() error { return tx.SetAccessPointWhitelists(ctx, p.web.ID, []typeid.ID{vpn.ID, office.ID}) },
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	return p
}

func (p *past) user(login string) *db.User {
	return &db.User{ID: typeid.New("user"), AccountID: p.account.ID, LoginName: login, Name: login, Email: login + "@acme.example", Status: db.Active}
}

func (p *past) whitelist(name string) *db.Whitelist {
	return &db.Whitelist{ID: typeid.New("whitelist"), AccountID: p.account.ID, Name: name}
}

func entries(prefixes ...string) []*db.WhitelistEntry {
	var all []*db.WhitelistEntry
	for _, prefix := range prefixes {
		all = append(all, &db.WhitelistEntry{Prefix: db.Prefix{Prefix: netip.MustParsePrefix(prefix)}})
	}
	return all
}

func (p *past) touch(fn func(tx *db.Tx) error) {
	p.t.Helper()
	if err := p.store.Touch(p.t.Context(), fn); err != nil {
		p.t.Fatal(err)
	}
}

func (p *past) subject(reader db.Reader, user *db.User) *access.Subject {
	p.t.Helper()
	subject, err := access.LoadSubject(p.t.Context(), reader, access.Builtin(), p.account, user)
	if err != nil {
		p.t.Fatal(err)
	}
	return subject
}

// told says of each list which of the addresses it holds.
func told(lists []*access.Whitelist, addresses ...string) []string {
	var all []string
	for _, list := range lists {
		for _, address := range addresses {
			if prefix, found := list.Find(netip.MustParseAddr(address)); found {
				all = append(all, list.Name+" "+prefix.String())
			}
		}
	}
	return all
}

func TestLoadSubject(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		p := newPast(t, store)
		before := store.Statements()
		jane := p.subject(store.Reader, p.jane)
		if sent := store.Statements() - before; sent != 4 {
			t.Errorf("%d statements", sent)
		}
		if len(jane.Roles) != 2 || !jane.Admin() || !jane.Permissions().Has("VIEW_DOMAIN") || !jane.Permissions().Has(access.CreateUser) || jane.Permissions().Has("OLD_CODE") {
			t.Errorf("roles %+v, permissions %v", jane.Roles, jane.Permissions().Codes())
		}
		addresses := []string{"192.0.2.7", "198.51.100.7", "203.0.113.9", "2001:db8::1"}
		want := []string{"Home 198.51.100.7/32", "Office 192.0.2.0/24", "Office 2001:db8::/48"}
		if got := told(jane.Whitelists, addresses...); !slices.Equal(got, want) {
			t.Errorf("whitelists %q", got)
		}
		if len(jane.Doors) != 2 || jane.Doors[0].Code != "API" || jane.Doors[0].Whitelists != nil || jane.Doors[1].Code != "WEB" {
			t.Fatalf("doors %+v", jane.Doors)
		}
		want = []string{"Office 192.0.2.0/24", "Office 2001:db8::/48", "VPN 192.0.2.0/25", "VPN 203.0.113.0/24"}
		if got := told(jane.Doors[1].Whitelists, addresses...); !slices.Equal(got, want) {
			t.Errorf("whitelists of WEB %q", got)
		}
		john := p.subject(store.Reader, p.john)
		if john.Admin() || len(john.Roles)+len(john.Doors)+len(john.Whitelists) > 0 || len(john.Permissions().Codes()) > 0 {
			t.Errorf("who has nothing: %+v", john)
		}
	})
}

func TestASecondFactorIsForcedByUserOrByPolicy(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		p := newPast(t, store)
		for _, c := range []struct{ user, policy bool }{{false, false}, {true, false}, {false, true}} {
			p.jane.MFAForced, p.account.Policy.MFAForced = c.user, c.policy
			if subject := p.subject(store.Reader, p.jane); subject.MFAForced != (c.user || c.policy) || subject.MFAEnrolled {
				t.Errorf("%+v: %+v", c, subject)
			}
		}
		p.touch(func(tx *db.Tx) error {
			return tx.CreateFactor(t.Context(), &db.TOTPMethod{Factor: db.Factor{ID: typeid.New("totp"), UserID: p.jane.ID, Name: "Phone"}, Secret: []byte{1}})
		})
		if !p.subject(store.Reader, p.jane).MFAEnrolled || p.subject(store.Reader, p.john).MFAEnrolled {
			t.Error("who has a factor is not told from who has none")
		}
	})
}

// Rules 4 and 5: a decision within a transaction already sees what that has changed, before it is committed.
func TestADecisionSeesTheChangeThatIsUnderWay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		p := newPast(t, store)
		request := access.Request{AccessPoint: "WEB", IP: netip.MustParseAddr("192.0.2.7")}
		p.touch(func(tx *db.Tx) error {
			if got := access.Decide(p.subject(tx.Reader, p.jane), request).Reason; got != access.Granted {
				t.Errorf("before: %s", got)
			}
			if err := tx.SetUserAccessPoints(t.Context(), p.jane.ID, nil); err != nil {
				return err
			}
			if got := access.Decide(p.subject(tx.Reader, p.jane), request).Reason; got != access.AccessPointNotAllowed {
				t.Errorf("after: %s", got)
			}
			return nil
		})
	})
}
