package text

import (
	"net/mail"
	"net/netip"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// Email is an address as it is stored and shown: its domain in Unicode, however it was typed. Browsers write what their forms show in
// Unicode as ASCII (xn--…), and input methods write dots as 。, ． and ｡ (UTS #46). A domain in plain ASCII stays as it is, and so does what is
// no address.
func Email(s string) string {
	local, domain, found := cutDomain(s)
	if !found || isASCII(domain) && !strings.Contains(strings.ToLower(domain), "xn--") {
		return s
	}
	shown, err := idna.Lookup.ToUnicode(domain)
	if err != nil {
		return s
	}
	return local + "@" + shown
}

// IsEmail says whether s, as [Email] writes it, is one bare address (RFC 5322 addr-spec, RFC 6531 for other scripts) that a mail could be
// sent to: no display name, no comment, a domain with a dot that IDNA lookup accepts (RFC 5891, section 5) and
// that is not an IPv4 address.
func IsEmail(s string) bool {
	if len(s) > EmailMax || strings.ContainsFunc(s, unicode.IsSpace) {
		return false
	}
	address, err := mail.ParseAddress(s)
	if err != nil || address.Address != s || address.Name != "" {
		return false
	}
	at := strings.LastIndexByte(s, '@')
	domain, err := idna.Lookup.ToASCII(s[at+1:])
	_, err4 := netip.ParseAddr(domain)
	longLabel := slices.ContainsFunc(strings.Split(domain, "."), func(label string) bool { return len(label) > 63 }) // RFC 1035, 2.3.4
	return err == nil && err4 != nil && !longLabel && at <= 64 && at+1+len(domain) <= EmailMax && strings.Contains(domain, ".") && !strings.HasPrefix(domain, ".") &&
		!strings.HasSuffix(domain, ".") && !strings.Contains(domain, "..") && !strings.ContainsAny(domain, "[]")
}

// EmailKey is the form in which addresses are compared: without regard to case, the domain as IDNA lookup writes it. What is no
// address has the form of [Key].
func EmailKey(s string) string {
	local, domain, found := cutDomain(s)
	if !found {
		return Key(s)
	}
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil {
		return Key(s)
	}
	return Key(local) + "@" + ascii
}

// EmailSearch is an address as it is searched: as [Fold] writes it, and also with its domain in ASCII where that differs.
func EmailSearch(s string) string {
	shown := Fold(Email(s))
	local, _, found := cutDomain(s)
	_, ascii, keyed := cutDomain(EmailKey(s))
	if !found || !keyed || !strings.Contains(ascii, "xn--") {
		return shown
	}
	return shown + "\n" + Fold(local) + "@" + ascii
}

// cutDomain cuts an address at its last @, which input methods for Chinese and Japanese write ＠.
func cutDomain(s string) (local, domain string, found bool) {
	s = strings.ReplaceAll(s, "＠", "@")
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return s, "", false
	}
	return s[:at], s[at+1:], true
}
