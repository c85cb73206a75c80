package access

import (
	"context"
	"net/netip"

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
		AccountID:   account.ID,
		User:        &User{user.ID, QualifiedName(account, user), user.Status},
		Whitelists:  lists[""],
		ReportOnly:  user.WhitelistsReportOnly,
		MFAForced:   user.MFAForced || account.Policy.MFAForced,
		MFAEnrolled: enrolled,
	}
	for _, role := range roles[user.ID] {
		subject.Roles = append(subject.Roles, &Role{role.ID, role.Name, role.Kind, catalogue.Grants(role)})
	}
	for _, point := range points[user.ID] {
		subject.Doors = append(subject.Doors, &Door{point.ID, point.Code, point.Kind, lists[point.ID], point.WhitelistsReportOnly})
	}
	return subject, nil
}

// LoadKey reads what a decision asks of a key besides its user.
func LoadKey(ctx context.Context, reader db.Reader, key *db.APIKey) (*Key, error) {
	points, err := reader.AccessPointsByAPIKey(ctx, []typeid.ID{key.ID})
	if err != nil {
		return nil, err
	}
	asked, err := reader.PrefixesAskedOfKey(ctx, key.ID)
	if err != nil {
		return nil, err
	}
	loaded := &Key{
		ID: key.ID, Revoked: key.RevokedAt != 0, ExpiresAt: key.ExpiresAt, CreatedAt: key.CreatedAt,
		Restricted: key.Restricted, Whitelists: whitelistsByDoor(asked)[""],
	}
	if key.Restricted {
		loaded.Permissions = NewSet(key.Permissions...)
	}
	for _, point := range points[key.ID] {
		loaded.Doors = append(loaded.Doors, point.ID)
	}
	return loaded, nil
}

// whitelistsByDoor gathers prefixes, which come list by list, under the access point that asks them; the user's own under
// the empty one.
func whitelistsByDoor(asked []db.AskedPrefix) map[typeid.ID][]*Whitelist {
	byDoor := map[typeid.ID][]*Whitelist{}
	for len(asked) > 0 {
		list, size := asked[0], 1
		for size < len(asked) && asked[size].WhitelistID == list.WhitelistID && asked[size].AccessPointID == list.AccessPointID {
			size++
		}
		prefixes := make([]netip.Prefix, size)
		for i, entry := range asked[:size] {
			prefixes[i] = entry.Prefix.Prefix
		}
		byDoor[list.AccessPointID] = append(byDoor[list.AccessPointID], NewWhitelist(list.WhitelistID, list.WhitelistName, prefixes))
		asked = asked[size:]
	}
	return byDoor
}
