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
		return byText("email_sort", desc, func(u *User) string { return u.EmailSort })
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
		return r.pageOfAllUsers(ctx, account, by.keyset(), page)
	}
	return filter.users(r, account, by.keyset().column, now).page(ctx, by.keyset(), page)
}

// pageOfAllUsers is the page that is asked for most, by a prepared statement.
func (r Reader) pageOfAllUsers(ctx context.Context, account *Account, by order[User], page Page) (List[User], error) {
	s := r.statement()
	where := "WHERE u.account_id = " + s.arg(string(account.ID))
	paged, err := keyset(s, "u", by, page)
	if err != nil {
		return List[User]{}, err
	}
	items := make([]*User, 0, page.Limit+1)
	err = r.readUsers(ctx, s, shapeToRead[User](r, page.Reading, by.column), where+paged, func(user *User) { items = append(items, user) })
	if err != nil {
		return List[User]{}, err
	}
	return pageOf(items, page), nil
}

// CountUsers counts an account's users: exactly, or up to [CountLimit], past which it returns nil. Without a filter the
// count is kept on the account and costs nothing.
func (r Reader) CountUsers(ctx context.Context, account *Account, filter UserFilter, exact bool, now Time) (*int, error) {
	if filter.isEmpty() {
		var count int
		err := r.idb.NewSelect().Model((*Account)(nil)).Column("user_count").Where("id = ?", account.ID).Scan(ctx, &count)
		return &count, translate(err)
	}
	return filter.users(r, account, "", now).count(ctx, exact)
}

func (f UserFilter) isEmpty() bool {
	return f.Query == nil && len(f.Kinds) == 0 && len(f.Statuses) == 0 && len(f.RoleIDs) == 0 && len(f.AccessPoints) == 0 &&
		len(f.WhitelistIDs) == 0 && f.Locked == nil && f.MFAEnrolled == nil && f.LastSignInBefore == nil
}

// users is what the filter lets through. ordered is the column that it will be ordered by.
func (f UserFilter) users(r Reader, account *Account, ordered string, now Time) filtered {
	list := filtered{Reader: r, accountID: account.ID, users: account.UserCount}
	add := func(one condition) { list.conditions = append(list.conditions, one) }
	// Where a column of users itself is asked for, whichever index begins with it finds them.
	column := func(column, comparison string, value any) {
		one := ask("? "+comparison, r.unindexed("u."+column), value)
		if column == ordered {
			one = ask("u.? "+comparison, bun.Ident(column), value)
		}
		one.ids = r.idb.NewSelect().Table("users").ColumnExpr("id AS user_id").Where("account_id = ?", account.ID).Where("? "+comparison, bun.Ident(column), value)
		one.exact = true
		add(one)
	}
	linked := func(l link, ids []typeid.ID) {
		one := ask("EXISTS (SELECT 1 FROM ? WHERE user_id = u.id AND ? IN (?))", bun.Ident(l.table), r.unindexed(l.member), bun.List(ids))
		one.ids = r.idb.NewSelect().TableExpr("?", r.byMember(l)).Column(l.owner).Where("? IN (?)", bun.Ident(l.member), bun.List(ids))
		one.exact = true
		add(one)
	}
	if f.Query != nil {
		add(r.userSearch(text.Fold(*f.Query)))
	}
	if len(f.Kinds) > 0 {
		column("kind", "IN (?)", bun.List(f.Kinds))
	}
	if len(f.Statuses) > 0 {
		column("status", "IN (?)", bun.List(f.Statuses))
	}
	if len(f.RoleIDs) > 0 {
		linked(rolesOfUsers, f.RoleIDs)
	}
	if len(f.AccessPoints) > 0 {
		codes := bun.List(storable(f.AccessPoints...))
		one := ask("EXISTS (SELECT 1 FROM user_access_points JOIN access_points ON access_points.id = access_point_id"+
			" WHERE user_id = u.id AND ? IN (?))", r.unindexed("code"), codes)
		one.ids = r.idb.NewSelect().Table("access_points").Column("user_id").
			Join("JOIN user_access_points ON user_access_points.access_point_id = access_points.id").
			Where("account_id = ?", account.ID).Where("code IN (?)", codes)
		one.exact = true
		add(one)
	}
	if len(f.WhitelistIDs) > 0 {
		linked(whitelistsOfUsers, f.WhitelistIDs)
	}
	if f.Locked != nil {
		add(r.locked(account, *f.Locked, now))
	}
	if f.MFAEnrolled != nil {
		one := ask("? (EXISTS (SELECT 1 FROM totp_methods WHERE user_id = u.id) OR EXISTS (SELECT 1 FROM passkeys WHERE user_id = u.id))",
			unless(*f.MFAEnrolled))
		if *f.MFAEnrolled {
			one.ids = r.idb.NewSelect().Table("totp_methods").Column("user_id").UnionAll(r.idb.NewSelect().Table("passkeys").Column("user_id"))
			one.exact = true
		}
		add(one)
	}
	if f.LastSignInBefore != nil {
		column("last_sign_in_at", "< ?", *f.LastSignInBefore)
	}
	return list
}

// userSearch asks for a folded text in what can be searched of users. PostgreSQL serves LIKE from its trigrams itself.
func (r Reader) userSearch(folded string) condition {
	one := ask(`u.search LIKE ? ESCAPE '\'`, likePattern(folded))
	switch {
	case folded == "": // in everything
	case r.postgres():
		one.ids = r.idb.NewSelect().Model((*User)(nil)).ColumnExpr("id AS user_id").Where("?", one.holds)
	default:
		one.ids = r.usersLike(folded)
	}
	return one
}

// locked asks whether too many wrong tries keep a user out. The key is what NameThrottle makes of names that can be.
func (r Reader) locked(account *Account, locked bool, now Time) condition {
	prefix := "name:" + account.Handle + "/"
	one := ask("? EXISTS (SELECT 1 FROM throttles WHERE throttle_key = ? || u.login_key AND until > ?)", unless(locked), prefix, now)
	if locked {
		one.ids = r.idb.NewSelect().Table("throttles").ColumnExpr("users.id AS user_id").
			Join("JOIN users ON users.account_id = ? AND users.login_key = substr(throttle_key, ?)", account.ID, len(prefix)+1).
			Where("throttle_key >= ? AND throttle_key < ?", prefix, "name:"+account.Handle+"0").Where("until > ?", now)
		one.exact = true
	}
	return one
}

// unless writes NOT before a condition that must not hold.
func unless(holds bool) bun.Safe {
	if holds {
		return ""
	}
	return "NOT"
}
