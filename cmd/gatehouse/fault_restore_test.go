package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The whole way of a backup in folders with odd names; refusals name the files; and commands about accounts that must be
// there make no files in a folder that holds none.
func TestFaultBackupAndRestoreByCommand(t *testing.T) {
	for _, name := range []string{"a b", "what?#50%25", "数据"} {
		data, other := filepath.Join(t.TempDir(), name), filepath.Join(t.TempDir(), "other "+name)
		backup := filepath.Join(t.TempDir(), name+".db")
		mustRun := func(args ...string) {
			t.Helper()
			if code, _, stderr := gatehouse(t, "", args...); code != exitOK {
				t.Fatalf("%v: exit %d, %s", args, code, stderr)
			}
		}
		mustRun("account", "create", "--data", data, "--handle", "acme", "--name", "Acme", "--email", "admin@acme.example")
		mustRun("backup", "--data", data, backup)
		mustRun("restore", "--data", other, backup)
		if _, stdout, stderr := gatehouse(t, "", "account", "list", "--data", other); !strings.Contains(stdout, "acme") {
			t.Errorf("%s: restored %q, %s", name, stdout, stderr)
		}
		for _, again := range [][]string{{"backup", "--data", data, backup}, {"restore", "--data", other, backup}} {
			code, _, stderr := gatehouse(t, "", again...)
			inTheWay := map[string]string{"backup": backup, "restore": filepath.Join(other, "gatehouse.db")}[again[0]]
			if code != exitFailed || !strings.Contains(stderr, inTheWay) {
				t.Errorf("%v again: exit %d, %s", again[0], code, stderr)
			}
		}
	}
	csv := filepath.Join(t.TempDir(), "users.csv")
	if err := os.WriteFile(csv, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"account", "list"}, {"backup", filepath.Join(t.TempDir(), "backup.db")}, {"user", "unlock", "acme/admin"},
		{"user", "set-password", "acme/admin"}, {"user", "reset-mfa", "acme/admin"}, {"user", "restore-access", "acme/admin"},
		{"import", "users", "--account", "acme", csv},
	} {
		data := filepath.Join(t.TempDir(), "mistyped")
		code, _, stderr := gatehouse(t, "violet tractor sings at noon\n", append(args, "--data", data)...)
		if code != exitFailed || !strings.Contains(stderr, filepath.Join(data, "gatehouse.db")) {
			t.Errorf("%v without a database: exit %d, %s", args, code, stderr)
		}
		if _, err := os.Lstat(data); !os.IsNotExist(err) {
			t.Errorf("%v made %s", args, data)
		}
	}
}
