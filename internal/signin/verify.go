package signin

import (
	"context"
	"errors"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/throttle"
)

// wrong is the error of a proof that is none; its text is the reason in the trail.
type wrong string

const (
	wrongPassword wrong = "WRONG_PASSWORD"
	wrongCode     wrong = "WRONG_CODE"
	wrongPasskey  wrong = "WRONG_PASSKEY"
	copiedPasskey wrong = "PASSKEY_COPIED"         // its sign counter has gone back
	backupChanged wrong = "PASSKEY_BACKUP_CHANGED" // whether it can be backed up differs from its enrolment
)

func (w wrong) Error() string { return string(w) }

// proof looks at what was shown. take uses it up in the transaction of what it leads to; either may return a wrong, take
// when another request was faster with the same code.
type proof func(ctx context.Context, who *person) (take func(*db.Tx) error, err error)

// verification is a challenge with all that decides what it leads to.
type verification struct {
	challenge *db.Challenge
	who       *person
	viewer    *access.Viewer // of a step-up; nil when signing in
	known     string         // the throttle key that passes a lock of the user
}

// VerifyTOTP shows a code of an authenticator app (RFC 6238).
func (s *Service) VerifyTOTP(ctx context.Context, client Client, input VerifyTOTPInput) (Step, error) {
	step, err := s.verify(ctx, client, input.ChallengeToken, s.totpProof(input.Code), proofPurposes...)
	return step, wrongAs(err, problem.WrongCode, "code.wrong", "code")
}

// VerifyRecoveryCode shows a recovery code in place of another factor.
func (s *Service) VerifyRecoveryCode(ctx context.Context, client Client, input VerifyRecoveryCodeInput) (Step, error) {
	step, err := s.verify(ctx, client, input.ChallengeToken, s.recoveryProof(client, input.Code), proofPurposes...)
	return step, wrongAs(err, problem.WrongCode, "code.wrong", "code")
}

// VerifyPassword ends a step-up of a user who has no second factor.
func (s *Service) VerifyPassword(ctx context.Context, client Client, input VerifyPasswordInput) (Step, error) {
	step, err := s.verify(ctx, client, input.ChallengeToken, s.passwordProof(input.Password), db.StepUpChallenge)
	return step, wrongAs(err, problem.WrongCredentials, "password.wrong", "password")
}

func wrongAs(err error, code problem.Code, key, path string) error {
	if _, ok := errors.AsType[wrong](err); ok {
		return problem.New(code, key, path)
	}
	return err
}

func (s *Service) passwordProof(shown string) proof {
	return func(ctx context.Context, who *person) (func(*db.Tx) error, error) {
		if who.subject.MFAEnrolled {
			return nil, challengeExpired()
		}
		if who.user.PasswordHash == "" {
			return nil, wrongPassword
		}
		right, _, err := s.passwords.Verify(ctx, password.Known(string(who.user.ID)), who.user.PasswordHash, shown)
		if err != nil {
			return nil, err
		}
		if !right {
			return nil, wrongPassword
		}
		return func(*db.Tx) error { return nil }, nil
	}
}

// proofPurposes are the challenges that a second factor answers.
var proofPurposes = []db.ChallengePurpose{db.SignInChallenge, db.StepUpChallenge}

// verify shows something for a challenge that somebody could guess: it counts as a try of its user.
func (s *Service) verify(ctx context.Context, client Client, token secret.Token, prove proof, purposes ...db.ChallengePurpose) (Step, error) {
	v, err := s.verification(ctx, client, token, purposes)
	if err != nil {
		return Step{}, err
	}
	tries := throttle.Keys{
		IP: client.IP, Name: db.NameThrottle(v.who.account.Handle, v.who.user.LoginName), Known: v.known,
	}
	return s.show(ctx, client, v, tries, prove)
}

// show counts a proof for a challenge, looks at it, and goes where it leads. The challenge survives a wrong proof, but not
// the lock that the tenth one brings.
func (s *Service) show(ctx context.Context, client Client, v *verification, tries throttle.Keys, prove proof) (Step, error) {
	try, err := s.throttle.Begin(ctx, tries)
	if err != nil {
		return Step{}, err
	}
	if try.Locked() {
		s.failed(v.who, v.failure(client, nameLocked))
		return Step{}, errors.Join(
			&access.RateLimitedError{RetryAfter: try.LockedUntil.Time().Sub(s.now())},
			try.Wrong(ctx),
			s.store.Touch(ctx, func(tx *db.Tx) error { return ignoreNotFound(tx.UseChallenge(ctx, v.challenge.ID)) }),
		)
	}
	step, err := s.lead(ctx, client, v, try, prove)
	err = settle(ctx, try, err)
	if reason, ok := errors.AsType[wrong](err); ok {
		s.failed(v.who, v.failure(client, string(reason)))
	}
	if errors.Is(err, errChanged) {
		err = challengeExpired()
	}
	return step, err
}

// verification reads a challenge and asks whether it still leads anywhere for this client.
func (s *Service) verification(ctx context.Context, client Client, token secret.Token, purposes []db.ChallengePurpose) (*verification, error) {
	challenge, err := s.store.ChallengeByToken(ctx, token.Hash(), db.At(s.now()), purposes...)
	if errors.Is(err, db.ErrNotFound) {
		return nil, challengeExpired()
	}
	if err != nil {
		return nil, err
	}
	v := &verification{challenge: challenge, who: &person{}}
	if v.who.account, v.who.user, err = s.parties(ctx, challenge.AccountID, challenge.UserID); err != nil {
		return nil, err
	}
	if err := s.load(ctx, v.who); err != nil {
		return nil, err
	}
	if challenge.Purpose == db.StepUpChallenge {
		v.viewer, err = s.Viewer(ctx, client.SessionToken, client.IP)
		if err != nil {
			return nil, err
		}
		if v.viewer.Session.ID != challenge.SessionID {
			return nil, challengeExpired()
		}
		v.known = throttle.SessionKey(challenge.SessionID)
		return v, nil
	}
	if decision := access.DecideSignIn(v.who.subject, client.IP); !decision.Allowed() {
		s.failed(v.who, v.failure(client, string(decision.Reason)))
		return nil, challengeExpired()
	}
	v.known, err = s.device(ctx, client, v.who.user)
	return v, err
}

func (v *verification) failure(client Client, reason string) eventKey {
	key := eventKey{action: audit.SessionSignIn, outcome: db.Failed, reason: reason, ip: client.IP}
	if v.viewer != nil {
		key.action, key.known = audit.SessionStepUp, true
	}
	return key
}

// lead looks at a proof and opens a session, or makes the proof of the one there is fresh.
func (s *Service) lead(ctx context.Context, client Client, v *verification, try *throttle.Try, prove proof) (Step, error) {
	take, err := prove(ctx, v.who)
	if err != nil {
		return Step{}, err
	}
	use := func(tx *db.Tx) error {
		if err := tx.UseChallenge(ctx, v.challenge.ID); errors.Is(err, db.ErrNotFound) {
			return challengeExpired()
		} else if err != nil {
			return err
		}
		return take(tx)
	}
	if v.viewer == nil {
		return s.open(ctx, client, v.who, try, db.ByMFA, use)
	}
	return s.refresh(ctx, v, try, use)
}

// refresh ends a step-up. The session gets a new token, so that a stolen one is not raised with it.
func (s *Service) refresh(ctx context.Context, v *verification, try *throttle.Try, use func(*db.Tx) error) (Step, error) {
	now, token := db.At(s.now()), secret.NewToken()
	var session db.Session
	err := s.store.ChangeAccount(ctx, v.who.account.ID, func(tx *db.Tx) error {
		session = *v.viewer.Session
		session.ProvenAt, session.LastSeenAt = now, now
		if _, err := unchanged(ctx, tx, v.who); err != nil {
			return err
		}
		if err := use(tx); err != nil {
			return err
		}
		if err := raise(ctx, tx, &session, token); err != nil {
			return err
		}
		if err := try.SignedIn(ctx, tx); err != nil {
			return err
		}
		return audit.Record(ctx, tx, s.now(), audit.Event{
			AccountID: v.who.account.ID, Actor: v.viewer.Actor(), Action: audit.SessionStepUp, Target: userTarget(v.who.account, v.who.user),
		})
	})
	if err != nil {
		return Step{}, err
	}
	viewer, _ := stand(v.who, &session, v.viewer.IP)
	return Step{Next: SignedIn, Viewer: viewer, SessionToken: token, SessionExpires: session.ExpiresAt}, nil
}

// raise stores what a session has shown under a new token; the old one is worth nothing from then on.
func raise(ctx context.Context, tx *db.Tx, session *db.Session, token secret.Token) error {
	err := tx.RaiseSession(ctx, session, token.Hash())
	if errors.Is(err, db.ErrNotFound) {
		return access.ErrUnauthenticated
	}
	session.TokenHash = token.Hash()
	return err
}

func ignoreNotFound(err error) error {
	if errors.Is(err, db.ErrNotFound) {
		return nil
	}
	return err
}

// BeginStepUp begins a fresh proof of who the viewer is (product rule 8): a factor, or the password where there is none.
func (s *Service) BeginStepUp(ctx context.Context, viewer *access.Viewer) (*Challenge, error) {
	if err := viewer.RequireEnrolled(); err != nil {
		return nil, s.refuse(ctx, viewer, audit.SessionStepUp, err)
	}
	who := &person{account: viewer.Account, user: viewer.User}
	if err := s.load(ctx, who); err != nil {
		return nil, err
	}
	var challenge *Challenge
	err := s.store.Touch(ctx, func(tx *db.Tx) (err error) {
		challenge, err = s.begin(ctx, tx, who, &db.Challenge{Purpose: db.StepUpChallenge, SessionID: viewer.Session.ID})
		return err
	})
	return challenge, err
}
