package signin

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/throttle"
)

// PasskeyChallenge is a proof by passkey that has begun.
type PasskeyChallenge struct {
	ChallengeToken secret.Token
	Options        json.RawMessage // PublicKeyCredentialRequestOptionsJSON of WebAuthn
	// BrowserToken is the value of the cookie to which the challenge is bound, good for [ChallengeLifetime] from now on.
	BrowserToken secret.Token
}

// ticket is what the token of a proof by passkey holds, sealed. It stands in no table before it is used, so that a view of
// the sign-in page writes nothing.
type ticket struct {
	Challenge string       // WebAuthn's
	Of        secret.Token // the challenge that the passkey is to prove something for; empty: passkey first
	Browser   []byte       // hash of the browser's cookie
	ExpiresAt db.Time
}

// used is the mark that a ticket was used. It is of the challenge, which each ticket has for itself, however its token is
// written or sealed.
func (t *ticket) used() []byte { return secret.Token(t.Challenge).Hash() }

// ticketPlace is what tickets are sealed for.
const ticketPlace = "passkey_tickets"

// BeginPasskeySignIn begins a proof by passkey: for a challenge, by one of its user's passkeys, or by whichever passkey
// there is for this site, which then says who signs in.
func (s *Service) BeginPasskeySignIn(ctx context.Context, client Client, input BeginPasskeySignInInput) (*PasskeyChallenge, error) {
	if err := s.requirePasskeys(); err != nil {
		return nil, err
	}
	t := ticket{ExpiresAt: db.At(s.now().Add(ChallengeLifetime))}
	var (
		options *protocol.CredentialAssertion
		session *webauthn.SessionData
		err     error
	)
	if input.ChallengeToken == nil {
		options, session, err = s.party.BeginDiscoverableLogin()
	} else {
		t.Of = *input.ChallengeToken
		options, session, err = s.beginOwnPasskey(ctx, client, t.Of)
	}
	if err != nil {
		return nil, err
	}
	begun := &PasskeyChallenge{BrowserToken: client.BrowserToken}
	if begun.BrowserToken == "" {
		begun.BrowserToken = secret.NewToken()
	}
	t.Challenge, t.Browser = session.Challenge, begun.BrowserToken.Hash()
	if begun.Options, err = json.Marshal(options.Response); err != nil {
		return nil, err
	}
	plain, err := json.Marshal(t)
	if err != nil {
		return nil, err
	}
	begun.ChallengeToken = s.keys.SealToken(plain, ticketPlace)
	return begun, nil
}

// beginOwnPasskey asks for a passkey of a challenge's user.
func (s *Service) beginOwnPasskey(ctx context.Context, client Client, token secret.Token) (*protocol.CredentialAssertion, *webauthn.SessionData, error) {
	v, err := s.verification(ctx, client, token, proofPurposes)
	if err != nil {
		return nil, nil, err
	}
	passkeys, err := s.store.Passkeys(ctx, v.who.user.ID)
	if err != nil {
		return nil, nil, err
	}
	if len(passkeys) == 0 {
		return nil, nil, problem.New(problem.NotAllowed, "passkey.none", "challengeToken")
	}
	return s.party.BeginLogin(&holder{v.who.account, v.who.user, passkeys})
}

// ticket opens a token of BeginPasskeySignIn, in the browser that began it.
func (s *Service) ticket(client Client, token secret.Token) (*ticket, error) {
	plain, err := s.keys.OpenToken(token, ticketPlace)
	if errors.Is(err, secret.ErrSealed) {
		return nil, challengeExpired()
	}
	if err != nil {
		return nil, err
	}
	t := new(ticket)
	if err := json.Unmarshal(plain, t); err != nil {
		return nil, err
	}
	if t.ExpiresAt <= db.At(s.now()) || t.ExpiresAt > db.At(s.now().Add(2*ChallengeLifetime)) || string(t.Browser) != string(client.BrowserToken.Hash()) {
		return nil, challengeExpired()
	}
	return t, nil
}

// FinishPasskeySignIn shows what an authenticator signed. It counts as a try of the address alone: nobody guesses a
// signature, and a stranger's wrong passwords must not keep its owner out (product rule 7).
func (s *Service) FinishPasskeySignIn(ctx context.Context, client Client, input FinishPasskeySignInInput) (Step, error) {
	if err := s.requirePasskeys(); err != nil {
		return Step{}, err
	}
	t, err := s.ticket(client, input.ChallengeToken)
	if err != nil {
		return Step{}, err
	}
	prove, tries := s.passkeyProof(client, t, input.Credential), throttle.Keys{IP: client.IP, Passkey: true}
	var step Step
	if t.Of == "" {
		step, err = s.passkeyFirst(ctx, client, tries, input.Credential, prove)
	} else {
		var v *verification
		if v, err = s.verification(ctx, client, t.Of, proofPurposes); err != nil {
			return Step{}, err
		}
		step, err = s.show(ctx, client, v, tries, prove)
	}
	return step, wrongAs(err, problem.WrongCredentials, "passkey.wrong", "credential")
}

// passkeyFirst signs in whoever has the passkey that was shown.
func (s *Service) passkeyFirst(ctx context.Context, client Client, tries throttle.Keys, credential json.RawMessage, prove proof) (Step, error) {
	try, err := s.throttle.Begin(ctx, tries)
	if err != nil {
		return Step{}, err
	}
	who, err := s.passkeyOwner(ctx, credential)
	if err != nil {
		return Step{}, settle(ctx, try, err)
	}
	step, err := s.openByPasskey(ctx, client, who, try, prove)
	err = settle(ctx, try, err)
	if reason, ok := errors.AsType[wrong](err); ok {
		s.failed(who, eventKey{action: audit.SessionSignIn, outcome: db.Failed, reason: string(reason), ip: client.IP})
	}
	if errors.Is(err, errChanged) {
		err = wrongPasskey
	}
	return step, err
}

func (s *Service) openByPasskey(ctx context.Context, client Client, who *person, try *throttle.Try, prove proof) (Step, error) {
	if err := s.load(ctx, who); err != nil {
		return Step{}, err
	}
	take, err := prove(ctx, who)
	if err != nil {
		return Step{}, err
	}
	if decision := access.DecideSignIn(who.subject, client.IP); !decision.Allowed() {
		return Step{}, wrong(decision.Reason)
	}
	return s.open(ctx, client, who, try, db.ByMFA, take)
}

// passkeyOwner finds whose passkey it says it is; empty rows where it is nobody's.
func (s *Service) passkeyOwner(ctx context.Context, credential json.RawMessage) (*person, error) {
	nobody := &person{account: &db.Account{}, user: &db.User{}}
	assertion, err := parseSigned(credential)
	if err != nil {
		return nobody, nil
	}
	user, err := s.store.PasskeyOwner(ctx, assertion.RawID)
	if errors.Is(err, db.ErrNotFound) {
		return nobody, nil
	}
	if err != nil {
		return nil, err
	}
	// Without a name typed before, the authenticator has to say it (WebAuthn level 3, section 7.2, step 6).
	if string(assertion.Response.UserHandle) != string(user.ID) {
		return nobody, nil
	}
	account, err := s.store.AccountByID(ctx, user.AccountID)
	return &person{account: account, user: user}, err
}

// passkeyProof looks at a passkey. The ticket is used up with the proof.
func (s *Service) passkeyProof(client Client, t *ticket, credential json.RawMessage) proof {
	return func(ctx context.Context, who *person) (func(*db.Tx) error, error) {
		passkeys, err := s.store.Passkeys(ctx, who.user.ID)
		if err != nil {
			return nil, err
		}
		used, copied, err := s.proves(&holder{who.account, who.user, passkeys}, t.Challenge, credential)
		if err != nil {
			return nil, err
		}
		if copied {
			message := mail.PasskeyCopied{Method: used.Name, IP: client.IP}
			err := s.store.Touch(ctx, func(tx *db.Tx) error {
				if err := spend(ctx, tx, t); err != nil {
					return err
				}
				return s.mail.Queue(ctx, tx, mail.To(who.account, who.user), message)
			})
			if err != nil {
				return nil, err
			}
			return nil, copiedPasskey
		}
		return func(tx *db.Tx) error { return s.takePasskey(ctx, tx, t, used) }, nil
	}
}

// spend uses a ticket up. wrongPasskey: it was used before.
func spend(ctx context.Context, tx *db.Tx, t *ticket) error {
	err := tx.SpendToken(ctx, t.used(), t.ExpiresAt)
	if _, spent := errors.AsType[*db.ConflictError](err); spent {
		return wrongPasskey
	}
	return err
}

func (s *Service) takePasskey(ctx context.Context, tx *db.Tx, t *ticket, used *db.Passkey) error {
	err := spend(ctx, tx, t)
	if err != nil {
		return err
	}
	if err = tx.UsePasskey(ctx, used); errors.Is(err, db.ErrNotFound) {
		return wrongPasskey
	}
	return err
}
