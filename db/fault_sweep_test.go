package db_test

import (
	"fmt"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
)

// What a flood of strangers has left is removed in transactions of a thousand rows, between which others write; what has not
// expired stays.
func TestFaultSweepsHoldNobodyUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		const expired, alive = 2500, 7
		for n, line := range []string{"1", "50"} {
			err := store.Exec(t.Context(), fmt.Sprintf(`WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %d)
				INSERT INTO throttles (throttle_key, failures, began_at, until, updated_at) SELECT '%s-' || n, 1, 1, 1, %s FROM numbers`, []int{expired, alive}[n], line, line))
			if err != nil {
				t.Fatal(err)
			}
		}
		before := store.Statements()
		if err := store.SweepExpired(t.Context(), 100, 40); err != nil {
			t.Fatal(err)
		}
		// Four tables without such rows, and three times a look and a transaction; PostgreSQL's have settings besides.
		if sent := store.Statements() - before; sent < 4+3*2 {
			t.Errorf("%d statements for %d rows", sent, expired)
		}
		left, err := store.CountRows(t.Context(), "throttles")
		if err != nil || left != alive {
			t.Errorf("%d of %d are left, %v", left, alive, err)
		}
	})
}
