package db

import (
	"context"

	"github.com/uptrace/bun"
)

// sweepAtOnce is how many rows one transaction of a sweep deletes at most: others write in between.
const sweepAtOnce = 1000

// sweep deletes the rows of a table that meet a condition, in as many transactions as it takes. They are looked for before
// each: on SQLite nobody writes while a transaction does.
func (d *DB) sweep(ctx context.Context, model any, condition string, args ...any) error {
	place, named := bun.Safe("rowid"), bun.Safe("rowid")
	if d.postgres() {
		place, named = "ctid", "ctid::text"
	}
	for {
		var found []string
		err := d.idb.NewSelect().Model(model).ColumnExpr("?", named).Where(condition, args...).Limit(sweepAtOnce).Scan(ctx, &found)
		if err != nil || len(found) == 0 {
			return translate(err)
		}
		err = d.Touch(ctx, func(tx *Tx) error {
			_, err := tx.idb.NewDelete().Model(model).Where("? IN (?)", place, bun.List(found)).Where(condition, args...).Exec(ctx)
			return err
		})
		if err != nil || len(found) < sweepAtOnce {
			return err
		}
	}
}
