package db

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// AccessPointKind tells where people sign in from where programs show a key.
type AccessPointKind string

const (
	Interactive  AccessPointKind = "INTERACTIVE"
	Programmatic AccessPointKind = "PROGRAMMATIC"
)

// Web is the code of the access point that the page and GraphQL by session ask for.
const Web = "WEB"

// ForPrograms is the code of the access point that GraphQL by key asks for.
const ForPrograms = "API"

// AccessPoint is a door.
type AccessPoint struct {
	bun.BaseModel `bun:"table:access_points,alias:ap"`

	ID          typeid.ID `bun:",pk"`
	AccountID   typeid.ID
	Code        string // unique in the account, never changes
	Name        string
	Description string
	Kind        AccessPointKind
	BuiltIn     bool
	Origins     JSON[[]string] // interactive ones only
	// WhitelistsReportOnly has its whitelists refuse nobody, but report whom they would have refused.
	WhitelistsReportOnly bool
	SecretHash           []byte // SHA-256 of what the service behind it shows; null: no service may ask yet
	SecretRotatedAt      Time
	CreatedAt            Time
	UpdatedAt            Time
	Revision             int
}

// UserAccessPoint lets a user through an access point.
type UserAccessPoint struct {
	bun.BaseModel `bun:"table:user_access_points"`

	UserID        typeid.ID `bun:",pk"`
	AccessPointID typeid.ID `bun:",pk"`
}

// AccessPointWhitelist asks a whitelist of everyone who comes through an access point.
type AccessPointWhitelist struct {
	bun.BaseModel `bun:"table:access_point_whitelists"`

	AccessPointID typeid.ID `bun:",pk"`
	WhitelistID   typeid.ID `bun:",pk"`
}

const accessPointOrder = "ap.built_in DESC, ap.code"

// CompareAccessPoints orders access points as their list is ordered.
func CompareAccessPoints(a, b *AccessPoint) int {
	switch {
	case a.BuiltIn == b.BuiltIn:
		return strings.Compare(a.Code, b.Code)
	case a.BuiltIn:
		return -1
	}
	return 1
}

// AccessPoints returns all access points of an account, built-in ones first, then by code. There are few.
func (r Reader) AccessPoints(ctx context.Context, accountID typeid.ID) ([]*AccessPoint, error) {
	var points []*AccessPoint
	err := r.idb.NewSelect().Model(&points).Where("ap.account_id = ?", accountID).OrderExpr(accessPointOrder).Scan(ctx)
	return points, translate(err)
}

// AccessPointByID finds an access point of an account.
func (r Reader) AccessPointByID(ctx context.Context, accountID, id typeid.ID) (*AccessPoint, error) {
	return scanOne[AccessPoint](ctx, r, "ap", accountID, id)
}

// AccessPointsByID finds those of the access points that the account has.
func (r Reader) AccessPointsByID(ctx context.Context, accountID typeid.ID, ids []typeid.ID) (map[typeid.ID]*AccessPoint, error) {
	return scanByID(ctx, r, "ap", accountID, ids, func(point *AccessPoint) typeid.ID { return point.ID })
}

// AccessPointsByCode finds those of the access points that the account has, by code.
func (r Reader) AccessPointsByCode(ctx context.Context, accountID typeid.ID, codes []string) (map[string]*AccessPoint, error) {
	found := make(map[string]*AccessPoint, len(codes))
	if codes = storable(codes...); len(codes) == 0 {
		return found, nil
	}
	var points []*AccessPoint
	err := r.idb.NewSelect().Model(&points).Where("ap.account_id = ?", accountID).Where("ap.code IN (?)", bun.List(codes)).Scan(ctx)
	for _, point := range points {
		found[point.Code] = point
	}
	return found, translate(err)
}

// AccessPointsByUser returns what access points users may come through, in the order of the list of access points.
func (r Reader) AccessPointsByUser(ctx context.Context, userIDs []typeid.ID) (map[typeid.ID][]*AccessPoint, error) {
	return scanLinked[AccessPoint](ctx, r, accessPointsOfUsers, userIDs, "ap", accessPointOrder)
}

// AccessPointsByWhitelist returns what access points ask whitelists of everyone.
func (r Reader) AccessPointsByWhitelist(ctx context.Context, whitelistIDs []typeid.ID) (map[typeid.ID][]*AccessPoint, error) {
	return scanLinked[AccessPoint](ctx, r, whitelistsOfAccessPoints.reversed(), whitelistIDs, "ap", accessPointOrder)
}

// AccessPointBySecret finds an access point, of whichever account, by the SHA-256 of what its service shows.
func (r Reader) AccessPointBySecret(ctx context.Context, hash []byte) (*AccessPoint, error) {
	point := new(AccessPoint)
	if err := r.idb.NewSelect().Model(point).Where("ap.secret_hash = ?", hash).Scan(ctx); err != nil {
		return nil, translate(err)
	}
	return point, nil
}

// UserCountByAccessPoint counts who may come through access points.
func (r Reader) UserCountByAccessPoint(ctx context.Context, accessPointIDs []typeid.ID) (map[typeid.ID]int, error) {
	return countLinked(ctx, r, accessPointsOfUsers.reversed(), accessPointIDs)
}

// AccessPointsOfHolders returns those of the access points that a user with any of the roles has.
func (r Reader) AccessPointsOfHolders(ctx context.Context, accessPointIDs, roleIDs []typeid.ID) (map[typeid.ID]bool, error) {
	held := make(map[typeid.ID]bool, len(accessPointIDs))
	if len(accessPointIDs) == 0 || len(roleIDs) == 0 {
		return held, nil
	}
	// SQLite joins a CROSS JOIN in the order written: from the few users with the roles, not from all that have the access point.
	var ids []typeid.ID
	err := r.idb.NewRaw(`SELECT ap.id FROM access_points AS ap WHERE ap.id IN (?0) AND EXISTS (
		SELECT 1 FROM user_roles AS ur CROSS JOIN user_access_points AS ua
		WHERE ur.role_id IN (?1) AND ua.user_id = ur.user_id AND ua.access_point_id = ap.id)`,
		bun.List(accessPointIDs), bun.List(roleIDs)).Scan(ctx, &ids)
	for _, id := range ids {
		held[id] = true
	}
	return held, translate(err)
}

// CreateAccessPoint adds an access point. A taken code is a [ConflictError] on "code".
func (tx *Tx) CreateAccessPoint(ctx context.Context, point *AccessPoint) error {
	tx.created(point.ID)
	_, err := tx.idb.NewInsert().Model(point).Exec(ctx)
	return translate(err)
}

// UpdateAccessPoint writes what can change of an access point.
func (tx *Tx) UpdateAccessPoint(ctx context.Context, point *AccessPoint) error {
	tx.changed(point.ID)
	return affected(tx.idb.NewUpdate().Model(point).Column("name", "description", "origins", "whitelists_report_only", "secret_hash", "secret_rotated_at", "updated_at", "revision").
		WherePK().Where("account_id = ?", point.AccountID).Exec(ctx))
}

// SetAccessPointWhitelists makes the given whitelists all that are asked of everyone who comes through an access point.
func (tx *Tx) SetAccessPointWhitelists(ctx context.Context, accessPointID typeid.ID, whitelistIDs []typeid.ID) error {
	return replaceRows(ctx, tx, "access_point_id", accessPointID, whitelistIDs, func(id typeid.ID) AccessPointWhitelist {
		return AccessPointWhitelist{AccessPointID: accessPointID, WhitelistID: id}
	})
}

// DeleteAccessPoint removes an access point with what it asks of those who come through it, and from the keys that could be
// shown there. While a user has it this is [ErrReferenced].
func (tx *Tx) DeleteAccessPoint(ctx context.Context, point *AccessPoint) error {
	if err := tx.SetAccessPointWhitelists(ctx, point.ID, nil); err != nil {
		return err
	}
	_, err := tx.idb.NewDelete().Model((*APIKeyAccessPoint)(nil)).Where("access_point_id = ?", point.ID).Exec(ctx)
	if err != nil {
		return translate(err)
	}
	return affected(tx.idb.NewDelete().Model(point).WherePK().Where("account_id = ?", point.AccountID).Exec(ctx))
}
