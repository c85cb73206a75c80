package access

import (
	"net/netip"
	"strings"

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
}

// Reason says why somebody may or may not come in.
type Reason string

// The reasons in the order in which they are told: the first that applies.
const (
	SubjectUnknown        Reason = "SUBJECT_UNKNOWN"
	UserInvited           Reason = "USER_INVITED"
	UserDeactivated       Reason = "USER_DEACTIVATED"
	AccessPointNotAllowed Reason = "ACCESS_POINT_NOT_ALLOWED"
	IPNotWhitelisted      Reason = "IP_NOT_WHITELISTED"
	MFARequired           Reason = "MFA_REQUIRED"
	PermissionMissing     Reason = "PERMISSION_MISSING"
	Granted               Reason = "GRANTED"
)

// CheckKind is one thing that a decision asks.
type CheckKind string

const (
	SubjectKnownCheck CheckKind = "SUBJECT_KNOWN"
	UserActiveCheck   CheckKind = "USER_ACTIVE"
	AccessPointCheck  CheckKind = "ACCESS_POINT"
	IPCheck           CheckKind = "IP"
	MFACheck          CheckKind = "MFA"
	PermissionCheck   CheckKind = "PERMISSION"
)

// Check is one thing that was asked, and the answer.
type Check struct {
	Kind   CheckKind
	Passed bool
	// Detail says what decided in names and addresses, without a sentence around them: "192.0.2.0/24 (Office)".
	Detail string
	// DecidedBy names the user, access point, whitelist or role that decided; empty where nothing stored did.
	DecidedBy typeid.ID
}

// Decision is the answer to a request, with every check that the request called for, passed or not.
type Decision struct {
	Reason Reason
	Checks []Check
}

// Allowed says whether the subject may.
func (d Decision) Allowed() bool { return d.Reason == Granted }

// Decide answers a request. A nil subject is one that is not known. It depends on its arguments alone.
func Decide(subject *Subject, request Request) Decision {
	if subject == nil {
		return Decision{SubjectUnknown, []Check{{Kind: SubjectKnownCheck}}}
	}
	decision := Decision{Granted, make([]Check, 0, 6)}
	ask := func(check Check, otherwise Reason) {
		if !check.Passed && decision.Reason == Granted {
			decision.Reason = otherwise
		}
		decision.Checks = append(decision.Checks, check)
	}
	door := subject.Door(request.AccessPoint)
	ask(Check{SubjectKnownCheck, true, subject.User.LoginName, subject.User.ID}, SubjectUnknown)
	ask(subject.checkActive())
	ask(checkDoor(door, request.AccessPoint), AccessPointNotAllowed)
	ask(subject.checkAddress(door, request.IP), IPNotWhitelisted)
	if door != nil && door.Kind == db.Interactive && request.Assurance != "" {
		ask(subject.checkMFA(request.Assurance), MFARequired)
	}
	if request.Permission != "" {
		ask(subject.checkPermission(request.Permission), PermissionMissing)
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

func (s *Subject) checkActive() (Check, Reason) {
	check := Check{UserActiveCheck, s.User.Status == db.Active, string(s.User.Status), s.User.ID}
	if s.User.Status == db.Invited {
		return check, UserInvited
	}
	return check, UserDeactivated
}

func checkDoor(door *Door, code string) Check {
	if door == nil {
		return Check{Kind: AccessPointCheck, Detail: code}
	}
	return Check{AccessPointCheck, true, code, door.ID}
}

// The lists of the user are told before those of the door, and a refusal names the lists that do not hold the address.
func (s *Subject) checkAddress(door *Door, ip netip.Addr) Check {
	check := Check{Kind: IPCheck, Passed: true, Detail: ip.String()}
	asked := [][]Whitelist{s.Whitelists}
	if door != nil {
		asked = append(asked, door.Whitelists)
	}
	for _, lists := range asked {
		if len(lists) == 0 {
			continue
		}
		list, prefix, found := match(lists, ip)
		if !found {
			return Check{Kind: IPCheck, Detail: ip.String() + " (" + names(lists) + ")"}
		}
		if check.DecidedBy == "" {
			check.Detail, check.DecidedBy = prefix.String()+" ("+list.Name+")", list.ID
		}
	}
	return check
}

func names(lists []Whitelist) string {
	all := make([]string, len(lists))
	for i, list := range lists {
		all[i] = list.Name
	}
	return strings.Join(all, ", ")
}

// A user who has a factor is asked for it whether forced or not: otherwise a session from before the enrolment would go
// on by password alone.
func (s *Subject) checkMFA(shown db.Assurance) Check {
	asked := s.MFAForced || s.MFAEnrolled
	return Check{MFACheck, !asked || shown == db.ByMFA, string(shown), s.User.ID}
}

func (s *Subject) checkPermission(code string) Check {
	for _, role := range s.Roles {
		if role.Grants.Has(code) {
			return Check{PermissionCheck, true, code + " (" + role.Name + ")", role.ID}
		}
	}
	return Check{Kind: PermissionCheck, Detail: code}
}
