package account

import (
	"context"
	"errors"
	"slices"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// userState is a user with all that it holds, before or after a change.
type userState struct {
	user       *db.User
	roles      []*db.Role
	points     []*db.AccessPoint
	whitelists []*db.Whitelist
}

// loadUser reads a user of the account and makes it the attempt's target. Another account's user is none.
func (a *attempt) loadUser(ctx context.Context, r db.Reader, id typeid.ID) (*db.User, error) {
	user, err := r.UserByID(ctx, a.accountID, id)
	if errors.Is(err, db.ErrNotFound) {
		return nil, problem.New(problem.NotFound, "user.not_found", "id")
	}
	if err != nil {
		return nil, err
	}
	a.target = userTarget(a.account, user)
	return user, nil
}

// loadState is loadUser with what the user holds.
func (a *attempt) loadState(ctx context.Context, r db.Reader, id typeid.ID) (userState, error) {
	user, err := a.loadUser(ctx, r, id)
	if err != nil {
		return userState{}, err
	}
	ids := []typeid.ID{id}
	roles, err := r.RolesByUser(ctx, ids)
	if err != nil {
		return userState{}, err
	}
	points, err := r.AccessPointsByUser(ctx, ids)
	if err != nil {
		return userState{}, err
	}
	whitelists, err := r.WhitelistsByUser(ctx, ids)
	return userState{user, roles[id], points[id], whitelists[id]}, err
}

func userTarget(account *db.Account, user *db.User) audit.Target {
	return audit.Target{ID: user.ID, Name: access.QualifiedName(account, user)}
}

// noteUser tells what differs between two states of a user. The zero state is no user.
func (a *attempt) noteUser(before, after userState) {
	roles := audit.Change("roles", each(before.roles, roleName), each(after.roles, roleName))
	points := audit.Change("accessPoints", each(before.points, accessPointCode), each(after.points, accessPointCode))
	whitelists := audit.Change("whitelists", each(before.whitelists, whitelistName), each(after.whitelists, whitelistName))
	a.fields = audit.Diff(before.user, after.user, roles, points, whitelists)
}

// changedFields are the fields that differ, by their names in the schema.
func changedFields(changes []db.AuditChange) []string {
	names := make([]string, len(changes))
	for i, change := range changes {
		names[i] = change.Field
	}
	return names
}

func roleName(r *db.Role) string               { return r.Name }
func accessPointCode(p *db.AccessPoint) string { return p.Code }
func whitelistName(w *db.Whitelist) string     { return w.Name }

func each[T, V any](items []*T, value func(*T) V) []V {
	values := make([]V, len(items))
	for i, item := range items {
		values[i] = value(item)
	}
	return values
}

func roleID(r *db.Role) typeid.ID               { return r.ID }
func accessPointID(p *db.AccessPoint) typeid.ID { return p.ID }
func whitelistID(w *db.Whitelist) typeid.ID     { return w.ID }

// without returns those of the items that are not among the others.
func without[T any](items, others []*T, id func(*T) typeid.ID) []*T {
	return slices.DeleteFunc(slices.Clone(items), func(item *T) bool {
		return slices.ContainsFunc(others, func(other *T) bool { return id(other) == id(item) })
	})
}

// sameItems says whether two lists hold the same, in whatever order.
func sameItems[T any](a, b []*T, id func(*T) typeid.ID) bool {
	return len(without(a, b, id)) == 0 && len(without(b, a, id)) == 0
}
