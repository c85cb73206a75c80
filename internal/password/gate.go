package password

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// ErrBusy reports that more hashes are wanted than the memory set aside allows, and too many wait already or the wait
// has been too long. The caller tells the client to come back (RATE_LIMITED).
var ErrBusy = errors.New("too many passwords are being hashed")

// RetryAfter is when to come back after [ErrBusy].
const RetryAfter = 5 * time.Second

// Class says for whom a password is hashed, which decides who waits for whom.
type Class struct {
	known bool
	group string
}

// Known is the class of work for somebody who has shown who they are: a session, a known device, a link, the command line.
// The group is the user's ID.
func Known(group string) Class { return Class{true, group} }

// Stranger is the class of work for everybody else. The group is the network that the request comes from.
func Stranger(group string) Class { return Class{false, group} }

// gate admits work while its memory fits into the budget. Each of the two classes has a share of the budget that the other
// cannot occupy, if the budget holds two hashes. Those that do not fit wait: known ones before strangers, and within a
// class the groups take turns, so that one group cannot delay the others by more than one hash each. At most maxWaiting of
// a class wait, none longer than maxWait. Past that the group with the most waiting loses its newest.
type gate struct {
	budget     int64
	maxWaiting int
	maxWait    time.Duration

	mutex            sync.Mutex
	used             int64
	known, strangers line
	streak           int // known ones admitted in a row while strangers waited
}

// longestStreak is after how many known ones in a row a stranger comes next.
const longestStreak = 3

// line is a class: what it occupies, and those who wait.
type line struct {
	used, limit int64
	waiting     int
	groups      []*group // in the order of their turns, none of them empty
}

type group struct {
	name    string
	waiting []*waiter // in order of arrival
}

type waiter struct {
	bytes    int64
	admitted bool
	end      chan error // nil: admitted; ErrBusy: displaced
}

func newGate(budget, one int64, maxWaiting int, maxWait time.Duration) *gate {
	limit := max(budget-one, one)
	return &gate{
		budget: budget, maxWaiting: maxWaiting, maxWait: maxWait, known: line{limit: limit}, strangers: line{limit: limit},
	}
}

// enter waits for memory and returns what gives it back. Its error is ErrBusy or the context's.
func (g *gate) enter(ctx context.Context, class Class, bytes int64) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l := &g.strangers
	if class.known {
		l = &g.known
	}
	// A hash with costlier parameters than the budget was made for gets the whole budget, rather than none ever.
	w := &waiter{bytes: min(bytes, g.budget), end: make(chan error, 1)}
	g.mutex.Lock()
	l.add(class.group, w)
	g.admit()
	if !w.admitted && l.waiting > g.maxWaiting {
		l.displace(class.group)
	}
	g.mutex.Unlock()
	if err := g.wait(ctx, l, class.group, w); err != nil {
		return nil, err
	}
	return func() { g.leave(l, w.bytes) }, nil
}

func (g *gate) wait(ctx context.Context, l *line, name string, w *waiter) error {
	timer := time.NewTimer(g.maxWait)
	defer timer.Stop()
	select {
	case err := <-w.end:
		return err
	case <-timer.C:
		return g.giveUp(l, name, w, ErrBusy)
	case <-ctx.Done():
		return g.giveUp(l, name, w, ctx.Err())
	}
}

// giveUp ends a wait, unless it has just ended by itself.
func (g *gate) giveUp(l *line, name string, w *waiter, reason error) error {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	select {
	case err := <-w.end:
		return err
	default:
	}
	l.remove(name, w)
	g.admit() // who waited behind this one may fit
	return reason
}

func (g *gate) leave(l *line, bytes int64) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.used -= bytes
	l.used -= bytes
	g.admit()
}

// admit admits those whose turn it is, as long as they fit.
func (g *gate) admit() {
	for l := g.next(); l != nil; l = g.next() {
		w := l.take()
		g.used += w.bytes
		l.used += w.bytes
		switch {
		case l == &g.strangers:
			g.streak = 0
		case g.strangers.waiting > 0:
			g.streak++
		}
		w.admitted = true
		w.end <- nil
	}
}

// next returns the class whose first one is admitted next, nil if none fits. Whoever only waits for memory is not passed by
// others, who could take it for ever.
func (g *gate) next() *line {
	order := [2]*line{&g.known, &g.strangers}
	if g.streak >= longestStreak {
		slices.Reverse(order[:])
	}
	for _, l := range order {
		if l.waiting == 0 {
			continue
		}
		bytes := l.groups[0].waiting[0].bytes
		if l.used > 0 && l.used+bytes > l.limit {
			continue
		}
		if g.used+bytes > g.budget {
			return nil
		}
		return l
	}
	return nil
}

func (l *line) place(name string) int {
	return slices.IndexFunc(l.groups, func(g *group) bool { return g.name == name })
}

func (l *line) add(name string, w *waiter) {
	l.waiting++
	if at := l.place(name); at >= 0 {
		l.groups[at].waiting = append(l.groups[at].waiting, w)
		return
	}
	l.groups = append(l.groups, &group{name, []*waiter{w}})
}

// take removes the first waiter of the group whose turn it is; the group's next turn comes after those of all others.
func (l *line) take() *waiter {
	first := l.groups[0]
	w := first.waiting[0]
	first.waiting = first.waiting[1:]
	l.waiting--
	l.groups = l.groups[1:]
	if len(first.waiting) > 0 {
		l.groups = append(l.groups, first)
	}
	return w
}

func (l *line) remove(name string, w *waiter) {
	at := l.place(name)
	if at < 0 {
		return
	}
	g := l.groups[at]
	i := slices.Index(g.waiting, w)
	if i < 0 {
		return
	}
	g.waiting = slices.Delete(g.waiting, i, i+1)
	l.waiting--
	if len(g.waiting) == 0 {
		l.groups = slices.Delete(l.groups, at, at+1)
	}
}

// displace ends the wait of the newest of the group with the most waiting, or, where no other group has more than the one
// that has just grown, of that one's.
func (l *line) displace(grown string) {
	longest := l.groups[l.place(grown)]
	for _, g := range l.groups {
		if len(g.waiting) > len(longest.waiting) {
			longest = g
		}
	}
	newest := longest.waiting[len(longest.waiting)-1]
	l.remove(longest.name, newest)
	newest.end <- ErrBusy
}
