package access

import (
	"net/netip"

	"github.com/gatehouse/gatehouse/db"
)

// Whitelist is a whitelist with its entries, as a decision asks it.
type Whitelist struct {
	*db.Whitelist
	Entries []*db.WhitelistEntry
}

// AddressAllowed says whether an address passes the whitelists of a user and those of a door: of each of the two that has
// any, some entry of some list must hold it (product rules 3 and 6).
func AddressAllowed(ip netip.Addr, own, door []Whitelist) bool {
	return passes(own, ip) && passes(door, ip)
}

func passes(lists []Whitelist, ip netip.Addr) bool {
	_, entry := match(lists, ip)
	return len(lists) == 0 || entry != nil
}

// match returns the first entry that holds an address, with its list. An IPv4-mapped address is its IPv4 address, and the
// zone of a link-local one says nothing about where it is.
func match(lists []Whitelist, ip netip.Addr) (list Whitelist, entry *db.WhitelistEntry) {
	ip = ip.Unmap().WithZone("")
	for _, list := range lists {
		for _, entry := range list.Entries {
			if entry.Prefix.Contains(ip) {
				return list, entry
			}
		}
	}
	return Whitelist{}, nil
}
