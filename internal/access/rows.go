package access

import (
	"context"
	"maps"
	"strings"

	"github.com/google/uuid"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// sharedRows are rows of what many users hold alike, as they stand in the database. Lists show them again and again, and they
// are kept and forgotten as what decisions depend on is.
type sharedRows struct {
	roles      map[typeid.ID]*db.Role
	doors      map[typeid.ID]*db.AccessPoint
	whitelists map[typeid.ID]*db.Whitelist
	entries    map[typeid.ID][]*db.WhitelistEntry // by whitelist
	size       int                                // how many rows have been kept
	// holdings are what those users hold that lists have shown. A million of them take some 53 MB,
	// and more where each user holds what nobody else does.
	holdings map[uuid.UUID]*holdings
	// ids are what holdings are made of, each once: as it was read, each is a piece of a long text.
	ids map[typeid.ID]typeid.ID
}

// orderedRows are good for as long as nothing has changed.
type orderedRows[T any] struct {
	epoch int64
	rows  []*T
}

// The bounds of what is kept: an account may have as many whitelists as it likes, each of a thousand entries.
const (
	rememberedRows     = 50_000
	rememberedHoldings = 1_000_000
)

func newSharedRows() sharedRows {
	return sharedRows{
		roles:      map[typeid.ID]*db.Role{},
		doors:      map[typeid.ID]*db.AccessPoint{},
		whitelists: map[typeid.ID]*db.Whitelist{},
		entries:    map[typeid.ID][]*db.WhitelistEntry{},
		holdings:   map[uuid.UUID]*holdings{},
		ids:        map[typeid.ID]typeid.ID{},
	}
}

func (s *sharedRows) forget(id typeid.ID) {
	delete(s.roles, id)
	delete(s.doors, id)
	delete(s.whitelists, id)
	delete(s.entries, id)
	if number, err := id.UUID(); err == nil {
		delete(s.holdings, number)
	}
}

// once puts in place of each of some IDs the one copy of it.
func (s *sharedRows) once(ids []typeid.ID) []typeid.ID {
	for i, id := range ids {
		known, ok := s.ids[id]
		if !ok {
			known = typeid.ID(strings.Clone(string(id)))
			s.ids[known] = known
		}
		ids[i] = known
	}
	return ids
}

// roles returns those of the roles that an account has. The rows are shared and must not be changed, as all that View returns.
func (v View) roles(ctx context.Context, accountID typeid.ID, ids []typeid.ID) (map[typeid.ID]*db.Role, error) {
	return rows(ctx, v.state, ids, func(s *sharedRows) map[typeid.ID]*db.Role { return s.roles }, one,
		func(ids []typeid.ID) (map[typeid.ID]*db.Role, error) {
			return v.state.store.RolesByID(ctx, accountID, ids)
		})
}

// accessPoints returns those of the access points that an account has.
func (v View) accessPoints(ctx context.Context, accountID typeid.ID, ids []typeid.ID) (map[typeid.ID]*db.AccessPoint, error) {
	return rows(ctx, v.state, ids, func(s *sharedRows) map[typeid.ID]*db.AccessPoint { return s.doors }, one,
		func(ids []typeid.ID) (map[typeid.ID]*db.AccessPoint, error) {
			return v.state.store.AccessPointsByID(ctx, accountID, ids)
		})
}

// whitelists returns those of the whitelists that an account has.
func (v View) whitelists(ctx context.Context, accountID typeid.ID, ids []typeid.ID) (map[typeid.ID]*db.Whitelist, error) {
	return rows(ctx, v.state, ids, func(s *sharedRows) map[typeid.ID]*db.Whitelist { return s.whitelists }, one,
		func(ids []typeid.ID) (map[typeid.ID]*db.Whitelist, error) {
			return v.state.store.WhitelistsByID(ctx, accountID, ids)
		})
}

// Entries returns the entries of whitelists, in the order given.
func (v View) Entries(ctx context.Context, whitelistIDs []typeid.ID) (map[typeid.ID][]*db.WhitelistEntry, error) {
	return rows(ctx, v.state, whitelistIDs, func(s *sharedRows) map[typeid.ID][]*db.WhitelistEntry { return s.entries },
		func(entries []*db.WhitelistEntry) int { return len(entries) },
		func(ids []typeid.ID) (map[typeid.ID][]*db.WhitelistEntry, error) {
			return v.state.store.EntriesByWhitelist(ctx, ids)
		})
}

func one[T any](T) int { return 1 }

// rows finds rows in memory. Those that are not there are read, and kept if nothing at all had changed by then.
func rows[T any](ctx context.Context, s *State, ids []typeid.ID, in func(*sharedRows) map[typeid.ID]T,
	size func(T) int, read func([]typeid.ID) (map[typeid.ID]T, error)) (map[typeid.ID]T, error) {
	found := make(map[typeid.ID]T, len(ids))
	var missing []typeid.ID
	s.mu.RLock()
	epoch, held := s.held.epoch, in(&s.held.rows)
	for _, id := range ids {
		if row, ok := held[id]; ok {
			found[id] = row
		} else {
			missing = append(missing, id)
		}
	}
	s.mu.RUnlock()
	if len(missing) == 0 {
		return found, nil
	}
	fresh, err := read(missing)
	if err != nil {
		return nil, err
	}
	maps.Copy(found, fresh)
	return found, s.keep(ctx, epoch, func(m *memory) {
		if m.rows.size > s.mostRows {
			holdings, ids := m.rows.holdings, m.rows.ids
			m.rows = newSharedRows()
			m.rows.holdings, m.rows.ids = holdings, ids
		}
		for id, row := range fresh {
			in(&m.rows)[id] = row
			m.rows.size += size(row)
		}
	})
}
