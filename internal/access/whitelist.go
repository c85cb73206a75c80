package access

import (
	"net/netip"
	"slices"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Whitelist is a whitelist as a decision asks it.
type Whitelist struct {
	ID   typeid.ID
	Name string
	// prefixes lie apart and in order, so that of all of them only one can hold an address, and halving finds it: ten
	// thousand cost ten steps more than ten.
	prefixes []netip.Prefix
}

// NewWhitelist makes a whitelist of prefixes that are not IPv4-mapped. Those that lie within others are left out: they
// change no answer.
func NewWhitelist(id typeid.ID, name string, prefixes []netip.Prefix) *Whitelist {
	list := &Whitelist{ID: id, Name: name}
	sorted := slices.SortedFunc(slices.Values(prefixes), netip.Prefix.Compare) // the wider of two that begin alike comes first
	for _, prefix := range sorted {
		if last := len(list.prefixes) - 1; last < 0 || !list.prefixes[last].Overlaps(prefix) {
			list.prefixes = append(list.prefixes, prefix)
		}
	}
	list.prefixes = slices.Clip(list.prefixes)
	return list
}

// Find returns the prefix that holds an address without a zone.
func (l *Whitelist) Find(ip netip.Addr) (netip.Prefix, bool) {
	after, _ := slices.BinarySearchFunc(l.prefixes, ip, func(prefix netip.Prefix, ip netip.Addr) int {
		if prefix.Addr().Compare(ip) <= 0 {
			return -1
		}
		return 1
	})
	if after == 0 || !l.prefixes[after-1].Contains(ip) {
		return netip.Prefix{}, false
	}
	return l.prefixes[after-1], true
}

// match returns the first list of several that holds an address, and the prefix that does. The address has no zone, which
// says nothing about where it is, and is not IPv4-mapped (product rule 6).
func match(lists []*Whitelist, ip netip.Addr) (list *Whitelist, prefix netip.Prefix, found bool) {
	for _, list := range lists {
		if prefix, found := list.Find(ip); found {
			return list, prefix, true
		}
	}
	return nil, netip.Prefix{}, false
}
