package account

import (
	"context"
	"slices"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/text"
)

const day = 24 * time.Hour

// readNewKey reads and checks an input. Every problem of every field comes back at once.
func (a *attempt) readNewKey(ctx context.Context, r db.Reader, owner userState, input CreateAPIKeyInput) (keyState, error) {
	if err := a.mayManage(owner.user, owner.roles); err != nil {
		return keyState{}, atPath(err, "userId")
	}
	if owner.user.Status == db.Deactivated {
		return keyState{}, problem.New(problem.Invalid, "user.deactivated", "userId")
	}
	var problems problem.List
	key := a.newKey(owner.user.ID, readKeyDescription(&problems, "description", input.Description))
	key.ExpiresAt = a.readExpiry(&problems, input.ExpiresAt)
	state := keyState{key: key, owner: owner}
	state.points = readKeyDoors(&problems, owner, input.AccessPoints)
	a.readKeyPermissions(&problems, key, owner, input.Permissions)
	var err error
	if state.whitelists, err = a.readWhitelists(ctx, r, &problems, input.WhitelistIDs, false); err != nil {
		return keyState{}, err
	}
	return state, problems.Err()
}

// readKeyUpdate is readNewKey for what changes.
func (a *attempt) readKeyUpdate(ctx context.Context, r db.Reader, before keyState, input UpdateAPIKeyInput) (keyState, error) {
	var problems problem.List
	key := *before.key
	after := before
	after.key = &key
	key.Description = patched(&problems, "description", input.Description, key.Description, readKeyDescription)
	if deliberate(&problems, "neverExpires", input.NeverExpires, "expiresAt", input.ExpiresAt.IsSet(), input.ExpiresAt.Value() == nil) {
		key.ExpiresAt = a.readExpiry(&problems, nil)
	} else if end := input.ExpiresAt.Value(); end != nil {
		key.ExpiresAt = a.readExpiry(&problems, end)
	}
	if codes, set := listed(&problems, "accessPoints", input.AccessPoints); set {
		after.points = readKeyDoors(&problems, before.owner, codes)
	}
	if deliberate(&problems, "unrestricted", input.Unrestricted, "permissions", input.Permissions.IsSet(), input.Permissions.Value() == nil) {
		a.readKeyPermissions(&problems, &key, before.owner, nil)
	} else if codes := input.Permissions.Value(); codes != nil {
		a.readKeyPermissions(&problems, &key, before.owner, codes)
	}
	if ids, set := emptied(&problems, "whitelistIds", input.WhitelistIDs); set {
		var err error
		if after.whitelists, err = a.readWhitelists(ctx, r, &problems, ids, false); err != nil {
			return keyState{}, err
		}
	}
	return after, problems.Err()
}

func readKeyDescription(problems *problem.List, path, raw string) string {
	description, ok := text.Clean(raw)
	switch {
	case !ok:
		problems.Add(problem.New(problem.Invalid, "description.invalid", path))
	case description == "":
		problems.Add(problem.New(problem.Required, "api_key.description_required", path))
	case text.Length(description) > text.NameMax:
		problems.Add(problem.New(problem.TooLong, "description.too_long", path, "limit", text.NameMax))
	}
	return description
}

// readKeyDoors finds where a key may be shown: where a program shows a key, and its user may come through.
func readKeyDoors(problems *problem.List, owner userState, codes []string) []*db.AccessPoint {
	if !countBetween(problems, "access_points", "accessPoints", len(codes), 1, maxAccessPoints) {
		return nil
	}
	var points []*db.AccessPoint
	for i, code := range codes {
		found := slices.IndexFunc(owner.points, func(point *db.AccessPoint) bool { return point.Code == code })
		switch {
		case found < 0:
			problems.Add(problem.New(problem.Invalid, "api_key.not_users_door", at("accessPoints", i), "code", code))
		case owner.points[found].Kind == db.Interactive:
			problems.Add(problem.New(problem.Invalid, "api_key.interactive", at("accessPoints", i), "code", code))
		case !slices.Contains(points, owner.points[found]):
			points = append(points, owner.points[found])
		}
	}
	return points
}

// readKeyPermissions restricts a key to codes that its user has; nil restricts it to nothing. A code that the key has
// already can stay, whatever the user has by now.
func (a *attempt) readKeyPermissions(problems *problem.List, key *db.APIKey, owner userState, given []string) {
	if given == nil {
		key.Restricted, key.Permissions = false, nil
		return
	}
	granted := a.service.HoldingsOf(owner.roles).Permissions
	for i, code := range given {
		path := at("permissions", i)
		switch {
		case slices.Contains(key.Permissions, code):
		case !a.service.catalogue.Has(code):
			problems.Add(problem.New(problem.Invalid, "permission.unknown", path, "permission", code))
		case !granted.Has(code):
			problems.Add(problem.New(problem.Invalid, "api_key.not_users_permission", path, "permission", code))
		}
	}
	key.Restricted, key.Permissions = true, db.NewCodes(given...)
}

// readExpiry reads when a key ends; nil: never.
func (a *attempt) readExpiry(problems *problem.List, given *db.Time) db.Time {
	longest := a.longestLife()
	switch {
	case given == nil && longest != 0:
		problems.Add(problem.New(problem.Required, "api_key.expiry_required", "expiresAt", "days", a.account.Policy.APIKeyMaxLifetimeDays))
	case given == nil:
	case *given <= a.now:
		problems.Add(problem.New(problem.Invalid, "api_key.expiry_past", "expiresAt"))
	case longest != 0 && *given > longest:
		problems.Add(problem.New(problem.Invalid, "api_key.expiry_too_late", "expiresAt", "days", a.account.Policy.APIKeyMaxLifetimeDays))
	default:
		return *given
	}
	return 0
}

// longestLife is when a key made now ends at the latest; zero: never.
func (a *attempt) longestLife() db.Time {
	days := a.account.Policy.APIKeyMaxLifetimeDays
	if days == 0 {
		return 0
	}
	return a.now.Add(time.Duration(days) * day)
}

// atPath moves problems of an object as a whole to the field of an input that names it.
func atPath(err error, path string) error {
	found := problem.From(err)
	for _, p := range found {
		p.Field = problem.Path(path)
	}
	if found != nil {
		return found
	}
	return err
}
