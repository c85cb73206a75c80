package panics_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/internal/panics"
)

func TestCatch(t *testing.T) {
	if err := panics.Catch(func() error { return io.EOF }); err != io.EOF {
		t.Errorf("an error: %v", err)
	}
	if err := panics.Catch(func() error { return nil }); err != nil {
		t.Errorf("nothing: %v", err)
	}
	err := panics.Catch(func() error { panic(io.ErrUnexpectedEOF) })
	if _, ok := errors.AsType[*panics.Error](err); !ok || !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(err.Error(), "TestCatch") {
		t.Errorf("a panic: %v", err)
	}
}
