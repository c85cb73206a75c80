package signin

import (
	"context"
	"errors"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

const (
	maxMethods    = 10
	maxMethodName = 60 // characters
)

// TOTPEnrolment is the enrolment of an authenticator app that has begun.
type TOTPEnrolment struct {
	ChallengeToken secret.Token
	Secret         string // base32 without padding
	URI            string // otpauth://…
}

// Enrolled is the enrolment of a factor that has ended.
type Enrolled struct {
	// Step is where the session stands now: with the first factor it has risen and has a new token.
	Step
	Method        db.SecondFactor
	RecoveryCodes []string // with the first factor only, shown this once
}

// BeginTOTPEnrolment begins the enrolment of an authenticator app, after a fresh proof, or in a session that may do nothing
// else.
func (s *Service) BeginTOTPEnrolment(ctx context.Context, viewer *access.Viewer, input BeginTOTPEnrolmentInput) (*TOTPEnrolment, error) {
	if err := s.mayEnrol(ctx, viewer); err != nil {
		return nil, err
	}
	name, err := methodName(input.Name)
	if err != nil {
		return nil, err
	}
	key, err := totpKey(s.issuer, access.QualifiedName(viewer.Account, viewer.User))
	if err != nil {
		return nil, err
	}
	raw, err := base32Secret.DecodeString(key.Secret())
	if err != nil {
		return nil, err
	}
	id := typeid.New("challenge")
	token, err := s.beginEnrolment(ctx, viewer, &db.Challenge{
		ID: id, Purpose: db.EnrolTOTPChallenge, Name: name,
	}, raw)
	if err != nil {
		return nil, err
	}
	return &TOTPEnrolment{ChallengeToken: token, Secret: key.Secret(), URI: key.URL()}, nil
}

// mayEnrol asks for a fresh proof, but of a session that may do nothing else, and for room.
func (s *Service) mayEnrol(ctx context.Context, viewer *access.Viewer) error {
	if err := s.requireProof(viewer, audit.MFAEnrol); err != nil {
		return s.refuse(ctx, viewer, audit.MFAEnrol, err)
	}
	factors, err := s.store.Factors(ctx, viewer.User.ID)
	if err != nil {
		return err
	}
	if err := roomForFactor(viewer, factors, "name"); err != nil {
		return s.refuse(ctx, viewer, audit.MFAEnrol, err)
	}
	return nil
}

// beginEnrolment stores a challenge for the session that began it, with a TOTP secret to be sealed where there is one.
func (s *Service) beginEnrolment(ctx context.Context, viewer *access.Viewer, challenge *db.Challenge, totpSecret []byte) (secret.Token, error) {
	now, token := db.At(s.now()), secret.NewToken()
	challenge.TokenHash, challenge.SessionID = token.Hash(), viewer.Session.ID
	challenge.AccountID, challenge.UserID = viewer.Account.ID, viewer.User.ID
	challenge.CreatedAt, challenge.ExpiresAt = now, now.Add(ChallengeLifetime)
	return token, s.store.Touch(ctx, func(tx *db.Tx) error {
		if totpSecret != nil {
			key, err := tx.SealingKey(ctx, s.keys, now)
			if err != nil {
				return err
			}
			challenge.Secret = key.Seal(totpSecret, challengePlace(challenge.ID, viewer.User.ID)...)
		}
		return tx.CreateChallenge(ctx, challenge)
	})
}

// enrolment finds a challenge of beginEnrolment in the session that began it.
func (s *Service) enrolment(ctx context.Context, viewer *access.Viewer, token secret.Token, purpose db.ChallengePurpose) (*db.Challenge, error) {
	challenge, err := s.store.ChallengeByToken(ctx, token.Hash(), db.At(s.now()), purpose)
	if errors.Is(err, db.ErrNotFound) || err == nil && challenge.SessionID != viewer.Session.ID {
		return nil, challengeExpired()
	}
	return challenge, err
}

// optionalName is methodName for a factor that finds a name by itself.
func optionalName(typed string) (string, error) {
	name, err := methodName(typed)
	if problem.Has(err, problem.Required) {
		return "", nil
	}
	return name, err
}

// methodName checks what a user calls a factor.
func methodName(typed string) (string, error) {
	name, ok := text.Clean(typed)
	switch {
	case !ok:
		return "", problem.New(problem.Invalid, "name.invalid", "name")
	case name == "":
		return "", problem.New(problem.Required, "name.required", "name")
	case text.Length(name) > maxMethodName:
		return "", problem.New(problem.TooLong, "name.too_long", "name", "limit", maxMethodName)
	}
	return name, nil
}

// roomForFactor refuses a factor beyond the bound, and one of a session that has not shown the factor which the user has
// already: a session that may only enrol does so while there is none (product rule 8).
func roomForFactor(viewer *access.Viewer, factors []db.SecondFactor, path string) error {
	switch {
	case len(factors) > 0 && viewer.Session.Assurance != db.ByMFA:
		return problem.New(problem.NotAllowed, "mfa.enrolled_already", path)
	case len(factors) >= maxMethods:
		return problem.New(problem.NotAllowed, "mfa.too_many", path, "limit", maxMethods)
	}
	return nil
}

// FinishTOTPEnrolment ends an enrolment with a code of the app.
func (s *Service) FinishTOTPEnrolment(ctx context.Context, client Client, viewer *access.Viewer, input FinishTOTPEnrolmentInput) (*Enrolled, error) {
	var (
		challenge *db.Challenge
		key       []byte
	)
	err := s.opening(func() (err error) {
		if challenge, err = s.enrolment(ctx, viewer, input.ChallengeToken, db.EnrolTOTPChallenge); err != nil {
			return err
		}
		key, err = s.keys.Open(challenge.Secret, challengePlace(challenge.ID, viewer.User.ID)...)
		return err
	})
	if err != nil {
		return nil, err
	}
	used, ok := totpStep(key, text.Digits(input.Code), s.now(), 0)
	if !ok {
		return nil, problem.New(problem.WrongCode, "code.wrong", "code")
	}
	now, id := db.At(s.now()), typeid.New("totp")
	return s.finishEnrolment(ctx, client, viewer, challenge, &db.TOTPMethod{
		Factor:   db.Factor{ID: id, UserID: viewer.User.ID, Name: challenge.Name, CreatedAt: now, LastUsedAt: now},
		LastStep: used,
	}, key)
}

// finishEnrolment stores a factor that has shown that it works, and tells where the session stands then.
func (s *Service) finishEnrolment(ctx context.Context, client Client, viewer *access.Viewer, challenge *db.Challenge, factor db.SecondFactor, totpSecret []byte) (*Enrolled, error) {
	enrolled := &Enrolled{Method: factor}
	if err := s.enrol(ctx, client, viewer, challenge, enrolled, totpSecret); err != nil {
		return nil, err
	}
	if enrolled.SessionToken == "" {
		enrolled.Viewer = viewer
		return enrolled, nil
	}
	var err error
	if enrolled.Viewer, err = s.Viewer(ctx, enrolled.SessionToken, viewer.IP); err != nil {
		return nil, err
	}
	enrolled.SessionExpires = enrolled.Viewer.Session.ExpiresAt
	return enrolled, nil
}

// enrol stores a factor. Everything that allowed it is asked again in the transaction: the session may have ended, and
// another one of the user may have enrolled a factor.
func (s *Service) enrol(ctx context.Context, client Client, viewer *access.Viewer, challenge *db.Challenge, enrolled *Enrolled, totpSecret []byte) error {
	return s.change(ctx, viewer, audit.MFAEnrol, func(tx *db.Tx, event *audit.Event) error {
		*enrolled = Enrolled{Step: Step{Next: SignedIn}, Method: enrolled.Method}
		err := tx.UseChallenge(ctx, challenge.ID)
		if errors.Is(err, db.ErrNotFound) {
			return challengeExpired()
		}
		if err != nil {
			return err
		}
		factors, err := tx.Factors(ctx, viewer.User.ID)
		if err != nil {
			return err
		}
		if err := roomForFactor(viewer, factors, "challengeToken"); err != nil {
			return err
		}
		if app, ok := enrolled.Method.(*db.TOTPMethod); ok {
			key, err := tx.SealingKey(ctx, s.keys, db.At(s.now()))
			if err != nil {
				return err
			}
			app.Secret = key.Seal(totpSecret, methodPlace(app.ID, viewer.User.ID)...)
		}
		err = tx.CreateFactor(ctx, enrolled.Method)
		if _, taken := errors.AsType[*db.ConflictError](err); taken {
			return problem.New(problem.Taken, "passkey.taken", "credential")
		}
		if err != nil {
			return err
		}
		if len(factors) == 0 {
			if err := s.enrolFirst(ctx, tx, client, viewer, enrolled); err != nil {
				return err
			}
		}
		name := enrolled.Method.Of().Name
		event.Changes = []db.AuditChange{{Field: "method", After: &name}}
		message := mail.MFAEnrolled{Method: name, IP: viewer.IP}
		return s.mail.Queue(ctx, tx, mail.To(viewer.Account, viewer.User), message)
	})
}

// enrolFirst does what the first factor means besides: recovery codes, and an end to whatever was begun without a factor
// but for the session that enrols it, which rises.
func (s *Service) enrolFirst(ctx context.Context, tx *db.Tx, client Client, viewer *access.Viewer, enrolled *Enrolled) (err error) {
	if enrolled.RecoveryCodes, err = s.replaceRecoveryCodes(ctx, tx, viewer.User.ID); err != nil {
		return err
	}
	if err := tx.EndAccess(ctx, viewer.User.ID, viewer.Session.ID); err != nil {
		return err
	}
	now := db.At(s.now())
	session := *viewer.Session
	session.Assurance, session.ProvenAt, session.LastSeenAt = db.ByMFA, now, now
	enrolled.SessionToken = secret.NewToken()
	if err := raise(ctx, tx, &session, enrolled.SessionToken); err != nil {
		return err
	}
	if viewer.Session.Assurance == db.EnrolmentRequired {
		enrolled.DeviceToken, err = s.complete(ctx, tx, client, viewer.User)
	}
	return err
}
