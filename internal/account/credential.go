package account

import (
	"context"
	"net/netip"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/link"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/throttle"
)

// hash hashes a password on behalf of the actor, whose requests wait for memory by turns with those of others.
func (a *attempt) hash(ctx context.Context, candidate string) (string, error) {
	group := "system"
	if a.viewer != nil {
		group = string(a.viewer.User.ID)
	}
	return a.service.passwords.Hash(ctx, password.Known(group), candidate)
}

// welcome queues the welcome mail of a user, with a link to set a password where a person has none. It returns the mail and
// the link's token, empty where there is no link.
func (a *attempt) welcome(ctx context.Context, tx *db.Tx, user *db.User) (*db.Mail, secret.Token, error) {
	message := a.welcomeOf(user)
	if user.Status == db.Invited {
		issued, err := link.Password(ctx, tx, user, a.now.Time())
		if err != nil {
			return nil, "", err
		}
		message.Token, message.ExpiresAt = issued.Token, issued.ExpiresAt
	}
	if a.service.mail == nil {
		return nil, message.Token, nil
	}
	queued, err := a.service.mail.Compose(mail.To(a.account, user), message)
	if err != nil {
		return nil, "", err
	}
	a.service.mail.WakeAfter(tx)
	return queued, message.Token, tx.QueueMail(ctx, queued)
}

func (a *attempt) welcomeOf(user *db.User) mail.Welcome {
	return mail.Welcome{
		API: user.Kind == db.API, CreatedBy: a.by(user), MFARequired: user.MFAForced || a.account.Policy.MFAForced,
	}
}

// Names of the bounds of mails that administrators cause.
const (
	welcomeMail = "welcome"
	noticeMail  = "notice"
)

// boundWelcome refuses the welcome of an API user whose address has had too many: any number of API users may have the same
// one, of people who have asked for nothing. [access.RateLimitedError].
func (a *attempt) boundWelcome(ctx context.Context, tx *db.Tx, user *db.User) error {
	if a.viewer == nil || user.Kind != db.API {
		return nil
	}
	return a.take(ctx, tx, throttle.MailTo(welcomeMail, user.Email, throttle.NoticesToRecipient))
}

func (a *attempt) take(ctx context.Context, tx *db.Tx, bounds ...throttle.Bound) error {
	for _, bound := range bounds {
		wait, err := throttle.Take(ctx, tx, a.now, bound)
		if err != nil {
			return err
		}
		if wait > 0 {
			return bound.UsedUp(wait)
		}
	}
	return nil
}

// writePassword stores the user's new password, ends what the old one had opened, and tells the user.
func (a *attempt) writePassword(ctx context.Context, tx *db.Tx, user *db.User) error {
	if err := tx.SetPassword(ctx, user, ""); err != nil {
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

// mailTo tells a user what has been done to it. What others do to the same user again and again is told only so often: the
// address is one that they can set, and nobody may have confirmed it.
func (a *attempt) mailTo(ctx context.Context, tx *db.Tx, user *db.User, message mail.Message) error {
	if a.viewer != nil && !a.isSelf(user) {
		wait, err := throttle.Take(ctx, tx, a.now, throttle.MailTo(noticeMail, user.Email, throttle.NoticesToRecipient))
		if err != nil || wait > 0 {
			return err
		}
	}
	return a.queueMail(ctx, tx, user, message)
}

// queueMail queues a mail. There is no composer where nobody has a mailbox: in the past of a demonstration.
func (a *attempt) queueMail(ctx context.Context, tx *db.Tx, user *db.User, message mail.Message) error {
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
