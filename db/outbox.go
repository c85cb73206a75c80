package db

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Mail waits in the outbox until it is sent. Its bodies are emptied then: they may hold a link.
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
	CreatedAt     Time
	DueAt         Time // not before
	Attempts      int
	LastError     string
	SentAt        Time // zero: not yet
	GivenUpAt     Time // zero: still trying
}

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
		UPDATE mails SET due_at = ?2, attempts = attempts + 1 WHERE id IN (SELECT id FROM due) RETURNING *`,
		now, bun.Safe(skipLocked), until, now.Add(latestDue)).Scan(ctx, mail)
	return mail, translate(err)
}

// MailSent ends a claimed mail: its bodies are gone then. Like its siblings it returns [ErrNotFound] when the claim was
// outlived and another instance has the mail.
func (tx *Tx) MailSent(ctx context.Context, claimed *Mail, at Time) error {
	return tx.endAttempt(ctx, claimed, "sent_at = ?, last_error = '', text_body = '', html_body = ''", at)
}

// MailFailed lets a claimed mail wait for its next attempt.
func (tx *Tx) MailFailed(ctx context.Context, claimed *Mail, due Time, reason string) error {
	return tx.endAttempt(ctx, claimed, "due_at = ?, last_error = ?", due, reason)
}

// MailGivenUp ends a claimed mail that cannot be sent: its bodies are gone then.
func (tx *Tx) MailGivenUp(ctx context.Context, claimed *Mail, at Time, reason string) error {
	return tx.endAttempt(ctx, claimed, "given_up_at = ?, last_error = ?, text_body = '', html_body = ''", at, reason)
}

// The count of attempts is the claim's own: a later claim has a higher one.
func (tx *Tx) endAttempt(ctx context.Context, claimed *Mail, set string, args ...any) error {
	return affected(tx.idb.NewUpdate().Model((*Mail)(nil)).Set(set, args...).
		Where("id = ?", claimed.ID).Where("attempts = ?", claimed.Attempts).
		Where("sent_at = 0 AND given_up_at = 0").Exec(ctx))
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
