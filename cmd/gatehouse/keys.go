package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/secret"
)

// keys reads the key file and compares it with the database. A new file is made only where nothing in the database needs an
// old one: beside a database with sealed secrets it would open none of them.
func (s *settings) keys(ctx context.Context, store *db.DB, log *slog.Logger) (keys *secret.Keys, err error) {
	file := s.secretFile()
	err = store.Touch(ctx, func(tx *db.Tx) error {
		if err := tx.LockKeys(ctx); err != nil {
			return err
		}
		needed, err := tx.NeedsKeyFile(ctx)
		if err != nil {
			return err
		}
		if !needed || s.keysLost {
			keys, err = secret.MakeKeys(file)
		} else if keys, err = secret.LoadKeys(file); errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("the key file %s is missing, and the database has secrets of users that only its keys open: put the file "+
				"back from its backup, or copy that of another server of this installation (--secret-file says where it is); where it is "+
				"lost for good, `gatehouse secret replace-lost` removes what it sealed", file)
		}
		if err != nil || s.keysLost {
			return err
		}
		return tx.AdmitKeys(ctx, keys, db.At(time.Now()))
	})
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(file); err == nil && info.Mode().Perm()&0o077 != 0 {
		log.Warn("others can read the key file: `chmod 600` it", "file", file, "mode", info.Mode().Perm().String())
	}
	return keys, nil
}
