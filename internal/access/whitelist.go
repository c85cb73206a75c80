package access

import (
	"net/netip"
	"slices"

	"github.com/gaissmai/bart"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Whitelist is a whitelist as a decision asks it.
type Whitelist struct {
	ID   typeid.ID
	Name string
	// prefixes lie apart, so that of all of them only one can hold an address.
	prefixes []netip.Prefix
	// table finds the place of a prefix by an address, in long lists: ten thousand cost what ten do. Nil in short ones, which
	// are looked through as quickly and are many.
	table *bart.Table[int]
}

// shortList is up to how many prefixes looking through them takes no longer than the table.
const shortList = 4

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
	if len(list.prefixes) > shortList {
		list.table = new(bart.Table[int])
		for i, prefix := range list.prefixes {
			list.table.Insert(prefix, i)
		}
	}
	return list
}

// Find returns the prefix that holds an address without a zone.
func (l *Whitelist) Find(ip netip.Addr) (netip.Prefix, bool) {
	if l.table != nil {
		if i, found := l.table.Lookup(ip); found {
			return l.prefixes[i], true
		}
		return netip.Prefix{}, false
	}
	for _, prefix := range l.prefixes {
		if prefix.Contains(ip) {
			return prefix, true
		}
	}
	return netip.Prefix{}, false
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
