package text

import (
	"encoding/base64"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/unicode/rangetable"
)

// Fold is the form in which text is searched: without regard to case, accents and width, and with letters such as ł, æ and þ in
// their plain form. What is plain follows from the primary weights of the Unicode collation (UTS #10), see [plainForms].
// Names that must be unique use [Key].
func Fold(s string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if ignored(r) {
			return -1
		}
		return r
	}, plain(s)))
}

// SortKey is what text is ordered by: the primary weights of the Unicode collation for no language in particular (CLDR root), written so
// that comparing bytes compares them. Texts that differ in case and accents only have the same key. It has at most 640 bytes, all ASCII; of a
// longer text it is the beginning.
func SortKey(s string) string {
	weights := primaries(plain(s))
	return sortable.EncodeToString(weights[:min(len(weights), sortKeyMax)])
}

// sortKeyMax is in bytes of weights: enough for 120 Chinese characters, and small enough for an index of PostgreSQL.
const sortKeyMax = 480

// sortable writes bytes so that texts compare as the bytes do: its alphabet is in the order of ASCII.
var sortable = base64.NewEncoding("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz").WithPadding(base64.NoPadding)

// Key is the form in which names must be unique: without regard to case, accents kept.
func Key(s string) string {
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(s)))
}

// plain is s after full case folding and compatibility decomposition, with plain letters, digits and punctuation.
func plain(s string) string {
	s = strings.ReplaceAll(s, "´", "'") // which decomposition would turn into a space
	s = norm.NFKD.String(cases.Fold().String(norm.NFKD.String(s)))
	if isASCII(s) {
		return s
	}
	forms := plainForms()
	var b strings.Builder
	for _, r := range s {
		if form, ok := forms[r]; ok {
			b.WriteString(form)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// ignored says whether a character of decomposed text makes no difference to the collation's primary level: accents, joiners and
// variation selectors. The vowel signs of Indic and Thai scripts do, although they are marks.
func ignored(r rune) bool {
	return r > unicode.MaxASCII && unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) && len(primaries(string(r))) == 0
}

// plainForms are the plain forms of Latin letters and of digits that have no decomposition. A letter is written as the letters of
// English with the same primary weights (ł, ø, đ and æ), or else as that letter which the collation sorts it behind (ı, ŋ and ə).
var plainForms = sync.OnceValue(func() map[rune]string {
	forms := map[rune]string{'þ': "th"} // which the collation sorts behind z
	for _, mark := range "‘’‚‛‹›′ʹʻʼʽˈ" {
		forms[mark] = "'"
	}
	for _, mark := range "“”„‟«»″ʺ" {
		forms[mark] = `"`
	}
	for _, dot := range "。｡" {
		forms[dot] = "."
	}
	for _, dash := range "\u2010\u2011\u2012\u2013\u2014\u2015\u2212" {
		forms[dash] = "-"
	}
	var letters, digits [][2]byte
	for r := 'a'; r <= 'z'; r++ {
		letters = append(letters, [2]byte(primaries(string(r))))
	}
	for r := '0'; r <= '9'; r++ {
		digits = append(digits, [2]byte(primaries(string(r))))
	}
	last := [2]byte(primaries("ʒ"))
	rangetable.Visit(rangetable.Merge(unicode.Latin, unicode.Nd), func(r rune) {
		if _, ok := forms[r]; ok || r <= unicode.MaxASCII {
			return
		}
		var form []byte
		weights := primaries(string(r))
		for ; len(weights) >= 2; weights = weights[2:] {
			weight := [2]byte(weights)
			switch {
			case unicode.Is(unicode.Nd, r) && !less(weight, digits[0]) && !less(digits[9], weight):
				form = append(form, '0'+byte(behind(digits, weight)))
			case unicode.Is(unicode.Latin, r) && !less(weight, letters[0]) && !less(last, weight):
				form = append(form, 'a'+byte(behind(letters, weight)))
			default:
				return
			}
		}
		if len(form) > 0 && len(weights) == 0 {
			forms[r] = string(form)
		}
	})
	return forms
})

// behind is the index of the last of some ascending weights that is not above one.
func behind(weights [][2]byte, weight [2]byte) int {
	at := 0
	for i, other := range weights {
		if !less(weight, other) {
			at = i
		}
	}
	return at
}

func less(a, b [2]byte) bool { return string(a[:]) < string(b[:]) }

// collators are the collation at primary strength. One must not be used by two goroutines at once.
var collators = sync.Pool{New: func() any { return collate.New(language.Und, collate.Loose) }}

// primaries are the primary weights of s, of two bytes each; those of characters that the collation does not list have three.
func primaries(s string) []byte {
	collator := collators.Get().(*collate.Collator)
	defer collators.Put(collator)
	return collator.KeyFromString(new(collate.Buffer), s)
}
