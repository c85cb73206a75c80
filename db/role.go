package db

import (
	"cmp"
	"context"
	"strings"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// RoleKind tells the two built-in roles from those that an account made.
type RoleKind string

const (
	AdminRole  RoleKind = "ADMIN" // the groups Users and General; only its holders may give or take it
	AllRole    RoleKind = "ALL"   // every permission but those that the catalogue keeps out of it
	CustomRole RoleKind = "CUSTOM"
)

// Role is a named set of permissions.
type Role struct {
	bun.BaseModel `bun:"table:roles,alias:role"`

	ID          typeid.ID `bun:",pk"`
	AccountID   typeid.ID
	Kind        RoleKind
	Name        string
	NameKey     string // text.Key of Name, unique in the account
	SortKey     string // "0" and the kind for built-in roles, "1" and text.SortKey of Name for the others
	Description string
	Search      string // text.Fold of name and description
	// Permissions as stored: nothing for built-in roles, whose permissions follow from the catalogue. May hold codes that
	// the catalogue no longer has. Ask access.Catalogue for what a role grants.
	Permissions Codes
	CreatedAt   Time
	UpdatedAt   Time
	Revision    int
}

// BuiltIn says whether the role came with Gatehouse and cannot be changed.
func (r *Role) BuiltIn() bool { return r.Kind != CustomRole }

// CompareRoles orders roles as their list is ordered.
func CompareRoles(a, b *Role) int {
	return cmp.Or(strings.Compare(a.SortKey, b.SortKey), strings.Compare(string(a.ID), string(b.ID)))
}

// Cursor is the role's place in the list of roles.
func (r *Role) Cursor() Cursor { return Cursor{Key: r.SortKey, ID: r.ID} }

// fold fills the columns that are compared and searched from those that people see.
func (r *Role) fold() {
	r.NameKey = text.Key(r.Name)
	r.Search = text.Fold(r.Name) + "\n" + text.Fold(r.Description)
	r.SortKey = "1" + text.SortKey(r.Name)
	if r.BuiltIn() {
		r.SortKey = "0" + string(r.Kind)
	}
}

// UserRole gives a role to a user.
type UserRole struct {
	bun.BaseModel `bun:"table:user_roles"`

	UserID typeid.ID `bun:",pk"`
	RoleID typeid.ID `bun:",pk"`
}

// RoleFilter picks roles. Nil asks nothing.
type RoleFilter struct {
	Query      *string // part of name or description; case and accents do not matter
	Permission *string // only roles that hold this code
	// KindsGranting are the kinds whose roles grant Permission all the same, whatever is stored: that follows from the
	// catalogue, which only the rooms above know.
	KindsGranting []RoleKind
}

func (f RoleFilter) apply(query *bun.SelectQuery, accountID typeid.ID) *bun.SelectQuery {
	query = query.Where("role.account_id = ?", accountID)
	if f.Query != nil {
		query = query.Where(`role.search LIKE ? ESCAPE '\'`, likePattern(text.Fold(*f.Query)))
	}
	if f.Permission != nil {
		query = query.Where(`(role.permissions LIKE ? ESCAPE '\' OR role.kind IN (?))`,
			likePattern(" "+*f.Permission+" "), bun.List(f.KindsGranting))
	}
	return query
}

// Roles returns a page of an account's roles, built-in ones first, then by name.
func (r Reader) Roles(ctx context.Context, accountID typeid.ID, filter RoleFilter, page Page) (List[Role], error) {
	query := filter.apply(r.idb.NewSelect().Model((*Role)(nil)), accountID)
	return scanPage(ctx, r, query, "role", byText("sort_key", false, func(role *Role) string { return role.SortKey }), page)
}

// AllRoles returns every role of an account.
func (r Reader) AllRoles(ctx context.Context, accountID typeid.ID) ([]*Role, error) {
	var roles []*Role
	err := r.idb.NewSelect().Model(&roles).Where("role.account_id = ?", accountID).Scan(ctx)
	return roles, translate(err)
}

// CountRoles counts an account's roles: exactly, or up to [CountLimit], past which it returns nil.
func (r Reader) CountRoles(ctx context.Context, accountID typeid.ID, filter RoleFilter, exact bool) (*int, error) {
	return countRows(ctx, r, filter.apply(r.idb.NewSelect().Model((*Role)(nil)), accountID), exact)
}

// RoleByID finds a role of an account.
func (r Reader) RoleByID(ctx context.Context, accountID, id typeid.ID) (*Role, error) {
	return scanOne[Role](ctx, r, "role", accountID, id)
}

// RolesByID finds those of the roles that the account has.
func (r Reader) RolesByID(ctx context.Context, accountID typeid.ID, ids []typeid.ID) (map[typeid.ID]*Role, error) {
	return scanByID(ctx, r, "role", accountID, ids, func(role *Role) typeid.ID { return role.ID })
}

// BuiltInRole finds the account's role of a kind that came with Gatehouse.
func (r Reader) BuiltInRole(ctx context.Context, accountID typeid.ID, kind RoleKind) (*Role, error) {
	role := new(Role)
	err := r.idb.NewSelect().Model(role).Where("role.account_id = ?", accountID).Where("role.kind = ?", kind).Scan(ctx)
	if err != nil {
		return nil, translate(err)
	}
	return role, nil
}

// RolesByUser returns what roles users have, in the order of the list of roles.
func (r Reader) RolesByUser(ctx context.Context, userIDs []typeid.ID) (map[typeid.ID][]*Role, error) {
	return scanLinked[Role](ctx, r, rolesOfUsers, userIDs, "role", "role.sort_key, role.id")
}

// UserCountByRole counts who has roles.
func (r Reader) UserCountByRole(ctx context.Context, roleIDs []typeid.ID) (map[typeid.ID]int, error) {
	return countLinked(ctx, r, rolesOfUsers.reversed(), roleIDs)
}

// CreateRole adds a role. A taken name is a [ConflictError] on "name_key".
func (tx *Tx) CreateRole(ctx context.Context, role *Role) error {
	role.fold()
	tx.created(role.ID)
	_, err := tx.idb.NewInsert().Model(role).Exec(ctx)
	return translate(err)
}

// UpdateRole writes what can change of a role. Conflicts are those of [Tx.CreateRole].
func (tx *Tx) UpdateRole(ctx context.Context, role *Role) error {
	role.fold()
	tx.changed(role.ID)
	return affected(tx.idb.NewUpdate().Model(role).
		Column("name", "name_key", "sort_key", "description", "search", "permissions", "updated_at", "revision").
		WherePK().Where("account_id = ?", role.AccountID).Exec(ctx))
}

// DeleteRole removes a role. While a user has it this is [ErrReferenced].
func (tx *Tx) DeleteRole(ctx context.Context, role *Role) error {
	tx.changed(role.ID)
	return affected(tx.idb.NewDelete().Model(role).WherePK().Where("account_id = ?", role.AccountID).Exec(ctx))
}
