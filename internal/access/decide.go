package access

import (
	"net/netip"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Request is what a subject wants: to come in through a door, from somewhere, perhaps to do something.
type Request struct {
	AccessPoint string     // code
	IP          netip.Addr // by product rule 6
	// Permission is what is to be done; empty: only whether the subject may come in.
	Permission string
	// Assurance is what the session has shown. Empty: the second factor is not asked for, because it comes later (signing
	// in) or somebody else vouches for the request.
	Assurance db.Assurance
	// At is the moment that a key's expiry is compared with.
	At db.Time
}

// Reason says why somebody may or may not come in.
type Reason string

// The reasons in the order in which they are told: the first that applies. SessionEnded is told by whoever finds the
// session, before anything else is asked.
const (
	SubjectUnknown        Reason = "SUBJECT_UNKNOWN"
	UserInvited           Reason = "USER_INVITED"
	UserDeactivated       Reason = "USER_DEACTIVATED"
	SessionEnded          Reason = "SESSION_ENDED"
	KeyRevoked            Reason = "KEY_REVOKED"
	KeyExpired            Reason = "KEY_EXPIRED"
	AccessPointNotAllowed Reason = "ACCESS_POINT_NOT_ALLOWED"
	IPNotWhitelisted      Reason = "IP_NOT_WHITELISTED"
	MFARequired           Reason = "MFA_REQUIRED"
	PermissionMissing     Reason = "PERMISSION_MISSING"
	Granted               Reason = "GRANTED"
)

// Decision is the answer to a request, with every check that the request called for, passed or not.
type Decision struct {
	Reason Reason  `json:"reason"`
	Checks []Check `json:"checks"`
	// Door is the access point that was asked about; nil where the subject may not come through it.
	Door *Door `json:"-"`
	// Reported are the user or door whose whitelists, in report-only mode, would have refused somebody who is let in.
	Reported []typeid.ID `json:"-"`
}

// Allowed says whether the subject may.
func (d Decision) Allowed() bool { return d.Reason == Granted }

// Decide answers a request. A nil subject is one that is not known. It depends on its arguments alone.
func Decide(subject *Subject, request Request) Decision {
	if subject == nil {
		return Decision{Reason: SubjectUnknown, Checks: []Check{{Kind: SubjectKnownCheck}}}
	}
	door := subject.door(request.AccessPoint)
	decision := Decision{Reason: Granted, Checks: make([]Check, 0, 8), Door: door}
	ask := func(check Check, otherwise Reason) {
		if !check.Passed && decision.Reason == Granted {
			decision.Reason = otherwise
		}
		decision.Checks = append(decision.Checks, check)
	}
	ask(Check{SubjectKnownCheck, true, subject.User.Name, subject.User.ID}, SubjectUnknown)
	ask(subject.checkActive())
	if key := subject.Key; key != nil {
		ask(Check{KeyNotRevokedCheck, !key.Revoked, "", key.ID}, KeyRevoked)
		ask(key.checkExpiry(request.At), KeyExpired)
	}
	ask(checkDoor(door, request.AccessPoint), AccessPointNotAllowed)
	addressCheck, reported := subject.checkAddress(door, request.IP)
	ask(addressCheck, IPNotWhitelisted)
	if subject.Key == nil && door != nil && door.Kind == db.Interactive && request.Assurance != "" {
		ask(subject.checkMFA(request.Assurance), MFARequired)
	}
	if request.Permission != "" {
		ask(subject.checkPermission(request.Permission), PermissionMissing)
	}
	if decision.Allowed() {
		decision.Reported = reported
	}
	return decision
}

// DecideSignIn says whether a subject may sign in from an address: through any one interactive door, since each asks again
// when it is used. A refusal is the one that the last such door gave.
func DecideSignIn(subject *Subject, ip netip.Addr) Decision {
	decision := Decide(subject, Request{IP: ip})
	if subject == nil {
		return decision
	}
	for _, door := range subject.Doors {
		if door.Kind != db.Interactive {
			continue
		}
		decision = Decide(subject, Request{AccessPoint: door.Code, IP: ip})
		if decision.Allowed() {
			break
		}
	}
	return decision
}
