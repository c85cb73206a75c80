package db

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// NewUser is a user to be created with everything that it has. The lists hold no ID twice.
type NewUser struct {
	User                                  *User
	RoleIDs, AccessPointIDs, WhitelistIDs []typeid.ID
	Link                                  *Link // nil: none
	Mail                                  *Mail // nil: none
}

// How many rows one statement adds: more make it no quicker, and a statement is held in memory as text. Mails are long.
const (
	rowsAtOnce  = 500
	mailsAtOnce = 50
)

// CreateUsers adds users of one account and counts them, in few statements for any number of them. Conflicts are those of
// [Tx.CreateUser].
func (tx *Tx) CreateUsers(ctx context.Context, accountID typeid.ID, added []NewUser) error {
	users := make([]*User, len(added))
	var (
		roles  []UserRole
		points []UserAccessPoint
		lists  []UserWhitelist
		links  []*Link
		mails  []*Mail
	)
	for i, one := range added {
		user := one.User
		user.AccountID = accountID
		user.fold()
		tx.created(user.ID)
		users[i] = user
		for _, id := range one.RoleIDs {
			roles = append(roles, UserRole{UserID: user.ID, RoleID: id})
		}
		for _, id := range one.AccessPointIDs {
			points = append(points, UserAccessPoint{UserID: user.ID, AccessPointID: id})
		}
		for _, id := range one.WhitelistIDs {
			lists = append(lists, UserWhitelist{UserID: user.ID, WhitelistID: id})
		}
		if one.Link != nil {
			links = append(links, one.Link)
		}
		if one.Mail != nil {
			mails = append(mails, one.Mail)
		}
	}
	for _, insert := range []func() error{
		func() error { return insertMany(ctx, tx.idb, users, rowsAtOnce) },
		func() error { return insertMany(ctx, tx.idb, roles, rowsAtOnce) },
		func() error { return insertMany(ctx, tx.idb, points, rowsAtOnce) },
		func() error { return insertMany(ctx, tx.idb, lists, rowsAtOnce) },
		func() error { return insertMany(ctx, tx.idb, links, rowsAtOnce) },
		func() error { return insertMany(ctx, tx.idb, mails, mailsAtOnce) },
	} {
		if err := insert(); err != nil {
			return translate(err)
		}
	}
	_, err := tx.idb.NewUpdate().Model((*Account)(nil)).Set("user_count = user_count + ?", len(users)).Where("id = ?", accountID).Exec(ctx)
	return translate(err)
}

func insertMany[T any](ctx context.Context, idb bun.IDB, rows []T, atOnce int) error {
	for some := range slices.Chunk(rows, atOnce) {
		if _, err := idb.NewInsert().Model(&some).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}
