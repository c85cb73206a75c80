package db

import (
	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// TOTPMethod is an authenticator app (RFC 6238).
type TOTPMethod struct {
	bun.BaseModel `bun:"table:totp_methods,alias:totp"`

	ID         typeid.ID `bun:",pk"`
	UserID     typeid.ID
	Name       string
	Secret     []byte // sealed with AES-GCM, bound to table, row and user
	LastStep   int64  // the time step of the last code taken: none up to it is taken again
	CreatedAt  Time
	LastUsedAt Time // zero: never
}

// RecoveryCode is one of ten, used up by deletion.
type RecoveryCode struct {
	bun.BaseModel `bun:"table:recovery_codes,alias:recovery"`

	UserID    typeid.ID `bun:",pk"`
	CodeHash  []byte    `bun:",pk"` // HMAC-SHA-256 under a key of the key file, user included
	CreatedAt Time
}
