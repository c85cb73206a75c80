package server_test

import (
	"database/sql"
	"net/http"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// While PostgreSQL cannot tell in time whose session or key a request shows, the answer is that the server is busy, and when to come
// back: it is no fault of the server, and ends no session. The test gives statements up as their timeout does.
func TestFaultUnknownVisitorIsBusy(t *testing.T) {
	address := dbtest.Postgres(t)
	w := newTown(t, openStore(t, address), "acme")
	session, key := w.acme.AsAdmin(), w.Client()
	shown, _ := w.newKey(`accessPoints:["API"]`)
	key.Header.Set("Authorization", "ApiKey "+shown)
	service := w.Client()
	service.Header.Set("Gatehouse-Access-Point-Secret", w.service)
	service.Header.Set("Authorization", "ApiKey "+shown)

	raw := dbtest.Raw(t, address)
	for _, tried := range []struct {
		name, path string
		client     *servertest.Client
	}{
		{"session", "/graphql", session}, {"key", "/graphql", key}, {"visitor of a service", "/access/forward-auth/API", service},
	} {
		response := whileLocked(t, raw, "sessions, api_keys, users, access_points", func() *http.Response {
			return tried.client.Send(http.MethodPost, tried.path, []byte(`{"query":"{viewer{ip}}"}`), http.Header{"Content-Type": {"application/json"}})
		})
		body := servertest.Drain(t, response)
		if response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Retry-After") != "5" {
			t.Errorf("%s: %d %v %s", tried.name, response.StatusCode, response.Header, body)
		}
		if tried.path == "/graphql" && (!strings.Contains(body, `"code":"RATE_LIMITED"`) || !strings.Contains(body, `"retryAfter":5`)) {
			t.Errorf("%s: %s", tried.name, body)
		}
	}
	if name := session.Must(`{viewer{user{loginName}}}`, nil).Text("viewer.user.loginName"); name != "admin" {
		t.Errorf("the session belongs to %q afterwards", name)
	}
}

// whileLocked sends a request while nothing can read the tables, and gives up every statement that waits for them.
func whileLocked(t *testing.T, raw *sql.DB, tables string, send func() *http.Response) *http.Response {
	t.Helper()
	lock, err := raw.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Rollback() //nolint:errcheck // nothing is written
	if _, err := lock.ExecContext(t.Context(), "LOCK TABLE "+tables+" IN ACCESS EXCLUSIVE MODE"); err != nil {
		t.Fatal(err)
	}
	answered := make(chan *http.Response, 1)
	go func() { answered <- send() }()
	for {
		select {
		case response := <-answered:
			return response
		default:
			const giveUp = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
			if _, err := lock.ExecContext(t.Context(), giveUp); err != nil {
				t.Fatal(err)
			}
		}
	}
}
