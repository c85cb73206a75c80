package audit

import (
	"reflect"

	"github.com/gatehouse/gatehouse/db"
)

// treatment is what the trail does with a field of an entity.
type treatment int

const (
	track  treatment = iota + 1 // before and after
	hide                        // a secret: only that it changed
	ignore                      // nothing; the rule says why
)

// rule is what the trail does with a field, under which name of the GraphQL schema, or why not.
type rule struct {
	treatment treatment
	name      string
	why       string
}

func tracked(name string) rule { return rule{treatment: track, name: name} }
func hidden(name string) rule  { return rule{treatment: hide, name: name} }
func ignored(why string) rule  { return rule{treatment: ignore, why: why} }

const (
	identity   = "never changes, and stands on the event as its target or account"
	derived    = "follows from another field"
	clockwork  = "the event itself says when and by whom"
	bookkeeper = "is written by use, not by a change"
)

// rules say for every field of every entity in the trail what becomes of it. A test wants all of them here, so that nobody
// adds a field without deciding. Lists of other entities, such as a user's roles, are no fields: see [Change].
var rules = map[reflect.Type]map[string]rule{
	reflect.TypeFor[db.Account](): {
		"ID":        ignored(identity),
		"Handle":    tracked("handle"),
		"Name":      tracked("name"),
		"Revision":  ignored(clockwork),
		"Policy":    tracked(""), // with the rules of its own
		"UserCount": ignored(derived),
		"CreatedAt": ignored(clockwork),
		"UpdatedAt": ignored(clockwork),
	},
	reflect.TypeFor[db.AccountPolicy](): {
		"MFAForced":             tracked("mfaForced"),
		"PasswordMinLength":     tracked("passwordMinLength"),
		"APIKeyMaxLifetimeDays": tracked("apiKeyMaxLifetimeDays"),
		"SessionIdleMinutes":    tracked("sessionIdleMinutes"),
		"SessionMaxHours":       tracked("sessionMaxHours"),
		"Revision":              ignored(clockwork),
	},
	reflect.TypeFor[db.User](): {
		"ID":                   ignored(identity),
		"AccountID":            ignored(identity),
		"Kind":                 tracked("kind"),
		"LoginName":            tracked("loginName"),
		"LoginKey":             ignored(derived),
		"Name":                 tracked("name"),
		"NameKey":              ignored(derived),
		"Email":                tracked("email"),
		"EmailKey":             ignored(derived),
		"EmailSort":            ignored(derived),
		"Search":               ignored(derived),
		"Language":             tracked("language"),
		"Status":               tracked("status"),
		"PasswordHash":         hidden("password"),
		"PasswordVersion":      ignored(derived),
		"MFAForced":            tracked("mfaForced"),
		"WhitelistsReportOnly": tracked("whitelistsReportOnly"),
		"LastSignInAt":         ignored(bookkeeper),
		"CreatedAt":            ignored(clockwork),
		"CreatedBy":            ignored(clockwork),
		"UpdatedAt":            ignored(clockwork),
		"Revision":             ignored(clockwork),
	},
	reflect.TypeFor[db.Role](): {
		"ID":          ignored(identity),
		"AccountID":   ignored(identity),
		"Kind":        ignored(identity),
		"Name":        tracked("name"),
		"NameKey":     ignored(derived),
		"SortKey":     ignored(derived),
		"Description": tracked("description"),
		"Search":      ignored(derived),
		"Permissions": tracked("permissions"),
		"CreatedAt":   ignored(clockwork),
		"UpdatedAt":   ignored(clockwork),
		"Revision":    ignored(clockwork),
	},
	reflect.TypeFor[db.AccessPoint](): {
		"ID":                   ignored(identity),
		"AccountID":            ignored(identity),
		"Code":                 tracked("code"),
		"Name":                 tracked("name"),
		"Description":          tracked("description"),
		"Kind":                 tracked("kind"),
		"BuiltIn":              ignored(identity),
		"Origins":              tracked("origins"),
		"WhitelistsReportOnly": tracked("whitelistsReportOnly"),
		"SecretHash":           hidden("secret"),
		"SecretRotatedAt":      ignored(clockwork),
		"CreatedAt":            ignored(clockwork),
		"UpdatedAt":            ignored(clockwork),
		"Revision":             ignored(clockwork),
	},
	reflect.TypeFor[db.APIKey](): {
		"ID":          ignored(identity),
		"KeyHash":     ignored("is there from the beginning, and never changes"),
		"AccountID":   ignored(identity),
		"UserID":      ignored("never changes; the creation names the user"),
		"Hint":        ignored("never changes, and stands in the name of the target"),
		"Description": tracked("description"),
		"Restricted":  tracked("restricted"),
		"Permissions": tracked("permissions"),
		"CreatedAt":   ignored(clockwork),
		"CreatedBy":   ignored(clockwork),
		"ExpiresAt":   tracked("expiresAt"),
		"LastUsedAt":  ignored(bookkeeper),
		"LastUsedIP":  ignored(bookkeeper),
		"RevokedAt":   tracked("revokedAt"),
		"ReplacesID":  ignored("the rotation is an event of its own"),
		"WarnedDays":  ignored(bookkeeper),
		"Revision":    ignored(clockwork),
	},
	reflect.TypeFor[db.Whitelist](): {
		"ID":        ignored(identity),
		"AccountID": ignored(identity),
		"Name":      tracked("name"),
		"NameKey":   ignored(derived),
		"SortKey":   ignored(derived),
		"Search":    ignored(derived),
		"CreatedAt": ignored(clockwork),
		"UpdatedAt": ignored(clockwork),
		"Revision":  ignored(clockwork),
	},
}
