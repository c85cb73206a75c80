package db

import (
	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// LinkPurpose says what a mailed or printed link is good for.
type LinkPurpose string

const (
	SetUpLink        LinkPurpose = "SET_UP"        // creates the first account; belongs to none
	InvitationLink   LinkPurpose = "INVITATION"    // sets the first password
	ResetLink        LinkPurpose = "RESET"         // sets a new password
	ConfirmEmailLink LinkPurpose = "CONFIRM_EMAIL" // makes Email the user's address
)

// Link is a secret that stands in a mail, good once. It is used up by deletion.
type Link struct {
	bun.BaseModel `bun:"table:links,alias:link"`

	ID        typeid.ID `bun:",pk"`
	TokenHash []byte    // SHA-256 of the token in the URL's fragment
	Purpose   LinkPurpose
	AccountID typeid.ID `bun:",nullzero"` // null for SetUpLink
	UserID    typeid.ID `bun:",nullzero"` // null for SetUpLink
	Email     string    // the address it was sent to
	CreatedAt Time
	ExpiresAt Time
}

// ChallengePurpose says what the proofs of a challenge lead to.
type ChallengePurpose string

const (
	SignInChallenge    ChallengePurpose = "SIGN_IN"
	StepUpChallenge    ChallengePurpose = "STEP_UP"
	EnrolTOTPChallenge ChallengePurpose = "ENROL_TOTP"
)

// Challenge stands for what somebody has shown so far. It is used up by deletion.
type Challenge struct {
	bun.BaseModel `bun:"table:challenges,alias:challenge"`

	ID        typeid.ID `bun:",pk"`
	TokenHash []byte
	Purpose   ChallengePurpose
	AccountID typeid.ID
	UserID    typeid.ID
	SessionID typeid.ID `bun:",nullzero"` // the session that began it; null for SignInChallenge
	Name      string    // of the method to enrol
	Secret    []byte    // sealed TOTP secret to enrol; null otherwise
	CreatedAt Time
	ExpiresAt Time
}

// Throttle counts wrong tries under a key, existing user or not.
type Throttle struct {
	bun.BaseModel `bun:"table:throttles,alias:throttle"`

	Key       string `bun:"throttle_key,pk"`
	Failures  int
	BeganAt   Time // when the first failure of the present run was
	Until     Time // tries are refused until then; zero: they are not
	UpdatedAt Time
}
