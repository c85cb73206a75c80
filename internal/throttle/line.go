package throttle

import (
	"context"
	"sync"
	"time"

	"github.com/gatehouse/gatehouse/internal/access"
)

const (
	// Bounds of how many tries wait in this process.
	mostInLine  = 256
	mostWaiting = 1024
	// pollEvery is how often the first in a line looks for a place: a try of another instance may have ended.
	pollEvery = 50 * time.Millisecond
)

// lines are the tries of this process that wait for a place under a key, in order of arrival.
type lines struct {
	mutex   sync.Mutex
	byKey   map[string]*line
	waiting int
}

type line struct {
	turn    chan struct{} // holds the turn of the first
	ended   chan struct{} // a try under the key has ended
	waiting int
}

// crowded returns a key of a try that others wait for already, or nothing.
func (l *lines) crowded(keys Keys) string {
	if _, ok := keys.spare(); ok {
		return ""
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for _, p := range keys.places() {
		if l.byKey[p.key] != nil {
			return p.key
		}
	}
	return ""
}

// first is the first in a line.
type first struct {
	lines *lines
	key   string
	line  *line
}

// join waits until the caller is the first in the line of a key. The error is an [access.RateLimitedError] when too many
// wait, and otherwise the context's.
func (l *lines) join(ctx context.Context, key string) (*first, error) {
	l.mutex.Lock()
	mine := l.byKey[key]
	if mine == nil {
		mine = &line{turn: make(chan struct{}, 1), ended: make(chan struct{}, 1)}
	}
	if l.waiting >= mostWaiting || mine.waiting >= mostInLine {
		l.mutex.Unlock()
		return nil, &access.RateLimitedError{RetryAfter: retryAfter}
	}
	if l.byKey == nil {
		l.byKey = map[string]*line{}
	}
	l.byKey[key] = mine
	mine.waiting++
	l.waiting++
	l.mutex.Unlock()

	f := &first{l, key, mine}
	select {
	case mine.turn <- struct{}{}: // channels serve in order of arrival
		return f, nil
	case <-ctx.Done():
		f.step()
		return nil, ctx.Err()
	}
}

// leave gives the turn to the next.
func (f *first) leave() {
	<-f.line.turn
	f.step()
}

func (f *first) step() {
	f.lines.mutex.Lock()
	defer f.lines.mutex.Unlock()
	f.line.waiting--
	f.lines.waiting--
	if f.line.waiting == 0 {
		delete(f.lines.byKey, f.key)
	}
}

// wait returns when there may be a place.
func (f *first) wait(ctx context.Context) error {
	timer := time.NewTimer(pollEvery)
	defer timer.Stop()
	select {
	case <-f.line.ended:
	case <-timer.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// ended tells the first in the line of a key that a try has ended.
func (l *lines) ended(key string) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if waiting := l.byKey[key]; waiting != nil {
		select {
		case waiting.ended <- struct{}{}:
		default:
		}
	}
}
