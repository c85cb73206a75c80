package mail

import (
	"context"
	"strings"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Composer writes mails into the outbox.
type Composer struct {
	// PublicURL is where the page is, such as "https://gatehouse.example".
	PublicURL string
	Now       func() time.Time
	// Wake is called when a transaction with a mail has been committed: [Sender.Wake] where the sender runs in this
	// process, nil where it does not.
	Wake func()
}

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

// Queue renders a message in the recipient's language and puts it into the outbox, in the transaction of what it tells.
func (c *Composer) Queue(ctx context.Context, tx *db.Tx, recipient Recipient, message Message) error {
	return nil
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
