package db

import (
	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Passkey is a credential by which an authenticator proves its user (WebAuthn level 3).
type Passkey struct {
	bun.BaseModel `bun:"table:passkeys,alias:passkey"`

	ID             typeid.ID `bun:",pk"`
	UserID         typeid.ID
	Name           string
	CredentialID   []byte // chosen by the authenticator; unique
	PublicKey      []byte // COSE
	AAGUID         []byte `bun:"aaguid"` // 16 bytes, the authenticator's model; all zero: not told
	Transports     JSON[[]string]
	SignCount      int64 // of the last proof; zero: the authenticator does not count
	BackupEligible bool
	BackedUp       bool
	CreatedAt      Time
	LastUsedAt     Time // zero: never since the enrolment
}
