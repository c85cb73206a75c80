package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/secret"
)

// A database that a newer version has migrated is refused by every subcommand, with the names of what is not known.
func TestFaultNewerSchemaIsRefused(t *testing.T) {
	for kind, newAddress := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			address := newAddress(t)
			driver, source := "sqlite", strings.TrimPrefix(address, "sqlite:")
			if kind == "postgres" {
				driver, source = "pgx", address
			}
			store, err := sql.Open(driver, source)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := store.Exec("INSERT INTO schema_migrations (name, applied_at) VALUES ('9999_from_the_future', 1)"); err != nil {
				t.Fatal(err)
			}
			if err := store.Close(); err != nil {
				t.Fatal(err)
			}
			data := t.TempDir()
			users := filepath.Join(data, "users.csv")
			if err := os.WriteFile(users, []byte("kind\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			keys := filepath.Join(data, "secret.key")
			if _, err := secret.MakeKeys(keys); err != nil {
				t.Fatal(err)
			}
			for _, command := range [][]string{
				{"serve", "--listen", "127.0.0.1:0", "--metrics-listen", ""}, {"serve", "--no-migrate", "--listen", "127.0.0.1:0", "--metrics-listen", ""},
				{"migrate"}, {"backup", filepath.Join(data, "copy.db")}, {"account", "list"}, {"secret", "rotate"}, {"secret", "drop-old"},
				{"account", "create", "--handle", "acme", "--name", "Acme", "--email", "a@acme.example"},
				{"user", "unlock", "acme/jane"}, {"user", "reset-mfa", "acme/jane"}, {"user", "restore-access", "acme/jane"},
				{"import", "users", users, "--account", "acme"},
			} {
				code, stdout, stderr := gatehouse(t, "", append(command, "--data", data, "--database", address)...)
				if code != exitFailed || !strings.Contains(stderr, "newer version") || !strings.Contains(stderr, "9999_from_the_future") {
					t.Errorf("%v: exit %d, %q, %q", command, code, stdout, stderr)
				}
			}
		})
	}
}
