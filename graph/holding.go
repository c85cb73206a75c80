package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// What users hold is in memory with what decisions depend on, and as true: internal/access/state.go.

// view is that memory. A mutation looks again: it has changed something itself.
func (r *Resolver) view(ctx context.Context) (access.View, error) {
	if graphql.GetOperationContext(ctx).Operation.Operation == ast.Mutation {
		return r.state.Look(ctx)
	}
	return r.state.Last(), nil
}

// inMemory makes a question of what is in memory, about the viewer's account.
func inMemory[T any](r *Resolver, find func(v access.View, ctx context.Context, accountID typeid.ID, ids []typeid.ID) (map[typeid.ID][]*T, error)) func(context.Context, []typeid.ID) (map[typeid.ID][]*T, error) {
	return func(ctx context.Context, ids []typeid.ID) (map[typeid.ID][]*T, error) {
		view, err := r.view(ctx)
		if err != nil {
			return nil, err
		}
		return find(view, ctx, viewerOf(ctx).Account.ID, ids)
	}
}

func (r *Resolver) entriesByWhitelist(ctx context.Context, ids []typeid.ID) (map[typeid.ID][]*db.WhitelistEntry, error) {
	view, err := r.view(ctx)
	if err != nil {
		return nil, err
	}
	return view.Entries(ctx, ids)
}
