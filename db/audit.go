package db

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// AuditOutcome says how an attempt ended.
type AuditOutcome string

const (
	Succeeded AuditOutcome = "SUCCEEDED"
	Denied    AuditOutcome = "DENIED" // refused; Reason says why
	Failed    AuditOutcome = "FAILED" // tried and went wrong
)

// Actor is who did something, through what, and from where.
type Actor struct {
	ActorID     typeid.ID `bun:",nullzero"` // null: the system, or somebody who is not known
	ActorName   string    // as it was then: "acme/jane", or "system"
	AccessPoint string    // code; empty for the system
	IP          string    // empty for what the system does by itself
	APIKeyID    typeid.ID `bun:"api_key_id,nullzero"` // the key that was shown in the actor's name; null: none
}

// AuditEvent is what somebody did or tried. Nothing changes or deletes it.
type AuditEvent struct {
	bun.BaseModel `bun:"table:audit_events,alias:event"`

	ID        typeid.ID `bun:",pk"`
	AccountID typeid.ID
	At        Time
	Action    string // noun.verb
	Outcome   AuditOutcome
	Actor
	TargetID   typeid.ID `bun:",nullzero"`
	TargetName string    // as it was then
	Reason     string    // empty when it succeeded
	Changes    JSON[[]AuditChange]
}

// AuditChange is one field before and after; nil where there was or is nothing. Of secrets only the field stands here.
type AuditChange struct {
	Field  string  `json:"field"`
	Before *string `json:"before,omitempty"`
	After  *string `json:"after,omitempty"`
}

// RecordEvent writes an event in the transaction of what it tells, which [DB.Change] will not commit without.
func (tx *Tx) RecordEvent(ctx context.Context, event *AuditEvent) error {
	if _, err := tx.idb.NewInsert().Model(event).Exec(ctx); err != nil {
		return translate(err)
	}
	tx.recorded = true
	return nil
}
