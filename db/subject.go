package db

import (
	"context"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// AskedPrefix is a prefix of a whitelist that is asked of a user.
type AskedPrefix struct {
	AccessPointID typeid.ID // at this door, which asks it of everybody; empty: of the user at every door
	WhitelistID   typeid.ID
	WhitelistName string
	Prefix        Prefix
}

// PrefixesAskedOf returns the prefixes of all whitelists that are asked of a user: their own first, then those of the
// doors that they may come through, list by list. No whitelist is empty, so that every list is seen here.
func (r Reader) PrefixesAskedOf(ctx context.Context, userID typeid.ID) ([]AskedPrefix, error) {
	return r.prefixesAsked(ctx, `SELECT '' AS access_point_id, whitelist_id FROM user_whitelists WHERE user_id = ?0
		UNION ALL
		SELECT door.access_point_id, door.whitelist_id FROM access_point_whitelists AS door
		JOIN user_access_points AS may ON may.access_point_id = door.access_point_id WHERE may.user_id = ?0`, userID)
}

// PrefixesAskedOfKey returns the prefixes of all whitelists that are asked of a key besides those of its user, list by
// list.
func (r Reader) PrefixesAskedOfKey(ctx context.Context, keyID typeid.ID) ([]AskedPrefix, error) {
	return r.prefixesAsked(ctx, `SELECT '' AS access_point_id, whitelist_id FROM api_key_whitelists WHERE api_key_id = ?0`, keyID)
}

// PrefixesAskedAt returns the prefixes of all whitelists that an access point asks of everybody, list by list.
func (r Reader) PrefixesAskedAt(ctx context.Context, accessPointID typeid.ID) ([]AskedPrefix, error) {
	return r.prefixesAsked(ctx, `SELECT access_point_id, whitelist_id FROM access_point_whitelists WHERE access_point_id = ?0`, accessPointID)
}

func (r Reader) prefixesAsked(ctx context.Context, asked string, id typeid.ID) ([]AskedPrefix, error) {
	var prefixes []AskedPrefix
	err := r.idb.NewRaw(`SELECT asked.access_point_id, w.id AS whitelist_id, w.name AS whitelist_name, e.prefix
		FROM (`+asked+`) AS asked
		JOIN whitelists AS w ON w.id = asked.whitelist_id
		JOIN whitelist_entries AS e ON e.whitelist_id = w.id
		ORDER BY asked.access_point_id, w.sort_key, w.id, e.position`, id).Scan(ctx, &prefixes)
	return prefixes, translate(err)
}
