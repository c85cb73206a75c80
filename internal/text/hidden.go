package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// hides says whether a text has characters that nobody sees, or that reorder others, which could make one name look like
// another. Joiners pass where an emoji or a script needs them, variation selectors within emoji and Mongolian words, tags in the flags of
// England, Scotland and Wales.
func hides(s string) bool {
	before, last := rune(-1), rune(-1) // the two characters before
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		next, _ := utf8.DecodeRuneInString(s[i+size:])
		switch {
		case r == zeroWidthJoiner || r == zeroWidthNonJoiner:
			if !joins(before, last, r, next) {
				return true
			}
		case r == textStyle || r == emojiStyle:
			if !unicode.Is(pictographic, last) && !(isKeycap(last) && next == keycap) {
				return true
			}
		case r >= 0x180B && r <= 0x180F: // Mongolian variation selectors and vowel separator
			if !unicode.Is(unicode.Mongolian, last) {
				return true
			}
		case r == blackFlag:
			size += tagsOf(s[i+size:])
		case hidden(r):
			return true
		}
		before, last = last, r
		i += size
	}
	return false
}

// tagsOf is the length of the tags at the beginning of s that make a flag of the black flag before it (UTS #51, RGI_Emoji_Tag_Sequence), or 0.
func tagsOf(s string) int {
	for _, subdivision := range []string{"gbeng", "gbsct", "gbwls"} {
		tags := strings.Map(func(r rune) rune { return r + 0xE0000 }, subdivision) + "\U000E007F"
		if strings.HasPrefix(s, tags) {
			return len(tags)
		}
	}
	return 0
}

const (
	zeroWidthNonJoiner = 0x200C
	zeroWidthJoiner    = 0x200D
	textStyle          = 0xFE0E
	emojiStyle         = 0xFE0F
	keycap             = 0x20E3
	blackFlag          = 0x1F3F4
)

// joins says whether a joiner has something to join: two emoji, two letters of a script whose letters change their form beside
// each other, or a virama with what it stands behind (RFC 5892, appendix A).
func joins(before, last, joiner, next rune) bool {
	if joiner == zeroWidthJoiner && unicode.Is(pictographic, next) &&
		(unicode.Is(pictographic, last) || last == emojiStyle && unicode.Is(pictographic, before)) {
		return true
	}
	if unicode.IsMark(last) && norm.NFC.PropertiesString(string(last)).CCC() == viramaClass {
		return true
	}
	return unicode.In(last, joining...) && unicode.In(next, joining...)
}

// viramaClass is the canonical combining class of viramas.
const viramaClass = 9

var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko, unicode.Mandaic, unicode.Manichaean, unicode.Phags_Pa, unicode.Adlam,
	unicode.Hanifi_Rohingya, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu,
	unicode.Kannada, unicode.Malayalam, unicode.Sinhala,
}

// pictographic are the characters that emoji are made of, skin tones included: somewhat more than Extended_Pictographic (UTS #51), of which the
// blocks are taken whole.
var pictographic = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x00A9, 0x00A9, 1}, {0x00AE, 0x00AE, 1}, {0x203C, 0x203C, 1}, {0x2049, 0x2049, 1}, {0x2122, 0x2122, 1}, {0x2139, 0x2139, 1}, {0x2194, 0x2199, 1},
		{0x21A9, 0x21AA, 1}, {0x231A, 0x231B, 1}, {0x2328, 0x2328, 1}, {0x2388, 0x2388, 1}, {0x23CF, 0x23CF, 1}, {0x23E9, 0x23F3, 1}, {0x23F8, 0x23FA, 1},
		{0x24C2, 0x24C2, 1}, {0x25AA, 0x25AB, 1}, {0x25B6, 0x25B6, 1}, {0x25C0, 0x25C0, 1}, {0x25FB, 0x25FE, 1}, {0x2600, 0x27BF, 1}, {0x2934, 0x2935, 1},
		{0x2B05, 0x2B07, 1}, {0x2B1B, 0x2B1C, 1}, {0x2B50, 0x2B50, 1}, {0x2B55, 0x2B55, 1}, {0x3030, 0x3030, 1}, {0x303D, 0x303D, 1}, {0x3297, 0x3297, 1},
		{0x3299, 0x3299, 1},
	},
	R32:         []unicode.Range32{{0x1F000, 0x1F1E5, 1}, {0x1F200, 0x1FAFF, 1}},
	LatinOffset: 2,
}

func isKeycap(r rune) bool { return r >= '0' && r <= '9' || r == '#' || r == '*' }

// hidden says whether a character is never shown, or reorders others, wherever it stands.
func hidden(r rune) bool {
	if unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control, unicode.Variation_Selector, unicode.Noncharacter_Code_Point) {
		return true
	}
	// Other format characters (soft hyphen, zero width space, word joiner, byte order mark, tags, annotations), but for signs of
	// scripts that are shown although they are format characters.
	if unicode.Is(unicode.Cf, r) {
		return !unicode.Is(unicode.Prepended_Concatenation_Mark, r) && r != zeroWidthJoiner && r != zeroWidthNonJoiner
	}
	return unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || slices.Contains(blank, r)
}

// blank are visible by their category, and yet leave room or nothing: the Braille pattern without dots, the place of an object that was not
// copied, a musical note without a head, and the Mongolian vowel separator.
var blank = []rune{0x2800, 0xFFFC, 0x1D159, 0x180E}
