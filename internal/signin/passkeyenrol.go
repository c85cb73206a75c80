package signin

import (
	"cmp"
	"context"
	"encoding/json"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// PasskeyEnrolment is the enrolment of a passkey that has begun.
type PasskeyEnrolment struct {
	ChallengeToken secret.Token
	Options        json.RawMessage // PublicKeyCredentialCreationOptionsJSON of WebAuthn
}

// BeginPasskeyEnrolment begins the enrolment of a passkey under the same conditions as an authenticator app's. The device
// is told which passkeys of the user there are, so that it does not make a second one.
func (s *Service) BeginPasskeyEnrolment(ctx context.Context, viewer *access.Viewer, input BeginPasskeyEnrolmentInput) (*PasskeyEnrolment, error) {
	if err := s.mayEnrol(ctx, viewer); err != nil {
		return nil, err
	}
	if err := s.requirePasskeys(); err != nil {
		return nil, err
	}
	name, err := optionalName(input.Name)
	if err != nil {
		return nil, err
	}
	passkeys, err := s.store.Passkeys(ctx, viewer.User.ID)
	if err != nil {
		return nil, err
	}
	holder := &holder{viewer.Account, viewer.User, passkeys}
	creation, session, err := s.party.BeginRegistration(holder, webauthn.WithExclusions(holder.descriptors()))
	if err != nil {
		return nil, err
	}
	options, err := json.Marshal(creation.Response)
	if err != nil {
		return nil, err
	}
	token, err := s.beginEnrolment(ctx, viewer, &db.Challenge{
		ID: typeid.New("challenge"), Purpose: db.EnrolPasskeyChallenge, Name: name, Secret: []byte(session.Challenge),
	}, nil)
	if err != nil {
		return nil, err
	}
	return &PasskeyEnrolment{ChallengeToken: token, Options: options}, nil
}

// FinishPasskeyEnrolment ends an enrolment with the passkey that the authenticator made. INVALID: it was made for another
// challenge, user or site, or without verifying its user.
func (s *Service) FinishPasskeyEnrolment(ctx context.Context, client Client, viewer *access.Viewer, input FinishPasskeyEnrolmentInput) (*Enrolled, error) {
	if err := s.requirePasskeys(); err != nil {
		return nil, err
	}
	challenge, err := s.enrolment(ctx, viewer, input.ChallengeToken, db.EnrolPasskeyChallenge)
	if err != nil {
		return nil, err
	}
	made, err := parseMade(input.Credential)
	if err != nil {
		return nil, invalidPasskey()
	}
	holder := &holder{account: viewer.Account, user: viewer.User}
	credential, err := s.party.CreateCredential(holder, webauthn.SessionData{
		Challenge: string(challenge.Secret), UserID: holder.WebAuthnID(), UserVerification: protocol.VerificationRequired,
		CredParams: webauthn.CredentialParametersDefault(),
	}, made)
	if err != nil {
		return nil, invalidPasskey()
	}
	passkey := &db.Passkey{
		Factor: db.Factor{
			ID: typeid.New("passkey"), UserID: viewer.User.ID, CreatedAt: db.At(s.now()),
			Name: cmp.Or(challenge.Name, Authenticator(credential.Authenticator.AAGUID), "Passkey"),
		},
		CredentialID: credential.ID, PublicKey: credential.PublicKey, AAGUID: credential.Authenticator.AAGUID,
		SignCount:      int64(credential.Authenticator.SignCount),
		BackupEligible: credential.Flags.BackupEligible, BackedUp: credential.Flags.BackupState,
	}
	passkey.Transports.V = []string{}
	for _, transport := range credential.Transport {
		passkey.Transports.V = append(passkey.Transports.V, string(transport))
	}
	return s.finishEnrolment(ctx, client, viewer, challenge, passkey, nil)
}

func invalidPasskey() error { return problem.New(problem.Invalid, "passkey.invalid", "credential") }
