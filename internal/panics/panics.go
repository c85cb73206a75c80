// Package panics turns a panic in shared work into an error, so that it neither ends the program nor leaves waiters
// waiting. Requests are not its business: the HTTP server recovers theirs.
package panics

import (
	"fmt"
	"runtime/debug"
)

// Error is a panic that was recovered. Its text has the stack and is for the log only.
type Error struct {
	Value any
	Stack []byte
}

func (e *Error) Error() string { return fmt.Sprintf("panic: %v\n%s", e.Value, e.Stack) }

// Unwrap returns the value of the panic where it is an error.
func (e *Error) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// Catch returns what work returns, and an [*Error] where it panics.
func Catch(work func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &Error{Value: value, Stack: debug.Stack()}
		}
	}()
	return work()
}
