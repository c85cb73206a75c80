package db

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// session is what connections of one pool differ in.
type session struct {
	statement time.Duration
	readOnly  bool
}

// pinned are the settings of every connection. PostgreSQL lets them be inherited from the database, the role and the address,
// and each of them changes what statements mean, what they return, or what a commit promises.
var pinned = map[string]string{
	// What statements mean.
	"standard_conforming_strings": "on",
	"backslash_quote":             "safe_encoding",
	"transform_null_equals":       "off",
	"array_nulls":                 "on",
	"row_security":                "off", // a policy is an error, and hides no rows
	"gin_fuzzy_search_limit":      "0",   // otherwise a search finds some of what there is
	// In what form values come back.
	"bytea_output":       "hex",
	"client_encoding":    "UTF8",
	"DateStyle":          "ISO, MDY",
	"IntervalStyle":      "postgres",
	"TimeZone":           "UTC",
	"extra_float_digits": "1",
	// What transactions promise.
	"default_transaction_isolation":  "read committed",
	"default_transaction_deferrable": "off",
	"synchronous_commit":             "on", // or remote_apply
	// What ends a connection.
	"exit_on_error":                       "off",
	"idle_in_transaction_session_timeout": milliseconds(longestPause),
	"idle_session_timeout":                "0",
	"transaction_timeout":                 "0",
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

// oldestPostgres is the first version that has all that is used.
const oldestPostgres = 13

// of makes the configuration of connections that have the settings. They are set once the connection is there and not with
// its beginning, which connection poolers refuse.
func (s session) of(plain *pgx.ConnConfig) *pgx.ConnConfig {
	config := plain.Copy()
	schemas, given := config.RuntimeParams["search_path"]
	delete(config.RuntimeParams, "search_path")
	if !given {
		schemas = "public"
	}
	wanted := map[string]string{
		"search_path":                   schemas + ", pg_temp", // last, so that temporary tables shadow none of them
		"statement_timeout":             milliseconds(s.statement),
		"lock_timeout":                  milliseconds(lockWait),
		"default_transaction_read_only": "off",
	}
	if s.readOnly {
		wanted["default_transaction_read_only"] = "on"
	}
	for name, value := range pinned {
		wanted[name] = value
	}
	validate := config.ValidateConnect // by target_session_attrs
	config.ValidateConnect = func(ctx context.Context, conn *pgconn.PgConn) error {
		if validate != nil {
			if err := validate(ctx, conn); err != nil {
				return err
			}
		}
		return settle(ctx, conn, wanted, given)
	}
	return config
}

// settle gives a new connection its settings, and refuses a server that the program would not work on.
func settle(ctx context.Context, conn *pgconn.PgConn, wanted map[string]string, schemaGiven bool) error {
	before, err := askRow(ctx, conn, visibleSchema)
	if err != nil {
		return err
	}
	list, err := json.Marshal(wanted)
	if err != nil {
		return err
	}
	// Settings that a version does not have are left out.
	if _, err := askRow(ctx, conn, `SELECT count(set_config(key,
		CASE WHEN key = 'synchronous_commit' AND current_setting(key) = 'remote_apply' THEN 'remote_apply' ELSE value END, false))
		FROM json_each_text($1::json) WHERE current_setting(key, true) IS NOT NULL`, list); err != nil {
		return err
	}
	facts, err := askRow(ctx, conn, `SELECT current_setting('server_version_num'), current_setting('server_encoding'), pg_is_in_recovery()::text,
		current_setting('session_replication_role'), (`+visibleSchema+`)`)
	if err != nil {
		return err
	}
	version, encoding, standby, replication, after := facts[0], facts[1], facts[2], facts[3], facts[4]
	number, err := strconv.Atoi(version)
	switch {
	case err != nil || number < oldestPostgres*10_000:
		return fmt.Errorf("the server is PostgreSQL %s: version %d or newer is needed", conn.ParameterStatus("server_version"), oldestPostgres)
	case encoding != "UTF8":
		return fmt.Errorf("the database stores text as %s: create it with ENCODING 'UTF8'", encoding)
	case standby != "false":
		return errors.New("the server is a standby, which nobody can write to: give the address of the primary")
	case replication != "origin":
		return fmt.Errorf("session_replication_role is %s, so that foreign keys do not hold: reset it for the role and the database", replication)
	case !schemaGiven && before[0] != "" && before[0] != after:
		return fmt.Errorf("the tables are in the schema %q by a setting of the role or the database: add search_path=%s to the address", before[0], before[0])
	}
	return nil
}

// visibleSchema is where the program's tables are found by the search path of the moment.
const visibleSchema = `SELECT coalesce((SELECT nspname::text FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
	WHERE c.relname = 'schema_migrations' AND pg_catalog.pg_table_is_visible(c.oid)), '')`

// askRow runs a statement that returns one row, whatever the connection's settings are by now.
func askRow(ctx context.Context, conn *pgconn.PgConn, statement string, args ...[]byte) ([]string, error) {
	result := conn.ExecParams(ctx, statement, args, nil, nil, nil).Read()
	if result.Err != nil {
		return nil, result.Err
	}
	if len(result.Rows) != 1 {
		return nil, fmt.Errorf("%d rows of %s", len(result.Rows), strings.Fields(statement)[0])
	}
	values := make([]string, len(result.Rows[0]))
	for i, value := range result.Rows[0] {
		values[i] = string(value)
	}
	return values, nil
}
