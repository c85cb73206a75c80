package db

import (
	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// RoleKind tells the two built-in roles from those that an account made.
type RoleKind string

const (
	AdminRole  RoleKind = "ADMIN" // the groups Users and General; only its holders may give or take it
	AllRole    RoleKind = "ALL"   // every permission but those that the catalogue keeps out of it
	CustomRole RoleKind = "CUSTOM"
)

// Role is a named set of permissions.
type Role struct {
	bun.BaseModel `bun:"table:roles,alias:role"`

	ID          typeid.ID `bun:",pk"`
	AccountID   typeid.ID
	Kind        RoleKind
	Name        string
	NameKey     string // text.Key of Name, unique in the account
	SortKey     string // "0" and the kind for built-in roles, "1" and text.Fold of Name for the others
	Description string
	Search      string // text.Fold of name and description
	// Permissions as stored: nothing for built-in roles, whose permissions follow from the catalogue. May hold codes that
	// the catalogue no longer has. Ask access.Catalogue for what a role grants.
	Permissions Codes
	CreatedAt   Time
	UpdatedAt   Time
	Revision    int
}

// BuiltIn says whether the role came with Gatehouse and cannot be changed.
func (r *Role) BuiltIn() bool { return r.Kind != CustomRole }

// UserRole gives a role to a user.
type UserRole struct {
	bun.BaseModel `bun:"table:user_roles"`

	UserID typeid.ID `bun:",pk"`
	RoleID typeid.ID `bun:",pk"`
}
