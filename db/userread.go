package db

import (
	"context"

	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// readUsers runs a statement about users: where says which, as it stands after FROM users AS u.
func (r Reader) readUsers(ctx context.Context, s *statement, shape *shape, where string, each func(*User)) error {
	return readShape(ctx, r, s, shape, "SELECT "+shape.list("u")+" FROM users AS u "+where, nil, each)
}

// LookUpUser finds a user of an account. [ErrNotFound]: there is none, or the lookup names nobody.
func (r Reader) LookUpUser(ctx context.Context, accountID typeid.ID, by UserLookup, reading *Reading) (found *User, err error) {
	var column, value string
	switch {
	case by.ID != nil:
		column, value = "u.id", string(*by.ID)
	case by.LoginName != nil:
		column, value = "u.login_key", text.Key(*by.LoginName)
	case by.Email != nil:
		column, value = "u.email_key", text.EmailKey(*by.Email)
	}
	if column == "" || len(storable(value)) == 0 {
		return nil, ErrNotFound
	}
	s := r.statement()
	where := "WHERE u.account_id = " + s.arg(string(accountID)) + " AND " + column + " = " + s.arg(value)
	err = r.readUsers(ctx, s, shapeToRead[User](r, reading, ""), where, func(user *User) { found = user })
	if err == nil && found == nil && by.Email != nil {
		return r.onlySharer(ctx, accountID, value, reading)
	}
	if err == nil && found == nil {
		err = ErrNotFound
	}
	return found, err
}

// onlySharer finds the API user with an address that no personal user has. [ErrNotFound]: there is none, or there are several.
func (r Reader) onlySharer(ctx context.Context, accountID typeid.ID, emailKey string, reading *Reading) (*User, error) {
	var found []*User
	s := r.statement()
	where := "WHERE u.account_id = " + s.arg(string(accountID)) + " AND u.email_key > " + s.arg(emailKey+sharedEmail) +
		" AND u.email_key < " + s.arg(emailKey+sharedEmail+"~") + " ORDER BY u.email_key LIMIT 2"
	err := r.readUsers(ctx, s, shapeToRead[User](r, reading, ""), where, func(user *User) { found = append(found, user) })
	if err != nil {
		return nil, err
	}
	if len(found) != 1 {
		return nil, ErrNotFound
	}
	return found[0], nil
}

// Holdings are the IDs of what a user holds, in no order.
type Holdings struct{ RoleIDs, AccessPointIDs, WhitelistIDs []typeid.ID }

// HoldingsOfUsers reads what users hold, in one statement. Who holds nothing, or is not there, has no holdings.
func (r Reader) HoldingsOfUsers(ctx context.Context, userIDs []typeid.ID) (map[typeid.ID]Holdings, error) {
	found := make(map[typeid.ID]Holdings, len(userIDs))
	if len(userIDs) == 0 {
		return found, nil
	}
	err := r.pairs(ctx, userIDs, func(link int, owner, member typeid.ID) {
		holdings := found[owner]
		kinds := [...]*[]typeid.ID{&holdings.RoleIDs, &holdings.AccessPointIDs, &holdings.WhitelistIDs}
		*kinds[link] = append(*kinds[link], member)
		found[owner] = holdings
	}, rolesOfUsers, accessPointsOfUsers, whitelistsOfUsers)
	return found, err
}
