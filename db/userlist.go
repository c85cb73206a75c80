package db

import (
	"context"
	"strconv"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// UserFilter picks users: all given conditions hold, within a list any one. Nil and empty lists ask nothing.
type UserFilter struct {
	Query            *string // part of login name, name or email; case and accents do not matter
	Kinds            []UserKind
	Statuses         []UserStatus
	RoleIDs          []typeid.ID
	AccessPoints     []string // codes
	WhitelistIDs     []typeid.ID
	Locked           *bool
	MFAEnrolled      *bool
	LastSignInBefore *Time // also matches who never signed in
}

// UserOrderField is what users can be ordered by.
type UserOrderField string

const (
	ByLoginName  UserOrderField = "LOGIN_NAME"
	ByName       UserOrderField = "NAME"
	ByEmail      UserOrderField = "EMAIL"
	ByCreation   UserOrderField = "CREATED_AT"
	ByLastSignIn UserOrderField = "LAST_SIGN_IN_AT" // who never signed in comes before all others
)

// UserOrder is an order of users. The zero value is by login name.
type UserOrder struct {
	Field     UserOrderField
	Direction SortDirection
}

func (o UserOrder) keyset() order[User] {
	desc := o.Direction == Descending
	switch o.Field {
	case ByName:
		return byText("name_key", desc, func(u *User) string { return u.NameKey })
	case ByEmail:
		return byText("email_key", desc, func(u *User) string { return u.EmailKey })
	case ByCreation:
		return byTime("created_at", desc, func(u *User) Time { return u.CreatedAt })
	case ByLastSignIn:
		return byTime("last_sign_in_at", desc, func(u *User) Time { return u.LastSignInAt })
	default:
		return byText("login_key", desc, func(u *User) string { return u.LoginKey })
	}
}

// Cursor is the place of a user in the order.
func (o UserOrder) Cursor(user *User) Cursor { return Cursor{Key: o.keyset().key(user), ID: user.ID} }

// byTime orders by a column of instants.
func byTime[T any](column string, desc bool, value func(*T) Time) order[T] {
	return order[T]{
		column: column, desc: desc,
		key:     func(row *T) string { return strconv.FormatInt(int64(value(row)), 10) },
		convert: func(key string) (any, error) { return strconv.ParseInt(key, 10, 64) },
	}
}

// Users returns a page of an account's users.
func (r Reader) Users(ctx context.Context, account *Account, filter UserFilter, by UserOrder, page Page, now Time) (List[User], error) {
	if filter.isEmpty() {
		return readPage(ctx, r, "u", account.ID, by.keyset(), page)
	}
	query := filter.apply(r.idb.NewSelect().Model((*User)(nil)), account, now)
	return scanPage(ctx, query, "u", by.keyset(), page)
}

// CountUsers counts an account's users: exactly, or up to [CountLimit], past which it returns nil. Without a filter the
// count is kept on the account and costs nothing.
func (r Reader) CountUsers(ctx context.Context, account *Account, filter UserFilter, exact bool, now Time) (*int, error) {
	if filter.isEmpty() {
		var count int
		err := r.idb.NewSelect().Model((*Account)(nil)).Column("user_count").Where("id = ?", account.ID).Scan(ctx, &count)
		return &count, translate(err)
	}
	return countRows(ctx, r, filter.apply(r.idb.NewSelect().Model((*User)(nil)), account, now), exact)
}

func (f UserFilter) isEmpty() bool {
	return f.Query == nil && len(f.Kinds) == 0 && len(f.Statuses) == 0 && len(f.RoleIDs) == 0 && len(f.AccessPoints) == 0 &&
		len(f.WhitelistIDs) == 0 && f.Locked == nil && f.MFAEnrolled == nil && f.LastSignInBefore == nil
}

func (f UserFilter) apply(query *bun.SelectQuery, account *Account, now Time) *bun.SelectQuery {
	query = query.Where("u.account_id = ?", account.ID)
	if f.Query != nil {
		query = query.Where(`u.search LIKE ? ESCAPE '\'`, likePattern(text.Fold(*f.Query)))
	}
	if len(f.Kinds) > 0 {
		query = query.Where("u.kind IN (?)", bun.List(f.Kinds))
	}
	if len(f.Statuses) > 0 {
		query = query.Where("u.status IN (?)", bun.List(f.Statuses))
	}
	if len(f.RoleIDs) > 0 {
		query = query.Where("EXISTS (SELECT 1 FROM user_roles WHERE user_id = u.id AND role_id IN (?))", bun.List(f.RoleIDs))
	}
	if len(f.AccessPoints) > 0 {
		query = query.Where("EXISTS (SELECT 1 FROM user_access_points JOIN access_points ON access_points.id = access_point_id"+
			" WHERE user_id = u.id AND code IN (?))", bun.List(storable(f.AccessPoints...)))
	}
	if len(f.WhitelistIDs) > 0 {
		query = query.Where("EXISTS (SELECT 1 FROM user_whitelists WHERE user_id = u.id AND whitelist_id IN (?))", bun.List(f.WhitelistIDs))
	}
	if f.Locked != nil {
		// The key is what NameThrottle makes of names that can be.
		query = query.Where("? EXISTS (SELECT 1 FROM throttles WHERE throttle_key = ? || u.login_key AND until > ?)",
			unless(*f.Locked), "name:"+account.Handle+"/", now)
	}
	if f.MFAEnrolled != nil {
		query = query.Where("? (EXISTS (SELECT 1 FROM totp_methods WHERE user_id = u.id) OR EXISTS (SELECT 1 FROM passkeys WHERE user_id = u.id))",
			unless(*f.MFAEnrolled))
	}
	if f.LastSignInBefore != nil {
		query = query.Where("u.last_sign_in_at < ?", *f.LastSignInBefore)
	}
	return query
}

// unless writes NOT before a condition that must not hold.
func unless(holds bool) bun.Safe {
	if holds {
		return ""
	}
	return "NOT"
}
