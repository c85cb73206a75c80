package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// view is what is in memory of what many users hold. A mutation looks again: it has changed something itself.
func (r *Resolver) view(ctx context.Context) (access.View, error) {
	if graphql.GetOperationContext(ctx).Operation.Operation == ast.Mutation {
		return r.state.Look(ctx)
	}
	return r.state.Last(), nil
}

// holdingsByUser reads what users hold, as far as it was not read along with them.
func (r *Resolver) holdingsByUser(ctx context.Context, users []*db.User) (map[typeid.ID]*db.Holdings, error) {
	holds := db.HoldsAll
	if reading := userReading(ctx); reading != nil {
		holds = reading.Holds()
	}
	known := make(map[typeid.ID]*db.Holdings, len(users))
	var unread []typeid.ID
	for _, user := range users {
		if user.Held != nil {
			known[user.ID] = user.Held
		} else {
			unread = append(unread, user.ID)
		}
	}
	read, err := r.store.HoldingsOfUsers(ctx, unread, holds)
	for id, holdings := range read {
		known[id] = holdings
	}
	return known, err
}

// held makes a loader of one kind of what users hold: the rows are found in memory, and put into the order of their list.
func held[T any](r *Resolver, l *loaders, into *noted[T], of func(*db.Holdings) []typeid.ID,
	find func(view access.View, ctx context.Context, accountID typeid.ID, ids []typeid.ID) (map[typeid.ID]*T, error), compare func(a, b *T) int) loader[db.User, []*T] {
	return loader[db.User, []*T]{about: &l.users, fetch: func(ctx context.Context, users []*db.User) (map[typeid.ID][]*T, error) {
		wanted, holdings := map[typeid.ID]bool{}, make([]*db.Holdings, len(users))
		var ids []typeid.ID
		for i, user := range users {
			held, err := l.userHoldings.load(ctx, user)
			if err != nil {
				return nil, err
			}
			if held == nil { // the user has gone meanwhile
				continue
			}
			holdings[i] = held
			for _, id := range of(held) {
				if !wanted[id] {
					wanted[id] = true
					ids = append(ids, id)
				}
			}
		}
		view, err := r.view(ctx)
		if err != nil {
			return nil, err
		}
		rows, err := find(view, ctx, viewerOf(ctx).Account.ID, ids)
		if err != nil {
			return nil, err
		}
		byUser := make(map[typeid.ID][]*T, len(users))
		for i, user := range users {
			if holdings[i] == nil {
				continue
			}
			var list []*T
			for _, id := range of(holdings[i]) {
				if row := rows[id]; row != nil {
					list = append(list, row)
				}
			}
			slices.SortFunc(list, compare)
			byUser[user.ID] = list
			into.note(list...)
		}
		return byUser, nil
	}}
}

// entriesByWhitelist finds the entries of whitelists in memory.
func (r *Resolver) entriesByWhitelist(ctx context.Context, ids []typeid.ID) (map[typeid.ID][]*db.WhitelistEntry, error) {
	view, err := r.view(ctx)
	if err != nil {
		return nil, err
	}
	return view.Entries(ctx, ids)
}
