package account

import (
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gatehouse/gatehouse/db"
	weborigin "github.com/gatehouse/gatehouse/internal/origin"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/text"
)

const (
	codeMin    = 2
	codeMax    = 40
	maxOrigins = 20
)

// readCode reads the code of an access point: 2 to 40 of A-Z 0-9 _ -.
func readCode(problems *problem.List, path, raw string) string {
	code, ok := text.Clean(raw)
	foreign := func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-'
	}
	switch {
	case code == "" && ok:
		problems.Add(problem.New(problem.Required, "access_point.code_required", path))
	case !ok || strings.ContainsFunc(code, foreign):
		problems.Add(problem.New(problem.Invalid, "access_point.code_invalid", path))
	case len(code) < codeMin:
		problems.Add(problem.New(problem.TooShort, "access_point.code_too_short", path, "limit", codeMin))
	case len(code) > codeMax:
		problems.Add(problem.New(problem.TooLong, "access_point.code_too_long", path, "limit", codeMax))
	}
	return code
}

// readOrigins reads the places that an INTERACTIVE access point may send visitors back to.
func readOrigins(problems *problem.List, kind db.AccessPointKind, given []string) []string {
	if kind == db.Programmatic && len(given) > 0 {
		problems.Add(problem.New(problem.Invalid, "origins.programmatic", "origins"))
		return nil
	}
	if !countBetween(problems, "origins", "origins", len(given), 0, maxOrigins) {
		return nil
	}
	origins := make([]string, 0, len(given))
	for i, raw := range given {
		origin, key := parseOrigin(raw)
		if other := slices.Index(origins, origin); key == "" && other >= 0 {
			problems.Add(problem.New(problem.Invalid, "origin.doubled", at("origins", i), "origin", origin, "position", other+1))
		} else if key != "" {
			problems.Add(problem.New(problem.Invalid, key, at("origins", i)))
		}
		origins = append(origins, origin)
	}
	return origins
}

// parseOrigin brings an origin to its one serialisation (RFC 6454, 6.2): scheme, host in lower case and punycode, and the port where it
// is not the scheme's own. Otherwise key names the sentence that says what is wrong.
func parseOrigin(raw string) (origin, key string) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Scheme == "" || u.Opaque != "" || u.Host == "" {
		return "", "origin.invalid"
	}
	host, ownPort := strings.ToLower(u.Hostname()), "443"
	switch {
	case u.Scheme == "http" && host == "localhost":
		ownPort = "80"
	case u.Scheme != "https":
		return "", "origin.scheme"
	}
	if u.User != nil || u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.ForceQuery || strings.Contains(raw, "#") {
		return "", "origin.path"
	}
	if strings.Contains(u.Host, "[") { // IPv6, in the form of RFC 5952
		address, err := netip.ParseAddr(host)
		if err != nil || !address.Is6() || address.Zone() != "" {
			return "", "origin.host"
		}
		host = "[" + address.String() + "]"
	} else if ascii, err := weborigin.Host(host); err != nil || strings.HasSuffix(host, ".") || !isHost(ascii) {
		return "", "origin.host"
	} else {
		host = ascii
	}
	port := u.Port()
	if number, err := strconv.ParseUint(port, 10, 16); port != "" && (err != nil || number == 0 || port[0] == '0') || strings.HasSuffix(u.Host, ":") {
		return "", "origin.port"
	}
	if port == "" || port == ownPort {
		return u.Scheme + "://" + host, ""
	}
	return u.Scheme + "://" + host + ":" + port, ""
}

// isHost says whether a host is made of labels as DNS has them (RFC 1123; other scripts in their xn-- form) or is an IPv4
// address. Browsers take a host whose last label is a number for an address, so that nothing else may look like one.
func isHost(host string) bool {
	labels := strings.Split(host, ".")
	for _, label := range labels {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		if strings.ContainsFunc(label, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' }) {
			return false
		}
	}
	if last := labels[len(labels)-1]; last[0] >= '0' && last[0] <= '9' {
		_, err := netip.ParseAddr(host)
		return err == nil
	}
	return len(host) <= 253
}
