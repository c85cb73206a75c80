package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph/scalar"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// nodeKind is how things of one kind are found by their IDs.
type nodeKind struct {
	// may asks what the viewer needs to see the thing of an ID, whether there is one or not: a refusal tells nothing.
	may func(viewer *access.Viewer, id typeid.ID) error
	// find returns those of the things that the viewer's account has.
	find func(r *Resolver, ctx context.Context, viewer *access.Viewer, ids []typeid.ID) (map[typeid.ID]db.Node, error)
}

// nodeKinds are the kinds of things that have a global ID, by its prefix.
var nodeKinds = map[string]nodeKind{
	"account": {seeAlways, (*Resolver).findAccounts},
	"user":    {maySeeUser, (*Resolver).findUsers},
	"role":    {needs(access.ViewRole, access.ViewUser), (*Resolver).findRoles},
	"ap":      {needs(access.ViewUser, access.ManageAccessPoint), (*Resolver).findAccessPoints},
	"wl":      {needs(access.ViewWhitelist), (*Resolver).findWhitelists},
	"session": {seeAlways, (*Resolver).findSessions},
	"totp":    {seeAlways, (*Resolver).findFactors},
	"passkey": {seeAlways, (*Resolver).findFactors},
	"event":   {seeAlways, (*Resolver).findEvents},
	"key":     {needs(access.ManageAPIKey), (*Resolver).findKeys},
	"mail":    {needs(access.ViewUser), (*Resolver).findMails},
}

func needs(codes ...string) func(*access.Viewer, typeid.ID) error {
	return func(viewer *access.Viewer, _ typeid.ID) error { return viewer.Require(codes...) }
}

// seeAlways is for what is the viewer's own, or where finding it asks by itself whose it is.
func seeAlways(viewer *access.Viewer, _ typeid.ID) error { return viewer.RequireEnrolled() }

// mayFind asks what the viewer needs to see the thing of an ID. What names no kind of thing needs nothing, and is not
// there.
func mayFind(viewer *access.Viewer, id typeid.ID) error {
	if kind, known := nodeKinds[id.Prefix()]; known {
		return kind.may(viewer, id)
	}
	return nil
}

// findNodes finds things of any kind that the viewer may see, with one or two statements a kind.
func (r *Resolver) findNodes(ctx context.Context, ids []typeid.ID) (map[typeid.ID]db.Node, error) {
	viewer := viewerOf(ctx)
	byPrefix := make(map[string][]typeid.ID)
	for _, id := range ids {
		if mayFind(viewer, id) == nil {
			byPrefix[id.Prefix()] = append(byPrefix[id.Prefix()], id)
		}
	}
	nodes := make(map[typeid.ID]db.Node, len(ids))
	for prefix, ids := range byPrefix {
		kind, known := nodeKinds[prefix]
		if !known {
			continue
		}
		found, err := kind.find(r, ctx, viewer, ids)
		if err != nil {
			return nil, err
		}
		for id, node := range found {
			nodes[id] = node
		}
	}
	return nodes, nil
}

// asNodes forgets of what kind the rows of a map are, and notes them.
func asNodes[T any, P interface {
	*T
	db.Node
}](into *noted[T], found map[typeid.ID]P, err error) (map[typeid.ID]db.Node, error) {
	nodes := make(map[typeid.ID]db.Node, len(found))
	for id, row := range found {
		if into != nil {
			into.note(row)
		}
		nodes[id] = row
	}
	return nodes, err
}

func (r *Resolver) findAccounts(_ context.Context, viewer *access.Viewer, ids []typeid.ID) (map[typeid.ID]db.Node, error) {
	nodes := make(map[typeid.ID]db.Node)
	for _, id := range ids {
		if id == viewer.Account.ID {
			nodes[id] = viewer.Account
		}
	}
	return nodes, nil
}

func (r *Resolver) findUsers(ctx context.Context, viewer *access.Viewer, ids []typeid.ID) (map[typeid.ID]db.Node, error) {
	found, err := r.store.UsersByID(ctx, viewer.Account.ID, ids)
	return asNodes(&loadersOf(ctx).users, found, err)
}

func (r *Resolver) findRoles(ctx context.Context, viewer *access.Viewer, ids []typeid.ID) (map[typeid.ID]db.Node, error) {
	found, err := r.accounts.RolesByID(ctx, viewer, ids)
	return asNodes(&loadersOf(ctx).roles, found, err)
}

func (r *Resolver) findAccessPoints(ctx context.Context, viewer *access.Viewer, ids []typeid.ID) (map[typeid.ID]db.Node, error) {
	found, err := r.accounts.AccessPointsByID(ctx, viewer, ids)
	return asNodes(&loadersOf(ctx).accessPoints, found, err)
}

func (r *Resolver) findWhitelists(ctx context.Context, viewer *access.Viewer, ids []typeid.ID) (map[typeid.ID]db.Node, error) {
	found, err := r.accounts.WhitelistsByID(ctx, viewer, ids)
	return asNodes(&loadersOf(ctx).whitelists, found, err)
}

func (r *Resolver) findEvents(ctx context.Context, viewer *access.Viewer, ids []typeid.ID) (map[typeid.ID]db.Node, error) {
	found, err := r.accounts.AuditEventsByID(ctx, viewer, ids)
	return asNodes(&loadersOf(ctx).events, found, err)
}

// findKeys finds keys of users whom the viewer may manage.
func (r *Resolver) findKeys(ctx context.Context, viewer *access.Viewer, ids []typeid.ID) (map[typeid.ID]db.Node, error) {
	found, err := r.accounts.APIKeysByID(ctx, viewer, ids)
	return asNodes(&loadersOf(ctx).keys, found, err)
}

func (r *Resolver) findMails(ctx context.Context, viewer *access.Viewer, ids []typeid.ID) (map[typeid.ID]db.Node, error) {
	found, err := r.store.MailsByID(ctx, viewer.Account.ID, ids)
	return asNodes(&loadersOf(ctx).mails, found, err)
}

// findSessions finds live sessions: in person one's own, and with UPDATE_USER everybody's.
func (r *Resolver) findSessions(ctx context.Context, viewer *access.Viewer, ids []typeid.ID) (map[typeid.ID]db.Node, error) {
	found, err := r.store.SessionsByID(ctx, viewer.Account, db.At(r.now()), ids)
	for id, session := range found {
		if maySeeSessions(viewer, session.UserID) != nil {
			delete(found, id)
		}
	}
	return asNodes(&loadersOf(ctx).sessions, found, err)
}

// findFactors finds factors of users whom the viewer may see.
func (r *Resolver) findFactors(ctx context.Context, viewer *access.Viewer, ids []typeid.ID) (map[typeid.ID]db.Node, error) {
	factors, err := r.store.FactorsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	var owners []typeid.ID
	for _, factor := range factors {
		owners = append(owners, factor.Of().UserID)
	}
	// The tables of factors do not know of accounts: whose they are is asked of the users.
	visible, err := r.visibleUsers(loadersOf(ctx))(ctx, owners)
	nodes := make(map[typeid.ID]db.Node, len(factors))
	for id, factor := range factors {
		if visible[factor.Of().UserID] != nil {
			nodes[id] = factor
		}
	}
	return nodes, err
}

// maySeeSessions asks whether the viewer may see a user's sessions.
func maySeeSessions(viewer *access.Viewer, userID typeid.ID) error {
	if viewer.Is(userID) {
		return viewer.RequireEnrolled()
	}
	return viewer.Require(access.UpdateUser)
}

const errTooManyIDs = scalar.InputError("at most 100 ids")

// nodes answers about a list of IDs, in its order. What the viewer lacks a permission for is an error at its own place.
func (r *Resolver) nodes(ctx context.Context, ids []typeid.ID) ([]db.Node, error) {
	found, err := r.findNodes(ctx, ids)
	if err != nil {
		return nil, err
	}
	nodes := make([]db.Node, len(ids))
	for i, id := range ids {
		nodes[i] = found[id]
		if err := mayFind(viewerOf(ctx), id); err != nil {
			graphql.AddError(ctx, gqlerror.WrapPath(append(graphql.GetPath(ctx), ast.PathIndex(i)), err))
		}
	}
	return nodes, nil
}
