// Package signintest is what tests sign in with: an authenticator in software.
package signintest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"testing"

	"github.com/descope/virtualwebauthn"
)

// Device is an authenticator with one passkey, as a browser on a site shows it. A test bends what it likes.
type Device struct {
	Site          virtualwebauthn.RelyingParty
	Authenticator virtualwebauthn.Authenticator
	Passkey       virtualwebauthn.Credential
}

// NewDevice makes an authenticator for a site.
func NewDevice(t testing.TB, host, origin string) *Device {
	t.Helper()
	return &Device{
		Site:          virtualwebauthn.RelyingParty{ID: host, Name: "Gatehouse", Origin: origin},
		Authenticator: virtualwebauthn.NewAuthenticator(),
		Passkey:       NewPasskey(t),
	}
}

// NewPasskey makes a key pair. The library cuts coordinates that begin with a zero byte, so none does.
func NewPasskey(t testing.TB) virtualwebauthn.Credential {
	t.Helper()
	for {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		point, err := key.PublicKey.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if point[1] == 0 || point[33] == 0 {
			continue
		}
		encoded, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			t.Fatal(err)
		}
		return virtualwebauthn.NewCredentialWithImportedKey(virtualwebauthn.KeyTypeEC2, encoded)
	}
}

// Made is the answer to PublicKeyCredentialCreationOptionsJSON: the passkey is made for a user.
func (d *Device) Made(t testing.TB, options json.RawMessage, userID string) json.RawMessage {
	t.Helper()
	asked, err := virtualwebauthn.ParseAttestationOptions(wrapped(options))
	if err != nil {
		t.Fatal(err)
	}
	d.Authenticator.Options.UserHandle = []byte(userID)
	return json.RawMessage(virtualwebauthn.CreateAttestationResponse(d.Site, d.Authenticator, d.Passkey, *asked))
}

// Excluded says whether creation options keep the device from making its passkey again.
func (d *Device) Excluded(t testing.TB, options json.RawMessage) bool {
	t.Helper()
	asked, err := virtualwebauthn.ParseAttestationOptions(wrapped(options))
	if err != nil {
		t.Fatal(err)
	}
	return d.Passkey.IsExcludedForAttestation(*asked)
}

// Signed is the answer to PublicKeyCredentialRequestOptionsJSON.
func (d *Device) Signed(t testing.TB, options json.RawMessage) json.RawMessage {
	t.Helper()
	asked, err := virtualwebauthn.ParseAssertionOptions(wrapped(options))
	if err != nil {
		t.Fatal(err)
	}
	return json.RawMessage(virtualwebauthn.CreateAssertionResponse(d.Site, d.Authenticator, d.Passkey, *asked))
}

// wrapped puts options into the form in which the library reads them.
func wrapped(options json.RawMessage) string { return `{"publicKey":` + string(options) + `}` }
