package db

import (
	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Assurance is what a session has shown of its user.
type Assurance string

const (
	ByPassword        Assurance = "PASSWORD"
	EnrolmentRequired Assurance = "ENROLMENT_REQUIRED" // may do nothing but enrol a second factor and sign out
	ByMFA             Assurance = "MFA"
)

// Session is a client with a cookie that is signed in. It ends by deletion.
type Session struct {
	bun.BaseModel `bun:"table:sessions,alias:s"`

	ID         typeid.ID `bun:",pk"`
	TokenHash  []byte    // SHA-256 of the cookie's value, which is stored nowhere
	AccountID  typeid.ID
	UserID     typeid.ID
	Assurance  Assurance
	CreatedAt  Time
	LastSeenAt Time // written at most once a minute
	ExpiresAt  Time // the absolute end
	ProvenAt   Time // the last proof, for step-up
	IP         string
	UserAgent  string // cut to 255 characters
}

// Device is a browser that has signed in to a user before: it passes a lock of that user.
type Device struct {
	bun.BaseModel `bun:"table:devices,alias:device"`

	TokenHash  []byte `bun:",pk"` // SHA-256 of the device cookie's value
	UserID     typeid.ID
	CreatedAt  Time
	LastUsedAt Time
}
