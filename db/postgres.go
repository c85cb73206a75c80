package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// Connections of one instance to PostgreSQL. Who writes may wait for a lock and who reads a list for a long statement, so
// decisions have connections of their own.
const (
	writeConnections    = 10
	readConnections     = 10
	decisionConnections = 4
)

// lockWait is how long a transaction waits for a lock, or for its turn among those of one account. Past it the error is
// [ErrBusy].
var lockWait = 10 * time.Second

// Bounds of a statement, which the server ends then.
const (
	longestWrite    = time.Minute
	longestRead     = 30 * time.Second
	longestDecision = 5 * time.Second
	// longestPause is how long a transaction may do nothing, such as when its program has been suspended.
	longestPause = time.Minute
)

func openPostgres(ctx context.Context, address string) (*DB, error) {
	config, err := parsePostgres(address)
	if err != nil {
		return nil, err
	}
	// bun writes arguments into the text of a statement, so that a cache of prepared statements would never hit.
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	d := &DB{queues: newQueues(accountWriters)}
	write, err := d.openPool(ctx, config, writeConnections, session{statement: longestWrite})
	if err != nil {
		return nil, err
	}
	read, err := d.openPool(ctx, config, readConnections, session{statement: longestRead, readOnly: true})
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	decide, err := d.openPool(ctx, config, decisionConnections, session{statement: longestDecision, readOnly: true})
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	count := &counter{}
	reader := func(pool *sql.DB, connections int) Reader {
		return Reader{bun.NewDB(pool, pgdialect.New()).WithQueryHook(count), newPreparedStatements(pool), count, newSearches(connections)}
	}
	d.Reader, d.decisions = reader(read, readConnections), reader(decide, decisionConnections)
	d.write = bun.NewDB(write, pgdialect.New()).WithQueryHook(count)
	return d, nil
}

func parsePostgres(address string) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("%s is not understood: want postgres://user:password@host:5432/name", redact(address))
	}
	return config, nil
}

// openPool opens connections that all have the settings of a session, and sees that there is a database behind them.
func (d *DB) openPool(ctx context.Context, config *pgx.ConnConfig, most int, settings session) (*sql.DB, error) {
	pool := stdlib.OpenDB(*settings.of(config))
	d.close = append(d.close, pool.Close)
	pool.SetMaxOpenConns(most)
	pool.SetMaxIdleConns(most)
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("reach the database: %w", err), pool.Close())
	}
	return pool, nil
}

func redact(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.Redacted()
	}
	return "(unreadable)"
}
