package access

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// world is what the model knows: the same things as a subject, in the plainest form there is.
type world struct {
	known          bool
	status         db.UserStatus
	mfa            bool // asked of the user's sessions
	doors          map[string]modelDoor
	lists          []modelList
	reportOnly     bool
	roles          [][]string
	key            bool
	keyRevoked     bool
	keyExpires     int64 // 0: never
	keyDoors       []string
	keyRestricted  bool
	keyPermissions []string
	keyLists       []modelList
}

type modelDoor struct {
	interactive bool
	lists       []modelList
	reportOnly  bool
}

type modelList []netip.Prefix

// Decide says what a slow and obvious model of the contract says, in a million cases.
func TestDecideAgainstAModel(t *testing.T) {
	random := rand.New(rand.NewPCG(20, 26))
	seen := map[Reason]int{}
	for range 1_000_000 {
		w, request := randomWorld(random), randomRequest(random)
		got, want := Decide(w.subject(), request), w.reason(request)
		if got.Reason != want {
			t.Fatalf("%s, the model says %s\n%+v\n%+v", got.Reason, want, w, request)
		}
		failed := slices.ContainsFunc(got.Checks, func(check Check) bool { return !check.Passed })
		if failed == got.Allowed() {
			t.Fatalf("%s with checks %+v", got.Reason, got.Checks)
		}
		if want == Granted {
			if reported := w.reported(request); !slices.Equal(got.Reported, reported) {
				t.Fatalf("reported %v, the model says %v\n%+v\n%+v", got.Reported, reported, w, request)
			}
		} else if got.Reported != nil {
			t.Fatalf("%s reports %v", got.Reason, got.Reported)
		}
		seen[want]++
	}
	for _, reason := range []Reason{
		SubjectUnknown, UserInvited, UserDeactivated, KeyRevoked, KeyExpired, AccessPointNotAllowed, IPNotWhitelisted, MFARequired, PermissionMissing, Granted,
	} {
		if seen[reason] < 10_000 {
			t.Errorf("only %d cases of %s", seen[reason], reason)
		}
	}
}

// Addresses and prefixes lie close together, so that some match by a bit.
func randomAddress(random *rand.Rand) netip.Addr {
	v4 := netip.AddrFrom4([4]byte{192, 0, 2, byte(random.IntN(8))})
	switch random.IntN(3) {
	case 0:
		return v4
	case 1:
		return netip.AddrFrom16(v4.As16())
	}
	return netip.AddrFrom16([16]byte{0x20, 1, 0xd, 0xb8, 15: byte(random.IntN(8))})
}

func randomLists(random *rand.Rand) []modelList {
	lists := make([]modelList, max(0, random.IntN(5)-2))
	for i := range lists {
		for range 1 + random.IntN(6) {
			address := randomAddress(random).Unmap()
			lists[i] = append(lists[i], netip.PrefixFrom(address, address.BitLen()-random.IntN(4)).Masked())
		}
	}
	return lists
}

func pick[T any](random *rand.Rand, from ...T) T { return from[random.IntN(len(from))] }

func some(random *rand.Rand, from ...string) []string {
	return slices.DeleteFunc(from, func(string) bool { return random.IntN(4) == 0 })
}

func randomWorld(random *rand.Rand) *world {
	w := &world{
		known:  random.IntN(20) > 0,
		status: pick(random, db.Active, db.Active, db.Active, db.Active, db.Invited, db.Deactivated),
		mfa:    random.IntN(2) == 0,
		doors:  map[string]modelDoor{},
		lists:  randomLists(random),
	}
	w.reportOnly = random.IntN(4) == 0
	for _, code := range some(random, "WEB", "PORTAL", "API") {
		w.doors[code] = modelDoor{random.IntN(2) == 0, randomLists(random), random.IntN(4) == 0}
	}
	for range random.IntN(3) {
		w.roles = append(w.roles, some(random, "VIEW_DOMAIN", "UPDATE_DOMAIN", "VIEW_CONTACT"))
	}
	if w.key = random.IntN(2) == 0; w.key {
		w.keyRevoked, w.keyExpires = random.IntN(8) == 0, pick[int64](random, 0, 0, 1, 2, 3)
		w.keyDoors, w.keyLists = some(random, "WEB", "PORTAL", "API"), randomLists(random)
		w.keyRestricted, w.keyPermissions = random.IntN(2) == 0, some(random, "VIEW_DOMAIN", "UPDATE_DOMAIN")
	}
	return w
}

func randomRequest(random *rand.Rand) Request {
	return Request{
		AccessPoint: pick(random, "WEB", "PORTAL", "API"),
		IP:          randomAddress(random),
		Permission:  pick(random, "", "VIEW_DOMAIN", "UPDATE_DOMAIN"),
		Assurance:   pick(random, "", db.ByPassword, db.EnrolmentRequired, db.ByMFA),
		At:          pick[db.Time](random, 1, 2),
	}
}

// subject brings a world into the form that is decided over.
func (w *world) subject() *Subject {
	if !w.known {
		return nil
	}
	subject := &Subject{
		User: &User{ID: "user", Status: w.status}, Whitelists: subjectLists(w.lists), ReportOnly: w.reportOnly, MFAForced: w.mfa,
	}
	for code, door := range w.doors {
		kind := db.Programmatic
		if door.interactive {
			kind = db.Interactive
		}
		subject.Doors = append(subject.Doors, &Door{typeid.ID("accesspoint_" + code), code, kind, subjectLists(door.lists), door.reportOnly})
	}
	for i, codes := range w.roles {
		subject.Roles = append(subject.Roles, heldRole(fmt.Sprint(i), codes...))
	}
	if w.key {
		subject.Key = &Key{
			Revoked: w.keyRevoked, ExpiresAt: db.Time(w.keyExpires), Restricted: w.keyRestricted,
			Permissions: NewSet(w.keyPermissions...), Whitelists: subjectLists(w.keyLists),
		}
		for _, code := range w.keyDoors {
			subject.Key.Doors = append(subject.Key.Doors, typeid.ID("accesspoint_"+code))
		}
	}
	return subject
}

func subjectLists(lists []modelList) []*Whitelist {
	all := make([]*Whitelist, len(lists))
	for i, prefixes := range lists {
		all[i] = NewWhitelist("", "", prefixes)
	}
	return all
}

// reason is the contract's list of reasons, read from the top.
func (w *world) reason(request Request) Reason {
	door, open := w.doors[request.AccessPoint]
	lists := [][]modelList{w.keyLists}
	if !w.reportOnly {
		lists = append(lists, w.lists)
	}
	if !door.reportOnly {
		lists = append(lists, door.lists)
	}
	switch {
	case !w.known:
		return SubjectUnknown
	case w.status == db.Invited:
		return UserInvited
	case w.status == db.Deactivated:
		return UserDeactivated
	case w.key && w.keyRevoked:
		return KeyRevoked
	case w.key && w.keyExpires != 0 && int64(request.At) >= w.keyExpires:
		return KeyExpired
	case !open || w.key && !slices.Contains(w.keyDoors, request.AccessPoint):
		return AccessPointNotAllowed
	case slices.ContainsFunc(lists, func(lists []modelList) bool { return len(lists) > 0 && !anyHolds(lists, request.IP) }):
		return IPNotWhitelisted
	case !w.key && door.interactive && w.mfa && request.Assurance != "" && request.Assurance != db.ByMFA:
		return MFARequired
	case request.Permission != "" && !w.grants(request.Permission):
		return PermissionMissing
	}
	return Granted
}

// reported is who would have refused somebody that is let in.
func (w *world) reported(request Request) (by []typeid.ID) {
	if w.reportOnly && len(w.lists) > 0 && !anyHolds(w.lists, request.IP) {
		by = append(by, "user")
	}
	if door := w.doors[request.AccessPoint]; door.reportOnly && len(door.lists) > 0 && !anyHolds(door.lists, request.IP) {
		by = append(by, typeid.ID("accesspoint_"+request.AccessPoint))
	}
	return by
}

func (w *world) grants(code string) bool {
	if w.key && w.keyRestricted && !slices.Contains(w.keyPermissions, code) {
		return false
	}
	return slices.ContainsFunc(w.roles, func(codes []string) bool { return slices.Contains(codes, code) })
}

// anyHolds compares bits as text, all addresses in their 128-bit form.
func anyHolds(lists []modelList, ip netip.Addr) bool {
	for _, list := range lists {
		for _, prefix := range list {
			same := prefix.Bits() + 128 - prefix.Addr().BitLen()
			if strings.HasPrefix(bits(ip), bits(prefix.Addr())[:same]) {
				return true
			}
		}
	}
	return false
}

func bits(ip netip.Addr) string {
	var text strings.Builder
	for _, b := range ip.As16() {
		fmt.Fprintf(&text, "%08b", b)
	}
	return text.String()
}
