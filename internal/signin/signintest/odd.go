package signintest

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"testing"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
)

// extensionData is the flag of authenticator data that has extension outputs (WebAuthn level 3, section 6.1).
const extensionData = 1 << 7

// Odd is what some authenticators, browsers and password managers answer besides what was requested.
type Odd struct {
	// Extensions are outputs in the authenticator data, which are signed.
	Extensions map[string]any
	// Format and Statement replace the attestation of a passkey that is made.
	Format    string
	Statement any
	// Members changes the JSON of the answer.
	Members func(credential, response map[string]any)
}

// MadeOddly is [Device.Made] with oddities.
func (d *Device) MadeOddly(t testing.TB, options json.RawMessage, userID string, odd Odd) json.RawMessage {
	t.Helper()
	return edited(t, d.Made(t, options, userID), func(credential, response map[string]any) {
		var object map[string]any
		if err := webauthncbor.Unmarshal(decoded(t, response["attestationObject"]), &object); err != nil {
			t.Fatal(err)
		}
		object["authData"] = extended(t, object["authData"].([]byte), odd.Extensions)
		if odd.Format != "" {
			object["fmt"], object["attStmt"] = odd.Format, odd.Statement
		}
		response["attestationObject"] = base64.RawURLEncoding.EncodeToString(cbor(t, object))
		if odd.Members != nil {
			odd.Members(credential, response)
		}
	})
}

// SignedOddly is [Device.Signed] with oddities.
func (d *Device) SignedOddly(t testing.TB, options json.RawMessage, odd Odd) json.RawMessage {
	t.Helper()
	return edited(t, d.Signed(t, options), func(credential, response map[string]any) {
		data := extended(t, decoded(t, response["authenticatorData"]), odd.Extensions)
		client := sha256.Sum256(decoded(t, response["clientDataJSON"]))
		digest := sha256.Sum256(append(data[:len(data):len(data)], client[:]...))
		signature, err := d.Passkey.Key.Sign(digest[:])
		if err != nil {
			t.Fatal(err)
		}
		response["authenticatorData"] = base64.RawURLEncoding.EncodeToString(data)
		response["signature"] = base64.RawURLEncoding.EncodeToString(signature)
		if odd.Members != nil {
			odd.Members(credential, response)
		}
	})
}

func edited(t testing.TB, credential json.RawMessage, edit func(credential, response map[string]any)) json.RawMessage {
	t.Helper()
	var members map[string]any
	if err := json.Unmarshal(credential, &members); err != nil {
		t.Fatal(err)
	}
	edit(members, members["response"].(map[string]any))
	encoded, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

// extended appends extension outputs to authenticator data.
func extended(t testing.TB, data []byte, outputs map[string]any) []byte {
	t.Helper()
	if len(outputs) == 0 {
		return data
	}
	data = append(data[:len(data):len(data)], cbor(t, outputs)...)
	data[32] |= extensionData
	return data
}

func cbor(t testing.TB, value any) []byte {
	t.Helper()
	encoded, err := webauthncbor.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

func decoded(t testing.TB, text any) []byte {
	t.Helper()
	data, err := base64.RawURLEncoding.DecodeString(text.(string))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
