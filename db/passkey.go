package db

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Passkey is a credential by which an authenticator proves its user (WebAuthn level 3).
type Passkey struct {
	bun.BaseModel `bun:"table:passkeys,alias:passkey"`
	Factor

	CredentialID   []byte // chosen by the authenticator; unique
	PublicKey      []byte // COSE
	AAGUID         []byte `bun:"aaguid"` // 16 bytes, the authenticator's model; all zero: not told
	Transports     JSON[[]string]
	SignCount      int64 // of the last proof; zero: the authenticator does not count
	BackupEligible bool
	BackedUp       bool
}

// Passkeys returns the passkeys of a user.
func (r Reader) Passkeys(ctx context.Context, userID typeid.ID) ([]*Passkey, error) {
	var passkeys []*Passkey
	err := r.idb.NewSelect().Model(&passkeys).Where("user_id = ?", userID).Order("id").Scan(ctx)
	return passkeys, translate(err)
}

// PasskeyOwner finds the user, of whichever account, who has a passkey.
func (r Reader) PasskeyOwner(ctx context.Context, credentialID []byte) (*User, error) {
	user := new(User)
	owner := r.idb.NewSelect().Model((*Passkey)(nil)).Column("user_id").Where("credential_id = ?", credentialID)
	if err := r.idb.NewSelect().Model(user).Where("id = (?)", owner).Scan(ctx); err != nil {
		return nil, translate(err)
	}
	return user, nil
}

// UsePasskey writes what a passkey's proof says of it, if its counter is higher than the stored one, or neither counts.
// ErrNotFound: the passkey is gone, or a proof with the same or a higher counter came first. A proof with a lower one does
// not make this one wrong.
func (tx *Tx) UsePasskey(ctx context.Context, passkey *Passkey) error {
	return affected(tx.idb.NewUpdate().Model(passkey).Column("sign_count", "backed_up", "last_used_at").
		WherePK().Where("(passkey.sign_count < ?0 OR passkey.sign_count = 0 AND ?0 = 0)", passkey.SignCount).Exec(ctx))
}

// SpendToken marks a token that stands in no table as used, until it would have expired anyway. [ConflictError]: it is used
// already; of two requests with it at the same moment one is told so, on whichever instance.
func (tx *Tx) SpendToken(ctx context.Context, tokenHash []byte, expires Time) error {
	_, err := tx.idb.NewInsert().Model(&spentToken{TokenHash: tokenHash, ExpiresAt: expires}).Exec(ctx)
	return translate(err)
}

type spentToken struct {
	bun.BaseModel `bun:"table:spent_tokens,alias:spent"`

	TokenHash []byte `bun:",pk"` // SHA-256
	ExpiresAt Time
}
