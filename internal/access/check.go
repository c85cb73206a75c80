package access

import (
	"net/netip"
	"strings"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// CheckKind is one thing that a decision asks.
type CheckKind string

// The checks, in the order in which they are asked.
const (
	SubjectKnownCheck  CheckKind = "SUBJECT_KNOWN"
	UserActiveCheck    CheckKind = "USER_ACTIVE"
	KeyNotRevokedCheck CheckKind = "KEY_NOT_REVOKED"
	KeyNotExpiredCheck CheckKind = "KEY_NOT_EXPIRED"
	AccessPointCheck   CheckKind = "ACCESS_POINT"
	IPCheck            CheckKind = "IP"
	MFACheck           CheckKind = "MFA"
	PermissionCheck    CheckKind = "PERMISSION"
)

// Check is one thing that was asked, and the answer.
type Check struct {
	Kind   CheckKind
	Passed bool
	// Detail says what decided in names and addresses, without a sentence around them: "192.0.2.0/24 (Office)".
	Detail string
	// DecidedBy names the user, key, access point, whitelist or role that decided; empty where nothing stored did.
	DecidedBy typeid.ID
}

func (s *Subject) checkActive() (Check, Reason) {
	check := Check{UserActiveCheck, s.User.Status == db.Active, string(s.User.Status), s.User.ID}
	if s.User.Status == db.Invited {
		return check, UserInvited
	}
	return check, UserDeactivated
}

// A key has expired at the moment that it names.
func (k *Key) checkExpiry(at db.Time) Check {
	check := Check{KeyNotExpiredCheck, k.ExpiresAt == 0 || at < k.ExpiresAt, "", k.ID}
	if k.ExpiresAt != 0 {
		check.Detail = k.ExpiresAt.Time().Format(time.RFC3339)
	}
	return check
}

func checkDoor(door *Door, code string) Check {
	if door == nil {
		return Check{Kind: AccessPointCheck, Detail: code}
	}
	return Check{AccessPointCheck, true, code, door.ID}
}

// The lists of the user are told before those of the key, and these before those of the door. A refusal names the lists
// that do not hold the address.
func (s *Subject) checkAddress(door *Door, ip netip.Addr) Check {
	ip = ip.Unmap().WithZone("")
	check := Check{Kind: IPCheck, Passed: true, Detail: ip.String()}
	asked := [3][]*Whitelist{0: s.Whitelists}
	if s.Key != nil {
		asked[1] = s.Key.Whitelists
	}
	if door != nil {
		asked[2] = door.Whitelists
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

func names(lists []*Whitelist) string {
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

// The role that grants a permission decides, unless the key is restricted to others.
func (s *Subject) checkPermission(code string) Check {
	if s.restricted() && !s.Key.Permissions.Has(code) {
		return Check{Kind: PermissionCheck, Detail: code, DecidedBy: s.Key.ID}
	}
	for _, role := range s.Roles {
		if role.Grants.Has(code) {
			return Check{PermissionCheck, true, code + " (" + role.Name + ")", role.ID}
		}
	}
	return Check{Kind: PermissionCheck, Detail: code}
}
