package mail

import (
	"context"
	"errors"
	"log/slog"
	netmail "net/mail"
	"os"
	"path/filepath"

	"github.com/gatehouse/gatehouse/db"
)

// Files is the transport of an installation without a mail server: each mail becomes a file.
type Files struct {
	folder string
	from   *netmail.Address
	log    *slog.Logger
}

// NewFiles makes a transport that writes into a folder, which is created with mode 0700 with the first mail.
func NewFiles(folder string, from *netmail.Address, log *slog.Logger) *Files {
	return &Files{folder: folder, from: from, log: log}
}

// Send writes TIME-ID.eml with mode 0600. The file appears whole or not at all, under the same name at every attempt.
func (f *Files) Send(ctx context.Context, mail *db.Mail) error {
	msg, err := envelope(mail, f.from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.folder, 0o700); err != nil {
		return err
	}
	temporary, err := os.CreateTemp(f.folder, ".mail-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name())
	_, err = msg.WriteTo(temporary)
	if err = errors.Join(err, temporary.Sync(), temporary.Close()); err != nil {
		return err
	}
	file := filepath.Join(f.folder, mail.CreatedAt.Time().Format("20060102T150405.000Z")+"-"+string(mail.ID)+".eml")
	if err := os.Rename(temporary.Name(), file); err != nil {
		return err
	}
	f.log.InfoContext(ctx, "mail written to a file, because there is no mail server", "kind", mail.Kind, "file", file)
	return nil
}
