package db

import "context"

// FeedLength counts the lines of the feed.
func (r Reader) FeedLength(ctx context.Context) (int64, error) {
	return r.idb.NewSelect().Model((*accessChange)(nil)).Count(ctx)
}
