package access

import (
	"slices"
	"strings"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Subject is who wants to come in, with all that a decision asks of it. What it points to may be shared between subjects
// and is never changed.
type Subject struct {
	AccountID typeid.ID
	User      *User
	// Key is what a program shows in the user's name; nil for the user in person.
	Key *Key
	// Roles are those that the user has.
	Roles []*Role
	// Doors are the access points that the user may come through.
	Doors []*Door
	// Whitelists are asked of the user at every door. None: the user may come from anywhere.
	Whitelists []*Whitelist
	// ReportOnly has Whitelists refuse nobody: a decision tells when they would have.
	ReportOnly bool
	// MFAForced says whether the user's own flag or the account's policy asks for a second factor.
	MFAForced bool
	// MFAEnrolled says whether the user has a second factor.
	MFAEnrolled bool
	// lately is the use that was noted last, so that the same use again need not be looked up; nil where that is not kept.
	lately *notedUse
}

// User is what a decision knows of a user.
type User struct {
	ID     typeid.ID
	Name   string // "acme/jane"
	Status db.UserStatus
}

// LoginName is the name without the account's handle.
func (u *User) LoginName() string {
	_, loginName, _ := strings.Cut(u.Name, "/")
	return loginName
}

// Role is a role with what it grants at present.
type Role struct {
	ID     typeid.ID
	Name   string
	Kind   db.RoleKind
	Grants Set
}

// Door is an access point with the whitelists that it asks of everybody who comes through. None: from anywhere.
type Door struct {
	ID         typeid.ID
	Code       string
	Kind       db.AccessPointKind
	Whitelists []*Whitelist
	// ReportOnly has Whitelists refuse nobody: a decision tells when they would have.
	ReportOnly bool
}

// Key is an API key. What it may do is its own and the user's (product rule 10).
type Key struct {
	ID        typeid.ID
	Revoked   bool
	ExpiresAt db.Time // zero: never
	CreatedAt db.Time
	// Doors are the access points that it may be shown at, by ID.
	Doors []typeid.ID
	// Restricted says whether the key may do no more than Permissions.
	Restricted  bool
	Permissions Set
	// Whitelists are asked of the key as well as those of the user. None: from anywhere.
	Whitelists []*Whitelist
}

// Admin says whether the subject holds the role admin (product rule 3). A key that is restricted never does.
func (s *Subject) Admin() bool {
	return !s.restricted() && slices.ContainsFunc(s.Roles, func(role *Role) bool { return role.Kind == db.AdminRole })
}

func (s *Subject) restricted() bool { return s.Key != nil && s.Key.Restricted }

// Permissions are what the subject may do: what the roles grant together, of which a restricted key has its part.
func (s *Subject) Permissions() Set {
	granted := make([]Set, len(s.Roles))
	for i, role := range s.Roles {
		granted[i] = role.Grants
	}
	all := Union(granted...)
	if s.restricted() {
		return all.Intersect(s.Key.Permissions)
	}
	return all
}

// door returns the access point of a code if the subject may come through it, and nil otherwise.
func (s *Subject) door(code string) *Door {
	for _, door := range s.Doors {
		if door.Code == code && (s.Key == nil || slices.Contains(s.Key.Doors, door.ID)) {
			return door
		}
	}
	return nil
}
