package text

import (
	"net/mail"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// IsEmail says whether s is one bare address (RFC 5322 addr-spec, RFC 6531 for other scripts) that a mail could be sent
// to: no display name, no comment, a domain with a dot that IDNA lookup accepts (RFC 5891, section 5).
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
	return err == nil && at <= 64 && at+1+len(domain) <= EmailMax && strings.Contains(domain, ".") && !strings.HasPrefix(domain, ".") &&
		!strings.HasSuffix(domain, ".") && !strings.Contains(domain, "..") && !strings.ContainsAny(domain, "[]")
}

// EmailKey is the form in which addresses are compared: without regard to case, the domain as IDNA lookup writes it. What is no
// address has the form of [Key].
func EmailKey(s string) string {
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return Key(s)
	}
	domain, err := idna.Lookup.ToASCII(s[at+1:])
	if err != nil {
		return Key(s)
	}
	return Key(s[:at]) + "@" + domain
}
