package common

import (
	"slices"
	"testing"
)

func TestContainsWhatAttackersTryFirst(t *testing.T) {
	for _, password := range []string{
		"password1234",         // digits at the end
		"PassWord!2026",        // other case, a sign and a year
		"...sunshine...",       // signs around
		"p@ssw0rd1234",         // letters written as digits and signs
		"$unsh1ne2026",         // the same with a year after it
		"FOOTBA11 2024",        // 1 for l
		"s-u-n-s-h-i-n-e",      // signs between
		"pass word 123",        // a space between
		"passwordpassword",     // twice
		"Password1Password1",   // twice with a digit
		"passwordpasswordpass", // the last time cut short
		"Pässwörd2026",         // accents
		"1qaz2wsx3edc",         // listed as it stands
		"123456789987654321",   // digits only, listed as it stands
		"qwertyqwerty",         // a listed repetition
		"ｐａｓｓｗｏｒｄ１２３４",         // full-width letters
	} {
		if !Contains(password) {
			t.Errorf("%q passed as uncommon", password)
		}
	}
}

func TestContainsLeavesOthersAlone(t *testing.T) {
	for _, password := range []string{
		"correct horse battery staple",
		"violin-harvest-copper-lantern",
		"sunshine k3#vZ0q!x9mT", // a common word, but most of it is not
		"k7qf2-v9d3x-mm4tz-p2swy",
		"вечерний чай с мёдом",
		"柔らかい月の光が窓辺に",
		"",
	} {
		if Contains(password) {
			t.Errorf("%q was taken for a common password", password)
		}
	}
}

func TestUnit(t *testing.T) {
	for password, want := range map[string]string{
		"abcabc":     "abc",
		"abcabca":    "abc",
		"abcab":      "abcab", // not once in full
		"aaaa":       "a",
		"абвабв":     "абв",
		"a":          "a",
		"":           "",
		"abcdefabcd": "abcdefabcd",
	} {
		if got := Unit(password); got != want {
			t.Errorf("Unit(%q) = %q, want %q", password, got, want)
		}
	}
}

func TestEntriesKeepTheWholeAndTheStem(t *testing.T) {
	for password, want := range map[string][]string{
		"Sunshine1":       {"sunshine"},
		"sunshine1234":    {"sunshine1234", "sunshine"},
		"123456":          nil, // too short to be chosen, and nothing in it to vary
		"147258369147258": {"147258369147258"},
		"abc123":          nil,
	} {
		if got := Entries(password); !slices.Equal(got, want) {
			t.Errorf("Entries(%q) = %q, want %q", password, got, want)
		}
	}
}

// The embedded file must hold exactly what its counts announce, in order; a damaged one would let passwords pass.
func TestFingerprintsAreWhole(t *testing.T) {
	at := offsets()
	total := int(at[buckets])
	if want := buckets + remainder*total; len(fingerprints) != want {
		t.Fatalf("the file has %d bytes, its counts ask for %d", len(fingerprints), want)
	}
	if total < 400_000 {
		t.Errorf("the list has shrunk to %d entries", total)
	}
	for b := range buckets {
		for i := at[b] + 1; i < at[b+1]; i++ {
			before := fingerprints[buckets+remainder*(i-1):][:remainder]
			if slices.Compare(before, fingerprints[buckets+remainder*i:][:remainder]) >= 0 {
				t.Fatalf("bucket %d is out of order", b)
			}
		}
	}
}
