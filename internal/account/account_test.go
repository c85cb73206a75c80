package account

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/patch"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

func foundingService(t *testing.T, store *db.DB) *Service {
	return newService(t, store, func() time.Time { return siteTime })
}

var acme = NewAccount{Handle: "acme", Name: "Acme BV", Email: "admin@acme.example"}

// A new account has one user, who holds admin, comes in through WEB and must enrol a second factor; two built-in roles and
// three built-in access points.
func TestCreateAccount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := foundingService(t, store)
		account, admin, token, err := s.CreateAccount(t.Context(), acme)
		if err != nil {
			t.Fatal(err)
		}
		link := must[*db.Link](t)(store.LinkByToken(t.Context(), token.Hash(), db.At(siteTime), db.InvitationLink))
		if link.UserID != admin.ID || admin.LoginName != "admin" || admin.Name != "Acme BV" || admin.Status != db.Invited || !admin.MFAForced || admin.CreatedBy != "" {
			t.Errorf("administrator: %+v", admin)
		}
		stored := must[*db.Account](t)(store.AccountByHandle(t.Context(), "acme"))
		if stored.UserCount != 1 || account.UserCount != 1 || stored.Policy.PasswordMinLength != 12 || stored.Revision != 1 {
			t.Errorf("stored: %+v", stored)
		}
		ids := []typeid.ID{admin.ID}
		roles := must[map[typeid.ID][]*db.Role](t)(store.RolesByUser(t.Context(), ids))[admin.ID]
		doors := must[map[typeid.ID][]*db.AccessPoint](t)(store.AccessPointsByUser(t.Context(), ids))[admin.ID]
		if len(roles) != 1 || roles[0].Kind != db.AdminRole || len(doors) != 1 || doors[0].Code != db.Web {
			t.Errorf("roles %q, access points %q", each(roles, roleName), each(doors, accessPointCode))
		}
		points := must[[]*db.AccessPoint](t)(store.AccessPoints(t.Context(), account.ID))
		told := each(points, func(p *db.AccessPoint) string { return p.Code + " " + string(p.Kind) })
		if !slices.Equal(told, []string{"API PROGRAMMATIC", "ISPROXY PROGRAMMATIC", "WEB INTERACTIVE"}) {
			t.Errorf("access points: %q", told)
		}
		if all := must[*db.Role](t)(store.BuiltInRole(t.Context(), account.ID, db.AllRole)); all.Name != "all" {
			t.Errorf("the other role: %+v", all)
		}
		h := &house{site: &site{t: t, service: s, account: account}, now: siteTime}
		if !slices.Equal(h.events(audit.AccountCreate), []string{"SUCCEEDED"}) || !slices.Equal(h.events(audit.UserCreate), []string{"SUCCEEDED"}) {
			t.Error("the trail does not tell of account and administrator")
		}
		if welcome := h.oneMail("welcome"); tokenIn(welcome) != token {
			t.Error("the mail brings another link than the one that is returned")
		}
	})
}

func TestCreateAccountRefuses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := foundingService(t, store)
		if _, _, _, err := s.CreateAccount(t.Context(), acme); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			change func(*NewAccount)
			code   problem.Code
			path   string
		}{
			"no handle":          {func(in *NewAccount) { in.Handle = "" }, problem.Required, "handle"},
			"short handle":       {func(in *NewAccount) { in.Handle = "ab" }, problem.TooShort, "handle"},
			"long handle":        {func(in *NewAccount) { in.Handle = strings.Repeat("a", 41) }, problem.TooLong, "handle"},
			"capital handle":     {func(in *NewAccount) { in.Handle = "Acme" }, problem.Invalid, "handle"},
			"handle taken":       {func(in *NewAccount) { in.Handle = "acme" }, problem.Taken, "handle"},
			"no name":            {func(in *NewAccount) { in.Name = "" }, problem.Required, "name"},
			"bad email":          {func(in *NewAccount) { in.Email = "admin" }, problem.Invalid, "email"},
			"bad login name":     {func(in *NewAccount) { in.LoginName = "a/b" }, problem.Invalid, "loginName"},
			"bad name of a user": {func(in *NewAccount) { in.AdminName = "a\x00" }, problem.Invalid, "adminName"},
			"unknown language":   {func(in *NewAccount) { in.Language = "XX" }, problem.Invalid, "language"},
			"weak password":      {func(in *NewAccount) { in.Password = "password1234" }, problem.WeakPassword, "password"},
		} {
			input := acme
			input.Handle = "second"
			c.change(&input)
			_, _, _, err := s.CreateAccount(t.Context(), input)
			wantProblem(t, name, err, c.code, c.path)
		}
		if all := must[[]*db.Account](t)(store.Accounts(t.Context())); len(all) != 1 {
			t.Errorf("%d accounts", len(all))
		}
	})
}

var setUp = SetUpAccountInput{
	Handle: "acme", Name: "Acme BV", LoginName: "sanne", Email: "sanne@acme.example", Language: db.Dutch, Password: goodPassword,
}

// The link of an empty database creates one account, however often it is tried at once, and dies with any account.
func TestSetUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := &house{site: &site{t: t, service: foundingService(t, store)}, now: siteTime}
		older, _, err := h.service.IssueSetUpLink(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		token, issued, err := h.service.IssueSetUpLink(t.Context())
		if err != nil || !issued || h.lives(older) {
			t.Fatalf("issued: %v, %v; the older link lives: %v", issued, err, h.lives(older))
		}
		bad := setUp
		bad.Token, bad.LoginName, bad.Password, bad.Handle = string(token), "", "", "A"
		_, _, err = h.service.SetUp(t.Context(), netip.MustParseAddr(officeIP), bad)
		if got := problemsOf(err); !slices.Equal(got, []string{"INVALID .handle", "REQUIRED .loginName", "REQUIRED .password"}) {
			t.Errorf("problems: %q", got)
		}
		users, errs := h.atOnce(3, func() (*db.User, error) {
			input := setUp
			input.Token = string(token)
			_, admin, err := h.service.SetUp(t.Context(), netip.MustParseAddr(officeIP), input)
			return admin, err
		})
		if created := slices.DeleteFunc(users, func(u *db.User) bool { return u == nil }); len(created) != 1 || created[0].Status != db.Active || !created[0].MFAForced {
			t.Errorf("created: %v", created)
		}
		for _, err := range errs {
			if err != nil {
				wantProblem(t, "the others", err, problem.LinkExpired, "token")
			}
		}
		if _, issued, err := h.service.IssueSetUpLink(t.Context()); issued || err != nil {
			t.Errorf("with an account: %v, %v", issued, err)
		}
		founded := must[*db.Account](t)(store.AccountByHandle(t.Context(), setUp.Handle))
		list := must[db.List[db.AuditEvent]](t)(store.AuditEvents(t.Context(), db.AuditScope{AccountID: founded.ID}, db.AuditEventFilter{}, db.Page{Limit: 10}))
		if told := each(list.Items, func(e *db.AuditEvent) string { return e.Action + " from " + e.IP }); !slices.Equal(told,
			[]string{"user.create from " + officeIP, "account.create from " + officeIP}) {
			t.Errorf("the trail tells %q", told)
		}
	})
}

func TestSetUpLinkDiesWithAnyAccount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s := foundingService(t, store)
		token := must[secret.Token](t)(func() (secret.Token, error) {
			token, _, err := s.IssueSetUpLink(t.Context())
			return token, err
		}())
		if _, _, _, err := s.CreateAccount(t.Context(), acme); err != nil {
			t.Fatal(err)
		}
		input := setUp
		input.Handle, input.Token = "second", string(token)
		_, _, err := s.SetUp(t.Context(), netip.MustParseAddr(officeIP), input)
		wantProblem(t, "the link", err, problem.LinkExpired, "token")
	})
}

func TestUpdateAccount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		account := must[*db.Account](t)(h.service.UpdateAccount(t.Context(), h.boss, UpdateAccountInput{Revision: new(1), Name: patch.To("Acme Groep")}))
		if account.Name != "Acme Groep" || account.Revision != 2 || account.Policy.Revision != 1 {
			t.Errorf("account: %+v", account)
		}
		if got := h.lastChanges(audit.AccountUpdate); !slices.Equal(got, []string{"name: acme → Acme Groep"}) {
			t.Errorf("the trail tells %q", got)
		}
		same := must[*db.Account](t)(h.service.UpdateAccount(t.Context(), h.boss, UpdateAccountInput{Name: patch.To("Acme Groep")}))
		if same.Revision != 2 || len(h.events(audit.AccountUpdate)) != 1 {
			t.Errorf("the same name is revision %d", same.Revision)
		}
		for name, c := range map[string]struct {
			input UpdateAccountInput
			code  problem.Code
			path  string
		}{
			"an older revision": {UpdateAccountInput{Revision: new(1), Name: patch.To("x")}, problem.StaleRevision, "revision"},
			"null":              {UpdateAccountInput{Name: patch.Null[string]()}, problem.Invalid, "name"},
			"nothing":           {UpdateAccountInput{Name: patch.To(" ")}, problem.Required, "name"},
			"too long":          {UpdateAccountInput{Name: patch.To(strings.Repeat("é", 121))}, problem.TooLong, "name"},
		} {
			_, err := h.service.UpdateAccount(t.Context(), h.boss, c.input)
			wantProblem(t, name, err, c.code, c.path)
		}
	})
}

func TestUpdateAccountPolicy(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		_, err := h.service.UpdateAccountPolicy(t.Context(), h.proven(h.boss, h.now.Add(-time.Hour)), UpdateAccountPolicyInput{MFAForced: patch.To(true)})
		if got := h.events(audit.AccountUpdatePolicy); err == nil || !slices.Equal(got, []string{"DENIED STEP_UP_REQUIRED"}) {
			t.Errorf("without a fresh proof: %v, %q", err, got)
		}
		viewer := h.prove(h.boss)
		for path, input := range map[string]UpdateAccountPolicyInput{
			"mfaForced":          {MFAForced: patch.Null[bool]()},
			"passwordMinLength":  {PasswordMinLength: patch.To(11)},
			"sessionIdleMinutes": {SessionIdleMinutes: patch.To(1441)},
			"sessionMaxHours":    {SessionMaxHours: patch.To(0)},
		} {
			_, err := h.service.UpdateAccountPolicy(t.Context(), viewer, input)
			wantProblem(t, path, err, problem.Invalid, path)
		}
		_, err = h.service.UpdateAccountPolicy(t.Context(), viewer, UpdateAccountPolicyInput{Revision: new(9), MFAForced: patch.To(true)})
		wantProblem(t, "an older revision", err, problem.StaleRevision, "revision")

		account := must[*db.Account](t)(h.service.UpdateAccountPolicy(t.Context(), viewer, UpdateAccountPolicyInput{
			Revision: new(1), MFAForced: patch.To(true), PasswordMinLength: patch.To(40), SessionIdleMinutes: patch.To(5), SessionMaxHours: patch.To(720),
		}))
		want := db.AccountPolicy{MFAForced: true, PasswordMinLength: 40, SessionIdleMinutes: 5, SessionMaxHours: 720, Revision: 2}
		if stored := must[*db.Account](t)(store.AccountByID(t.Context(), account.ID)); stored.Policy != want || stored.Revision != 1 {
			t.Errorf("stored: %+v", stored)
		}
		// A session that has lived longer than the new bound would end with this change.
		old := h.prove(h.boss)
		old.Session.CreatedAt = db.At(h.now.Add(-2 * time.Hour))
		_, err = h.service.UpdateAccountPolicy(t.Context(), old, UpdateAccountPolicyInput{SessionMaxHours: patch.To(2)})
		wantProblem(t, "the viewer's own session", err, problem.Lockout, "sessionMaxHours")

		input := h.newUser("jane")
		input.Password = new(goodPassword) // 28 characters
		_, err = h.service.CreateUser(t.Context(), h.fresh(h.boss), input)
		wantProblem(t, "a password below the account's minimum", err, problem.TooShort, "password")
	})
}

// fresh is the viewer as the next request makes it.
func (h *house) fresh(viewer *access.Viewer) *access.Viewer {
	h.t.Helper()
	h.account = must[*db.Account](h.t)(h.service.store.AccountByID(h.t.Context(), h.account.ID))
	return h.viewer(h.stored(viewer.User.ID))
}
