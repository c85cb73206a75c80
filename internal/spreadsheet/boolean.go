package spreadsheet

import (
	"slices"

	"github.com/gatehouse/gatehouse/internal/text"
)

// What spreadsheet programs write for true and false in English, Dutch, German, French and Spanish, what people write, and numbers.
var (
	affirmations = []string{"true", "yes", "y", "waar", "ja", "j", "wahr", "vrai", "oui", "o", "verdadero", "si", "s", "on", "x", "1"}
	negations    = []string{"false", "no", "n", "onwaar", "nee", "falsch", "nein", "faux", "non", "falso", "off", "0"}
)

// Boolean reads a truth value in any case, with or without accents.
func Boolean(cell string) (value, ok bool) {
	word := text.Fold(cell)
	value = slices.Contains(affirmations, word)
	return value, value || slices.Contains(negations, word)
}
