package signin

import (
	"encoding/json"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
)

// maxTransports and maxTransport bound what is stored of the transports that a client reports, in number and in bytes.
const maxTransports, maxTransport = 16, 32

// browserCredential is what a ceremony verifies of a RegistrationResponseJSON or AuthenticationResponseJSON. Browsers and password
// managers add members of their own and results of extensions that were not requested, of any type. They are ignored, as the
// specification allows (WebAuthn level 3, section 9), by not being read.
type browserCredential struct {
	ID       base64url        `json:"id"`
	RawID    base64url        `json:"rawId"`
	Type     string           `json:"type"`
	Response browserSignature `json:"response"`
}

type browserSignature struct {
	ClientDataJSON    base64url  `json:"clientDataJSON"`
	AttestationObject base64url  `json:"attestationObject,omitempty"`
	AuthenticatorData base64url  `json:"authenticatorData,omitempty"`
	Signature         base64url  `json:"signature,omitempty"`
	UserHandle        base64url  `json:"userHandle,omitempty"`
	Transports        transports `json:"transports,omitempty"`
}

// base64url is text in base64url. Padding is dropped.
type base64url string

// UnmarshalJSON implements [json.Unmarshaler].
func (b *base64url) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil { // null is no text
		return err
	}
	*b = base64url(strings.TrimRight(text, "="))
	return nil
}

// transports are hints that no decision depends on. What is none is left out; unknown ones are kept for browsers that know them.
type transports []string

// UnmarshalJSON implements [json.Unmarshaler].
func (t *transports) UnmarshalJSON(data []byte) error {
	var values []any
	if json.Unmarshal(data, &values) != nil {
		return nil
	}
	for _, value := range values {
		if text, ok := value.(string); ok && text != "" && len(text) <= maxTransport && len(*t) < maxTransports {
			*t = append(*t, text)
		}
	}
	return nil
}

// essential leaves of a credential what a ceremony verifies.
func essential(credential json.RawMessage, registration bool) (json.RawMessage, error) {
	var known browserCredential
	if err := json.Unmarshal(credential, &known); err != nil {
		return nil, err
	}
	if registration { // PublicKeyCredential.toJSON repeats parts of the attestation object
		known.Response.AuthenticatorData, known.Response.Signature, known.Response.UserHandle = "", "", ""
	}
	return json.Marshal(known)
}

// parseMade reads what an authenticator made. Its attestation is not read: none is requested, and nothing depends on one, so
// a format or statement that cannot be verified is no reason to refuse the passkey.
func parseMade(credential json.RawMessage) (*protocol.ParsedCredentialCreationData, error) {
	known, err := essential(credential, true)
	if err != nil {
		return nil, err
	}
	var response protocol.CredentialCreationResponse
	if err := json.Unmarshal(known, &response); err != nil {
		return nil, err
	}
	var object struct {
		AuthData []byte `json:"authData"`
	}
	if err := webauthncbor.Unmarshal(response.AttestationResponse.AttestationObject, &object); err != nil {
		return nil, err
	}
	response.AttestationResponse.AttestationObject, err = webauthncbor.Marshal(map[string]any{
		"fmt": string(protocol.AttestationFormatNone), "attStmt": map[string]any{}, "authData": object.AuthData,
	})
	if err != nil {
		return nil, err
	}
	return response.Parse()
}

// parseSigned reads what an authenticator signed.
func parseSigned(credential json.RawMessage) (*protocol.ParsedCredentialAssertionData, error) {
	known, err := essential(credential, false)
	if err != nil {
		return nil, err
	}
	return protocol.ParseCredentialRequestResponseBytes(known)
}
