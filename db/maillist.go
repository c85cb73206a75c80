package db

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// MailState says what has become of a mail.
type MailState string

const (
	MailWaiting   MailState = "WAITING"
	MailDelivered MailState = "SENT" // the mail server has it
	MailUndone    MailState = "FAILED"
)

// State is what has become of the mail.
func (m *Mail) State() MailState {
	switch {
	case m.SentAt > 0:
		return MailDelivered
	case m.GivenUpAt > 0:
		return MailUndone
	}
	return MailWaiting
}

// MailTopic says what a mail is about, as far as everybody who may see users may know it.
type MailTopic string

const (
	WelcomeMail       MailTopic = "WELCOME"
	PasswordResetMail MailTopic = "PASSWORD_RESET"
	EmailConfirmMail  MailTopic = "EMAIL_CONFIRM"
	NoticeMail        MailTopic = "NOTICE" // of something that happened, which is the trail's to tell
)

// Topic is what the mail is about.
func (m *Mail) Topic() MailTopic {
	switch m.Kind {
	case "welcome":
		return WelcomeMail
	case "passwordReset":
		return PasswordResetMail
	case "emailConfirm":
		return EmailConfirmMail
	}
	return NoticeMail
}

// ToOtherAddress says whether the mail was to another address than the user's own on purpose: to the new or the old one of a
// change.
func (m *Mail) ToOtherAddress() bool {
	return m.Kind == "emailConfirm" || m.Kind == "emailTaken" || m.Kind == "emailChanged"
}

// NodeID implements [Node].
func (m *Mail) NodeID() typeid.ID { return m.ID }

// Cursor is the mail's place in the list of mails, the newest first.
func (m *Mail) Cursor() Cursor { return Cursor{Key: newestMailFirst.key(m), ID: m.ID} }

var newestMailFirst = byTime("created_at", true, func(mail *Mail) Time { return mail.CreatedAt })

// MailFilter picks mails: all given conditions hold, within a list any one. Empty lists ask nothing.
type MailFilter struct {
	UserIDs []typeid.ID
	States  []MailState
}

func (r Reader) mails(accountID typeid.ID, filter MailFilter) *bun.SelectQuery {
	query := r.idb.NewSelect().Model((*Mail)(nil)).Where("mail.account_id = ?", accountID)
	if len(filter.UserIDs) > 0 {
		query = query.Where("mail.user_id IN (?)", bun.List(filter.UserIDs))
	}
	wanted := map[MailState]bool{}
	for _, state := range filter.States {
		wanted[state] = true
	}
	switch {
	case len(wanted) == 0 || len(wanted) == 3:
		return query
	case wanted[MailDelivered] && wanted[MailWaiting]:
		return query.Where("mail.given_up_at = 0")
	case wanted[MailDelivered] && wanted[MailUndone]:
		return query.Where("(mail.sent_at > 0 OR mail.given_up_at > 0)")
	case wanted[MailDelivered]:
		return query.Where("mail.sent_at > 0")
	}
	query = query.Where("mail.sent_at = 0") // which has a partial index
	switch {
	case !wanted[MailUndone]:
		query = query.Where("mail.given_up_at = 0")
	case !wanted[MailWaiting]:
		query = query.Where("mail.given_up_at > 0")
	}
	return query
}

// Mails returns a page of an account's mails, the newest first, without their bodies.
func (r Reader) Mails(ctx context.Context, accountID typeid.ID, filter MailFilter, page Page) (List[Mail], error) {
	return scanPage(ctx, r, r.mails(accountID, filter), "mail", newestMailFirst, page)
}

// CountMails counts what [Reader.Mails] lists: exactly, or up to [CountLimit], past which it returns nil.
func (r Reader) CountMails(ctx context.Context, accountID typeid.ID, filter MailFilter, exact bool) (*int, error) {
	return countRows(ctx, r, r.mails(accountID, filter), exact)
}

// MailByID finds a mail of an account, without its bodies.
func (r Reader) MailByID(ctx context.Context, accountID, id typeid.ID) (*Mail, error) {
	found, err := r.MailsByID(ctx, accountID, []typeid.ID{id})
	if err == nil && found[id] == nil {
		err = ErrNotFound
	}
	return found[id], err
}

// MailsByID finds those of the mails that an account has, without their bodies.
func (r Reader) MailsByID(ctx context.Context, accountID typeid.ID, ids []typeid.ID) (map[typeid.ID]*Mail, error) {
	found := make(map[typeid.ID]*Mail, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	var mails []*Mail
	err := r.idb.NewSelect().Model(&mails).ExcludeColumn("text_body", "html_body").
		Where("mail.account_id = ?", accountID).Where("mail.id IN (?)", bun.List(ids)).Scan(ctx)
	for _, mail := range mails {
		found[mail.ID] = mail
	}
	return found, translate(err)
}

// UndeliveredMails returns, of each of the users whose present address the last attempted mail did not reach, that mail.
func (r Reader) UndeliveredMails(ctx context.Context, accountID typeid.ID, userIDs []typeid.ID) (map[typeid.ID]*Mail, error) {
	found := make(map[typeid.ID]*Mail, len(userIDs))
	if len(userIDs) == 0 {
		return found, nil
	}
	var mails []*Mail
	err := r.idb.NewSelect().Model(&mails).ExcludeColumn("text_body", "html_body").
		Join("JOIN users AS u ON mail.id = (SELECT last.id FROM mails AS last WHERE last.user_id = u.id AND last.recipient = u.email AND "+
			"(last.sent_at > 0 OR last.problem <> '') ORDER BY last.created_at DESC, last.id DESC LIMIT 1)").
		Where("u.account_id = ?", accountID).Where("u.id IN (?)", bun.List(userIDs)).Where("mail.sent_at = 0").Scan(ctx)
	for _, mail := range mails {
		found[mail.UserID] = mail
	}
	return found, translate(err)
}
