package password

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"
)

// ErrBusy reports that more hashes are wanted than the memory set aside allows, and too many wait already or the wait
// has been too long. The caller tells the client to come back (RATE_LIMITED).
var ErrBusy = errors.New("too many passwords are being hashed")

// RetryAfter is when to come back after [ErrBusy].
const RetryAfter = 5 * time.Second

// gate lets work in while its memory fits into the budget. Those who do not fit wait in order of arrival, at most
// maxWaiting of them and none longer than maxWait.
type gate struct {
	room       *semaphore.Weighted
	budget     int64
	waiting    atomic.Int64
	maxWaiting int64
	maxWait    time.Duration
}

func newGate(budget int64, maxWaiting int, maxWait time.Duration) *gate {
	return &gate{room: semaphore.NewWeighted(budget), budget: budget, maxWaiting: int64(maxWaiting), maxWait: maxWait}
}

// enter waits for room and returns what gives it back. Its error is ErrBusy or the context's.
func (g *gate) enter(ctx context.Context, bytes int64) (leave func(), err error) {
	// A hash of costlier days than the budget was made for gets all the room there is, rather than none ever.
	bytes = min(bytes, g.budget)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !g.room.TryAcquire(bytes) {
		if err := g.wait(ctx, bytes); err != nil {
			return nil, err
		}
	}
	return func() { g.room.Release(bytes) }, nil
}

func (g *gate) wait(ctx context.Context, bytes int64) error {
	defer g.waiting.Add(-1)
	if g.waiting.Add(1) > g.maxWaiting {
		return ErrBusy
	}
	bounded, cancel := context.WithTimeout(ctx, g.maxWait)
	defer cancel()
	if g.room.Acquire(bounded, bytes) == nil {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return ErrBusy
}
