package db

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/uptrace/bun"
)

// lockOut has another connection, as another program would, begin to write, and returns what ends that.
func lockOut(t *testing.T, file string) (leave func()) {
	t.Helper()
	other, err := sql.Open("sqlite", "file:"+file+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	tx, err := other.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := errors.Join(tx.Commit(), other.Close()); err != nil {
			t.Error(err)
		}
	}
}

// onBusy calls a function each time that SQLite was busy.
type onBusy func()

func (onBusy) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }

func (f onBusy) AfterQuery(_ context.Context, event *bun.QueryEvent) {
	if isBusy(event.Err) {
		f()
	}
}

// While another program writes for longer than SQLite waits for it, a transaction waits, and so do those behind it.
func TestFaultWritersWaitForAnotherProgram(t *testing.T) {
	file := filepath.Join(t.TempDir(), "test.db")
	store := openTestSQLiteAt(t, file)
	leave := lockOut(t, file)
	var refused atomic.Int32
	store.group.write = store.group.write.WithQueryHook(onBusy(func() {
		if refused.Add(1) == 2 {
			leave()
		}
	}))
	ctx := t.Context()
	results := make(chan error)
	for _, name := range []string{"first", "second"} {
		go func() { results <- store.Touch(ctx, func(tx *Tx) error { return write(ctx, tx, name, 1) }) }()
	}
	for range 2 {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
	if refused.Load() < 2 {
		t.Error("SQLite was not busy: the test tests nothing")
	}
	if got := store.lines(t); !slices.Equal(got, []string{"first", "second"}) {
		t.Errorf("stored: %v", got)
	}
}

// A caller waits no longer than its context, and leaves the queue usable.
func TestFaultWaitingForAnotherProgramEndsWithTheCaller(t *testing.T) {
	file := filepath.Join(t.TempDir(), "test.db")
	store := openTestSQLiteAt(t, file)
	leave := lockOut(t, file)
	ctx, cancel := context.WithCancel(t.Context())
	store.group.write = store.group.write.WithQueryHook(onBusy(cancel))
	err := store.Touch(ctx, func(*Tx) error { t.Error("it ran beside another writer"); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want the end of the context", err)
	}
	leave()
	if err := store.Touch(t.Context(), func(tx *Tx) error { return write(t.Context(), tx, "next", 1) }); err != nil {
		t.Error(err)
	}
}
