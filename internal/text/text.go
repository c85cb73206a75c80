// Package text keeps what people type in one form: NFC, without what hides or reorders characters, and folded where it
// is compared or searched.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Bounds of product rule 1, in Unicode code points but for the email, which counts bytes (RFC 5321, 4.5.3.1).
const (
	LoginMin = 3
	LoginMax = 40
	NameMax  = 120
	EmailMax = 254
)

// Clean brings text to NFC and trims spaces around it. ok is false when it is not UTF-8 or holds control (a line feed or a tab at
// either end included), bidirectional formatting or invisible characters, which could make one name look like another.
func Clean(s string) (clean string, ok bool) {
	if !utf8.ValidString(s) {
		return "", false
	}
	s = strings.TrimFunc(norm.NFC.String(s), func(r rune) bool { return unicode.Is(unicode.Zs, r) })
	return s, !hides(s)
}

// CleanLines is Clean for text of several lines: line feeds and tabs may stand.
func CleanLines(s string) (clean string, ok bool) {
	if !utf8.ValidString(s) {
		return "", false
	}
	s = strings.TrimSpace(strings.ReplaceAll(norm.NFC.String(s), "\r\n", "\n"))
	return s, !hides(strings.NewReplacer("\n", " ", "\t", " ").Replace(s))
}

// Shown is text as a program shows it that nobody has typed, such as the name of a browser: without what is not UTF-8, and
// without what [Clean] refuses.
func Shown(s string) string {
	return strings.Map(func(r rune) rune {
		if hidden(r) || r == zeroWidthJoiner || r == zeroWidthNonJoiner {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// Length counts Unicode code points.
func Length(s string) int { return utf8.RuneCountInString(s) }

// IsLoginName says whether s is made of the characters a login name may have, in a length it may have.
func IsLoginName(s string) bool {
	return len(s) >= LoginMin && len(s) <= LoginMax && !strings.ContainsFunc(s, func(r rune) bool { return !loginRune(r) })
}

// IsHandle is IsLoginName in lower case.
func IsHandle(s string) bool { return IsLoginName(s) && strings.ToLower(s) == s }

func loginRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_.@", r)
}
