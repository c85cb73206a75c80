package secret

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/gatehouse/gatehouse/internal/files"
)

// LoadKeys reads the key file: a line of base64 for each key, the newest first. Where there is no file the error is
// [fs.ErrNotExist]. Without the file what is sealed is lost: it belongs into the backup, apart from the database.
func LoadKeys(file string) (*Keys, error) {
	k := &Keys{file: file}
	if err := k.reread(); err != nil {
		return nil, err
	}
	return k, nil
}

// MakeKeys is LoadKeys, but where there is no file it is made, with one key and mode 0600. It is for a database in which
// nothing is sealed yet.
func MakeKeys(file string) (*Keys, error) {
	keys, err := LoadKeys(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return keys, err
	}
	if err := makeKeyFile(file); err != nil {
		return nil, fmt.Errorf("make the key file: %w", err)
	}
	return LoadKeys(file)
}

// Reload takes the keys from the file as it is now. It is for who has been told that the newest key seals no longer: a file
// may have been replaced by one of the same size within the resolution of its time.
func (k *Keys) Reload() error {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.file == "" {
		return nil
	}
	return k.reread()
}

// current is the ring of the file as it is now. A file that cannot be read, or not understood, is being replaced or was
// spoilt: the keys from before serve on, and the file is looked at again the next time.
func (k *Keys) current() ring {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.file == "" {
		return k.ring
	}
	if info, err := os.Stat(k.file); err == nil && !files.Unchanged(info, k.read) {
		_ = k.reread() // the ring stays where this fails
	}
	return k.ring
}

// reread takes the ring from the file, or leaves it as it is.
func (k *Keys) reread() error {
	info, err := os.Stat(k.file) // before the content: what is written after it is seen the next time
	if err != nil {
		return fmt.Errorf("read the key file: %w", err)
	}
	text, err := os.ReadFile(k.file)
	if err != nil {
		return fmt.Errorf("read the key file: %w", err)
	}
	ring, err := parseKeys(text)
	if err != nil {
		return fmt.Errorf("key file %s: %w", k.file, err)
	}
	k.ring, k.read = ring, info
	return nil
}

func parseKeys(text []byte) (ring, error) {
	var masters [][]byte
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // as some editors write it
	for line := range bytes.Lines(text) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		master, err := base64.StdEncoding.DecodeString(string(line))
		if err != nil || len(master) != masterSize {
			return nil, fmt.Errorf("want lines of base64 with %d bytes each", masterSize)
		}
		masters = append(masters, master)
	}
	return newRing(masters)
}

// NewKey makes a key that is not in the file yet.
func (k *Keys) NewKey() (*Key, error) {
	for {
		key, err := newKey(newMaster())
		if err != nil {
			return nil, err
		}
		if k.current().labelled(key.label[:]) == nil { // labels are short
			return key, nil
		}
	}
}

// Add puts a new key on top of the file, however often it is called for the same: the key may be in the file already, below one
// that was added since. Two programs must not change the file at once: one would lose the other's key.
func (k *Keys) Add(key *Key) error {
	return k.rewrite(func(old ring) (ring, error) {
		others := slices.DeleteFunc(slices.Clone(old), func(other *Key) bool { return other.label == key.label })
		return append(ring{key}, others...), nil
	})
}

// Remove takes keys out of the file by their names, but for the newest. What is still under one of them is lost. As for
// [Keys.Add], nobody else may change the file meanwhile.
func (k *Keys) Remove(names ...string) error {
	return k.rewrite(func(old ring) (ring, error) {
		kept := old[:1:1]
		for _, key := range old[1:] {
			if !slices.Contains(names, key.Name()) {
				kept = append(kept, key)
			}
		}
		return kept, nil
	})
}

// rewrite replaces the file by what becomes of its present content.
func (k *Keys) rewrite(change func(ring) (ring, error)) error {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if err := k.reread(); err != nil {
		return err
	}
	changed, err := change(k.ring)
	if err != nil {
		return err
	}
	file, err := filepath.EvalSymlinks(k.file) // a link stays one
	if err != nil {
		return err
	}
	if err := files.WriteWhole(file, changed.content(), os.Rename); err != nil {
		return fmt.Errorf("replace the key file: %w", err)
	}
	return k.reread()
}

// makeKeyFile never replaces a file that another instance has just made.
func makeKeyFile(file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	key, err := newKey(newMaster())
	if err != nil {
		return err
	}
	err = files.WriteWhole(file, ring{key}.content(), files.RenameNew)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

// content is the file of a ring.
func (r ring) content() []byte {
	var text []byte
	for _, key := range r {
		text = append(base64.StdEncoding.AppendEncode(text, key.master), '\n')
	}
	return text
}

func newMaster() []byte {
	master := make([]byte, masterSize)
	rand.Read(master) // never fails
	return master
}
