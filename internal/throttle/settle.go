package throttle

import (
	"context"
	"slices"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
)

// settleTime is how long settling a try may take after its request has been called off.
const settleTime = 10 * time.Second

// SignedIn settles a try that has proven who it is, and ends the run of failures of its name or device, in the transaction
// of what it leads to. A lock that a known device or a passkey has passed stays.
func (t *Try) SignedIn(ctx context.Context, tx *db.Tx) error {
	return t.settle(ctx, tx, func(p place, row *db.Throttle) {
		if p.rule.endsRun {
			row.Failures, row.Until = 0, 0
		}
	})
}

// Right settles a try that was right, but has not led to a session yet. The run of failures goes on, or somebody who has a
// password could guess codes without end.
func (t *Try) Right(ctx context.Context, tx *db.Tx) error {
	return t.settle(ctx, tx, func(place, *db.Throttle) {})
}

// settle gives the places of a right try back. An [access.RateLimitedError] says that it took so long that its places have
// been given to others: then it must lead to nothing.
func (t *Try) settle(ctx context.Context, tx *db.Tx, count func(p place, row *db.Throttle)) error {
	now := db.At(t.throttle.now())
	for _, p := range t.places {
		row, err := lockRow(ctx, tx, p.key, now)
		if err != nil {
			return err
		}
		if !t.giveBack(row, now) {
			return &access.RateLimitedError{RetryAfter: retryAfter}
		}
		count(p, row)
		if err := save(ctx, tx, row); err != nil {
			return err
		}
	}
	tx.AfterCommit(t.end)
	return nil
}

// Wrong counts a try as failed. It does so although its request may have been called off, which is no way around.
func (t *Try) Wrong(ctx context.Context) error {
	return t.fail(ctx, func(p place, row *db.Throttle, now db.Time) { p.rule.fail(row, now) })
}

// Refused settles a try that was not compared with anything, because too many passwords were being hashed. It counts for
// the address alone, which a flood is bounded by.
func (t *Try) Refused(ctx context.Context) error {
	return t.fail(ctx, func(p place, row *db.Throttle, now db.Time) {
		if !p.rule.endsRun {
			p.rule.fail(row, now)
		}
	})
}

// Void settles a try that the program could not carry out. It counts for nothing: nothing wrong was compared.
func (t *Try) Void(ctx context.Context) error {
	return t.fail(ctx, func(place, *db.Throttle, db.Time) {})
}

func (t *Try) fail(ctx context.Context, count func(p place, row *db.Throttle, now db.Time)) error {
	if t.settled {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	now := db.At(t.throttle.now())
	return t.throttle.store.TouchThrottles(ctx, keysOf(t.places), func(tx *db.Tx) error {
		for _, p := range t.places {
			row, err := lockRow(ctx, tx, p.key, now)
			if err != nil {
				return err
			}
			t.giveBack(row, now)
			count(p, row, now)
			if err := save(ctx, tx, row); err != nil {
				return err
			}
		}
		tx.AfterCommit(t.end)
		return nil
	})
}

// giveBack removes the reservation of the try, and says whether there was one.
func (t *Try) giveBack(row *db.Throttle, now db.Time) bool {
	forgetExpired(row, now)
	at := slices.IndexFunc(row.Reserved.V, func(r db.Reservation) bool { return r.ID == t.id })
	if at < 0 {
		return false
	}
	row.Reserved.V = slices.Delete(row.Reserved.V, at, at+1)
	return true
}

// save writes a row, or deletes one that says nothing.
func save(ctx context.Context, tx *db.Tx, row *db.Throttle) error {
	if row.Failures == 0 && row.Until == 0 && len(row.Reserved.V) == 0 {
		return tx.DeleteThrottle(ctx, row.Key)
	}
	return tx.SaveThrottle(ctx, row)
}

func (t *Try) end() {
	t.settled = true
	for _, p := range t.places {
		t.throttle.lines.ended(p.key)
	}
}

// Unlock forgets the failures under a name. Tries that are under way keep their places: unlocking again and again does not
// make room for more of them. lifted says that there were failures.
func Unlock(ctx context.Context, tx *db.Tx, name string, now db.Time) (lifted bool, err error) {
	row, err := lockRow(ctx, tx, name, now)
	if err != nil {
		return false, err
	}
	lifted = row.Failures > 0 || row.Until != 0
	row.Failures, row.Until = 0, 0
	return lifted, save(ctx, tx, row)
}
