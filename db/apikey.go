package db

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// APIKey is what a program shows in a user's name. It never comes back once it is revoked or has expired.
type APIKey struct {
	bun.BaseModel `bun:"table:api_keys,alias:k"`

	ID          typeid.ID `bun:",pk"`
	KeyHash     []byte    // SHA-256 of the key, which is stored nowhere
	AccountID   typeid.ID
	UserID      typeid.ID
	Hint        string // first and last characters
	Description string
	Restricted  bool  // to Permissions; otherwise it may do all that its user may
	Permissions Codes // of a restricted key; may hold codes that the catalogue no longer has
	CreatedAt   Time
	CreatedBy   typeid.ID `bun:",nullzero"` // null: the system
	ExpiresAt   Time      // zero: never
	LastUsedAt  Time      // at most a minute older than the last use
	LastUsedIP  string    // empty: never used
	RevokedAt   Time
	ReplacesID  typeid.ID `bun:",nullzero"` // the key that was rotated into this one
	WarnedDays  int       // before which of the warnings about its expiry the user was told last; zero: none
	Revision    int
}

// APIKeyStatus says whether a key may be used at all.
type APIKeyStatus string

const (
	KeyActive  APIKeyStatus = "ACTIVE"
	KeyExpired APIKeyStatus = "EXPIRED"
	KeyRevoked APIKeyStatus = "REVOKED"
)

// Status is what has become of the key by an instant. It has expired at the moment that it names.
func (k *APIKey) Status(now Time) APIKeyStatus {
	switch {
	case k.RevokedAt != 0:
		return KeyRevoked
	case k.ExpiresAt != 0 && k.ExpiresAt <= now:
		return KeyExpired
	}
	return KeyActive
}

// NodeID implements [Node].
func (k *APIKey) NodeID() typeid.ID { return k.ID }

// Cursor is the key's place in the list of keys, the newest first.
func (k *APIKey) Cursor() Cursor { return Cursor{Key: newestKeyFirst.key(k), ID: k.ID} }

var newestKeyFirst = byTime("created_at", true, func(key *APIKey) Time { return key.CreatedAt })

// APIKeyAccessPoint lets a key be shown at an access point.
type APIKeyAccessPoint struct {
	bun.BaseModel `bun:"table:api_key_access_points"`

	APIKeyID      typeid.ID `bun:"api_key_id,pk"`
	AccessPointID typeid.ID `bun:",pk"`
}

// APIKeyWhitelist asks a whitelist of a key.
type APIKeyWhitelist struct {
	bun.BaseModel `bun:"table:api_key_whitelists"`

	APIKeyID    typeid.ID `bun:"api_key_id,pk"`
	WhitelistID typeid.ID `bun:",pk"`
}

// APIKeyScope is whose keys somebody may see: those of the account's users who have none of the roles Beyond, and Own
// always.
type APIKeyScope struct {
	AccountID typeid.ID
	Own       typeid.ID
	Beyond    []typeid.ID
}

func (s APIKeyScope) apply(query *bun.SelectQuery) *bun.SelectQuery {
	query = query.Where("k.account_id = ?", s.AccountID)
	if len(s.Beyond) > 0 {
		query = query.Where("(k.user_id = ? OR NOT EXISTS (SELECT 1 FROM user_roles AS ur WHERE ur.user_id = k.user_id AND ur.role_id IN (?)))",
			s.Own, bun.List(s.Beyond))
	}
	return query
}

// APIKeyFilter picks keys: all given conditions hold, within a list any one. Nil and empty lists ask nothing.
type APIKeyFilter struct {
	UserIDs        []typeid.ID
	Statuses       []APIKeyStatus
	ExpiresBefore  *Time // never matches a key without an end
	LastUsedBefore *Time // also matches keys that were never used
}

func (f APIKeyFilter) apply(query *bun.SelectQuery, now Time) *bun.SelectQuery {
	if len(f.UserIDs) > 0 {
		query = query.Where("k.user_id IN (?)", bun.List(f.UserIDs))
	}
	if len(f.Statuses) > 0 {
		query = query.WhereGroup(" AND ", func(query *bun.SelectQuery) *bun.SelectQuery {
			for _, status := range f.Statuses {
				switch status {
				case KeyRevoked:
					query = query.WhereOr("k.revoked_at <> 0")
				case KeyExpired:
					query = query.WhereOr("k.revoked_at = 0 AND k.expires_at > 0 AND k.expires_at <= ?", now)
				case KeyActive:
					query = query.WhereOr("k.revoked_at = 0 AND (k.expires_at = 0 OR k.expires_at > ?)", now)
				}
			}
			return query
		})
	}
	if f.ExpiresBefore != nil {
		query = query.Where("k.expires_at > 0 AND k.expires_at < ?", *f.ExpiresBefore)
	}
	if f.LastUsedBefore != nil {
		query = query.Where("k.last_used_at < ?", *f.LastUsedBefore)
	}
	return query
}

func (r Reader) apiKeys(scope APIKeyScope, filter APIKeyFilter, now Time) *bun.SelectQuery {
	return filter.apply(scope.apply(r.idb.NewSelect().Model((*APIKey)(nil))), now)
}

// APIKeys returns a page of keys, the newest first.
func (r Reader) APIKeys(ctx context.Context, scope APIKeyScope, filter APIKeyFilter, page Page, now Time) (List[APIKey], error) {
	return scanPage(ctx, r, r.apiKeys(scope, filter, now), "k", newestKeyFirst, page)
}

// CountAPIKeys counts what [Reader.APIKeys] lists: exactly, or up to [CountLimit], past which it returns nil.
func (r Reader) CountAPIKeys(ctx context.Context, scope APIKeyScope, filter APIKeyFilter, exact bool, now Time) (*int, error) {
	return countRows(ctx, r, r.apiKeys(scope, filter, now), exact)
}

// APIKeyByID finds a key of an account.
func (r Reader) APIKeyByID(ctx context.Context, accountID, id typeid.ID) (*APIKey, error) {
	return scanOne[APIKey](ctx, r, "k", accountID, id)
}

// APIKeyByHash finds a key, of whichever account, by the SHA-256 of its text.
func (r Reader) APIKeyByHash(ctx context.Context, hash []byte) (*APIKey, error) {
	s := r.statement()
	return readRow[APIKey](ctx, r, s, selectFrom[APIKey](r, "k")+" WHERE k.key_hash = "+s.arg(hash))
}

// APIKeyWithUser is [Reader.APIKeyByHash] with the key's user and account, in one statement.
func (r Reader) APIKeyWithUser(ctx context.Context, hash []byte) (*APIKey, *User, *Account, error) {
	return readWithUser[APIKey](ctx, r, "k", "key_hash", hash)
}

// APIKeysByID finds those of the keys that are in the scope.
func (r Reader) APIKeysByID(ctx context.Context, scope APIKeyScope, ids []typeid.ID) (map[typeid.ID]*APIKey, error) {
	return r.apiKeysBy(ctx, scope, "id", ids, (*APIKey).NodeID)
}

// APIKeysReplacing finds what keys were rotated into, as far as it is in the scope.
func (r Reader) APIKeysReplacing(ctx context.Context, scope APIKeyScope, ids []typeid.ID) (map[typeid.ID]*APIKey, error) {
	return r.apiKeysBy(ctx, scope, "replaces_id", ids, func(key *APIKey) typeid.ID { return key.ReplacesID })
}

func (r Reader) apiKeysBy(ctx context.Context, scope APIKeyScope, column string, ids []typeid.ID, id func(*APIKey) typeid.ID) (map[typeid.ID]*APIKey, error) {
	found := make(map[typeid.ID]*APIKey, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	var keys []*APIKey
	err := scope.apply(r.idb.NewSelect().Model(&keys)).Where("k.? IN (?)", bun.Ident(column), bun.List(ids)).Scan(ctx)
	for _, key := range keys {
		found[id(key)] = key
	}
	return found, translate(err)
}

// CountLiveAPIKeys counts the keys of a user that can be used.
func (r Reader) CountLiveAPIKeys(ctx context.Context, userID typeid.ID, now Time) (int, error) {
	n, err := r.idb.NewSelect().Model((*APIKey)(nil)).Where("k.user_id = ?", userID).
		Where("k.revoked_at = 0 AND (k.expires_at = 0 OR k.expires_at > ?)", now).Count(ctx)
	return int(n), translate(err)
}

// AccessPointsByAPIKey returns where keys may be shown, in the order of the list of access points.
func (r Reader) AccessPointsByAPIKey(ctx context.Context, keyIDs []typeid.ID) (map[typeid.ID][]*AccessPoint, error) {
	return scanLinked[AccessPoint](ctx, r, accessPointsOfKeys, keyIDs, "ap", accessPointOrder)
}

// WhitelistsByAPIKey returns what whitelists are asked of keys, by name.
func (r Reader) WhitelistsByAPIKey(ctx context.Context, keyIDs []typeid.ID) (map[typeid.ID][]*Whitelist, error) {
	return scanLinked[Whitelist](ctx, r, whitelistsOfKeys, keyIDs, "w", "w.sort_key, w.id")
}

// CountLiveAPIKeysWithWhitelist counts the keys that can be used and of which a whitelist is asked.
func (r Reader) CountLiveAPIKeysWithWhitelist(ctx context.Context, whitelistID typeid.ID, now Time) (int, error) {
	n, err := r.idb.NewSelect().Model((*APIKey)(nil)).Join("JOIN api_key_whitelists AS kw ON kw.api_key_id = k.id").
		Where("kw.whitelist_id = ?", whitelistID).Where("k.revoked_at = 0 AND (k.expires_at = 0 OR k.expires_at > ?)", now).Count(ctx)
	return int(n), translate(err)
}

// CreateAPIKey adds a key with where it may be shown and what is asked of it. A key that was rotated twice at once is a
// [ConflictError] on "replaces_id".
func (tx *Tx) CreateAPIKey(ctx context.Context, key *APIKey, accessPointIDs, whitelistIDs []typeid.ID) error {
	if _, err := tx.idb.NewInsert().Model(key).Exec(ctx); err != nil {
		return translate(err)
	}
	tx.created(key.ID)
	if err := tx.SetAPIKeyAccessPoints(ctx, key.ID, accessPointIDs); err != nil {
		return err
	}
	return tx.SetAPIKeyWhitelists(ctx, key.ID, whitelistIDs)
}

// UpdateAPIKey writes what can change of a key.
func (tx *Tx) UpdateAPIKey(ctx context.Context, key *APIKey) error {
	tx.changed(key.ID)
	return affected(tx.idb.NewUpdate().Model(key).
		Column("description", "restricted", "permissions", "expires_at", "revoked_at", "warned_days", "revision").
		WherePK().Where("account_id = ?", key.AccountID).Exec(ctx))
}

// SetAPIKeyAccessPoints makes the given access points all that a key may be shown at.
func (tx *Tx) SetAPIKeyAccessPoints(ctx context.Context, keyID typeid.ID, accessPointIDs []typeid.ID) error {
	return replaceRows(ctx, tx, "api_key_id", keyID, accessPointIDs, func(id typeid.ID) APIKeyAccessPoint {
		return APIKeyAccessPoint{APIKeyID: keyID, AccessPointID: id}
	})
}

// SetAPIKeyWhitelists makes the given whitelists all that are asked of a key, besides those of its user.
func (tx *Tx) SetAPIKeyWhitelists(ctx context.Context, keyID typeid.ID, whitelistIDs []typeid.ID) error {
	return replaceRows(ctx, tx, "api_key_id", keyID, whitelistIDs, func(id typeid.ID) APIKeyWhitelist {
		return APIKeyWhitelist{APIKeyID: keyID, WhitelistID: id}
	})
}

// ExpiringAPIKeys returns keys, of all accounts, that can be used, expire within a time and were not rotated, and whose
// users were told so last when more days were left, or never. At most limit.
func (r Reader) ExpiringAPIKeys(ctx context.Context, now, until Time, days, limit int) ([]*APIKey, error) {
	var keys []*APIKey
	err := r.idb.NewSelect().Model(&keys).
		Where("k.revoked_at = 0 AND k.expires_at > 0").Where("k.expires_at > ?", now).Where("k.expires_at <= ?", until).
		Where("(k.warned_days = 0 OR k.warned_days > ?)", days).
		Where("k.expires_at - k.created_at > ?", int64(days)*24*3600*1000).
		Where("NOT EXISTS (SELECT 1 FROM api_keys AS newer WHERE newer.replaces_id = k.id)").
		OrderExpr("k.expires_at, k.id").Limit(int64(limit)).Scan(ctx)
	return keys, translate(err)
}

// WarnedOfAPIKey writes that a key's user was told how many days are left. ErrNotFound: another instance has.
func (tx *Tx) WarnedOfAPIKey(ctx context.Context, key *APIKey, days int) error {
	return affected(tx.idb.NewUpdate().Model((*APIKey)(nil)).Set("warned_days = ?", days).
		Where("id = ?", key.ID).Where("warned_days = ?", key.WarnedDays).Where("revoked_at = 0").Where("expires_at = ?", key.ExpiresAt).Exec(ctx))
}

// KeyUse is when and from where a key was last used.
type KeyUse struct {
	bun.BaseModel `bun:"table:api_keys,alias:k"`

	ID         typeid.ID `bun:",pk"`
	LastUsedAt Time
	LastUsedIP string
}

// UsedAPIKeys writes when and from where keys were last used, each at most once among them.
func (tx *Tx) UsedAPIKeys(ctx context.Context, uses []*KeyUse) error {
	_, err := tx.idb.NewUpdate().With("used", tx.idb.NewValues(&uses)).Model((*KeyUse)(nil)).TableExpr("used").
		Set("last_used_at = used.last_used_at").Set("last_used_ip = used.last_used_ip").
		Where("k.id = used.id").
		// Later by more than a day was written by a clock that has been put back.
		Where("(k.last_used_at <= used.last_used_at OR k.last_used_at > used.last_used_at + ?)", (24 * time.Hour).Milliseconds()).Exec(ctx)
	return translate(err)
}
