package account

import (
	"context"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Holdings is what a user may do by its roles, as far as product rule 3 asks.
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

// CanManage says whether the viewer may change what opens doors for a user with these holdings. Nobody needs it for
// themselves.
func CanManage(viewer *access.Viewer, h Holdings) bool {
	return viewer.CanManage(h.Permissions, h.Admin)
}

// HoldingsByUser reads what users of the viewer's account hold, in one statement.
func (s *Service) HoldingsByUser(ctx context.Context, r db.Reader, userIDs []typeid.ID) (map[typeid.ID]Holdings, error) {
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

// stillComesIn returns the problem when what was written would end the very session or key that makes the change (product
// rule 4): called after the writes, it asks what the viewer's next request will ask.
func (a *attempt) stillComesIn(ctx context.Context, tx *db.Tx, lockout *problem.Error) error {
	if a.viewer == nil {
		return nil
	}
	user, err := tx.UserByID(ctx, a.accountID, a.viewer.User.ID)
	if err != nil {
		return err
	}
	account, err := tx.AccountByID(ctx, a.accountID)
	if err != nil {
		return err
	}
	subject, err := access.LoadSubject(ctx, tx.Reader, a.service.catalogue, account, user)
	if err != nil {
		return err
	}
	if key := a.viewer.Key; key != nil {
		if subject.Key, err = access.LoadKey(ctx, tx.Reader, key); err != nil {
			return err
		}
	}
	if !access.Decide(subject, access.Request{AccessPoint: a.viewer.AccessPoint(), IP: a.viewer.IP, At: a.now}).Allowed() {
		return lockout
	}
	return nil
}

// keepAdministrator runs writes that could leave the account without somebody who can put everything right, and returns
// the problem when they would (product rule 3).
func (a *attempt) keepAdministrator(ctx context.Context, tx *db.Tx, lastAdmin *problem.Error, write func() error) error {
	before, err := tx.HasAdministrator(ctx, a.accountID)
	if err != nil {
		return err
	}
	if err := write(); err != nil || !before {
		return err
	}
	after, err := tx.HasAdministrator(ctx, a.accountID)
	if err != nil || after {
		return err
	}
	return lastAdmin
}
