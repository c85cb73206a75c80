package db

import (
	"context"
	"errors"
	"strings"

	"github.com/uptrace/bun"
)

// Exec runs a statement as it is.
func (d *DB) Exec(ctx context.Context, statement string) error {
	return d.Touch(ctx, func(tx *Tx) error {
		_, err := tx.idb.NewRaw("?", bun.Safe(statement)).Exec(ctx)
		return err
	})
}

// Version is of which kind the database is, and its version: of PostgreSQL the major one.
func (d *DB) Version(ctx context.Context) (kind, version string, err error) {
	kind, ask := "SQLite", "SELECT sqlite_version()"
	if d.postgres() {
		kind, ask = "PostgreSQL", "SELECT current_setting('server_version_num')::int / 10000 || ''"
	}
	err = d.prepared.pool.QueryRowContext(ctx, ask).Scan(&version)
	return kind, version, err
}

// Plan is how the database answers a statement: a line a step on SQLite, JSON on PostgreSQL.
type Plan struct{ Statement, Steps string }

type statementLog struct{ statements []logged }

type logged struct {
	text string
	args []any
}

func (l *statementLog) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context {
	return ctx
}

func (l *statementLog) AfterQuery(_ context.Context, event *bun.QueryEvent) {
	l.statements = append(l.statements, logged{text: event.Query})
}

// Plans returns the plans of all statements that a question takes.
func (d *DB) Plans(ctx context.Context, ask func(Reader) error) ([]Plan, error) {
	log := &statementLog{}
	watched := Reader{idb: d.idb.(*bun.DB).WithQueryHook(log), prepared: d.prepared, count: &counter{watch: func(text string, args []any) {
		log.statements = append(log.statements, logged{text, args})
	}}}
	if err := ask(watched); err != nil {
		return nil, err
	}
	var plans []Plan
	for _, statement := range log.statements {
		explain := "EXPLAIN QUERY PLAN "
		if d.postgres() {
			explain = "EXPLAIN (FORMAT JSON) "
		}
		rows, err := d.prepared.pool.QueryContext(ctx, explain+statement.text, statement.args...)
		if err != nil {
			return nil, err
		}
		var steps []string
		for rows.Next() {
			var detail string
			into := []any{&detail}
			if !d.postgres() { // id, parent and an unused one come before
				into = []any{new(int), new(int), new(int), &detail}
			}
			if err := rows.Scan(into...); err != nil {
				return nil, errors.Join(err, rows.Close())
			}
			steps = append(steps, detail)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, err
		}
		plans = append(plans, Plan{statement.text, strings.Join(steps, "\n")})
	}
	return plans, nil
}
