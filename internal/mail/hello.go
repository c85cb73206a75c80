package mail

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"strings"

	"golang.org/x/net/idna"
)

// HelloName reads the name by which this machine greets mail servers (RFC 5321, section 4.1.1.1): a host name, or an address
// in brackets as in [192.0.2.1] or [IPv6:2001:db8::1]. Without one it is the host of the public URL where that is a name with
// a dot, then the name that the machine itself has; mail servers refuse names without a dot.
func HelloName(text string, publicURL *url.URL) (string, error) {
	if text == "" {
		return defaultHello(publicURL.Hostname()), nil
	}
	if name, ok := hostName(text); ok {
		return name, nil
	}
	if literal, ok := strings.CutPrefix(text, "["); ok && strings.HasSuffix(literal, "]") {
		literal, is6 := strings.CutPrefix(strings.TrimSuffix(literal, "]"), "IPv6:")
		if ip, err := netip.ParseAddr(literal); err == nil && ip.Zone() == "" && ip.Is6() == is6 {
			return text, nil
		}
	}
	return "", fmt.Errorf("%q is not a host name such as gatehouse.example.com, nor an address such as [192.0.2.1] or [IPv6:2001:db8::1]", text)
}

func defaultHello(publicHost string) string {
	machine, err := os.Hostname()
	if err != nil {
		machine = ""
	}
	for _, candidate := range []string{publicHost, machine} {
		if name, ok := hostName(candidate); ok && strings.Contains(name, ".") {
			return name
		}
	}
	if name, ok := hostName(machine); ok {
		return name
	}
	return "localhost"
}

// hostName writes a name as DNS has it. An address is none.
func hostName(text string) (name string, ok bool) {
	name, err := idna.Lookup.ToASCII(strings.TrimSuffix(text, "."))
	if err != nil || name == "" || len(name) > 253 || net.ParseIP(name) != nil {
		return "", false
	}
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || len(label) > 63 || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") ||
			strings.ContainsFunc(label, func(r rune) bool { return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') }) {
			return "", false
		}
	}
	return name, true
}
