package password

import (
	"strings"
	"unicode"

	"github.com/ccojocar/zxcvbn-go"
	"github.com/ccojocar/zxcvbn-go/matching"
	"golang.org/x/text/unicode/norm"

	"github.com/gatehouse/gatehouse/internal/password/common"
	"github.com/gatehouse/gatehouse/internal/text"
)

// MinStrength is the lowest Strength that Check lets pass: by zxcvbn's reckoning more than 10^10 guesses, out of reach of
// guessing through the sign-in page and costly even with the hash in hand.
const MinStrength = 3

// estimated is how many characters the estimator looks at. Its time grows with the square of the length, and a password
// is at least as strong as its beginning.
const estimated = 64

// Strength estimates how well a password withstands guessing, from 0 (at once) to 4 (for centuries), after Wheeler,
// "zxcvbn: Low-Budget Password Strength Estimation" (USENIX Security 2016): dictionary words, names, keyboard walks,
// sequences and dates are worth less than their letters. What is known of the user counts as a dictionary.
func Strength(candidate string, c Context) int {
	// A repetition is no stronger than what it repeats, which the estimator does not see.
	candidate = common.Unit(truncate(Normalize(candidate), MaxLength))
	known := c.known()
	weakest := 4
	for _, reading := range common.Readings(transliterate(candidate)) {
		// The estimator's own reading of digits as letters tries all combinations: somebody could keep it busy.
		score := zxcvbn.PasswordStrength(truncate(reading, estimated), known, matching.FilterL33tMatcher).Score
		weakest = min(weakest, score)
	}
	return weakest
}

// transliterate writes a password in ASCII, one byte a character, since the estimator mixes up bytes and characters and
// takes all that is not Latin for one kind of sign. Accents fall away. A letter of another script becomes one of the 26
// by its place in its script, so that a sequence or repetition stays one; that takes it for weaker than it is, which
// does no harm.
func transliterate(password string) string {
	var ascii strings.Builder
	for _, r := range norm.NFKD.String(password) {
		switch {
		case r <= unicode.MaxASCII:
			ascii.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		case unicode.IsUpper(r):
			ascii.WriteRune('A' + unicode.ToLower(r)%26)
		default:
			ascii.WriteRune('a' + r%26)
		}
	}
	return ascii.String()
}

func truncate(s string, characters int) string {
	if text.Length(s) <= characters {
		return s
	}
	return string([]rune(s)[:characters])
}
