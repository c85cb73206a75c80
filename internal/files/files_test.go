package files

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
)

// fails is how file systems without hard links answer: FAT and some of containers, 9p, FUSE, and a link that leads to another mount.
func fails(refusal syscall.Errno) func(from, to string) error {
	return func(from, to string) error { return &os.LinkError{Op: "link", Old: from, New: to, Err: refusal} }
}

func eachWay(t *testing.T, inOneStep bool, test func(t *testing.T, put func(from, to string) error)) {
	ways := map[string][]func(from, to string) error{"with hard links": {link}}
	for _, refusal := range []syscall.Errno{syscall.EPERM, syscall.EOPNOTSUPP, syscall.ENOSYS, syscall.EXDEV, syscall.EMLINK} {
		ways["without hard links: "+refusal.Error()] = []func(from, to string) error{fails(refusal), renameWithoutReplacing}
	}
	if !inOneStep {
		ways["with nothing of the kind"] = []func(from, to string) error{fails(syscall.EPERM), fails(syscall.EINVAL)}
	}
	for name, ways := range ways {
		t.Run(name, func(t *testing.T) {
			test(t, func(from, to string) error { return renameNew(from, to, ways...) })
		})
	}
}

func TestRenameNewReplacesNothing(t *testing.T) {
	eachWay(t, false, func(t *testing.T, put func(from, to string) error) {
		folder := t.TempDir()
		file := filepath.Join(folder, "file")
		if err := WriteWhole(file, []byte("first"), put); err != nil {
			t.Fatal(err)
		}
		if err := WriteWhole(file, []byte("second"), put); !errors.Is(err, fs.ErrExist) {
			t.Errorf("in the way: %v", err)
		}
		if content, err := os.ReadFile(file); string(content) != "first" {
			t.Errorf("%q, %v", content, err)
		}
		nowhere := filepath.Join(folder, "link")
		if err := os.Symlink(filepath.Join(folder, "nothing"), nowhere); err != nil {
			t.Fatal(err)
		}
		if err := WriteWhole(nowhere, []byte("third"), put); !errors.Is(err, fs.ErrExist) {
			t.Errorf("a link to nothing in the way: %v", err)
		}
		if entries, err := os.ReadDir(folder); len(entries) != 2 {
			t.Errorf("left behind: %v, %v", entries, err)
		}
	})
}

// Of programs that make one file at once, one makes it, whole, and the others see that it is there.
func TestRenameNewAtOnce(t *testing.T) {
	eachWay(t, true, func(t *testing.T, put func(from, to string) error) {
		file := filepath.Join(t.TempDir(), "file")
		made := make(chan byte, 20)
		var group sync.WaitGroup
		for i := range byte(20) {
			group.Go(func() {
				switch err := WriteWhole(file, bytes.Repeat([]byte{i}, 100), put); {
				case err == nil:
					made <- i
				case !errors.Is(err, fs.ErrExist):
					t.Error(err)
				}
			})
		}
		group.Wait()
		content, err := os.ReadFile(file)
		if len(made) != 1 || !bytes.Equal(content, bytes.Repeat([]byte{<-made}, 100)) {
			t.Errorf("%d made it: %v, %v", len(made)+1, content, err)
		}
	})
}

func TestUnchanged(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	look := func() fs.FileInfo {
		info, _ := os.Stat(file)
		return info
	}
	missing := look()
	if err := WriteWhole(file, []byte("a"), os.Rename); err != nil {
		t.Fatal(err)
	}
	first := look()
	if err := WriteWhole(file, []byte("b"), os.Rename); err != nil {
		t.Fatal(err)
	}
	if second := look(); !Unchanged(missing, nil) || Unchanged(missing, first) || Unchanged(first, second) || !Unchanged(second, look()) {
		t.Error("changes are not seen")
	}
}
