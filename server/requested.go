package server

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// requested is what a visitor requested of a service, as the proxy before the service reports it.
type requested struct {
	// origin is one that the report names, perhaps none of the access point's; empty where it names none.
	origin string
	// target is path and query, in the characters of an address; empty where the report has none.
	target string
}

// requestedOf reads the headers of a proxy: nginx sends one (X-Original-URL), or X-Original-URI with others; Traefik and Caddy send
// three (X-Forwarded-Proto, -Host and -Uri). Whatever a path is, it stays one: what is no path of a URL is the start page.
//
// A chain of proxies may have made lists of the values. Of hosts the last one counts, which is the nearest proxy's own word: the
// first may be what the visitor sent. A scheme is https where any proxy of the chain was reached so; where none is sent, where the
// access point has such an origin.
func requestedOf(r *http.Request, origins []string) requested {
	uri := last(r.Header.Values("X-Original-Url"))
	if scheme, rest, absolute := strings.Cut(uri, "://"); absolute && !strings.HasPrefix(uri, "/") {
		end := strings.IndexAny(rest+"/", `/?#\`)
		return requested{originOfParts(httpScheme(scheme), rest[:end]), targetOf(rest[end:])}
	}
	for _, name := range [...]string{"X-Forwarded-Uri", "X-Original-Uri"} {
		if uri == "" {
			uri = last(r.Header.Values(name))
		}
	}
	found := requested{origin: reportedOrigin(r, origins)}
	if uri != "" {
		found.target = targetOf(uri)
	}
	return found
}

func reportedOrigin(r *http.Request, origins []string) string {
	host := lastOfList(r.Header.Values("X-Forwarded-Host"))
	if host == "" {
		host = r.Host // the visitor's, where nginx passes it on
	}
	schemes := []string{"https", "http"}
	if reported := strings.Join(r.Header.Values("X-Forwarded-Proto"), ","); reported != "" {
		schemes = schemes[1:]
		for proto := range strings.SplitSeq(reported, ",") {
			if httpScheme(strings.TrimSpace(proto)) == "https" {
				schemes = []string{"https"}
			}
		}
	}
	hosts := []string{host}
	if port := lastOfList(r.Header.Values("X-Forwarded-Port")); port != "" && !strings.Contains(host, ":") {
		hosts = append(hosts, host+":"+port) // a proxy may send the host without it
	}
	for _, scheme := range schemes {
		for _, host := range hosts {
			if origin := originOfParts(scheme, host); slices.Contains(origins, origin) {
				return origin
			}
		}
	}
	return originOfParts(schemes[0], host)
}

// httpScheme is the scheme of the pages that a WebSocket belongs to, or the scheme itself.
func httpScheme(scheme string) string {
	switch scheme = strings.ToLower(scheme); scheme {
	case "wss":
		return "https"
	case "ws":
		return "http"
	}
	return scheme
}

func originOfParts(scheme, host string) string {
	u, err := url.Parse(scheme + "://" + host)
	if err != nil || u.Host == "" || u.Host != host || u.User != nil {
		return ""
	}
	return originOf(u)
}

func originOf(u *url.URL) string {
	port := u.Port()
	if u.Scheme == "https" && port == "443" || u.Scheme == "http" && port == "80" {
		return u.Scheme + "://" + strings.ToLower(strings.TrimSuffix(u.Host, ":"+port))
	}
	return u.Scheme + "://" + strings.ToLower(u.Host)
}

// targetOf is a path and query as they can follow an origin: what no URL may hold (RFC 3986), a % that escapes nothing included, is
// escaped, and what is no path is "/".
func targetOf(uri string) string {
	uri, _, _ = strings.Cut(uri, "#")
	if !strings.HasPrefix(uri, "/") {
		if uri = "/" + uri; !strings.HasPrefix(uri, "/?") {
			return "/"
		}
	}
	const hexadecimal = "0123456789ABCDEF"
	var target strings.Builder
	for i := range len(uri) {
		c := uri[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 || c == '%' && !isEscape(uri[i:]) {
			target.Write([]byte{'%', hexadecimal[c>>4], hexadecimal[c&0xf]})
			continue
		}
		target.WriteByte(c)
	}
	return target.String()
}

func isEscape(text string) bool {
	if len(text) < 3 {
		return false
	}
	_, err := url.PathUnescape(text[:3])
	return err == nil
}

// path is the path of the target without escapes.
func (q requested) path() string {
	escaped, _, _ := strings.Cut(q.target, "?")
	path, _ := url.PathUnescape(escaped) // targetOf leaves no escape that is none
	return path
}

// query is the query of the target, as far as it can be read.
func (q requested) query() url.Values {
	_, text, _ := strings.Cut(q.target, "?")
	values, _ := url.ParseQuery(text)
	return values
}

// isNavigation says whether a browser is to show what was requested. Only then does signing in help: a script, a WebSocket or a form
// that is sent cannot follow to another page and come back. Browsers say so in Sec-Fetch-Mode (W3C Fetch Metadata), where the
// connection is secure.
func isNavigation(r *http.Request) bool {
	header := r.Header
	for _, name := range [...]string{"X-Forwarded-Method", "X-Original-Method"} {
		if method := header.Get(name); method != "" && method != http.MethodGet && method != http.MethodHead {
			return false
		}
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	if strings.Contains(strings.ToLower(header.Get("X-Forwarded-Proto")), "ws") || header.Get("Sec-Websocket-Key") != "" ||
		strings.EqualFold(header.Get("Upgrade"), "websocket") {
		return false
	}
	if mode := header.Get("Sec-Fetch-Mode"); mode != "" {
		return mode == "navigate"
	}
	accept := strings.ToLower(header.Get("Accept"))
	return header.Get("X-Requested-With") == "" && (accept == "" || strings.Contains(accept, "text/html") || strings.Contains(accept, "application/xhtml+xml"))
}

func last(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[len(values)-1]
}

func lastOfList(values []string) string {
	all := strings.Split(last(values), ",")
	return strings.TrimSpace(all[len(all)-1])
}
