// Package graph answers GraphQL: the schema, one file a noun, and beside each what answers it. A resolver makes one call
// into a room below and builds its payload; what somebody may do is decided there. Here stands what is GraphQL's own: who
// is let in to which field, limits, lists, errors, and questions about many rows asked in one statement.
package graph

//go:generate go run -C .. ./graph/generate

import (
	"context"
	"errors"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph/model"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/account"
	"github.com/gatehouse/gatehouse/internal/signin"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Resolver answers every field that is more than a column of its row.
type Resolver struct {
	store     *db.DB
	accounts  *account.Service
	signIn    *signin.Service
	catalogue *access.Catalogue
	state     *access.State
	now       func() time.Time
}

// userPayload answers what was done to a user. Whoever may do it without seeing users is not shown this one either.
func userPayload(ctx context.Context, user *db.User, err error) (*model.UserPayload, error) {
	problems, err := split(ctx, err)
	if user != nil && !account.CanSeeUser(viewerOf(ctx), user.ID) {
		user = nil
	}
	return &model.UserPayload{User: user, UserErrors: problems}, err
}

// rolePayload answers what was done to a role, and whitelistPayload to a whitelist, in the same way.
func rolePayload(ctx context.Context, role *db.Role, err error) (*model.RolePayload, error) {
	problems, err := split(ctx, err)
	if role != nil && mayFind(viewerOf(ctx), role.ID) != nil {
		role = nil
	}
	return &model.RolePayload{Role: role, UserErrors: problems}, err
}

func whitelistPayload(ctx context.Context, whitelist *db.Whitelist, err error) (*model.WhitelistPayload, error) {
	problems, err := split(ctx, err)
	if whitelist != nil && mayFind(viewerOf(ctx), whitelist.ID) != nil {
		whitelist = nil
	}
	return &model.WhitelistPayload{Whitelist: whitelist, UserErrors: problems}, err
}

// signInPayload answers a step of signing in.
func signInPayload(ctx context.Context, step signin.Step, err error) (*model.SignInPayload, error) {
	if err == nil {
		signedInAs(ctx, step)
	}
	problems, err := split(ctx, err)
	return &model.SignInPayload{Next: orNull(step.Next), Challenge: step.Challenge, Viewer: step.Viewer, UserErrors: problems}, err
}

// signedInAs hands the secrets of a step to the client's cookies. From here on the request is the new viewer's.
func signedInAs(ctx context.Context, step signin.Step) {
	visitor := visitorOf(ctx)
	if step.SessionToken != "" {
		visitor.Cookies.SetSession(step.SessionToken, step.SessionExpires.Time())
		visitor.Client.SessionToken = step.SessionToken
	}
	if step.DeviceToken != "" {
		visitor.Cookies.SetDevice(step.DeviceToken)
		visitor.Client.DeviceToken = step.DeviceToken
	}
	if step.Viewer != nil {
		visitor.SetViewer(step.Viewer)
	}
}

// enrolmentPayload tells of the end of an enrolment.
func enrolmentPayload(ctx context.Context, enrolled *signin.Enrolled, err error) (*model.FinishEnrolmentPayload, error) {
	problems, err := split(ctx, err)
	payload := &model.FinishEnrolmentPayload{UserErrors: problems}
	if enrolled != nil {
		signedInAs(ctx, enrolled.Step)
		payload.Method, payload.RecoveryCodes, payload.Viewer = enrolled.Method, enrolled.RecoveryCodes, enrolled.Viewer
	}
	return payload, err
}

// signedOut makes the rest of the request nobody's.
func signedOut(ctx context.Context) {
	visitor := visitorOf(ctx)
	visitor.Cookies.ClearSession()
	visitor.Client.SessionToken = ""
	visitor.SetViewer(nil)
}

// holdingsOf works out what a user may do.
func (r *Resolver) holdingsOf(ctx context.Context, user *db.User) (account.Holdings, error) {
	roles, err := loadersOf(ctx).userRoles.load(ctx, user)
	return r.accounts.HoldingsOf(roles), err
}

// userPage answers every list of users.
func (r *Resolver) userPage(ctx context.Context, owner typeid.ID, filter db.UserFilter, order db.UserOrder, first *int, after *string, last *int, before *string) (*model.UserConnection, error) {
	page, err := pageOf(ctx, owner, first, after, last, before)
	if err != nil {
		return nil, err
	}
	viewer := viewerOf(ctx)
	page.Reading = readingsFor(ctx).users
	list, err := r.accounts.Users(ctx, viewer, filter, order, page.Page)
	return connect(page, list, err, &loadersOf(ctx).users, order.Cursor, func(ctx context.Context, exact bool) (*int, error) {
		return r.accounts.CountUsers(ctx, viewer, filter, exact)
	})
}

// keyPage answers every list of keys.
func (r *Resolver) keyPage(ctx context.Context, owner typeid.ID, filter db.APIKeyFilter, first *int, after *string, last *int, before *string) (*model.APIKeyConnection, error) {
	page, err := pageOf(ctx, owner, first, after, last, before)
	if err != nil {
		return nil, err
	}
	viewer := viewerOf(ctx)
	page.Reading = readingsFor(ctx).keys
	list, err := r.accounts.APIKeys(ctx, viewer, filter, page.Page)
	return connect(page, list, err, &loadersOf(ctx).keys, (*db.APIKey).Cursor, func(ctx context.Context, exact bool) (*int, error) {
		return r.accounts.CountAPIKeys(ctx, viewer, filter, exact)
	})
}

func countNothing(context.Context, bool) (*int, error) { return new(int), nil }

// connect makes a connection of the rows of a page, and notes them.
func connect[T any](page listPage, list db.List[T], err error, into *noted[T], cursor func(*T) db.Cursor, count func(context.Context, bool) (*int, error)) (*model.Connection[T], error) {
	if err != nil {
		return nil, err
	}
	into.note(list.Items...)
	inList := func(row *T) string { return cursor(row).In(page.list) }
	return &model.Connection[T]{List: list, Cursor: inList, Count: count}, nil
}

// found turns what is not there into null.
func found[T any](row *T, err error) (*T, error) {
	if errors.Is(err, db.ErrNotFound) {
		return nil, nil
	}
	return row, err
}

// ifDone returns a value unless there is an error.
func ifDone[T any](err error, value T) *T {
	if err != nil {
		return nil
	}
	return &value
}

// orNull turns an empty text into null.
func orNull[T ~string](text T) *T {
	if text == "" {
		return nil
	}
	return &text
}

// orZero turns null into the zero value.
func orZero[T any](value *T) T {
	if value == nil {
		return *new(T)
	}
	return *value
}

// orEmpty makes a list that may be null, for lack of a permission, an empty one where it holds nothing.
func orEmpty[T any](list []T, err error) ([]T, error) {
	if list == nil {
		list = []T{}
	}
	return list, err
}
