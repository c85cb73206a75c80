package db

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"errors"
	"maps"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// accessChange is one object that decisions depend on and that a transaction has changed.
type accessChange struct {
	bun.BaseModel `bun:"table:access_changes"`

	Seq      int64     `bun:",pk"`
	ObjectID typeid.ID // empty: only new objects, of which nobody can have remembered anything
	Mark     int64     // random: tells a line from another one that had the same number
}

// feedPosition is a line of the feed. A database that has gone back to an earlier state (failover to a standby that was
// behind, recovery to a point in time) gives the same numbers to other lines, which their marks tell apart.
type feedPosition struct{ seq, mark int64 }

func (c *accessChange) position() feedPosition { return feedPosition{c.Seq, c.Mark} }

// keepAccessChanges is how many lines of the feed are kept. A reader further behind starts anew.
const keepAccessChanges = 10_000

// trimEvery is to how many lines, on the average, old ones are deleted once.
const trimEvery = 64

// changed notes that decisions about an object may come out otherwise once the transaction is committed: a user, role,
// access point, whitelist, account or key. Whoever writes such a row calls it.
func (tx *Tx) changed(id typeid.ID) {
	if _, known := tx.changes[id]; !known {
		tx.note(id, true)
	}
}

// created notes that an object is new: nobody has decided about it, so readers have nothing to forget, whatever else the
// transaction writes of it. The feed gets a line all the same: should the database go back to before the transaction, its
// readers find that the line is gone, and forget the object.
func (tx *Tx) created(id typeid.ID) { tx.note(id, false) }

func (tx *Tx) note(id typeid.ID, tell bool) {
	if tx.changes == nil {
		tx.changes = map[typeid.ID]bool{}
	}
	tx.changes[id] = tell
}

// Changed says whether the transaction has changed an object that decisions depend on and that is one of those asked for.
func (tx *Tx) Changed(asked func(id typeid.ID) bool) bool {
	for id, tell := range tx.changes {
		if tell && asked(id) {
			return true
		}
	}
	return false
}

// announce writes what has changed into the feed. It is the last thing before the commit: on PostgreSQL transactions wait
// here for each other, so that the lines become visible in their order. SQLite has one writer at a time anyway.
func (tx *Tx) announce(ctx context.Context) error {
	if len(tx.changes) == 0 {
		return nil
	}
	maps.DeleteFunc(tx.changes, func(_ typeid.ID, tell bool) bool { return !tell })
	if len(tx.changes) == 0 {
		tx.changes[""] = true
	}
	var values []any
	for id := range tx.changes {
		values = append(values, len(values), id, newMark())
	}
	lock := ""
	if tx.postgres() {
		// In the text of the insertion, which saves a round trip: each statement of a text sees what was committed before it.
		lock = "SELECT pg_advisory_xact_lock(7310868735423); "
	}
	_, err := tx.idb.ExecContext(ctx, lock+`INSERT INTO access_changes (seq, object_id, mark)
		SELECT last.seq + row_number() OVER (ORDER BY line.column1), line.column2, line.column3
		FROM (SELECT coalesce(max(seq), 0) AS seq FROM access_changes) AS last, (VALUES (?, ?, ?)`+strings.Repeat(", (?, ?, ?)", len(tx.changes)-1)+`) AS line`, values...)
	if err != nil || len(tx.changes) < trimEvery && newMark()%trimEvery != 0 {
		return err
	}
	_, err = tx.idb.ExecContext(ctx, "DELETE FROM access_changes WHERE seq <= (SELECT max(seq) FROM access_changes) - ?", keepAccessChanges)
	return err
}

func newMark() int64 {
	var mark [8]byte
	rand.Read(mark[:]) // never fails
	return int64(binary.NativeEndian.Uint64(mark[:]))
}

// lastAccessChange returns the zero position where the feed has no line.
func (r Reader) lastAccessChange(ctx context.Context) (feedPosition, error) {
	last := new(accessChange)
	err := r.idb.NewSelect().Model(last).Order("seq DESC").Limit(1).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return feedPosition{}, nil
	}
	return last.position(), err
}

// AccessFeed tells what decisions depend on and has changed since it was last asked, whichever program changed it. It is
// safe for concurrent use, but is meant for one who asks on behalf of many.
type AccessFeed struct {
	store *DB

	// version is that of the database (SQLite) of the last time that everything was told; nil: never.
	version atomic.Pointer[int64]

	mu    sync.Mutex
	known feedPosition // the last line that was told
}

// AccessFeed begins a feed at this moment.
func (d *DB) AccessFeed(ctx context.Context) (*AccessFeed, error) {
	feed := &AccessFeed{store: d.ForDecisions()}
	var err error
	feed.known, err = feed.store.lastAccessChange(ctx)
	return feed, translate(err)
}

// Current says whether nothing at all was committed since everything was told, where that costs less than asking what it
// was: on SQLite. false: something may have been.
func (f *AccessFeed) Current() bool {
	told := f.version.Load()
	if f.store.version == nil || told == nil {
		return false
	}
	now, err := f.store.version.now()
	return err == nil && now == *told
}

// Next tells the objects that transactions have changed which were committed before the call and have not been told yet;
// everything says that there were too many to be kept, or that the database has gone back to an earlier state: whatever is
// remembered of it may never have happened. Only when tell has returned they count as told. After an error nothing does.
func (f *AccessFeed) Next(ctx context.Context, tell func(changed []typeid.ID, everything bool)) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.Current() {
		return nil
	}
	var version *int64
	if f.store.version != nil {
		if now, err := f.store.version.now(); err == nil {
			version = &now
		}
	}
	var lines []*accessChange
	s := f.store.statement()
	err := readRows(ctx, f.store.Reader, s, selectFrom[accessChange](f.store.Reader, "line")+" WHERE line.seq >= "+s.arg(f.known.seq)+" ORDER BY line.seq", nil,
		func(line *accessChange) { lines = append(lines, line) })
	if err != nil {
		return err
	}
	last, everything := f.known, false
	if len(lines) > 0 {
		last = lines[len(lines)-1].position()
	}
	// The line that is known is read again: where it is missing, lines were deleted after it, or the database has gone back.
	if everything = len(lines) == 0 || lines[0].position() != f.known; everything && len(lines) == 0 {
		if last, err = f.store.lastAccessChange(ctx); err != nil {
			return translate(err)
		}
	}
	f.tell(lines, everything, tell)
	f.known = last
	f.version.Store(version)
	return nil
}

func (f *AccessFeed) tell(lines []*accessChange, everything bool, tell func(changed []typeid.ID, everything bool)) {
	var changed []typeid.ID
	for _, line := range lines {
		if line.position() != f.known && line.ObjectID != "" {
			changed = append(changed, line.ObjectID)
		}
	}
	if everything || len(changed) > 0 {
		tell(changed, everything)
	}
}
