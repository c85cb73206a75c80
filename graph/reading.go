package graph

import (
	"context"
	"maps"
	"slices"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph/generated"
	"github.com/gatehouse/gatehouse/graph/plan"
)

// userNeeds are the fields of db.User that resolvers of User look at besides the ID. Of a field that has a resolver and does
// not stand here, everything is read. What is missing here makes an answer wrong without an error: the comparison with
// gqlgen's executor, which has everything read, finds it.
var userNeeds = map[string][]string{
	"qualifiedName": {"LoginName"},
	"lockedUntil":   {"LoginName"},
	"createdBy":     {"CreatedBy"},
	"mfa":           {"MFAForced"},

	"__typename": nil, "roles": nil, "permissions": nil, "permissionOrigins": nil, "viewerCanManage": nil, "accessPoints": nil,
	"whitelists": nil, "whitelistReport": nil, "seenAddresses": nil, "sessions": nil, "apiKeys": nil, "auditEvents": nil,
}

// userReadingOf works out what is read of users for an operation: the same wherever it asks for users, since what has been
// read of one is known in all of it.
func userReadingOf(asked plan.Asked) any {
	fields := map[string]bool{}
	for name := range asked["User"] {
		if field, bound := generated.StructFields["User"][name]; bound {
			fields[field] = true
			continue
		}
		needed, known := userNeeds[name]
		if !known {
			return nil
		}
		for _, field := range needed {
			fields[field] = true
		}
	}
	return db.NewUserReading(slices.Sorted(maps.Keys(fields)))
}

// userReading is what is read of users for the present operation; nil, for everything, where gqlgen's executor answers it.
func userReading(ctx context.Context) *db.UserReading {
	reading, _ := plan.Reading(ctx).(*db.UserReading)
	return reading
}
