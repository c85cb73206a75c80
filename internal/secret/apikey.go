package secret

import (
	"crypto/rand"
	"errors"
	"fmt"
	"hash/crc32"
	"math/big"
	"strings"
)

// Prefix says what a [Shown] secret is for, so that people and secret scanners know one when they see it.
type Prefix string

const (
	APIKey        Prefix = "gatekey_" // what a program shows at a door
	ServiceSecret Prefix = "gatesvc_" // what the service behind a door shows when it asks who may come in
)

const (
	base62       = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	randomLength = 43 // base62 characters of 256 bits
	sumLength    = 6  // base62 characters of 32 bits
)

// ErrMistyped says that a text is no such secret: cut, doubled, of another prefix, or with a typing error in it. No
// look-up is needed to tell.
var ErrMistyped = errors.New("secret: not a key, or mistyped")

// NewShown makes a secret that people copy: the prefix, 256 random bits and the CRC-32 (IEEE) of their text, both in base62
// and padded with zeros on the left. What is stored of it is its [Token.Hash].
func NewShown(prefix Prefix) Token {
	var bits [32]byte
	rand.Read(bits[:]) // never fails
	random := encodeBase62(new(big.Int).SetBytes(bits[:]), randomLength)
	return Token(string(prefix) + random + checksum(random))
}

// ParseShown checks the form of a secret that somebody shows, or returns [ErrMistyped].
func ParseShown(prefix Prefix, text string) (Token, error) {
	body, found := strings.CutPrefix(text, string(prefix))
	if !found || len(body) != randomLength+sumLength || !isBase62(body) || body[randomLength:] != checksum(body[:randomLength]) {
		return "", ErrMistyped
	}
	return Token(text), nil
}

// Hint is what may be shown of a secret later: enough to tell one from another, never enough to use it.
func (t Token) Hint() string {
	const first, last = 4, 4
	prefix, random, _ := strings.Cut(string(t), "_")
	return fmt.Sprintf("%s_%s…%s", prefix, random[:first], random[len(random)-last:])
}

// checksum is asked for at every decision, so it allocates no big number.
func checksum(random string) string {
	var text [sumLength]byte
	sum := crc32.ChecksumIEEE([]byte(random))
	for i := range text {
		text[sumLength-1-i] = base62[sum%62]
		sum /= 62
	}
	return string(text[:])
}

func isBase62(text string) bool {
	for i := range len(text) {
		if c := text[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

func encodeBase62(n *big.Int, length int) string {
	text := make([]byte, length)
	base, digit := big.NewInt(int64(len(base62))), new(big.Int)
	for i := range text {
		n.DivMod(n, base, digit)
		text[length-1-i] = base62[digit.Int64()]
	}
	return string(text)
}
