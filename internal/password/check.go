package password

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/gatehouse/gatehouse/internal/password/common"
	"github.com/gatehouse/gatehouse/internal/problem"
)

// Bounds of a password's length in Unicode code points after normalization. An account may ask for more than MinLength.
const (
	MinLength = 12
	MaxLength = 128
)

// Normalize brings a password into the one form in which it is counted, judged and hashed: Unicode NFC, as NIST SP
// 800-63B-4, section 3.1.1.2, and RFC 8265, section 4.2, say. Composition joins what keyboards write differently but
// everybody sees as the same (é as one code point or two). The compatibility form NFKC, which revision 3 of the NIST
// paper allowed, would also make ² a 2, and so drop distinctions that the user chose.
func Normalize(password string) string { return norm.NFC.String(password) }

// Context is what a password is judged against. What is empty is left out.
type Context struct {
	// MinLength is the account's own minimum; below the constant MinLength it has no effect.
	MinLength int
	// What others know of the user, and so would try.
	LoginName, Name, Email, Handle string
}

// Minimum is the length in force.
func (c Context) Minimum() int { return min(max(c.MinLength, MinLength), MaxLength) }

// Reason says why a password is refused.
type Reason string

const (
	// Characters: it holds a control character, which no form can type again, a code point that Unicode has not assigned,
	// whose normal form may yet change, or it is not UTF-8.
	Characters Reason = "characters"
	// TooShort and TooLong: see Context.Minimum and MaxLength.
	TooShort Reason = "too_short"
	TooLong  Reason = "too_long"
	// Common: it or what it varies is among the common and breached passwords.
	Common Reason = "common"
	// Personal: at least half of it is a part, of four characters or more, of the login name, name, email or handle.
	Personal Reason = "personal"
	// Repetitive: it is a piece shorter than MinLength, written again and again.
	Repetitive Reason = "repetitive"
	// Guessable: its Strength is below MinStrength.
	Guessable Reason = "guessable"
)

// Refusal is one reason with the number that it speaks of.
type Refusal struct {
	Reason Reason
	// Limit is the length asked for, of TooShort and TooLong; 0 otherwise.
	Limit int
}

// Problem is the refusal as a problem of the field at path. Its key is "password." and the reason, its argument "limit".
func (r Refusal) Problem(path string) *problem.Error {
	key := "password." + string(r.Reason)
	switch r.Reason {
	case Characters:
		return problem.New(problem.Invalid, key, path)
	case TooShort:
		return problem.New(problem.TooShort, key, path, "limit", r.Limit)
	case TooLong:
		return problem.New(problem.TooLong, key, path, "limit", r.Limit)
	}
	return problem.New(problem.WeakPassword, key, path)
}

// Check returns why a password cannot be chosen, or nothing when it can. A password of the wrong length or with
// characters that cannot be is not judged further. Its time is bounded by MaxLength.
func Check(candidate string, c Context) []Refusal {
	// Composition joins at most four code points into one, so what is longer than this is too long in any form, and
	// nobody has megabytes normalized.
	if len(candidate) > 4*utf8.UTFMax*MaxLength {
		return []Refusal{{TooLong, MaxLength}}
	}
	if !utf8.ValidString(candidate) || strings.ContainsFunc(candidate, untypable) {
		return []Refusal{{Reason: Characters}}
	}
	candidate = Normalize(candidate)
	switch length := utf8.RuneCountInString(candidate); {
	case length < c.Minimum():
		return []Refusal{{TooShort, c.Minimum()}}
	case length > MaxLength:
		return []Refusal{{TooLong, MaxLength}}
	}
	var refusals []Refusal
	refuse := func(reason Reason, refused bool) {
		if refused {
			refusals = append(refusals, Refusal{Reason: reason})
		}
	}
	refuse(Common, common.Contains(candidate))
	refuse(Personal, mostlyPersonal(candidate, c))
	refuse(Repetitive, utf8.RuneCountInString(common.Unit(candidate)) < MinLength)
	// The estimate is the vaguest answer: it is given only when there is no better one.
	refuse(Guessable, len(refusals) == 0 && Strength(candidate, c) < MinStrength)
	return refusals
}

func untypable(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cn)
}
