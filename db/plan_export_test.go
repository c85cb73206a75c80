package db

import (
	"context"
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

// Plan is how the database answers a statement: a line a step on SQLite, JSON on PostgreSQL.
type Plan struct{ Statement, Steps string }

type statementLog struct{ statements []string }

func (l *statementLog) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context {
	return ctx
}

func (l *statementLog) AfterQuery(_ context.Context, event *bun.QueryEvent) {
	l.statements = append(l.statements, event.Query)
}

// Plans returns the plans of all statements that a question takes.
func (d *DB) Plans(ctx context.Context, ask func(Reader) error) ([]Plan, error) {
	log := &statementLog{}
	if err := ask(Reader{d.idb.(*bun.DB).WithQueryHook(log)}); err != nil {
		return nil, err
	}
	var plans []Plan
	for _, statement := range log.statements {
		var steps []string
		var err error
		if d.postgres() {
			err = d.idb.NewRaw("EXPLAIN (FORMAT JSON) ?", bun.Safe(statement)).Scan(ctx, &steps)
		} else {
			var rows []struct {
				ID, Parent, Notused int
				Detail              string
			}
			err = d.idb.NewRaw("EXPLAIN QUERY PLAN ?", bun.Safe(statement)).Scan(ctx, &rows)
			for _, row := range rows {
				steps = append(steps, row.Detail)
			}
		}
		if err != nil {
			return nil, err
		}
		plans = append(plans, Plan{statement, strings.Join(steps, "\n")})
	}
	return plans, nil
}
