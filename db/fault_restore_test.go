package db_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// oddNames have characters that mean something in the address of a file.
var oddNames = []string{"a b", "what?", "50%", "100%25", "a#b", "a&b=c", "a+b", "数据 ü", "..dots", "c:d", "'quoted\""}

func openNew(t *testing.T, file string) *db.DB {
	t.Helper()
	store, err := db.Open(t.Context(), "sqlite:"+file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return store
}

func addAccount(t *testing.T, store *db.DB, handle string) {
	t.Helper()
	err := store.Touch(t.Context(), func(tx *db.Tx) error {
		return tx.CreateAccount(t.Context(), &db.Account{ID: typeid.New("account"), Handle: handle, Name: handle})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func closeStore(t *testing.T, store *db.DB) {
	t.Helper()
	if err := store.Close(); err != nil {
		t.Error(err)
	}
}

// handles are those of all accounts in a file, in order.
func handles(t *testing.T, file string) []string {
	t.Helper()
	store := openNew(t, file)
	defer closeStore(t, store)
	accounts, err := store.Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, account := range accounts {
		names = append(names, account.Handle)
	}
	slices.Sort(names)
	return names
}

// tree is every file in a folder with its content, but for -shm, which is SQLite's own notes.
func tree(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if strings.HasSuffix(path, "-shm") {
			content = nil
		}
		files[path] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func sameTree(t *testing.T, what string, before, after map[string]string) {
	t.Helper()
	for path, content := range after {
		if was, known := before[path]; !known {
			t.Errorf("%s: made %s", what, path)
		} else if was != content {
			t.Errorf("%s: changed %s", what, path)
		}
	}
	for path := range before {
		if _, there := after[path]; !there {
			t.Errorf("%s: removed %s", what, path)
		}
	}
}

// copyOpen copies the files of an open database as they are: what a crash leaves behind.
func copyOpen(t *testing.T, from, to string, suffixes ...string) {
	t.Helper()
	for _, suffix := range suffixes {
		content, err := os.ReadFile(from + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to+suffix, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// A database, its backup and what is restored from it may have any name, and nothing is made beside them.
func TestFaultOddFileNames(t *testing.T) {
	for _, name := range oddNames {
		folder := filepath.Join(t.TempDir(), name)
		file, backup, restored := filepath.Join(folder, name), filepath.Join(folder, "backup "+name), filepath.Join(folder, "restored "+name)
		store := openNew(t, file)
		addAccount(t, store, "acme")
		if err := store.Backup(t.Context(), backup); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		closeStore(t, store)
		if err := db.Restore(t.Context(), backup, "sqlite:"+restored); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := handles(t, restored); !slices.Equal(got, []string{"acme"}) {
			t.Errorf("%s: restored %v", name, got)
		}
		entries, err := os.ReadDir(filepath.Dir(folder))
		if err != nil || len(entries) != 1 {
			t.Errorf("%s: made beside the folder: %v, %v", name, entries, err)
		}
		var made []string
		for path := range tree(t, folder) {
			made = append(made, path)
		}
		slices.Sort(made)
		if want := []string{file, backup, restored}; len(made) != len(want) {
			t.Errorf("%s: made %q, want %q", name, made, want)
		}
	}
}

// Neither a restore nor a backup is put beside parts of another database, or over anything: every file is named, and
// nothing changes.
func TestFaultLeftoversAreNamed(t *testing.T) {
	folder := t.TempDir()
	store := openNew(t, filepath.Join(folder, "source.db"))
	defer closeStore(t, store)
	addAccount(t, store, "acme")
	backup := filepath.Join(folder, "backup.db")
	if err := store.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(folder, "target")
	attempts := map[string]struct {
		do    func() error
		files []string
	}{
		"restore": {
			func() error { return db.Restore(t.Context(), backup, "sqlite:"+target) },
			[]string{"", "-wal", "-shm", "-journal", ".restoring", ".restoring-wal", ".restoring-shm", ".restoring-journal", ".reading"},
		},
		"backup": {
			func() error { return store.Backup(t.Context(), target) },
			[]string{"", "-wal", "-shm", "-journal", ".unfinished", ".unfinished-wal", ".unfinished-shm", ".unfinished-journal"},
		},
	}
	for name, attempt := range attempts {
		for _, left := range append([][]string{attempt.files}, singly(attempt.files)...) {
			for _, suffix := range left {
				if err := os.WriteFile(target+suffix, []byte("old"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			before := tree(t, folder)
			err := attempt.do()
			refused, ok := errors.AsType[*db.InTheWayError](err)
			if !ok {
				t.Fatalf("%s beside %q: %v", name, left, err)
			}
			for _, suffix := range left {
				if !slices.Contains(refused.Files, target+suffix) || !strings.Contains(err.Error(), target+suffix) {
					t.Errorf("%s beside %q names %q: %v", name, left, refused.Files, err)
				}
			}
			sameTree(t, name, before, tree(t, folder))
			for _, suffix := range left {
				if err := os.Remove(target + suffix); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

func singly(items []string) [][]string {
	var each [][]string
	for _, item := range items {
		each = append(each, []string{item})
	}
	return each
}

// What stands in the -wal or the -journal of a backup is restored with it, whether its database is in use, was left by a
// crash, or was copied without its -shm; and the backup stays as it is.
func TestFaultBackupWithItsWAL(t *testing.T) {
	folder := t.TempDir()
	live := filepath.Join(folder, "live.db")
	store := openNew(t, live)
	defer closeStore(t, store)
	addAccount(t, store, "acme")
	addAccount(t, store, "bolt")
	copyOpen(t, live, filepath.Join(folder, "crashed.db"), "", "-wal", "-shm")
	copyOpen(t, live, filepath.Join(folder, "copied.db"), "", "-wal")
	for _, name := range []string{"live", "crashed", "copied"} {
		source := filepath.Join(folder, name+".db")
		before := tree(t, folder)
		target := filepath.Join(t.TempDir(), "new", "gatehouse.db")
		if err := db.Restore(t.Context(), source, "sqlite:"+target); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		sameTree(t, name, before, tree(t, folder))
		if made := tree(t, filepath.Dir(target)); len(made) != 1 {
			t.Errorf("%s: made %d files", name, len(made))
		}
		if got := handles(t, target); !slices.Equal(got, []string{"acme", "bolt"}) {
			t.Errorf("%s: restored %v", name, got)
		}
	}
}

// A backup that is refused leaves nothing behind, at its place or where it was to go.
func TestFaultCheckingMakesNoFile(t *testing.T) {
	folder := t.TempDir()
	live := filepath.Join(folder, "gatehouse.db")
	store := openNew(t, live)
	addAccount(t, store, "acme")
	copyOpen(t, live, filepath.Join(folder, "walless.db"), "") // in WAL mode: nothing of it has come into the file yet
	closeStore(t, store)
	content, err := os.ReadFile(live)
	if err != nil {
		t.Fatal(err)
	}
	damaged := slices.Clone(content)
	copy(damaged[len(damaged)/2:], bytes.Repeat([]byte{0xff}, 8192))
	for name, content := range map[string][]byte{
		"half": content[:len(content)/2], "damaged": damaged, "text": []byte("not a database at all, but a text of some length"), "empty": nil,
	} {
		if err := os.WriteFile(filepath.Join(folder, name+"?.db"), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "half?.db-wal"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := tree(t, folder)
	for _, name := range []string{"half?.db", "damaged?.db", "text?.db", "empty?.db", "nowhere.db", "walless.db", ""} {
		target := filepath.Join(folder, "new", "restored.db")
		if err := db.Restore(t.Context(), filepath.Join(folder, name), "sqlite:"+target); err == nil {
			t.Errorf("%q is restored", name)
		}
		if _, err := os.Lstat(filepath.Dir(target)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%q: a folder is left", name)
		}
	}
	if err := db.RequireExisting("sqlite:" + filepath.Join(folder, "absent", "gatehouse.db")); err == nil {
		t.Error("a database that is not there is there")
	}
	sameTree(t, "checking", before, tree(t, folder))
}

// A database is not made anew beside the WAL of one whose file was moved away: SQLite would delete that, with what was
// committed.
func TestFaultNoNewDatabaseBesideTheRemainsOfOne(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "gatehouse.db")
	store := openNew(t, file)
	addAccount(t, store, "acme")
	moved := filepath.Join(folder, "crashed.db")
	copyOpen(t, file, moved, "", "-wal", "-shm")
	closeStore(t, store)
	if err := os.Rename(moved, filepath.Join(folder, "elsewhere.db")); err != nil {
		t.Fatal(err)
	}
	before := tree(t, folder)
	store, err := db.Open(t.Context(), "sqlite:"+moved)
	if err == nil {
		closeStore(t, store)
		t.Fatal("a new database is made")
	}
	if !strings.Contains(err.Error(), moved+"-wal") {
		t.Errorf("the message does not name the file: %v", err)
	}
	sameTree(t, "opening", before, tree(t, folder))
	if err := os.Rename(filepath.Join(folder, "elsewhere.db"), moved); err != nil {
		t.Fatal(err)
	}
	if got := handles(t, moved); !slices.Equal(got, []string{"acme"}) {
		t.Errorf("put back: %v", got)
	}
}
