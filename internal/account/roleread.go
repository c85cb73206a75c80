package account

import (
	"context"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Roles returns a page of the account's roles, built-in ones first, then by name.
func (s *Service) Roles(ctx context.Context, viewer *access.Viewer, filter db.RoleFilter, page db.Page) (db.List[db.Role], error) {
	filter, err := s.roleFilter(viewer, filter)
	if err != nil {
		return db.List[db.Role]{}, err
	}
	return s.store.Roles(ctx, viewer.Account.ID, filter, page)
}

// CountRoles counts what Roles lists; nil when it is not exact and there are too many.
func (s *Service) CountRoles(ctx context.Context, viewer *access.Viewer, filter db.RoleFilter, exact bool) (*int, error) {
	filter, err := s.roleFilter(viewer, filter)
	if err != nil {
		return nil, err
	}
	return s.store.CountRoles(ctx, viewer.Account.ID, filter, exact)
}

// RolesByID returns those of the roles that the viewer may see.
func (s *Service) RolesByID(ctx context.Context, viewer *access.Viewer, ids []typeid.ID) (map[typeid.ID]*db.Role, error) {
	if viewer.Require(access.ViewRole, access.ViewUser) != nil {
		return nil, nil
	}
	return s.store.RolesByID(ctx, viewer.Account.ID, ids)
}

// roleFilter asks the permission and completes a filter with what only the catalogue knows: which kinds of roles grant a
// code whatever is stored. none says that no role can match.
func (s *Service) roleFilter(viewer *access.Viewer, filter db.RoleFilter) (db.RoleFilter, error) {
	if err := viewer.Require(access.ViewRole, access.ViewUser); err != nil {
		return filter, err
	}
	if err := checkQuery(filter.Query); err != nil {
		return filter, err
	}
	filter.KindsGranting = nil
	if filter.Permission != nil {
		if !s.catalogue.Has(*filter.Permission) {
			return filter, problem.New(problem.Invalid, "permission.unknown", "filter.permission", "permission", *filter.Permission)
		}
		for _, kind := range []db.RoleKind{db.AdminRole, db.AllRole, db.CustomRole} {
			if s.catalogue.Grants(&db.Role{Kind: kind}).Has(*filter.Permission) {
				filter.KindsGranting = append(filter.KindsGranting, kind)
			}
		}
	}
	return filter, nil
}
