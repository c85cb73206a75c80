// Package secret makes and keeps what must not be known: tokens, of which only a hash is stored, and the keys of the key
// file, under which the little that must be read again is sealed.
package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// Token is 256 random bits as 43 characters that stand in cookies and URLs as they are.
type Token string

// NewToken makes a token.
func NewToken() Token {
	var b [32]byte
	rand.Read(b[:]) // never fails
	return Token(base64.RawURLEncoding.EncodeToString(b[:]))
}

// Hash is what is stored of a token: its SHA-256. A token has too many bits to be guessed, so it needs no salt.
func (t Token) Hash() []byte {
	var text [128]byte // on the stack: this is asked for at every decision
	sum := sha256.Sum256(append(text[:0], t...))
	return sum[:]
}

// String keeps a token out of logs that print it by accident. What needs the text converts it.
func (t Token) String() string { return "(secret)" }

// GoString is String for %#v.
func (t Token) GoString() string { return t.String() }
