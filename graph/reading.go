package graph

import (
	"context"
	"maps"
	"slices"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph/generated"
	"github.com/gatehouse/gatehouse/graph/plan"
)

// need is what a resolver looks at of a user besides the ID.
type need struct {
	fields []string // of db.User
	holds  db.Holds
}

// userNeeds are what the resolvers of User look at. Of a field that has a resolver and does not stand here, everything is
// read. What is missing here makes an answer wrong without an error: the comparison with gqlgen's executor, which has
// everything read, finds it.
var userNeeds = map[string]need{
	"qualifiedName": {fields: []string{"LoginName"}},
	"lockedUntil":   {fields: []string{"LoginName"}},
	"createdBy":     {fields: []string{"CreatedBy"}},
	"mfa":           {fields: []string{"MFAForced"}},

	"roles":             {holds: db.HoldsRoles},
	"permissions":       {holds: db.HoldsRoles},
	"permissionOrigins": {holds: db.HoldsRoles},
	"viewerCanManage":   {holds: db.HoldsRoles},
	"apiKeys":           {holds: db.HoldsRoles},
	"accessPoints":      {holds: db.HoldsAccessPoints},
	"whitelists":        {holds: db.HoldsWhitelists},

	"__typename": {}, "sessions": {}, "auditEvents": {}, "whitelistReport": {}, "seenAddresses": {},
}

// userReadingOf works out what is read of users for an operation: the same wherever it asks for users, since what has been
// read of one is known in all of it.
func userReadingOf(asked plan.Asked) any {
	holds, fields, everything := db.Holds(0), map[string]bool{}, false
	for name := range asked["User"] {
		if field, bound := generated.StructFields["User"][name]; bound {
			fields[field] = true
			continue
		}
		needed, known := userNeeds[name]
		everything = everything || !known
		holds |= needed.holds
		for _, field := range needed.fields {
			fields[field] = true
		}
	}
	if everything {
		return db.NewUserReading(nil, holds)
	}
	return db.NewUserReading(append([]string{}, slices.Sorted(maps.Keys(fields))...), holds)
}

// userReading is what is read of users for the present operation; nil, for everything, where gqlgen's executor answers it.
func userReading(ctx context.Context) *db.UserReading {
	reading, _ := plan.Reading(ctx).(*db.UserReading)
	return reading
}
