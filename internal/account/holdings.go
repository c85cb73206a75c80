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

// CanManage says whether the viewer can manage a user with these holdings (product rule 3). In person nobody needs it for
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

// stillComesIn refuses what would end the very session or key that makes the change (product rule 4): called after all
// writes of a change, it asks what the viewer's next request will ask.
func (a *attempt) stillComesIn(ctx context.Context, tx *db.Tx) error {
	if a.viewer == nil || !tx.Changed(a.mayShutOut) {
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
	if a.viewer.Key != nil {
		key, err := tx.APIKeyByID(ctx, a.accountID, a.viewer.Key.ID)
		if err != nil {
			return err
		}
		if subject.Key, err = access.LoadKey(ctx, tx.Reader, key); err != nil {
			return err
		}
	}
	decision := access.Decide(subject, access.Request{AccessPoint: a.viewer.AccessPoint(), IP: a.viewer.IP, At: a.now})
	switch {
	case decision.Allowed():
		return nil
	case a.lockout == nil:
		return problem.New(problem.Lockout, "user.lockout", "", "ip", a.viewer.IP.String())
	}
	return a.lockout(decision.Reason)
}

// mayShutOut says whether the viewer's next request may depend on an object: their user, account or key, or any access point
// or whitelist.
func (a *attempt) mayShutOut(id typeid.ID) bool {
	switch id.Prefix() {
	case "ap", "wl":
		return true
	}
	return id == a.viewer.User.ID || id == a.accountID || a.viewer.Key != nil && id == a.viewer.Key.ID
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

// beyond are the roles that grant more than the viewer may do, and admin unless the viewer holds it: who has one of them is
// not the viewer's to manage, and everybody else is.
func (s *Service) beyond(ctx context.Context, r db.Reader, viewer *access.Viewer) ([]typeid.ID, error) {
	if viewer.Admin {
		return nil, nil
	}
	roles, err := r.AllRoles(ctx, viewer.Account.ID)
	var ids []typeid.ID
	for _, role := range roles {
		if !viewer.CanAssign(s.catalogue, role) {
			ids = append(ids, role.ID)
		}
	}
	return ids, err
}
