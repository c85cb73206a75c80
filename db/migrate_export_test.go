package db

import "context"

// FirstVersion throws everything away and makes the schema of the first version, with what the statements put into it.
func (d *DB) FirstVersion(ctx context.Context, statements ...string) error {
	return d.Touch(ctx, func(tx *Tx) error {
		clear := []string{"DROP SCHEMA public CASCADE", "CREATE SCHEMA public"}
		if !tx.postgres() {
			clear = nil
			var tables []string
			if err := tx.idb.NewRaw(`SELECT s.name FROM sqlite_schema AS s JOIN pragma_table_list AS l USING (name)
				WHERE l.type IN ('table', 'virtual') ORDER BY s.rowid DESC`).Scan(ctx, &tables); err != nil {
				return err
			}
			for _, table := range tables {
				clear = append(clear, "DROP TABLE "+table)
			}
			if _, err := tx.idb.ExecContext(ctx, "PRAGMA defer_foreign_keys = ON"); err != nil {
				return err
			}
		}
		for _, statement := range clear {
			if _, err := tx.idb.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		if _, err := tx.appliedMigrations(ctx); err != nil {
			return err
		}
		if err := tx.applyMigration(ctx, "0001_initial"); err != nil {
			return err
		}
		for _, statement := range statements {
			if _, err := tx.idb.NewRaw(statement).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}
