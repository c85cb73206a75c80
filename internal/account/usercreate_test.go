package account

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// A personal user without a password is invited by a link that lives 7 days.
func TestCreateInvitedUser(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		input := h.newUser("jane")
		input.Name = " Ana\u0303 "
		user := h.stored(h.create(input).ID)
		if user.Status != db.Invited || user.PasswordHash != "" || user.CreatedBy != h.boss.User.ID || user.Name != "Anã" || user.Revision != 1 {
			t.Errorf("stored: %+v", user)
		}
		welcome := h.oneMail("welcome")
		token := tokenIn(welcome)
		if welcome.Recipient != "jane@acme.example" || welcome.Language != db.Dutch || !strings.Contains(welcome.TextBody, "acme") || token == "" {
			t.Errorf("mail: %+v", welcome)
		}
		h.now = h.now.Add(7*24*time.Hour - time.Second)
		if !h.lives(token) {
			t.Error("the invitation ends before 7 days")
		}
		h.now = h.now.Add(time.Second)
		if h.lives(token) {
			t.Error("the invitation lives longer than 7 days")
		}
		want := []string{
			"kind:  → PERSONAL", "loginName:  → jane", "name:  → Anã", "email:  → jane@acme.example", "language:  → NL", "status:  → INVITED",
			"mfaForced:  → false", "whitelistsReportOnly:  → false", "roles:  → Role for jane", "accessPoints:  → WEB",
		}
		if got := h.lastChanges(audit.UserCreate); !slices.Equal(got, want) {
			t.Errorf("the trail tells %q", got)
		}
	})
}

// With a password the user is active, the mail brings no link, and neither mail nor trail says the password.
func TestCreateUserWithPassword(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		input := h.newUser("jane")
		input.Password = new(goodPassword)
		user := h.stored(h.create(input).ID)
		if ok, _, err := h.service.passwords.Verify(t.Context(), password.Known(""), user.PasswordHash, goodPassword); !ok || err != nil || user.Status != db.Active {
			t.Errorf("status %s, password %v, %v", user.Status, ok, err)
		}
		if welcome := h.oneMail("welcome"); tokenIn(welcome) != "" || strings.Contains(welcome.TextBody+welcome.HTMLBody, goodPassword) {
			t.Errorf("mail: %s", welcome.TextBody)
		}
		if got := h.lastChanges(audit.UserCreate); !slices.Contains(got, "password:  → ") || strings.Contains(strings.Join(got, " "), goodPassword) {
			t.Errorf("the trail tells %q", got)
		}
	})
}

// An API user is active from the start, and gets a mail without a link.
func TestCreateProgram(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		if user := h.stored(h.create(h.newProgram("whmcs")).ID); user.Status != db.Active || user.PasswordHash != "" || !user.MFAForced {
			t.Errorf("stored: %+v", user)
		}
		if tokenIn(h.oneMail("welcome")) != "" {
			t.Error("an API user gets a link")
		}
	})
}

// Of a new user everything wrong is told at once, and nothing is created.
func TestCreateUserTellsEveryProblem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		before := must[*int](t)(store.CountUsers(t.Context(), h.account, db.UserFilter{}, true, 0))
		_, err := h.service.CreateUser(t.Context(), h.boss, CreateUserInput{
			Kind: db.API, LoginName: "a/b", Email: "x", Name: "a\u202Eb", Language: "XX", Password: new("short"),
			RoleIDs: []typeid.ID{"role_unknown"}, AccessPoints: []string{"API", db.Web, "NONE"}, WhitelistIDs: []typeid.ID{"wl_unknown"},
			NewWhitelist: &CreateWhitelistInput{Name: "", Entries: entriesOf("192.0.2.1", "192.0.2.17/24")},
		})
		want := []string{
			"INVALID .accessPoints.1", "INVALID .email", "INVALID .language", "INVALID .loginName", "INVALID .mfaForced", "INVALID .name",
			"INVALID .newWhitelist.entries.1.cidr", "INVALID .password", "NOT_FOUND .accessPoints.2", "NOT_FOUND .roleIds.0",
			"NOT_FOUND .whitelistIds.0", "REQUIRED .newWhitelist.name",
		}
		if got := problemsOf(err); !slices.Equal(got, want) {
			t.Errorf("problems: %q, want %q", got, want)
		}
		after := must[*int](t)(store.CountUsers(t.Context(), h.account, db.UserFilter{}, true, 0))
		if *after != *before || len(h.mails()) > 0 || len(h.events(audit.UserCreate)) > 0 {
			t.Error("something was written all the same")
		}
	})
}

func TestCreateUserRefusesBadFields(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		h.create(h.newUser("jane"))
		next, many := 0, make([]typeid.ID, 51)
		for i := range many {
			many[i] = typeid.New("role")
		}
		for name, c := range map[string]struct {
			change func(*CreateUserInput)
			code   problem.Code
			path   string
		}{
			"no login name":          {func(in *CreateUserInput) { in.LoginName = " " }, problem.Required, "loginName"},
			"login name too short":   {func(in *CreateUserInput) { in.LoginName = "ab" }, problem.TooShort, "loginName"},
			"login name too long":    {func(in *CreateUserInput) { in.LoginName = strings.Repeat("a", 41) }, problem.TooLong, "loginName"},
			"login name with accent": {func(in *CreateUserInput) { in.LoginName = "jané" }, problem.Invalid, "loginName"},
			"login name in Cyrillic": {func(in *CreateUserInput) { in.LoginName = "јаnе" }, problem.Invalid, "loginName"},
			"login name taken":       {func(in *CreateUserInput) { in.LoginName = "JANE" }, problem.Taken, "loginName"},
			"no email":               {func(in *CreateUserInput) { in.Email = "" }, problem.Required, "email"},
			"email too long":         {func(in *CreateUserInput) { in.Email = strings.Repeat("a", 243) + "@acme.example" }, problem.TooLong, "email"},
			"email with a name":      {func(in *CreateUserInput) { in.Email = "Jane <new@acme.example>" }, problem.Invalid, "email"},
			"email with a line end":  {func(in *CreateUserInput) { in.Email = "new@acme.example\r\nBcc: x@y.example" }, problem.Invalid, "email"},
			"email taken":            {func(in *CreateUserInput) { in.Email = "Jane@ACME.example" }, problem.Taken, "email"},
			"no name":                {func(in *CreateUserInput) { in.Name = " \u00a0 " }, problem.Required, "name"},
			"name too long":          {func(in *CreateUserInput) { in.Name = strings.Repeat("李", 121) }, problem.TooLong, "name"},
			"name with a control":    {func(in *CreateUserInput) { in.Name = "Ja\x00ne" }, problem.Invalid, "name"},
			"unknown kind":           {func(in *CreateUserInput) { in.Kind = "ROBOT" }, problem.Invalid, "kind"},
			"unknown language":       {func(in *CreateUserInput) { in.Language = "" }, problem.Invalid, "language"},
			"empty password":         {func(in *CreateUserInput) { in.Password = new("") }, problem.TooShort, "password"},
			"short password":         {func(in *CreateUserInput) { in.Password = new("Xk4!pQz9") }, problem.TooShort, "password"},
			"long password":          {func(in *CreateUserInput) { in.Password = new(strings.Repeat("Xk4!pQz9", 17)) }, problem.TooLong, "password"},
			"password of one's name": {func(in *CreateUserInput) { in.Password = new("jane-new@acme.example") }, problem.WeakPassword, "password"},
			"no roles":               {func(in *CreateUserInput) { in.RoleIDs = nil }, problem.Required, "roleIds"},
			"51 roles":               {func(in *CreateUserInput) { in.RoleIDs = many }, problem.TooLong, "roleIds"},
			"unknown role":           {func(in *CreateUserInput) { in.RoleIDs = append(in.RoleIDs, many[0]) }, problem.NotFound, "roleIds.1"},
			"no access points":       {func(in *CreateUserInput) { in.AccessPoints = []string{} }, problem.Required, "accessPoints"},
			"unknown access point":   {func(in *CreateUserInput) { in.AccessPoints = []string{db.Web, "web"} }, problem.NotFound, "accessPoints.1"},
			"21 whitelists":          {func(in *CreateUserInput) { in.WhitelistIDs = many[:21] }, problem.TooLong, "whitelistIds"},
			"20 and a new whitelist": {func(in *CreateUserInput) {
				in.WhitelistIDs, in.NewWhitelist = many[:20], &CreateWhitelistInput{Name: "New", Entries: entriesOf("192.0.2.0/24")}
			}, problem.TooLong, "whitelistIds"},
			"empty whitelist":       {func(in *CreateUserInput) { in.NewWhitelist = &CreateWhitelistInput{Name: "New"} }, problem.Required, "newWhitelist.entries"},
			"empty idempotency key": {func(in *CreateUserInput) { in.IdempotencyKey = new("") }, problem.Invalid, "idempotencyKey"},
			"endless key":           {func(in *CreateUserInput) { in.IdempotencyKey = new(strings.Repeat("k", 256)) }, problem.TooLong, "idempotencyKey"},
		} {
			next++
			input := h.newUser("new" + strconv.Itoa(next))
			c.change(&input)
			user, err := h.service.CreateUser(t.Context(), h.boss, input)
			wantProblem(t, name, err, c.code, c.path)
			if user != nil || len(problem.From(err)) != 1 {
				t.Errorf("%s: %v, %v", name, user, err)
			}
		}
	})
}

// An API user: forced MFA, no interactive door, no password.
func TestCreateProgramRefusesWhatIsForPeople(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		input := h.newProgram("whmcs")
		input.MFAForced, input.AccessPoints, input.Password = false, []string{db.Web}, new(goodPassword)
		_, err := h.service.CreateUser(t.Context(), h.boss, input)
		if got, want := problemsOf(err), []string{"INVALID .accessPoints.0", "INVALID .mfaForced", "INVALID .password"}; !slices.Equal(got, want) {
			t.Errorf("problems: %q, want %q", got, want)
		}
	})
}

// A taken login name comes with one that is free, within the length that a name may have.
func TestTakenLoginNameSuggestsAFreeOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		long := strings.Repeat("x", 40)
		for _, name := range []string{"jane", "jane2", long} {
			h.create(h.newUser(name))
		}
		for name, want := range map[string]string{"Jane": "Jane3", long: long[:39] + "2"} {
			input := h.newUser("free" + strconv.Itoa(len(name)))
			input.LoginName = name
			_, err := h.service.CreateUser(t.Context(), h.boss, input)
			if got := problem.From(err); len(got) != 1 || got[0].Args["suggestion"] != want {
				t.Errorf("%s: %v, want %s", name, got, want)
			}
		}
	})
}

// Rule 3: a role is given only by who holds all that it grants, and admin only by holders of admin.
func TestCreateUserGivesOnlyWhatTheViewerHas(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		less, more := h.role("Less", "VIEW_DOMAIN"), h.role("More", "UPDATE_DOMAIN")
		for i, c := range []struct {
			viewer *access.Viewer
			role   *db.Role
			may    bool
		}{
			{h.boss, h.admin, true}, {h.boss, h.all, true}, {h.boss, more, true},
			{h.everyone, h.admin, false}, {h.everyone, h.all, true}, {h.everyone, more, true},
			{h.helpdesk, h.admin, false}, {h.helpdesk, h.all, false}, {h.helpdesk, more, false}, {h.helpdesk, less, true},
		} {
			input := h.newUser("user" + strconv.Itoa(i))
			input.RoleIDs = []typeid.ID{less.ID, c.role.ID}
			_, err := h.service.CreateUser(t.Context(), c.viewer, input)
			name := c.viewer.User.LoginName + " gives " + c.role.Name
			switch {
			case c.may && err != nil:
				t.Errorf("%s: %v", name, err)
			case !c.may:
				wantProblem(t, name, err, problem.NotAllowed, "roleIds.1")
				if got := h.events(audit.UserCreate); got[len(got)-1] != "DENIED NOT_ALLOWED" {
					t.Errorf("%s: the trail tells %q", name, got)
				}
			}
		}
	})
}

// A new whitelist comes with its user, or not at all; it needs MANAGE_WHITELIST.
func TestCreateUserWithNewWhitelist(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		office := h.whitelist("Office", "192.0.2.0/24")
		input := h.newUser("jane")
		input.WhitelistIDs = []typeid.ID{office.ID, office.ID}
		input.NewWhitelist = &CreateWhitelistInput{Name: "Home of Jane", Entries: entriesOf("2001:db8::/48")}
		without := h.holder("clerk", access.CreateUser, "VIEW_DOMAIN")
		_, err := h.service.CreateUser(t.Context(), without, input)
		wantProblem(t, "without MANAGE_WHITELIST", err, problem.NotAllowed, "newWhitelist")

		user := h.create(input)
		if got := h.whitelistNames(user.ID); !slices.Equal(got, []string{"Home of Jane", "Office"}) {
			t.Errorf("whitelists: %q", got)
		}
		if got := h.events(audit.WhitelistCreate); len(got) != 2 {
			t.Errorf("the trail tells %q", got)
		}
		again := h.newUser("john")
		again.NewWhitelist = input.NewWhitelist
		_, err = h.service.CreateUser(t.Context(), h.boss, again)
		wantProblem(t, "name of the whitelist taken", err, problem.Taken, "newWhitelist.name")
	})
}
