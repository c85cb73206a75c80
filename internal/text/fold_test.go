package text

import (
	"slices"
	"strings"
	"testing"
)

// Case and accents do not matter: what people type without the letters of another alphabet finds the name.
func TestFoldIsPlain(t *testing.T) {
	for in, want := range map[string]string{
		"Mehmet YILDIZ": "mehmet yildiz", "Jürgen Weiß": "jurgen weiss", "STRAẞE": "strasse", "ÉLODIE": "elodie", "Ångström": "angstrom",
		"Łukasz Wałęsa": "lukasz walesa", "Søren Ørsted": "soren orsted", "Đorđe Đặng": "dorde dang", "Æsir Cæsar": "aesir caesar",
		"Þór Guðmundsson": "thor gudmundsson", "Ðuro": "duro", "Işıl": "isil", "İpek": "ipek", "Œuvre": "oeuvre", "Nguyễn": "nguyen", "Ŋgũgĩ": "ngugi",
		"Ħamrun": "hamrun", "Ŧ": "t", "ĸ": "q", "Əliyev": "eliyev", "Ɓɗƙ": "bdk", "Ɔɛ": "oe", "ʒ": "z", "ſ": "s", "ﬁ": "fi", "ŉ": "'n", "ĳ": "ij",
		"O’Brien": "o'brien", "O‘Brien": "o'brien", "OʼBrien": "o'brien", "O´Brien": "o'brien", "O＇Brien": "o'brien", "“Q” „Q‟ «Q»": `"q" "q" "q"`,
		"Anne–Marie": "anne-marie", "Anne‑Marie": "anne-marie", "Anne—Marie": "anne-marie", "a\u00a0b\u3000c": "a b c",
		"Ａｄａ１２": "ada12", "٣٤": "34", "४": "4", "Ⅳ": "iv", "ΟΔΥΣΣΕΥΣ": "οδυσσευσ", "Οδυσσεύς": "οδυσσευσ", "ЁЛКА": "елка",
		"می\u200cخواهم": "میخواهم", "❤\ufe0f": "❤", "👩🏽\u200d🔬": "👩🏽🔬", "東京": "東京", "ガ": "カ",
		"की": "की", "กิ": "กิ", "שָׁלוֹם": "שלום", "": "", "a%_\\": "a%_\\",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
		if again := Fold(Fold(in)); again != want {
			t.Errorf("folded again %q is %q", in, again)
		}
	}
}

// Names stand where readers of an alphabetical list look for them.
func TestSortKeyIsAlphabetical(t *testing.T) {
	for _, names := range [][]string{
		{"", " ", "'t Hart", "1", "2", "Aagje", "Ægir", "afra", "Zoë", "Ελένη", "Ян", "李"},
		{"Daan", "Đorđe", "Eva"}, {"Lara", "Łukasz", "Lzy"}, {"Olga", "Øystein", "Pia"}, {"Ida", "ınce", "İpek", "Jan"}, {"Thea", "Þór", "Tim"}, {"Nina", "Ŋob", "Olga"},
		{"Strasa", "Straße", "Strast"}, {"Анна", "Ґалаґан", "Ёлкин", "Жанна", "Игорь", "Ірина", "Йосип", "Юрій"}, {"Adam", "ａｄａｎ", "Adão", "Adar"},
		{"O'Brian", "O’Brien", "O'Brieo"}, {"かな", "カニ"}, {"Ahmed", "أحمد", "پرویز", "توفيق"},
	} {
		sorted := slices.Clone(names)
		slices.SortStableFunc(sorted, func(a, b string) int { return strings.Compare(SortKey(a), SortKey(b)) })
		if !slices.Equal(sorted, names) {
			t.Errorf("sorted %q, want %q", sorted, names)
		}
	}
	for _, same := range [][2]string{{"jose", "JOSÉ"}, {"Strasse", "Straße"}, {"O’Neill", "O'Neill"}, {"Lukasz", "Łukasz"}} {
		if SortKey(same[0]) != SortKey(same[1]) {
			t.Errorf("%q and %q differ", same[0], same[1])
		}
	}
	for _, long := range []string{strings.Repeat("ﷺ", NameMax), strings.Repeat("龍", NameMax), strings.Repeat("\U0010FFFD", NameMax)} {
		if got := SortKey(long); len(got) > 640 || !isASCII(got) {
			t.Errorf("a key of %d bytes", len(got))
		}
	}
}

func BenchmarkFoldAndSortKey(b *testing.B) {
	for b.Loop() {
		Fold("Łukasz Wałęsa")
		SortKey("Łukasz Wałęsa")
	}
}
