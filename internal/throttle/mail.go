package throttle

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Bound is how often something may happen under a key in a window of time, which begins with the first time.
type Bound struct {
	key   string
	quota access.Quota
}

// Bounds of mails to addresses that nobody has confirmed (product rule 7). What names the kind of mail, such as "reset":
// each kind has bounds of its own, so that one cannot be used to suppress another.
const (
	MailsToRecipient = 10
	MailsOfUser      = 10
	// NoticesToRecipient is for mails that administrators cause, of which somebody may rightly get many.
	NoticesToRecipient = 50
	MailWindow         = time.Hour
)

// MailTo bounds the mails to an address, in whatever account.
func MailTo(what, address string, most int) Bound {
	digest := sha256.Sum256([]byte(text.EmailKey(address))) // what is typed here may be of any length, and no address at all
	return Bound{what + "-to:" + hex.EncodeToString(digest[:]), access.Quota{Name: "mails-to-recipient", Tries: most, Window: MailWindow}}
}

// MailOf bounds the mails that a user causes, or that are about a user.
func MailOf(what string, userID typeid.ID) Bound {
	return Bound{what + "-of:" + string(userID), access.Quota{Name: "mails-of-user", Tries: MailsOfUser, Window: MailWindow}}
}

// MailFrom bounds the requests for mails from an address.
func MailFrom(what string, ip netip.Addr) Bound {
	return Bound{what + "-" + AddressKey(ip), access.Quota{Name: "mails-from-address", Tries: AddressTries, Window: AddressWindow}}
}

// UsedUp is the error of a bound that is used up for a while.
func (b Bound) UsedUp(wait time.Duration) error {
	return &access.RateLimitedError{RetryAfter: wait, Quota: &b.quota}
}

// Take counts one under a bound. It returns for how long the bound is used up; zero: it was not, and has counted.
func Take(ctx context.Context, tx *db.Tx, now db.Time, b Bound) (wait time.Duration, err error) {
	row, err := lockRow(ctx, tx, b.key, now)
	if err != nil {
		return 0, err
	}
	if now >= row.BeganAt.Add(b.quota.Window) {
		row.Failures, row.BeganAt, row.Until = 0, now, 0
	}
	if row.Failures >= b.quota.Tries {
		return row.Until.Time().Sub(now.Time()), nil
	}
	row.Failures++
	if row.Failures == b.quota.Tries {
		row.Until = row.BeganAt.Add(b.quota.Window)
	}
	return 0, tx.SaveThrottle(ctx, row)
}
