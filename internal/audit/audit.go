// Package audit records who changed or tried to change what (product rule 11).
package audit

import (
	"context"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// System is the actor of what the server or its command line does by itself.
var System = db.Actor{ActorName: "system"}

// Target is what something was done to, with its name as it is now.
type Target struct {
	ID   typeid.ID
	Name string
}

// Event is what is to be recorded.
type Event struct {
	AccountID typeid.ID
	Actor     db.Actor
	Action    Action
	Outcome   db.AuditOutcome // empty: Succeeded
	Target    Target
	Reason    string
	Changes   []db.AuditChange
}

// Record has an event written in the transaction of the change itself, at its end. Its time is now, or later where an event of
// the account was recorded meanwhile.
func Record(_ context.Context, tx *db.Tx, now time.Time, event Event) error {
	if event.Outcome == "" {
		event.Outcome = db.Succeeded
	}
	tx.RecordEvent(&db.AuditEvent{
		AccountID:  event.AccountID,
		At:         db.At(now),
		Action:     string(event.Action),
		Outcome:    event.Outcome,
		Actor:      event.Actor,
		TargetID:   event.Target.ID,
		TargetName: event.Target.Name,
		Reason:     event.Reason,
		Changes:    db.JSON[[]db.AuditChange]{V: event.Changes},
	})
	return nil
}
