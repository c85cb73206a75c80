package access

import (
	"net/netip"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Whitelist is a whitelist as a decision asks it.
type Whitelist struct {
	ID       typeid.ID
	Name     string
	Prefixes []netip.Prefix // never IPv4-mapped
}

// match returns the first list of several that holds an address, and the prefix that does. An IPv4-mapped address is its
// IPv4 address (product rule 6), and the zone of a link-local one says nothing about where it is.
func match(lists []Whitelist, ip netip.Addr) (list Whitelist, prefix netip.Prefix, found bool) {
	ip = ip.Unmap().WithZone("")
	for _, list := range lists {
		for _, prefix := range list.Prefixes {
			if prefix.Contains(ip) {
				return list, prefix, true
			}
		}
	}
	return Whitelist{}, netip.Prefix{}, false
}
