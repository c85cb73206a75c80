// Package link makes, reads and uses up the links that are mailed or printed: to set a password, to confirm an address, to
// create the first account (product rule 5).
//
// A user has one link at most: a newer one ends the older, whatever that was for. A link is good once, and only for a user
// who still is as the link was made for. Its token stands in the URL's fragment, which browsers send to no server; the
// database has its SHA-256.
package link

import (
	"context"
	"errors"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Lifetimes.
const (
	ResetLifetime        = time.Hour
	InvitationLifetime   = 7 * 24 * time.Hour
	ConfirmEmailLifetime = time.Hour
	// SetUpLifetime is long: a set-up link ends with the first account, and whenever a server on an empty database starts.
	SetUpLifetime = 365 * 24 * time.Hour
)

// Issued is a new link: its token, which is nowhere else, and when it ends.
type Issued struct {
	Token     secret.Token
	ExpiresAt time.Time
}

// Password makes the link with which a user sets a password: an invitation for one who never had any, otherwise a reset.
func Password(ctx context.Context, tx *db.Tx, user *db.User, now time.Time) (Issued, error) {
	if user.Status == db.Invited {
		return issue(ctx, tx, user, db.InvitationLink, user.Email, now, InvitationLifetime)
	}
	return issue(ctx, tx, user, db.ResetLink, user.Email, now, ResetLifetime)
}

// ConfirmEmail makes the link that makes an address a user's.
func ConfirmEmail(ctx context.Context, tx *db.Tx, user *db.User, address string, now time.Time) (Issued, error) {
	return issue(ctx, tx, user, db.ConfirmEmailLink, address, now, ConfirmEmailLifetime)
}

// SetUp makes the link that creates the first account, in place of any older one.
func SetUp(ctx context.Context, tx *db.Tx, now time.Time) (Issued, error) {
	return issue(ctx, tx, &db.User{}, db.SetUpLink, "", now, SetUpLifetime)
}

// Invitation makes the link of [Password] for a new user, for a transaction that stores it with the user.
func Invitation(user *db.User, now time.Time) (Issued, *db.Link) {
	return prepare(user, db.InvitationLink, user.Email, now, InvitationLifetime)
}

func prepare(user *db.User, purpose db.LinkPurpose, address string, now time.Time, lifetime time.Duration) (Issued, *db.Link) {
	issued := Issued{secret.NewToken(), now.Add(lifetime)}
	return issued, &db.Link{
		ID: typeid.New("link"), TokenHash: issued.Token.Hash(), Purpose: purpose, AccountID: user.AccountID, UserID: user.ID,
		Email: address, CreatedAt: db.At(now), ExpiresAt: db.At(issued.ExpiresAt),
	}
}

func issue(ctx context.Context, tx *db.Tx, user *db.User, purpose db.LinkPurpose, address string, now time.Time, lifetime time.Duration) (Issued, error) {
	issued, link := prepare(user, purpose, address, now, lifetime)
	return issued, tx.CreateLink(ctx, link)
}

// Expired says that a link is good for nothing, whatever the reason.
func Expired() *problem.Error { return problem.New(problem.LinkExpired, "link.expired", "token") }

// Found is a link that is good at the moment, and whose it is; nobody's for a set-up link.
type Found struct {
	*db.Link
	Account *db.Account
	User    *db.User
}

// ToSetPassword finds a link of [Password], or returns [Expired].
func ToSetPassword(ctx context.Context, r db.Reader, token secret.Token, now time.Time) (*Found, error) {
	return find(ctx, r, token, now, db.InvitationLink, db.ResetLink)
}

// ToConfirmEmail finds a link of [ConfirmEmail], or returns [Expired].
func ToConfirmEmail(ctx context.Context, r db.Reader, token secret.Token, now time.Time) (*Found, error) {
	return find(ctx, r, token, now, db.ConfirmEmailLink)
}

// ToSetUp finds a link of [SetUp], or returns [Expired].
func ToSetUp(ctx context.Context, r db.Reader, token secret.Token, now time.Time) (*Found, error) {
	return find(ctx, r, token, now, db.SetUpLink)
}

func find(ctx context.Context, r db.Reader, token secret.Token, now time.Time, purposes ...db.LinkPurpose) (*Found, error) {
	link, err := r.LinkByToken(ctx, token.Hash(), db.At(now), purposes...)
	if errors.Is(err, db.ErrNotFound) {
		return nil, Expired()
	}
	if err != nil {
		return nil, err
	}
	f := &Found{Link: link}
	return f, f.read(ctx, r)
}

// read reads whose link it is, and returns [Expired] where it does not fit them any more.
func (f *Found) read(ctx context.Context, r db.Reader) (err error) {
	if f.Purpose == db.SetUpLink {
		return nil
	}
	if f.Account, err = r.AccountByID(ctx, f.AccountID); err != nil {
		return err
	}
	if f.User, err = r.UserByID(ctx, f.AccountID, f.UserID); err != nil {
		return err
	}
	if !f.fits() {
		return Expired()
	}
	return nil
}

// fits says whether a link is good for its user as that is now. Whatever makes it unfit also deletes it; this does not rely
// on that.
func (f *Found) fits() bool {
	if f.User.Kind != db.Personal {
		return false
	}
	switch f.Purpose {
	case db.InvitationLink:
		return f.User.Status == db.Invited && f.User.Email == f.Email
	case db.ResetLink:
		return f.User.Status == db.Active && f.User.Email == f.Email
	case db.ConfirmEmailLink:
		return f.User.Status == db.Active
	}
	return false
}

// Use uses a link up, in the transaction of what it is for and with its account locked, and reads again whose it is. Of
// several at once one succeeds; the others get [Expired].
func (f *Found) Use(ctx context.Context, tx *db.Tx) error {
	err := tx.UseLink(ctx, f.ID)
	if errors.Is(err, db.ErrNotFound) {
		return Expired()
	}
	if err != nil {
		return err
	}
	return f.read(ctx, tx.Reader)
}
