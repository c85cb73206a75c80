package text

import "testing"

func TestCleanRefusesWhatHidesOrReorders(t *testing.T) {
	for _, s := range []string{"a\x00b", "a\nb", "evil\u202Etxt", "x\u2066y", "a\u200Eb", "tag\U000E0041", "bad\xff", "a\u0085b",
		"a\u200Bb", "a\u2060b", "a\u00ADb", "\u115F", "\u3164", "\uFFA0", "\u2800", "a\u034Fb", "\uFEFFa", "a\u180Eb", "a\uFE0Fb", "葛\U000E0100城", "葛\uFE00",
		"a\u200Db", "a\u200Cb", "jane\u200D", "\u200Cjane", "👩\u200Da", "م\u200C", "a\u17B4", "1\uFE0F", "°\uFE0F", "❤\uFE0F\uFE0F", "a\uFFFCb", "🏴\U000E0067", "🏴\U000E0061\U000E0062\U000E0063\U000E007F", "x\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F", "a\u180B", "🇳\u200D🇱", "a\u2065b", "a\u206Ab", "a\U000E0001b", "a\u2061b", "\uFFF9a\uFFFB", "\uFDD0",
		"jane\n", "\njane", "jane\t", "\tjane", " \r\njane", "jane \v ", "\u0085jane", "jane\u2028", "\u2029jane", "\n", "\t ",
	} {
		if clean, ok := Clean(s); ok {
			t.Errorf("Clean(%q) = %q, want a refusal", s, clean)
		}
	}
	for in, want := range map[string]string{
		" Ana\u0303 ": "Anã", "\u00A0Jane\u3000": "Jane", " \u2003 ": "", "Łukasz": "Łukasz", "李小龍": "李小龍", "محمد": "محمد", "👩\u200D🔬": "👩\u200D🔬", "": "",
		"🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F Alba":                              "🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F Alba",
		"🇳🇱 #\uFE0F\u20E3 👨\u200D👩\u200D👧\u200D👦 🏳\uFE0F\u200D🌈 🏴\u200D☠\uFE0F 🧑🏿\u200D🤝\u200D🧑🏻 ©\uFE0F": "🇳🇱 #\uFE0F\u20E3 👨\u200D👩\u200D👧\u200D👦 🏳\uFE0F\u200D🌈 🏴\u200D☠\uFE0F 🧑🏿\u200D🤝\u200D🧑🏻 ©\uFE0F",
		"ᠠ\u180B": "ᠠ\u180B", "ᠪᠠᠭᠠᠨ\u180Eᠠ": "ᠪᠠᠭᠠᠨ\u180Eᠠ",
		"👩🏽\u200D🔬 ❤\uFE0F 1\uFE0F\u20E3 ☎\uFE0E": "👩🏽\u200D🔬 ❤\uFE0F 1\uFE0F\u20E3 ☎\uFE0E", "❤\uFE0F\u200D🔥": "❤\uFE0F\u200D🔥",
		"می\u200Cخواهم": "می\u200Cخواهم", "क्\u200Dष": "क्\u200Dष", "ශ්\u200Dරී": "ශ්\u200Dරී", "ന്\u200D": "ന്\u200D", "Nguyễn Văn A": "Nguyễn Văn A",
	} {
		if got, ok := Clean(in); !ok || got != want {
			t.Errorf("Clean(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
}

func TestFoldAndKey(t *testing.T) {
	for in, want := range map[string]string{"Mehmet YILDIZ": "mehmet yildiz", "Jürgen Weiß": "jurgen weiss", "ÉLODIE": "elodie", "Ångström": "angstrom"} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
	if Key("Zoë") == Key("zoe") {
		t.Error("Key must keep accents apart")
	}
	if Key("ZOË") != Key("zoe\u0308") {
		t.Error("Key must not depend on case or composition")
	}
}

func TestLoginNamesHandlesAndEmails(t *testing.T) {
	for s, want := range map[string]bool{
		"abc": true, "ab": false, "jane.doe@x_-9": true, "a/b": false, "jané": false, "has space": false,
		"0123456789012345678901234567890123456789": true, "01234567890123456789012345678901234567890": false,
	} {
		if IsLoginName(s) != want {
			t.Errorf("IsLoginName(%q) = %v", s, !want)
		}
	}
	if IsHandle("Acme") || !IsHandle("acme") {
		t.Error("a handle is in lower case")
	}
	for s, want := range map[string]bool{
		"a@b.example": true, "jörg@müller.example": true, "a@b": false, "A <a@b.example>": false, "a b@c.example": false, "a@.example": false,
		"a@b..example": false, "a@xn--mller-kva.example": true, "a@-b.example": false, "a@b_c.example": false, "a@xn--zz--.example": false, "a@[192.0.2.1]": false, "a@192.0.2.1": false, "@b.example": false, "": false, "a@b.example.": false,
	} {
		if IsEmail(s) != want {
			t.Errorf("IsEmail(%q) = %v", s, !want)
		}
	}
}

// Rule 1: addresses are compared by their IDNA form, regardless of case.
func TestEmailKey(t *testing.T) {
	for _, same := range [][]string{
		{"jane@müller.example", "Jane@MÜLLER.example", "jane@mu\u0308ller.example", "JANE@xn--mller-kva.example", "jane@XN--MLLER-KVA.EXAMPLE"},
		{"zoë@acme.example", "ZOË@Acme.Example"},
	} {
		for _, s := range same {
			if EmailKey(s) != EmailKey(same[0]) {
				t.Errorf("EmailKey(%q) = %q, that of %q is %q", s, EmailKey(s), same[0], EmailKey(same[0]))
			}
		}
	}
	for _, s := range []string{"zoe@acme.example", "no address", "zoë@müller.example"} {
		if EmailKey(s) == EmailKey("zoë@acme.example") {
			t.Errorf("%q counts as another", s)
		}
	}
}

func TestShown(t *testing.T) {
	if got := Shown("Browser\u202E/1\u200B\xff\x00"); got != "Browser/1" {
		t.Errorf("Shown = %q", got)
	}
}

func FuzzClean(f *testing.F) {
	f.Add("Ana\u0303")
	f.Add("\xff\u202e")
	f.Fuzz(func(t *testing.T, s string) {
		clean, ok := Clean(s)
		if !ok {
			return
		}
		if again, ok := Clean(clean); !ok || again != clean {
			t.Fatalf("Clean is not stable: %q, %q", clean, again)
		}
	})
}
