// Package dbtest gives tests a real database of their own: a SQLite file, and a PostgreSQL database where there is one.
package dbtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/gatehouse/gatehouse/db"
)

// PostgresVariable names the environment variable with the address of a PostgreSQL server whose user may create
// databases. `make test` sets it; where it is missing the PostgreSQL half of every test is left out, loudly.
const PostgresVariable = "GATEHOUSE_TEST_POSTGRES"

// Each runs the same test on an empty, migrated database of each kind.
func Each(t *testing.T, test func(t *testing.T, store *db.DB)) {
	t.Helper()
	for kind, address := range Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			store, err := db.Open(t.Context(), address(t))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := store.Close(); err != nil {
					t.Error(err)
				}
			})
			test(t, store)
		})
	}
}

// Addresses returns, by kind of database, what makes the address of a new, migrated database that lives as long as the
// test.
func Addresses(t testing.TB) map[string]func(t testing.TB) string {
	kinds := map[string]func(t testing.TB) string{"sqlite": sqliteAddress}
	if os.Getenv(PostgresVariable) == "" {
		warnOnce()
		return kinds
	}
	kinds["postgres"] = postgresAddress
	return kinds
}

var warnOnce = sync.OnceFunc(func() {
	fmt.Fprintln(os.Stderr, "WARNING: "+PostgresVariable+" is not set: the PostgreSQL half of these tests is LEFT OUT. `make test` runs it.")
})

// A migrated file is made once in a process and copied for each test.
var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "gatehouse-dbtest-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "template.db")
	if err := migrate("sqlite:" + file); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

func sqliteAddress(t testing.TB) string {
	content, err := sqliteTemplate()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "gatehouse.db")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + file
}

// A migrated database is made once in a process and cloned for each test.
var postgresTemplate = sync.OnceValues(func() (string, error) {
	name := "gatehouse_template_" + strings.ToLower(rand.Text())
	if err := onServer("CREATE DATABASE " + name); err != nil {
		return "", err
	}
	if err := migrate(addressOf(name)); err != nil || !stumbling() {
		return name, err
	}
	return name, stumble(addressOf(name))
})

func postgresAddress(t testing.TB) string {
	template, err := postgresTemplate()
	if err != nil {
		t.Fatal(err)
	}
	name := "gatehouse_test_" + strings.ToLower(rand.Text())
	if err := onServer("CREATE DATABASE " + name + " TEMPLATE " + template); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := onServer("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return addressOf(name)
}

func migrate(address string) error {
	store, err := db.Open(context.Background(), address)
	if err != nil {
		return err
	}
	if _, err := store.Migrate(context.Background()); err != nil {
		return err
	}
	return store.Close()
}

func addressOf(database string) string {
	u, err := url.Parse(os.Getenv(PostgresVariable))
	if err != nil {
		panic(PostgresVariable + " is not an address")
	}
	u.Path = "/" + database
	return u.String()
}

// One connection at a time: cloning wants nobody else in the template.
var serverMutex sync.Mutex

func onServer(statement string) error {
	serverMutex.Lock()
	defer serverMutex.Unlock()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, os.Getenv(PostgresVariable))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}
