package server

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/idna"

	"github.com/gatehouse/gatehouse/graph"
)

// publicHost keeps the page and sessions under the host of the public URL (product rule 9). Under any other name a foreign
// page could be this server's own origin in a browser (DNS rebinding). Headers that tell of another host than Host are not read.
type publicHost struct {
	url  *url.URL
	host string // as canonicalHost returns it
}

func newPublicHost(public *url.URL) publicHost {
	return publicHost{public, canonicalHost(public.Scheme, public.Host)}
}

// canonicalHost brings a host, perhaps with a port, to one form: lower case, punycode, without a trailing dot, addresses as RFC
// 5952 writes them, and no port where it is the scheme's own.
func canonicalHost(scheme, hostport string) string {
	host, port := hostport, ""
	if h, p, err := net.SplitHostPort(hostport); err == nil {
		host, port = h, p
	}
	if address, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")); err == nil {
		host = address.String()
	} else {
		host = strings.ToLower(strings.TrimSuffix(host, "."))
		if ascii, err := idna.Lookup.ToASCII(host); err == nil {
			host = ascii
		}
	}
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[scheme]
	}
	return net.JoinHostPort(host, port)
}

func (p publicHost) isOf(r *http.Request) bool {
	return r.Host == p.url.Host || canonicalHost(p.url.Scheme, r.Host) == p.host
}

// only hands requests under the public host on. Others are redirected there where that changes nothing, and otherwise refused.
func (p publicHost) only(next http.Handler) http.Handler {
	return p.guard(next, func(w http.ResponseWriter, status int, message string) { plainText(w, status, message) })
}

// onlyWithoutKey is only for GraphQL: a program that shows a key is answered under any host. What the key is worth is found out
// later. A browser is no program: a page with a stolen key could borrow its visitor's address.
func (p publicHost) onlyWithoutKey(next http.Handler) http.Handler {
	guarded := p.guard(next, graph.RefuseInput)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" && r.Header.Get("Origin") == "" && r.Header.Get("Sec-Fetch-Site") == "" {
			next.ServeHTTP(w, r)
			return
		}
		guarded.ServeHTTP(w, r)
	})
}

func (p publicHost) guard(next http.Handler, refuse func(w http.ResponseWriter, status int, message string)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case p.isOf(r):
			next.ServeHTTP(w, r)
		case r.Method == http.MethodGet || r.Method == http.MethodHead:
			w.Header().Set("Cache-Control", "no-store")
			http.Redirect(w, r, p.url.String()+pathAndQuery(r.URL), http.StatusFound)
		default:
			refuse(w, http.StatusMisdirectedRequest, p.misdirected())
		}
	})
}

func (p publicHost) misdirected() string {
	return "this server is " + p.url.String() + ": send the request to that address; a proxy before it must pass the Host header on, and programs that show an API key may use any"
}

// pathAndQuery is what of an address belongs to this server. It always begins with a slash, so that it cannot change the host of
// the address that it is appended to.
func pathAndQuery(u *url.URL) string {
	local := url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery}
	text := local.EscapedPath()
	if !strings.HasPrefix(text, "/") {
		text = "/" + text
	}
	if u.RawQuery != "" {
		text += "?" + u.RawQuery
	}
	return text
}
