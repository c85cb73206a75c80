package mail

import (
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// PasswordChanged tells that the password is another one now.
type PasswordChanged struct {
	By string     // an administrator; empty: the user
	IP netip.Addr // of the user's own change; zero where it is not known
}

func (PasswordChanged) kind() string { return "passwordChanged" }

func (m PasswordChanged) write(d *draft) {
	d.change(&d.words.PasswordChanged, m.By, m.IP)
}

// LoginNameChanged tells with what the user signs in from now on: the recipient's LoginName is the old one.
type LoginNameChanged struct {
	New string
	By  string     // an administrator; empty: the user
	IP  netip.Addr // of the user's own change; zero where it is not known
}

func (LoginNameChanged) kind() string { return "loginNameChanged" }

func (m LoginNameChanged) write(d *draft) {
	d.change(&d.words.LoginNameChanged, m.By, m.IP)
	d.fact(d.words.Label.LoginName, m.New)
}

// EmailChanged tells the old address that the user's mail goes elsewhere from now on: the recipient's Email is the old
// address.
type EmailChanged struct {
	New string
	By  string     // an administrator; empty: the user
	IP  netip.Addr // of the user's own change; zero where it is not known
}

func (EmailChanged) kind() string { return "emailChanged" }

func (m EmailChanged) write(d *draft) {
	d.change(&d.words.EmailChanged, m.By, m.IP)
	d.fact(d.words.Label.NewEmail, m.New)
}

// MFAEnrolled tells that a second factor was added.
type MFAEnrolled struct {
	Method string // the name that the user gave it
	IP     netip.Addr
}

func (MFAEnrolled) kind() string { return "mfaEnrolled" }

func (m MFAEnrolled) write(d *draft) {
	d.notice(&d.words.MFAEnrolled)
	d.own(m.IP)
	d.fact(d.words.Label.Method, m.Method)
}

// MFARemoved tells that the user removed a second factor.
type MFARemoved struct {
	Method string // the name that the user gave it
	IP     netip.Addr
}

func (MFARemoved) kind() string { return "mfaRemoved" }

func (m MFARemoved) write(d *draft) {
	d.notice(&d.words.MFARemoved)
	d.own(m.IP)
	d.fact(d.words.Label.Method, m.Method)
}

// MFAReset tells that an administrator removed all second factors.
type MFAReset struct{ By string }

func (MFAReset) kind() string { return "mfaReset" }

func (m MFAReset) write(d *draft) {
	d.fill("by", d.actor(m.By))
	d.advice(&d.words.MFAReset)
	d.happened(d.now, netip.Addr{})
	d.note(d.words.NotExpected)
}

// RecoveryCodesRegenerated tells that the older codes are worth nothing any more.
type RecoveryCodesRegenerated struct{ IP netip.Addr }

func (RecoveryCodesRegenerated) kind() string { return "recoveryCodesRegenerated" }

func (m RecoveryCodesRegenerated) write(d *draft) {
	d.notice(&d.words.RecoveryCodesRegenerated)
	d.own(m.IP)
}

// RecoveryCodeUsed tells that a recovery code stood for a second factor.
type RecoveryCodeUsed struct {
	Remaining int
	IP        netip.Addr
}

func (RecoveryCodeUsed) kind() string { return "recoveryCodeUsed" }

func (m RecoveryCodeUsed) write(d *draft) {
	d.advice(&d.words.RecoveryCodeUsed)
	d.own(m.IP)
	d.fact(d.words.Label.CodesLeft, strconv.Itoa(m.Remaining))
}

// SignInRefusedAddress tells that somebody had the right password, but came from outside the whitelists (product rule 7).
type SignInRefusedAddress struct {
	IP netip.Addr
	At time.Time
}

func (SignInRefusedAddress) kind() string { return "signInRefusedAddress" }

func (m SignInRefusedAddress) write(d *draft) {
	d.advice(&d.words.SignInRefusedAddress)
	d.happened(m.At, m.IP)
	d.note(d.words.NotYou)
}

// FailedSignIns tells of wrong passwords or codes, many tries in one mail (product rule 7).
type FailedSignIns struct {
	Count int
	Since time.Time
}

func (FailedSignIns) kind() string { return "failedSignIns" }

func (m FailedSignIns) write(d *draft) {
	d.advice(&d.words.FailedSignIns)
	d.user()
	d.fact(d.words.Label.Tries, strconv.Itoa(m.Count))
	d.fact(d.words.Label.Since, d.words.dateTime(m.Since))
}

// PasskeyCopied tells that the sign counter of a passkey has gone back: there may be a copy of it (WebAuthn level 3,
// section 6.1.1).
type PasskeyCopied struct {
	Method string // the name that the user gave it
	IP     netip.Addr
}

func (PasskeyCopied) kind() string { return "passkeyCopied" }

func (m PasskeyCopied) write(d *draft) {
	d.advice(&d.words.PasskeyCopied)
	d.happened(d.now, m.IP)
	d.fact(d.words.Label.Method, m.Method)
}

// KeyExpires tells that an API key of the user's ends soon.
type KeyExpires struct {
	Description, Hint string
	ExpiresAt         time.Time
}

func (KeyExpires) kind() string { return "keyExpires" }

func (m KeyExpires) write(d *draft) {
	d.advice(&d.words.KeyExpires)
	d.user()
	d.fact(d.words.Label.Key, m.Description+" ("+m.Hint+")")
	d.fact(d.words.Label.Expires, d.words.dateTime(m.ExpiresAt))
}

// KeyUsedFromNewAddress tells that an API key of the user's was used from an address where it was not seen before.
type KeyUsedFromNewAddress struct {
	Description, Hint string
	IP                netip.Addr
	At                time.Time
}

func (KeyUsedFromNewAddress) kind() string { return "keyUsedFromNewAddress" }

func (m KeyUsedFromNewAddress) write(d *draft) {
	d.advice(&d.words.KeyUsedFromNewAddress)
	d.happened(m.At, m.IP)
	d.fact(d.words.Label.Key, m.Description+" ("+m.Hint+")")
}

// Deactivated tells that the user can no longer come in.
type Deactivated struct{ By string }

func (Deactivated) kind() string { return "deactivated" }

func (m Deactivated) write(d *draft) { d.byOthers(&d.words.Deactivated, m.By) }

// Reactivated tells that the user can come in again.
type Reactivated struct{ By string }

func (Reactivated) kind() string { return "reactivated" }

func (m Reactivated) write(d *draft) { d.byOthers(&d.words.Reactivated, m.By) }

// Unlocked tells that the failed tries to sign in as the user, and the lock after them, are forgotten.
type Unlocked struct{ By string }

func (Unlocked) kind() string { return "unlocked" }

func (m Unlocked) write(d *draft) { d.byOthers(&d.words.Unlocked, m.By) }

func (d *draft) byOthers(w *noticeWords, by string) {
	d.fill("by", d.actor(by))
	d.notice(w)
	d.happened(d.now, netip.Addr{})
	d.note(d.words.NotExpected)
}

// AccessChanged tells which part of a user's access is another one now; what it is, the user sees in Gatehouse.
type AccessChanged struct {
	Roles, AccessPoints, Whitelists, ForcedMFA bool

	By string     // an administrator; empty: the user
	IP netip.Addr // of the user's own change; zero where it is not known
}

func (AccessChanged) kind() string { return "accessChanged" }

func (m AccessChanged) write(d *draft) {
	d.change(&d.words.AccessChanged, m.By, m.IP)
	w := &d.words.Part
	var parts []string
	for _, part := range []struct {
		changed bool
		name    string
	}{{m.Roles, w.Roles}, {m.AccessPoints, w.AccessPoints}, {m.Whitelists, w.Whitelists}, {m.ForcedMFA, w.ForcedMFA}} {
		if part.changed {
			parts = append(parts, part.name)
		}
	}
	d.fact(d.words.Label.Changed, strings.Join(parts, ", "))
}

// KeyEvent is what became of an API key.
type KeyEvent string

const (
	KeyCreated KeyEvent = "keyCreated"
	KeyRotated KeyEvent = "keyRotated"
	KeyUpdated KeyEvent = "keyUpdated"
)

// KeyChanged tells of an API key of the user's that was created, replaced by another, or changed. Only the hint names it:
// its description is whatever the one who acts has typed.
type KeyChanged struct {
	Event KeyEvent
	Hint  string // of the new key where there is one
	By    string // an administrator; empty: the user
	IP    netip.Addr
}

func (m KeyChanged) kind() string { return string(m.Event) }

func (m KeyChanged) write(d *draft) {
	w := &d.words.KeyUpdated
	switch m.Event {
	case KeyCreated:
		w = &d.words.KeyCreated
	case KeyRotated:
		w = &d.words.KeyRotated
	}
	d.change(w, m.By, m.IP)
	d.fact(d.words.Label.Key, m.Hint)
}

func (d *draft) notice(w *noticeWords) {
	d.title(w.Title)
	d.say(w.Text)
}

func (d *draft) advice(w *adviceWords) {
	d.title(w.Title)
	d.say(w.Text, w.Advice)
}

// change tells of what either the user or an administrator has done.
func (d *draft) change(w *changeWords, by string, ip netip.Addr) {
	d.title(w.Title)
	if by == "" {
		d.say(w.Text)
		d.own(ip)
		return
	}
	d.fill("by", d.actor(by))
	d.say(w.ByAdmin)
	d.happened(d.now, netip.Addr{}) // an administrator's address is nothing to the user
	d.note(d.words.NotExpected)
}

// own ends what the user did just now, or somebody in the user's place.
func (d *draft) own(ip netip.Addr) {
	d.happened(d.now, ip)
	d.note(d.words.NotYou)
}

func (d *draft) happened(at time.Time, ip netip.Addr) {
	d.user()
	d.fact(d.words.Label.When, d.words.dateTime(at))
	if ip.IsValid() {
		d.fact(d.words.Label.Address, ip.String())
	}
}

func (d *draft) user() { d.fact(d.words.Label.User, d.recipient.qualified()) }
