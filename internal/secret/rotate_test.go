package secret

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

func load(t *testing.T, file string) *Keys {
	t.Helper()
	keys, err := MakeKeys(file)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func add(keys *Keys) error {
	key, err := keys.NewKey()
	if err != nil {
		return err
	}
	return keys.Add(key)
}

// What was sealed and digested under a key serves on after a rotation, and what comes after it is under the new one. A
// program that runs meanwhile follows its file.
func TestRotation(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret.key")
	running, rotating := load(t, file), load(t, file)
	sealed, mac := running.Seal([]byte("seed"), "place"), running.MAC("code")
	if err := add(rotating); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode of the key file: %v, %v", info.Mode(), err)
	}
	after := rotating.Seal([]byte("new"), "place")
	for what, keys := range map[string]*Keys{"rotating": rotating, "running": running, "started later": load(t, file)} {
		for plain, sealed := range map[string][]byte{"seed": sealed, "new": after} {
			if opened, err := keys.Open(sealed, "place"); err != nil || string(opened) != plain {
				t.Errorf("%s opens %q as %q, %v", what, plain, opened, err)
			}
		}
		if _, err := keys.Open(sealed, "elsewhere"); !errors.Is(err, ErrSealed) {
			t.Errorf("%s opens it elsewhere", what)
		}
		if !slices.ContainsFunc(keys.MACs("code"), func(form []byte) bool { return bytes.Equal(form, mac) }) {
			t.Errorf("%s does not know the digest from before", what)
		}
		if len(keys.Names()) != 2 || !bytes.HasPrefix(after, keys.Label()) || !bytes.HasPrefix(keys.MAC("code"), keys.Label()) || bytes.HasPrefix(sealed, keys.Label()) {
			t.Errorf("%s: the newest of %v is not what seals", what, keys.Names())
		}
	}

	fresh, err := running.Reseal(sealed, "place")
	if err != nil || bytes.Equal(fresh, sealed) {
		t.Fatalf("not sealed anew: %v", err)
	}
	if again, err := running.Reseal(fresh, "place"); err != nil || !bytes.Equal(again, fresh) {
		t.Errorf("sealed anew without need: %v", err)
	}
	if err := rotating.Remove(rotating.Names()[1]); err != nil {
		t.Fatal(err)
	}
	if opened, err := running.Open(fresh, "place"); err != nil || string(opened) != "seed" {
		t.Errorf("after the old key is gone: %q, %v", opened, err)
	}
	if _, err := running.Open(sealed, "place"); !errors.Is(err, ErrSealed) {
		t.Error("the old key is not gone")
	}
}

// unlabelled is what was sealed and digested before keys had labels, written down from the code of then.
func unlabelled(t *testing.T, master []byte, place ...string) []byte {
	t.Helper()
	derived, err := hkdf.Key(sha256.New, master, nil, "gatehouse seal v1", 32)
	if err != nil {
		t.Fatal(err)
	}
	block, err := aes.NewCipher(derived)
	if err != nil {
		t.Fatal(err)
	}
	seal, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		t.Fatal(err)
	}
	return seal.Seal(nil, nil, []byte("seed"), join(place))
}

// What was sealed before keys had labels opens, also when its first bytes are the label of a key by chance, and is sealed
// anew with a label.
func TestWhatHasNoLabelOpens(t *testing.T) {
	oldest, newest := bytes.Repeat([]byte{1}, masterSize), bytes.Repeat([]byte{2}, masterSize)
	for name, masters := range map[string][][]byte{"alone": {oldest}, "after a rotation": {newest, oldest}} {
		keys, err := NewKeys(masters...)
		if err != nil {
			t.Fatal(err)
		}
		sealed := unlabelled(t, oldest, "place")
		for _, key := range keys.ring {
			label := key.label
			copy(key.label[:], sealed)
			opened, err := keys.Open(sealed, "place")
			if err != nil || string(opened) != "seed" {
				t.Errorf("%s, under its label by chance: %q, %v", name, opened, err)
			}
			key.label = label
		}
		fresh, err := keys.Reseal(sealed, "place")
		if err != nil || !bytes.HasPrefix(fresh, keys.Label()) {
			t.Errorf("%s: sealed anew as %x, %v", name, fresh, err)
		}
		digest := keys.ring[len(keys.ring)-1].digest([]string{"code"})
		if !slices.ContainsFunc(keys.MACs("code"), func(form []byte) bool { return bytes.Equal(form, digest) }) {
			t.Errorf("%s: a digest without a label is not known", name)
		}
	}
}

// A file that is spoilt while a program runs does not take its keys away; one that is mended is read again.
func TestSpoiltKeyFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret.key")
	keys := load(t, file)
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sealed := keys.Seal([]byte("seed"))
	another := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{3}, masterSize))
	for name, content := range map[string]string{
		"empty": "", "cut": string(good[:20]), "no base64": "a key\n", "the same key twice": string(good) + string(good),
		"a second line cut": string(good) + another[:20],
	} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadKeys(file); err == nil || strings.Contains(err.Error(), strings.TrimSpace(string(good))) {
			t.Errorf("%s: a new program takes it, or says the key: %v", name, err)
		}
		if opened, err := keys.Open(sealed); err != nil || string(opened) != "seed" {
			t.Errorf("%s: %q, %v", name, opened, err)
		}
	}
	if err := os.WriteFile(file, []byte(another+"\n\n"+string(good)), 0o600); err != nil {
		t.Fatal(err)
	}
	if names := keys.Names(); len(names) != 2 {
		t.Errorf("after it was mended: %v", names)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if _, err := keys.Open(sealed); err != nil {
		t.Errorf("the file is gone: %v", err)
	}
}

// A key file that is a symbolic link, as where it is mounted, stays one.
func TestKeyFileBehindALink(t *testing.T) {
	folder := t.TempDir()
	file, link := filepath.Join(folder, "mounted"), filepath.Join(folder, "secret.key")
	load(t, file)
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	if err := add(load(t, link)); err != nil {
		t.Fatal(err)
	}
	if names := load(t, file).Names(); len(names) != 2 {
		t.Errorf("keys behind the link: %v", names)
	}
}

// A rotation whose transaction is run again adds its key again, and another one may have been added in between.
func TestFaultAKeyIsAddedOnce(t *testing.T) {
	keys := load(t, filepath.Join(t.TempDir(), "secret.key"))
	key, err := keys.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []func() error{func() error { return keys.Add(key) }, func() error { return add(keys) }, func() error { return keys.Add(key) }} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	if names := load(t, keys.File()).Names(); len(names) != 3 || names[0] != key.Name() {
		t.Errorf("%v, with %s on top", names, key.Name())
	}
}

// Programs that start for the first time at once agree on one key, and leave nothing but the file.
func TestKeyFileMadeAtOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keys", "secret.key")
	names := make(chan string, 20)
	var group sync.WaitGroup
	for range cap(names) {
		group.Go(func() {
			keys, err := MakeKeys(file)
			if err != nil {
				t.Error(err)
				return
			}
			names <- keys.Newest().Name()
		})
	}
	group.Wait()
	close(names)
	first := <-names
	for name := range names {
		if name != first {
			t.Errorf("keys %s and %s", first, name)
		}
	}
	if entries, err := os.ReadDir(filepath.Dir(file)); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}
