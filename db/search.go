package db

import (
	"context"
	"errors"
	"time"
)

// searches bounds the statements that may have to look at many rows: pages and counts of lists. However many are asked for,
// the other reads keep connections.
type searches struct {
	slots   chan struct{}
	longest time.Duration
}

const longestSearch = 5 * time.Second

// ErrSearchTooLong says that a page or a count of a list was given up.
var ErrSearchTooLong = errors.New("db: the search takes too long")

// newSearches lets half of the connections that read do it.
func newSearches(connections int) *searches {
	return &searches{make(chan struct{}, connections/2), longestSearch}
}

// search runs one of those statements: it waits for its turn for as long as the caller does, and is given up when it takes
// too long. In a transaction, which has its connection, it only runs. Searches must not be nested.
func (r Reader) search(ctx context.Context, read func(ctx context.Context) error) error {
	if r.searches == nil {
		return read(ctx)
	}
	select {
	case r.searches.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-r.searches.slots }()
	bounded, cancel := context.WithTimeout(ctx, r.searches.longest)
	defer cancel()
	err := read(bounded)
	if err != nil && bounded.Err() != nil && ctx.Err() == nil {
		return errors.Join(ErrSearchTooLong, err)
	}
	return err
}
