package db

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/uptrace/bun/schema"

	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Holdings are the IDs of what a user holds.
type Holdings struct {
	Roles, AccessPoints, Whitelists []typeid.ID
}

// Holds names what of [Holdings] is read.
type Holds uint8

const (
	HoldsRoles Holds = 1 << iota
	HoldsAccessPoints
	HoldsWhitelists

	HoldsAll = HoldsRoles | HoldsAccessPoints | HoldsWhitelists
)

// UserReading is what is read of users for one kind of question. Nil reads every column that lists are asked for, and nothing
// of what users hold. It is safe for concurrent use, on databases of one kind.
type UserReading struct {
	fields []string
	holds  Holds
	shapes sync.Map // of *shape, by the column that the users are ordered by
}

// NewUserReading makes a reading of some fields of [User], by their names in Go, beside the ID and what the users are ordered
// by, and of what users hold, which comes as [User.Held]; nil fields: all of them.
func NewUserReading(fields []string, holds Holds) *UserReading {
	return &UserReading{fields: fields, holds: holds}
}

// Holds says what of a user's holdings is read.
func (u *UserReading) Holds() Holds {
	if u == nil {
		return 0
	}
	return u.holds
}

// shapeFor is the shape of the rows that are read, with the column that they are ordered by; empty: in no order.
func (u *UserReading) shapeFor(r Reader, ordered string) *shape {
	whole := listedShapeOf[User](r)
	if u == nil || u.fields == nil {
		return whole
	}
	if known, ok := u.shapes.Load(ordered); ok {
		return known.(*shape)
	}
	part := whole.only(func(field *schema.Field) bool {
		return field.GoName == "ID" || field.Name == ordered || slices.Contains(u.fields, field.GoName)
	})
	u.shapes.Store(ordered, part)
	return part
}

// holdingColumns are what a statement about users selects, each as one text: a driver takes longer to hand on a row than the
// database to find it.
type holdingColumns struct {
	holds Holds
	texts [3]string
}

// kinds of what users hold, in the order of [Holds].
var heldKinds = [3]link{rolesOfUsers, accessPointsOfUsers, whitelistsOfUsers}

// selected are the columns, each with a comma after it, and what they are scanned into.
func (h *holdingColumns) selected(r Reader) (text string, into []any) {
	join := "group_concat"
	if r.postgres() {
		join = "string_agg"
	}
	for i, kind := range heldKinds {
		if h.holds&(1<<i) != 0 {
			text += "coalesce((SELECT " + join + "(" + kind.member + ", ' ') FROM " + kind.table + " WHERE " + kind.owner + " = u.id), ''), "
			into = append(into, &h.texts[i])
		}
	}
	return text, into
}

// holdings are what the columns of the present row hold; nil when nothing was asked for.
func (h *holdingColumns) holdings() *Holdings {
	if h.holds == 0 {
		return nil
	}
	return &Holdings{splitIDs(h.texts[0]), splitIDs(h.texts[1]), splitIDs(h.texts[2])}
}

func splitIDs(text string) []typeid.ID {
	if text == "" {
		return nil
	}
	ids := make([]typeid.ID, 0, strings.Count(text, " ")+1)
	for id := range strings.SplitSeq(text, " ") {
		ids = append(ids, typeid.ID(id))
	}
	return ids
}

// readUsers runs a statement about users: where says which, as it stands after FROM users AS u.
func (r Reader) readUsers(ctx context.Context, s *statement, shape *shape, holds Holds, where string, each func(*User)) error {
	held := &holdingColumns{holds: holds}
	columns, into := held.selected(r)
	return readShape(ctx, r, s, shape, "SELECT "+columns+shape.list("u")+" FROM users AS u "+where, into, func(user *User) {
		user.Held = held.holdings()
		each(user)
	})
}

// identified reads of users who they are and nothing else.
var identified = NewUserReading([]string{}, 0)

// HoldingsOfUsers reads what users hold, of the kinds that are asked for, in one statement.
func (r Reader) HoldingsOfUsers(ctx context.Context, userIDs []typeid.ID, holds Holds) (map[typeid.ID]*Holdings, error) {
	found := make(map[typeid.ID]*Holdings, len(userIDs))
	if len(userIDs) == 0 {
		return found, nil
	}
	s := r.statement()
	asked, err := s.in("u.id", userIDs)
	if err != nil {
		return nil, err
	}
	err = r.readUsers(ctx, s, identified.shapeFor(r, ""), holds, "WHERE "+asked, func(user *User) { found[user.ID] = user.Held })
	return found, err
}

// LookUpUser finds a user of an account. [ErrNotFound]: there is none, or the lookup names nobody.
func (r Reader) LookUpUser(ctx context.Context, accountID typeid.ID, by UserLookup, reading *UserReading) (found *User, err error) {
	var column, value string
	switch {
	case by.ID != nil:
		column, value = "u.id", string(*by.ID)
	case by.LoginName != nil:
		column, value = "u.login_key", text.Key(*by.LoginName)
	case by.Email != nil:
		column, value = "u.email_key", text.Key(*by.Email)
	}
	if column == "" || len(storable(value)) == 0 {
		return nil, ErrNotFound
	}
	s := r.statement()
	where := "WHERE u.account_id = " + s.arg(string(accountID)) + " AND " + column + " = " + s.arg(value)
	err = r.readUsers(ctx, s, reading.shapeFor(r, ""), reading.Holds(), where, func(user *User) { found = user })
	if err == nil && found == nil {
		err = ErrNotFound
	}
	return found, err
}
