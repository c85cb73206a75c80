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
	Kind   CheckKind `json:"kind"`
	Passed bool      `json:"passed"`
	// Detail says what decided in names and addresses, without a sentence around them: "192.0.2.0/24 (Office)".
	// Services do not receive it.
	Detail string `json:"-"`
	// DecidedBy names the user, key, access point, whitelist or role that decided; empty where nothing stored did.
	// Services do not receive it.
	DecidedBy typeid.ID `json:"-"`
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

// askedLists are the whitelists of one of those who ask them: user, key or door.
type askedLists struct {
	by         typeid.ID
	lists      []*Whitelist
	reportOnly bool
}

// The lists of the user are told before those of the key, and these before those of the door. A refusal names the lists
// that do not hold the address. reported are those who ask lists that would have refused it, were they not in report-only
// mode.
func (s *Subject) checkAddress(door *Door, ip netip.Addr) (check Check, reported []typeid.ID) {
	ip = ip.Unmap().WithZone("")
	check = Check{Kind: IPCheck, Passed: true, Detail: addressText(ip)}
	asked := [3]askedLists{0: {s.User.ID, s.Whitelists, s.ReportOnly}}
	if s.Key != nil {
		asked[1] = askedLists{s.Key.ID, s.Key.Whitelists, false}
	}
	if door != nil {
		asked[2] = askedLists{door.ID, door.Whitelists, door.ReportOnly}
	}
	for _, asked := range asked {
		if len(asked.lists) == 0 {
			continue
		}
		list, prefix, found := match(asked.lists, ip)
		switch {
		case !found && asked.reportOnly:
			reported = append(reported, asked.by)
		case !found:
			return Check{Kind: IPCheck, Detail: addressText(ip) + " (" + names(asked.lists) + ")"}, nil
		case check.DecidedBy == "":
			check.Detail, check.DecidedBy = prefix.String()+" ("+list.Name+")", list.ID
		}
	}
	return check, reported
}

// Where nobody told an address, every whitelist refuses it.
func addressText(ip netip.Addr) string {
	if !ip.IsValid() {
		return ""
	}
	return ip.String()
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
