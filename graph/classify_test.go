package graph

import (
	"errors"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/password"
)

// Rule 2: whoever comes while too many passwords are being hashed is told to come back, whichever operation it was.
func TestBusyHashingIsToldToComeBack(t *testing.T) {
	code, _, extensions := classify(errors.Join(password.ErrBusy))
	if code != codeRateLimited || extensions["retryAfter"] != 5 {
		t.Errorf("%s %v", code, extensions)
	}
}

// A client that could not have a lock in time gets an error that says when to try again: nothing has happened.
func TestBusyDatabaseIsToldToComeBack(t *testing.T) {
	code, key, extensions := classify(errors.Join(db.ErrBusy))
	if code != codeRateLimited || key != "error.busy" || extensions["retryAfter"] != 5 {
		t.Errorf("%s %s %v", code, key, extensions)
	}
}
