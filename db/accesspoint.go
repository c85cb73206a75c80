package db

import (
	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// AccessPointKind tells where people sign in from where programs show a key.
type AccessPointKind string

const (
	Interactive  AccessPointKind = "INTERACTIVE"
	Programmatic AccessPointKind = "PROGRAMMATIC"
)

// Web is the code of the access point that the page and GraphQL by session ask for.
const Web = "WEB"

// AccessPoint is a door.
type AccessPoint struct {
	bun.BaseModel `bun:"table:access_points,alias:ap"`

	ID          typeid.ID `bun:",pk"`
	AccountID   typeid.ID
	Code        string // unique in the account, never changes
	Name        string
	Description string
	Kind        AccessPointKind
	BuiltIn     bool
	Origins     JSON[[]string] // interactive ones only
	CreatedAt   Time
	UpdatedAt   Time
	Revision    int
}

// UserAccessPoint lets a user through an access point.
type UserAccessPoint struct {
	bun.BaseModel `bun:"table:user_access_points"`

	UserID        typeid.ID `bun:",pk"`
	AccessPointID typeid.ID `bun:",pk"`
}

// AccessPointWhitelist asks a whitelist of everyone who comes through an access point.
type AccessPointWhitelist struct {
	bun.BaseModel `bun:"table:access_point_whitelists"`

	AccessPointID typeid.ID `bun:",pk"`
	WhitelistID   typeid.ID `bun:",pk"`
}
