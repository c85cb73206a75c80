package secret

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Keys are what the key file holds: one 256-bit master key, from which a key is derived for each use (HKDF, RFC 5869).
type Keys struct {
	seal cipher.AEAD
	mac  []byte
}

// ErrSealed says that something sealed was changed, moved to another row, or sealed under another key.
var ErrSealed = errors.New("secret: cannot be opened with this key file")

const masterSize = 32

// LoadKeys reads the key file, or makes it with mode 0600 where there is none. Without the file what is sealed is lost:
// it belongs into the backup, apart from the database.
func LoadKeys(file string) (*Keys, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		if text, err = makeKeyFile(file); err != nil {
			return nil, fmt.Errorf("make the key file: %w", err)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("read the key file: %w", err)
	}
	master, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(master) != masterSize {
		return nil, fmt.Errorf("key file %s: want one line of base64 with %d bytes", file, masterSize)
	}
	return NewKeys(master)
}

// The file appears whole or not at all, and never replaces one that another instance has just made.
func makeKeyFile(file string) ([]byte, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	master := make([]byte, masterSize)
	rand.Read(master)
	temporary, err := os.CreateTemp(filepath.Dir(file), ".key-*") // mode 0600
	if err != nil {
		return nil, err
	}
	defer os.Remove(temporary.Name())
	_, err = temporary.WriteString(base64.StdEncoding.EncodeToString(master) + "\n")
	if err = errors.Join(err, temporary.Sync(), temporary.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(temporary.Name(), file); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return os.ReadFile(file)
}

// NewKeys derives the keys from a master key of 32 bytes.
func NewKeys(master []byte) (*Keys, error) {
	sealKey, err := hkdf.Key(sha256.New, master, nil, "gatehouse seal v1", 32)
	if err != nil {
		return nil, err
	}
	mac, err := hkdf.Key(sha256.New, master, nil, "gatehouse mac v1", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(sealKey)
	if err != nil {
		return nil, err
	}
	seal, err := cipher.NewGCMWithRandomNonce(block)
	return &Keys{seal: seal, mac: mac}, err
}

// Seal encrypts with AES-256-GCM. The place says where it is stored, such as "totp_methods", row and user: what was
// copied to another place does not open there.
func (k *Keys) Seal(plain []byte, place ...string) []byte {
	return k.seal.Seal(nil, nil, plain, join(place))
}

// Open decrypts what was sealed for the same place, or returns [ErrSealed].
func (k *Keys) Open(sealed []byte, place ...string) ([]byte, error) {
	plain, err := k.seal.Open(nil, nil, sealed, join(place))
	if err != nil {
		return nil, ErrSealed
	}
	return plain, nil
}

// MAC is a keyed digest (HMAC-SHA-256) of parts, for what is looked up or compared but too short to be safe as a bare
// hash.
func (k *Keys) MAC(parts ...string) []byte {
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
