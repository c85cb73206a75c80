package db

import "time"

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
