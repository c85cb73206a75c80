package access

import (
	"errors"
	"fmt"
	"time"
)

// ErrUnauthenticated says that nobody is signed in, or no longer.
var ErrUnauthenticated = errors.New("access: nobody is signed in")

// ErrMFARequired says that the session may do nothing but enrol a second factor.
var ErrMFARequired = errors.New("access: a second factor must be enrolled first")

// ErrStepUpRequired says that a proof at most ten minutes old is asked for.
var ErrStepUpRequired = errors.New("access: a fresh proof is asked for")

// ErrPersonRequired says that an API key cannot do it: only somebody who has signed in can.
var ErrPersonRequired = errors.New("access: needs somebody who has signed in, not a key")

// ForbiddenError says that the viewer lacks a permission.
type ForbiddenError struct{ Permission string }

func (e *ForbiddenError) Error() string { return "access: needs " + e.Permission }

// RateLimitedError says that tries are refused for a while.
type RateLimitedError struct {
	RetryAfter time.Duration
	// Quota is what is used up; nil where it is no number of tries within a time.
	Quota *Quota
}

// Quota is how many tries there may be within a window of time. Name is part of the API.
type Quota struct {
	Name   string
	Tries  int
	Window time.Duration
}

func (e *RateLimitedError) Error() string {
	return fmt.Sprintf("access: too many tries, again in %s", e.RetryAfter)
}
