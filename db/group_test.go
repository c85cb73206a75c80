package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/uptrace/bun"
)

func openTestSQLite(t testing.TB) *DB {
	t.Helper()
	return openTestSQLiteAt(t, filepath.Join(t.TempDir(), "test.db"))
}

func openTestSQLiteAt(t testing.TB, file string) *DB {
	t.Helper()
	store, err := Open(t.Context(), "sqlite:"+file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	err = store.Touch(t.Context(), func(tx *Tx) error {
		_, err := tx.idb.ExecContext(t.Context(), "CREATE TABLE lines (name text PRIMARY KEY, size int CHECK (size < 10))")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func write(ctx context.Context, tx *Tx, name string, size int) error {
	_, err := tx.idb.ExecContext(ctx, "INSERT INTO lines VALUES (?, ?)", name, size)
	return err
}

func (d *DB) lines(t testing.TB) (names []string) {
	t.Helper()
	if err := d.idb.NewSelect().Table("lines").Column("name").Order("name").Scan(context.Background(), &names); err != nil {
		t.Fatal(err)
	}
	return names
}

// crowd has transactions wait until all of them are in the queue behind one that holds the turn, and returns what each came
// to, in the order in which they stood there.
func crowd(t *testing.T, store *DB, first error, members ...func(tx *Tx) error) []error {
	t.Helper()
	began, leave := make(chan struct{}), make(chan struct{})
	results := make([]error, len(members)+1)
	var all sync.WaitGroup
	all.Go(func() {
		results[0] = store.Touch(t.Context(), func(tx *Tx) error {
			close(began)
			<-leave
			return errors.Join(write(t.Context(), tx, "first", 1), first)
		})
	})
	<-began
	for i, member := range members {
		all.Go(func() {
			defer func() {
				if cause := recover(); cause != nil {
					results[i+1] = fmt.Errorf("panicked: %v", cause)
				}
			}()
			results[i+1] = store.Touch(t.Context(), member)
		})
		store.waitForQueue(i + 1)
	}
	close(leave)
	all.Wait()
	return results
}

// waitForQueue returns when so many wait for their turn.
func (d *DB) waitForQueue(length int) {
	for {
		d.group.mu.Lock()
		waiting := len(d.group.waiting)
		d.group.mu.Unlock()
		if waiting >= length {
			return
		}
		runtime.Gosched()
	}
}

// Transactions that come at the same time share a commit, see what those before them have written, and each fails alone.
func TestGroupedTransactionsFailAlone(t *testing.T) {
	store := openTestSQLite(t)
	ctx, refused := t.Context(), errors.New("refused")
	results := crowd(t, store, nil,
		func(tx *Tx) error { return write(ctx, tx, "second", 2) },
		func(tx *Tx) error { return errors.Join(write(ctx, tx, "third", 3), refused) },
		func(tx *Tx) error { return write(ctx, tx, "second", 4) },
		func(tx *Tx) error { return errors.Join(write(ctx, tx, "fifth", 5), write(ctx, tx, "too large", 10)) },
		func(tx *Tx) error { _ = write(ctx, tx, "sixth", 6); panic("sixth") },
		func(tx *Tx) error {
			var seen int
			err := tx.idb.NewSelect().Table("lines").ColumnExpr("count(*)").Scan(ctx, &seen)
			if seen != 2 {
				return fmt.Errorf("%d lines were to be seen", seen)
			}
			return errors.Join(err, write(ctx, tx, "seventh", 7))
		},
	)
	for i, want := range []bool{true, true, false, false, false, false, true} {
		if (results[i] == nil) != want {
			t.Errorf("transaction %d: %v", i+1, results[i])
		}
	}
	if !errors.Is(results[2], refused) || results[5].Error() != "panicked: sixth" {
		t.Errorf("not what was returned: %v; %v", results[2], results[5])
	}
	if got := store.lines(t); !slices.Equal(got, []string{"first", "second", "seventh"}) {
		t.Errorf("stored: %v", got)
	}
}

// Where the first fails, the next begins anew.
func TestAFirstThatFailsHoldsUpNobody(t *testing.T) {
	store := openTestSQLite(t)
	ctx, refused := t.Context(), errors.New("refused")
	results := crowd(t, store, refused,
		func(tx *Tx) error { return write(ctx, tx, "second", 2) },
		func(tx *Tx) error { return write(ctx, tx, "third", 3) })
	if !errors.Is(results[0], refused) || results[1] != nil || results[2] != nil {
		t.Errorf("%v", results)
	}
	if got := store.lines(t); !slices.Equal(got, []string{"second", "third"}) {
		t.Errorf("stored: %v", got)
	}
}

// When a statement ends the whole transaction, nobody in it hears of success.
func TestNobodySucceedsInATransactionThatWasEnded(t *testing.T) {
	store := openTestSQLite(t)
	ctx := t.Context()
	results := crowd(t, store, nil,
		func(tx *Tx) error { return write(ctx, tx, "second", 2) },
		func(tx *Tx) error {
			_, err := tx.idb.ExecContext(ctx, "INSERT OR ROLLBACK INTO lines VALUES ('first', 3)")
			return err
		},
		func(tx *Tx) error { return write(ctx, tx, "fourth", 4) })
	for i, want := range []bool{false, false, false, true} {
		if (results[i] == nil) != want {
			t.Errorf("transaction %d: %v", i+1, results[i])
		}
	}
	if got := store.lines(t); !slices.Equal(got, []string{"fourth"}) {
		t.Errorf("stored: %v", got)
	}
}

// What is to be done after the commit is done once it is there, by each for itself; nothing for those who failed.
func TestAfterTheSharedCommit(t *testing.T) {
	store := openTestSQLite(t)
	ctx := t.Context()
	var mu sync.Mutex
	var done []string
	noting := func(name string, err error) func(tx *Tx) error {
		return func(tx *Tx) error {
			tx.AfterCommit(func() {
				stored := store.lines(t)
				mu.Lock()
				defer mu.Unlock()
				if !slices.Contains(stored, name) {
					t.Errorf("%s is not to be read yet", name)
				}
				done = append(done, name)
			})
			return errors.Join(write(ctx, tx, name, 1), err)
		}
	}
	crowd(t, store, nil, noting("second", nil), noting("third", errors.New("refused")), noting("fourth", nil))
	slices.Sort(done)
	if !slices.Equal(done, []string{"fourth", "second"}) {
		t.Errorf("done: %v", done)
	}
}

// Whoever is called off in the queue has done nothing, and whoever is called off in the middle fails alone.
func TestCalledOffAlone(t *testing.T) {
	store := openTestSQLite(t)
	ctx := t.Context()
	inQueue, callOffInQueue := context.WithCancel(ctx)
	inMiddle, callOffInMiddle := context.WithCancel(ctx)
	began, leave := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	results := make([]error, 4)
	all.Go(func() {
		results[0] = store.Touch(ctx, func(tx *Tx) error {
			close(began)
			<-leave
			return write(ctx, tx, "first", 1)
		})
	})
	<-began
	queued := make(chan struct{})
	all.Go(func() {
		defer close(queued)
		results[1] = store.Touch(inQueue, func(tx *Tx) error { return write(ctx, tx, "second", 2) })
	})
	store.waitForQueue(1)
	callOffInQueue()
	<-queued
	all.Go(func() {
		results[2] = store.Touch(inMiddle, func(tx *Tx) error {
			err := write(inMiddle, tx, "third", 3)
			callOffInMiddle()
			return errors.Join(err, write(inMiddle, tx, "more of it", 3))
		})
	})
	store.waitForQueue(1)
	all.Go(func() { results[3] = store.Touch(ctx, func(tx *Tx) error { return write(ctx, tx, "fourth", 4) }) })
	store.waitForQueue(2)
	close(leave)
	all.Wait()
	if results[0] != nil || !errors.Is(results[1], context.Canceled) || !errors.Is(results[2], context.Canceled) || results[3] != nil {
		t.Errorf("%v", results)
	}
	if got := store.lines(t); !slices.Equal(got, []string{"first", "fourth"}) {
		t.Errorf("stored: %v", got)
	}
}

// groupCount counts who ran in which transaction of the database.
type groupCount struct {
	mu   sync.Mutex
	byTx map[*sql.Tx]int
}

func newGroupCount() *groupCount { return &groupCount{byTx: map[*sql.Tx]int{}} }

func (c *groupCount) add(tx *Tx) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byTx[tx.idb.(bun.Tx).Tx]++
}

func (c *groupCount) largest() int { return slices.Max(slices.Collect(maps.Values(c.byTx))) }

// A hundred who write at the same time share commits.
func TestCommitsAreShared(t *testing.T) {
	store := openTestSQLite(t)
	ctx := t.Context()
	joined := newGroupCount()
	members := make([]func(tx *Tx) error, 100)
	for i := range members {
		members[i] = func(tx *Tx) error {
			joined.add(tx)
			return write(ctx, tx, fmt.Sprintf("line %03d", i), 1)
		}
	}
	for i, err := range crowd(t, store, nil, members...) {
		if err != nil {
			t.Errorf("transaction %d: %v", i, err)
		}
	}
	if got := len(store.lines(t)); got != 101 {
		t.Errorf("%d lines are stored", got)
	}
	if commits := len(joined.byTx); commits != 2 {
		t.Errorf("%d commits for 101 transactions, want two groups", commits)
	}
}

// How many small transactions a second a hundred who write come to, with shared commits and with one for each.
func BenchmarkHundredWriters(b *testing.B) {
	for _, shared := range []bool{true, false} {
		b.Run(map[bool]string{true: "shared", false: "each"}[shared], func(b *testing.B) {
			store := openTestSQLite(b)
			ctx := b.Context()
			if !shared {
				store.group = nil
			}
			b.SetParallelism(50) // for each of two processors
			var mu sync.Mutex
			number := 0
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					mu.Lock()
					number++
					name := fmt.Sprint(number)
					mu.Unlock()
					if err := store.Touch(ctx, func(tx *Tx) error { return write(ctx, tx, name, 1) }); err != nil {
						b.Error(err)
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
		})
	}
}
