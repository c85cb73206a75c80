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
	Method        *db.TOTPMethod
	RecoveryCodes []string // with the first factor only, shown this once
}

// BeginTOTPEnrolment begins the enrolment of an authenticator app, after a fresh proof, or in a session that may do nothing
// else.
func (s *Service) BeginTOTPEnrolment(ctx context.Context, viewer *access.Viewer, input BeginTOTPEnrolmentInput) (*TOTPEnrolment, error) {
	if viewer.Session.Assurance != db.EnrolmentRequired {
		if err := viewer.RequireProof(s.now()); err != nil {
			return nil, s.refuse(ctx, viewer, audit.MFAEnrol, err)
		}
	}
	name, err := methodName(input.Name)
	if err != nil {
		return nil, err
	}
	methods, err := s.store.TOTPMethods(ctx, viewer.User.ID)
	if err != nil {
		return nil, err
	}
	if err := roomForMethod(viewer, methods, "name"); err != nil {
		return nil, s.refuse(ctx, viewer, audit.MFAEnrol, err)
	}
	key, err := totpKey(s.issuer, access.QualifiedName(viewer.Account, viewer.User))
	if err != nil {
		return nil, err
	}
	raw, err := base32Secret.DecodeString(key.Secret())
	if err != nil {
		return nil, err
	}
	now, token, id := db.At(s.now()), secret.NewToken(), typeid.New("challenge")
	challenge := &db.Challenge{
		ID: id, TokenHash: token.Hash(), Purpose: db.EnrolTOTPChallenge, AccountID: viewer.Account.ID, UserID: viewer.User.ID,
		SessionID: viewer.Session.ID, Name: name, Secret: s.keys.Seal(raw, challengePlace(id, viewer.User.ID)...),
		CreatedAt: now, ExpiresAt: now.Add(ChallengeLifetime),
	}
	if err := s.store.Touch(ctx, func(tx *db.Tx) error { return tx.CreateChallenge(ctx, challenge) }); err != nil {
		return nil, err
	}
	return &TOTPEnrolment{ChallengeToken: token, Secret: key.Secret(), URI: key.URL()}, nil
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

// roomForMethod refuses a factor beyond the bound, and one of a session that has not shown the factor which the user has
// already: a session that may only enrol does so while there is none (product rule 8).
func roomForMethod(viewer *access.Viewer, methods []*db.TOTPMethod, path string) error {
	switch {
	case len(methods) > 0 && viewer.Session.Assurance != db.ByMFA:
		return problem.New(problem.NotAllowed, "mfa.enrolled_already", path)
	case len(methods) >= maxMethods:
		return problem.New(problem.NotAllowed, "mfa.too_many", path, "limit", maxMethods)
	}
	return nil
}

// FinishTOTPEnrolment ends an enrolment with a code of the app.
func (s *Service) FinishTOTPEnrolment(ctx context.Context, client Client, viewer *access.Viewer, input FinishTOTPEnrolmentInput) (*Enrolled, error) {
	challenge, err := s.store.ChallengeByToken(ctx, input.ChallengeToken.Hash(), db.At(s.now()), db.EnrolTOTPChallenge)
	if errors.Is(err, db.ErrNotFound) || err == nil && challenge.SessionID != viewer.Session.ID {
		return nil, challengeExpired()
	}
	if err != nil {
		return nil, err
	}
	key, err := s.keys.Open(challenge.Secret, challengePlace(challenge.ID, viewer.User.ID)...)
	if err != nil {
		return nil, err
	}
	used, ok := totpStep(key, digits(input.Code), s.now(), 0)
	if !ok {
		return nil, problem.New(problem.WrongCode, "code.wrong", "code")
	}
	now, id := db.At(s.now()), typeid.New("totp")
	enrolled := &Enrolled{Step: Step{Next: SignedIn}, Method: &db.TOTPMethod{
		ID: id, UserID: viewer.User.ID, Name: challenge.Name, Secret: s.keys.Seal(key, methodPlace(id, viewer.User.ID)...),
		LastStep: used, CreatedAt: now, LastUsedAt: now,
	}}
	if err := s.enrol(ctx, client, viewer, challenge, enrolled); err != nil {
		return nil, err
	}
	if enrolled.SessionToken == "" {
		enrolled.Viewer = viewer
		return enrolled, nil
	}
	enrolled.Viewer, err = s.Viewer(ctx, enrolled.SessionToken, viewer.IP)
	if err != nil {
		return nil, err
	}
	enrolled.SessionExpires = enrolled.Viewer.Session.ExpiresAt
	return enrolled, nil
}

// enrol stores a factor. Everything that allowed it is asked again in the transaction: the session may have ended, and
// another one of the user may have enrolled a factor.
func (s *Service) enrol(ctx context.Context, client Client, viewer *access.Viewer, challenge *db.Challenge, enrolled *Enrolled) error {
	return s.change(ctx, viewer, audit.MFAEnrol, func(tx *db.Tx, event *audit.Event) error {
		err := tx.UseChallenge(ctx, challenge.ID)
		if errors.Is(err, db.ErrNotFound) {
			return challengeExpired()
		}
		if err != nil {
			return err
		}
		methods, err := tx.TOTPMethods(ctx, viewer.User.ID)
		if err != nil {
			return err
		}
		if err := roomForMethod(viewer, methods, "challengeToken"); err != nil {
			return err
		}
		if err := tx.CreateTOTPMethod(ctx, enrolled.Method); err != nil {
			return err
		}
		if len(methods) == 0 {
			if err := s.enrolFirst(ctx, tx, client, viewer, enrolled); err != nil {
				return err
			}
		}
		event.Changes = []db.AuditChange{{Field: "method", After: &enrolled.Method.Name}}
		message := mail.MFAEnrolled{Method: enrolled.Method.Name, IP: viewer.IP}
		return s.mail.Queue(ctx, tx, mail.To(viewer.Account, viewer.User), message)
	})
}

// enrolFirst does what the first factor means besides: recovery codes, and an end to whatever was begun without a factor
// but for the session that enrols it, which rises.
func (s *Service) enrolFirst(ctx context.Context, tx *db.Tx, client Client, viewer *access.Viewer, enrolled *Enrolled) (err error) {
	if enrolled.RecoveryCodes, err = s.replaceRecoveryCodes(ctx, tx, viewer.User.ID); err != nil {
		return err
	}
	if err := tx.DeleteSessionsOf(ctx, viewer.User.ID, viewer.Session.ID); err != nil {
		return err
	}
	if err := tx.DeleteChallengesOf(ctx, viewer.User.ID); err != nil {
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
