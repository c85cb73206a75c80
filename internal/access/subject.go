package access

import (
	"slices"

	"github.com/gatehouse/gatehouse/db"
)

// Subject is who wants to come in, with all that a decision asks of it. It is read anew for each request.
type Subject struct {
	User *db.User
	// Roles are those that the user has, with what each grants at present.
	Roles []HeldRole
	// Permissions are what the roles grant together.
	Permissions Set
	// Doors are the access points that the user may come through.
	Doors []Door
	// Whitelists are asked of the user at every door. None: the user may come from anywhere.
	Whitelists []Whitelist
	// MFAForced says whether the user's own flag or the account's policy asks for a second factor.
	MFAForced bool
	// MFAEnrolled says whether the user has a second factor.
	MFAEnrolled bool
}

// HeldRole is a role that a subject has.
type HeldRole struct {
	*db.Role
	Grants Set
}

// Door is an access point with the whitelists that it asks of everybody who comes through. None: from anywhere.
type Door struct {
	*db.AccessPoint
	Whitelists []Whitelist
}

// Admin says whether the subject holds the role admin (product rule 3).
func (s *Subject) Admin() bool {
	return slices.ContainsFunc(s.Roles, func(role HeldRole) bool { return role.Kind == db.AdminRole })
}

// Door returns the access point of a code if the subject may come through it, and nil otherwise.
func (s *Subject) Door(code string) *Door {
	for i := range s.Doors {
		if s.Doors[i].Code == code {
			return &s.Doors[i]
		}
	}
	return nil
}
