package db

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"sync"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// accessChange is one object that decisions depend on and that a transaction has changed.
type accessChange struct {
	bun.BaseModel `bun:"table:access_changes"`

	Seq      int64 `bun:",pk"`
	ObjectID typeid.ID
}

// keepAccessChanges is how many lines of the feed are kept. A reader further behind starts anew.
const keepAccessChanges = 10_000

// changed notes that decisions about an object may come out otherwise once the transaction is committed: a user, role,
// access point, whitelist, account or key. Whoever writes such a row calls it.
func (tx *Tx) changed(id typeid.ID) {
	if _, known := tx.changes[id]; !known {
		tx.note(id, true)
	}
}

// created notes that an object is new: nobody has decided about it, so nothing is to be told of it, whatever else the
// transaction writes of it.
func (tx *Tx) created(id typeid.ID) { tx.note(id, false) }

func (tx *Tx) note(id typeid.ID, tell bool) {
	if tx.changes == nil {
		tx.changes = map[typeid.ID]bool{}
	}
	tx.changes[id] = tell
}

// announce writes what has changed into the feed. It is the last thing before the commit: on PostgreSQL transactions wait
// here for each other, so that the lines become visible in their order. SQLite has one writer at a time anyway.
func (tx *Tx) announce(ctx context.Context) error {
	maps.DeleteFunc(tx.changes, func(_ typeid.ID, tell bool) bool { return !tell })
	if len(tx.changes) == 0 {
		return nil
	}
	if tx.postgres() {
		if _, err := tx.idb.ExecContext(ctx, "SELECT pg_advisory_xact_lock(7310868735423)"); err != nil {
			return err
		}
	}
	last, err := tx.lastAccessChange(ctx)
	if err != nil {
		return err
	}
	lines := make([]accessChange, 0, len(tx.changes))
	for id := range tx.changes {
		lines = append(lines, accessChange{Seq: last + 1 + int64(len(lines)), ObjectID: id})
	}
	if _, err := tx.idb.NewInsert().Model(&lines).Exec(ctx); err != nil {
		return err
	}
	_, err = tx.idb.NewDelete().Model((*accessChange)(nil)).Where("seq <= ?", last-keepAccessChanges).Exec(ctx)
	return err
}

func (r Reader) lastAccessChange(ctx context.Context) (last int64, err error) {
	err = r.idb.NewSelect().Model((*accessChange)(nil)).ColumnExpr("coalesce(max(seq), 0)").Scan(ctx, &last)
	return last, err
}

// AccessFeed tells what decisions depend on and has changed since it was last asked, whichever program changed it. It is
// safe for concurrent use, but is meant for one who asks on behalf of many.
type AccessFeed struct {
	store *DB

	mu      sync.Mutex
	conn    *sql.Conn // SQLite: the connection whose data_version is compared
	version int64     // SQLite: data_version when the feed was last read
	seq     int64     // the last line that was told
}

// AccessFeed begins a feed at this moment. It must be closed.
func (d *DB) AccessFeed(ctx context.Context) (*AccessFeed, error) {
	feed := &AccessFeed{store: d}
	var err error
	feed.seq, err = d.lastAccessChange(ctx)
	return feed, translate(err)
}

// Next returns the objects that transactions have changed which were committed before the call and have not been told yet.
// everything says that there were too many to be kept. After an error nothing counts as told.
func (f *AccessFeed) Next(ctx context.Context) (changed []typeid.ID, everything bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	version, committed, err := f.committed(ctx)
	if err != nil || !committed {
		return nil, false, err
	}
	var lines []accessChange
	err = f.store.idb.NewSelect().Model(&lines).Where("seq >= ?", f.seq).Order("seq").Scan(ctx)
	if err != nil {
		return nil, false, translate(err)
	}
	f.version = version
	if len(lines) == 0 {
		return nil, false, nil // nothing was ever announced
	}
	// The last line that is known is read again, to see that none between has been deleted.
	everything = f.seq != 0 && lines[0].Seq != f.seq || f.seq == 0 && lines[0].Seq != 1
	for _, line := range lines {
		if line.Seq > f.seq {
			changed = append(changed, line.ObjectID)
		}
	}
	f.seq = lines[len(lines)-1].Seq
	return changed, everything, nil
}

// committed says whether anything at all can have been committed since version. On SQLite that is a counter in the memory
// that all connections share (https://www.sqlite.org/pragma.html#pragma_data_version), much cheaper than a query.
func (f *AccessFeed) committed(ctx context.Context) (version int64, committed bool, err error) {
	if f.store.postgres() {
		return 0, true, nil
	}
	if f.conn == nil {
		if f.conn, err = f.store.idb.(*bun.DB).DB.Conn(ctx); err != nil {
			return 0, false, err
		}
	}
	if err := f.conn.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version); err != nil {
		err = errors.Join(err, f.conn.Close())
		f.conn, f.version = nil, 0 // the counter means nothing to another connection
		return 0, false, err
	}
	return version, version != f.version, nil
}

// Close gives the feed's connection back.
func (f *AccessFeed) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.conn == nil {
		return nil
	}
	return f.conn.Close()
}
