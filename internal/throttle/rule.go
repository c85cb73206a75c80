package throttle

import (
	"context"
	"slices"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
)

// Figures of product rule 7.
const (
	NameTries   = 10 // in a row
	NameLock    = time.Minute
	LongestLock = time.Hour

	AddressTries  = 50
	AddressWindow = 10 * time.Minute
	AddressLock   = 10 * time.Minute

	// Forget is how long a run of failures is remembered after its last one.
	Forget = 24 * time.Hour
)

// addressQuota is how many tries of an address may fail.
var addressQuota = access.Quota{Name: "failed-tries-of-address", Tries: AddressTries, Window: AddressWindow}

// rule is how failures under a key lead to a lock.
type rule struct {
	// left is how many tries may still fail before the next lock, one at least.
	left func(row *db.Throttle, now db.Time) int
	fail func(row *db.Throttle, now db.Time)
	// endsRun says that a success forgets the failures: they are one user's.
	endsRun bool
}

var (
	nameRule    = rule{nameLeft, failName, true}
	addressRule = rule{addressLeft, failAddress, false}
)

// A lock that has ended leaves one try, after which the next lock is twice as long.
func nameLeft(row *db.Throttle, _ db.Time) int { return max(NameTries-row.Failures, 1) }

// failName counts a failure of a run: the tenth locks for a minute, each one after it for twice as long.
func failName(row *db.Throttle, now db.Time) {
	if row.Failures == 0 {
		row.BeganAt = now
	}
	row.Failures++
	if now < row.Until {
		return // of a try whose reservation had expired: the lock stays as long as it was
	}
	row.Until = 0
	if past := row.Failures - NameTries; past >= 0 {
		lock := LongestLock
		if past < 6 { // 2⁶ minutes are more than the longest
			lock = NameLock << past
		}
		row.Until = now.Add(lock)
	}
}

// addressOver says that a window of failures is over: its time has passed, or the lock that it led to has ended.
func addressOver(row *db.Throttle, now db.Time) bool {
	return row.Until != 0 && now >= row.Until || now >= row.BeganAt.Add(AddressWindow)
}

func addressLeft(row *db.Throttle, now db.Time) int {
	if addressOver(row, now) {
		return AddressTries
	}
	return max(AddressTries-row.Failures, 1)
}

// failAddress counts a failure of a window, which begins with its first one or when a lock has ended.
func failAddress(row *db.Throttle, now db.Time) {
	if row.Failures == 0 || addressOver(row, now) {
		row.Failures, row.BeganAt, row.Until = 0, now, 0
	}
	row.Failures++
	if row.Failures >= AddressTries && row.Until == 0 {
		row.Until = now.Add(AddressLock)
	}
}

// forgetExpired forgets tries that have taken too long: the instance that made them is likely to have ended.
func forgetExpired(row *db.Throttle, now db.Time) {
	row.Reserved.V = slices.DeleteFunc(row.Reserved.V, func(r db.Reservation) bool { return r.Until <= now })
}

// lockRow locks the row of a key. Nothing is ever put further ahead than the longest lock: a row that is was written by a clock
// that has been put back since, and counts for nothing. Otherwise it would lock for as long as the clock was ahead.
func lockRow(ctx context.Context, tx *db.Tx, key string, now db.Time) (*db.Throttle, error) {
	row, err := tx.LockThrottle(ctx, key, now)
	if err != nil {
		return nil, err
	}
	if Implausible(row.BeganAt, now) || Implausible(row.Until, now) {
		row.Failures, row.BeganAt, row.Until = 0, 0, 0
	}
	row.Reserved.V = slices.DeleteFunc(row.Reserved.V, func(r db.Reservation) bool { return Implausible(r.Until, now) })
	return row, nil
}

// Implausible says that a time of a throttle's row was written by a clock that was ahead.
func Implausible(at, now db.Time) bool { return at > now.Add(LongestLock) }
