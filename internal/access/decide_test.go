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

var (
	inside  = netip.MustParseAddr("192.0.2.7")
	outside = netip.MustParseAddr("198.51.100.7")
)

func list(name string, prefixes ...string) Whitelist {
	l := Whitelist{ID: typeid.ID("whitelist_" + name), Name: name}
	for _, prefix := range prefixes {
		l.Prefixes = append(l.Prefixes, netip.MustParsePrefix(prefix))
	}
	return l
}

func door(code string, kind db.AccessPointKind, lists ...Whitelist) Door {
	return Door{&db.AccessPoint{ID: typeid.ID("accesspoint_" + code), Code: code, Kind: kind}, lists}
}

func held(name string, codes ...string) HeldRole {
	role := &db.Role{ID: typeid.ID("role_" + name), Kind: db.CustomRole, Name: name}
	return HeldRole{role, NewSet(codes...)}
}

// jane may come through WEB and API from the office and update domains.
func jane() *Subject {
	return &Subject{
		User:       &db.User{ID: "user_jane", LoginName: "jane", Status: db.Active},
		Roles:      []HeldRole{held("Support", "VIEW_DOMAIN"), held("Hostmaster", "VIEW_DOMAIN", "UPDATE_DOMAIN")},
		Doors:      []Door{door("WEB", db.Interactive), door("API", db.Programmatic)},
		Whitelists: []Whitelist{list("Home", "2001:db8::/48"), list("Office", "192.0.2.0/24")},
	}
}

var everything = Request{AccessPoint: "WEB", IP: inside, Permission: "UPDATE_DOMAIN", Assurance: db.ByPassword}

// The first reason in the order of the contract is told, and every check that the request calls for, passed or not.
func TestReasonsComeInTheirOrder(t *testing.T) {
	request := everything
	request.AccessPoint, request.IP, request.Permission = "PORTAL", outside, "PREMIUM_DOMAIN"
	subject := jane()
	subject.User.Status, subject.MFAForced = db.Deactivated, true
	expect := func(want Reason) {
		t.Helper()
		if got := Decide(subject, request).Reason; got != want {
			t.Errorf("reason %s, want %s", got, want)
		}
	}
	expect(UserDeactivated)
	subject.User.Status = db.Invited
	expect(UserInvited)
	subject.User.Status = db.Active
	expect(AccessPointNotAllowed)
	request.AccessPoint = "WEB"
	expect(IPNotWhitelisted)
	request.IP = inside
	expect(MFARequired)
	request.Assurance = db.ByMFA
	expect(PermissionMissing)
	request.Permission = "UPDATE_DOMAIN"
	expect(Granted)
	subject = nil
	expect(SubjectUnknown)
}

func TestChecksSayWhatDecided(t *testing.T) {
	want := []Check{
		{SubjectKnownCheck, true, "jane", "user_jane"},
		{UserActiveCheck, true, "ACTIVE", "user_jane"},
		{AccessPointCheck, true, "WEB", "accesspoint_WEB"},
		{IPCheck, true, "192.0.2.0/24 (Office)", "whitelist_Office"},
		{MFACheck, true, "PASSWORD", "user_jane"},
		{PermissionCheck, true, "UPDATE_DOMAIN (Hostmaster)", "role_Hostmaster"},
	}
	if got := Decide(jane(), everything); !got.Allowed() || !slices.Equal(got.Checks, want) {
		t.Errorf("got  %+v\nwant %+v", got.Checks, want)
	}
	refused := everything
	refused.AccessPoint, refused.IP, refused.Permission = "PORTAL", outside, "PREMIUM_DOMAIN"
	want = []Check{
		{SubjectKnownCheck, true, "jane", "user_jane"},
		{UserActiveCheck, true, "ACTIVE", "user_jane"},
		{AccessPointCheck, false, "PORTAL", ""},
		{IPCheck, false, "198.51.100.7 (Home, Office)", ""},
		{PermissionCheck, false, "PREMIUM_DOMAIN", ""},
	}
	if got := Decide(jane(), refused); got.Allowed() || !slices.Equal(got.Checks, want) {
		t.Errorf("got  %+v\nwant %+v", got.Checks, want)
	}
	if got := Decide(nil, everything).Checks; !slices.Equal(got, []Check{{Kind: SubjectKnownCheck}}) {
		t.Errorf("of nobody: %+v", got)
	}
}

// Rule 6: an IPv4-mapped address is the IPv4 address. A door's lists are asked as well as the user's.
func TestAddresses(t *testing.T) {
	office, link := list("Office", "192.0.2.0/24", "2001:db8::/48"), list("Link", "fe80::/10")
	for name, c := range map[string]struct {
		own, door []Whitelist
		ip        string
		want      Reason
	}{
		"no list, from anywhere":        {nil, nil, "203.0.113.1", Granted},
		"within":                        {[]Whitelist{office}, nil, "192.0.2.255", Granted},
		"within, IPv6":                  {[]Whitelist{office}, nil, "2001:db8:0:ffff::1", Granted},
		"outside":                       {[]Whitelist{office}, nil, "192.0.3.0", IPNotWhitelisted},
		"outside, IPv6":                 {[]Whitelist{office}, nil, "2001:db8:1::1", IPNotWhitelisted},
		"IPv4-mapped within":            {[]Whitelist{office}, nil, "::ffff:192.0.2.7", Granted},
		"IPv4-mapped outside":           {[]Whitelist{office}, nil, "::ffff:192.0.3.0", IPNotWhitelisted},
		"all of IPv6 is none of IPv4":   {[]Whitelist{list("v6", "::/0")}, nil, "192.0.2.7", IPNotWhitelisted},
		"all of IPv6, not even mapped":  {[]Whitelist{list("v6", "::/0")}, nil, "::ffff:192.0.2.7", IPNotWhitelisted},
		"a zone does not matter":        {[]Whitelist{link}, nil, "fe80::1%eth0", Granted},
		"within the user's, not door's": {[]Whitelist{office}, []Whitelist{link}, "192.0.2.7", IPNotWhitelisted},
		"within the door's, not user's": {[]Whitelist{link}, []Whitelist{office}, "192.0.2.7", IPNotWhitelisted},
		"within both":                   {[]Whitelist{office}, []Whitelist{link, office}, "192.0.2.7", Granted},
		"the door's alone":              {nil, []Whitelist{office}, "192.0.3.0", IPNotWhitelisted},
	} {
		subject := jane()
		subject.Whitelists, subject.Doors[0].Whitelists = c.own, c.door
		if got := Decide(subject, Request{AccessPoint: "WEB", IP: netip.MustParseAddr(c.ip)}).Reason; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if Decide(jane(), Request{AccessPoint: "WEB"}).Allowed() {
		t.Error("an address that is not known passes a whitelist")
	}
}

// Rule 8: the second factor is asked of sessions at interactive doors, of who is forced and of who has one.
func TestSecondFactor(t *testing.T) {
	for _, c := range []struct {
		door             string
		forced, enrolled bool
		shown            db.Assurance
		want             Reason
	}{
		{"WEB", false, false, db.ByPassword, Granted},
		{"WEB", true, false, db.ByPassword, MFARequired},
		{"WEB", true, false, db.EnrolmentRequired, MFARequired},
		{"WEB", false, true, db.ByPassword, MFARequired},
		{"WEB", true, true, db.ByMFA, Granted},
		{"WEB", true, true, "", Granted}, // signing in: it comes next
		{"API", true, true, db.ByPassword, Granted},
	} {
		subject := jane()
		subject.MFAForced, subject.MFAEnrolled = c.forced, c.enrolled
		if got := Decide(subject, Request{AccessPoint: c.door, IP: inside, Assurance: c.shown}).Reason; got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

// Rule 9: signing in needs some interactive door, whichever.
func TestSigningInNeedsAnInteractiveDoor(t *testing.T) {
	closed, open := door("WEB", db.Interactive, list("Elsewhere", "203.0.113.0/24")), door("PORTAL", db.Interactive)
	for name, c := range map[string]struct {
		doors []Door
		want  Reason
	}{
		"none":             {nil, AccessPointNotAllowed},
		"programmatic":     {[]Door{door("API", db.Programmatic)}, AccessPointNotAllowed},
		"closed from here": {[]Door{closed, door("API", db.Programmatic)}, IPNotWhitelisted},
		"the second":       {[]Door{closed, open}, Granted},
		"the first":        {[]Door{open, closed}, Granted},
	} {
		subject := jane()
		subject.Doors, subject.MFAForced = c.doors, true
		if got := DecideSignIn(subject, inside).Reason; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if got := DecideSignIn(nil, inside).Reason; got != SubjectUnknown {
		t.Errorf("nobody: %s", got)
	}
}

// Decide says what a slow and obvious model of the contract says, in whatever case.
func TestDecideAgainstAModel(t *testing.T) {
	random := rand.New(rand.NewPCG(20, 26))
	seen := map[Reason]int{}
	for range 100_000 {
		subject, request := randomSubject(random), randomRequest(random)
		got, want := Decide(subject, request), model(subject, request)
		if got.Reason != want {
			t.Fatalf("%s, the model says %s\n%+v\n%+v", got.Reason, want, subject, request)
		}
		failed := slices.ContainsFunc(got.Checks, func(check Check) bool { return !check.Passed })
		if failed == got.Allowed() {
			t.Fatalf("%s with checks %+v", got.Reason, got.Checks)
		}
		seen[want]++
	}
	for _, reason := range []Reason{SubjectUnknown, UserInvited, UserDeactivated, AccessPointNotAllowed, IPNotWhitelisted, MFARequired, PermissionMissing, Granted} {
		if seen[reason] < 1000 {
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

func randomLists(random *rand.Rand) []Whitelist {
	lists := make([]Whitelist, max(0, random.IntN(5)-2))
	for i := range lists {
		for range 1 + random.IntN(3) {
			address := randomAddress(random).Unmap()
			prefix := netip.PrefixFrom(address, address.BitLen()-random.IntN(4)).Masked()
			lists[i].Prefixes = append(lists[i].Prefixes, prefix)
		}
	}
	return lists
}

func pick[T any](random *rand.Rand, from ...T) T { return from[random.IntN(len(from))] }

func randomSubject(random *rand.Rand) *Subject {
	if random.IntN(20) == 0 {
		return nil
	}
	subject := &Subject{
		User:        &db.User{Status: pick(random, db.Active, db.Active, db.Active, db.Active, db.Invited, db.Deactivated)},
		Whitelists:  randomLists(random),
		MFAForced:   random.IntN(3) == 0,
		MFAEnrolled: random.IntN(3) == 0,
	}
	for _, code := range []string{"WEB", "PORTAL", "API"} {
		if random.IntN(4) > 0 {
			kind := pick(random, db.Interactive, db.Programmatic)
			subject.Doors = append(subject.Doors, door(code, kind, randomLists(random)...))
		}
	}
	for i := range random.IntN(3) {
		subject.Roles = append(subject.Roles, held(fmt.Sprint(i), pick(random, "VIEW_A", "VIEW_B", "VIEW_C"), pick(random, "VIEW_A", "VIEW_B", "VIEW_C")))
	}
	return subject
}

func randomRequest(random *rand.Rand) Request {
	return Request{
		AccessPoint: pick(random, "WEB", "PORTAL", "API"),
		IP:          randomAddress(random),
		Permission:  pick(random, "", "VIEW_A", "VIEW_B"),
		Assurance:   pick(random, "", db.ByPassword, db.EnrolmentRequired, db.ByMFA),
	}
}

func model(subject *Subject, request Request) Reason {
	if subject == nil {
		return SubjectUnknown
	}
	if subject.User.Status == db.Invited {
		return UserInvited
	}
	if subject.User.Status == db.Deactivated {
		return UserDeactivated
	}
	for _, door := range subject.Doors {
		if door.Code != request.AccessPoint {
			continue
		}
		for _, lists := range [][]Whitelist{subject.Whitelists, door.Whitelists} {
			if len(lists) > 0 && !anyHolds(lists, request.IP) {
				return IPNotWhitelisted
			}
		}
		session := request.Assurance != "" && door.Kind == db.Interactive
		if session && (subject.MFAForced || subject.MFAEnrolled) && request.Assurance != db.ByMFA {
			return MFARequired
		}
		for _, role := range subject.Roles {
			if slices.Contains(role.Grants.Codes(), request.Permission) {
				return Granted
			}
		}
		if request.Permission == "" {
			return Granted
		}
		return PermissionMissing
	}
	return AccessPointNotAllowed
}

// anyHolds compares bits as text, all addresses in their 128-bit form.
func anyHolds(lists []Whitelist, ip netip.Addr) bool {
	for _, list := range lists {
		for _, prefix := range list.Prefixes {
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
