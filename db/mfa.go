package db

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// TOTPMethod is an authenticator app (RFC 6238).
type TOTPMethod struct {
	bun.BaseModel `bun:"table:totp_methods,alias:totp"`

	ID         typeid.ID `bun:",pk"`
	UserID     typeid.ID
	Name       string
	Secret     []byte // sealed with AES-GCM, bound to table, row and user
	LastStep   int64  // the time step of the last code taken: none up to it is taken again
	CreatedAt  Time
	LastUsedAt Time // zero: never
}

// TOTPMethods returns the authenticator apps of a user, the oldest first.
func (r Reader) TOTPMethods(ctx context.Context, userID typeid.ID) ([]*TOTPMethod, error) {
	byUser, err := r.TOTPMethodsByUser(ctx, []typeid.ID{userID})
	return byUser[userID], err
}

// TOTPMethodsByUser returns the authenticator apps of users, the oldest first.
func (r Reader) TOTPMethodsByUser(ctx context.Context, userIDs []typeid.ID) (map[typeid.ID][]*TOTPMethod, error) {
	byUser := make(map[typeid.ID][]*TOTPMethod, len(userIDs))
	if len(userIDs) == 0 {
		return byUser, nil
	}
	var methods []*TOTPMethod
	err := r.idb.NewSelect().Model(&methods).Where("user_id IN (?)", bun.List(userIDs)).Order("id").Scan(ctx)
	for _, method := range methods {
		byUser[method.UserID] = append(byUser[method.UserID], method)
	}
	return byUser, translate(err)
}

// TOTPMethodsByID finds authenticator apps, whose users the caller has still to check.
func (r Reader) TOTPMethodsByID(ctx context.Context, ids []typeid.ID) (map[typeid.ID]*TOTPMethod, error) {
	byID := make(map[typeid.ID]*TOTPMethod, len(ids))
	if len(ids) == 0 {
		return byID, nil
	}
	var methods []*TOTPMethod
	err := r.idb.NewSelect().Model(&methods).Where("id IN (?)", bun.List(ids)).Scan(ctx)
	for _, method := range methods {
		byID[method.ID] = method
	}
	return byID, translate(err)
}

// CreateTOTPMethod adds an authenticator app.
func (tx *Tx) CreateTOTPMethod(ctx context.Context, method *TOTPMethod) error {
	tx.changed(method.UserID)
	_, err := tx.idb.NewInsert().Model(method).Exec(ctx)
	return translate(err)
}

// TakeTOTPStep marks a time step as used, and all before it. ErrNotFound: it was used already; of two requests with the
// same code at the same moment one is told so, on whichever instance.
func (tx *Tx) TakeTOTPStep(ctx context.Context, id typeid.ID, step int64, now Time) error {
	return affected(tx.idb.NewUpdate().Model((*TOTPMethod)(nil)).
		Set("last_step = ?", step).Set("last_used_at = ?", now).Where("id = ?", id).Where("last_step < ?", step).Exec(ctx))
}

// RenameTOTPMethod writes the name of an authenticator app.
func (tx *Tx) RenameTOTPMethod(ctx context.Context, id typeid.ID, name string) error {
	return affected(tx.idb.NewUpdate().Model((*TOTPMethod)(nil)).Set("name = ?", name).Where("id = ?", id).Exec(ctx))
}

// DeleteTOTPMethod removes an authenticator app.
func (tx *Tx) DeleteTOTPMethod(ctx context.Context, id typeid.ID) error {
	return affected(tx.idb.NewDelete().Model((*TOTPMethod)(nil)).Where("id = ?", id).Exec(ctx))
}

// DeleteFactorsOf removes all second factors of a user, recovery codes included.
func (tx *Tx) DeleteFactorsOf(ctx context.Context, userID typeid.ID) error {
	tx.changed(userID)
	if _, err := tx.idb.NewDelete().Model((*TOTPMethod)(nil)).Where("user_id = ?", userID).Exec(ctx); err != nil {
		return translate(err)
	}
	return tx.SetRecoveryCodes(ctx, userID, nil, 0)
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
