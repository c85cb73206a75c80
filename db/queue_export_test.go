package db

import (
	"context"
	"time"
)

// SetLockWait sets how long a lock is waited for, and returns what puts it back.
func SetLockWait(d time.Duration) (undo func()) {
	before := lockWait
	lockWait = d
	return func() { lockWait = before }
}

// Pinned are the names of the settings that every connection to PostgreSQL gets.
func Pinned() []string {
	names := []string{"search_path", "statement_timeout", "lock_timeout", "default_transaction_read_only"}
	for name := range pinned {
		names = append(names, name)
	}
	return names
}

// Setting reads a setting of a connection for reads.
func (d *DB) Setting(ctx context.Context, name string) (value string, err error) {
	err = d.idb.NewRaw("SELECT current_setting(?)", name).Scan(ctx, &value)
	return value, err
}

// WriterSetting reads a setting of a connection for writes.
func (d *DB) WriterSetting(ctx context.Context, name string) (value string, err error) {
	err = d.write.NewRaw("SELECT current_setting(?)", name).Scan(ctx, &value)
	return value, err
}
