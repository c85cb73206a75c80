package secret

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
)

// respellings are texts that some reader of base64 takes for the same bytes as a token, and the bytes without their label.
func respellings(t *testing.T, token Token) map[string]Token {
	t.Helper()
	text := string(token)
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	forms := map[string]Token{
		"a line feed at the end":   token + "\n",
		"a line feed in front":     "\n" + token,
		"a line feed inside":       Token(text[:9] + "\n" + text[9:]),
		"a carriage return inside": Token(text[:9] + "\r" + text[9:]),
		"padding":                  Token(base64.URLEncoding.EncodeToString(raw) + "="),
		"a space":                  token + " ",
		"without its label":        encode(raw[labelSize:]),
	}
	if other := Token(base64.RawStdEncoding.EncodeToString(raw)); other != token {
		forms["the other alphabet"] = other
	}
	if len(raw)%3 != 0 { // the last character has bits that say nothing
		const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
		last := len(text) - 1
		forms["unused bits"] = Token(text[:last] + string(alphabet[strings.IndexByte(alphabet, text[last])+1]))
	}
	return forms
}

// A sealed token has one spelling: what was used up under it cannot be opened under another.
func TestSealedTokenHasOneSpelling(t *testing.T) {
	keys, err := NewKeys(make([]byte, masterSize))
	if err != nil {
		t.Fatal(err)
	}
	spelled := map[string]bool{}
	for length := range 40 {
		token := keys.SealToken(make([]byte, length), "tickets")
		if plain, err := keys.OpenToken(token, "tickets"); err != nil || len(plain) != length {
			t.Fatalf("OpenToken = %v, %v", plain, err)
		}
		if _, err := keys.OpenToken(token, "elsewhere"); !errors.Is(err, ErrSealed) {
			t.Errorf("opens elsewhere: %v", err)
		}
		for what, form := range respellings(t, token) {
			spelled[what] = true
			if _, err := keys.OpenToken(form, "tickets"); !errors.Is(err, ErrSealed) {
				t.Errorf("%d bytes: opens with %s", length, what)
			}
		}
	}
	if len(spelled) != 9 {
		t.Errorf("tried %v", spelled)
	}
}

// A key that people copy is made of its own characters only, also where the checksum fits.
func TestShownSecretHasOneSpelling(t *testing.T) {
	for _, odd := range []string{"\n", "é", " ", "_", "-"} {
		random := strings.Repeat("A", randomLength-len(odd)) + odd
		if _, err := ParseShown(APIKey, string(APIKey)+random+checksum(random)); !errors.Is(err, ErrMistyped) {
			t.Errorf("%q is read: %v", odd, err)
		}
	}
	key := string(NewShown(APIKey))
	for _, form := range []string{key + "\n", " " + key, strings.ToUpper(key), key + "=", strings.Replace(key, "_", "__", 1)} {
		if _, err := ParseShown(APIKey, form); !errors.Is(err, ErrMistyped) {
			t.Errorf("%d characters are read: %v", len(form), err)
		}
	}
}
