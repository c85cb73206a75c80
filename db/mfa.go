package db

import (
	"cmp"
	"context"
	"slices"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Factor is what all second factors have.
type Factor struct {
	ID         typeid.ID `bun:",pk"`
	UserID     typeid.ID
	Name       string
	CreatedAt  Time
	LastUsedAt Time // zero: never
}

// NodeID implements [Node].
func (f *Factor) NodeID() typeid.ID { return f.ID }

// Of returns what a second factor has in common with the others.
func (f *Factor) Of() *Factor { return f }

// SecondFactor is a [TOTPMethod] or a [Passkey].
type SecondFactor interface {
	Node
	Of() *Factor
}

// TOTPMethod is an authenticator app (RFC 6238).
type TOTPMethod struct {
	bun.BaseModel `bun:"table:totp_methods,alias:totp"`
	Factor

	Secret   []byte // sealed with AES-GCM, bound to table, row and user
	LastStep int64  // the time step of the last code taken: none up to it is taken again
}

// Factors returns the second factors of a user, the oldest first.
func (r Reader) Factors(ctx context.Context, userID typeid.ID) ([]SecondFactor, error) {
	byUser, err := r.FactorsByUser(ctx, []typeid.ID{userID})
	return byUser[userID], err
}

// FactorsByUser returns the second factors of users, the oldest first.
func (r Reader) FactorsByUser(ctx context.Context, userIDs []typeid.ID) (map[typeid.ID][]SecondFactor, error) {
	found, err := r.factors(ctx, "user_id", userIDs)
	byUser := make(map[typeid.ID][]SecondFactor, len(userIDs))
	for _, factor := range found {
		byUser[factor.Of().UserID] = append(byUser[factor.Of().UserID], factor)
	}
	return byUser, err
}

// FactorsByID finds second factors, whose users the caller has still to check.
func (r Reader) FactorsByID(ctx context.Context, ids []typeid.ID) (map[typeid.ID]SecondFactor, error) {
	found, err := r.factors(ctx, "id", ids)
	byID := make(map[typeid.ID]SecondFactor, len(ids))
	for _, factor := range found {
		byID[factor.Of().ID] = factor
	}
	return byID, err
}

func (r Reader) factors(ctx context.Context, column string, ids []typeid.ID) ([]SecondFactor, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var (
		apps     []*TOTPMethod
		passkeys []*Passkey
	)
	for _, models := range []any{&apps, &passkeys} {
		if err := r.idb.NewSelect().Model(models).Where("? IN (?)", bun.Ident(column), bun.List(ids)).Scan(ctx); err != nil {
			return nil, translate(err)
		}
	}
	found := make([]SecondFactor, 0, len(apps)+len(passkeys))
	for _, app := range apps {
		found = append(found, app)
	}
	for _, passkey := range passkeys {
		found = append(found, passkey)
	}
	slices.SortFunc(found, func(a, b SecondFactor) int {
		return cmp.Or(cmp.Compare(a.Of().CreatedAt, b.Of().CreatedAt), cmp.Compare(a.Of().ID, b.Of().ID))
	})
	return found, nil
}

// HasFactor says whether a user has a second factor.
func (r Reader) HasFactor(ctx context.Context, userID typeid.ID) (found bool, err error) {
	err = r.idb.NewRaw("SELECT EXISTS (SELECT 1 FROM totp_methods WHERE user_id = ?0) OR EXISTS (SELECT 1 FROM passkeys WHERE user_id = ?0)",
		userID).Scan(ctx, &found)
	return found, translate(err)
}

// CreateFactor adds a second factor. [ConflictError]: the passkey is enrolled already, for whomever.
func (tx *Tx) CreateFactor(ctx context.Context, factor SecondFactor) error {
	tx.changed(factor.Of().UserID)
	_, err := tx.idb.NewInsert().Model(factor).Exec(ctx)
	return translate(err)
}

// RenameFactor writes the name of a second factor.
func (tx *Tx) RenameFactor(ctx context.Context, factor SecondFactor) error {
	return affected(tx.idb.NewUpdate().Model(factor).Column("name").WherePK().Exec(ctx))
}

// DeleteFactor removes a second factor.
func (tx *Tx) DeleteFactor(ctx context.Context, factor SecondFactor) error {
	tx.changed(factor.Of().UserID)
	return affected(tx.idb.NewDelete().Model(factor).WherePK().Exec(ctx))
}

// DeleteFactorsOf removes all second factors of a user, recovery codes included.
func (tx *Tx) DeleteFactorsOf(ctx context.Context, userID typeid.ID) error {
	tx.changed(userID)
	for _, model := range []any{(*TOTPMethod)(nil), (*Passkey)(nil)} {
		if _, err := tx.idb.NewDelete().Model(model).Where("user_id = ?", userID).Exec(ctx); err != nil {
			return translate(err)
		}
	}
	return tx.SetRecoveryCodes(ctx, userID, nil, 0)
}

// TOTPMethods returns the authenticator apps of a user.
func (r Reader) TOTPMethods(ctx context.Context, userID typeid.ID) ([]*TOTPMethod, error) {
	var methods []*TOTPMethod
	err := r.idb.NewSelect().Model(&methods).Where("user_id = ?", userID).Order("id").Scan(ctx)
	return methods, translate(err)
}

// TOTPStepsAhead is how far ahead the last step taken may be, an hour: further ahead it was taken by a clock that has been put
// back, and would refuse every code for as long as that was ahead.
const TOTPStepsAhead = 120

// TakeTOTPStep marks a time step as used, and all before it. ErrNotFound: it was used already; of two requests with the
// same code at the same moment one is told so, on whichever instance.
func (tx *Tx) TakeTOTPStep(ctx context.Context, id typeid.ID, step int64, now Time) error {
	return affected(tx.idb.NewUpdate().Model((*TOTPMethod)(nil)).
		Set("last_step = ?", step).Set("last_used_at = ?", now).Where("id = ?", id).Where("(last_step < ? OR last_step > ?)", step, step+TOTPStepsAhead).Exec(ctx))
}

// RecoveryCode is one of ten, used up by deletion.
type RecoveryCode struct {
	bun.BaseModel `bun:"table:recovery_codes,alias:recovery"`

	UserID    typeid.ID `bun:",pk"`
	CodeHash  []byte    `bun:",pk"` // HMAC-SHA-256 under a key of the key file, user included, behind the key's label
	CreatedAt Time
}

// RecoveryCodeCountByUser counts the codes that users have left. Who has none is not in the map.
func (r Reader) RecoveryCodeCountByUser(ctx context.Context, userIDs []typeid.ID) (map[typeid.ID]int, error) {
	counts := make(map[typeid.ID]int, len(userIDs))
	if len(userIDs) == 0 {
		return counts, nil
	}
	var rows []struct {
		UserID typeid.ID
		Codes  int
	}
	err := r.idb.NewSelect().Model((*RecoveryCode)(nil)).Column("user_id").ColumnExpr("count(*) AS codes").
		Where("user_id IN (?)", bun.List(userIDs)).Group("user_id").Scan(ctx, &rows)
	for _, row := range rows {
		counts[row.UserID] = row.Codes
	}
	return counts, translate(err)
}

// SetRecoveryCodes makes the given hashes all the codes that a user has.
func (tx *Tx) SetRecoveryCodes(ctx context.Context, userID typeid.ID, hashes [][]byte, now Time) error {
	if _, err := tx.idb.NewDelete().Model((*RecoveryCode)(nil)).Where("user_id = ?", userID).Exec(ctx); err != nil {
		return translate(err)
	}
	if len(hashes) == 0 {
		return nil
	}
	codes := make([]RecoveryCode, len(hashes))
	for i, hash := range hashes {
		codes[i] = RecoveryCode{UserID: userID, CodeHash: hash, CreatedAt: now}
	}
	_, err := tx.idb.NewInsert().Model(&codes).Exec(ctx)
	return translate(err)
}

// UseRecoveryCode deletes a code, which is stored as one of the hashes. ErrNotFound: the user has no such code, or has
// used it.
func (tx *Tx) UseRecoveryCode(ctx context.Context, userID typeid.ID, hashes [][]byte) error {
	return affected(tx.idb.NewDelete().Model((*RecoveryCode)(nil)).
		Where("user_id = ?", userID).Where("code_hash IN (?)", bun.List(hashes)).Exec(ctx))
}
