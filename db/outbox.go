package db

import (
	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Mail waits in the outbox until it is sent. Its bodies are emptied then: they may hold a link.
type Mail struct {
	bun.BaseModel `bun:"table:mails,alias:mail"`

	ID            typeid.ID `bun:",pk"`
	AccountID     typeid.ID `bun:",nullzero"`
	UserID        typeid.ID `bun:",nullzero"`
	Kind          string
	Recipient     string
	RecipientName string
	Language      Language
	Subject       string
	TextBody      string
	HTMLBody      string
	CreatedAt     Time
	DueAt         Time // not before
	Attempts      int
	LastError     string
	SentAt        Time // zero: not yet
	GivenUpAt     Time // zero: still trying
}
