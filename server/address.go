package server

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// addressReader finds the visitor's address by product rule 6: the connection's, or, when that is a trusted proxy, the
// right-most address of one header that is not a trusted proxy. Everything further left could be the visitor's own
// invention, and so could every other header.
type addressReader struct {
	trusted []netip.Prefix
	header  string
}

// read returns the visitor's address, never IPv4-mapped and without a zone. It is invalid only when the connection's own
// address is not an IP address.
func (a addressReader) read(r *http.Request) netip.Addr {
	connection, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	address := plain(connection.Addr())
	if !a.isTrusted(address) {
		return address
	}
	header := a.header
	if header == "" {
		header = "X-Forwarded-For"
	}
	hops := strings.Split(strings.Join(r.Header.Values(header), ","), ",")
	for _, hop := range slices.Backward(hops) {
		next, ok := parseHop(hop)
		if !ok {
			return address // the last that a trusted proxy vouches for
		}
		if address = next; !a.isTrusted(address) {
			break
		}
	}
	return address
}

func (a addressReader) isTrusted(address netip.Addr) bool {
	return slices.ContainsFunc(a.trusted, func(p netip.Prefix) bool { return p.Contains(address) })
}

// parseHop reads what proxies write: an address, bare or with a port.
func parseHop(text string) (netip.Addr, bool) {
	text = strings.TrimSpace(text)
	if address, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
		return plain(address), true
	}
	if withPort, err := netip.ParseAddrPort(text); err == nil {
		return plain(withPort.Addr()), true
	}
	return netip.Addr{}, false
}

func plain(address netip.Addr) netip.Addr { return address.Unmap().WithZone("") }
