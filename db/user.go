package db

import (
	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// UserKind tells people from programs.
type UserKind string

const (
	Personal UserKind = "PERSONAL"
	API      UserKind = "API"
)

// UserStatus says whether a user can come in at all.
type UserStatus string

const (
	Invited     UserStatus = "INVITED" // has not set a password yet
	Active      UserStatus = "ACTIVE"
	Deactivated UserStatus = "DEACTIVATED"
)

// Language is a language of the page and of mails.
type Language string

const (
	English Language = "EN"
	Dutch   Language = "NL"
	German  Language = "DE"
	French  Language = "FR"
	Spanish Language = "ES"
)

// User is somebody or something that comes in.
type User struct {
	bun.BaseModel `bun:"table:users,alias:u"`

	ID        typeid.ID `bun:",pk"`
	AccountID typeid.ID
	Kind      UserKind
	LoginName string
	LoginKey  string // text.Key of LoginName, unique in the account
	Name      string
	NameKey   string // text.Fold of Name, for ordering
	Email     string
	EmailKey  string // text.Key of Email, unique in the account
	Search    string // text.Fold of login name, name and email, a line each
	Language  Language
	Status    UserStatus
	// PasswordHash is a PHC string, empty when no password was ever set. An API user has none.
	PasswordHash string
	MFAForced    bool `bun:"mfa_forced"` // the user's own flag; the account's policy may force it all the same
	LastSignInAt Time // zero: never
	CreatedAt    Time
	CreatedBy    typeid.ID `bun:",nullzero"` // null: by the system
	UpdatedAt    Time
	Revision     int
}
