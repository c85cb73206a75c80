package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
	"sync/atomic"
)

// dataVersion watches whether anything at all is committed to a SQLite file, by any other connection of this program or by
// another program (https://www.sqlite.org/pragma.html#pragma_data_version). It has a connection of its own, which writes
// nothing, so that every commit is another connection's.
type dataVersion struct {
	conn driver.Conn
	stmt driver.Stmt

	begun atomic.Int64 // how many reads have begun

	mu     sync.Mutex // held while reading
	closed bool
	last   int64 // what the last read found
	err    error
}

func openDataVersion(address string) (*dataVersion, error) {
	pool, err := sql.Open("sqlite", address)
	if err != nil {
		return nil, err
	}
	conn, err := pool.Driver().Open(address)
	if err = errors.Join(err, pool.Close()); err != nil {
		return nil, err
	}
	stmt, err := conn.Prepare("PRAGMA data_version")
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return &dataVersion{conn: conn, stmt: stmt}, nil
}

// now returns a number that is another one after every commit. Reading it takes a statement (4 µs), so callers who come at the
// same time share one, which has begun after each of their calls: a caller lets those run first that could come in the same
// moment, which costs nothing where there are none.
func (v *dataVersion) now() (int64, error) {
	earlier := v.begun.Load()
	runtime.Gosched()
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closed {
		return 0, sql.ErrConnDone
	}
	if v.begun.Load() == earlier {
		v.begun.Add(1)
		v.last, v.err = v.read()
	}
	return v.last, v.err
}

func (v *dataVersion) read() (int64, error) {
	rows, err := v.stmt.(driver.StmtQueryContext).QueryContext(context.Background(), nil)
	if err != nil {
		return 0, err
	}
	var row [1]driver.Value
	err = rows.Next(row[:])
	if errors.Is(err, io.EOF) {
		err = errors.New("no row")
	}
	if err = errors.Join(err, rows.Close()); err != nil {
		return 0, fmt.Errorf("PRAGMA data_version: %w", err)
	}
	return row[0].(int64), nil
}

func (v *dataVersion) close() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.closed = true
	return errors.Join(v.stmt.Close(), v.conn.Close())
}
