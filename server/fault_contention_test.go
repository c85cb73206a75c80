package server_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/gatehouse/gatehouse/db/dbtest"
)

// While somebody holds one account's lock, and more changes of that account wait than there are connections, everything else
// goes on: decisions and pages of that account and of others, and changes of others. Once the lock is free, all that waited
// is done.
func TestFaultOneAccountsLockHoldsUpNobodyElse(t *testing.T) {
	address := dbtest.Postgres(t)
	w := newTown(t, openStore(t, address), "acme")
	other := settle(w.Site, "globex")
	raw := dbtest.Raw(t, address)
	lock, err := raw.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lock.ExecContext(t.Context(), "SELECT FROM accounts WHERE id = $1 FOR NO KEY UPDATE", string(w.acme.ID)); err != nil {
		t.Fatal(err)
	}
	const changes = 40
	var waiting errgroup.Group
	for i := range changes {
		client := w.acme.AsAdmin()
		waiting.Go(func() error {
			answer := client.Do(fmt.Sprintf(`mutation{createRole(input:{name:"Role %d",permissions:[]}){role{id} userErrors{code}}}`, i), nil)
			if answer.Text("createRole.role.id") == "" {
				return fmt.Errorf("change %d: %s", i, answer.Body)
			}
			return nil
		})
	}
	// Some wait in the database; the others are behind them by then, or come while what follows is asked.
	watch := dbtest.Raw(t, address)
	for blocked := 0; blocked < 2; {
		if err := watch.QueryRowContext(t.Context(), "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").Scan(&blocked); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second) // a lock is waited for longer
	defer cancel()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for round := range 5 {
			for name, of := range map[string]*town{"the same account": w, "another account": other} {
				if reason := of.ask("user", of.user, "VIEW_DOMAIN", "API", "192.0.2.9"); reason != "GRANTED" {
					t.Errorf("decision for %s: %s", name, reason)
				}
				if answer := of.admin.Do(`{users{nodes{loginName roles{name}}} auditEvents{nodes{action}}}`, nil); answer.Status != http.StatusOK || len(answer.Errors) > 0 {
					t.Errorf("page of %s: %s", name, answer.Body)
				}
			}
			answer := other.admin.Do(fmt.Sprintf(`mutation{createRole(input:{name:"Role %d",permissions:[]}){role{id} userErrors{code}}}`, round), nil)
			if answer.Text("createRole.role.id") == "" {
				t.Errorf("change of another account: %s", answer.Body)
			}
		}
	}()
	select {
	case <-ended:
	case <-ctx.Done():
		t.Error("others waited for the lock of one account")
	}
	if err := lock.Rollback(); err != nil {
		t.Fatal(err)
	}
	<-ended
	if err := waiting.Wait(); err != nil {
		t.Error(err)
	}
}
