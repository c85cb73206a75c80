package db

import (
	"errors"
	"slices"
	"testing"
)

// A group whose commit fails fails for every member: also for those whose own function returned an error, which may be how
// an operation says that there is nothing left to do, because another member has done it.
func TestFaultNoAnswerRestsOnAFailedCommit(t *testing.T) {
	store := openTestSQLite(t)
	ctx, unchanged := t.Context(), errors.New("nothing to change")
	err := store.Touch(ctx, func(tx *Tx) error {
		_, err := tx.idb.ExecContext(ctx, "CREATE TABLE children (parent text REFERENCES lines (name) DEFERRABLE INITIALLY DEFERRED)")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	reads := func(tx *Tx) error {
		return tx.idb.NewSelect().Table("lines").Column("name").Where("name = 'second'").Scan(ctx, &seen)
	}
	results := crowd(t, store, nil,
		func(tx *Tx) error { return write(ctx, tx, "second", 2) },
		func(tx *Tx) error { return errors.Join(reads(tx), unchanged) },
		func(tx *Tx) error { return write(ctx, tx, "second", 3) }, // taken
		func(tx *Tx) error { // breaks the commit
			_, err := tx.idb.ExecContext(ctx, "INSERT INTO children VALUES ('nobody')")
			return err
		},
		reads,
	)
	if !slices.Contains(seen, "second") {
		t.Fatal("the members do not share a transaction: the test tests nothing")
	}
	for i, err := range results {
		if !errors.Is(err, ErrReferenced) || errors.Is(err, unchanged) {
			t.Errorf("transaction %d returned %v, want the error of the commit", i+1, err)
		}
		if _, conflict := errors.AsType[*ConflictError](err); conflict {
			t.Errorf("transaction %d was told of a conflict with what was never stored", i+1)
		}
	}
	if got := store.lines(t); len(got) != 0 {
		t.Errorf("stored: %v", got)
	}
	if err := store.Touch(ctx, func(tx *Tx) error { return write(ctx, tx, "next", 1) }); err != nil {
		t.Errorf("the next transaction: %v", err)
	}
}

// A full disk fails the group with its reason, whoever meets it, and the next group succeeds once there is room.
func TestFaultFullDiskFailsTheGroup(t *testing.T) {
	store := openTestSQLite(t)
	ctx, unchanged := t.Context(), errors.New("nothing to change")
	pages := func(limit string) func(tx *Tx) error {
		return func(tx *Tx) error {
			_, err := tx.idb.ExecContext(ctx, "PRAGMA max_page_count = "+limit)
			return err
		}
	}
	long := func(tx *Tx) error {
		_, err := tx.idb.ExecContext(ctx, "INSERT INTO lines VALUES (hex(randomblob(500000)), 1)")
		return err
	}
	if err := store.Touch(ctx, pages("1")); err != nil { // as many as there are
		t.Fatal(err)
	}
	results := crowd(t, store, nil,
		func(tx *Tx) error { return write(ctx, tx, "second", 2) },
		long,
		func(tx *Tx) error { return unchanged },
	)
	stored := store.lines(t)
	for i, name := range []string{"first", "second"} {
		if (results[i] == nil) != slices.Contains(stored, name) {
			t.Errorf("%s was told %v, stored are %v", name, results[i], stored)
		}
	}
	if results[2] == nil {
		t.Error("what does not fit is stored")
	}
	if err := store.Touch(ctx, pages("100000")); err != nil {
		t.Fatal(err)
	}
	if err := store.Touch(ctx, long); err != nil {
		t.Errorf("with room again: %v", err)
	}
}

// Members that only fail do not keep a group open for ever: its bound counts those who ran, not those who succeeded.
func TestFaultFailingMembersEndAGroup(t *testing.T) {
	store := openTestSQLite(t)
	refused := errors.New("refused")
	joined := newGroupCount()
	members := make([]func(tx *Tx) error, 2*maxGroup)
	for i := range members {
		members[i] = func(tx *Tx) error {
			joined.add(tx)
			return refused
		}
	}
	for i, err := range crowd(t, store, nil, members...) {
		if i > 0 && !errors.Is(err, refused) {
			t.Errorf("transaction %d: %v", i+1, err)
		}
	}
	if most := joined.largest(); most > maxGroup {
		t.Errorf("%d ran in one transaction", most)
	}
	if got := store.lines(t); !slices.Equal(got, []string{"first"}) {
		t.Errorf("stored: %v", got)
	}
}
