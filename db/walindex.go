package db

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"sync/atomic"
	"syscall"
	"unsafe"
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
	// header are both copies of the header, as they stand in the file: reading them costs no system call.
	header []byte
	closed atomic.Bool
}

// walHeader is one of the two copies of the header. They differ while a commit is being written.
type walHeader [6]uint64

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
	header, err := syscall.Mmap(int(file.Fd()), 0, 2*len(walHeader{})*8, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, errors.Join(err, file.Close(), anchor.Close())
	}
	return &walIndex{anchor: anchor, file: file, header: header}, nil
}

// since returns the header as it stands, and whether something may have been committed since an earlier one.
func (w *walIndex) since(earlier walHeader) (walHeader, bool) {
	if w.closed.Load() {
		return walHeader{}, true
	}
	// The second copy is written after the first, so it is read before it, a word at a time that others may be writing.
	var copies [2]walHeader
	words := unsafe.Slice((*uint64)(unsafe.Pointer(unsafe.SliceData(w.header))), 2*len(walHeader{}))
	for i := len(words) - 1; i >= 0; i-- {
		copies[i/len(walHeader{})][i%len(walHeader{})] = atomic.LoadUint64(&words[i])
	}
	if copies[0] != copies[1] {
		return walHeader{}, true
	}
	return copies[0], copies[0] != earlier
}

// close leaves the page mapped, for whoever is reading it at this moment.
func (w *walIndex) close() error {
	w.closed.Store(true)
	return w.file.Close()
}
