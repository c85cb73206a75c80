package common

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gatehouse/gatehouse/internal/text"
)

const (
	// stemMin is the length in characters from which an entry is listed without the digits and signs around it.
	// Shorter stems are ordinary short words, and the strength estimator knows those.
	stemMin = 6
	// wholeMin is the length from which an entry is listed as it stands: nothing shorter can be chosen anyway.
	wholeMin = 12
)

// Digits and signs written for letters. 1 and ! stand for i in one reading and for l in the other.
var (
	lettersWithI = strings.NewReplacer("0", "o", "1", "i", "!", "i", "3", "e", "4", "a", "@", "a", "5", "s", "$", "s", "7", "t", "8", "b", "9", "g")
	lettersWithL = strings.NewReplacer("0", "o", "1", "l", "!", "l", "3", "e", "4", "a", "@", "a", "5", "s", "$", "s", "7", "t", "8", "b", "9", "g")
)

// Readings are a password as it stands and with the letters that its digits and signs may be written for.
func Readings(password string) []string {
	return slices.Compact([]string{password, lettersWithI.Replace(password), lettersWithL.Replace(password)})
}

// LettersAndDigits is s without everything else.
func LettersAndDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// Unit is the shortest piece that, written again and again, gives the password; the last time it may be cut short. A
// password that repeats nothing at least once in full is its own unit. The time grows with the square of the length,
// so the caller bounds that.
func Unit(password string) string {
	runes := []rune(password)
	for period := 1; 2*period <= len(runes); period++ {
		if slices.Equal(runes[period:], runes[:len(runes)-period]) {
			return string(runes[:period])
		}
	}
	return password
}

// Entries are the forms under which the list keeps a breached password. It is exported for the generator.
func Entries(password string) []string {
	var kept []string
	whole := text.Fold(password)
	if utf8.RuneCountInString(whole) >= wholeMin {
		kept = append(kept, whole)
	}
	if stem := strings.TrimFunc(whole, notLetter); utf8.RuneCountInString(stem) >= stemMin {
		kept = append(kept, stem)
	}
	return kept
}

// forms are what a candidate is looked up as. A stem stands for the whole candidate only when what was cut off around
// it is no longer than the stem: "sunshine" gives "sunshine1234!" away, but not one word with a long random tail.
func forms(candidate string) map[string]struct{} {
	found := make(map[string]struct{})
	whole := text.Fold(candidate)
	for _, base := range []string{whole, LettersAndDigits(whole)} {
		base = Unit(base)
		readings := Readings(base)
		// A year at the end is cut off before its digits could be read as letters.
		readings = append(readings, Readings(strings.TrimRightFunc(base, notLetter))...)
		for _, reading := range readings {
			add(found, reading)
			stem := strings.TrimFunc(reading, notLetter)
			if 2*utf8.RuneCountInString(stem) >= utf8.RuneCountInString(base) {
				add(found, Unit(stem))
			}
		}
	}
	return found
}

func add(forms map[string]struct{}, form string) {
	if utf8.RuneCountInString(form) >= stemMin {
		forms[form] = struct{}{}
	}
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }
