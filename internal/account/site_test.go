package account

import (
	"errors"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// site is an account with its built-in things, for the tests of roles, access points and whitelists, whose operations
// need neither mail nor passwords.
type site struct {
	t       *testing.T
	service *Service
	account *db.Account
	admin   *db.Role
	all     *db.Role
	web     *db.AccessPoint
	boss    *access.Viewer // holds admin
}

const (
	officeIP = "192.0.2.17"
	homeIP   = "198.51.100.7"
)

var siteTime = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

func newSite(t *testing.T, store *db.DB, handle string) *site {
	s := &site{t: t, service: New(Config{Store: store, Catalogue: access.Builtin(), Now: func() time.Time { return siteTime }})}
	s.account = &db.Account{ID: typeid.New("account"), Handle: handle, Name: handle}
	s.admin = &db.Role{ID: typeid.New("role"), AccountID: s.account.ID, Kind: db.AdminRole, Name: "admin"}
	s.all = &db.Role{ID: typeid.New("role"), AccountID: s.account.ID, Kind: db.AllRole, Name: "all"}
	s.web = &db.AccessPoint{ID: typeid.New("ap"), AccountID: s.account.ID, Code: db.Web, Name: "Web", Kind: db.Interactive, BuiltIn: true, Revision: 1}
	s.touch(func(tx *db.Tx) error {
		ctx := t.Context()
		return errors.Join(tx.CreateAccount(ctx, s.account), tx.CreateRole(ctx, s.admin), tx.CreateRole(ctx, s.all), tx.CreateAccessPoint(ctx, s.web))
	})
	s.boss = s.person("boss", s.admin)
	return s
}

func (s *site) touch(fn func(tx *db.Tx) error) {
	s.t.Helper()
	if err := s.service.store.Touch(s.t.Context(), fn); err != nil {
		s.t.Fatal(err)
	}
}

// person adds somebody who comes in through WEB from the office, and returns them as a viewer.
func (s *site) person(login string, roles ...*db.Role) *access.Viewer {
	s.t.Helper()
	user := &db.User{
		ID: typeid.New("user"), AccountID: s.account.ID, Kind: db.Personal, LoginName: login, Name: login,
		Email: login + "@acme.example", Language: db.English, Status: db.Active,
	}
	s.touch(func(tx *db.Tx) error {
		ctx := s.t.Context()
		return errors.Join(tx.CreateUser(ctx, user), tx.SetUserRoles(ctx, user.ID, each(roles, roleID)),
			tx.SetUserAccessPoints(ctx, user.ID, []typeid.ID{s.web.ID}))
	})
	return s.viewer(user)
}

// holder adds somebody with a role of their own that grants the given codes.
func (s *site) holder(login string, codes ...string) *access.Viewer {
	s.t.Helper()
	return s.person(login, s.role("Role of "+login, codes...))
}

func (s *site) viewer(user *db.User) *access.Viewer {
	s.t.Helper()
	subject, err := access.LoadSubject(s.t.Context(), s.service.store.Reader, access.Builtin(), s.account, user)
	if err != nil {
		s.t.Fatal(err)
	}
	return access.NewViewer(s.account, user, s.session(user, siteTime), netip.MustParseAddr(officeIP), subject)
}

// session stores one of a user's, whose last proof is of the given time.
func (s *site) session(user *db.User, proven time.Time) *db.Session {
	s.t.Helper()
	at := db.At(proven)
	session := &db.Session{
		ID: typeid.New("session"), TokenHash: secret.NewToken().Hash(), AccountID: s.account.ID, UserID: user.ID, Assurance: db.ByMFA,
		CreatedAt: at, LastSeenAt: at, ExpiresAt: at.Add(1000 * time.Hour), ProvenAt: at,
	}
	s.touch(func(tx *db.Tx) error { return tx.CreateSession(s.t.Context(), session, 50) })
	return session
}

// role adds a role by SQL alone: it may hold anything, retired codes included.
func (s *site) role(name string, codes ...string) *db.Role {
	s.t.Helper()
	role := &db.Role{ID: typeid.New("role"), AccountID: s.account.ID, Kind: db.CustomRole, Name: name, Permissions: db.NewCodes(codes...), Revision: 1}
	s.touch(func(tx *db.Tx) error { return tx.CreateRole(s.t.Context(), role) })
	return role
}

func (s *site) whitelist(name string, prefixes ...string) *db.Whitelist {
	s.t.Helper()
	list, err := s.service.CreateWhitelist(s.t.Context(), s.boss, CreateWhitelistInput{Name: name, Entries: entriesOf(prefixes...)})
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}

func (s *site) giveWhitelists(viewer *access.Viewer, lists ...*db.Whitelist) {
	s.t.Helper()
	s.touch(func(tx *db.Tx) error {
		return tx.SetUserWhitelists(s.t.Context(), viewer.User.ID, each(lists, whitelistID))
	})
}

func entriesOf(prefixes ...string) []WhitelistEntryInput {
	entries := make([]WhitelistEntryInput, len(prefixes))
	for i, prefix := range prefixes {
		entries[i] = WhitelistEntryInput{Cidr: prefix}
	}
	return entries
}

// events are the outcomes and reasons of an action, oldest first: "SUCCEEDED", "DENIED IN_USE".
func (s *site) events(action audit.Action) []string {
	s.t.Helper()
	list, err := s.service.store.AuditEvents(s.t.Context(), db.AuditScope{AccountID: s.account.ID},
		db.AuditEventFilter{Actions: []string{string(action)}}, db.Page{Limit: 100})
	if err != nil {
		s.t.Fatal(err)
	}
	told := each(list.Items, func(event *db.AuditEvent) string {
		return strings.TrimSpace(string(event.Outcome) + " " + event.Reason)
	})
	slices.Reverse(told)
	return told
}

// lastChanges are the fields that the latest event of an action tells: "name: Old → New".
func (s *site) lastChanges(action audit.Action) []string {
	s.t.Helper()
	list, err := s.service.store.AuditEvents(s.t.Context(), db.AuditScope{AccountID: s.account.ID},
		db.AuditEventFilter{Actions: []string{string(action)}, Outcomes: []db.AuditOutcome{db.Succeeded}}, db.Page{Limit: 1})
	if err != nil || len(list.Items) == 0 {
		s.t.Fatalf("no event of %s: %v", action, err)
	}
	var told []string
	for _, change := range list.Items[0].Changes.V {
		before, after := "", ""
		if change.Before != nil {
			before = *change.Before
		}
		if change.After != nil {
			after = *change.After
		}
		told = append(told, change.Field+": "+before+" → "+after)
	}
	return told
}

func wantProblem(t *testing.T, what string, err error, code problem.Code, path string) {
	t.Helper()
	for _, p := range problem.From(err) {
		if p.Code == code && slices.Equal(p.Field, problem.Path(path)) {
			return
		}
	}
	t.Errorf("%s: %v, want %s at %q", what, err, code, path)
}

func wantForbidden(t *testing.T, what string, err error, permission string) {
	t.Helper()
	if forbidden, ok := errors.AsType[*access.ForbiddenError](err); !ok || forbidden.Permission != permission {
		t.Errorf("%s: %v, want FORBIDDEN %s", what, err, permission)
	}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}
