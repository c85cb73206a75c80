package mail

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Composer writes mails into the outbox.
type Composer struct {
	// PublicURL is where the page is, such as "https://gatehouse.example", or [URLOfSender].
	PublicURL string
	Now       func() time.Time
	// Wake is called when a transaction with a mail has been committed: [Sender.Wake] where the sender runs in this
	// process, nil where it does not.
	Wake func()
}

// URLOfSender begins the links of mails that are composed by a program that does not know where the page is. The [Sender] puts its
// own address there. No server can have this one (RFC 2606).
const URLOfSender = "https://public-url.gatehouse.invalid"

// Recipient is whom a mail goes to and whom it is about.
type Recipient struct {
	AccountID, UserID typeid.ID
	AccountName       string
	Handle, LoginName string
	Name, Email       string
	Language          db.Language
}

// To makes the recipient of a user. Set Email where a mail goes to another address than the user's present one.
func To(account *db.Account, user *db.User) Recipient {
	return Recipient{
		AccountID: account.ID, UserID: user.ID,
		AccountName: account.Name, Handle: account.Handle, LoginName: user.LoginName,
		Name: user.Name, Email: user.Email, Language: user.Language,
	}
}

func (r *Recipient) qualified() string { return r.Handle + "/" + r.LoginName }

// Queue renders a message in the recipient's language and puts it into the outbox, in the transaction of what it tells.
func (c *Composer) Queue(ctx context.Context, tx *db.Tx, recipient Recipient, message Message) error {
	mail, err := c.Compose(recipient, message)
	if err != nil {
		return err
	}
	if err := tx.QueueMail(ctx, mail); err != nil {
		return err
	}
	c.WakeAfter(tx)
	return nil
}

// Compose renders a message in the recipient's language, for a transaction that queues it and calls [Composer.WakeAfter].
func (c *Composer) Compose(recipient Recipient, message Message) (*db.Mail, error) {
	d := newDraft(c, recipient)
	message.write(d)
	text, html, err := d.render()
	if err != nil {
		return nil, fmt.Errorf("render mail %s: %w", message.kind(), err)
	}
	now := db.At(d.now)
	return &db.Mail{
		ID: typeid.New("mail"), AccountID: recipient.AccountID, UserID: recipient.UserID, Kind: message.kind(),
		Recipient: recipient.Email, RecipientName: oneLine(d.recipient.Name), Language: recipient.Language,
		Subject: d.Title, TextBody: text, HTMLBody: html, LinkExpiresAt: d.linkExpiresAt, CreatedAt: now, DueAt: now,
	}, nil
}

// WakeAfter has what is queued sent once the transaction is committed.
func (c *Composer) WakeAfter(tx *db.Tx) {
	if c.Wake != nil {
		tx.AfterCommit(c.Wake)
	}
}

// SetUpLink is where the first account is created.
func (c *Composer) SetUpLink(token secret.Token) string { return c.link("set-up", token) }

// SetPasswordLink is where an invited user, or one who asked for a reset, sets a password.
func (c *Composer) SetPasswordLink(token secret.Token) string { return c.link("set-password", token) }

// ConfirmEmailLink is where a user confirms a new address.
func (c *Composer) ConfirmEmailLink(token secret.Token) string { return c.link("confirm-email", token) }

// A token stands in the fragment, which no browser sends to a server, so that it stands in no access log.
func (c *Composer) link(page string, token secret.Token) string {
	return strings.TrimSuffix(c.PublicURL, "/") + "/" + page + "#token=" + string(token)
}

func (c *Composer) signIn() string { return strings.TrimSuffix(c.PublicURL, "/") + "/" }
