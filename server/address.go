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

// noAddressError says that a trusted proxy sent no readable address of the visitor. Its own never counts as the visitor's.
type noAddressError struct{ header string }

func (e *noAddressError) Error() string {
	return "the proxy before Gatehouse sent no readable address of the visitor: have it set the header " + e.header +
		" to the address of the connection that it received"
}

// read returns the visitor's address, never IPv4-mapped and without a zone, or a [noAddressError].
func (a addressReader) read(r *http.Request) (netip.Addr, error) {
	connection, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}, &noAddressError{a.headerName()}
	}
	if address := plain(connection.Addr()); !a.isTrusted(address) {
		return address, nil
	}
	hops := strings.Split(strings.Join(r.Header.Values(a.headerName()), ","), ",")
	for _, hop := range slices.Backward(hops) {
		address, readable := parseHop(hop)
		if !readable {
			break // what stands further left was vouched for by nobody
		}
		if !a.isTrusted(address) {
			return address, nil
		}
	}
	return netip.Addr{}, &noAddressError{a.headerName()}
}

func (a addressReader) headerName() string {
	if a.header == "" {
		return "X-Forwarded-For"
	}
	return a.header
}

func (a addressReader) isTrusted(address netip.Addr) bool {
	return slices.ContainsFunc(a.trusted, func(p netip.Prefix) bool { return p.Contains(address) })
}

// parseHop reads what proxies write: an address, bare, in brackets or with a port.
func parseHop(text string) (netip.Addr, bool) {
	text = strings.TrimSpace(text)
	address, err := netip.ParseAddr(text)
	if inner, bracketed := strings.CutPrefix(text, "["); bracketed && strings.HasSuffix(inner, "]") {
		address, err = netip.ParseAddr(strings.TrimSuffix(inner, "]"))
	} else if err != nil {
		var withPort netip.AddrPort
		withPort, err = netip.ParseAddrPort(text)
		address = withPort.Addr()
	}
	if err != nil || address.IsUnspecified() {
		return netip.Addr{}, false
	}
	return plain(address), true
}

func plain(address netip.Addr) netip.Addr { return address.Unmap().WithZone("") }
