package db

import "context"

// BackToFirstVersion makes the schema what the first version left: tables that came later go, and are forgotten.
func (d *DB) BackToFirstVersion(ctx context.Context, later ...string) error {
	return d.Touch(ctx, func(tx *Tx) error {
		for _, table := range later {
			if _, err := tx.idb.NewDropTable().Table(table).Exec(ctx); err != nil {
				return err
			}
		}
		_, err := tx.idb.NewRaw("DELETE FROM schema_migrations WHERE name <> ?", "0001_initial").Exec(ctx)
		return err
	})
}
