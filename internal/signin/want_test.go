package signin

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/problem"
)

func wantProblem(t *testing.T, what string, err error, code problem.Code, path string) {
	t.Helper()
	for _, p := range problem.From(err) {
		if p.Code == code && slices.Equal(p.Field, problem.Path(path)) {
			return
		}
	}
	t.Errorf("%s: %v, want %s at %q", what, err, code, path)
}

func wantError(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

func wantLimited(t *testing.T, what string, err error, after time.Duration) {
	t.Helper()
	if limited, ok := errors.AsType[*access.RateLimitedError](err); !ok || limited.RetryAfter != after {
		t.Errorf("%s: %v, want RATE_LIMITED for %s", what, err, after)
	}
}
