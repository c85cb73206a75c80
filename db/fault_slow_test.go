package db_test

import (
	"context"
	"errors"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
)

// What PostgreSQL gives up because it takes too long has changed nothing and may succeed later: the error says so. The test ends a
// statement with the code of statement_timeout.
func TestFaultStatementThatIsGivenUpIsBusy(t *testing.T) {
	address := dbtest.Postgres(t)
	store, _ := openTwice(t, address)
	h := newHouse(t, store)
	holder, err := dbtest.Raw(t, address).BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Rollback() //nolint:errcheck // nothing is written
	if _, err := holder.ExecContext(t.Context(), "SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE", string(h.account)); err != nil {
		t.Fatal(err)
	}
	result := make(chan error, 1)
	go func() {
		result <- store.TouchAccount(context.Background(), h.account, func(*db.Tx) error { return nil })
	}()
	for ended := false; !ended; {
		err := holder.QueryRowContext(t.Context(),
			"SELECT coalesce(bool_or(pg_cancel_backend(pid)), false) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").Scan(&ended)
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := <-result; !errors.Is(err, db.ErrBusy) {
		t.Errorf("%v, want ErrBusy", err)
	}
}
