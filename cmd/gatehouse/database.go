package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/gatehouse/gatehouse/db"
)

// storage is where the data are: the flags that go with every subcommand.
type storage struct {
	Data     string `help:"Folder of the database, the key file and mails." default:"./data" type:"path" placeholder:"FOLDER"`
	Database string `help:"sqlite:PATH or postgres://… By default gatehouse.db in the data folder." placeholder:"ADDRESS"`
	Config   string `help:"Read flags of serve from a file: a line for each, as name = value." placeholder:"FILE"`
}

// AfterApply is called by kong before a subcommand runs.
func (s storage) AfterApply() error {
	if err := db.CheckAddress(s.address()); err != nil {
		return usagef("--database: %v", err)
	}
	return nil
}

func (s storage) address() string {
	if s.Database != "" {
		return s.Database
	}
	return "sqlite:" + filepath.Join(s.Data, "gatehouse.db")
}

// open opens a database that is there, and refuses one whose schema is not the newest.
func (s storage) open(ctx context.Context) (*db.DB, error) {
	if err := db.RequireExisting(s.address()); err != nil {
		return nil, err
	}
	store, err := db.Open(ctx, s.address())
	if err != nil {
		return nil, err
	}
	pending, err := store.PendingMigrations(ctx)
	if _, newer := errors.AsType[*db.NewerSchemaError](err); newer {
		return nil, errors.Join(err, store.Close())
	}
	if err != nil || len(pending) > 0 {
		return nil, errors.Join(errors.New("the database has not the newest schema: run `gatehouse migrate` first"), store.Close())
	}
	return store, nil
}

// openMigrated opens the database and brings it up to the newest schema.
func (s storage) openMigrated(ctx context.Context) (*db.DB, error) {
	store, err := db.Open(ctx, s.address())
	if err != nil {
		return nil, err
	}
	if _, err := store.Migrate(ctx); err != nil {
		if _, newer := errors.AsType[*db.NewerSchemaError](err); !newer {
			err = fmt.Errorf("migrate: %w", err)
		}
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

type migrateCommand struct {
	storage
}

func (c *migrateCommand) Run(ctx context.Context, std streams) (err error) {
	store, err := db.Open(ctx, c.address())
	if err != nil {
		return err
	}
	defer closeInto(&err, store)
	ran, err := store.Migrate(ctx)
	if err != nil {
		return err
	}
	if len(ran) == 0 {
		fmt.Fprintln(std.out, "The schema is the newest.")
		return nil
	}
	fmt.Fprintln(std.out, "Migrated:", strings.Join(ran, ", "))
	return nil
}

type backupCommand struct {
	storage
	File string `arg:"" help:"A file that does not exist yet." type:"path"`
}

func (c *backupCommand) Run(ctx context.Context, std streams) (err error) {
	store, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer closeInto(&err, store)
	if err := store.Backup(ctx, c.File); err != nil {
		return err
	}
	fmt.Fprintf(std.out, "Backup written to %s. Keep the key file with it, in another place: without it second factors cannot be read.\n", c.File)
	return nil
}

type restoreCommand struct {
	storage
	File string `arg:"" help:"A backup." type:"existingfile"`
}

func (c *restoreCommand) Run(ctx context.Context, std streams) error {
	if err := db.Restore(ctx, c.File, c.address()); err != nil {
		return err
	}
	fmt.Fprintf(std.out, "Restored to %s.\n", strings.TrimPrefix(c.address(), "sqlite:"))
	return nil
}

// closeInto closes and joins the error to the one returned.
func closeInto(err *error, c io.Closer) { *err = errors.Join(*err, c.Close()) }
