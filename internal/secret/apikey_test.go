package secret

import (
	"errors"
	"math/big"
	"strings"
	"testing"
)

// The checksums were worked out with another implementation of CRC-32 and base62.
func TestAPIKeyForm(t *testing.T) {
	all := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1))
	for _, example := range []struct {
		bits *big.Int
		want string
	}{
		{big.NewInt(0), "00000000000000000000000000000000000000000002CZclj"},
		{big.NewInt(1), "00000000000000000000000000000000000000000010HNUPx"},
		{all, "yhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp13sRzl1"},
	} {
		random := encodeBase62(example.bits, randomLength)
		if got := random + checksum(random); got != example.want {
			t.Errorf("%s, want %s", got, example.want)
		}
		if _, err := ParseShown(APIKey, "gatekey_"+example.want); err != nil {
			t.Errorf("%s is refused", example.want)
		}
	}
}

// Rule 10: a typing error is told without a look-up.
func TestMistypedKeysAreRefused(t *testing.T) {
	key := string(NewShown(APIKey))
	if _, err := ParseShown(APIKey, key); err != nil {
		t.Fatal(err)
	}
	swapped := key[:20] + key[21:22] + key[20:21] + key[22:]
	if swapped == key { // two equal neighbours
		swapped = key[:len(key)-1] + "!"
	}
	for name, text := range map[string]string{
		"nothing":           "",
		"the prefix":        "gatekey_",
		"cut":               key[:len(key)-1],
		"doubled":           key + key,
		"spaces around":     " " + key,
		"neighbours turned": swapped,
		"another prefix":    strings.Replace(key, "gatekey_", "gatesvc_", 1),
		"another case":      strings.ToUpper(key),
	} {
		if _, err := ParseShown(APIKey, text); !errors.Is(err, ErrMistyped) {
			t.Errorf("%s is taken for a key", name)
		}
	}
}

func TestHintDoesNotGiveTheKeyAway(t *testing.T) {
	key := NewShown(ServiceSecret)
	hint := key.Hint()
	if !strings.HasPrefix(string(key), hint[:12]) || !strings.HasSuffix(string(key), hint[len(hint)-4:]) {
		t.Errorf("%s is no hint of %s", hint, string(key))
	}
	if shown := len(strings.ReplaceAll(hint, "…", "")); shown != len("gatesvc_")+8 {
		t.Errorf("the hint shows %d characters", shown)
	}
}

func FuzzParseShown(f *testing.F) {
	f.Add(string(NewShown(APIKey)))
	f.Add("gatekey_00000000000000000000000000000000000000000002CZclj")
	f.Fuzz(func(t *testing.T, text string) {
		token, err := ParseShown(APIKey, text)
		if err == nil && string(token) != text {
			t.Errorf("%q became another key", text)
		}
	})
}
