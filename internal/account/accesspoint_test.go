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

func ids[T any](rows []*T, id func(*T) typeid.ID) patch.Field[[]typeid.ID] {
	return patch.Of(each(rows, id))
}

func lists(rows ...*db.Whitelist) patch.Field[[]typeid.ID] { return ids(rows, whitelistID) }

func TestCreateAccessPoint(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := newSite(t, store, "acme")
		office := s.whitelist("Office", "192.0.2.0/24")
		description := "For customers"
		point := must[*db.AccessPoint](t)(s.service.CreateAccessPoint(t.Context(), s.boss, CreateAccessPointInput{
			Code: "PORTAL-2", Name: "Customer portal", Description: &description, Kind: db.Interactive,
			WhitelistIDs: []typeid.ID{office.ID}, Origins: []string{"HTTPS://Portal.Acme.Example:443", "http://localhost:5173"},
		}))
		stored := must[*db.AccessPoint](t)(store.AccessPointByID(t.Context(), s.account.ID, point.ID))
		if want := []string{"https://portal.acme.example", "http://localhost:5173"}; stored.Code != "PORTAL-2" || stored.BuiltIn || !slices.Equal(stored.Origins.V, want) {
			t.Errorf("stored: %+v", stored)
		}
		want := []string{"code:  → PORTAL-2", "name:  → Customer portal", "description:  → For customers", "kind:  → INTERACTIVE",
			"origins:  → http://localhost:5173, https://portal.acme.example", "whitelistsReportOnly:  → false", "whitelists:  → Office"}
		if got := s.lastChanges(audit.AccessPointCreate); !slices.Equal(got, want) {
			t.Errorf("the trail tells %q, want %q", got, want)
		}
		good := CreateAccessPointInput{Code: "OTHER", Name: "Other", Kind: db.Programmatic}
		for name, c := range map[string]struct {
			spoil func(input *CreateAccessPointInput)
			code  problem.Code
			path  string
		}{
			"no code":              {func(i *CreateAccessPointInput) { i.Code = "" }, problem.Required, "code"},
			"short code":           {func(i *CreateAccessPointInput) { i.Code = "A" }, problem.TooShort, "code"},
			"long code":            {func(i *CreateAccessPointInput) { i.Code = strings.Repeat("A", 41) }, problem.TooLong, "code"},
			"code in lower case":   {func(i *CreateAccessPointInput) { i.Code = "portal" }, problem.Invalid, "code"},
			"code with a slash":    {func(i *CreateAccessPointInput) { i.Code = "A/B" }, problem.Invalid, "code"},
			"code taken":           {func(i *CreateAccessPointInput) { i.Code = db.Web }, problem.Taken, "code"},
			"no name":              {func(i *CreateAccessPointInput) { i.Name = "" }, problem.Required, "name"},
			"no kind":              {func(i *CreateAccessPointInput) { i.Kind = "" }, problem.Invalid, "kind"},
			"unknown whitelist":    {func(i *CreateAccessPointInput) { i.WhitelistIDs = []typeid.ID{office.ID, typeid.New("wl")} }, problem.NotFound, "whitelistIds.1"},
			"too many whitelists":  {func(i *CreateAccessPointInput) { i.WhitelistIDs = make([]typeid.ID, 21) }, problem.TooLong, "whitelistIds"},
			"origins for programs": {func(i *CreateAccessPointInput) { i.Origins = []string{"https://a.example"} }, problem.Invalid, "origins"},
			"too many origins": {func(i *CreateAccessPointInput) { i.Kind, i.Origins = db.Interactive, make([]string, 21) },
				problem.TooLong, "origins"},
			"one origin twice": {func(i *CreateAccessPointInput) {
				i.Kind, i.Origins = db.Interactive, []string{"https://a.example", "https://A.example:443/"}
			}, problem.Invalid, "origins.1"},
		} {
			input := good
			c.spoil(&input)
			_, err := s.service.CreateAccessPoint(t.Context(), s.boss, input)
			wantProblem(t, name, err, c.code, c.path)
		}
		must[*db.AccessPoint](t)(s.service.CreateAccessPoint(t.Context(), s.boss, good))
	})
}

func TestParseOrigin(t *testing.T) {
	for raw, want := range map[string]string{
		"https://portal.acme.example":        "https://portal.acme.example",
		"HTTPS://Portal.Acme.Example/":       "https://portal.acme.example",
		"https://portal.acme.example:8443":   "https://portal.acme.example:8443",
		"https://portal.acme.example:443":    "https://portal.acme.example",
		"http://localhost":                   "http://localhost",
		"http://LOCALHOST:80":                "http://localhost",
		"http://localhost:443":               "http://localhost:443",
		"https://192.0.2.1":                  "https://192.0.2.1",
		"https://[2001:DB8:0::1]:8443":       "https://[2001:db8::1]:8443",
		"https://xn--bro-hoa.example":        "https://xn--bro-hoa.example",
		"http://portal.acme.example":         "origin.scheme",
		"http://127.0.0.1":                   "origin.scheme",
		"http://localhost.evil.example":      "origin.scheme",
		"ftp://a.example":                    "origin.scheme",
		"javascript://a.example/%0aalert(1)": "origin.scheme",
		"https://a.example/path":             "origin.path",
		"https://a.example?q":                "origin.path",
		"https://a.example?":                 "origin.path",
		"https://a.example#":                 "origin.path",
		"https://user@a.example":             "origin.path",
		"https://a.example:0":                "origin.port",
		"https://a.example:65536":            "origin.port",
		"https://a.example:":                 "origin.port",
		"https://a.example:0443":             "origin.port",
		"https://*.example":                  "origin.host",
		"https://büro.example":               "https://xn--bro-hoa.example",
		"https://BÜRO。Example:443":           "https://xn--bro-hoa.example",
		"https://büro.example.":              "origin.host",
		"https://büro\u200b.example/":        "https://xn--bro-hoa.example",
		"https://a..example":                 "origin.host",
		"https://a.example.":                 "origin.host",
		"https://-a.example":                 "origin.host",
		"https://a_b.example":                "origin.host",
		"https://192.0.2.256":                "origin.host",
		"https://0x7f.1":                     "origin.host",
		"https://[fe80::1%25eth0]":           "origin.host",
		"https://" + strings.Repeat("a", 64): "origin.host",
		"portal.acme.example":                "origin.invalid",
		"https:portal.acme.example":          "origin.invalid",
		"https://":                           "origin.invalid",
		"//a.example":                        "origin.invalid",
		"null":                               "origin.invalid",
		"*":                                  "origin.invalid",
		"":                                   "origin.invalid",
		"https://a.example\x00":              "origin.invalid",
		"https://a b.example":                "origin.invalid",
	} {
		origin, key := parseOrigin(raw)
		if got := origin + key; got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
		if key == "" {
			if again, key := parseOrigin(origin); again != origin || key != "" {
				t.Errorf("%q is not read as itself: %q, %q", origin, again, key)
			}
		}
	}
}

// Rule 4: nobody takes their own door away from themselves.
func TestUpdateAccessPointLockout(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := newSite(t, store, "acme")
		office, home := s.whitelist("Office", "192.0.2.0/24"), s.whitelist("Home", homeIP)
		update := func(lists patch.Field[[]typeid.ID]) error {
			_, err := s.service.UpdateAccessPoint(t.Context(), s.boss, UpdateAccessPointInput{ID: s.web.ID, WhitelistIDs: lists})
			return err
		}
		err := update(lists(home))
		wantProblem(t, "without the viewer's address", err, problem.Lockout, "whitelistIds")
		if ip := problem.From(err)[0].Args["ip"]; ip != officeIP {
			t.Errorf("the refusal says %v is the viewer's address", ip)
		}
		if asked, err := store.WhitelistsByAccessPoint(t.Context(), []typeid.ID{s.web.ID}); err != nil || len(asked[s.web.ID]) != 0 {
			t.Errorf("the refused change was written: %v, %v", asked, err)
		}
		if err := update(lists(home, office)); err != nil {
			t.Fatal(err)
		}
		if got, want := s.lastChanges(audit.AccessPointUpdate), []string{"whitelists:  → Home, Office"}; !slices.Equal(got, want) {
			t.Errorf("the trail tells %q", got)
		}
		// Another door may be closed to the viewer: it is not the one they came through.
		desk := must[*db.AccessPoint](t)(s.service.CreateAccessPoint(t.Context(), s.boss, CreateAccessPointInput{
			Code: "DESK", Name: "Desk", Kind: db.Interactive, WhitelistIDs: []typeid.ID{home.ID},
		}))
		must[*db.AccessPoint](t)(s.service.UpdateAccessPoint(t.Context(), s.boss, UpdateAccessPointInput{ID: desk.ID, Name: patch.To("Front desk")}))
		if err := update(patch.Of([]typeid.ID{})); err != nil {
			t.Fatalf("an empty list must clear: %v", err)
		}
		if got := s.events(audit.AccessPointUpdate); !slices.Equal(got, []string{"DENIED LOCKOUT", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED"}) {
			t.Errorf("events: %q", got)
		}
	})
}

// Rule 3: who comes through an access point comes from where its whitelists say, so that whoever changes them must hold
// all that they hold.
func TestUpdateAccessPointNeedsWhatItsUsersHave(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := newSite(t, store, "acme")
		office := s.whitelist("Office", "192.0.2.0/24")
		clerk := s.holder("clerk", access.ManageAccessPoint, "VIEW_DOMAIN")
		peer, chief := s.holder("peer", "VIEW_DOMAIN"), s.holder("chief", "VIEW_DOMAIN", "UPDATE_DOMAIN")
		desk := must[*db.AccessPoint](t)(s.service.CreateAccessPoint(t.Context(), s.boss, CreateAccessPointInput{Code: "DESK", Name: "Desk", Kind: db.Interactive}))
		comesThrough := func(viewer *access.Viewer) {
			s.touch(func(tx *db.Tx) error {
				return tx.SetUserAccessPoints(t.Context(), viewer.User.ID, []typeid.ID{s.web.ID, desk.ID})
			})
		}
		update := func(viewer *access.Viewer, asked patch.Field[[]typeid.ID]) error {
			_, err := s.service.UpdateAccessPoint(t.Context(), viewer, UpdateAccessPointInput{
				ID: desk.ID, Description: patch.To("For " + viewer.User.LoginName), WhitelistIDs: asked,
			})
			return err
		}
		comesThrough(peer)
		if err := update(clerk, lists(office)); err != nil {
			t.Errorf("a peer's: %v", err)
		}
		comesThrough(chief)
		wantProblem(t, "of somebody who may do more", update(clerk, patch.Of([]typeid.ID{})), problem.NotAllowed, "whitelistIds")
		if err := update(clerk, lists(office)); err != nil {
			t.Errorf("the same whitelists: %v", err)
		}
		if err := update(s.boss, patch.Of([]typeid.ID{})); err != nil {
			t.Errorf("by a holder of admin: %v", err)
		}
	})
}

func TestUpdateAccessPoint(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := newSite(t, store, "acme")
		office, one := s.whitelist("Office", "192.0.2.0/24"), 1
		point := must[*db.AccessPoint](t)(s.service.CreateAccessPoint(t.Context(), s.boss, CreateAccessPointInput{
			Code: "PORTAL", Name: "Portal", Kind: db.Interactive, WhitelistIDs: []typeid.ID{office.ID}, Origins: []string{"https://a.example"},
		}))
		update := func(input UpdateAccessPointInput) (*db.AccessPoint, error) {
			input.ID = point.ID
			return s.service.UpdateAccessPoint(t.Context(), s.boss, input)
		}
		changed := must[*db.AccessPoint](t)(update(UpdateAccessPointInput{Revision: &one, Name: patch.To("Portal 2"), Description: patch.To("New")}))
		asked, err := store.WhitelistsByAccessPoint(t.Context(), []typeid.ID{point.ID})
		if err != nil || changed.Revision != 2 || !slices.Equal(changed.Origins.V, []string{"https://a.example"}) || len(asked[point.ID]) != 1 {
			t.Errorf("what was left out did not stay: %+v, %v, %v", changed, asked, err)
		}
		_, err = update(UpdateAccessPointInput{Revision: &one, Name: patch.To("Lost")})
		wantProblem(t, "stale revision", err, problem.StaleRevision, "revision")
		_, err = update(UpdateAccessPointInput{Name: patch.Null[string]()})
		wantProblem(t, "null name", err, problem.Invalid, "name")
		_, err = update(UpdateAccessPointInput{Origins: codes("http://a.example")})
		wantProblem(t, "origin", err, problem.Invalid, "origins.0")
		changed = must[*db.AccessPoint](t)(update(UpdateAccessPointInput{Description: patch.Null[string](), Origins: patch.Of([]string{})}))
		if changed.Description != "" || len(changed.Origins.V) != 0 {
			t.Errorf("not cleared: %+v", changed)
		}
		must[*db.AccessPoint](t)(update(UpdateAccessPointInput{Name: patch.To("Portal 2")}))
		if stored := must[*db.AccessPoint](t)(store.AccessPointByID(t.Context(), s.account.ID, point.ID)); stored.Revision != 3 {
			t.Errorf("an update that changes nothing made revision %d", stored.Revision)
		}
	})
}

func TestDeleteAccessPoint(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := newSite(t, store, "acme")
		office := s.whitelist("Office", "192.0.2.0/24")
		point := must[*db.AccessPoint](t)(s.service.CreateAccessPoint(t.Context(), s.boss, CreateAccessPointInput{
			Code: "DESK", Name: "Desk", Kind: db.Interactive, WhitelistIDs: []typeid.ID{office.ID},
		}))
		jane := s.holder("jane")
		give := func(ids ...typeid.ID) {
			s.touch(func(tx *db.Tx) error { return tx.SetUserAccessPoints(t.Context(), jane.User.ID, ids) })
		}
		give(s.web.ID, point.ID)
		wantProblem(t, "built in", s.service.DeleteAccessPoint(t.Context(), s.boss, s.web.ID), problem.BuiltIn, "id")
		err := s.service.DeleteAccessPoint(t.Context(), s.boss, point.ID)
		wantProblem(t, "in use", err, problem.InUse, "id")
		if count := problem.From(err)[0].Args["users"]; count != 1 {
			t.Errorf("the refusal counts %v users", count)
		}
		give(s.web.ID)
		if err := s.service.DeleteAccessPoint(t.Context(), s.boss, point.ID); err != nil {
			t.Fatal(err)
		}
		if got := s.lastChanges(audit.AccessPointDelete); !slices.Contains(got, "whitelists: Office → ") {
			t.Errorf("the trail tells %q", got)
		}
		if err := s.service.DeleteWhitelist(t.Context(), s.boss, office.ID); err != nil {
			t.Errorf("the whitelist of a deleted access point is still in use: %v", err)
		}
	})
}

// Every operation on access points: refused without its permission, and blind to another account's.
func TestAccessPointsDeniedAndElsewhere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s, other := newSite(t, store, "acme"), newSite(t, store, "other")
		nobody, foreign := s.holder("nobody", access.ManageWhitelist), other.whitelist("Foreign", "192.0.2.0/24")
		for name, c := range map[string]struct {
			permission string
			call       func(viewer *access.Viewer) error
		}{
			"create": {access.ManageAccessPoint, func(v *access.Viewer) error {
				_, err := s.service.CreateAccessPoint(t.Context(), v, CreateAccessPointInput{Code: "NEW", Name: "New", Kind: db.Programmatic})
				return err
			}},
			"update": {access.ManageAccessPoint, func(v *access.Viewer) error {
				_, err := s.service.UpdateAccessPoint(t.Context(), v, UpdateAccessPointInput{ID: s.web.ID, Name: patch.To("x")})
				return err
			}},
			"delete": {access.ManageAccessPoint, func(v *access.Viewer) error { return s.service.DeleteAccessPoint(t.Context(), v, s.web.ID) }},
			"list": {access.ViewUser, func(v *access.Viewer) error {
				_, err := s.service.AccessPoints(t.Context(), v)
				return err
			}},
		} {
			wantForbidden(t, name, c.call(nobody), c.permission)
			switch err := c.call(other.boss); name {
			case "update", "delete":
				wantProblem(t, name+" elsewhere", err, problem.NotFound, "id")
			}
		}
		_, err := s.service.UpdateAccessPoint(t.Context(), s.boss, UpdateAccessPointInput{ID: s.web.ID, WhitelistIDs: lists(foreign)})
		wantProblem(t, "another account's whitelist", err, problem.NotFound, "whitelistIds.0")
		for _, v := range []*access.Viewer{nobody, other.boss} {
			if found, err := s.service.AccessPointsByID(t.Context(), v, []typeid.ID{s.web.ID}); err != nil || len(found) != 0 {
				t.Errorf("by ID: %v, %v", found, err)
			}
		}
		points := must[[]*db.AccessPoint](t)(s.service.AccessPoints(t.Context(), other.boss))
		if got := fmt.Sprint(each(points, accessPointCode)); got != "[WEB NEW]" {
			t.Errorf("the other account lists %s", got)
		}
		if got := s.events(audit.AccessPointDelete); !slices.Equal(got, []string{"DENIED FORBIDDEN MANAGE_ACCESS_POINT"}) {
			t.Errorf("events: %q", got)
		}
	})
}
