package db

import (
	"context"
	"time"
)

// Search is [Reader.search].
func (d *DB) Search(ctx context.Context, read func(ctx context.Context) error) error {
	return d.search(ctx, read)
}

// SearchesAtOnce is how many searches run at once.
func (d *DB) SearchesAtOnce() int { return cap(d.searches.slots) }

// SetLongestSearch sets when a search is given up.
func (d *DB) SetLongestSearch(longest time.Duration) { d.searches.longest = longest }

// CountRows counts the rows of a table.
func (d *DB) CountRows(ctx context.Context, table string) (int64, error) {
	return d.idb.NewSelect().Table(table).Count(ctx)
}
