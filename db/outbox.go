package db

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Mail waits in the outbox until it is sent. Its bodies are emptied then, and when it is given up with a link in them.
type Mail struct {
	bun.BaseModel `bun:"table:mails,alias:mail"`

	ID            typeid.ID `bun:",pk"`
	AccountID     typeid.ID `bun:",nullzero"`
	UserID        typeid.ID `bun:",nullzero"`
	Kind          string
	Recipient     string
	RecipientName string
	Language      Language
	Subject       string
	TextBody      string
	HTMLBody      string
	LinkExpiresAt Time // zero: the bodies hold no link
	CreatedAt     Time
	DueAt         Time // not before
	Attempts      int
	Attempting    bool // an attempt is under way, or the instance that began it has died
	Problem       MailProblem
	Answer        string // of the mail server to the last attempt, without links and secrets; empty: none
	SentAt        Time   // zero: not yet
	GivenUpAt     Time   // zero: still trying
}

// MailProblem is why the last attempt to send a mail has failed.
type MailProblem string

const (
	NoMailProblem       MailProblem = ""
	RecipientUnknown    MailProblem = "RECIPIENT_UNKNOWN"   // final: there is no such mailbox or domain
	AddressUnsupported  MailProblem = "ADDRESS_UNSUPPORTED" // final: the mail server cannot send to this form of address
	RecipientRefused    MailProblem = "RECIPIENT_REFUSED"
	SenderRefused       MailProblem = "SENDER_REFUSED"
	ContentRefused      MailProblem = "CONTENT_REFUSED"
	AuthenticationError MailProblem = "AUTHENTICATION"
	EncryptionError     MailProblem = "ENCRYPTION"
	ConnectionRefused   MailProblem = "CONNECTION_REFUSED" // the server takes no mail from this one at all
	ServerUnreachable   MailProblem = "UNREACHABLE"
	Deferred            MailProblem = "DEFERRED" // a temporary answer (4xx)
	OtherMailProblem    MailProblem = "OTHER"
)

// QueueMail adds a mail to the outbox.
func (tx *Tx) QueueMail(ctx context.Context, mail *Mail) error {
	_, err := tx.idb.NewInsert().Model(mail).Exec(ctx)
	return translate(err)
}

// latestDue bounds how far ahead an attempt is ever put: what is due later was written by a clock that has been put back.
const latestDue = 6 * time.Hour

// ClaimMail takes the mail that has been due for longest, counts an attempt and makes it due again only at until, so that
// no other instance sends it meanwhile, and so that it is not lost with an instance that dies. The attempt's end is told
// by one of the methods below, before until. [ErrNotFound] says that no mail is due.
func (tx *Tx) ClaimMail(ctx context.Context, now, until Time) (*Mail, error) {
	skipLocked := ""
	if tx.postgres() {
		skipLocked = "FOR NO KEY UPDATE SKIP LOCKED"
	}
	mail := new(Mail)
	err := tx.idb.NewRaw(`
		WITH due AS MATERIALIZED (
			SELECT id FROM mails WHERE sent_at = 0 AND given_up_at = 0 AND (due_at <= ?0 OR due_at > ?3 OR attempts = 0 AND created_at > ?0)
			ORDER BY due_at, id LIMIT 1 ?1
		)
		UPDATE mails SET due_at = ?2, attempts = attempts + 1, attempting = true WHERE id IN (SELECT id FROM due) RETURNING *`,
		now, bun.Safe(skipLocked), until, now.Add(latestDue)).Scan(ctx, mail)
	return mail, translate(err)
}

// MailSent ends a claimed mail: its bodies are gone then. Like its siblings it returns [ErrNotFound] when the claim was
// outlived and another instance has the mail, or when the mail was withdrawn.
func (tx *Tx) MailSent(ctx context.Context, claimed *Mail, at Time) error {
	return tx.endAttempt(ctx, claimed, "sent_at = ?, problem = '', answer = '', text_body = '', html_body = ''", at)
}

// MailFailed lets a claimed mail wait for its next attempt.
func (tx *Tx) MailFailed(ctx context.Context, claimed *Mail, due Time, problem MailProblem, answer string) error {
	return tx.endAttempt(ctx, claimed, "due_at = ?, problem = ?, answer = ?", due, problem, answer)
}

// MailGivenUp ends a claimed mail that cannot be sent. Bodies with a link are gone then; others are kept for [Tx.ReviveMail].
func (tx *Tx) MailGivenUp(ctx context.Context, claimed *Mail, at Time, problem MailProblem, answer string) error {
	set := "given_up_at = ?, problem = ?, answer = ?"
	if claimed.LinkExpiresAt > 0 {
		set += ", text_body = '', html_body = ''"
	}
	return tx.endAttempt(ctx, claimed, set, at, problem, answer)
}

// The count of attempts is the claim's own: a later claim has a higher one.
func (tx *Tx) endAttempt(ctx context.Context, claimed *Mail, set string, args ...any) error {
	return affected(tx.idb.NewUpdate().Model((*Mail)(nil)).Set(set+", attempting = false", args...).
		Where("id = ?", claimed.ID).Where("attempts = ?", claimed.Attempts).
		Where("sent_at = 0 AND given_up_at = 0").Exec(ctx))
}

// HastenMail makes a mail that waits due at an instant. [ErrNotFound]: it does not wait, or an attempt is under way.
func (tx *Tx) HastenMail(ctx context.Context, id typeid.ID, due Time) error {
	return affected(tx.idb.NewUpdate().Model((*Mail)(nil)).Set("due_at = ?", due).
		Where("id = ?", id).Where("sent_at = 0 AND given_up_at = 0").Where("attempting = false OR due_at <= ?", due).Exec(ctx))
}

// ReviveMail puts a mail that was given up into the outbox again, to a recipient who may be another one by now, with all its
// attempts before it. [ErrNotFound]: it was not given up, or its bodies are gone.
func (tx *Tx) ReviveMail(ctx context.Context, id typeid.ID, recipient, name string, due Time) error {
	return affected(tx.idb.NewUpdate().Model((*Mail)(nil)).
		Set("given_up_at = 0, attempts = 0, problem = '', answer = '', recipient = ?, recipient_name = ?, due_at = ?", recipient, name, due).
		Where("id = ?", id).Where("given_up_at > 0").Where("text_body <> ''").Exec(ctx))
}

// WithdrawMails deletes the mails of a kind about a user that were not sent: a newer one takes their place.
func (tx *Tx) WithdrawMails(ctx context.Context, userID typeid.ID, kind string) error {
	_, err := tx.idb.NewDelete().Model((*Mail)(nil)).Where("user_id = ?", userID).Where("kind = ?", kind).Where("sent_at = 0").Exec(ctx)
	return translate(err)
}

// withdrawLinks deletes the waiting mails about a user whose links have ended.
func (tx *Tx) withdrawLinks(ctx context.Context, userID typeid.ID) error {
	_, err := tx.idb.NewDelete().Model((*Mail)(nil)).Where("user_id = ?", userID).
		Where("sent_at = 0 AND given_up_at = 0 AND link_expires_at > 0").Exec(ctx)
	return translate(err)
}

// SweepMails forgets mails that were sent, or given up, up to an instant.
func (d *DB) SweepMails(ctx context.Context, until Time) error {
	return d.sweep(ctx, (*Mail)(nil), "sent_at > 0 AND sent_at <= ? OR given_up_at > 0 AND given_up_at <= ?", until, until)
}

// WaitingMails counts what is neither sent nor given up.
func (r Reader) WaitingMails(ctx context.Context) (int64, error) {
	n, err := r.idb.NewSelect().Model((*Mail)(nil)).Where("sent_at = 0 AND given_up_at = 0").Count(ctx)
	return n, translate(err)
}
