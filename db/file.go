package db

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/gatehouse/gatehouse/internal/files"
)

// sqliteURI is the address of a file as SQLite reads it (https://www.sqlite.org/uri.html), whatever characters its path
// has. A relative path, or one of a Windows drive, would be read as something else than a path.
func sqliteURI(path, query string) (string, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	slashed := filepath.ToSlash(absolute)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed
	}
	return "file://" + (&url.URL{Path: slashed}).EscapedPath() + "?" + query, nil
}

// sqliteFiles are all files that SQLite takes for parts of the database of a path. Only the last three may be missing.
func sqliteFiles(path string) []string {
	return []string{path, path + "-wal", path + "-shm", path + "-journal"}
}

// existing returns those of the paths where something is, be it a link to nothing.
func existing(paths []string) ([]string, error) {
	var there []string
	for _, path := range paths {
		switch _, err := os.Lstat(path); {
		case err == nil:
			there = append(there, path)
		case !errors.Is(err, fs.ErrNotExist):
			return nil, err
		}
	}
	return there, nil
}

// InTheWayError names every file that would have been replaced, or would have been read as a part of a new database.
type InTheWayError struct{ Files []string }

func (e *InTheWayError) Error() string {
	return "nothing was written: in the way: " + strings.Join(e.Files, ", ")
}

func refuseExisting(paths ...string) error {
	there, err := existing(paths)
	if err != nil {
		return err
	}
	if len(there) > 0 {
		return &InTheWayError{there}
	}
	return nil
}

// writeWhole has a function fill the file unfinished, which exists by then, empty and of mode 0600, and then gives it the
// name target. The file appears whole or not at all, is on the disk by then, and replaces nothing.
func writeWhole(target, unfinished string, fill func(file string) error) (err error) {
	empty, err := os.OpenFile(unfinished, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreNotExist(os.Remove(unfinished)))
		}
	}()
	if err := errors.Join(fill(unfinished), empty.Sync(), empty.Close()); err != nil {
		return err
	}
	if err := refuseExisting(sqliteFiles(target)...); err != nil {
		return err
	}
	err = files.RenameNew(unfinished, target)
	if errors.Is(err, fs.ErrExist) {
		return &InTheWayError{[]string{target}}
	}
	if err != nil {
		return err
	}
	return files.SyncFolder(filepath.Dir(target))
}

func ignoreNotExist(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// requireNoRemains refuses a new database beside the parts of one whose file is gone: SQLite would delete them, and with them
// what was committed and is nowhere else.
func requireNoRemains(path string) error {
	parts := sqliteFiles(path)
	remains, err := existing(parts[1:])
	if err != nil || len(remains) == 0 {
		return err
	}
	if there, err := existing(parts[:1]); err != nil || len(there) > 0 {
		return err
	}
	return fmt.Errorf("%s is missing, but parts of it are there: %s: put it back beside them, or move them away", path, strings.Join(remains, ", "))
}

// requireFile says whether there is a file at a path.
func requireFile(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no file %s", path)
	}
	if err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s is no file", path)
	}
	return err
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
