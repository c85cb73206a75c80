package db

import (
	"path/filepath"
	"sync"
	"testing"
)

// Every commit is seen by whoever asks after it, whichever connection or program made it, and however many ask meanwhile.
func TestFaultEveryCommitIsSeen(t *testing.T) {
	file := filepath.Join(t.TempDir(), "test.db")
	store := openTestSQLiteAt(t, file)
	other, err := Open(t.Context(), "sqlite:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	version := func() int64 {
		t.Helper()
		now, err := store.version.now()
		if err != nil {
			t.Fatal(err)
		}
		return now
	}
	stop := make(chan struct{})
	var crowd sync.WaitGroup
	for range 4 {
		crowd.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					if _, err := store.version.now(); err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	before := version()
	for i := range 100 {
		writer := []*DB{store, other}[i%2]
		err := writer.Touch(t.Context(), func(tx *Tx) error {
			_, err := tx.idb.ExecContext(t.Context(), "INSERT INTO lines VALUES (?, 1)", i)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		after := version()
		if after == before {
			t.Fatalf("commit %d of two instances is not seen", i)
		}
		before = after
	}
	close(stop)
	crowd.Wait()
	if again := version(); again != before {
		t.Errorf("without a commit %d became %d", before, again)
	}
	if err := store.version.close(); err != nil {
		t.Error(err)
	}
	if _, err := store.version.now(); err == nil {
		t.Error("a version is told after the end")
	}
	store.close = store.close[1:]
}
