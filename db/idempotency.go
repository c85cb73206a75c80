package db

import (
	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// IdempotentAnswer remembers what a request with an idempotency key created, for 24 hours.
type IdempotentAnswer struct {
	bun.BaseModel `bun:"table:idempotent_answers,alias:answer"`

	UserID         typeid.ID `bun:",pk"` // who asked
	IdempotencyKey string    `bun:",pk"`
	Digest         []byte    // keyed digest of the input, password included
	AnswerID       typeid.ID // what was created
	CreatedAt      Time
}
