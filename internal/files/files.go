// Package files is what the program needs of file systems beyond package os: a name that replaces nothing, and writing that
// survives a crash.
package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// RenameNew gives a file another name in the same file system. Where there is something of that name already the error is
// [fs.ErrExist], and it stays as it is.
//
// This is one step where the file system has hard links, or an operating system that renames without replacing. Elsewhere two
// programs that rename to one name at the same time must be kept apart by the caller, or the later one replaces.
func RenameNew(from, to string) error { return renameNew(from, to, link, renameWithoutReplacing) }

// renameNew tries the ways that are one step. Many file systems of containers and sticks have no hard links, each with an error of
// its own, and some no renaming that replaces nothing.
func renameNew(from, to string, ways ...func(from, to string) error) error {
	for _, way := range ways {
		if err := way(from, to); err == nil || errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	switch _, err := os.Lstat(to); {
	case err == nil:
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: fs.ErrExist}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return os.Rename(from, to)
}

func link(from, to string) error {
	if err := os.Link(from, to); err != nil {
		return err
	}
	return os.Remove(from)
}

// SyncFolder makes the names in a folder last. Windows and some file systems have no such thing.
func SyncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	err = folder.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, folder.Close())
}

// WriteWhole makes a file of mode 0600 that appears whole or not at all, by put: [RenameNew] or [os.Rename]. When it returns
// without an error the file is on the disk.
func WriteWhole(file string, content []byte, put func(from, to string) error) error {
	folder := filepath.Dir(file)
	temporary, err := os.CreateTemp(folder, ".new-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name())
	_, err = temporary.Write(content)
	if err := errors.Join(err, temporary.Sync(), temporary.Close()); err != nil {
		return err
	}
	if err := put(temporary.Name(), file); err != nil {
		return err
	}
	return SyncFolder(folder)
}

// Unchanged says whether two looks at a path, each before its content was read, saw the same file in the same state. nil is a file
// that could not be looked at.
func Unchanged(a, b fs.FileInfo) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return os.SameFile(a, b) && a.ModTime().Equal(b.ModTime()) && a.Size() == b.Size()
}
