package secret

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"
)

// Keys are what the key file holds: 256-bit master keys, the newest first, from each of which a key is derived for each
// use (HKDF, RFC 5869). The newest seals; the older ones open what was sealed before a rotation. Keys follow their file:
// a running server uses a new key as soon as it stands there. Safe for concurrent use.
type Keys struct {
	file string // empty: there is none to follow

	mutex sync.Mutex
	read  fs.FileInfo // the file as it was when the ring was read from it
	ring  ring
}

// ring is never empty, and never changed: a new one takes its place.
type ring []*Key

// Key is what is derived from one master key.
type Key struct {
	master []byte
	label  [labelSize]byte // its name, which is no secret
	seal   cipher.AEAD
	mac    []byte
}

// ErrSealed says that something sealed was changed, moved to another row, or sealed under a key that is not in the file.
var ErrSealed = errors.New("secret: cannot be opened with this key file")

const (
	masterSize = 32
	labelSize  = 4
	// MACSize is the length of a [Keys.MAC], label included. From before there were labels there are shorter ones.
	MACSize = labelSize + sha256.Size
)

// NewKeys derives the keys from master keys of 32 bytes, the newest first, without a file behind them.
func NewKeys(masters ...[]byte) (*Keys, error) {
	ring, err := newRing(masters)
	if err != nil {
		return nil, err
	}
	return &Keys{ring: ring}, nil
}

func newRing(masters [][]byte) (ring, error) {
	if len(masters) == 0 {
		return nil, errors.New("no key")
	}
	ring := make(ring, len(masters))
	for i, master := range masters {
		key, err := newKey(master)
		if err != nil {
			return nil, err
		}
		if ring[:i].labelled(key.label[:]) != nil {
			return nil, fmt.Errorf("key %x stands there twice", key.label)
		}
		ring[i] = key
	}
	return ring, nil
}

func newKey(master []byte) (*Key, error) {
	if len(master) != masterSize {
		return nil, fmt.Errorf("a key of %d bytes, want %d", len(master), masterSize)
	}
	derive := func(use string, size int) []byte {
		derived, err := hkdf.Key(sha256.New, master, nil, use, size)
		if err != nil {
			panic(err) // only for a size beyond HKDF's
		}
		return derived
	}
	block, err := aes.NewCipher(derive("gatehouse seal v1", 32))
	if err != nil {
		return nil, err
	}
	seal, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, err
	}
	return &Key{
		master: master, label: [labelSize]byte(derive("gatehouse label v1", labelSize)), seal: seal, mac: derive("gatehouse mac v1", 32),
	}, nil
}

// labelled returns the key with a label, or nil.
func (r ring) labelled(label []byte) *Key {
	for _, key := range r {
		if bytes.Equal(key.label[:], label) {
			return key
		}
	}
	return nil
}

// Names are the labels of the keys in hexadecimal, the newest first.
func (k *Keys) Names() []string {
	var names []string
	for _, key := range k.All() {
		names = append(names, key.Name())
	}
	return names
}

// File is the path of the key file; empty: there is none.
func (k *Keys) File() string { return k.file }

// All are the keys, the newest first.
func (k *Keys) All() []*Key { return slices.Clone(k.current()) }

// Newest is the key that seals at this moment. What is stored under it must be kept from losing it: see db.Tx.SealingKey.
func (k *Keys) Newest() *Key { return k.current()[0] }

// Label is what stands in front of everything that was sealed or digested under the newest key.
func (k *Keys) Label() []byte { return k.Newest().Label() }

// Label is what stands in front of everything that was sealed or digested under the key.
func (k *Key) Label() []byte { return slices.Clone(k.label[:]) }

// Name is the label in hexadecimal.
func (k *Key) Name() string { return hex.EncodeToString(k.label[:]) }

// Check is a digest by which the same key is known again. It tells nothing of the key.
func (k *Key) Check() []byte { return k.digest([]string{"key check"}) }

// Seal encrypts with AES-256-GCM under the newest key, whose label comes first. The place says where it is stored, such
// as "totp_methods", row and user: what was copied to another place does not open there.
func (k *Keys) Seal(plain []byte, place ...string) []byte { return k.Newest().Seal(plain, place...) }

// Seal is [Keys.Seal] under this key.
func (k *Key) Seal(plain []byte, place ...string) []byte {
	return k.seal.Seal(k.label[:], nil, plain, join(place))
}

// Open decrypts what was sealed for the same place under any of the keys, or returns [ErrSealed].
func (k *Keys) Open(sealed []byte, place ...string) ([]byte, error) {
	_, plain, err := k.current().open(sealed, place)
	return plain, err
}

// open returns the key under whose label something opens, nil for what has no label: it was sealed before there were
// labels. Four of its bytes are then random and may be a key's label by chance, so that what does not open under the key
// of its label is tried without one, under every key. GCM authenticates: it opens under the right key and form only.
func (r ring) open(sealed []byte, place []string) (under *Key, plain []byte, err error) {
	if len(sealed) > labelSize {
		if key := r.labelled(sealed[:labelSize]); key != nil {
			if plain, err := key.seal.Open(nil, nil, sealed[labelSize:], join(place)); err == nil {
				return key, plain, nil
			}
		}
	}
	for _, key := range r {
		if plain, err := key.seal.Open(nil, nil, sealed, join(place)); err == nil {
			return nil, plain, nil
		}
	}
	return nil, nil, ErrSealed
}

// SealToken is [Keys.Seal] as text, for what a client keeps.
func (k *Keys) SealToken(plain []byte, place ...string) Token { return encode(k.Seal(plain, place...)) }

// OpenToken reads what [Keys.SealToken] made for the same place, or returns [ErrSealed]. Every other text is refused, even
// one that another reader would take for the same.
func (k *Keys) OpenToken(token Token, place ...string) ([]byte, error) {
	sealed, ok := token.decode()
	if !ok {
		return nil, ErrSealed
	}
	key, plain, err := k.current().open(sealed, place)
	if err == nil && key == nil { // without the label, which every token has, the rest would open a second time
		return nil, ErrSealed
	}
	return plain, err
}

// Reseal seals anew, for the same place, what is not under the newest key with its label. What is, is returned as it is.
func (k *Keys) Reseal(sealed []byte, place ...string) ([]byte, error) {
	ring := k.current()
	key, plain, err := ring.open(sealed, place)
	if err != nil || key == ring[0] {
		return sealed, err
	}
	return ring[0].Seal(plain, place...), nil
}

// MAC is a keyed digest (HMAC-SHA-256) of parts under the newest key, whose label comes first: for what is looked up or
// compared but too short to be safe as a bare hash.
func (k *Keys) MAC(parts ...string) []byte { return k.Newest().MAC(parts...) }

// MAC is [Keys.MAC] under this key.
func (k *Key) MAC(parts ...string) []byte { return slices.Concat(k.label[:], k.digest(parts)) }

// MACs are all forms in which a [Keys.MAC] of parts may have been stored: under each key, with its label and, from before
// there were labels, without.
func (k *Keys) MACs(parts ...string) [][]byte {
	ring := k.current()
	forms := make([][]byte, 0, 2*len(ring))
	for _, key := range ring {
		digest := key.digest(parts)
		forms = append(forms, slices.Concat(key.label[:], digest), digest)
	}
	return forms
}

func (k *Key) digest(parts []string) []byte {
	mac := hmac.New(sha256.New, k.mac)
	mac.Write(join(parts))
	return mac.Sum(nil)
}

// join writes parts so that no two lists of parts look alike.
func join(parts []string) []byte {
	var out bytes.Buffer
	for _, part := range parts {
		fmt.Fprintf(&out, "%d:%s", len(part), part)
	}
	return out.Bytes()
}
