package dbtest

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver that raw connections name
)

// Raw opens a database beside the program, for statements that the program does not have.
func Raw(t testing.TB, address string) *sql.DB {
	t.Helper()
	driver, source := "pgx", address
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		driver, source = "sqlite", "file:"+path+"?_pragma=busy_timeout(5000)"
	}
	raw, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	raw.SetMaxOpenConns(1)
	t.Cleanup(func() {
		if err := raw.Close(); err != nil {
			t.Error(err)
		}
	})
	return raw
}

// Remember copies all that a database holds, and returns what makes the database hold just that again, as failover to a
// standby that was behind does, or recovery to a point in time: whoever is connected stays connected.
func Remember(t testing.TB, address string) (goBack func()) {
	t.Helper()
	raw := Raw(t, address)
	tables := tablesOf(t, raw, address)
	for _, table := range tables {
		execute(t, raw, "CREATE TABLE before_"+table+" AS SELECT * FROM "+table)
	}
	return func() {
		t.Helper()
		conn, err := raw.Conn(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		begin := []string{"BEGIN IMMEDIATE", "PRAGMA defer_foreign_keys = ON"}
		if !strings.HasPrefix(address, "sqlite:") {
			begin = []string{"BEGIN", "SET LOCAL session_replication_role = replica"} // without foreign keys
		}
		for _, statement := range begin {
			execute(t, conn, statement)
		}
		for _, table := range tables {
			execute(t, conn, "DELETE FROM "+table)
			execute(t, conn, "INSERT INTO "+table+" SELECT * FROM before_"+table)
		}
		execute(t, conn, "COMMIT")
	}
}

// tablesOf leaves out what triggers fill.
func tablesOf(t testing.TB, raw *sql.DB, address string) (tables []string) {
	t.Helper()
	query := "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
	if strings.HasPrefix(address, "sqlite:") {
		query = "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite_%' AND name <> 'user_numbers' ORDER BY 1"
	}
	rows, err := raw.QueryContext(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, table)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return tables
}

func execute(t testing.TB, on interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}, statement string) {
	t.Helper()
	if _, err := on.ExecContext(context.Background(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
