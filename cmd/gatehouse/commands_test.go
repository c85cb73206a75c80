package main

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// subcommands returns everything that can be run, from the command line's own model.
func subcommands(t *testing.T) []*kong.Node {
	t.Helper()
	parser, err := newParser(new(commands), &settingSources{}, streams{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	leaves := parser.Model.Leaves(false)
	if len(leaves) < 12 {
		t.Fatalf("%d subcommands", len(leaves))
	}
	return leaves
}

// words are a subcommand as it is typed, without flags and arguments.
func words(node *kong.Node) (words []string) {
	for ; node.Parent != nil; node = node.Parent {
		words = append(words, node.Name)
	}
	slices.Reverse(words)
	return words
}

// complete is a command line of a subcommand that is right as far as its words go.
func complete(t *testing.T, node *kong.Node) []string {
	t.Helper()
	args := words(node)
	for _, argument := range node.Positional {
		switch argument.Name {
		case "account/login":
			args = append(args, "acme/jane")
		case "file":
			if node.Name == "backup" {
				args = append(args, filepath.Join(t.TempDir(), "backup.db"))
			} else {
				args = append(args, writeFile(t, "no database, and no head line\n"))
			}
		default:
			t.Fatalf("what is the argument %s of %v?", argument.Name, args)
		}
	}
	for _, flag := range node.Flags {
		if flag.Required {
			args = append(args, "--"+flag.Name, map[string]string{"handle": "acme", "account": "acme", "name": "Acme", "email": "a@acme.example"}[flag.Name])
		}
	}
	return args
}

// refused runs a command line that is wrong: exit code 2, one line, and nothing is made.
func refused(t *testing.T, args []string, says string) {
	t.Helper()
	folder := t.TempDir()
	t.Chdir(folder)
	code, stdout, stderr := gatehouse(t, "violet tractor sings at noon\n", args...)
	if code != exitUsage || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, says) {
		t.Errorf("%q: exit %d, %q, %q; want exit 2 and one line with %q", args, code, stdout, stderr, says)
	}
	if made, err := os.ReadDir(folder); len(made) > 0 || err != nil {
		t.Errorf("%q made %v", args, made)
	}
}

// Every subcommand refuses every kind of wrong word in one line that says which word and, where that is not plain, where to read on.
func TestWrongWordsOfEverySubcommand(t *testing.T) {
	for _, node := range subcommands(t) {
		name, right := strings.Join(words(node), " "), complete(t, node)
		t.Run(name, func(t *testing.T) {
			help := "gatehouse " + name + " --help"
			refused(t, append(slices.Clone(right), "--no-such-flag"), help)
			refused(t, append(slices.Clone(right), "-x"), help)
			refused(t, append(slices.Clone(right), "surplus"), "unexpected argument surplus; see `"+help)
			refused(t, append(slices.Clone(right), ""), "is empty")
			refused(t, append(slices.Clone(right), "--data"), "--data: the value is missing")
			refused(t, append(slices.Clone(right), "--database", "mysql://x"), "--database")
			refused(t, append(slices.Clone(right), "--config", "/nowhere"), "--config")
			if len(right) > len(words(node)) {
				refused(t, words(node), help)
			}
			for i := range node.Positional {
				line := words(node)
				refused(t, slices.Insert(slices.Clone(right), len(line)+i, ""), "is empty")
			}
			for _, flag := range node.Flags {
				if flag.IsBool() {
					refused(t, append(slices.Clone(right), "--"+flag.Name+"=perhaps"), "--"+flag.Name)
					continue
				}
				if flag.Name != "metrics-listen" {
					refused(t, append(slices.Clone(right), "--"+flag.Name, ""), "--"+flag.Name+": the value is empty")
					refused(t, append(slices.Clone(right), "--"+flag.Name+"="), "--"+flag.Name+": the value is empty")
				}
				if flag.Target.Kind() == reflect.Int {
					refused(t, append(slices.Clone(right), "--"+flag.Name, "many"), "--"+flag.Name)
				}
				if flag.Tag.Type == "existingfile" {
					refused(t, append(slices.Clone(right), "--"+flag.Name, "/nowhere"), "--"+flag.Name)
					refused(t, append(slices.Clone(right), "--"+flag.Name, t.TempDir()), "--"+flag.Name)
				}
			}
		})
	}
}

func TestWrongSubcommands(t *testing.T) {
	for line, says := range map[string]string{
		"nonsense":                             "unexpected argument nonsense; see `gatehouse --help`",
		"account":                              "; see `gatehouse account --help`",
		"account nonsense":                     "; see `gatehouse account --help`",
		"user unlock acme":                     "such as acme/jane",
		"user unlock /":                        "such as acme/jane",
		"user unlock acme/":                    "such as acme/jane",
		"user unlock acme/a/b":                 "such as acme/jane",
		"help nonsense":                        "nonsense",
		"--data=x account list":                "--data",
		"serve account":                        "unexpected argument account; see `gatehouse serve --help`",
		"import users":                         "--account",
		"import users /nowhere --account acme": "/nowhere",
		"import users / --account acme":        "directory",
		"restore /nowhere":                     "/nowhere",
		"restore /":                            "directory",
		"account create --handle A/B --name Acme --email a@acme.example":                  "handle",
		"account create --handle acme --name \u200b --email a@acme.example":               "name",
		"account create --handle acme --name Acme --email nobody":                         "email",
		"account create --handle acme --name Acme --email a@acme.example --login a/b":     "login",
		"account create --handle acme --name Acme --email a@acme.example --demo-users=-1": "--demo-users",
	} {
		refused(t, strings.Fields(line), says)
	}
}

// Help is the same however it is asked for, and for the words of a group, too.
func TestHelp(t *testing.T) {
	for _, node := range subcommands(t) {
		_, want, _ := gatehouse(t, "", append(words(node), "--help")...)
		for _, line := range [][]string{append(words(node), "-h"), append([]string{"help"}, words(node)...)} {
			code, stdout, stderr := gatehouse(t, "", line...)
			if code != exitOK || stderr != "" || stdout != want || !strings.HasPrefix(stdout, "Usage: gatehouse "+strings.Join(words(node), " ")) {
				t.Errorf("%v: exit %d, %q, %q", line, code, stdout, stderr)
			}
		}
	}
	for _, line := range []string{"help", "--help", "-h", "help account", "account -h"} {
		if code, stdout, stderr := gatehouse(t, "", strings.Fields(line)...); code != exitOK || stderr != "" || !strings.HasPrefix(stdout, "Usage: gatehouse") {
			t.Errorf("%s: exit %d, %q, %q", line, code, stdout, stderr)
		}
	}
}

// What needs a database that is there makes none, and a database that is no such thing stays as it is.
func TestSubcommandsWithoutADatabase(t *testing.T) {
	folder := t.TempDir()
	junk := writeFile(t, "no database")
	for _, node := range subcommands(t) {
		right := complete(t, node)
		if name := words(node)[0]; name == "version" || name == "serve" {
			continue
		}
		makes := node.Name == "create" || node.Name == "migrate" || node.Name == "restore"
		for database, address := range map[string]string{"missing": filepath.Join(t.TempDir(), "gatehouse.db"), "a folder": folder, "junk": junk, "below a file": filepath.Join(junk, "gatehouse.db")} {
			if makes && database == "missing" {
				continue
			}
			data := filepath.Join(t.TempDir(), "data")
			code, _, stderr := gatehouse(t, "violet tractor sings at noon\n", append(slices.Clone(right), "--data", data, "--database", "sqlite:"+address)...)
			if code != exitFailed || strings.Count(stderr, "\n") != 1 {
				t.Errorf("%v, %s: exit %d, %q", right, database, code, stderr)
			}
			for _, path := range []string{data, address + "-wal", address + "-journal"} {
				if _, err := os.Lstat(path); err == nil {
					t.Errorf("%v, %s: made %s", right, database, path)
				}
			}
			if _, err := os.Lstat(address); err == nil && database == "missing" {
				t.Errorf("%v made %s", right, address)
			}
		}
	}
	if content, err := os.ReadFile(junk); string(content) != "no database" {
		t.Errorf("%q, %v", content, err)
	}
}

// Files that a subcommand cannot read or write are one line, and the database stays as it is.
func TestFilesOfSubcommands(t *testing.T) {
	data := t.TempDir()
	if code, _, stderr := gatehouse(t, "", "account", "create", "--data", data, "--handle", "acme", "--name", "Acme", "--email", "a@acme.example"); code != exitOK {
		t.Fatal(stderr)
	}
	there := writeFile(t, "mine")
	for _, args := range [][]string{
		{"backup", there}, {"backup", t.TempDir()}, {"backup", "/nowhere/backup.db"}, {"backup", filepath.Join(there, "backup.db")},
		{"import", "users", there, "--account", "acme"}, {"import", "users", there, "--account", "nobody"},
		{"restore", there}, {"user", "unlock", "acme/nobody"}, {"user", "unlock", "nobody/admin"},
	} {
		code, _, stderr := gatehouse(t, "", append(args, "--data", data)...)
		if code != exitFailed || stderr == "" || args[0] != "import" && strings.Count(stderr, "\n") != 1 {
			t.Errorf("%v: exit %d, %q", args, code, stderr)
		}
	}
	if content, err := os.ReadFile(there); string(content) != "mine" {
		t.Errorf("%q, %v", content, err)
	}
	if _, stdout, _ := gatehouse(t, "", "account", "list", "--data", data); strings.Count(stdout, "\n") != 2 {
		t.Errorf("%q", stdout)
	}
}
