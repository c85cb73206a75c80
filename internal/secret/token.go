// Package secret makes and keeps what must not be known: tokens, of which only a hash is stored, and the keys of the key
// file, under which the little that must be read again is sealed.
package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// Token is 256 random bits as 43 characters that stand in cookies and URLs as they are, or what [Keys.SealToken] makes.
//
// Random tokens are never decoded: whoever shows one is found by the hash of its text, so that any other text, also another
// spelling of the same bits, is another token. What a sealed one holds is read by its bytes, of which only one spelling is
// taken; a mark that it was used must be of what it holds, never of its text.
type Token string

// NewToken makes a token.
func NewToken() Token {
	var b [32]byte
	rand.Read(b[:]) // never fails
	return encode(b[:])
}

// Hash is what is stored of a token: its SHA-256. A token has too many bits to be guessed, so it needs no salt.
func (t Token) Hash() []byte {
	var text [128]byte // on the stack: this is asked for at every decision
	sum := sha256.Sum256(append(text[:0], t...))
	return sum[:]
}

// encode writes bytes in the one form that [Token.decode] reads: base64url without padding (RFC 4648, section 5).
func encode(b []byte) Token { return Token(base64.RawURLEncoding.EncodeToString(b)) }

// decode reads the bytes of a token. A second spelling of the same bytes is refused: padding, another alphabet, bits that
// say nothing, and the line feeds that the decoder of the standard library skips.
func (t Token) decode() (b []byte, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(string(t))
	return b, err == nil && encode(b) == t
}

// String keeps a token out of logs that print it by accident. What needs the text converts it.
func (t Token) String() string { return "(secret)" }

// GoString is String for %#v.
func (t Token) GoString() string { return t.String() }
