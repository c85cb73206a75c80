package text

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// hides says whether a text has characters that nobody sees, or that reorder others, which could make one name look like
// another. Joiners pass where an emoji or a script needs them, variation selectors within emoji.
func hides(s string) bool {
	before, last := rune(-1), rune(-1) // the two characters before
	for i, r := range s {
		next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		switch {
		case r == zeroWidthJoiner || r == zeroWidthNonJoiner:
			if !joins(before, last, r, next) {
				return true
			}
		case r == textStyle || r == emojiStyle:
			if !isEmoji(last) && !isKeycap(last) {
				return true
			}
		case hidden(r):
			return true
		}
		before, last = last, r
	}
	return false
}

const (
	zeroWidthNonJoiner = 0x200C
	zeroWidthJoiner    = 0x200D
	textStyle          = 0xFE0E
	emojiStyle         = 0xFE0F
)

// joins says whether a joiner has something to join: two emoji, two letters of a script whose letters change their form beside
// each other, or a virama with what it stands behind (RFC 5892, appendix A).
func joins(before, last, joiner, next rune) bool {
	if joiner == zeroWidthJoiner && isEmoji(next) && (isEmoji(last) || isSkinTone(last) || last == emojiStyle && isEmoji(before)) {
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

// isEmoji is somewhat wider than Unicode's Extended_Pictographic: other symbols may have joiners, too.
func isEmoji(r rune) bool {
	return unicode.Is(unicode.So, r) && !hidden(r) || r >= 0x2190 && r <= 0x25FF || r == 0x203C || r == 0x2049 || r == 0x2139
}

func isSkinTone(r rune) bool { return r >= 0x1F3FB && r <= 0x1F3FF }

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
	return unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || r == blankBraille || r == mongolianVowelSeparator
}

const (
	blankBraille            = 0x2800
	mongolianVowelSeparator = 0x180E
)
