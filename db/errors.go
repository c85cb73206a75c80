package db

import (
	"database/sql"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrNotFound says that no row is there.
var ErrNotFound = errors.New("db: not found")

// ConflictError says that a unique constraint refused a row.
type ConflictError struct {
	// Columns are those of the constraint, without the table, as far as the driver tells: "account_id, login_key" on
	// SQLite, the constraint's name "users_account_id_login_key" on PostgreSQL. Ask with [ConflictError.On].
	Columns string
}

func (e *ConflictError) Error() string { return "db: already taken: " + e.Columns }

// On says whether the constraint is about the given column.
func (e *ConflictError) On(column string) bool { return strings.Contains(e.Columns, column) }

// ErrReferenced says that a foreign key refused a row: what it names is gone, or something still names it.
var ErrReferenced = errors.New("db: a reference refused it")

// ErrBusy says that a lock, a connection or an answer could not be had in time, because others hold it or are before: the same
// may succeed later, and nothing has happened.
var ErrBusy = errors.New("db: others are changing the same: try again")

// translate turns a driver's error into one of this package, once, at the bottom.
func translate(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch pg.Code {
		case "23505": // unique_violation
			return &ConflictError{Columns: pg.ConstraintName}
		case "23503": // foreign_key_violation
			return errors.Join(ErrReferenced, err)
		case "55P03", "57014", "53300": // lock_not_available; query_canceled, by statement_timeout; too_many_connections
			return errors.Join(ErrBusy, err)
		}
		if endedForOthers(err) {
			return errors.Join(ErrBusy, err)
		}
	}
	if isBusy(err) {
		return errors.Join(ErrBusy, err)
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		switch lite.Code() {
		case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
			return &ConflictError{Columns: lite.Error()}
		case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
			return errors.Join(ErrReferenced, err)
		}
	}
	return err
}

// affected returns ErrNotFound when a statement that must change a row changed none.
func affected(result sql.Result, err error) error {
	if err != nil {
		return translate(err)
	}
	if n, err := result.RowsAffected(); err == nil && n == 0 {
		return ErrNotFound
	}
	return nil
}

// isBusy says whether SQLite gave up waiting for another connection's lock.
func isBusy(err error) bool {
	lite, ok := errors.AsType[*sqlite.Error](err)
	return ok && lite.Code()&0xff == sqlite3.SQLITE_BUSY
}
