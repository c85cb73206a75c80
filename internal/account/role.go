package account

import (
	"context"
	"errors"
	"strings"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/patch"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// CreateRoleInput is what a new role is made from.
type CreateRoleInput struct {
	Name        string
	Description *string
	Permissions []string // codes of the catalogue
}

// UpdateRoleInput is what changes of a role.
type UpdateRoleInput struct {
	ID          typeid.ID
	Revision    *int
	Name        patch.Field[*string]
	Description patch.Field[*string]
	// Permissions replaces all codes that the catalogue has.
	Permissions patch.Field[[]string]
	// RemoveRetiredPermissions are codes that the catalogue no longer has. Without being named here they stay on the role.
	RemoveRetiredPermissions []string
}

// DuplicateRoleInput names a role to copy, and the copy.
type DuplicateRoleInput struct {
	ID   typeid.ID
	Name string
}

// CreateRole makes a role. A viewer without the role admin can put into it only what they hold themselves.
func (s *Service) CreateRole(ctx context.Context, viewer *access.Viewer, input CreateRoleInput) (*db.Role, error) {
	var role *db.Role
	err := s.change(ctx, viewer, audit.RoleCreate, []string{access.CreateRole}, func(tx *db.Tx, a *attempt) error {
		var problems problem.List
		role = a.newRole(readName(&problems, "name", input.Name))
		if input.Description != nil {
			role.Description = readDescription(&problems, "description", *input.Description)
		}
		role.Permissions = a.readPermissions(&problems, role, input.Permissions)
		if err := problems.Err(); err != nil {
			return err
		}
		return a.createRole(ctx, tx, role)
	})
	return orNil(role, err)
}

// DuplicateRole copies a role under a new name, within the same bounds as CreateRole. Codes that the catalogue no longer
// has are not copied.
func (s *Service) DuplicateRole(ctx context.Context, viewer *access.Viewer, input DuplicateRoleInput) (*db.Role, error) {
	var role *db.Role
	err := s.change(ctx, viewer, audit.RoleCreate, []string{access.CreateRole}, func(tx *db.Tx, a *attempt) error {
		var problems problem.List
		role = a.newRole(readName(&problems, "name", input.Name))
		if err := problems.Err(); err != nil {
			return err
		}
		original, err := a.role(ctx, tx, input.ID)
		if err != nil {
			return err
		}
		if err := a.withinViewer(original, "id").Err(); err != nil {
			return err
		}
		role.Description, role.Permissions = original.Description, s.catalogue.Grants(original).Codes()
		return a.createRole(ctx, tx, role)
	})
	return orNil(role, err)
}

// UpdateRole changes a role for everybody who has it. A viewer without the role admin must have all that the role grants
// before and after (product rule 3): who could take permissions away from those who may do more would then be able to manage
// them. That holds for its name too, by which others choose the role.
func (s *Service) UpdateRole(ctx context.Context, viewer *access.Viewer, input UpdateRoleInput) (*db.Role, error) {
	var role *db.Role
	err := s.change(ctx, viewer, audit.RoleUpdate, []string{access.UpdateRole}, func(tx *db.Tx, a *attempt) error {
		var err error
		if role, err = a.customRole(ctx, tx, input.ID); err != nil {
			return err
		}
		if err := checkRevision(input.Revision, role.Revision); err != nil {
			return err
		}
		before := *role
		var problems problem.List
		role.Name = patched(&problems, "name", input.Name, role.Name, readName)
		role.Description = cleared(&problems, "description", input.Description, role.Description, readDescription)
		if codes, set := listed(&problems, "permissions", input.Permissions); set {
			role.Permissions = a.readPermissions(&problems, role, codes)
		}
		role.Permissions = a.removeRetired(&problems, role, input.RemoveRetiredPermissions)
		a.fields = audit.Diff(&before, role)
		problems.Add(a.withinViewer(&before, changedFields(a.fields)...)...)
		if err := problems.Err(); err != nil {
			return err
		}
		if len(a.fields) == 0 {
			return errUnchanged
		}
		users, err := tx.UserCountByRole(ctx, []typeid.ID{role.ID})
		if err != nil {
			return err
		}
		a.opensNothing = users[role.ID] == 0
		role.Revision++
		role.UpdatedAt = a.now
		return nameTaken(tx.UpdateRole(ctx, role), "role.name_taken", "name")
	})
	return orNil(role, err)
}

// DeleteRole removes a role that nobody has, within the same bounds as UpdateRole.
func (s *Service) DeleteRole(ctx context.Context, viewer *access.Viewer, id typeid.ID) error {
	return s.change(ctx, viewer, audit.RoleDelete, []string{access.DeleteRole}, func(tx *db.Tx, a *attempt) error {
		role, err := a.customRole(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := a.withinViewer(role, "id").Err(); err != nil {
			return err
		}
		users, err := tx.UserCountByRole(ctx, []typeid.ID{id})
		if err != nil {
			return err
		}
		if users[id] > 0 {
			return problem.New(problem.InUse, "role.in_use", "id", "users", users[id])
		}
		a.fields = audit.Diff(role, nil)
		return tx.DeleteRole(ctx, role)
	})
}

func (a *attempt) newRole(name string) *db.Role {
	return &db.Role{
		ID: typeid.New("role"), AccountID: a.accountID, Kind: db.CustomRole, Name: name,
		CreatedAt: a.now, UpdatedAt: a.now, Revision: 1,
	}
}

func (a *attempt) createRole(ctx context.Context, tx *db.Tx, role *db.Role) error {
	a.target = audit.Target{ID: role.ID, Name: role.Name}
	a.fields = audit.Diff(nil, role)
	return nameTaken(tx.CreateRole(ctx, role), "role.name_taken", "name")
}

// role finds what an operation is about.
func (a *attempt) role(ctx context.Context, tx *db.Tx, id typeid.ID) (*db.Role, error) {
	role, err := tx.RoleByID(ctx, a.accountID, id)
	if errors.Is(err, db.ErrNotFound) {
		return nil, problem.New(problem.NotFound, "role.not_found", "id")
	}
	if err != nil {
		return nil, err
	}
	a.target = audit.Target{ID: role.ID, Name: role.Name}
	return role, nil
}

// withinViewer refuses, at each of the paths, a role that grants more than the viewer may do. It says what to those who may
// see roles.
func (a *attempt) withinViewer(role *db.Role, paths ...string) problem.List {
	grants := a.service.catalogue.Grants(role)
	if a.viewer.CanGrant(grants) {
		return nil
	}
	missing := ""
	if a.viewer.May(access.ViewRole) || a.viewer.May(access.ViewUser) {
		missing = strings.Join(a.viewer.Permissions.Missing(grants), ", ")
	}
	var problems problem.List
	for _, path := range paths {
		problems.Add(problem.New(problem.NotAllowed, "role.not_allowed", path, "permissions", missing))
	}
	return problems
}

func (a *attempt) customRole(ctx context.Context, tx *db.Tx, id typeid.ID) (*db.Role, error) {
	role, err := a.role(ctx, tx, id)
	if err == nil && role.BuiltIn() {
		return nil, problem.New(problem.BuiltIn, "role.built_in", "id", "role", role.Name)
	}
	return role, err
}
