package db

import (
	"context"
	"maps"
	"slices"

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

// RecordEvent has an event written at the end of the transaction of what it tells, which [DB.Change] will not commit without.
// ID and time are given to it there: the time is that of the event or later, see [Tx.writeEvents].
func (tx *Tx) RecordEvent(event *AuditEvent) { tx.events = append(tx.events, event) }

// auditHead is the time of the last event of an account.
type auditHead struct {
	bun.BaseModel `bun:"table:audit_heads,alias:head"`

	AccountID typeid.ID `bun:",pk"`
	At        Time
}

// eventsAtOnce is how many events one statement writes.
const eventsAtOnce = 500

// writeEvents writes what was recorded, as the last thing before the feed. A transaction takes the heads of its events'
// accounts, in one order, until its commit, and gives its events a time after those of all transactions before it, whatever
// the clock says; events of one transaction share the time and have rising IDs. So the order by time and ID is that of the
// commits, and no event ever appears before one that somebody could already read.
func (tx *Tx) writeEvents(ctx context.Context) error {
	byAccount := map[typeid.ID][]*AuditEvent{}
	for _, event := range tx.events {
		byAccount[event.AccountID] = append(byAccount[event.AccountID], event)
	}
	for _, accountID := range slices.Sorted(maps.Keys(byAccount)) {
		events := byAccount[accountID]
		if err := tx.stamp(ctx, accountID, events); err != nil {
			return err
		}
		for some := range slices.Chunk(events, eventsAtOnce) {
			if _, err := tx.idb.NewInsert().Model(&some).Exec(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// stamp gives events of one account their time and IDs, and takes the account's head.
func (tx *Tx) stamp(ctx context.Context, accountID typeid.ID, events []*AuditEvent) error {
	if tx.backdated {
		for i, id := range typeid.NewSeries("event", events[0].At.Time(), len(events)) {
			events[i].ID = id
		}
		return nil
	}
	head := &auditHead{AccountID: accountID}
	for _, event := range events {
		head.At = max(head.At, event.At)
	}
	err := tx.idb.NewInsert().Model(head).On("CONFLICT (account_id) DO UPDATE").
		Set("at = CASE WHEN head.at < EXCLUDED.at THEN EXCLUDED.at ELSE head.at + 1 END").Returning("at").Scan(ctx)
	if err != nil {
		return err
	}
	for i, id := range typeid.NewSeries("event", head.At.Time(), len(events)) {
		events[i].ID, events[i].At = id, head.At
	}
	return nil
}

// Backdated returns the same database for writing an invented past: its events keep the time that they bring, whatever has
// been recorded before. It is for a demonstration account that nobody reads yet.
func (d *DB) Backdated() *DB {
	past := *d
	past.backdated = true
	return &past
}
