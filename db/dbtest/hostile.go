package dbtest

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

// hostile are values of settings that would change what a program does which inherits them.
var hostile = map[string]string{
	"default_transaction_isolation":       "serializable",
	"default_transaction_deferrable":      "on",
	"standard_conforming_strings":         "off",
	"backslash_quote":                     "off",
	"transform_null_equals":               "on",
	"array_nulls":                         "off",
	"row_security":                        "on",
	"gin_fuzzy_search_limit":              "1",
	"bytea_output":                        "escape",
	"client_encoding":                     "LATIN1",
	"DateStyle":                           "SQL, DMY",
	"IntervalStyle":                       "iso_8601",
	"TimeZone":                            "Asia/Kathmandu",
	"extra_float_digits":                  "-15",
	"synchronous_commit":                  "off",
	"exit_on_error":                       "on",
	"idle_in_transaction_session_timeout": "1",
	"statement_timeout":                   "150",
	"lock_timeout":                        "1",
	"search_path":                         "nowhere",
}

// Hostile gives a PostgreSQL database settings that every connection to it inherits, and returns them. What would keep this
// very connection from going on comes last.
func Hostile(t testing.TB, address string) map[string]string {
	t.Helper()
	var statements []string
	for name, value := range hostile {
		statements = append(statements, fmt.Sprintf("ALTER DATABASE %%s SET %s = '%s'", name, value))
	}
	Alter(t, address, strings.Join(append(statements, "ALTER DATABASE %s SET default_transaction_read_only = on"), "; "))
	return hostile
}

// Alter runs statements on a PostgreSQL database, in which %s is its name.
func Alter(t testing.TB, address, statements string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	execute(t, Raw(t, address), strings.ReplaceAll(statements, "%s", strings.TrimPrefix(u.Path, "/")))
}
