package account

import (
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

func codes(codes ...string) patch.Field[[]string] { return patch.Of(codes) }

func TestCreateRole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := newSite(t, store, "acme")
		description := "Second line\nin Zwolle"
		role := must[*db.Role](t)(s.service.CreateRole(t.Context(), s.boss, CreateRoleInput{
			Name: " Support 2 ", Description: &description, Permissions: []string{"VIEW_DOMAIN", "UPDATE_DOMAIN", "VIEW_DOMAIN"},
		}))
		stored := must[*db.Role](t)(store.RoleByID(t.Context(), s.account.ID, role.ID))
		// VIEW_PROCESS is essential: it is added to every role.
		if want := []string{"UPDATE_DOMAIN", "VIEW_DOMAIN", "VIEW_PROCESS"}; stored.Name != "Support 2" || stored.Description != description ||
			!slices.Equal(stored.Permissions, want) || stored.Revision != 1 || stored.CreatedAt != db.At(siteTime) {
			t.Errorf("stored: %+v", stored)
		}
		want := []string{"name:  → Support 2", "description:  → " + description, "permissions:  → UPDATE_DOMAIN, VIEW_DOMAIN, VIEW_PROCESS"}
		if got := s.lastChanges(audit.RoleCreate); !slices.Equal(got, want) {
			t.Errorf("the trail tells %q, want %q", got, want)
		}

		long := strings.Repeat("é", 501)
		for name, c := range map[string]struct {
			input CreateRoleInput
			code  problem.Code
			path  string
		}{
			"no name":                  {CreateRoleInput{Name: "  "}, problem.Required, "name"},
			"name too long":            {CreateRoleInput{Name: strings.Repeat("é", 121)}, problem.TooLong, "name"},
			"a name that reorders":     {CreateRoleInput{Name: "a\u202Eb"}, problem.Invalid, "name"},
			"name taken, in any case":  {CreateRoleInput{Name: "SUPPORT 2"}, problem.Taken, "name"},
			"name of a built-in role":  {CreateRoleInput{Name: "Admin"}, problem.Taken, "name"},
			"description too long":     {CreateRoleInput{Name: "x", Description: &long}, problem.TooLong, "description"},
			"a code nobody knows":      {CreateRoleInput{Name: "x", Permissions: []string{"VIEW_DOMAIN", "VIEW_MOON"}}, problem.Invalid, "permissions.1"},
			"a code in the wrong case": {CreateRoleInput{Name: "x", Permissions: []string{"view_domain"}}, problem.Invalid, "permissions.0"},
		} {
			made, err := s.service.CreateRole(t.Context(), s.boss, c.input)
			wantProblem(t, name, err, c.code, c.path)
			if made != nil {
				t.Errorf("%s: a role comes back all the same", name)
			}
		}
	})
}

// Rule 3: a role is changed only by who has all that it grants before and after; admin holders may change any.
func TestRolePermissionsOnlyWithinOnesOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := newSite(t, store, "acme")
		clerk := s.holder("clerk", access.CreateRole, access.UpdateRole, "VIEW_DOMAIN")
		_, err := s.service.CreateRole(t.Context(), clerk, CreateRoleInput{Name: "Too much", Permissions: []string{"VIEW_DOMAIN", "UPDATE_DOMAIN"}})
		wantProblem(t, "create beyond", err, problem.NotAllowed, "permissions.1")
		// The essential permission is nobody's to refuse, nor is one that the viewer holds.
		must[*db.Role](t)(s.service.CreateRole(t.Context(), clerk, CreateRoleInput{Name: "Fine", Permissions: []string{"VIEW_DOMAIN", "VIEW_PROCESS"}}))

		role := s.role("Support", "VIEW_DOMAIN", "UPDATE_DOMAIN", "RENEW_DOMAIN")
		_, err = s.service.UpdateRole(t.Context(), clerk, UpdateRoleInput{ID: role.ID, Permissions: codes("RENEW_DOMAIN", "DELETE_DOMAIN")})
		wantProblem(t, "add beyond", err, problem.NotAllowed, "permissions.1")
		own, err := store.RolesByUser(t.Context(), []typeid.ID{clerk.User.ID})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.service.UpdateRole(t.Context(), clerk, UpdateRoleInput{ID: own[clerk.User.ID][0].ID, Permissions: codes("VIEW_DOMAIN", access.UpdateUser)})
		wantProblem(t, "add to one's own role", err, problem.NotAllowed, "permissions.1")
		// A role that grants more is not the viewer's to change in either direction, nor to name otherwise.
		for path, input := range map[string]UpdateRoleInput{
			"permissions": {Permissions: codes("VIEW_DOMAIN")}, "name": {Name: patch.To("Interns")}, "description": {Description: patch.To("For interns")},
		} {
			input.ID = role.ID
			_, err = s.service.UpdateRole(t.Context(), clerk, input)
			wantProblem(t, "change beyond", err, problem.NotAllowed, path)
		}
		within := s.role("Trainees", "VIEW_DOMAIN", access.CreateRole)
		changed := must[*db.Role](t)(s.service.UpdateRole(t.Context(), clerk, UpdateRoleInput{ID: within.ID, Permissions: codes("VIEW_DOMAIN", access.UpdateRole)}))
		if !slices.Equal(changed.Permissions, []string{access.UpdateRole, "VIEW_DOMAIN", "VIEW_PROCESS"}) {
			t.Errorf("permissions: %v", changed.Permissions)
		}
		remover := s.holder("remover", access.DeleteRole, "VIEW_DOMAIN")
		wantProblem(t, "delete beyond", s.service.DeleteRole(t.Context(), remover, role.ID), problem.NotAllowed, "id")
		if err := s.service.DeleteRole(t.Context(), remover, s.role("Views", "VIEW_DOMAIN").ID); err != nil {
			t.Errorf("delete within: %v", err)
		}
		_, err = s.service.DuplicateRole(t.Context(), clerk, DuplicateRoleInput{ID: role.ID, Name: "Copy"})
		wantProblem(t, "duplicate beyond", err, problem.NotAllowed, "id")
		_, err = s.service.DuplicateRole(t.Context(), clerk, DuplicateRoleInput{ID: s.all.ID, Name: "Copy"})
		wantProblem(t, "duplicate all", err, problem.NotAllowed, "id")

		if got, want := s.events(audit.RoleCreate), []string{"DENIED NOT_ALLOWED", "SUCCEEDED", "DENIED NOT_ALLOWED", "DENIED NOT_ALLOWED"}; !slices.Equal(got, want) {
			t.Errorf("trail of creations: %q", got)
		}
		if got, want := s.events(audit.RoleUpdate), slices.Concat(slices.Repeat([]string{"DENIED NOT_ALLOWED"}, 5), []string{"SUCCEEDED"}); !slices.Equal(got, want) {
			t.Errorf("trail of updates: %q", got)
		}
	})
}

func TestUpdateRole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := newSite(t, store, "acme")
		s.role("Other")
		role := s.role("Support", "VIEW_DOMAIN", "WAS_IN_AN_OLDER_FILE")
		one, two := 1, 2
		update := func(input UpdateRoleInput) (*db.Role, error) {
			input.ID = role.ID
			return s.service.UpdateRole(t.Context(), s.boss, input)
		}
		must[*db.Role](t)(update(UpdateRoleInput{Revision: &one, Name: patch.To("Support 1"), Description: patch.To("First line")}))
		_, err := update(UpdateRoleInput{Revision: &one, Name: patch.To("Lost")})
		wantProblem(t, "stale revision", err, problem.StaleRevision, "revision")
		_, err = update(UpdateRoleInput{Name: patch.To("OTHER")})
		wantProblem(t, "name taken", err, problem.Taken, "name")
		_, err = update(UpdateRoleInput{Name: patch.Null[string]()})
		wantProblem(t, "null name", err, problem.Invalid, "name")
		_, err = update(UpdateRoleInput{Permissions: patch.Of[[]string](nil)})
		wantProblem(t, "null permissions", err, problem.Invalid, "permissions")
		_, err = update(UpdateRoleInput{Permissions: codes("NEVER_WAS")})
		wantProblem(t, "unknown code", err, problem.Invalid, "permissions.0")

		changed := must[*db.Role](t)(update(UpdateRoleInput{Revision: &two, Description: patch.Null[string](), Permissions: codes("UPDATE_DOMAIN", "WAS_IN_AN_OLDER_FILE")}))
		if want := []string{"UPDATE_DOMAIN", "VIEW_PROCESS", "WAS_IN_AN_OLDER_FILE"}; changed.Name != "Support 1" || changed.Description != "" ||
			!slices.Equal(changed.Permissions, want) || changed.Revision != 3 {
			t.Errorf("changed: %+v", changed)
		}
		must[*db.Role](t)(update(UpdateRoleInput{Name: patch.To("Support 1"), Permissions: codes("UPDATE_DOMAIN", "WAS_IN_AN_OLDER_FILE")}))
		if stored := must[*db.Role](t)(store.RoleByID(t.Context(), s.account.ID, role.ID)); stored.Revision != 3 {
			t.Errorf("an update that changes nothing made revision %d", stored.Revision)
		}
		if got := s.events(audit.RoleUpdate); len(got) != 2 {
			t.Errorf("events: %q", got)
		}
		for _, builtIn := range []*db.Role{s.admin, s.all} {
			_, err := s.service.UpdateRole(t.Context(), s.boss, UpdateRoleInput{ID: builtIn.ID, Name: patch.To("mine")})
			wantProblem(t, builtIn.Name, err, problem.BuiltIn, "id")
			wantProblem(t, builtIn.Name, s.service.DeleteRole(t.Context(), s.boss, builtIn.ID), problem.BuiltIn, "id")
		}
	})
}

// A code that the catalogue no longer has stays on its role until it is removed by name, and grants nothing.
func TestRetiredCodeStaysUntilRemovedByName(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := newSite(t, store, "acme")
		const retired = "WAS_IN_AN_OLDER_FILE"
		role := s.role("Support", "VIEW_DOMAIN", retired)
		editor := s.holder("editor", access.UpdateRole, "VIEW_DOMAIN")
		update := func(input UpdateRoleInput) (*db.Role, error) {
			input.ID = role.ID
			return s.service.UpdateRole(t.Context(), editor, input)
		}
		for what, input := range map[string]UpdateRoleInput{
			"another field": {Name: patch.To("Support 1")},
			"given back":    {Permissions: codes(retired)},
			"left out":      {Permissions: codes("VIEW_PROCESS")},
			"others listed": {Permissions: codes("VIEW_DOMAIN", "VIEW_PROCESS")},
		} {
			kept := must[*db.Role](t)(update(input))
			if !slices.Contains(kept.Permissions, retired) || access.Builtin().Grants(kept).Has(retired) {
				t.Errorf("%s: %v, grants %v", what, kept.Permissions, access.Builtin().Grants(kept).Codes())
			}
		}
		_, err := update(UpdateRoleInput{RemoveRetiredPermissions: []string{retired, "VIEW_PROCESS"}})
		wantProblem(t, "one of the catalogue", err, problem.Invalid, "removeRetiredPermissions.1")
		left := must[*db.Role](t)(update(UpdateRoleInput{Permissions: codes("VIEW_PROCESS", retired), RemoveRetiredPermissions: []string{retired}}))
		if !slices.Equal(left.Permissions, []string{"VIEW_PROCESS"}) {
			t.Errorf("removed: %v", left.Permissions)
		}
		if told := s.lastChanges(audit.RoleUpdate); len(told) != 1 || !strings.HasSuffix(told[0], retired+" → VIEW_PROCESS") {
			t.Errorf("the trail tells %q", told)
		}
		_, err = update(UpdateRoleInput{Permissions: codes(retired)})
		wantProblem(t, "given again", err, problem.Invalid, "permissions.0")
		_, err = update(UpdateRoleInput{RemoveRetiredPermissions: []string{retired}})
		wantProblem(t, "removed again", err, problem.Invalid, "removeRetiredPermissions.0")
	})
}

func TestDuplicateRole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := newSite(t, store, "acme")
		role := s.role("Support", "VIEW_DOMAIN", "WAS_IN_AN_OLDER_FILE")
		copied := must[*db.Role](t)(s.service.DuplicateRole(t.Context(), s.boss, DuplicateRoleInput{ID: role.ID, Name: "Copy"}))
		if copied.ID == role.ID || copied.BuiltIn() || !slices.Equal(copied.Permissions, []string{"VIEW_DOMAIN", "VIEW_PROCESS"}) {
			t.Errorf("copy: %+v", copied)
		}
		ofAll := must[*db.Role](t)(s.service.DuplicateRole(t.Context(), s.boss, DuplicateRoleInput{ID: s.all.ID, Name: "Nearly all"}))
		if ofAll.BuiltIn() || !access.Builtin().Grants(ofAll).Includes(access.Builtin().Grants(s.all)) {
			t.Errorf("copy of all: %+v", ofAll)
		}
		_, err := s.service.DuplicateRole(t.Context(), s.boss, DuplicateRoleInput{ID: role.ID, Name: "support"})
		wantProblem(t, "name taken", err, problem.Taken, "name")
	})
}

func TestDeleteRole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := newSite(t, store, "acme")
		free, held := s.role("Free", "VIEW_DOMAIN"), s.role("Held")
		s.person("jane", held)
		s.person("jim", held)
		err := s.service.DeleteRole(t.Context(), s.boss, held.ID)
		wantProblem(t, "held", err, problem.InUse, "id")
		if count := problem.From(err)[0].Args["users"]; count != 2 {
			t.Errorf("the refusal counts %v users", count)
		}
		if err := s.service.DeleteRole(t.Context(), s.boss, free.ID); err != nil {
			t.Fatal(err)
		}
		wantProblem(t, "twice", s.service.DeleteRole(t.Context(), s.boss, free.ID), problem.NotFound, "id")
		if got := s.events(audit.RoleDelete); !slices.Equal(got, []string{"DENIED IN_USE", "SUCCEEDED"}) {
			t.Errorf("events: %q", got)
		}
	})
}

// Every operation on roles: refused without its permission, and blind to another account's.
func TestRolesDeniedAndElsewhere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s, other := newSite(t, store, "acme"), newSite(t, store, "other")
		role := s.role("Support", "VIEW_DOMAIN")
		nobody, enrolling := s.holder("nobody", "VIEW_DOMAIN"), s.viewer(s.boss.User)
		enrolling.Session.Assurance = db.EnrolmentRequired
		for name, c := range map[string]struct {
			permission string
			call       func(viewer *access.Viewer) error
		}{
			"create": {access.CreateRole, func(v *access.Viewer) error {
				_, err := s.service.CreateRole(t.Context(), v, CreateRoleInput{Name: "x"})
				return err
			}},
			"duplicate": {access.CreateRole, func(v *access.Viewer) error {
				_, err := s.service.DuplicateRole(t.Context(), v, DuplicateRoleInput{ID: role.ID, Name: "y"})
				return err
			}},
			"update": {access.UpdateRole, func(v *access.Viewer) error {
				_, err := s.service.UpdateRole(t.Context(), v, UpdateRoleInput{ID: role.ID, Name: patch.To("z")})
				return err
			}},
			"delete": {access.DeleteRole, func(v *access.Viewer) error { return s.service.DeleteRole(t.Context(), v, role.ID) }},
			"list": {access.ViewRole, func(v *access.Viewer) error {
				_, err := s.service.Roles(t.Context(), v, db.RoleFilter{}, db.Page{Limit: 1})
				return err
			}},
			"count": {access.ViewRole, func(v *access.Viewer) error {
				_, err := s.service.CountRoles(t.Context(), v, db.RoleFilter{}, true)
				return err
			}},
		} {
			wantForbidden(t, name, c.call(nobody), c.permission)
			if err := c.call(enrolling); err == nil || !strings.Contains(err.Error(), access.ErrMFARequired.Error()) {
				t.Errorf("%s while enrolling: %v", name, err)
			}
			switch err := c.call(other.boss); name {
			case "duplicate", "update", "delete":
				wantProblem(t, name+" elsewhere", err, problem.NotFound, "id")
			}
		}
		if got := s.events(audit.RoleDelete); !slices.Equal(got, []string{"DENIED FORBIDDEN DELETE_ROLE", "DENIED MFA_REQUIRED"}) {
			t.Errorf("denied deletions: %q", got)
		}
		for _, v := range []*access.Viewer{nobody, other.boss} {
			if found, err := s.service.RolesByID(t.Context(), v, []typeid.ID{role.ID}); err != nil || len(found) != 0 {
				t.Errorf("by ID: %v, %v", found, err)
			}
		}
		list := must[db.List[db.Role]](t)(s.service.Roles(t.Context(), other.boss, db.RoleFilter{}, db.Page{Limit: 100}))
		if slices.ContainsFunc(list.Items, func(r *db.Role) bool { return r.AccountID != other.account.ID }) {
			t.Error("the list shows another account's roles")
		}
	})
}

// A filter by permission asks what roles grant now: built-in ones too. What the catalogue does not have is refused.
func TestRolesFilteredByPermission(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := newSite(t, store, "acme")
		s.role("Old", "WAS_IN_AN_OLDER_FILE")
		s.role("Premium", "PREMIUM_DOMAIN")
		for code, want := range map[string][]string{
			"PREMIUM_DOMAIN":  {"Premium"},
			access.CreateUser: {"admin", "all"},
			"VIEW_PROCESS":    {"admin", "all", "Old", "Premium"},
		} {
			filter := db.RoleFilter{Permission: &code}
			list := must[db.List[db.Role]](t)(s.service.Roles(t.Context(), s.boss, filter, db.Page{Limit: 10}))
			if got := each(list.Items, roleName); !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", code, got, want)
			}
			if count := must[*int](t)(s.service.CountRoles(t.Context(), s.boss, filter, false)); *count != len(want) {
				t.Errorf("%s: count %d", code, *count)
			}
		}
		for _, code := range []string{"WAS_IN_AN_OLDER_FILE", "VIEW_MOON", "view_user", ""} {
			_, err := s.service.Roles(t.Context(), s.boss, db.RoleFilter{Permission: &code}, db.Page{Limit: 10})
			_, counted := s.service.CountRoles(t.Context(), s.boss, db.RoleFilter{Permission: &code}, false)
			if !problem.Has(err, problem.Invalid) || !problem.Has(counted, problem.Invalid) {
				t.Errorf("%q: %v, %v", code, err, counted)
			}
		}
		hidden := "a\u202Eb"
		_, err := s.service.Roles(t.Context(), s.boss, db.RoleFilter{Query: &hidden}, db.Page{Limit: 1})
		if !problem.Has(err, problem.Invalid) {
			t.Errorf("a query that reorders: %v", err)
		}
	})
}
