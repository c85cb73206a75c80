package access

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

var (
	inside  = netip.MustParseAddr("192.0.2.7")
	outside = netip.MustParseAddr("198.51.100.7")
)

func list(name string, texts ...string) *Whitelist {
	prefixes := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		prefixes[i] = netip.MustParsePrefix(text)
	}
	return NewWhitelist(typeid.ID("whitelist_"+name), name, prefixes)
}

func door(code string, kind db.AccessPointKind, lists ...*Whitelist) *Door {
	return &Door{typeid.ID("accesspoint_" + code), code, kind, lists, false}
}

func heldRole(name string, codes ...string) *Role {
	return &Role{typeid.ID("role_" + name), name, db.CustomRole, NewSet(codes...)}
}

// keyOf is a key of jane for the API, which may only look.
func keyOf(subject *Subject) *Key {
	subject.Key = &Key{
		ID: "apikey_1", ExpiresAt: 1000, Doors: []typeid.ID{"accesspoint_API", "accesspoint_ISPROXY"},
		Restricted: true, Permissions: NewSet("VIEW_DOMAIN", "VIEW_CONTACT"), Whitelists: []*Whitelist{list("Server", "192.0.2.7/32")},
	}
	return subject.Key
}

// jane may come through WEB and API from the office and update domains.
func jane() *Subject {
	return &Subject{
		User:       &User{"user_jane", "acme/jane", db.Active},
		Roles:      []*Role{heldRole("Support", "VIEW_DOMAIN"), heldRole("Hostmaster", "VIEW_DOMAIN", "UPDATE_DOMAIN")},
		Doors:      []*Door{door("WEB", db.Interactive), door("API", db.Programmatic)},
		Whitelists: []*Whitelist{list("Home", "2001:db8::/48"), list("Office", "192.0.2.0/24")},
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

	key := keyOf(subject)
	key.Revoked, request.At = true, 1000
	expect(KeyRevoked)
	key.Revoked = false
	expect(KeyExpired)
	request.At = 999
	expect(AccessPointNotAllowed)
	request.AccessPoint, request.IP = "API", netip.MustParseAddr("192.0.2.8")
	expect(IPNotWhitelisted)
	request.IP, request.Assurance = inside, db.ByPassword
	expect(PermissionMissing)
	request.Permission = "VIEW_DOMAIN"
	expect(Granted)

	subject = nil
	expect(SubjectUnknown)
}

func TestChecksSayWhatDecided(t *testing.T) {
	want := []Check{
		{SubjectKnownCheck, true, "acme/jane", "user_jane"},
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
		{SubjectKnownCheck, true, "acme/jane", "user_jane"},
		{UserActiveCheck, true, "ACTIVE", "user_jane"},
		{AccessPointCheck, false, "PORTAL", ""},
		{IPCheck, false, "198.51.100.7 (Home, Office)", ""},
		{PermissionCheck, false, "PREMIUM_DOMAIN", ""},
	}
	if got := Decide(jane(), refused); got.Allowed() || !slices.Equal(got.Checks, want) {
		t.Errorf("got  %+v\nwant %+v", got.Checks, want)
	}
	subject := jane()
	keyOf(subject)
	want = []Check{
		{SubjectKnownCheck, true, "acme/jane", "user_jane"},
		{UserActiveCheck, true, "ACTIVE", "user_jane"},
		{KeyNotRevokedCheck, true, "", "apikey_1"},
		{KeyNotExpiredCheck, true, "1970-01-01T00:00:01Z", "apikey_1"},
		{AccessPointCheck, true, "API", "accesspoint_API"},
		{IPCheck, true, "192.0.2.0/24 (Office)", "whitelist_Office"},
		{PermissionCheck, false, "UPDATE_DOMAIN", "apikey_1"},
	}
	request := Request{AccessPoint: "API", IP: inside, Permission: "UPDATE_DOMAIN", Assurance: db.ByPassword}
	if got := Decide(subject, request).Checks; !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got := Decide(nil, everything).Checks; !slices.Equal(got, []Check{{Kind: SubjectKnownCheck}}) {
		t.Errorf("of nobody: %+v", got)
	}
}

// Rule 6: an IPv4-mapped address is the IPv4 address. A door's lists are asked as well as the user's.
func TestAddresses(t *testing.T) {
	office, link := list("Office", "192.0.2.0/24", "2001:db8::/48"), list("Link", "fe80::/10")
	for name, c := range map[string]struct {
		own, door []*Whitelist
		ip        string
		want      Reason
	}{
		"no list, from anywhere":        {nil, nil, "203.0.113.1", Granted},
		"within":                        {[]*Whitelist{office}, nil, "192.0.2.255", Granted},
		"within, IPv6":                  {[]*Whitelist{office}, nil, "2001:db8:0:ffff::1", Granted},
		"outside":                       {[]*Whitelist{office}, nil, "192.0.3.0", IPNotWhitelisted},
		"outside, IPv6":                 {[]*Whitelist{office}, nil, "2001:db8:1::1", IPNotWhitelisted},
		"IPv4-mapped within":            {[]*Whitelist{office}, nil, "::ffff:192.0.2.7", Granted},
		"IPv4-mapped outside":           {[]*Whitelist{office}, nil, "::ffff:192.0.3.0", IPNotWhitelisted},
		"all of IPv6 is none of IPv4":   {[]*Whitelist{list("v6", "::/0")}, nil, "192.0.2.7", IPNotWhitelisted},
		"all of IPv6, not even mapped":  {[]*Whitelist{list("v6", "::/0")}, nil, "::ffff:192.0.2.7", IPNotWhitelisted},
		"a zone does not matter":        {[]*Whitelist{link}, nil, "fe80::1%eth0", Granted},
		"within the user's, not door's": {[]*Whitelist{office}, []*Whitelist{link}, "192.0.2.7", IPNotWhitelisted},
		"within the door's, not user's": {[]*Whitelist{link}, []*Whitelist{office}, "192.0.2.7", IPNotWhitelisted},
		"within both":                   {[]*Whitelist{office}, []*Whitelist{link, office}, "192.0.2.7", Granted},
		"the door's alone":              {nil, []*Whitelist{office}, "192.0.3.0", IPNotWhitelisted},
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

// Rule 10: a key may do what it and its user may, and nothing that either may not.
func TestAKeyIsBoundByItselfAndItsUser(t *testing.T) {
	subject := jane()
	key := keyOf(subject)
	if got := subject.Permissions().Codes(); !slices.Equal(got, []string{"VIEW_DOMAIN"}) {
		t.Errorf("may %v", got)
	}
	for code, want := range map[string]Reason{"VIEW_DOMAIN": Granted, "UPDATE_DOMAIN": PermissionMissing, "VIEW_CONTACT": PermissionMissing} {
		if got := Decide(subject, Request{AccessPoint: "API", IP: inside, Permission: code}).Reason; got != want {
			t.Errorf("%s: %s", code, got)
		}
	}
	for _, code := range []string{"WEB", "ISPROXY"} { // the user's alone, the key's alone
		if got := Decide(subject, Request{AccessPoint: code, IP: inside}).Reason; got != AccessPointNotAllowed {
			t.Errorf("%s: %s", code, got)
		}
	}
	subject.Roles = append(subject.Roles, &Role{Kind: db.AdminRole})
	if subject.Admin() {
		t.Error("a restricted key is an administrator")
	}
	key.Restricted, key.Permissions = false, Set{}
	if !subject.Admin() || !subject.Permissions().Has("UPDATE_DOMAIN") {
		t.Error("a key without restriction may less than its user")
	}
}

// Rule 9: signing in needs some interactive door, whichever.
func TestSigningInNeedsAnInteractiveDoor(t *testing.T) {
	closed, open := door("WEB", db.Interactive, list("Elsewhere", "203.0.113.0/24")), door("PORTAL", db.Interactive)
	for name, c := range map[string]struct {
		doors []*Door
		want  Reason
	}{
		"none":             {nil, AccessPointNotAllowed},
		"programmatic":     {[]*Door{door("API", db.Programmatic)}, AccessPointNotAllowed},
		"closed from here": {[]*Door{closed, door("API", db.Programmatic)}, IPNotWhitelisted},
		"the second":       {[]*Door{closed, open}, Granted},
		"the first":        {[]*Door{open, closed}, Granted},
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
