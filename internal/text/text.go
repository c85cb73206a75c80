// Package text keeps what people type in one form: NFC, without what hides or reorders characters, and folded where it
// is compared or searched.
package text

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Bounds of product rule 1, in Unicode code points but for the email, which counts bytes (RFC 5321, 4.5.3.1).
const (
	LoginMin = 3
	LoginMax = 40
	NameMax  = 120
	EmailMax = 254
)

// Clean brings text to NFC and trims white space around it. ok is false when it is not UTF-8 or holds control or
// bidirectional formatting characters, which could make one name look like another.
func Clean(s string) (clean string, ok bool) {
	if !utf8.ValidString(s) {
		return "", false
	}
	s = strings.TrimSpace(norm.NFC.String(s))
	return s, !strings.ContainsFunc(s, hidden)
}

// CleanLines is Clean for text of several lines: line feeds and tabs may stand.
func CleanLines(s string) (clean string, ok bool) {
	if !utf8.ValidString(s) {
		return "", false
	}
	s = strings.TrimSpace(strings.ReplaceAll(norm.NFC.String(s), "\r\n", "\n"))
	return s, !strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && r != '\t' && hidden(r) })
}

func hidden(r rune) bool {
	switch {
	case unicode.IsControl(r), r == 0x2028, r == 0x2029: // line and paragraph separators
		return true
	case r == 0x061C, r == 0x200E, r == 0x200F: // bidirectional marks
		return true
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069: // embeddings, overrides and isolates
		return true
	case r == 0xFEFF, r >= 0xE0000 && r <= 0xE007F: // byte order mark, tags
		return true
	}
	return false
}

// Length counts Unicode code points.
func Length(s string) int { return utf8.RuneCountInString(s) }

// Fold is the form in which text is compared without regard to case and accents: full case folding after compatibility
// decomposition, marks removed. It is for searching and sorting; names that must be unique use Key.
func Fold(s string) string {
	folded := cases.Fold().String(norm.NFKD.String(s))
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(folded)))
}

// Key is the form in which names must be unique: without regard to case, accents kept.
func Key(s string) string {
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(s)))
}

// IsLoginName says whether s is made of the characters a login name may have, in a length it may have.
func IsLoginName(s string) bool {
	return len(s) >= LoginMin && len(s) <= LoginMax && !strings.ContainsFunc(s, func(r rune) bool { return !loginRune(r) })
}

// IsHandle is IsLoginName in lower case.
func IsHandle(s string) bool { return IsLoginName(s) && strings.ToLower(s) == s }

func loginRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_.@", r)
}

// IsEmail says whether s is one bare address (RFC 5322 addr-spec, RFC 6531 for other scripts) that a mail could be sent
// to: no display name, no comment, a domain with a dot.
func IsEmail(s string) bool {
	if len(s) > EmailMax || strings.ContainsFunc(s, unicode.IsSpace) {
		return false
	}
	address, err := mail.ParseAddress(s)
	if err != nil || address.Address != s || address.Name != "" {
		return false
	}
	at := strings.LastIndexByte(s, '@')
	domain := s[at+1:]
	return at <= 64 && strings.Contains(domain, ".") && !strings.HasPrefix(domain, ".") &&
		!strings.HasSuffix(domain, ".") && !strings.Contains(domain, "..") && !strings.ContainsAny(domain, "[]")
}
