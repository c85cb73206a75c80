package db

import (
	"context"
	"database/sql"
	"errors"
	"os"
)

// walIndex watches whether anything at all is committed to a SQLite file, by whichever connection or program: it compares
// the header of the WAL index (https://www.sqlite.org/walformat.html, 2.1), which every commit rewrites before it returns,
// and which costs one small read instead of a statement.
type walIndex struct {
	// anchor is a connection that stays open: SQLite deletes the file when the last one is closed, and would make another.
	anchor *sql.Conn
	// file must not be closed while this program has a connection to the database: closing any descriptor of a file gives
	// up all the locks that the program has on it (fcntl), SQLite's among them.
	file *os.File
}

// walHeader is one of the two copies of the header. They differ while a commit is being written.
type walHeader [48]byte

// openWALIndex opens the index of a database that has been opened in WAL mode.
func openWALIndex(ctx context.Context, pool *sql.DB, path string) (*walIndex, error) {
	anchor, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	var tables int
	if err := anchor.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return nil, errors.Join(err, anchor.Close())
	}
	file, err := os.Open(path + "-shm")
	if err != nil {
		return nil, errors.Join(err, anchor.Close())
	}
	return &walIndex{anchor, file}, nil
}

// since returns the header as it stands, and whether something may have been committed since an earlier one.
func (w *walIndex) since(earlier walHeader) (walHeader, bool) {
	var copies [2]walHeader
	for i := range copies {
		if _, err := w.file.ReadAt(copies[i][:], int64(i*len(walHeader{}))); err != nil {
			return walHeader{}, true
		}
	}
	if copies[0] != copies[1] {
		return walHeader{}, true
	}
	return copies[0], copies[0] != earlier
}
