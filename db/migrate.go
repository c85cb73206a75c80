package db

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"text/template"
	"time"

	"github.com/uptrace/bun"
)

// The migrations are one set for both databases: SQL files in the order of their names, which only go forward. What the
// databases write differently stands in them as {{bytes}}, {{key}} (text compared byte by byte) and {{if postgres}}.
//
//go:embed migration/*.sql
var migrations embed.FS

// steps are what a migration does besides its SQL, after it, where SQL cannot.
var steps = map[string]func(ctx context.Context, tx *Tx) error{
	"0011_lifecycle": rekeyEmails,
	"0014_sort_keys": refoldAll,
}

// Migrate brings the schema up to the newest version and returns the names of the migrations that ran. Instances that
// start together wait for each other; each migration is one transaction.
func (d *DB) Migrate(ctx context.Context) ([]string, error) {
	names, err := migrationNames()
	if err != nil {
		return nil, err
	}
	var ran []string
	err = d.transact(ctx, func(tx *Tx) error {
		ran = nil
		if tx.postgres() {
			// What a migration does to a large table, and the wait for another instance that does it, take as long as they take.
			unbounded := "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0"
			if _, err := tx.idb.ExecContext(ctx, unbounded+"; SELECT pg_advisory_xact_lock(7310868735422)"); err != nil {
				return err
			}
		}
		applied, err := tx.appliedMigrations(ctx)
		if err != nil {
			return err
		}
		if err := refuseNewer(names, applied); err != nil {
			return err
		}
		for _, name := range names {
			if slices.Contains(applied, name) {
				continue
			}
			if err := tx.applyMigration(ctx, name); err != nil {
				return fmt.Errorf("migration %s: %w", name, err)
			}
			ran = append(ran, name)
		}
		return nil
	})
	return ran, err
}

// NewerSchemaError says that migrations have run which this program does not have: it does not know what they changed.
type NewerSchemaError struct{ Unknown []string }

func (e *NewerSchemaError) Error() string {
	return "a newer version of this program has changed the schema of the database (" + strings.Join(e.Unknown, ", ") +
		"); use that version or a later one, or put back a backup from before it"
}

func refuseNewer(known, applied []string) error {
	unknown := slices.DeleteFunc(slices.Clone(applied), func(name string) bool { return slices.Contains(known, name) })
	if len(unknown) > 0 {
		slices.Sort(unknown)
		return &NewerSchemaError{Unknown: unknown}
	}
	return nil
}

// PendingMigrations returns the names of the migrations that have not run. A schema that is newer than the program is a
// [NewerSchemaError].
func (d *DB) PendingMigrations(ctx context.Context) ([]string, error) {
	names, err := migrationNames()
	if err != nil {
		return nil, err
	}
	var applied []string
	if err := d.idb.NewSelect().Table("schema_migrations").Column("name").Scan(ctx, &applied); err != nil {
		return nil, translate(err)
	}
	if err := refuseNewer(names, applied); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(names, func(name string) bool { return slices.Contains(applied, name) }), nil
}

func migrationNames() ([]string, error) {
	files, err := fs.Glob(migrations, "migration/*.sql")
	if err != nil {
		return nil, err
	}
	for i, file := range files {
		files[i] = strings.TrimSuffix(strings.TrimPrefix(file, "migration/"), ".sql")
	}
	slices.Sort(files)
	return files, nil
}

func (tx *Tx) appliedMigrations(ctx context.Context) ([]string, error) {
	_, err := tx.idb.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, applied_at bigint NOT NULL)")
	if err != nil {
		return nil, err
	}
	var applied []string
	err = tx.idb.NewSelect().Table("schema_migrations").Column("name").Scan(ctx, &applied)
	return applied, err
}

func (tx *Tx) applyMigration(ctx context.Context, name string) error {
	source, err := migrations.ReadFile("migration/" + name + ".sql")
	if err != nil {
		return err
	}
	statements, err := renderMigration(string(source), tx.postgres())
	if err != nil {
		return err
	}
	for statement := range strings.SplitSeq(statements, ";\n") {
		if strings.TrimSpace(statement) == "" {
			continue
		}
		// bun would take a question mark for a placeholder: the text goes through as it is.
		if _, err := tx.idb.NewRaw("?", bun.Safe(statement)).Exec(ctx); err != nil {
			return err
		}
	}
	if step := steps[name]; step != nil {
		if err := step(ctx, tx); err != nil {
			return err
		}
	}
	_, err = tx.idb.NewRaw("INSERT INTO schema_migrations (name, applied_at) VALUES (?, ?)", name, At(time.Now())).Exec(ctx)
	return err
}

func renderMigration(source string, postgres bool) (string, error) {
	pick := func(sqlite, pg string) func() string {
		return func() string {
			if postgres {
				return pg
			}
			return sqlite
		}
	}
	parsed, err := template.New("migration").Funcs(template.FuncMap{
		"bytes":    pick("blob", "bytea"),
		"key":      pick("text", `text COLLATE "C"`),
		"postgres": func() bool { return postgres },
	}).Parse(source)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	err = parsed.Execute(&out, nil)
	return out.String(), err
}
