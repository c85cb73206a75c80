package db

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// DoorSession is good at one access point alone, on the host of the service behind it. It begins as a code that a visitor
// carries there, and ends with the session that it came from.
type DoorSession struct {
	bun.BaseModel `bun:"table:door_sessions,alias:ds"`

	ID            typeid.ID `bun:",pk"`
	SessionID     typeid.ID
	AccessPointID typeid.ID
	CodeHash      []byte // SHA-256; null once it is used
	BrowserHash   []byte // SHA-256 of the cookie of the browser that may use the code
	CodeExpiresAt Time
	TokenHash     []byte // SHA-256 of the cookie on the service's host; null before the code is used
	CreatedAt     Time
}

// CreateDoorSession adds a door session whose code is not used yet.
func (tx *Tx) CreateDoorSession(ctx context.Context, door *DoorSession) error {
	_, err := tx.idb.NewInsert().Model(door).Exec(ctx)
	return translate(err)
}

// UseDoorCode puts a token in place of a code. ErrNotFound: there is no such code at the access point, it has expired, was
// used, or another browser asked for it.
func (tx *Tx) UseDoorCode(ctx context.Context, accessPointID typeid.ID, codeHash, browserHash, tokenHash []byte, now Time) error {
	return affected(tx.idb.NewUpdate().Model((*DoorSession)(nil)).Set("token_hash = ?", tokenHash).Set("code_hash = NULL").
		Where("code_hash = ?", codeHash).Where("browser_hash = ?", browserHash).Where("access_point_id = ?", accessPointID).
		Where("code_expires_at > ?", now).Exec(ctx))
}

// SessionByDoorToken finds the session that a door session of an access point came from, with its account. It may have ended:
// ask [Session.Live].
func (r Reader) SessionByDoorToken(ctx context.Context, accessPointID typeid.ID, tokenHash []byte) (*Session, *Account, error) {
	var row struct {
		Session `bun:",extend"`
		Account *Account `bun:"rel:belongs-to,join:account_id=id"`
	}
	err := r.idb.NewSelect().Model(&row).Relation("Account").
		Where("s.id = (?)", r.idb.NewSelect().Model((*DoorSession)(nil)).Column("session_id").
			Where("token_hash = ?", tokenHash).Where("access_point_id = ?", accessPointID)).Scan(ctx)
	if err != nil {
		return nil, nil, translate(err)
	}
	row.Session.ExpiresAt = row.Account.Policy.SessionEnd(row.CreatedAt)
	return &row.Session, row.Account, nil
}
