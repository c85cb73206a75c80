package access

import (
	"context"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// LoadSubject reads what a decision asks of a user of an account. On a transaction it sees what that has changed, so that
// a decision can also say what a change would come to (product rule 4).
func LoadSubject(ctx context.Context, reader db.Reader, catalogue *Catalogue, account *db.Account, user *db.User) (*Subject, error) {
	roles, err := reader.RolesByUser(ctx, []typeid.ID{user.ID})
	if err != nil {
		return nil, err
	}
	points, err := reader.AccessPointsByUser(ctx, []typeid.ID{user.ID})
	if err != nil {
		return nil, err
	}
	asked, err := reader.PrefixesAskedOf(ctx, user.ID)
	if err != nil {
		return nil, err
	}
	enrolled, err := reader.HasFactor(ctx, user.ID)
	if err != nil {
		return nil, err
	}
	lists := whitelistsByDoor(asked)
	subject := &Subject{
		User:        user,
		Whitelists:  lists[""],
		MFAForced:   user.MFAForced || account.Policy.MFAForced,
		MFAEnrolled: enrolled,
	}
	var grants []Set
	for _, role := range roles[user.ID] {
		grants = append(grants, catalogue.Grants(role))
		subject.Roles = append(subject.Roles, HeldRole{role, grants[len(grants)-1]})
	}
	subject.Permissions = Union(grants...)
	for _, point := range points[user.ID] {
		subject.Doors = append(subject.Doors, Door{point, lists[point.ID]})
	}
	return subject, nil
}

// whitelistsByDoor gathers prefixes, which come list by list, under the access point that asks them; the user's own under
// the empty one.
func whitelistsByDoor(asked []db.AskedPrefix) map[typeid.ID][]Whitelist {
	byDoor := map[typeid.ID][]Whitelist{}
	for _, prefix := range asked {
		lists := byDoor[prefix.AccessPointID]
		if n := len(lists); n == 0 || lists[n-1].ID != prefix.WhitelistID {
			lists = append(lists, Whitelist{ID: prefix.WhitelistID, Name: prefix.WhitelistName})
		}
		last := &lists[len(lists)-1]
		last.Prefixes = append(last.Prefixes, prefix.Prefix.Prefix)
		byDoor[prefix.AccessPointID] = lists
	}
	return byDoor
}
