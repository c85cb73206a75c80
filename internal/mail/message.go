package mail

import (
	"time"

	"github.com/gatehouse/gatehouse/internal/secret"
)

// Message is something that a user is told: one of the types of this package, of which none has room for a password.
//
// By and CreatedBy are who acted, by the name in the audit trail, such as "acme/admin"; "system", and empty where it does
// not mean the user, are told as the operator of Gatehouse.
type Message interface {
	// kind names the type in the outbox, for those who look into it.
	kind() string
	write(d *draft)
}

// Welcome tells a new user that it exists, and how to sign in.
type Welcome struct {
	API       bool // an application, which signs in with keys
	CreatedBy string
	// Token is the invitation's. Empty when a password was set, and for API users.
	Token secret.Token
	// ExpiresAt is when the invitation ends.
	ExpiresAt time.Time
	// MFARequired says that the first sign-in asks to enrol a second factor.
	MFARequired bool
}

func (Welcome) kind() string { return "welcome" }

func (m Welcome) write(d *draft) {
	w := &d.words.Welcome
	d.impersonal()
	d.fill("by", d.actor(m.CreatedBy))
	if m.API {
		d.title(w.APITitle)
		d.say(w.APICreatedBy, w.APIUsesKeys)
		d.fact(d.words.Label.Account, d.recipient.Handle)
		d.fact(d.words.Label.LoginName, d.recipient.LoginName)
		return
	}
	d.title(w.Title)
	d.say(w.CreatedBy)
	d.fact(d.words.Label.Account, d.recipient.Handle)
	d.fact(d.words.Label.LoginName, d.recipient.LoginName)
	d.fact(d.words.Label.SignInPage, d.links.signIn())
	if m.Token == "" {
		d.step(w.StepSignInGiven)
		d.button(w.ButtonSignIn, d.links.signIn())
	} else {
		d.step(w.StepSetPassword)
		d.step(w.StepSignIn)
		d.linkButton(w.ButtonSetPassword, d.links.SetPasswordLink(m.Token), m.ExpiresAt)
		d.note(w.LinkUntil)
	}
	if m.MFARequired {
		d.step(w.StepMFA)
	} else {
		d.step(w.OptionalMFA)
	}
}

// PasswordReset brings the link that somebody asked for at the sign-in page.
type PasswordReset struct {
	Token     secret.Token
	ExpiresAt time.Time
}

func (PasswordReset) kind() string { return "passwordReset" }

func (m PasswordReset) write(d *draft) {
	d.impersonal()
	d.askByLink(&d.words.PasswordReset, d.links.SetPasswordLink(m.Token), m.ExpiresAt)
}

// EmailConfirm brings the link that makes an address the user's: the recipient's Email is the new address.
type EmailConfirm struct {
	Token     secret.Token
	ExpiresAt time.Time
}

func (EmailConfirm) kind() string { return "emailConfirm" }

func (m EmailConfirm) write(d *draft) {
	d.toStranger()
	d.askByLink(&d.words.EmailConfirm, d.links.ConfirmEmailLink(m.Token), m.ExpiresAt)
}

// EmailTaken tells whoever has an address that somebody else wanted it for their user: the recipient's Email is that address.
type EmailTaken struct{}

func (EmailTaken) kind() string { return "emailTaken" }

func (EmailTaken) write(d *draft) {
	d.toStranger()
	d.notice(&d.words.EmailTaken)
}

func (d *draft) askByLink(w *linkWords, link string, expires time.Time) {
	d.title(w.Title)
	d.say(w.Text)
	d.linkButton(w.Button, link, expires)
	d.note(w.LinkUntil)
	d.note(w.NotYou)
}
