package mail

import (
	"net/netip"
	"time"

	"github.com/gatehouse/gatehouse/internal/secret"
)

// Message is something that a user is told. The types of this file are all there are. None has room for a password.
type Message interface {
	// kind names the type in the outbox, for those who look into it.
	kind() string
}

// Welcome tells a new user that it exists, and how to sign in.
type Welcome struct {
	// API says that the user is an application, which signs in with keys.
	API bool
	// CreatedBy is the qualified name of who created it, such as "acme/admin"; empty: the system.
	CreatedBy string
	// Token is the invitation's. Empty when a password was set, and for API users.
	Token secret.Token
	// ExpiresAt is when the invitation ends.
	ExpiresAt time.Time
	// MFARequired says that the first sign-in asks to enrol a second factor.
	MFARequired bool
}

// PasswordReset brings the link that somebody asked for at the sign-in page.
type PasswordReset struct {
	Token     secret.Token
	ExpiresAt time.Time
}

// PasswordChanged tells that the password is another one now.
type PasswordChanged struct {
	By string     // qualified name of an administrator; empty: the user
	IP netip.Addr // of the user's own change; zero where it is not known
}

// EmailConfirm brings the link that makes an address the user's: the recipient is the new address.
type EmailConfirm struct {
	Token     secret.Token
	ExpiresAt time.Time
}

// EmailChanged tells the old address that the user's mail goes elsewhere from now on.
type EmailChanged struct {
	New string
	By  string // qualified name of an administrator; empty: the user
	IP  netip.Addr
}

// MFAEnrolled tells that a second factor was added.
type MFAEnrolled struct {
	Method string // the name that the user gave it
	IP     netip.Addr
}

// MFARemoved tells that the user removed a second factor.
type MFARemoved struct {
	Method string
	IP     netip.Addr
}

// MFAReset tells that an administrator removed all second factors.
type MFAReset struct {
	By string // qualified name; empty: the operator of this Gatehouse
}

// RecoveryCodesRegenerated tells that the older codes are worth nothing any more.
type RecoveryCodesRegenerated struct {
	IP netip.Addr
}

// RecoveryCodeUsed tells that somebody signed in with a recovery code.
type RecoveryCodeUsed struct {
	Remaining int
	IP        netip.Addr
}

// SignInRefusedAddress tells that somebody had the right password, but came from outside the whitelists.
type SignInRefusedAddress struct {
	IP netip.Addr
	At time.Time
}

// FailedSignIns tells of wrong passwords or codes, many tries in one mail.
type FailedSignIns struct {
	Count int
	Since time.Time
}

// Deactivated tells that the user can no longer come in.
type Deactivated struct {
	By string // qualified name; empty: the operator of this Gatehouse
}

func (Welcome) kind() string                  { return "welcome" }
func (PasswordReset) kind() string            { return "passwordReset" }
func (PasswordChanged) kind() string          { return "passwordChanged" }
func (EmailConfirm) kind() string             { return "emailConfirm" }
func (EmailChanged) kind() string             { return "emailChanged" }
func (MFAEnrolled) kind() string              { return "mfaEnrolled" }
func (MFARemoved) kind() string               { return "mfaRemoved" }
func (MFAReset) kind() string                 { return "mfaReset" }
func (RecoveryCodesRegenerated) kind() string { return "recoveryCodesRegenerated" }
func (RecoveryCodeUsed) kind() string         { return "recoveryCodeUsed" }
func (SignInRefusedAddress) kind() string     { return "signInRefusedAddress" }
func (FailedSignIns) kind() string            { return "failedSignIns" }
func (Deactivated) kind() string              { return "deactivated" }
