// Package db is the only room that knows SQL. It holds the rows, which are the domain's own structs, one file a table
// group with its queries, and what differs between SQLite and PostgreSQL.
//
// Reads are methods of [Reader], which both [DB] and [Tx] carry. Writes are methods of [Tx] alone, and a transaction is
// had in two ways: [DB.Change], which commits only together with an audit event, and [DB.Touch], for bookkeeping that
// nobody needs to be told back.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	_ "modernc.org/sqlite" // the driver of sqlite: addresses

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// DB is a database of either kind. It is safe for concurrent use.
type DB struct {
	Reader
	write   *bun.DB
	group   *groupCommit // SQLite only
	version *dataVersion // SQLite only
	close   []func() error

	backdated bool
}

// Reader has every query that changes nothing: on a DB each is a statement of its own, on a Tx they see its changes.
type Reader struct {
	idb      bun.IDB
	prepared *preparedStatements // of a DB
	count    *counter
	searches *searches // of a DB
}

// Tx is a transaction that writes. It must not leave the function that it was given to.
type Tx struct {
	Reader
	after     []func()
	events    []*AuditEvent
	backdated bool               // see [DB.Backdated]
	changes   map[typeid.ID]bool // see changed
}

// ErrUnaudited says that a change recorded no audit event and was therefore rolled back: a fault of the program.
var ErrUnaudited = errors.New("db: a change must record an audit event in its own transaction")

// Open opens the database at an address: "sqlite:PATH" or "postgres://…". It creates a SQLite file and its folder where
// they are missing, and changes no schema: that is [DB.Migrate].
func Open(ctx context.Context, address string) (*DB, error) {
	scheme, path, _ := strings.Cut(address, ":")
	switch scheme {
	case "sqlite":
		return openSQLite(ctx, path)
	case "postgres", "postgresql":
		return openPostgres(ctx, address)
	}
	return nil, fmt.Errorf("database address %q: want sqlite:PATH or postgres://…", redact(address))
}

// RequireExisting is for those who only work on a database that is there: [Open] would make a SQLite file.
func RequireExisting(address string) error {
	path, ok := strings.CutPrefix(address, "sqlite:")
	if !ok {
		return nil
	}
	if err := requireFile(path); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	return nil
}

// One connection writes, so that writers queue in the program and not at SQLite's lock; as many as are useful read. What
// was committed is on the disk (synchronous FULL).
func openSQLite(ctx context.Context, path string) (*DB, error) {
	if path == "" {
		return nil, errors.New("database address: sqlite: wants a path")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("folder of the database: %w", err)
	}
	if err := requireNoRemains(path); err != nil {
		return nil, err
	}
	// A writer waits longer than its busy_timeout: see groupCommit.begin.
	const pragmas = "&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)"
	writing, err := sqliteURI(path, "_txlock=immediate&_pragma=busy_timeout(250)&_pragma=journal_mode(WAL)"+pragmas)
	if err != nil {
		return nil, err
	}
	reading, err := sqliteURI(path, "mode=ro&_pragma=busy_timeout(5000)"+pragmas)
	if err != nil {
		return nil, err
	}
	write, err := openSteady(writing)
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	if err := write.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), write.Close())
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read, err := sql.Open("sqlite", reading)
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	const readers = 8
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	version, err := openDataVersion(reading)
	if err != nil {
		return nil, errors.Join(err, read.Close(), write.Close())
	}
	count := &counter{}
	writer := bun.NewDB(write, sqlitedialect.New()).WithQueryHook(count)
	return &DB{
		Reader:  Reader{bun.NewDB(read, sqlitedialect.New()).WithQueryHook(count), newPreparedStatements(read), count, newSearches(readers)},
		write:   writer,
		group:   &groupCommit{write: writer},
		version: version,
		// The writer goes last: it brings the WAL into the file, which a reader cannot.
		close: []func() error{version.close, read.Close, write.Close},
	}, nil
}

func openPostgres(ctx context.Context, address string) (*DB, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("database address %s: not understood", redact(address))
	}
	// bun writes arguments into the text of a statement, so that a cache of prepared statements would never hit.
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	pool := stdlib.OpenDB(*config)
	const connections = 16
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("reach the database: %w", err), pool.Close())
	}
	count := &counter{}
	all := bun.NewDB(pool, pgdialect.New()).WithQueryHook(count)
	return &DB{Reader: Reader{all, newPreparedStatements(pool), count, newSearches(connections)}, write: all, close: []func() error{pool.Close}}, nil
}

func redact(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.Redacted()
	}
	return "(unreadable)"
}

// Close waits for running statements and gives the files and connections back.
func (d *DB) Close() error {
	var errs []error
	for _, close := range d.close {
		errs = append(errs, close())
	}
	return errors.Join(errs...)
}

// Ping says whether the database answers.
func (d *DB) Ping(ctx context.Context) error {
	_, err := d.idb.ExecContext(ctx, "SELECT 1")
	return err
}

// Statements counts what was sent to the database since it was opened, transactions' BEGIN and COMMIT not included.
func (d *DB) Statements() int64 { return d.count.statements.Load() }

// Rows counts what prepared statements have handed on since the database was opened.
func (d *DB) Rows() int64 { return d.count.rows.Load() }

// Change runs one transaction that changes something a person answers for. It commits only when fn returns nil and has
// recorded an audit event with [Tx.RecordEvent]: between a change and its event nothing can go wrong.
func (d *DB) Change(ctx context.Context, fn func(tx *Tx) error) error {
	return d.transact(ctx, func(tx *Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		if len(tx.events) == 0 {
			return ErrUnaudited
		}
		return nil
	})
}

// Touch runs one transaction of bookkeeping: counters, times last seen, attempts, challenges. What an administrator or a
// user does to an account goes through [DB.Change].
func (d *DB) Touch(ctx context.Context, fn func(tx *Tx) error) error { return d.transact(ctx, fn) }

// Snapshot runs reads that all see the database as it is at one moment.
func (d *DB) Snapshot(ctx context.Context, fn func(Reader) error) error {
	options := &sql.TxOptions{ReadOnly: true}
	if d.postgres() {
		options.Isolation = sql.LevelRepeatableRead
	}
	return translate(d.idb.RunInTx(ctx, options, func(_ context.Context, idb bun.Tx) error { return fn(Reader{idb: idb, count: d.count}) }))
}

func (d *DB) transact(ctx context.Context, fn func(tx *Tx) error) error {
	var after []func()
	within := func(idb bun.Tx) error {
		tx := &Tx{Reader: Reader{idb: idb, count: d.count}, backdated: d.backdated}
		if err := fn(tx); err != nil {
			return err
		}
		if err := tx.writeEvents(ctx); err != nil {
			return err
		}
		after = tx.after
		return tx.announce(ctx)
	}
	var err error
	if d.group != nil {
		err = d.group.run(ctx, within)
	} else { // PostgreSQL groups commits itself
		err = d.write.RunInTx(ctx, nil, func(_ context.Context, idb bun.Tx) error { return within(idb) })
	}
	if err != nil {
		return translate(err)
	}
	for _, do := range after {
		do()
	}
	return nil
}

// AfterCommit has something done once the transaction has been committed, and never if it is not. It is for waking who
// waits for what was written; it must not block.
func (tx *Tx) AfterCommit(do func()) { tx.after = append(tx.after, do) }

func (r Reader) postgres() bool { return r.idb.Dialect().Name() == dialect.PG }

// lock makes transactions on the same row of a table wait for each other. SQLite has one writer at a time anyway.
func (tx *Tx) lock(ctx context.Context, table string, id typeid.ID) error {
	if !tx.postgres() {
		return nil
	}
	var found typeid.ID
	return translate(tx.idb.NewSelect().Table(table).Column("id").Where("id = ?", id).For("UPDATE").Scan(ctx, &found))
}
