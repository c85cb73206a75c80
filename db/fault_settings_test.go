package db_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
)

// harmless are settings that anybody may change, of the groups that concern what statements mean and do, and that need not be
// pinned: they choose where or how fast something is stored, or concern what the program does not use.
var harmless = strings.Fields(`
	check_function_bodies client_min_messages createrole_self_grant default_table_access_method default_tablespace default_toast_compression
	gin_pending_list_limit temp_tablespaces vacuum_cleanup_index_scale_factor vacuum_freeze_min_age vacuum_freeze_table_age
	vacuum_multixact_freeze_min_age vacuum_multixact_freeze_table_age vacuum_failsafe_age vacuum_multixact_failsafe_age xmlbinary xmloption
	default_text_search_config lc_messages lc_monetary lc_numeric lc_time icu_validation_level timezone_abbreviations
	dynamic_library_path local_preload_libraries session_preload_libraries jit_provider extension_control_path
	escape_string_warning lo_compat_privileges operator_precedence_warning quote_all_identifiers synchronize_seqscans
	session_replication_role restrict_nonsystem_relation_kind event_triggers file_copy_method
	transaction_isolation transaction_read_only transaction_deferrable transform_null_equals bytea_output
	deadlock_timeout max_stack_depth`)

// Every setting that a role or database can give, and that may change what the program does, is pinned or known to be harmless.
// A new version of PostgreSQL with a new one fails here until somebody has looked at it.
func TestFaultEverySettingIsPinnedOrHarmless(t *testing.T) {
	raw := dbtest.Raw(t, dbtest.Postgres(t))
	rows, err := raw.QueryContext(t.Context(), `SELECT name FROM pg_settings WHERE context IN ('user', 'superuser', 'backend', 'superuser-backend')
		AND (category LIKE 'Client Connection Defaults%' OR category LIKE 'Version and Platform Compatibility%' OR category IN ('Error Handling', 'Lock Management'))`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(db.Pinned(), name) && !slices.Contains(harmless, name) {
			t.Errorf("%s is neither pinned nor known to be harmless", name)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// A setting is the same on every connection, whatever the role, the database or the address say.
func TestFaultSettingsAreNotInherited(t *testing.T) {
	address := dbtest.Postgres(t)
	hostile := dbtest.Hostile(t, address)
	withOptions, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	withOptions.RawQuery += "&options=" + strings.ReplaceAll(url.QueryEscape("-c bytea_output=escape -c standard_conforming_strings=off -c statement_timeout=150"), "+", "%20")
	for name, address := range map[string]string{"database": address, "address": withOptions.String()} {
		store, err := db.Open(t.Context(), address)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for kind, read := range map[string]func(context.Context, string) (string, error){
			"write": store.WriterSetting, "read": store.Setting, "decision": store.ForDecisions().Setting,
		} {
			for setting, refused := range hostile {
				value, err := read(t.Context(), setting)
				if err != nil || value == refused {
					t.Errorf("%s, %s: %s is %q, %v", name, kind, setting, value, err)
				}
			}
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}
}

// What cannot be set right is refused, with what to do.
func TestFaultUnfitDatabasesAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ statement, with, want string }{
		"foreign keys off":            {"ALTER DATABASE %s SET session_replication_role = replica", "", "session_replication_role"},
		"the tables are elsewhere":    {"ALTER SCHEMA public RENAME TO gate; CREATE SCHEMA public; ALTER DATABASE %s SET search_path = gate", "", "add search_path=gate"},
		"elsewhere, as the address":   {"ALTER SCHEMA public RENAME TO gate; ALTER DATABASE %s SET search_path = nowhere", "&search_path=gate", ""},
		"two schemas, the first wins": {"CREATE SCHEMA gate; CREATE TABLE gate.schema_migrations (); ALTER DATABASE %s SET search_path = gate", "", "add search_path=gate"},
	} {
		t.Run(name, func(t *testing.T) {
			address := dbtest.Postgres(t)
			dbtest.Alter(t, address, c.statement)
			store, err := db.Open(t.Context(), address+c.with)
			if c.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				if pending, err := store.PendingMigrations(t.Context()); err != nil || len(pending) > 0 {
					t.Errorf("pending %v, %v", pending, err)
				}
				if err := store.Close(); err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil {
				store.Close()
				t.Fatal("opened")
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v", err)
			}
		})
	}
}
