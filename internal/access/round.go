package access

import (
	"context"
	"sync"

	"github.com/gatehouse/gatehouse/internal/panics"
)

// rounds let many share one piece of work that must have begun after each of them asked: whoever comes while a round is
// under way waits for the next one. (Raft's read index is served the same way.)
type rounds struct {
	work func() error

	mu      sync.Mutex
	running bool
	next    *round
}

// round is one run of the work that somebody waits for.
type round struct {
	done chan struct{}
	err  error
}

// wait returns when a round has ended that began after the call, with its error. A panic in a round is an error for those
// who wait for it, and for nobody else.
func (r *rounds) wait(ctx context.Context) error {
	r.mu.Lock()
	if !r.running {
		r.running = true
		r.mu.Unlock()
		defer r.pass()
		return panics.Catch(r.work)
	}
	if r.next == nil {
		r.next = &round{done: make(chan struct{})}
	}
	mine := r.next
	r.mu.Unlock()
	select {
	case <-mine.done:
		return mine.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// pass ends a round, and has the next one begin if somebody waits for it.
func (r *rounds) pass() {
	r.mu.Lock()
	defer r.mu.Unlock()
	mine := r.next
	if r.next = nil; mine == nil {
		r.running = false
		return
	}
	go func() {
		mine.err = panics.Catch(r.work)
		close(mine.done)
		r.pass()
	}()
}
