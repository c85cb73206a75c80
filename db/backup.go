package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/uptrace/bun/dialect"
)

// ErrBackupPostgres says that the database is PostgreSQL, whose own tools make and restore backups.
var ErrBackupPostgres = errors.New("this is a PostgreSQL database: use pg_dump and pg_restore")

// Backup writes a consistent copy of a SQLite database to a new file of mode 0600, while others go on writing. It replaces
// nothing ([InTheWayError]), and the file appears when it is complete.
func (d *DB) Backup(ctx context.Context, file string) error {
	if d.idb.Dialect().Name() != dialect.SQLite {
		return ErrBackupPostgres
	}
	file, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	unfinished := file + ".unfinished"
	if err := refuseExisting(append(sqliteFiles(file), sqliteFiles(unfinished)...)...); err != nil {
		return fmt.Errorf("make the backup: %w", err)
	}
	err = writeWhole(file, unfinished, func(empty string) error {
		_, err := d.idb.NewRaw("VACUUM INTO ?", empty).Exec(ctx)
		return translate(err)
	})
	if err != nil {
		return fmt.Errorf("write the backup: %w", err)
	}
	return nil
}

// Restore puts a backup where the address "sqlite:PATH" says. The backup may be any copy of a database of Gatehouse, with
// its -wal, -shm or -journal beside it: what stands in those belongs to it. Restore refuses to replace a database or to put
// one beside parts of another ([InTheWayError]), and a backup that is not whole. It changes nothing of the backup.
func Restore(ctx context.Context, file, address string) (err error) {
	scheme, path, _ := strings.Cut(address, ":")
	if scheme != "sqlite" {
		return ErrBackupPostgres
	}
	if path, err = filepath.Abs(path); err != nil {
		return err
	}
	unfinished, scratch := path+".restoring", path+".reading"
	inTheWay := slices.Concat(sqliteFiles(path), sqliteFiles(unfinished), []string{scratch})
	if err := refuseExisting(inTheWay...); err != nil {
		return fmt.Errorf("restore to %s: %w (stop the server that uses them, and move all of them away together)", path, err)
	}
	if err := requireFile(file); err != nil {
		return err
	}
	if folder := filepath.Dir(path); !isFolder(folder) {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		defer func() {
			if err != nil {
				_ = os.Remove(folder) // it is empty
			}
		}()
	}
	source, err := openBackup(file, scratch)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.close()) }()
	if err := source.check(ctx); err != nil {
		return err
	}
	return writeWhole(path, unfinished, func(empty string) error {
		_, err := source.db.ExecContext(ctx, "VACUUM INTO ?", empty)
		return err
	})
}

// backupFile is a database that is read, and of which nothing is changed.
type backupFile struct {
	name    string
	db      *sql.DB
	scratch string // where a copy of it is; empty: it is read where it lies
}

// openBackup opens a file with what belongs to it so that neither is changed and no file is made beside it.
func openBackup(file, scratch string) (*backupFile, error) {
	parts, err := existing(sqliteFiles(file))
	if err != nil {
		return nil, err
	}
	has := func(suffix string) bool { return slices.Contains(parts, file+suffix) }
	b := &backupFile{name: file}
	switch {
	case has("-journal") || has("-wal") && !has("-shm"):
		// What did not come to an end has to be ended first, which writes: in a copy.
		b.scratch = scratch
		read, err := copyParts(parts, scratch)
		if err == nil {
			err = b.open(read, "mode=rw")
		}
		if err != nil {
			return nil, errors.Join(err, os.RemoveAll(scratch))
		}
	case has("-wal"): // may be in use
		err = b.open(file, "mode=ro")
	default:
		// A database in WAL mode could not be read without making a -wal. There is none, so nobody uses it.
		err = b.open(file, "mode=ro&immutable=1")
	}
	return b, err
}

func (b *backupFile) open(file, query string) error {
	address, err := sqliteURI(file, query)
	if err != nil {
		return err
	}
	b.db, err = sql.Open("sqlite", address)
	if err == nil {
		b.db.SetMaxOpenConns(1)
	}
	return err
}

func (b *backupFile) close() error {
	err := b.db.Close()
	if b.scratch != "" {
		err = errors.Join(err, os.RemoveAll(b.scratch))
	}
	return err
}

// check says what is wrong with a backup.
func (b *backupFile) check(ctx context.Context) error {
	var verdict string
	if err := b.db.QueryRowContext(ctx, "PRAGMA integrity_check").Scan(&verdict); err != nil {
		return fmt.Errorf("%s cannot be read as a SQLite database: %w", b.name, err)
	}
	if verdict != "ok" {
		return fmt.Errorf("%s is damaged: %s", b.name, verdict)
	}
	var migrations int
	if err := b.db.QueryRowContext(ctx, "SELECT count(*) FROM schema_migrations").Scan(&migrations); err != nil {
		return fmt.Errorf("%s is not a backup of Gatehouse", b.name)
	}
	return nil
}

// copyParts copies the parts of a database into a new folder, and returns the path of the first there.
func copyParts(parts []string, folder string) (string, error) {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return "", err
	}
	for _, part := range parts {
		if err := copyFile(part, filepath.Join(folder, filepath.Base(part))); err != nil {
			return "", err
		}
	}
	return filepath.Join(folder, filepath.Base(parts[0])), nil
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
	return errors.Join(err, target.Close())
}
