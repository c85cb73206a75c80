package graph

import "github.com/gatehouse/gatehouse/graph/generated"

// Prices are in units of about one object of an answer. A field whose value stands in its row costs nothing besides the
// objects that it leads to.
const (
	mutationPrice  = 300 // a root field of a mutation
	eachPrice      = 100 // a field that reads for each object it is asked of: a page of a list, a count
	batchedPrice   = 10  // a field that reads once for all objects of a list
	refusedPrice   = 1   // a root field that is refused without being looked at
	statementsEach = 3   // how many statements a field that reads for each object may take at most
)

// reads says when a field reads from the database.
type reads int

const (
	readsNothing reads = iota
	readsBatched       // once for all the objects that are known by then, by a loader
	readsEach          // for each object by itself
)

// cheapFields are the fields with a resolver that do not read for each object by itself. Every other field with a resolver is
// priced as if it did: one that is forgotten here is too dear. One that does not belong here is found by the test that counts
// the statements of every list.
var cheapFields = map[string]map[string]reads{
	"AccessPoint":   {"origins": readsNothing, "whitelists": readsBatched, "whitelistReport": readsBatched, "seenAddresses": readsBatched, "userCount": readsBatched},
	"AccountPolicy": {"apiKeyMaxLifetimeDays": readsNothing},
	"ApiKey": {
		"status": readsNothing, "restrictedTo": readsNothing, "lastUsedIp": readsNothing,
		"user": readsBatched, "accessPoints": readsBatched, "permissions": readsBatched, "replaces": readsBatched, "replacedBy": readsBatched,
		"whitelists": readsBatched, "createdBy": readsBatched,
	},
	"AuditEvent": {
		"targetName": readsNothing, "reason": readsNothing, "accessPoint": readsNothing, "ip": readsNothing, "changes": readsNothing,
		"actor": readsBatched, "apiKey": readsBatched, "target": readsBatched,
	},
	"Mail": {
		"subject": readsNothing, "nextAttemptAt": readsNothing, "problem": readsNothing, "answer": readsNothing, "resendable": readsNothing,
		"user": readsBatched,
	},
	"MfaStatus":       {"enrolled": readsBatched, "methods": readsBatched, "recoveryCodesRemaining": readsBatched},
	"Passkey":         {"authenticator": readsNothing, "credentialId": readsNothing},
	"Permission":      {"name": readsNothing, "description": readsNothing, "verb": readsNothing, "noun": readsNothing},
	"PermissionGroup": {"name": readsNothing},
	"Role": {
		"permissions": readsNothing, "retiredPermissions": readsNothing, "viewerCanAssign": readsNothing, "userCount": readsBatched,
	},
	"Session": {"current": readsNothing, "accessPoint": readsBatched},
	"User": {
		"qualifiedName": readsNothing, "mfa": readsNothing,
		"lockedUntil": readsBatched, "roles": readsBatched, "permissions": readsBatched, "permissionOrigins": readsBatched,
		"accessPoints": readsBatched, "whitelists": readsBatched, "whitelistReport": readsBatched, "seenAddresses": readsBatched,
		"sessions": readsBatched, "createdBy": readsBatched, "viewerCanManage": readsBatched, "undeliveredMail": readsBatched,
	},
	"Viewer":    {"provenUntil": readsNothing, "apiKey": readsNothing, "permissions": readsNothing},
	"Whitelist": {"entries": readsBatched, "userCount": readsBatched, "accessPoints": readsBatched},
}

// readsOf says when a field of an object reads.
func readsOf(object, field string) reads {
	if !generated.ResolvedFields[object][field] {
		return readsNothing
	}
	if cheap, listed := cheapFields[object][field]; listed {
		return cheap
	}
	return readsEach
}

// Sizes of lists that are no connections: what is usual, for the size of answers, and what is possible, for statements.
const (
	usualSize    = 5
	possibleSize = 100
)

var (
	usualSizes    = map[string]int{"entries": 10}
	possibleSizes = map[string]int{"roles": 50, "whitelists": 20, "sessions": 50, "entries": 1000}
)

func sizeOr(sizes map[string]int, field string, otherwise int) int {
	if size, listed := sizes[field]; listed {
		return size
	}
	return otherwise
}
