package password

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gatehouse/gatehouse/internal/password/common"
	"github.com/gatehouse/gatehouse/internal/text"
)

// personalMin is the length from which a part of what others know of the user counts. Shorter ones turn up in any text.
const personalMin = 4

// mostlyPersonal says whether parts of four characters or more of the user's names make up half of the candidate or
// more, however they are spelled: case, accents, signs between and digits for letters make no difference.
func mostlyPersonal(candidate string, c Context) bool {
	known := c.known()
	length := utf8.RuneCountInString(candidate)
	return slices.ContainsFunc(common.Readings(text.Fold(candidate)), func(reading string) bool {
		return 2*covered([]rune(common.LettersAndDigits(reading)), known) >= length
	})
}

// known are the user's names, whole and in parts, folded to letters and digits.
func (c Context) known() []string {
	var known []string
	for _, name := range []string{c.LoginName, c.Name, c.Email, c.Handle} {
		folded := text.Fold(name)
		parts := strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		for _, part := range append(parts, common.LettersAndDigits(folded)) {
			if utf8.RuneCountInString(part) >= personalMin {
				known = append(known, part)
			}
		}
	}
	return known
}

// covered counts the characters that stand in some run of personalMin or more which one of the known names has too.
func covered(candidate []rune, known []string) int {
	count, end := 0, 0 // end is where what has been counted ends
	for i := 0; i+personalMin <= len(candidate); i++ {
		window := string(candidate[i : i+personalMin])
		if slices.ContainsFunc(known, func(name string) bool { return strings.Contains(name, window) }) {
			count += i + personalMin - max(i, end)
			end = i + personalMin
		}
	}
	return count
}
