package text

import "testing"

func TestCleanRefusesWhatHidesOrReorders(t *testing.T) {
	for _, s := range []string{"a\x00b", "a\nb", "evil\u202Etxt", "x\u2066y", "a\u200Eb", "tag\U000E0041", "bad\xff", "a\u0085b"} {
		if clean, ok := Clean(s); ok {
			t.Errorf("Clean(%q) = %q, want a refusal", s, clean)
		}
	}
	for in, want := range map[string]string{
		" Ana\u0303 ": "Anã", "Łukasz": "Łukasz", "李小龍": "李小龍", "محمد": "محمد", "👩\u200D🔬": "👩\u200D🔬", "": "",
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
		"a@b..example": false, "a@[192.0.2.1]": false, "@b.example": false, "": false, "a@b.example.": false,
	} {
		if IsEmail(s) != want {
			t.Errorf("IsEmail(%q) = %v", s, !want)
		}
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
