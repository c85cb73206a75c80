package access

import (
	"context"
	"slices"
	"sync/atomic"

	"github.com/google/uuid"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// heldKind is one kind of what users hold.
type heldKind[T any] struct {
	ids     func(*holdings) []typeid.ID
	rows    func(*holdings) *atomic.Pointer[orderedRows[T]]
	find    func(v View, ctx context.Context, accountID typeid.ID, ids []typeid.ID) (map[typeid.ID]*T, error)
	compare func(a, b *T) int
}

var (
	heldRoles = heldKind[db.Role]{
		func(h *holdings) []typeid.ID { return h.roles },
		func(h *holdings) *atomic.Pointer[orderedRows[db.Role]] { return &h.roleRows }, View.roles, db.CompareRoles,
	}
	heldDoors = heldKind[db.AccessPoint]{
		func(h *holdings) []typeid.ID { return h.doors },
		func(h *holdings) *atomic.Pointer[orderedRows[db.AccessPoint]] { return &h.doorRows }, View.accessPoints, db.CompareAccessPoints,
	}
	heldLists = heldKind[db.Whitelist]{
		func(h *holdings) []typeid.ID { return h.lists },
		func(h *holdings) *atomic.Pointer[orderedRows[db.Whitelist]] { return &h.listRows }, View.whitelists, db.CompareWhitelists,
	}
)

// RolesOfUsers returns what roles users of an account have, in the order of the list of roles.
func (v View) RolesOfUsers(ctx context.Context, accountID typeid.ID, userIDs []typeid.ID) (map[typeid.ID][]*db.Role, error) {
	return heldByUser(ctx, v, accountID, userIDs, heldRoles)
}

// AccessPointsOfUsers returns what access points users of an account may come through, in the order of the list of access
// points.
func (v View) AccessPointsOfUsers(ctx context.Context, accountID typeid.ID, userIDs []typeid.ID) (map[typeid.ID][]*db.AccessPoint, error) {
	return heldByUser(ctx, v, accountID, userIDs, heldDoors)
}

// WhitelistsOfUsers returns what whitelists are asked of users of an account, by name.
func (v View) WhitelistsOfUsers(ctx context.Context, accountID typeid.ID, userIDs []typeid.ID) (map[typeid.ID][]*db.Whitelist, error) {
	return heldByUser(ctx, v, accountID, userIDs, heldLists)
}

// heldByUser finds what users hold. Users who hold the same share one list.
func heldByUser[T any](ctx context.Context, v View, accountID typeid.ID, userIDs []typeid.ID, kind heldKind[T]) (map[typeid.ID][]*T, error) {
	held, epoch, err := v.state.holdingsOf(ctx, userIDs)
	if err != nil {
		return nil, err
	}
	lists := make(map[typeid.ID][]*T, len(userIDs))
	var unordered []int
	var ids []typeid.ID
	for i, h := range held {
		if known := kind.rows(h).Load(); known != nil && known.epoch == epoch {
			lists[userIDs[i]] = known.rows
			continue
		}
		unordered = append(unordered, i)
		ids = append(ids, kind.ids(h)...)
	}
	if len(unordered) == 0 {
		return lists, nil
	}
	rows, err := kind.find(v, ctx, accountID, distinct(ids))
	if err != nil {
		return nil, err
	}
	for _, i := range unordered {
		ordered := &orderedRows[T]{epoch: epoch}
		for _, id := range kind.ids(held[i]) {
			if row := rows[id]; row != nil {
				ordered.rows = append(ordered.rows, row)
			}
		}
		slices.SortFunc(ordered.rows, kind.compare)
		kind.rows(held[i]).Store(ordered)
		lists[userIDs[i]] = ordered.rows
	}
	return lists, nil
}

func distinct(ids []typeid.ID) []typeid.ID {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// holdingsOf finds what users hold, one for one, and as of which epoch. What is not in memory is read, and kept if nothing at
// all had changed by then.
func (s *State) holdingsOf(ctx context.Context, userIDs []typeid.ID) (held []*holdings, epoch int64, err error) {
	held = make([]*holdings, len(userIDs))
	var missing []int // places in the list
	var unread []typeid.ID
	s.mu.RLock()
	epoch = s.held.epoch
	for i, id := range userIDs {
		if held[i] = s.held.holdingsOf(id); held[i] == nil {
			missing, unread = append(missing, i), append(unread, id)
		}
	}
	s.mu.RUnlock()
	if len(missing) == 0 {
		return held, epoch, nil
	}
	read, err := s.store.HoldingsOfUsers(ctx, unread)
	if err != nil {
		return nil, 0, err
	}
	for _, i := range missing {
		found := read[userIDs[i]]
		held[i] = &holdings{roles: found.RoleIDs, doors: found.AccessPointIDs, lists: found.WhitelistIDs}
	}
	err = s.keep(ctx, epoch, func(m *memory) {
		if len(m.rows.holdings) > s.mostHoldings {
			clear(m.rows.holdings)
			clear(m.rows.ids)
			clear(m.sharedHoldings) // whoever has one of them keeps it
		}
		for _, i := range missing {
			if number, err := userIDs[i].UUID(); err == nil {
				held[i] = m.keepHoldings(number, held[i])
			}
		}
	})
	return held, epoch, err
}

// keepHoldings keeps what was read of what a user holds, and returns what all share who hold the same.
func (m *memory) keepHoldings(user uuid.UUID, held *holdings) *holdings {
	if known := m.rows.holdings[user]; known != nil {
		return known
	}
	shared := m.share(m.rows.once(held.roles), m.rows.once(held.doors), m.rows.once(held.lists))
	m.rows.holdings[user] = shared
	return shared
}

// holdingsOf finds what a user holds; nil where it is not held.
func (m *memory) holdingsOf(userID typeid.ID) *holdings {
	if user, ok := m.objects[userID].(*heldUser); ok {
		return user.holdings
	}
	number, err := userID.UUID()
	if err != nil {
		return nil
	}
	return m.rows.holdings[number]
}
