package graph

import (
	"context"
	"sync"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// batchLimit is how many rows one statement asks about at most.
const batchLimit = 1000

// noted is a growing set of rows of one kind that an operation has come across.
type noted[T any] struct {
	id func(*T) typeid.ID

	mu   sync.Mutex
	rows []*T
	seen map[typeid.ID]bool
}

// note adds rows. Resolvers note what they return, so that questions about it are asked for all of it at once.
func (n *noted[T]) note(rows ...*T) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, row := range rows {
		if row == nil || n.seen[n.id(row)] {
			continue
		}
		if n.seen == nil {
			n.seen = make(map[typeid.ID]bool)
		}
		n.seen[n.id(row)] = true
		n.rows = append(n.rows, row)
	}
}

// after returns the rows that were noted after the first i, as many as one statement takes.
func (n *noted[T]) after(i int) []*T {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.rows[i:min(len(n.rows), i+batchLimit)]
}

// loader answers a question about rows. The first time that it is asked about one, it asks about all that are noted by
// then: whatever the number of rows, and in whatever order their fields are resolved, there are as many statements as
// questions. No field waits in the hope that others will ask the same.
type loader[T, V any] struct {
	about *noted[T]
	fetch func(ctx context.Context, rows []*T) (map[typeid.ID]V, error)

	mu      sync.Mutex
	asked   int // how many of the noted have been asked about
	answers map[typeid.ID]V
	err     error
}

// load answers about one row, with the zero value when there is nothing to say.
func (l *loader[T, V]) load(ctx context.Context, row *T) (V, error) {
	l.about.note(row)
	id := l.about.id(row)
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.err == nil {
		if answer, answered := l.answers[id]; answered {
			return answer, nil
		}
		l.err = l.ask(ctx)
	}
	var none V
	return none, l.err // for every row: asking again for each would not mend it
}

func (l *loader[T, V]) ask(ctx context.Context) error {
	rows := l.about.after(l.asked)
	found, err := l.fetch(ctx, rows)
	if err != nil {
		return err
	}
	if l.answers == nil {
		l.answers = make(map[typeid.ID]V, len(rows))
	}
	for _, row := range rows {
		l.answers[l.about.id(row)] = found[l.about.id(row)]
	}
	l.asked += len(rows)
	return nil
}

// loadersBy are the loaders of a question with an argument, one for each value of it.
type loadersBy[T any, A comparable, V any] struct {
	make func(argument A, made *loader[T, V])

	mu sync.Mutex
	by map[A]*loader[T, V]
}

// with returns the loader for a value of the argument.
func (l *loadersBy[T, A, V]) with(argument A) *loader[T, V] {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.by[argument] == nil {
		if l.by == nil {
			l.by = make(map[A]*loader[T, V])
		}
		l.by[argument] = new(loader[T, V])
		l.make(argument, l.by[argument])
	}
	return l.by[argument]
}
