package signin

import (
	"encoding/json"

	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// SignInInput is what the sign-in form sends.
type SignInInput struct {
	Account   string // handle
	LoginName string
	Password  string
}

// VerifyTOTPInput shows a code of an authenticator app.
type VerifyTOTPInput struct {
	ChallengeToken secret.Token
	Code           string
}

// VerifyRecoveryCodeInput shows a recovery code.
type VerifyRecoveryCodeInput struct {
	ChallengeToken secret.Token
	Code           string
}

// VerifyPasswordInput shows the password for a step-up.
type VerifyPasswordInput struct {
	ChallengeToken secret.Token
	Password       string
}

// RequestPasswordResetInput asks for a link.
type RequestPasswordResetInput struct {
	Account string // handle
	Email   string
}

// BeginSetPasswordInput asks whose link it is.
type BeginSetPasswordInput struct{ Token secret.Token }

// SetPasswordInput sets a password with a link.
type SetPasswordInput struct {
	Token    secret.Token
	Password string
}

// ChangePasswordInput changes one's own password.
type ChangePasswordInput struct {
	CurrentPassword string
	NewPassword     string
}

// RevokeSessionInput ends a session.
type RevokeSessionInput struct{ ID typeid.ID }

// BeginTOTPEnrolmentInput names an authenticator app.
type BeginTOTPEnrolmentInput struct{ Name string }

// FinishTOTPEnrolmentInput shows that the app makes the right codes.
type FinishTOTPEnrolmentInput struct {
	ChallengeToken secret.Token
	Code           string
}

// BeginPasskeyEnrolmentInput names a passkey; an empty name becomes that of the authenticator.
type BeginPasskeyEnrolmentInput struct{ Name string }

// FinishPasskeyEnrolmentInput shows what the authenticator made.
type FinishPasskeyEnrolmentInput struct {
	ChallengeToken secret.Token
	Credential     json.RawMessage // RegistrationResponseJSON of WebAuthn
}

// BeginPasskeySignInInput says for which challenge a passkey is to be shown; nil: for none, passkey first.
type BeginPasskeySignInInput struct{ ChallengeToken *secret.Token }

// FinishPasskeySignInInput shows what the authenticator signed.
type FinishPasskeySignInInput struct {
	ChallengeToken secret.Token
	Credential     json.RawMessage // AuthenticationResponseJSON of WebAuthn
}

// RenameMFAMethodInput renames a factor.
type RenameMFAMethodInput struct {
	ID   typeid.ID
	Name string
}

// RemoveMFAMethodInput removes a factor.
type RemoveMFAMethodInput struct{ ID typeid.ID }
