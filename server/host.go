package server

import (
	"github.com/gatehouse/gatehouse/internal/origin"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// publicHost keeps the page and sessions under the host of the public URL (product rule 9). Under any other name a foreign
// page could be this server's own origin in a browser (DNS rebinding). Headers that tell of another host than Host are not read.
type publicHost struct {
	url  *url.URL
	host string // as origin.HostPort returns it
}

func newPublicHost(public *url.URL) publicHost {
	return publicHost{public, origin.HostPort(public.Scheme, public.Host)}
}

func (p publicHost) isOf(r *http.Request) bool {
	return r.Host == p.url.Host || origin.HostPort(p.url.Scheme, r.Host) == p.host
}

// only hands requests under the public host on. Others are redirected there where that changes nothing, and otherwise refused.
func (p publicHost) only(next http.Handler) http.Handler {
	return p.guard(next)
}

// onlyWithoutKey is only for GraphQL: a program that shows a key is answered under any host. What the key is worth is found out
// later. A browser is no program: a page with a stolen key could borrow its visitor's address.
func (p publicHost) onlyWithoutKey(next http.Handler) http.Handler {
	guarded := p.guard(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" && r.Header.Get("Origin") == "" && r.Header.Get("Sec-Fetch-Site") == "" {
			next.ServeHTTP(w, r)
			return
		}
		guarded.ServeHTTP(w, r)
	})
}

func (p publicHost) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case p.isOf(r) && !(isRead(r) && endsInDot.MatchString(r.Host)):
			next.ServeHTTP(w, r)
		case isRead(r):
			w.Header().Set("Cache-Control", "no-store")
			http.Redirect(w, r, p.url.String()+pathAndQuery(r.URL), http.StatusFound)
		default:
			refuse(w, r, http.StatusMisdirectedRequest, p.misdirected())
		}
	})
}

// endsInDot is a Host header that names the same server, while a browser takes it for another: passkeys would not work there.
var endsInDot = regexp.MustCompile(`\.(:[0-9]*)?$`)

func isRead(r *http.Request) bool { return r.Method == http.MethodGet || r.Method == http.MethodHead }

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
