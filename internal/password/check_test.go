package password

import (
	"slices"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/internal/problem"
)

var jane = Context{LoginName: "jane.anderson", Name: "Jané Möller-Anderson", Email: "j.anderson@blumenkohl.example", Handle: "acme-wholesale"}

func reasons(refusals []Refusal) []Reason {
	var found []Reason
	for _, r := range refusals {
		found = append(found, r.Reason)
	}
	return found
}

func TestCheckRefuses(t *testing.T) {
	for _, tc := range []struct {
		password string
		want     []Reason
	}{
		// Length, in code points of the composed form.
		{"", []Reason{TooShort}},
		{"vK3#qz9!mTw", []Reason{TooShort}},
		{strings.Repeat("e\u0301", 11), []Reason{TooShort}},
		{"柔らかい月の光が窓", []Reason{TooShort}},
		{strings.Repeat("violin copper ", 10), []Reason{TooLong}},
		{strings.Repeat("x", 1<<20), []Reason{TooLong}},

		// Characters.
		{"violin\tcopper lantern", []Reason{Characters}},
		{"violin copper lantern\x00", []Reason{Characters}},
		{"violin copper lantern\u0085", []Reason{Characters}},
		{"violin copper \xff lantern", []Reason{Characters}},
		{"violin copper \U000e0fff lantern", []Reason{Characters}},

		// Common, and variations of it.
		{"password1234", []Reason{Common}},
		{"P@ssw0rd!2026", []Reason{Common}},
		{"1qaz2wsx3edc", []Reason{Common}},
		{"passwordpassword", []Reason{Common, Repetitive}},

		// Personal: login name, name, email, handle; spelled otherwise; two parts together.
		{"jane.anderson", []Reason{Personal}},
		{"JaneMoeller+moller", []Reason{Personal}},
		{"Möller-qz9!v", []Reason{Personal}},
		{"m0ller_4nders0n#x", []Reason{Personal}},
		{"Blumenkohl#7qz!", []Reason{Personal}},
		{"acme wholesale qz9", []Reason{Personal}},
		{"andersonjane-x8", []Reason{Personal}},

		// Repetitive: less than a password is repeated.
		{"aaaaaaaaaaaaaaaa", []Reason{Repetitive}},
		{"vK3#qz9!vK3#qz9!vK3", []Reason{Repetitive}},
		{"мёдчаймёдчай", []Reason{Repetitive}},

		// Guessable: nothing of the above, and still little behind it.
		{"dragonsunshine", []Reason{Guessable}},
		{"abcdefghijklm", []Reason{Guessable}},
		{"абвгдеёжзийк", []Reason{Guessable}},
	} {
		if got := reasons(Check(tc.password, jane)); !slices.Equal(got, tc.want) {
			t.Errorf("Check(%.40q) = %v, want %v", tc.password, got, tc.want)
		}
	}
}

func TestCheckWelcomes(t *testing.T) {
	for _, password := range []string{
		"correct horse battery staple",
		"violin-harvest-copper-lantern",
		"vK3#qz9!mTw4",
		"nxqzvbwkrtpd",              // no composition rules: one kind of character will do
		"   violin   harvest   owl", // spaces anywhere
		"вечерний чай с мёдом",
		"柔らかい月の光が窓辺に差す",
		"🦉🎻🪁🧭🏺🪴🧶🎲🦔🪐🍋🧵",
		strings.Repeat("violin copper ", 9) + "ab",
		"Ande violin harvest owl copper",          // a part of a name, but little of the whole
		"jan violin harvest jan",                  // less than four characters
		"violin harvest anderson copper lantern!", // a whole name, but little of the whole
	} {
		if got := Check(password, jane); got != nil {
			t.Errorf("Check(%q) = %v", password, got)
		}
	}
}

func TestAnAccountMayAskForMore(t *testing.T) {
	const sixteen = "vK3#qz9!mTw4hB7x"
	for minimum, want := range map[int][]Refusal{
		0:  nil,
		8:  nil, // never below the constant
		16: nil,
		17: {{TooShort, 17}},
		// More than the maximum would let nobody choose a password.
		1000: {{TooShort, MaxLength}},
	} {
		if got := Check(sixteen, Context{MinLength: minimum}); !slices.Equal(got, want) {
			t.Errorf("at least %d: %v, want %v", minimum, got, want)
		}
	}
	if got := Check("vK3#qz9!", Context{MinLength: 8}); !slices.Equal(got, []Refusal{{TooShort, MinLength}}) {
		t.Errorf("at least 8: %v", got)
	}
}

func TestLengthIsCountedAfterComposition(t *testing.T) {
	distinct := []string{"e\u0301", "o\u0302", "a\u0300", "u\u0308", "n\u0303", "c\u0327", "i\u0308", "y\u0301", "s\u030c", "z\u030c", "r\u030c", "g\u0306"}
	if got := Check(strings.Join(distinct, ""), Context{}); len(got) > 0 && got[0].Reason == TooShort {
		t.Errorf("twelve composed characters: %v", got)
	}
	if got := Check(strings.Join(distinct[1:], ""), Context{}); !slices.Equal(got, []Refusal{{TooShort, MinLength}}) {
		t.Errorf("eleven composed characters of 22 code points: %v", got)
	}
}

func TestRefusalsAreProblems(t *testing.T) {
	for reason, want := range map[Reason]problem.Code{
		Characters: problem.Invalid,
		TooShort:   problem.TooShort,
		TooLong:    problem.TooLong,
		Common:     problem.WeakPassword,
		Personal:   problem.WeakPassword,
		Repetitive: problem.WeakPassword,
		Guessable:  problem.WeakPassword,
	} {
		p := Refusal{Reason: reason, Limit: 12}.Problem("password")
		if p.Code != want || p.Key != "password."+string(reason) || !slices.Equal(p.Field, []string{"input", "password"}) {
			t.Errorf("%s: %+v", reason, p)
		}
		if _, has := p.Args["limit"]; has != (reason == TooShort || reason == TooLong) {
			t.Errorf("%s: arguments %v", reason, p.Args)
		}
	}
}

func TestStrengthRises(t *testing.T) {
	for _, tc := range []struct {
		password string
		least    int
		most     int
	}{
		{"", 0, 0},
		{"sunshine1234", 0, 1},
		{"qwertyuiop12", 0, 1},
		{"k3#k3#k3#k3#k3#k3#k3#", 0, 1}, // a repetition is what it repeats
		{"P4$$w0rdP4$$w0rd", 0, 1},
		{"gatehouse-vivid", 1, 3},
		{"correct horse battery staple", 4, 4},
		{"вечерний чай с мёдом", 4, 4},
		{"vK3#qz9!mTw4", 4, 4},
	} {
		if got := Strength(tc.password, Context{}); got < tc.least || got > tc.most {
			t.Errorf("Strength(%q) = %d, want %d to %d", tc.password, got, tc.least, tc.most)
		}
	}
	if known, unknown := Strength("qzivkomtar-9", Context{Name: "Qzivkomtar"}), Strength("qzivkomtar-9", Context{}); known >= unknown {
		t.Errorf("with the name known %d, without %d", known, unknown)
	}
}

func TestGeneratedPasswordsPass(t *testing.T) {
	seen := make(map[string]bool)
	for range 50 {
		generated := Generate()
		if len(generated) != 23 || strings.ContainsAny(generated, "01") || seen[generated] {
			t.Errorf("generated %q", generated)
		}
		seen[generated] = true
		if got := Check(generated, jane); got != nil {
			t.Errorf("Check(%q) = %v", generated, got)
		}
	}
}

// FuzzCheck holds that nothing that can be typed upsets the estimator, and that what passes has an allowed length.
func FuzzCheck(f *testing.F) {
	for _, seed := range []string{"correct horse battery staple", "P@ssw0rd!2026", "мёдчаймёдчай", "🦉🎻🪁🧭🏺🪴🧶🎲🦔🪐🍋🧵", "1!|4@8({3e9$1!|4@8({3e9$", "01-02-2003 2003/02/01", "\xff"} {
		f.Add(seed, "jane", "Jane Anderson")
	}
	f.Fuzz(func(t *testing.T, candidate, login, name string) {
		c := Context{LoginName: login, Name: name}
		if Strength(candidate, c) < 0 {
			t.Error("a negative strength")
		}
		if length := len([]rune(Normalize(candidate))); Check(candidate, c) == nil && (length < MinLength || length > MaxLength) {
			t.Errorf("%q of length %d passed", candidate, length)
		}
	})
}
