package db

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// accountWriters is how many transactions of this instance that take the same lock may have a connection at the same time:
// one that works, and one that is next. The others wait in the program, so that those who wait for one account, or for the
// counter of one address, do not take the connections of all.
const accountWriters = 2

// queues let those who want the same lock wait for each other before they take a connection.
type queues struct {
	width int

	mu    sync.Mutex
	byKey map[string]*queue
}

type queue struct {
	places chan struct{}
	users  int // who are in it or wait
}

func newQueues(width int) *queues { return &queues{width: width, byKey: map[string]*queue{}} }

// enter waits for a place, and returns what gives it back.
func (q *queues) enter(ctx context.Context, key string) (leave func(), err error) {
	q.mu.Lock()
	mine := q.byKey[key]
	if mine == nil {
		mine = &queue{places: make(chan struct{}, q.width)}
		q.byKey[key] = mine
	}
	mine.users++
	q.mu.Unlock()
	done := func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		if mine.users--; mine.users == 0 {
			delete(q.byKey, key)
		}
	}
	timeout := time.NewTimer(lockWait)
	defer timeout.Stop()
	select {
	case mine.places <- struct{}{}:
		return func() { <-mine.places; done() }, nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-timeout.C:
		err = fmt.Errorf("%w: no turn within %s", ErrBusy, lockWait)
	}
	done()
	return nil, err
}

// inTurn runs fn when it is the turn of its caller among those who want the same lock. SQLite has one queue for all who write.
func (d *DB) inTurn(ctx context.Context, key string, fn func() error) error {
	if d.queues == nil || key == "" {
		return fn()
	}
	leave, err := d.queues.enter(ctx, key)
	if err != nil {
		return err
	}
	defer leave()
	return fn()
}
