package signin

import (
	"encoding/json"
	"log/slog"
	"net/netip"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/problem"
)

// newRelyingParty makes what browsers know this installation as (WebAuthn level 3, section 4): the host of its public URL,
// whose origin alone may ask. Nil where there can be no passkeys: they belong to a name, never to an address.
func newRelyingParty(public *url.URL, name string, log *slog.Logger) *webauthn.WebAuthn {
	if _, err := netip.ParseAddr(public.Hostname()); err == nil {
		return nil
	}
	timeout := webauthn.TimeoutConfig{Timeout: ChallengeLifetime, TimeoutUVD: ChallengeLifetime}
	party, err := webauthn.New(&webauthn.Config{
		RPID:                  public.Hostname(),
		RPDisplayName:         name,
		RPOrigins:             []string{public.Scheme + "://" + public.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			RequireResidentKey: protocol.ResidentKeyRequired(),
			ResidentKey:        protocol.ResidentKeyRequirementRequired,
			UserVerification:   protocol.VerificationRequired,
		},
		Timeouts: webauthn.TimeoutsConfig{Login: timeout, Registration: timeout},
	})
	if err != nil {
		log.Error("there are no passkeys", "error", err)
		return nil
	}
	return party
}

// requirePasskeys refuses where there can be none.
func (s *Service) requirePasskeys() error {
	if s.party == nil {
		return problem.New(problem.NotAllowed, "passkey.unavailable", "")
	}
	return nil
}

// holder is the user of passkeys, as WebAuthn sees them.
type holder struct {
	account  *db.Account
	user     *db.User
	passkeys []*db.Passkey
}

// WebAuthnID is the user handle: it tells nothing about the user, and stays when everything else about them changes.
func (h *holder) WebAuthnID() []byte          { return []byte(h.user.ID) }
func (h *holder) WebAuthnName() string        { return access.QualifiedName(h.account, h.user) }
func (h *holder) WebAuthnDisplayName() string { return h.user.Name }

func (h *holder) WebAuthnCredentials() []webauthn.Credential {
	credentials := make([]webauthn.Credential, len(h.passkeys))
	for i, passkey := range h.passkeys {
		credentials[i] = webauthn.Credential{
			ID:        passkey.CredentialID,
			PublicKey: passkey.PublicKey,
			Flags: webauthn.CredentialFlags{
				UserPresent: true, UserVerified: true, BackupEligible: passkey.BackupEligible, BackupState: passkey.BackedUp,
			},
			Authenticator: webauthn.Authenticator{AAGUID: passkey.AAGUID, SignCount: uint32(passkey.SignCount)},
		}
		for _, transport := range passkey.Transports.V {
			credentials[i].Transport = append(credentials[i].Transport, protocol.AuthenticatorTransport(transport))
		}
	}
	return credentials
}

// claiming returns the holder with passkeys that all can, or cannot, be backed up. The library then leaves it to the caller to
// compare that, who says what differs.
func (h *holder) claiming(backupEligible bool) *holder {
	claimed := &holder{account: h.account, user: h.user}
	for _, passkey := range h.passkeys {
		one := *passkey
		one.BackupEligible = backupEligible
		claimed.passkeys = append(claimed.passkeys, &one)
	}
	return claimed
}

// descriptors name the passkeys to a browser.
func (h *holder) descriptors() []protocol.CredentialDescriptor {
	return webauthn.Credentials(h.WebAuthnCredentials()).CredentialDescriptors()
}

// proves looks at what an authenticator signed for a challenge. It returns the passkey as the proof leaves it, and whether
// its counter has gone back: the passkey was copied, or the one that signs is the copy. Whether a passkey can be backed up never
// changes (WebAuthn level 3, section 6.1.3); an answer that says otherwise is backupChanged.
func (s *Service) proves(h *holder, challenge string, credential json.RawMessage) (passkey *db.Passkey, copied bool, err error) {
	assertion, err := parseSigned(credential)
	if err != nil {
		return nil, false, wrongPasskey
	}
	eligible := assertion.Response.AuthenticatorData.Flags.HasBackupEligible()
	session := webauthn.SessionData{
		Challenge: challenge, UserID: h.WebAuthnID(), UserVerification: protocol.VerificationRequired,
	}
	proven, err := s.party.ValidateLogin(h.claiming(eligible), session, assertion)
	if err != nil {
		return nil, false, wrongPasskey
	}
	for _, passkey := range h.passkeys {
		if string(passkey.CredentialID) == string(proven.ID) {
			if passkey.BackupEligible != eligible {
				return nil, false, backupChanged
			}
			used := *passkey
			used.SignCount, used.BackedUp = int64(proven.Authenticator.SignCount), proven.Flags.BackupState
			used.LastUsedAt = db.At(s.now())
			return &used, proven.Authenticator.CloneWarning, nil
		}
	}
	return nil, false, wrongPasskey
}
