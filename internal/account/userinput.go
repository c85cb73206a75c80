package account

import (
	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/patch"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// CreateUserInput is what a new user is made from.
type CreateUserInput struct {
	Kind      db.UserKind
	LoginName string
	// Password may be left out: a personal user then gets a link to set one. An API user has none.
	Password  *string
	Email     string
	Name      string
	Language  db.Language
	RoleIDs   []typeid.ID
	MFAForced bool
	// AccessPoints are codes.
	AccessPoints []string
	WhitelistIDs []typeid.ID
	// NewWhitelist is created with the user and given to it.
	NewWhitelist *CreateWhitelistInput
	// IdempotencyKey makes a repetition within 24 hours give the first answer again.
	IdempotencyKey *string
}

// UpdateUserInput is what changes of a user.
type UpdateUserInput struct {
	ID           typeid.ID
	Revision     *int
	LoginName    patch.Field[*string]
	Email        patch.Field[*string]
	Name         patch.Field[*string]
	Language     patch.Field[*db.Language]
	Password     patch.Field[*string]
	RoleIDs      patch.Field[[]typeid.ID]
	MFAForced    patch.Field[*bool]
	AccessPoints patch.Field[[]string]
	// WhitelistIDs replaces all; an empty list clears.
	WhitelistIDs patch.Field[[]typeid.ID]
	// NewWhitelist is created with the change and added.
	NewWhitelist         *CreateWhitelistInput
	WhitelistsReportOnly patch.Field[*bool]
}

// UpdateViewerInput is what everybody may change of themselves.
type UpdateViewerInput struct {
	Name     patch.Field[*string]
	Language patch.Field[*db.Language]
}

// UpdateAccountInput is what changes of the account itself.
type UpdateAccountInput struct {
	Revision *int
	Name     patch.Field[*string]
}

// UpdateAccountPolicyInput is what changes of the account's policy.
type UpdateAccountPolicyInput struct {
	Revision              *int
	MFAForced             patch.Field[*bool]
	PasswordMinLength     patch.Field[*int]
	APIKeyMaxLifetimeDays patch.Field[*int]
	SessionIdleMinutes    patch.Field[*int]
	SessionMaxHours       patch.Field[*int]
	// APIKeysMayNeverExpire takes the longest life of keys away. Only true changes something.
	APIKeysMayNeverExpire *bool
}

// SetUpAccountInput makes the first account of a database.
type SetUpAccountInput struct {
	Token     string // from the fragment of the set-up link
	Handle    string
	Name      string // of the account
	LoginName string
	AdminName *string // of the administrator; nil: the account's
	Email     string
	Language  db.Language
	Password  string
}
