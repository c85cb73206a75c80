package secret

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Rule 13: a token does not come out by printing it.
func TestTokenDoesNotPrint(t *testing.T) {
	token := NewToken()
	if len(token) != 43 {
		t.Fatalf("a token has %d characters", len(token))
	}
	for _, format := range []string{"%v", "%s", "%#v", "%+v", "%q"} {
		if printed := fmt.Sprintf(format, token); strings.Contains(printed, string(token)) {
			t.Errorf("%s prints the token", format)
		}
	}
	if bytes.Equal(token.Hash(), NewToken().Hash()) {
		t.Error("two tokens have the same hash")
	}
}

// Rule 8: a sealed secret is bound to its row.
func TestSealedOpensAtItsPlaceOnly(t *testing.T) {
	keys, err := MakeKeys(filepath.Join(t.TempDir(), "data", "secret.key"))
	if err != nil {
		t.Fatal(err)
	}
	sealed := keys.Seal([]byte("seed"), "totp_methods", "totp_1", "user_1")
	if plain, err := keys.Open(sealed, "totp_methods", "totp_1", "user_1"); err != nil || string(plain) != "seed" {
		t.Fatalf("Open = %q, %v", plain, err)
	}
	for _, place := range [][]string{{"totp_methods", "totp_2", "user_1"}, {"totp_methods", "totp_1user_1"}, nil} {
		if _, err := keys.Open(sealed, place...); !errors.Is(err, ErrSealed) {
			t.Errorf("opens at %v: %v", place, err)
		}
	}
	sealed[len(sealed)-1] ^= 1
	if _, err := keys.Open(sealed, "totp_methods", "totp_1", "user_1"); !errors.Is(err, ErrSealed) {
		t.Error("opens after a change")
	}
}

func TestKeyFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret.key")
	first, err := MakeKeys(file)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode of the key file: %v, %v", info.Mode(), err)
	}
	second, err := LoadKeys(file)
	if err != nil || !bytes.Equal(first.MAC("a", "b"), second.MAC("a", "b")) {
		t.Fatalf("the second start has other keys: %v", err)
	}
	if bytes.Equal(first.MAC("a", "b"), first.MAC("ab")) {
		t.Error("parts run into each other")
	}
	if err := os.WriteFile(file, []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadKeys(file); err == nil {
		t.Error("a broken key file is taken")
	}
}
