package db

import (
	"context"
	"errors"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// EntryCode is what a visitor carries from Gatehouse back to the service behind an access point. It is used up when it is shown
// for the first time, and deleted some time after it has expired.
type EntryCode struct {
	bun.BaseModel `bun:"table:entry_codes,alias:ec"`

	ID            typeid.ID `bun:",pk"`
	CodeHash      []byte    // SHA-256
	AccountID     typeid.ID
	UserID        typeid.ID
	SessionID     typeid.ID // the session that it was made for
	AccessPointID typeid.ID
	Origin        string // where alone it is good
	Wanted        string // the URL that the visitor requested there first
	BrowserHash   []byte // SHA-256 of the cookie of the browser that alone may use it
	CreatedAt     Time
	ExpiresAt     Time
	UsedAt        Time // 0: not shown yet
}

// ErrTooManyCodes says that a user has as many codes as allowed.
var ErrTooManyCodes = errors.New("db: too many entry codes")

// CreateEntryCode adds a code, unless its user has as many as allowed, used ones included, that have not expired. The account must
// be locked.
func (tx *Tx) CreateEntryCode(ctx context.Context, code *EntryCode, most int) error {
	_, err := tx.idb.NewDelete().Model((*EntryCode)(nil)).Where("user_id = ?", code.UserID).Where("NOT ("+lives+")", code.CreatedAt).Exec(ctx)
	if err != nil {
		return translate(err)
	}
	count, err := tx.idb.NewSelect().Model((*EntryCode)(nil)).Where("user_id = ?", code.UserID).Count(ctx)
	if err != nil {
		return translate(err)
	}
	if count >= int64(most) {
		return ErrTooManyCodes
	}
	_, err = tx.idb.NewInsert().Model(code).Exec(ctx)
	return translate(err)
}

// UseEntryCode uses a code up and returns it, whatever it may be good for. [ErrNotFound]: there is none, or it was used.
func (tx *Tx) UseEntryCode(ctx context.Context, codeHash []byte, now Time) (*EntryCode, error) {
	code := new(EntryCode)
	err := tx.idb.NewUpdate().Model(code).Set("used_at = ?", now).
		Where("code_hash = ?", codeHash).Where("used_at = 0").Returning("*").Scan(ctx)
	if err != nil {
		return nil, translate(err)
	}
	return code, nil
}
