package server_test

import (
	"database/sql"
	"net/http"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// An instance whose database a newer version has migrated meanwhile is not ready, and says to nobody why.
func TestFaultNotReadyUnderANewerSchema(t *testing.T) {
	for kind, newAddress := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			address := newAddress(t)
			store, err := db.Open(t.Context(), address)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { store.Close() })
			site := servertest.New(t, store)
			driver, source := "sqlite", strings.TrimPrefix(address, "sqlite:")
			if kind == "postgres" {
				driver, source = "pgx", address
			}
			newer, err := sql.Open(driver, source)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := newer.Exec("INSERT INTO schema_migrations (name, applied_at) VALUES ('9999_from_the_future', 1)"); err != nil {
				t.Fatal(err)
			}
			if err := newer.Close(); err != nil {
				t.Fatal(err)
			}
			response := site.Client().Send(http.MethodGet, "/readyz", nil, nil)
			if body := servertest.Drain(t, response); response.StatusCode != http.StatusServiceUnavailable || strings.Contains(body, "9999") {
				t.Errorf("/readyz: %d %q", response.StatusCode, body)
			}
			if !strings.Contains(site.Log.String(), "9999_from_the_future") {
				t.Errorf("the log: %s", site.Log)
			}
		})
	}
}
