package db

import (
	"context"
	"errors"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// LinkPurpose says what a mailed or printed link is good for.
type LinkPurpose string

const (
	SetUpLink        LinkPurpose = "SET_UP"        // creates the first account; belongs to none
	InvitationLink   LinkPurpose = "INVITATION"    // sets the first password
	ResetLink        LinkPurpose = "RESET"         // sets a new password
	ConfirmEmailLink LinkPurpose = "CONFIRM_EMAIL" // makes Email the user's address
)

// Link is a secret that stands in a mail, good once. It is used up by deletion.
type Link struct {
	bun.BaseModel `bun:"table:links,alias:link"`

	ID        typeid.ID `bun:",pk"`
	TokenHash []byte    // SHA-256 of the token in the URL's fragment
	Purpose   LinkPurpose
	AccountID typeid.ID `bun:",nullzero"` // null for SetUpLink
	UserID    typeid.ID `bun:",nullzero"` // null for SetUpLink
	Email     string    // the address it was sent to
	CreatedAt Time
	ExpiresAt Time
}

// lives is the condition that something with a lifetime has not expired. What was made further ahead than it may last was made by
// a clock that has been put back: it must not live for as long as that was ahead.
const lives = "expires_at > ?0 AND created_at - (expires_at - created_at) < ?0"

// LinkByToken finds a link by the hash of its token, for one of the given purposes, that has not expired.
func (r Reader) LinkByToken(ctx context.Context, tokenHash []byte, now Time, purposes ...LinkPurpose) (*Link, error) {
	link := new(Link)
	err := r.idb.NewSelect().Model(link).
		Where("token_hash = ?", tokenHash).Where(lives, now).Where("purpose IN (?)", bun.List(purposes)).Scan(ctx)
	if err != nil {
		return nil, translate(err)
	}
	return link, nil
}

// CreateLink adds a link and ends the user's older ones, whatever they were good for (product rule 5), or nobody's where it
// belongs to nobody. Mails with the older ones that still wait are withdrawn.
func (tx *Tx) CreateLink(ctx context.Context, link *Link) error {
	older := tx.idb.NewDelete().Model((*Link)(nil))
	if link.UserID == "" {
		older = older.Where("user_id IS NULL").Where("purpose = ?", link.Purpose)
	} else {
		older = older.Where("user_id = ?", link.UserID)
	}
	if _, err := older.Exec(ctx); err != nil {
		return translate(err)
	}
	if link.UserID != "" {
		if err := tx.withdrawLinks(ctx, link.UserID); err != nil {
			return err
		}
	}
	_, err := tx.idb.NewInsert().Model(link).Exec(ctx)
	return translate(err)
}

// UseLink deletes a link. ErrNotFound: somebody else has used it up.
func (tx *Tx) UseLink(ctx context.Context, id typeid.ID) error {
	return affected(tx.idb.NewDelete().Model((*Link)(nil)).Where("id = ?", id).Exec(ctx))
}

// DeleteLinksOf kills the links of a user, whatever they are good for, and withdraws the mails with them that still wait.
func (tx *Tx) DeleteLinksOf(ctx context.Context, userID typeid.ID) error {
	if _, err := tx.idb.NewDelete().Model((*Link)(nil)).Where("user_id = ?", userID).Exec(ctx); err != nil {
		return translate(err)
	}
	return tx.withdrawLinks(ctx, userID)
}

// SweepExpired deletes links, challenges, entry codes and spent tokens that have expired, and throttles that nobody has tried since idle.
func (d *DB) SweepExpired(ctx context.Context, now, idle Time) error {
	return errors.Join(
		d.sweep(ctx, (*Link)(nil), "expires_at <= ?", now),
		d.sweep(ctx, (*Challenge)(nil), "expires_at <= ?", now),
		d.sweep(ctx, (*spentToken)(nil), "expires_at <= ?", now),
		d.sweep(ctx, (*EntryCode)(nil), "expires_at <= ?", now),
		d.sweep(ctx, (*Throttle)(nil), "updated_at <= ? AND until <= ?", idle, now),
	)
}

// ChallengePurpose says what the proofs of a challenge lead to.
type ChallengePurpose string

const (
	SignInChallenge       ChallengePurpose = "SIGN_IN"
	StepUpChallenge       ChallengePurpose = "STEP_UP"
	EnrolTOTPChallenge    ChallengePurpose = "ENROL_TOTP"
	EnrolPasskeyChallenge ChallengePurpose = "ENROL_PASSKEY"
)

// Challenge stands for what somebody has shown so far. It is used up by deletion.
type Challenge struct {
	bun.BaseModel `bun:"table:challenges,alias:challenge"`

	ID        typeid.ID `bun:",pk"`
	TokenHash []byte
	Purpose   ChallengePurpose
	AccountID typeid.ID
	UserID    typeid.ID
	SessionID typeid.ID `bun:",nullzero"` // the session that began it; null for SignInChallenge
	Name      string    // of the method to enrol
	Secret    []byte    // to enrol: a sealed TOTP secret, or the WebAuthn challenge; null otherwise
	CreatedAt Time
	ExpiresAt Time
}

// ChallengeByToken finds a challenge by the hash of its token, for one of the given purposes, that has not expired.
func (r Reader) ChallengeByToken(ctx context.Context, tokenHash []byte, now Time, purposes ...ChallengePurpose) (*Challenge, error) {
	challenge := new(Challenge)
	err := r.idb.NewSelect().Model(challenge).
		Where("token_hash = ?", tokenHash).Where(lives, now).Where("purpose IN (?)", bun.List(purposes)).Scan(ctx)
	if err != nil {
		return nil, translate(err)
	}
	return challenge, nil
}

// CreateChallenge adds a challenge. One that a session has begun replaces the session's older one of the same purpose.
func (tx *Tx) CreateChallenge(ctx context.Context, challenge *Challenge) error {
	if challenge.SessionID != "" {
		_, err := tx.idb.NewDelete().Model((*Challenge)(nil)).
			Where("session_id = ?", challenge.SessionID).Where("purpose = ?", challenge.Purpose).Exec(ctx)
		if err != nil {
			return translate(err)
		}
	}
	_, err := tx.idb.NewInsert().Model(challenge).Exec(ctx)
	return translate(err)
}

// UseChallenge deletes a challenge. ErrNotFound: somebody else has used it up.
func (tx *Tx) UseChallenge(ctx context.Context, id typeid.ID) error {
	return affected(tx.idb.NewDelete().Model((*Challenge)(nil)).Where("id = ?", id).Exec(ctx))
}

// DeleteChallengesOf ends whatever a user has begun.
func (tx *Tx) DeleteChallengesOf(ctx context.Context, userID typeid.ID) error {
	_, err := tx.idb.NewDelete().Model((*Challenge)(nil)).Where("user_id = ?", userID).Exec(ctx)
	return translate(err)
}

// RehashPassword stores the same password under a newer hash. It changes nothing, without an error, where the old hash is no
// longer stored: another sign-in has rehashed the password, or the user has a new one.
func (tx *Tx) RehashPassword(ctx context.Context, userID typeid.ID, old, hash string) error {
	_, err := tx.idb.NewUpdate().Model((*User)(nil)).Set("password_hash = ?", hash).
		Where("id = ?", userID).Where("password_hash = ?", old).Exec(ctx)
	return translate(err)
}

// PasswordParams counts the stored passwords of an account by the parameters of their hashes, as those write them:
// m=65536,t=3,p=4.
func (r Reader) PasswordParams(ctx context.Context, accountID typeid.ID) (map[string]int64, error) {
	return r.passwordParams(ctx, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("account_id = ?", accountID) })
}

// AllPasswordParams is [Reader.PasswordParams] of all accounts.
func (r Reader) AllPasswordParams(ctx context.Context) (map[string]int64, error) {
	return r.passwordParams(ctx, func(q *bun.SelectQuery) *bun.SelectQuery { return q })
}

// passwordParams reads what triggers keep, see migration 0010.
func (r Reader) passwordParams(ctx context.Context, which func(*bun.SelectQuery) *bun.SelectQuery) (map[string]int64, error) {
	var rows []struct {
		Params string
		Users  int64
	}
	err := r.idb.NewSelect().Table("password_params").Column("params").ColumnExpr("sum(users) AS users").
		Apply(which).
		Group("params").Having("sum(users) > 0").Scan(ctx, &rows)
	counts := make(map[string]int64, len(rows))
	for _, row := range rows {
		counts[row.Params] = row.Users
	}
	return counts, translate(err)
}

// SignedIn writes when a user has last signed in.
func (tx *Tx) SignedIn(ctx context.Context, userID typeid.ID, at Time) error {
	return affected(tx.idb.NewUpdate().Model((*User)(nil)).Set("last_sign_in_at = ?", at).Where("id = ?", userID).Exec(ctx))
}
