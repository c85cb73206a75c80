package signin

import (
	"context"
	"net/netip"
	"sync"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
)

// keyRows are the rows of a key, its user and their account. They are shared between requests and never changed.
type keyRows struct {
	key     *db.APIKey
	user    *db.User
	account *db.Account
	// viewer is who asks with the key, but for the address: what a key may do is worked out once.
	viewer *access.Viewer
}

// from is who asks with the key from an address.
func (r *keyRows) from(ip netip.Addr) *access.Viewer {
	viewer := *r.viewer
	viewer.IP = ip.Unmap()
	return &viewer
}

// rememberedRows bounds of how many keys rows are kept.
const rememberedRows = 1000

// keyRowsCache keeps the rows of keys that ask GraphQL for as long as [access.State] hands out the same subject for a key,
// which it does until something has changed that decisions depend on: that makes them as true as the decision itself.
type keyRowsCache struct {
	mu   sync.RWMutex
	rows map[*access.Subject]*keyRows
}

// find returns the rows of a key, by the SHA-256 of its text, which must have been looked up as the subject before.
func (c *keyRowsCache) find(ctx context.Context, store *db.DB, subject *access.Subject, hash []byte) (*keyRows, error) {
	c.mu.RLock()
	rows := c.rows[subject]
	c.mu.RUnlock()
	if rows != nil {
		return rows, nil
	}
	key, user, account, err := store.APIKeyWithUser(ctx, hash)
	if err != nil {
		return nil, err
	}
	rows = &keyRows{key, user, account, access.NewKeyViewer(account, user, key, netip.Addr{}, subject)}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rows == nil || len(c.rows) >= rememberedRows {
		c.rows = map[*access.Subject]*keyRows{}
	}
	c.rows[subject] = rows
	return rows, nil
}
