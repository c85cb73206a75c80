package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/uptrace/bun/dialect"
)

// ErrBackupPostgres says that the database is PostgreSQL, whose own tools make and restore backups.
var ErrBackupPostgres = errors.New("this is a PostgreSQL database: use pg_dump and pg_restore")

// Backup writes a consistent copy of a SQLite database to a new file of mode 0600, while others go on writing.
func (d *DB) Backup(ctx context.Context, file string) error {
	if d.idb.Dialect().Name() != dialect.SQLite {
		return ErrBackupPostgres
	}
	// VACUUM INTO would make the file readable by everybody: it is made here first, empty, which VACUUM accepts.
	empty, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("make the backup: %w", err)
	}
	if err := empty.Close(); err != nil {
		return err
	}
	if _, err := d.idb.NewRaw("VACUUM INTO ?", file).Exec(ctx); err != nil {
		return errors.Join(fmt.Errorf("write the backup: %w", translate(err)), os.Remove(file))
	}
	return nil
}

// Restore puts a backup where the address "sqlite:PATH" says. It refuses to replace a database, and a file that is not
// whole. No server may be running on that path.
func Restore(ctx context.Context, file, address string) error {
	scheme, path, _ := strings.Cut(address, ":")
	if scheme != "sqlite" {
		return ErrBackupPostgres
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s exists: stop the server and move it away first", path)
	}
	if err := checkIntegrity(ctx, file); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	// The copy appears whole or not at all.
	temporary := path + ".restoring"
	if err := copyFile(file, temporary); err != nil {
		return errors.Join(err, os.Remove(temporary))
	}
	return os.Rename(temporary, path)
}

func checkIntegrity(ctx context.Context, file string) error {
	if _, err := os.Stat(file); err != nil {
		return err
	}
	source, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	if err != nil {
		return err
	}
	defer source.Close()
	var verdict string
	if err := source.QueryRowContext(ctx, "PRAGMA integrity_check").Scan(&verdict); err != nil {
		return fmt.Errorf("%s is not a SQLite database: %w", file, err)
	}
	if verdict != "ok" {
		return fmt.Errorf("%s is damaged: %s", file, verdict)
	}
	var migrations int
	if err := source.QueryRowContext(ctx, "SELECT count(*) FROM schema_migrations").Scan(&migrations); err != nil {
		return fmt.Errorf("%s is not a backup of Gatehouse", file)
	}
	return nil
}

func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Sync(), target.Close())
}
