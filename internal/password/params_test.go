package password

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"golang.org/x/crypto/argon2"
)

// The vectors are those of the algorithm's reference implementation (phc-winner-argon2, test.c, version 0x13).
var vectors = []struct{ password, hash string }{
	{"password", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"},
	{"password", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"},
}

func TestHashesAreThoseOfTheReferenceImplementation(t *testing.T) {
	for _, v := range vectors {
		e, err := parse(v.hash)
		if err != nil {
			t.Fatalf("%s: %v", v.hash, err)
		}
		p := e.params
		if got := argon2.IDKey([]byte(v.password), e.salt, p.Time, p.Memory, p.Parallelism, 32); !bytes.Equal(got, e.key) {
			t.Errorf("%s: the key is %x", v.hash, got)
		}
	}
}

func TestRecommendedIsTheSecondOptionOfRFC9106(t *testing.T) {
	if got, want := Recommended(), (Params{Memory: 65536, Time: 3, Parallelism: 4}); got != want {
		t.Errorf("Recommended() = %+v, want %+v", got, want)
	}
}

const salt, key = "c29tZXNhbHRzb21lc2FsdA", "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"

func TestParseRefusesWhatItWouldNotWrite(t *testing.T) {
	if _, err := parse("$argon2id$v=19$m=8,t=1,p=1$" + salt + "$" + key); err != nil {
		t.Fatalf("a good hash was refused: %v", err)
	}
	for name, hash := range map[string]string{
		"empty":              "",
		"bcrypt":             "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
		"argon2i":            "$argon2i$v=19$m=8,t=1,p=1$" + salt + "$" + key,
		"older version":      "$argon2id$v=16$m=8,t=1,p=1$" + salt + "$" + key,
		"no version":         "$argon2id$m=8,t=1,p=1$" + salt + "$" + key,
		"other order":        "$argon2id$v=19$t=1,m=8,p=1$" + salt + "$" + key,
		"leading zero":       "$argon2id$v=19$m=08,t=1,p=1$" + salt + "$" + key,
		"sign":               "$argon2id$v=19$m=+8,t=1,p=1$" + salt + "$" + key,
		"negative":           "$argon2id$v=19$m=-8,t=1,p=1$" + salt + "$" + key,
		"overflow":           "$argon2id$v=19$m=4294967304,t=1,p=1$" + salt + "$" + key,
		"more parameters":    "$argon2id$v=19$m=8,t=1,p=1,data=eA$" + salt + "$" + key,
		"too little memory":  "$argon2id$v=19$m=8,t=1,p=2$" + salt + "$" + key,
		"too much memory":    "$argon2id$v=19$m=1048577,t=1,p=1$" + salt + "$" + key,
		"too many passes":    "$argon2id$v=19$m=8,t=65,p=1$" + salt + "$" + key,
		"no pass":            "$argon2id$v=19$m=8,t=0,p=1$" + salt + "$" + key,
		"no lane":            "$argon2id$v=19$m=8,t=1,p=0$" + salt + "$" + key,
		"too many lanes":     "$argon2id$v=19$m=1024,t=1,p=65$" + salt + "$" + key,
		"short salt":         "$argon2id$v=19$m=8,t=1,p=1$c29tZQ$" + key,
		"short key":          "$argon2id$v=19$m=8,t=1,p=1$" + salt + "$c29tZQ",
		"padded":             "$argon2id$v=19$m=8,t=1,p=1$" + salt + "==$" + key,
		"stray bits":         "$argon2id$v=19$m=8,t=1,p=1$" + salt[:len(salt)-1] + "B$" + key,
		"line break in salt": "$argon2id$v=19$m=8,t=1,p=1$" + salt[:4] + "\n" + salt[4:] + "$" + key,
		"something after":    "$argon2id$v=19$m=8,t=1,p=1$" + salt + "$" + key + "$",
		"something before":   " $argon2id$v=19$m=8,t=1,p=1$" + salt + "$" + key,
		"long":               "$argon2id$v=19$m=8,t=1,p=1$" + strings.Repeat("A", 1000) + "$" + key,
	} {
		if _, err := parse(hash); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %q passed (%v)", name, hash, err)
		}
	}
}

// FuzzParse holds that whatever is taken is within the bounds and has only this one spelling.
func FuzzParse(f *testing.F) {
	for _, v := range vectors {
		f.Add(v.hash)
	}
	f.Add("$argon2id$v=19$m=8,t=1,p=1$" + salt + "$" + key)
	f.Add("$argon2id$v=19$m=4294967295,t=4294967295,p=255$$")
	f.Fuzz(func(t *testing.T, s string) {
		e, err := parse(s)
		if err != nil {
			return
		}
		if e.String() != s {
			t.Errorf("%q is written %q", s, e)
		}
		if err := e.params.validate(); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	})
}
