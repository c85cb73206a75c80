package account

import (
	"context"
	"net/netip"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Lifetimes of links (product rule 5).
const (
	invitationLifetime   = 7 * 24 * time.Hour
	confirmEmailLifetime = time.Hour
)

// newLink makes a link of a user. Older ones end, whatever they were for (product rule 5).
func (a *attempt) newLink(ctx context.Context, tx *db.Tx, user *db.User, purpose db.LinkPurpose, email string, lifetime time.Duration) (secret.Token, db.Time, error) {
	if err := tx.DeleteLinksOf(ctx, user.ID); err != nil {
		return "", 0, err
	}
	token, expires := secret.NewToken(), a.now.Add(lifetime)
	return token, expires, tx.CreateLink(ctx, &db.Link{
		ID: typeid.New("link"), TokenHash: token.Hash(), Purpose: purpose, AccountID: user.AccountID, UserID: user.ID,
		Email: email, CreatedAt: a.now, ExpiresAt: expires,
	})
}

// welcome queues the welcome mail of a user, with a link to set a password where a person has none. It returns the
// link's token, empty where there is no link.
func (a *attempt) welcome(ctx context.Context, tx *db.Tx, user *db.User) (secret.Token, error) {
	message := mail.Welcome{
		API: user.Kind == db.API, CreatedBy: a.by(user), MFARequired: user.MFAForced || a.account.Policy.MFAForced,
	}
	if user.Status == db.Invited {
		token, expires, err := a.newLink(ctx, tx, user, db.InvitationLink, user.Email, invitationLifetime)
		if err != nil {
			return "", err
		}
		message.Token, message.ExpiresAt = token, expires.Time()
	}
	return message.Token, a.mailTo(ctx, tx, user, message)
}

// endAccess ends every session, link and challenge of a user.
func endAccess(ctx context.Context, tx *db.Tx, userID typeid.ID) error {
	if err := tx.DeleteChallengesOf(ctx, userID); err != nil {
		return err
	}
	if err := tx.DeleteSessionsOf(ctx, userID, ""); err != nil {
		return err
	}
	return tx.DeleteLinksOf(ctx, userID)
}

// writePassword stores the user's new password, ends what the old one had opened, and tells the user.
func (a *attempt) writePassword(ctx context.Context, tx *db.Tx, user *db.User) error {
	if err := tx.SetPasswordHash(ctx, user.ID, user.PasswordHash); err != nil {
		return err
	}
	if err := endAccess(ctx, tx, user.ID); err != nil {
		return err
	}
	return a.mailTo(ctx, tx, user, mail.PasswordChanged{By: a.by(user), IP: a.ip(user)})
}

// tellOfAccess tells a user by mail which parts of their access have changed.
func (a *attempt) tellOfAccess(ctx context.Context, tx *db.Tx, before, after userState) error {
	told := mail.AccessChanged{
		Roles:        !sameItems(before.roles, after.roles, roleID),
		AccessPoints: !sameItems(before.points, after.points, accessPointID),
		Whitelists: !sameItems(before.whitelists, after.whitelists, whitelistID) ||
			before.user.WhitelistsReportOnly != after.user.WhitelistsReportOnly,
		ForcedMFA: before.user.MFAForced != after.user.MFAForced,
	}
	if told == (mail.AccessChanged{}) {
		return nil
	}
	told.By, told.IP = a.by(after.user), a.ip(after.user)
	return a.mailTo(ctx, tx, before.user, told)
}

// mailTo queues a mail. There is no composer where nobody has a mailbox: in the past of a demonstration.
func (a *attempt) mailTo(ctx context.Context, tx *db.Tx, user *db.User, message mail.Message) error {
	if a.service.mail == nil {
		return nil
	}
	return a.service.mail.Queue(ctx, tx, mail.To(a.account, user), message)
}

// by is who does something to a user, as mails say it: empty for the user itself.
func (a *attempt) by(user *db.User) string {
	if a.isSelf(user) {
		return ""
	}
	return a.actor().ActorName
}

// ip is from where users do something to themselves; mails say nothing of where others are.
func (a *attempt) ip(user *db.User) netip.Addr {
	if !a.isSelf(user) {
		return netip.Addr{}
	}
	return a.viewer.IP
}
