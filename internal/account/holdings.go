package account

import (
	"context"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Holdings is what a user may do by its roles, as far as rule 3 asks.
type Holdings struct {
	Permissions access.Set
	Admin       bool // holds the role admin
}

// HoldingsOf works out what roles grant together.
func (s *Service) HoldingsOf(roles []*db.Role) Holdings {
	var h Holdings
	grants := make([]access.Set, len(roles))
	for i, role := range roles {
		grants[i] = s.catalogue.Grants(role)
		h.Admin = h.Admin || role.Kind == db.AdminRole
	}
	h.Permissions = access.Union(grants...)
	return h
}

// Covers says whether a viewer may give what the holdings are, or change what opens doors for whoever has them (product
// rule 3): holders of admin always, everybody else when they hold all of it themselves.
func Covers(viewer *access.Viewer, h Holdings) bool {
	return viewer.Admin || !h.Admin && viewer.Permissions.Includes(h.Permissions)
}

// holdingsByUser reads what users of the viewer's account hold, in one statement.
func (s *Service) holdingsByUser(ctx context.Context, r db.Reader, userIDs []typeid.ID) (map[typeid.ID]Holdings, error) {
	roles, err := r.RolesByUser(ctx, userIDs)
	if err != nil {
		return nil, err
	}
	holdings := make(map[typeid.ID]Holdings, len(userIDs))
	for _, id := range userIDs {
		holdings[id] = s.HoldingsOf(roles[id])
	}
	return holdings, nil
}

// holdings is holdingsByUser for one.
func (s *Service) holdings(ctx context.Context, r db.Reader, userID typeid.ID) (Holdings, error) {
	all, err := s.holdingsByUser(ctx, r, []typeid.ID{userID})
	return all[userID], err
}
