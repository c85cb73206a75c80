package db

import (
	"context"
	"maps"
	"sync"
	"sync/atomic"

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

	// header is that of the WAL index (SQLite) of the last time that everything was told; nil: never.
	header atomic.Pointer[walHeader]

	mu  sync.Mutex
	seq int64 // the last line that was told
}

// AccessFeed begins a feed at this moment.
func (d *DB) AccessFeed(ctx context.Context) (*AccessFeed, error) {
	feed := &AccessFeed{store: d}
	var err error
	feed.seq, err = d.lastAccessChange(ctx)
	return feed, translate(err)
}

// Current says whether nothing at all was committed since everything was told, where that can be known without a statement:
// on SQLite. false: something may have been.
func (f *AccessFeed) Current() bool {
	told := f.header.Load()
	if f.store.wal == nil || told == nil {
		return false
	}
	_, committed := f.store.wal.since(*told)
	return !committed
}

// Next tells the objects that transactions have changed which were committed before the call and have not been told yet;
// everything says that there were too many to be kept. Only when tell has returned they count as told. After an error
// nothing does.
func (f *AccessFeed) Next(ctx context.Context, tell func(changed []typeid.ID, everything bool)) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.Current() {
		return nil
	}
	var header walHeader
	if f.store.wal != nil {
		header, _ = f.store.wal.since(header)
	}
	var lines []*accessChange
	s := f.store.statement()
	err := readRows(ctx, f.store.Reader, s, selectFrom[accessChange](f.store.Reader, "line")+" WHERE line.seq >= "+s.arg(f.seq)+" ORDER BY line.seq", nil,
		func(line *accessChange) { lines = append(lines, line) })
	if err != nil {
		return err
	}
	if len(lines) > 0 { // otherwise nothing was ever announced
		f.tell(lines, tell)
	}
	f.header.Store(&header)
	return nil
}

func (f *AccessFeed) tell(lines []*accessChange, tell func(changed []typeid.ID, everything bool)) {
	// The last line that is known is read again, to see that none between has been deleted.
	everything := f.seq != 0 && lines[0].Seq != f.seq || f.seq == 0 && lines[0].Seq != 1
	var changed []typeid.ID
	for _, line := range lines {
		if line.Seq > f.seq {
			changed = append(changed, line.ObjectID)
		}
	}
	if len(changed) > 0 {
		tell(changed, everything)
	}
	f.seq = lines[len(lines)-1].Seq
}
