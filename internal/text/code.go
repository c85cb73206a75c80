package text

import (
	"strings"
	"unicode"
)

// Digits are the digits of a code as it was typed or pasted, in ASCII: of any script and width, without the spaces, dashes, quotation marks
// and words around them.
func Digits(code string) string { return kept(code, func(r rune) bool { return r >= '0' && r <= '9' }) }

// LettersAndDigits are the letters of English in lower case and the digits of a code as it was typed or pasted.
func LettersAndDigits(code string) string {
	return kept(code, func(r rune) bool { return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' })
}

func kept(code string, keep func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if keep(r) {
			return r
		}
		return -1
	}, plain(code))
}

// Pasted is a secret as a program shows it, without what was copied along with it at either end: white space, line ends, quotation
// marks, a byte order mark.
func Pasted(secret string) string {
	return strings.TrimFunc(secret, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Quotation_Mark, r) || hidden(r) })
}

// WithoutMark is the content of a file without the byte order mark that some editors begin it with.
func WithoutMark[T ~string | ~[]byte](content T) T {
	if mark := "\ufeff"; len(content) >= len(mark) && string(content[:len(mark)]) == mark {
		return content[len(mark):]
	}
	return content
}

// Line is the first line of a text that was piped in, without byte order mark and line end: just one, as white space may belong to a
// password. found is false where there is no text.
func Line(piped string) (line string, found bool) {
	line, _, _ = strings.Cut(WithoutMark(piped), "\n")
	line = strings.TrimSuffix(line, "\r")
	return line, line != ""
}
