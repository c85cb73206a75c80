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
	"os"
	"path/filepath"
	"strings"

	"github.com/uptrace/bun"
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
	// queues are of those who want the same lock (PostgreSQL only).
	queues *queues
	// decisions reads on separate connections, see ForDecisions.
	decisions Reader
	close     []func() error

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
	if err := CheckAddress(address); err != nil {
		return nil, err
	}
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		return openSQLite(ctx, path)
	}
	return openPostgres(ctx, address)
}

// CheckAddress says what is wrong with the address of a database, without reaching for it.
func CheckAddress(address string) error {
	scheme, path, _ := strings.Cut(address, ":")
	switch scheme {
	case "sqlite":
		if path == "" {
			return errors.New("sqlite: wants a path, such as sqlite:data/gatehouse.db")
		}
		return nil
	case "postgres", "postgresql":
		_, err := parsePostgres(address)
		return err
	}
	return fmt.Errorf("%q is no address of a database: want sqlite:PATH or postgres://user:password@host/name", redact(address))
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
	decide, err := sql.Open("sqlite", reading)
	if err != nil {
		return nil, errors.Join(err, version.close(), read.Close(), write.Close())
	}
	decide.SetMaxOpenConns(decisionConnections)
	decide.SetMaxIdleConns(decisionConnections)
	count := &counter{}
	reader := func(pool *sql.DB, connections int) Reader {
		return Reader{bun.NewDB(pool, sqlitedialect.New()).WithQueryHook(count), newPreparedStatements(pool), count, newSearches(connections)}
	}
	writer := bun.NewDB(write, sqlitedialect.New()).WithQueryHook(count)
	return &DB{
		Reader:    reader(read, readers),
		decisions: reader(decide, decisionConnections),
		write:     writer,
		group:     &groupCommit{write: writer},
		version:   version,
		// The writer goes last: it brings the WAL into the file, which a reader cannot.
		close: []func() error{version.close, read.Close, decide.Close, write.Close},
	}, nil
}

// Close waits for running statements and gives the files and connections back.
func (d *DB) Close() error {
	var errs []error
	for _, close := range d.close {
		errs = append(errs, close())
	}
	return errors.Join(errs...)
}

// ForDecisions returns the same database for reads that decisions wait for: they have connections of their own, so that
// neither long lists nor locks hold them up.
func (d *DB) ForDecisions() *DB {
	apart := *d
	apart.Reader = d.decisions
	return &apart
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

// Snapshot runs reads that all see the database as it is at one moment.
func (d *DB) Snapshot(ctx context.Context, fn func(Reader) error) error {
	options := &sql.TxOptions{ReadOnly: true}
	if d.postgres() {
		options.Isolation = sql.LevelRepeatableRead
	}
	return translate(d.idb.RunInTx(ctx, options, func(_ context.Context, idb bun.Tx) error { return fn(Reader{idb: idb, count: d.count}) }))
}
