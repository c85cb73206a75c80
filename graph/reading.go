package graph

import (
	"context"
	"maps"
	"slices"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph/generated"
	"github.com/gatehouse/gatehouse/graph/plan"
)

// readings are what is read of the rows of long lists for one operation: the same wherever it asks for them, since what has
// been read of a row is known in all of it.
type readings struct{ users, events, keys *db.Reading }

// What resolvers look at of a row besides its ID, by field: names of the struct's fields. Of a field that has a resolver and
// does not stand here, everything is read. What is missing here makes an answer wrong without an error: the comparison with
// gqlgen's executor, which has everything read, finds it.
var (
	userNeeds = map[string][]string{
		"qualifiedName": {"LoginName"},
		"lockedUntil":   {"LoginName"},
		"createdBy":     {"CreatedBy"},
		"mfa":           {"MFAForced"},

		"__typename": nil, "roles": nil, "permissions": nil, "permissionOrigins": nil, "viewerCanManage": nil, "accessPoints": nil,
		"whitelists": nil, "whitelistReport": nil, "seenAddresses": nil, "sessions": nil, "apiKeys": nil, "auditEvents": nil, "undeliveredMail": nil,
	}
	eventNeeds = map[string][]string{
		"actor":       {"ActorID"},
		"apiKey":      {"APIKeyID"},
		"target":      {"TargetID"},
		"targetName":  {"TargetName", "TargetID"},
		"reason":      {"Reason"},
		"accessPoint": {"AccessPoint"},
		"ip":          {"IP", "ActorID"},
		"changes":     {"Changes", "TargetID"},

		"__typename": nil,
	}
	keyNeeds = map[string][]string{
		"user":         {"UserID"},
		"accessPoints": {"UserID"},
		"permissions":  {"UserID", "Restricted", "Permissions", "RevokedAt", "ExpiresAt"},
		"restrictedTo": {"Restricted", "Permissions"},
		"status":       {"RevokedAt", "ExpiresAt"},
		"createdBy":    {"CreatedBy"},
		"replaces":     {"ReplacesID"},
		"lastUsedIp":   {"LastUsedIP"},

		"__typename": nil, "replacedBy": nil, "whitelists": nil,
	}
)

// readingsOf works out what is read for an operation.
func readingsOf(asked plan.Asked) any {
	return readings{
		users: readingOf(asked, "User", userNeeds), events: readingOf(asked, "AuditEvent", eventNeeds), keys: readingOf(asked, "ApiKey", keyNeeds),
	}
}

// readingOf works out what is read of the rows of an object; nil: everything.
func readingOf(asked plan.Asked, object string, needs map[string][]string) *db.Reading {
	fields, everything := fieldsOf(asked, object, needs)
	if everything {
		return nil
	}
	return db.NewReading(fields)
}

// fieldsOf are the fields of a row's struct that an operation asks for, sorted.
func fieldsOf(asked plan.Asked, object string, needs map[string][]string) (names []string, everything bool) {
	fields := map[string]bool{}
	for name := range asked[object] {
		if field, bound := generated.StructFields[object][name]; bound {
			fields[field] = true
			continue
		}
		needed, known := needs[name]
		if !known {
			return nil, true
		}
		for _, field := range needed {
			fields[field] = true
		}
	}
	return slices.Sorted(maps.Keys(fields)), false
}

// readingsFor are those of the present operation; of everything, where gqlgen's executor answers it.
func readingsFor(ctx context.Context) readings {
	made, _ := plan.Reading(ctx).(readings)
	return made
}
