package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db/dbtest"
)

// A key is replaced and the old one dropped from the command line, in the file that --secret-file names. Where there is no
// key file none is made: it would open nothing.
func TestSecretRotate(t *testing.T) {
	for kind, address := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "elsewhere.key")
			flags := []string{"--data", t.TempDir(), "--database", address(t), "--secret-file", file}
			keys := func() int {
				content, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				return strings.Count(string(content), "\n")
			}
			for _, command := range []string{"rotate", "drop-old"} {
				code, _, stderr := gatehouse(t, "", append([]string{"secret", command}, flags...)...)
				if _, err := os.Stat(file); code != exitFailed || !strings.Contains(stderr, file) || err == nil {
					t.Errorf("%s without a key file: exit %d, %q, file %v", command, code, stderr, err)
				}
			}
			create := func(handle string, more ...string) {
				t.Helper()
				args := append([]string{"account", "create", "--handle", handle, "--name", handle, "--email", "a@acme.example"}, more...)
				if code, _, stderr := gatehouse(t, "", append(args, flags...)...); code != exitOK {
					t.Fatal(stderr)
				}
			}
			want := func(command string, code, count int, says ...string) {
				t.Helper()
				got, stdout, stderr := gatehouse(t, "", append([]string{"secret", command}, flags...)...)
				if got != code || keys() != count {
					t.Errorf("%s: exit %d, %d keys, %q, %q", command, got, keys(), stdout, stderr)
				}
				for _, text := range append(says, file) {
					if !strings.Contains(stdout+stderr, text) {
						t.Errorf("%s says %q, %q and not %q", command, stdout, stderr, text)
					}
				}
			}
			create("acme")
			want("drop-old", exitOK, 1, "Sealed anew: 0.")
			want("rotate", exitOK, 2, "Sealed anew: 0.", "drop-old")
			want("drop-old", exitOK, 1)
			create("demo", "--demo")
			want("rotate", exitOK, 2, "Sealed anew: 18.", "demo/sanne")
			want("drop-old", exitFailed, 2, "Sealed anew: 0.", "demo/sanne", "still needed")
		})
	}
}
