package account

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/patch"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

func entries(prefixes ...string) patch.Field[[]WhitelistEntryInput] {
	return patch.Of(entriesOf(prefixes...))
}

func TestCreateWhitelist(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := newSite(t, store, "acme")
		note := " Second line, from 1 December "
		list := must[*db.Whitelist](t)(s.service.CreateWhitelist(t.Context(), s.boss, CreateWhitelistInput{
			Name: "Büro Münster", Entries: []WhitelistEntryInput{{Cidr: "203.0.113.64/27", Note: &note}, {Cidr: "::ffff:10.0.0.1"}},
		}))
		stored, err := store.EntriesByWhitelist(t.Context(), []typeid.ID{list.ID})
		want := []string{"203.0.113.64/27 (Second line, from 1 December)", "10.0.0.1/32"}
		if got := each(stored[list.ID], entryText); err != nil || !slices.Equal(got, want) {
			t.Errorf("stored: %q, %v", got, err)
		}
		if got := s.lastChanges(audit.WhitelistCreate); len(got) != 2 || !strings.Contains(got[1], want[0]) {
			t.Errorf("the trail tells %q", got)
		}
		long := strings.Repeat("é", 121)
		many := make([]string, 1001)
		for i := range many {
			many[i] = fmt.Sprintf("10.0.%d.%d", i/256, i%256)
		}
		for name, c := range map[string]struct {
			input CreateWhitelistInput
			code  problem.Code
			path  string
		}{
			"no name":       {CreateWhitelistInput{Entries: entriesOf("10.0.0.1")}, problem.Required, "name"},
			"name taken":    {CreateWhitelistInput{Name: "BÜRO MÜNSTER", Entries: entriesOf("10.0.0.1")}, problem.Taken, "name"},
			"no entries":    {CreateWhitelistInput{Name: "x"}, problem.Required, "entries"},
			"too many":      {CreateWhitelistInput{Name: "x", Entries: entriesOf(many...)}, problem.TooLong, "entries"},
			"host bits":     {CreateWhitelistInput{Name: "x", Entries: entriesOf("10.0.0.1", "192.0.2.17/24")}, problem.Invalid, "entries.1.cidr"},
			"empty entry":   {CreateWhitelistInput{Name: "x", Entries: entriesOf("")}, problem.Required, "entries.0.cidr"},
			"long note":     {CreateWhitelistInput{Name: "x", Entries: []WhitelistEntryInput{{Cidr: "10.0.0.1", Note: &long}}}, problem.TooLong, "entries.0.note"},
			"doubled entry": {CreateWhitelistInput{Name: "x", Entries: entriesOf("10.0.0.2", "10.0.0.1/32", "::ffff:10.0.0.1")}, problem.Invalid, "entries.2.cidr"},
		} {
			_, err := s.service.CreateWhitelist(t.Context(), s.boss, c.input)
			wantProblem(t, name, err, c.code, c.path)
			if name == "doubled entry" && problem.From(err)[0].Args["position"] != 2 {
				t.Errorf("doubled entry: %v", problem.From(err)[0].Args)
			}
		}
		must[*db.Whitelist](t)(s.service.CreateWhitelist(t.Context(), s.boss, CreateWhitelistInput{Name: "A thousand", Entries: entriesOf(many[:1000]...)}))
	})
}

func TestUpdateWhitelist(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := newSite(t, store, "acme")
		s.whitelist("Other", "10.0.0.0/8")
		list, one := s.whitelist("Office", "192.0.2.0/24", "2001:db8::/32"), 1
		update := func(input UpdateWhitelistInput) (*db.Whitelist, error) {
			input.ID = list.ID
			return s.service.UpdateWhitelist(t.Context(), s.boss, input)
		}
		stored := func() []string {
			found, err := store.EntriesByWhitelist(t.Context(), []typeid.ID{list.ID})
			if err != nil {
				t.Fatal(err)
			}
			return each(found[list.ID], entryText)
		}
		must[*db.Whitelist](t)(update(UpdateWhitelistInput{Revision: &one, Name: patch.To("Office Zwolle")}))
		if !slices.Equal(stored(), []string{"192.0.2.0/24", "2001:db8::/32"}) {
			t.Errorf("what was left out did not stay: %q", stored())
		}
		for name, c := range map[string]struct {
			input UpdateWhitelistInput
			code  problem.Code
			path  string
		}{
			"stale revision": {UpdateWhitelistInput{Revision: &one, Name: patch.To("Lost")}, problem.StaleRevision, "revision"},
			"name taken":     {UpdateWhitelistInput{Name: patch.To("other")}, problem.Taken, "name"},
			"null name":      {UpdateWhitelistInput{Name: patch.Null[string]()}, problem.Invalid, "name"},
			"null entries":   {UpdateWhitelistInput{Entries: patch.Of[[]WhitelistEntryInput](nil)}, problem.Invalid, "entries"},
			"no entries":     {UpdateWhitelistInput{Entries: entries()}, problem.Required, "entries"},
			"bad address":    {UpdateWhitelistInput{Entries: entries("10.0.0.256")}, problem.Invalid, "entries.0.cidr"},
		} {
			_, err := update(c.input)
			wantProblem(t, name, err, c.code, c.path)
		}
		changed := must[*db.Whitelist](t)(update(UpdateWhitelistInput{Entries: entries("2001:db8::/32", "192.0.2.0/24")}))
		if !slices.Equal(stored(), []string{"2001:db8::/32", "192.0.2.0/24"}) || changed.Revision != 3 {
			t.Errorf("a new order was not stored: %q, %+v", stored(), changed)
		}
		must[*db.Whitelist](t)(update(UpdateWhitelistInput{Entries: entries("2001:db8::/32", "192.0.2.0/24")}))
		if again := must[*db.Whitelist](t)(store.WhitelistByID(t.Context(), s.account.ID, list.ID)); again.Revision != 3 {
			t.Errorf("an update that changes nothing made revision %d", again.Revision)
		}
		must[*db.Whitelist](t)(update(UpdateWhitelistInput{Entries: entries("192.0.2.0/25")}))
		if got := s.lastChanges(audit.WhitelistUpdate); !slices.Equal(got, []string{"entries: 192.0.2.0/24, 2001:db8::/32 → 192.0.2.0/25"}) {
			t.Errorf("the trail tells %q", got)
		}
	})
}

// Rule 4: a list that holds the viewer's session cannot lose the viewer's address, be it the viewer's own or the door's.
func TestUpdateWhitelistLockout(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := newSite(t, store, "acme")
		own, door, free := s.whitelist("Own", officeIP), s.whitelist("Door", "192.0.2.0/24"), s.whitelist("Free", officeIP)
		s.giveWhitelists(s.boss, own)
		s.touch(func(tx *db.Tx) error {
			return tx.SetAccessPointWhitelists(t.Context(), s.web.ID, []typeid.ID{door.ID})
		})
		update := func(list *db.Whitelist, prefixes ...string) error {
			_, err := s.service.UpdateWhitelist(t.Context(), s.boss, UpdateWhitelistInput{ID: list.ID, Entries: entries(prefixes...)})
			return err
		}
		wantProblem(t, "own", update(own, homeIP), problem.Lockout, "entries")
		wantProblem(t, "door", update(door, homeIP), problem.Lockout, "entries")
		for _, list := range []*db.Whitelist{own, door} {
			if err := update(list, homeIP, "::ffff:"+officeIP); err != nil {
				t.Errorf("%s with both addresses: %v", list.Name, err)
			}
		}
		if err := update(free, homeIP); err != nil {
			t.Errorf("a list that is asked of nobody: %v", err)
		}
		if got := s.events(audit.WhitelistUpdate); !slices.Equal(got, []string{"DENIED LOCKOUT", "DENIED LOCKOUT", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED"}) {
			t.Errorf("events: %q", got)
		}
	})
}

// Rule 3: whoever changes a whitelist changes from where others may come, and must hold all that they hold.
func TestUpdateWhitelistNeedsWhatItsHoldersHave(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := newSite(t, store, "acme")
		clerk := s.holder("clerk", access.ManageWhitelist, access.ViewWhitelist, "VIEW_DOMAIN")
		peer, chief := s.holder("peer", "VIEW_DOMAIN"), s.holder("chief", "VIEW_DOMAIN", "UPDATE_DOMAIN")
		list := s.whitelist("Office", "192.0.2.0/24")
		n := 24
		widen := func(viewer *access.Viewer) error {
			n--
			_, err := s.service.UpdateWhitelist(t.Context(), viewer, UpdateWhitelistInput{ID: list.ID, Entries: entries(fmt.Sprintf("192.0.0.0/%d", n-2), officeIP)})
			return err
		}
		s.giveWhitelists(clerk, list)
		s.giveWhitelists(peer, list)
		if err := widen(clerk); err != nil {
			t.Errorf("one's own and a peer's: %v", err)
		}
		s.giveWhitelists(chief, list)
		wantProblem(t, "of somebody who may do more", widen(clerk), problem.NotAllowed, "id")
		s.giveWhitelists(chief)
		s.giveWhitelists(s.boss, list)
		wantProblem(t, "of a holder of admin", widen(clerk), problem.NotAllowed, "id")
		s.giveWhitelists(s.boss)
		s.touch(func(tx *db.Tx) error {
			return tx.SetAccessPointWhitelists(t.Context(), s.web.ID, []typeid.ID{list.ID})
		})
		wantProblem(t, "of everybody who comes through a door", widen(clerk), problem.NotAllowed, "id")
		if err := widen(s.boss); err != nil {
			t.Errorf("by a holder of admin: %v", err)
		}
	})
}

// Rule 4: removing a whitelist must never open a door.
func TestDeleteWhitelist(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := newSite(t, store, "acme")
		free, users, door := s.whitelist("Free", homeIP), s.whitelist("Users", officeIP), s.whitelist("Door", officeIP)
		s.giveWhitelists(s.holder("jane"), users)
		s.touch(func(tx *db.Tx) error {
			return tx.SetAccessPointWhitelists(t.Context(), s.web.ID, []typeid.ID{door.ID})
		})
		for list, want := range map[*db.Whitelist]map[string]any{
			users: {"users": 1, "accessPoints": 0, "keys": 0},
			door:  {"users": 0, "accessPoints": 1, "keys": 0},
		} {
			err := s.service.DeleteWhitelist(t.Context(), s.boss, list.ID)
			wantProblem(t, list.Name, err, problem.InUse, "id")
			if got := problem.From(err)[0].Args; fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s is in use by %v", list.Name, got)
			}
		}
		if err := s.service.DeleteWhitelist(t.Context(), s.boss, free.ID); err != nil {
			t.Fatal(err)
		}
		if got := s.lastChanges(audit.WhitelistDelete); !slices.Equal(got, []string{"name: Free → ", "entries: " + homeIP + "/32 → "}) {
			t.Errorf("the trail tells %q", got)
		}
	})
}

// A whitelist that comes with a user is judged and recorded as if it came alone, at its own place of the input.
func TestWhitelistBesideAnotherChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := newSite(t, store, "acme")
		s.whitelist("Office", officeIP)
		change := func(input CreateWhitelistInput) error {
			return s.service.change(t.Context(), s.boss, audit.UserUpdate, []string{access.UpdateUser}, func(tx *db.Tx, a *attempt) error {
				problems, err := a.checkWhitelist(t.Context(), tx.Reader, input, "newWhitelist.")
				if err == nil {
					err = problems.Err()
				}
				if err == nil {
					_, err = a.createWhitelist(t.Context(), tx, input, "newWhitelist.")
				}
				return err
			})
		}
		wantProblem(t, "name taken", change(CreateWhitelistInput{Name: "office", Entries: entriesOf(homeIP)}), problem.Taken, "newWhitelist.name")
		wantProblem(t, "entry", change(CreateWhitelistInput{Name: "Home", Entries: entriesOf("010.0.0.1")}), problem.Invalid, "newWhitelist.entries.0.cidr")
		if err := change(CreateWhitelistInput{Name: "Home", Entries: entriesOf(homeIP)}); err != nil {
			t.Fatal(err)
		}
		if got := s.lastChanges(audit.WhitelistCreate); !slices.Equal(got, []string{"name:  → Home", "entries:  → " + homeIP + "/32"}) {
			t.Errorf("the trail tells %q", got)
		}
	})
}

// Every operation on whitelists: refused without its permission, and blind to another account's.
func TestWhitelistsDeniedAndElsewhere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s, other := newSite(t, store, "acme"), newSite(t, store, "other")
		list, nobody := s.whitelist("Office", "192.0.2.0/24"), s.holder("nobody", access.ManageAccessPoint)
		filter := db.WhitelistFilter{}
		for name, c := range map[string]struct {
			permission string
			call       func(viewer *access.Viewer) error
		}{
			"create": {access.ManageWhitelist, func(v *access.Viewer) error {
				_, err := s.service.CreateWhitelist(t.Context(), v, CreateWhitelistInput{Name: "x", Entries: entriesOf(homeIP)})
				return err
			}},
			"update": {access.ManageWhitelist, func(v *access.Viewer) error {
				_, err := s.service.UpdateWhitelist(t.Context(), v, UpdateWhitelistInput{ID: list.ID, Name: patch.To("y")})
				return err
			}},
			"delete": {access.ManageWhitelist, func(v *access.Viewer) error { return s.service.DeleteWhitelist(t.Context(), v, list.ID) }},
			"list": {access.ViewWhitelist, func(v *access.Viewer) error {
				_, err := s.service.Whitelists(t.Context(), v, filter, db.Page{Limit: 1})
				return err
			}},
			"count": {access.ViewWhitelist, func(v *access.Viewer) error {
				_, err := s.service.CountWhitelists(t.Context(), v, filter, true)
				return err
			}},
		} {
			wantForbidden(t, name, c.call(nobody), c.permission)
			switch err := c.call(other.boss); name {
			case "update", "delete":
				wantProblem(t, name+" elsewhere", err, problem.NotFound, "id")
			}
		}
		for _, v := range []*access.Viewer{nobody, other.boss} {
			if found, err := s.service.WhitelistsByID(t.Context(), v, []typeid.ID{list.ID}); err != nil || len(found) != 0 {
				t.Errorf("by ID: %v, %v", found, err)
			}
		}
		ip := " ::ffff:" + officeIP
		for _, c := range []struct {
			viewer *access.Viewer
			want   int
		}{{s.boss, 1}, {other.boss, 0}} {
			if count := must[*int](t)(s.service.CountWhitelists(t.Context(), c.viewer, db.WhitelistFilter{ContainsIP: &ip}, false)); *count != c.want {
				t.Errorf("%s counts %d lists with the address, want %d", c.viewer.Account.Handle, *count, c.want)
			}
		}
		for _, bad := range []string{"", "192.0.2.0/24", "10.0.0.256", "fe80::1%eth0"} {
			_, err := s.service.Whitelists(t.Context(), s.boss, db.WhitelistFilter{ContainsIP: &bad}, db.Page{Limit: 1})
			if !problem.Has(err, problem.Invalid) {
				t.Errorf("filter by %q: %v", bad, err)
			}
		}
	})
}
