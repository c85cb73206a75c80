package main

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db/dbtest"
)

// installation is a database with sealed secrets, and its key file.
type installation struct {
	t     *testing.T
	file  string
	flags []string
}

func (i *installation) run(args ...string) (code int, said string) {
	i.t.Helper()
	code, stdout, stderr := gatehouse(i.t, "", append(args, i.flags...)...)
	return code, stdout + stderr
}

func (i *installation) must(args ...string) {
	i.t.Helper()
	if code, said := i.run(args...); code != exitOK {
		i.t.Fatal(said)
	}
}

func (i *installation) write(content []byte) {
	i.t.Helper()
	if err := os.WriteFile(i.file, content, 0o600); err != nil {
		i.t.Fatal(err)
	}
}

func (i *installation) read() []byte {
	i.t.Helper()
	content, err := os.ReadFile(i.file)
	if err != nil {
		i.t.Fatal(err)
	}
	return content
}

// sealing are subcommands that read or write what is sealed.
var sealing = [][]string{
	{"serve", "--listen", "127.0.0.1:0", "--metrics-listen", ""},
	{"account", "create", "--handle", "other", "--name", "Other", "--email", "a@other.example"},
	{"user", "reset-mfa", "demo/sanne"}, {"user", "unlock", "demo/sanne"}, {"user", "restore-access", "demo/sanne"},
	{"secret", "rotate"}, {"secret", "drop-old"},
}

func eachInstallation(t *testing.T, test func(t *testing.T, i *installation)) {
	for kind, address := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "secret.key")
			i := &installation{t: t, file: file, flags: []string{"--data", t.TempDir(), "--database", address(t), "--secret-file", file}}
			i.must("account", "create", "--handle", "demo", "--name", "Demo", "--email", "a@demo.example", "--demo")
			test(t, i)
		})
	}
}

// A key file that is missing, spoilt or another installation's stops the server and every subcommand that needs it, with its
// name and what to do, and is left as it is.
func TestFaultKeyFileThatDoesNotBelong(t *testing.T) {
	eachInstallation(t, func(t *testing.T, i *installation) {
		right := i.read()
		foreign := []byte(base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{9}, 32)) + "\n")
		refused := func(what string, says string) {
			t.Helper()
			before, _ := os.ReadFile(i.file)
			for _, command := range sealing {
				if code, said := i.run(command...); code != exitFailed || !strings.Contains(said, i.file) || !strings.Contains(said, says) {
					t.Errorf("%s: %v: exit %d, %q", what, command, code, said)
				}
			}
			if after, _ := os.ReadFile(i.file); !bytes.Equal(before, after) {
				t.Errorf("%s: the file was changed", what)
			}
		}
		if err := os.Remove(i.file); err != nil {
			t.Fatal(err)
		}
		refused("missing", "")
		for what, test := range map[string]struct {
			content []byte
			says    string
		}{
			"empty": {nil, "no key"}, "cut": {right[:20], "base64"}, "garbled": {[]byte("\x00\xff key"), "base64"},
			"foreign": {foreign, "put back the key file"}, "twice": {append(bytes.Clone(right), right...), "twice"},
		} {
			i.write(test.content)
			refused(what, test.says)
		}
		for _, test := range []struct {
			what    string
			content []byte
		}{
			{"as it was", right},
			{"with a byte order mark and carriage returns", append([]byte("\ufeff"), bytes.ReplaceAll(right, []byte("\n"), []byte("\r\n"))...)},
			{"with a key of its own on top", append(bytes.Clone(foreign), right...)},
		} {
			i.write(test.content)
			if code, said := i.run("user", "unlock", "demo/sanne"); code != exitOK {
				t.Errorf("%s: exit %d, %q", test.what, code, said)
			}
		}
	})
}

// After a rotation neither an older file nor, beside an older database, a newer one is taken.
func TestFaultKeyFileOfAnotherTime(t *testing.T) {
	eachInstallation(t, func(t *testing.T, i *installation) {
		older := i.read()
		i.must("secret", "rotate")
		newer := i.read()
		i.write(older)
		if code, said := i.run(sealing[0]...); code != exitFailed || !strings.Contains(said, "it lacks the key") {
			t.Errorf("an older file: exit %d, %q", code, said)
		}
		top, _, _ := bytes.Cut(newer, []byte("\n"))
		i.write(append(top, '\n'))
		if code, said := i.run(sealing[0]...); code != exitFailed || !strings.Contains(said, "it lacks the key") {
			t.Errorf("a file from after a drop, beside a database from before: exit %d, %q", code, said)
		}
		i.write(newer)
		i.must("user", "unlock", "demo/sanne")
	})
}

// Without a key file that is lost for good the factors that it sealed are removed, when the operator says so.
func TestFaultKeyFileLostForGood(t *testing.T) {
	eachInstallation(t, func(t *testing.T, i *installation) {
		if code, said := i.run("secret", "replace-lost", "--yes"); code != exitOK || !strings.Contains(said, "No key is lost") {
			t.Errorf("nothing is lost: exit %d, %q", code, said)
		}
		if err := os.Remove(i.file); err != nil {
			t.Fatal(err)
		}
		if code, said := i.run("secret", "replace-lost"); code != exitFailed || !strings.Contains(said, "demo/sanne loses") || !strings.Contains(said, "--yes") {
			t.Errorf("without --yes: exit %d, %q", code, said)
		}
		if code, _ := i.run("user", "unlock", "demo/sanne"); code != exitFailed {
			t.Error("the new file is taken without --yes")
		}
		i.must("secret", "replace-lost", "--yes")
		for _, command := range sealing[1:] {
			i.must(command...)
		}
	})
}
