package db

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// AccessPointSession is good at one origin of one access point. It lives while the session that it came from lives. It has a separate
// table, so that its token can never be taken for that of a session.
type AccessPointSession struct {
	bun.BaseModel `bun:"table:access_point_sessions,alias:aps"`

	ID            typeid.ID `bun:",pk"`
	TokenHash     []byte    // SHA-256 of the cookie on the service's host
	AccountID     typeid.ID
	UserID        typeid.ID
	SessionID     typeid.ID // the session that it came from
	AccessPointID typeid.ID
	Origin        string
	CreatedAt     Time
	LastSeenAt    Time // written at most once a minute
	IP            string
	UserAgent     string // cut to 255 characters

	Session *Session `bun:"rel:belongs-to,join:session_id=id"`
}

// AccessPointSessionByToken finds a session at an access point with the session that it came from, and the account. That session
// may have ended: ask [Session.Live].
func (r Reader) AccessPointSessionByToken(ctx context.Context, accessPointID typeid.ID, tokenHash []byte) (*AccessPointSession, *Account, error) {
	var row struct {
		AccessPointSession `bun:",extend"`
		Account            *Account `bun:"rel:belongs-to,join:account_id=id"`
	}
	err := r.idb.NewSelect().Model(&row).Relation("Account").Relation("Session").
		Where("aps.token_hash = ?", tokenHash).Where("aps.access_point_id = ?", accessPointID).Scan(ctx)
	if err != nil {
		return nil, nil, translate(err)
	}
	row.Session.ExpiresAt = row.Account.Policy.SessionEnd(row.Session.CreatedAt)
	return &row.AccessPointSession, row.Account, nil
}

// CreateAccessPointSession adds a session in place of the one that the same browser had at the same origin, and ends the oldest of
// its user, so that no more than keep remain, sessions at Gatehouse included. The one that it came from stays.
func (tx *Tx) CreateAccessPointSession(ctx context.Context, session *AccessPointSession, keep int) error {
	_, err := tx.idb.NewDelete().Model((*AccessPointSession)(nil)).Where("session_id = ?", session.SessionID).
		Where("access_point_id = ?", session.AccessPointID).Where("origin = ?", session.Origin).Exec(ctx)
	if err != nil {
		return translate(err)
	}
	if _, err := tx.idb.NewInsert().Model(session).Exec(ctx); err != nil {
		return translate(err)
	}
	return tx.endOldestSessions(ctx, session.UserID, keep, session.ID, session.SessionID)
}

// endOldestSessions ends the oldest sessions of a user, of both kinds, until no more than keep remain. Those named stay.
func (tx *Tx) endOldestSessions(ctx context.Context, userID typeid.ID, keep int, stay ...typeid.ID) error {
	var all []struct {
		ID   typeid.ID
		From typeid.ID // empty: a session at Gatehouse
	}
	sessions := tx.idb.NewSelect().Model((*Session)(nil)).Column("id").ColumnExpr("'' AS \"from\"").Where("user_id = ?", userID)
	others := tx.idb.NewSelect().Model((*AccessPointSession)(nil)).Column("id").ColumnExpr("session_id AS \"from\"").Where("user_id = ?", userID)
	err := tx.idb.NewSelect().TableExpr("(?) AS u", sessions.UnionAll(others)).Column("id", "from").Order("id").Scan(ctx, &all)
	if err != nil {
		return translate(err)
	}
	remaining := len(all)
	var ended []typeid.ID
	for _, oldest := range all {
		if remaining <= keep {
			break
		}
		if slices.Contains(stay, oldest.ID) || slices.Contains(ended, oldest.ID) {
			continue
		}
		for _, other := range all { // with a session end those that came from it
			if other.ID == oldest.ID || other.From == oldest.ID {
				ended = append(ended, other.ID)
				remaining--
			}
		}
	}
	if len(ended) == 0 {
		return nil
	}
	if _, err := tx.idb.NewDelete().Model((*AccessPointSession)(nil)).Where("id IN (?)", bun.List(ended)).Exec(ctx); err != nil {
		return translate(err)
	}
	_, err = tx.idb.NewDelete().Model((*Session)(nil)).Where("id IN (?)", bun.List(ended)).Exec(ctx)
	return translate(err)
}
