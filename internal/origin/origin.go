// Package origin brings the addresses of web servers to the one form in which browsers write them (the URL standard's
// serialisation of origins), so that comparing them is comparing text.
package origin

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// Parse reads an address that is a scheme, a host and perhaps a port. What it returns has the scheme and host in lower case,
// the host in punycode or, where it is an address, as RFC 5952 writes it, without a trailing dot, and no port that is the
// scheme's own. The error says what is wrong and does not repeat a password.
func Parse(text string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	switch {
	case err != nil || u.Opaque != "" || u.Scheme == "" || u.Host == "":
		return nil, errors.New("want an address such as https://gatehouse.example")
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("it begins with %s: and must begin with https:// or http://", u.Scheme)
	case u.User != nil:
		return nil, errors.New("it has a user name or password: leave out what stands before the @")
	case strings.Trim(u.Path, "/") != "":
		return nil, fmt.Errorf("it has the path %q: Gatehouse needs a host for itself, without a path", u.Path)
	case u.RawQuery != "" || u.ForceQuery || strings.Contains(text, "#"):
		return nil, errors.New("leave out what follows the host and port")
	}
	host, err := Host(u.Hostname())
	if err != nil {
		return nil, err
	}
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	switch {
	case u.Port() == "":
		return withPort(u.Scheme, host, ownPort(u.Scheme)), nil
	case err != nil || port == 0:
		return nil, fmt.Errorf("%s is no port: want a number from 1 to 65535", u.Port())
	}
	return withPort(u.Scheme, host, strconv.FormatUint(port, 10)), nil
}

func withPort(scheme, host, port string) *url.URL {
	switch {
	case port != ownPort(scheme):
		host = net.JoinHostPort(host, port)
	case strings.Contains(host, ":"):
		host = "[" + host + "]"
	}
	return &url.URL{Scheme: scheme, Host: host}
}

func ownPort(scheme string) string {
	if scheme == "http" {
		return "80"
	}
	return "443"
}

// toASCII takes names as browsers do (UTS 46, nontransitional): underscores and leading hyphens are theirs to decide.
var toASCII = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false), idna.CheckHyphens(false),
	idna.BidiRule(), idna.VerifyDNSLength(true))

var (
	names = regexp.MustCompile(`^[a-z0-9_-]+(\.[a-z0-9_-]+)*$`)
	// A browser takes a host whose last label is a number for an IPv4 address, in forms that hide which one.
	endsInNumber = regexp.MustCompile(`(^|\.)([0-9]+|0x[0-9a-f]*)$`)
)

// Host brings a name or address, without port and brackets, to its one form.
func Host(host string) (string, error) {
	if address, err := netip.ParseAddr(strings.TrimSuffix(host, ".")); err == nil {
		return ipHost(address)
	}
	ascii, err := toASCII.ToASCII(host)
	ascii = strings.TrimSuffix(ascii, ".")
	if _, invalid := toASCII.ToASCII(ascii); invalid != nil || err != nil || !names.MatchString(ascii) {
		return "", fmt.Errorf("%q is no host name", host)
	}
	if endsInNumber.MatchString(ascii) {
		address, err := netip.ParseAddr(ascii)
		if err != nil {
			return "", fmt.Errorf("%q is no IPv4 address: want four numbers from 0 to 255", host)
		}
		return ipHost(address)
	}
	return ascii, nil
}

func ipHost(address netip.Addr) (string, error) {
	switch {
	case address.Zone() != "":
		return "", fmt.Errorf("%s has a zone, which means something on one machine only", address)
	case address.Is4In6():
		return "", fmt.Errorf("%s is an IPv4 address: write %s", address, address.Unmap())
	case address.IsUnspecified():
		return "", fmt.Errorf("%s is no address that a visitor can reach", address)
	}
	return address.String(), nil
}

// HostPort is the form of a Host header that is equal for equal servers: the host as [Host] writes it, always with a port. What
// is no host stays as it is.
func HostPort(scheme, hostport string) string {
	host, port := hostport, ""
	if h, p, err := net.SplitHostPort(hostport); err == nil {
		host, port = h, p
	} else if inner, bracketed := strings.CutPrefix(hostport, "["); bracketed && strings.HasSuffix(inner, "]") && strings.Contains(inner, ":") {
		host = strings.TrimSuffix(inner, "]")
	}
	const longest = 1024 // a name of 253 characters in another script; longer ones are not worth the work
	if len(host) <= longest {
		if same, err := Host(host); err == nil {
			host = same
		}
	}
	if port == "" {
		port = ownPort(scheme)
	}
	return net.JoinHostPort(host, port)
}

// IsLoopback says whether a host as [Host] writes it is the visitor's own machine, which browsers trust without TLS.
func IsLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback() || host == "localhost" || strings.HasSuffix(host, ".localhost")
}
