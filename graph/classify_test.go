package graph

import (
	"errors"
	"testing"

	"github.com/gatehouse/gatehouse/internal/password"
)

// Rule 2: whoever comes while too many passwords are being hashed is told to come back, whichever operation it was.
func TestBusyHashingIsToldToComeBack(t *testing.T) {
	code, _, extensions := classify(errors.Join(password.ErrBusy))
	if code != codeRateLimited || extensions["retryAfter"] != 5 {
		t.Errorf("%s %v", code, extensions)
	}
}
