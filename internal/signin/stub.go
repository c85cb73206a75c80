package signin

import (
	"context"
	"errors"
	"net/netip"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/secret"
)

type background struct{}

func newBackground(*Service) *background { return &background{} }

var errStub = errors.ErrUnsupported

// Close finishes what is done after answers and stops.
func (s *Service) Close() {}

// Settle waits until everything that was handed over for after the answer is done.
func (s *Service) Settle() {}

// Sweep deletes what has expired.
func (s *Service) Sweep(ctx context.Context) error { return errStub }

// Viewer tells who asks with a session cookie, as of now.
func (s *Service) Viewer(ctx context.Context, token secret.Token, ip netip.Addr) (*access.Viewer, error) {
	return nil, errStub
}

// SignIn shows a password.
func (s *Service) SignIn(ctx context.Context, client Client, input SignInInput) (Step, error) {
	return Step{}, errStub
}

// SignInNewAccount signs the administrator in who has just created an account.
func (s *Service) SignInNewAccount(ctx context.Context, client Client, account *db.Account, user *db.User) (Step, error) {
	return Step{}, errStub
}

// VerifyTOTP shows a code of an authenticator app.
func (s *Service) VerifyTOTP(ctx context.Context, client Client, input VerifyTOTPInput) (Step, error) {
	return Step{}, errStub
}

// VerifyRecoveryCode shows a recovery code.
func (s *Service) VerifyRecoveryCode(ctx context.Context, client Client, input VerifyRecoveryCodeInput) (Step, error) {
	return Step{}, errStub
}

// VerifyPassword ends a step-up.
func (s *Service) VerifyPassword(ctx context.Context, client Client, input VerifyPasswordInput) (Step, error) {
	return Step{}, errStub
}

// BeginStepUp begins a fresh proof.
func (s *Service) BeginStepUp(ctx context.Context, viewer *access.Viewer) (*Challenge, error) {
	return nil, errStub
}

// SignOut ends the session that asks.
func (s *Service) SignOut(ctx context.Context, viewer *access.Viewer) error { return errStub }

// RevokeSession ends a session and returns its user.
func (s *Service) RevokeSession(ctx context.Context, viewer *access.Viewer, input RevokeSessionInput) (*db.User, error) {
	return nil, errStub
}

// RevokeOtherSessions ends the viewer's other sessions.
func (s *Service) RevokeOtherSessions(ctx context.Context, viewer *access.Viewer) error { return errStub }

// RequestPasswordReset sends a link.
func (s *Service) RequestPasswordReset(ctx context.Context, client Client, input RequestPasswordResetInput) error {
	return errStub
}

// LinkOwner is whose a link is.
type LinkOwner struct {
	AccountHandle     string
	LoginName         string
	PasswordMinLength int
}

// BeginSetPassword tells whose link it is.
func (s *Service) BeginSetPassword(ctx context.Context, input BeginSetPasswordInput) (*LinkOwner, error) {
	return nil, errStub
}

// SetPassword sets a password with a link. A Step with an empty Next: the password is set, but the user cannot sign in from here.
func (s *Service) SetPassword(ctx context.Context, client Client, input SetPasswordInput) (Step, error) {
	return Step{}, errStub
}

// ChangePassword changes the viewer's own password.
func (s *Service) ChangePassword(ctx context.Context, viewer *access.Viewer, input ChangePasswordInput) error {
	return errStub
}

// TOTPEnrolment is an enrolment that has begun.
type TOTPEnrolment struct {
	ChallengeToken secret.Token
	Secret         string
	URI            string
}

// BeginTOTPEnrolment begins the enrolment of an authenticator app.
func (s *Service) BeginTOTPEnrolment(ctx context.Context, viewer *access.Viewer, input BeginTOTPEnrolmentInput) (*TOTPEnrolment, error) {
	return nil, errStub
}

// Enrolled is an enrolment that has ended.
type Enrolled struct {
	Step          // where the session stands now
	Method        *db.TOTPMethod
	RecoveryCodes []string // with the first factor only
}

// FinishTOTPEnrolment ends the enrolment.
func (s *Service) FinishTOTPEnrolment(ctx context.Context, client Client, viewer *access.Viewer, input FinishTOTPEnrolmentInput) (*Enrolled, error) {
	return nil, errStub
}

// RenameMFAMethod renames one of the viewer's factors.
func (s *Service) RenameMFAMethod(ctx context.Context, viewer *access.Viewer, input RenameMFAMethodInput) (*db.TOTPMethod, error) {
	return nil, errStub
}

// RemoveMFAMethod removes one of the viewer's factors.
func (s *Service) RemoveMFAMethod(ctx context.Context, viewer *access.Viewer, input RemoveMFAMethodInput) error {
	return errStub
}

// RegenerateRecoveryCodes makes ten new codes.
func (s *Service) RegenerateRecoveryCodes(ctx context.Context, viewer *access.Viewer) ([]string, error) {
	return nil, errStub
}
