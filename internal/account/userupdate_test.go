package account

import (
	"slices"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/patch"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

func theIDs(ids ...typeid.ID) patch.Field[[]typeid.ID] { return patch.Of(ids) }

// update changes a user as a viewer.
func (h *house) update(viewer *access.Viewer, input UpdateUserInput) (*db.User, error) {
	h.t.Helper()
	return h.service.UpdateUser(h.t.Context(), viewer, input)
}

// What is left out stays, and what is given is stored, told field by field, and counted as one revision.
func TestUpdateUser(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		office, home := h.whitelist("Office", "192.0.2.0/24"), h.whitelist("Home", "198.51.100.0/24")
		input := h.newUser("jane")
		input.WhitelistIDs = []typeid.ID{office.ID}
		jane := h.create(input)
		support := h.role("Support", "UPDATE_DOMAIN")
		h.mails()
		must[*db.User](t)(h.update(h.boss, UpdateUserInput{
			ID: jane.ID, Revision: new(1), Name: patch.To(" Jane de Vries "), Language: patch.To(db.German), LoginName: patch.To("j.devries"),
			MFAForced: patch.To(true), RoleIDs: theIDs(support.ID), AccessPoints: codes(db.Web, "API"), WhitelistIDs: theIDs(home.ID, office.ID),
		}))
		told := h.mails()
		if kinds := each(told, func(m *db.Mail) string { return m.Kind }); !slices.Equal(kinds, []string{"accessChanged", "loginNameChanged"}) ||
			!strings.Contains(told[0].TextBody, "rollen, toegangspunten, whitelists, verplichte tweede factor") ||
			!strings.Contains(told[1].TextBody, "j.devries") || !strings.Contains(told[1].TextBody, "acme/boss") {
			t.Errorf("mails: %q", kinds)
		}
		stored := h.stored(jane.ID)
		if stored.Name != "Jane de Vries" || stored.Language != db.German || stored.LoginName != "j.devries" || !stored.MFAForced ||
			stored.Email != jane.Email || stored.Revision != 2 || stored.Status != db.Invited {
			t.Errorf("stored: %+v", stored)
		}
		want := []string{
			"loginName: jane → j.devries", "name: Jane jane → Jane de Vries", "language: NL → DE", "mfaForced: false → true",
			"roles: Role for jane → Support", "accessPoints: WEB → API, WEB", "whitelists: Office → Home, Office",
		}
		if got := h.lastChanges(audit.UserUpdate); !slices.Equal(got, want) {
			t.Errorf("the trail tells %q, want %q", got, want)
		}
		if got := h.roleNames(jane.ID); !slices.Equal(got, []string{"Support"}) {
			t.Errorf("roles: %q", got)
		}
		if found := must[*db.User](t)(store.UserByLoginName(t.Context(), h.account.ID, "J.DEVRIES")); found.ID != jane.ID {
			t.Error("the new login name finds somebody else")
		}
		must[*db.User](t)(h.update(h.boss, UpdateUserInput{ID: jane.ID, WhitelistIDs: theIDs([]typeid.ID{}...)}))
		if got := h.whitelistNames(jane.ID); len(got) > 0 {
			t.Errorf("an empty list leaves the whitelists %q", got)
		}
		h.oneMail("accessChanged")
		must[*db.User](t)(h.update(h.boss, UpdateUserInput{ID: jane.ID, Name: patch.To("Jane de Vries"), RoleIDs: theIDs(support.ID)}))
		if got := h.stored(jane.ID); got.Revision != 3 || len(h.events(audit.UserUpdate)) != 2 || len(h.mails()) > 0 {
			t.Errorf("an update that changes nothing leaves revision %d", got.Revision)
		}
	})
}

func TestUpdateUserRefusesBadFields(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		jane, whmcs := h.create(h.newUser("jane")), h.create(h.newProgram("whmcs"))
		h.create(h.newUser("john"))
		for name, c := range map[string]struct {
			input UpdateUserInput
			code  problem.Code
			path  string
		}{
			"an older revision":         {UpdateUserInput{ID: jane.ID, Revision: new(7), Name: patch.To("x")}, problem.StaleRevision, "revision"},
			"nobody":                    {UpdateUserInput{ID: "user_unknown", Name: patch.To("x")}, problem.NotFound, "id"},
			"null login name":           {UpdateUserInput{ID: jane.ID, LoginName: patch.Null[string]()}, problem.Invalid, "loginName"},
			"null email":                {UpdateUserInput{ID: jane.ID, Email: patch.Null[string]()}, problem.Invalid, "email"},
			"null name":                 {UpdateUserInput{ID: jane.ID, Name: patch.Null[string]()}, problem.Invalid, "name"},
			"null language":             {UpdateUserInput{ID: jane.ID, Language: patch.Null[db.Language]()}, problem.Invalid, "language"},
			"null password":             {UpdateUserInput{ID: jane.ID, Password: patch.Null[string]()}, problem.Invalid, "password"},
			"null roles":                {UpdateUserInput{ID: jane.ID, RoleIDs: patch.Of[[]typeid.ID](nil)}, problem.Invalid, "roleIds"},
			"null forced MFA":           {UpdateUserInput{ID: jane.ID, MFAForced: patch.Null[bool]()}, problem.Invalid, "mfaForced"},
			"null access points":        {UpdateUserInput{ID: jane.ID, AccessPoints: patch.Of[[]string](nil)}, problem.Invalid, "accessPoints"},
			"empty login name":          {UpdateUserInput{ID: jane.ID, LoginName: patch.To("")}, problem.Required, "loginName"},
			"login name with a slash":   {UpdateUserInput{ID: jane.ID, LoginName: patch.To("acme/jane")}, problem.Invalid, "loginName"},
			"login name taken":          {UpdateUserInput{ID: jane.ID, LoginName: patch.To("WHMCS")}, problem.Taken, "loginName"},
			"email taken":               {UpdateUserInput{ID: jane.ID, Email: patch.To("JOHN@acme.example")}, problem.Taken, "email"},
			"name with an override":     {UpdateUserInput{ID: jane.ID, Name: patch.To("a\u202Eb")}, problem.Invalid, "name"},
			"name too long":             {UpdateUserInput{ID: jane.ID, Name: patch.To(strings.Repeat("é", 121))}, problem.TooLong, "name"},
			"weak password":             {UpdateUserInput{ID: jane.ID, Password: patch.To("jane@acme.example")}, problem.WeakPassword, "password"},
			"no roles":                  {UpdateUserInput{ID: jane.ID, RoleIDs: patch.Of([]typeid.ID{})}, problem.Required, "roleIds"},
			"no access points":          {UpdateUserInput{ID: jane.ID, AccessPoints: patch.Of([]string{})}, problem.Required, "accessPoints"},
			"unknown whitelist":         {UpdateUserInput{ID: jane.ID, WhitelistIDs: theIDs("wl_unknown")}, problem.NotFound, "whitelistIds.0"},
			"a program's password":      {UpdateUserInput{ID: whmcs.ID, Password: patch.To(goodPassword)}, problem.Invalid, "password"},
			"a program's free MFA":      {UpdateUserInput{ID: whmcs.ID, MFAForced: patch.To(false)}, problem.Invalid, "mfaForced"},
			"a program at a page":       {UpdateUserInput{ID: whmcs.ID, AccessPoints: codes("API", db.Web)}, problem.Invalid, "accessPoints.1"},
			"whitelist without entries": {UpdateUserInput{ID: jane.ID, NewWhitelist: &CreateWhitelistInput{Name: "x"}}, problem.Required, "newWhitelist.entries"},
		} {
			user, err := h.update(h.boss, c.input)
			wantProblem(t, name, err, c.code, c.path)
			if user != nil || len(problem.From(err)) != 1 {
				t.Errorf("%s: %v, %v", name, user, err)
			}
		}
		if h.stored(jane.ID).Revision != 1 || h.stored(whmcs.ID).Revision != 1 {
			t.Error("a refused update changed something")
		}
	})
}

// Rule 3: what opens a user's doors is changed only by who holds all that the user holds, and holders of admin by each
// other alone. Their names are anybody's with UPDATE_USER.
func TestUpdateUserTakesOverNobody(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		list := h.whitelist("Office", "192.0.2.0/24")
		strong := h.newUser("strong")
		strong.RoleIDs = []typeid.ID{h.role("Strong", "UPDATE_DOMAIN").ID}
		target := h.create(strong)
		for path, input := range map[string]UpdateUserInput{
			"password":     {Password: patch.To(goodPassword)},
			"email":        {Email: patch.To("mine@acme.example")},
			"loginName":    {LoginName: patch.To("mine")},
			"whitelistIds": {WhitelistIDs: theIDs(list.ID)},
			"newWhitelist": {NewWhitelist: &CreateWhitelistInput{Name: "Mine", Entries: entriesOf("203.0.113.0/24")}},
			"accessPoints": {AccessPoints: codes(db.Web, "API")},
			"mfaForced":    {MFAForced: patch.To(true)},
		} {
			input.ID = target.ID
			_, err := h.update(h.helpdesk, input)
			wantProblem(t, "helpdesk changes "+path, err, problem.NotAllowed, path)
		}
		if got := h.events(audit.UserUpdate); len(got) != 7 || slices.ContainsFunc(got, func(e string) bool { return e != "DENIED NOT_ALLOWED" }) {
			t.Errorf("the trail tells %q", got)
		}
		_, err := h.update(h.helpdesk, UpdateUserInput{ID: target.ID, RoleIDs: theIDs(h.role("Less", "VIEW_DOMAIN").ID)})
		wantProblem(t, "helpdesk takes a role that it does not hold", err, problem.NotAllowed, "roleIds")
		if _, err := h.update(h.helpdesk, UpdateUserInput{ID: target.ID, Name: patch.To("Renamed")}); err != nil {
			t.Errorf("helpdesk renames: %v", err)
		}
		if _, err := h.update(h.everyone, UpdateUserInput{ID: target.ID, Email: patch.To("new@acme.example")}); err != nil {
			t.Errorf("who holds more changes the email: %v", err)
		}
		for _, viewer := range []*access.Viewer{h.everyone, h.helpdesk} {
			_, err := h.update(viewer, UpdateUserInput{ID: h.boss.User.ID, Name: patch.To("Renamed")})
			wantProblem(t, viewer.User.LoginName+" renames a holder of admin", err, problem.NotAllowed, "id")
			_, err = h.update(viewer, UpdateUserInput{ID: target.ID, RoleIDs: theIDs(h.admin.ID)})
			wantProblem(t, viewer.User.LoginName+" gives admin", err, problem.NotAllowed, "roleIds.0")
		}
		if _, err := h.update(h.boss, UpdateUserInput{ID: target.ID, RoleIDs: theIDs(h.admin.ID, h.all.ID)}); err != nil {
			t.Errorf("a holder of admin gives admin and all: %v", err)
		}
	})
}

// On oneself neither roles, forced MFA nor password change here; one's own email asks for a fresh proof.
func TestUpdateUserOnOneself(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		_, err := h.update(h.boss, UpdateUserInput{
			ID: h.boss.User.ID, RoleIDs: theIDs(h.admin.ID, h.all.ID), MFAForced: patch.To(true), Password: patch.To(goodPassword),
		})
		want := []string{"NOT_ALLOWED .mfaForced", "NOT_ALLOWED .password", "NOT_ALLOWED .roleIds"}
		if got := problemsOf(err); !slices.Equal(got, want) {
			t.Errorf("problems: %q, want %q", got, want)
		}
		if _, err := h.update(h.boss, UpdateUserInput{ID: h.boss.User.ID, RoleIDs: theIDs(h.admin.ID), MFAForced: patch.To(false), Name: patch.To("Boss")}); err != nil {
			t.Errorf("roles and flag that stay as they are: %v", err)
		}
		email := UpdateUserInput{ID: h.boss.User.ID, Email: patch.To("chief@acme.example")}
		if _, err := h.update(h.proven(h.boss, h.now.Add(-access.ProofLifetime)), email); err == nil || !strings.Contains(err.Error(), access.ErrStepUpRequired.Error()) {
			t.Errorf("own email without a fresh proof: %v", err)
		}
		if _, err := h.update(h.prove(h.boss), email); err != nil {
			t.Errorf("own email with a fresh proof: %v", err)
		}
	})
}

// The last active personal user with admin and WEB is deprived of neither.
func TestUpdateUserKeepsTheLastAdministrator(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		second := h.person("second", h.admin)
		// Who cannot come in through WEB, or not yet, puts nothing right.
		invited := h.newUser("invited")
		invited.RoleIDs = []typeid.ID{h.admin.ID}
		h.create(invited)
		program := h.newProgram("program")
		program.RoleIDs = []typeid.ID{h.admin.ID}
		h.create(program)

		less := h.role("Less", "VIEW_DOMAIN")
		must[*db.User](t)(h.update(second, UpdateUserInput{ID: h.boss.User.ID, AccessPoints: codes("API")}))
		for path, input := range map[string]UpdateUserInput{
			"roleIds":      {ID: second.User.ID, RoleIDs: theIDs(less.ID)},
			"accessPoints": {ID: second.User.ID, AccessPoints: codes("API")},
		} {
			_, err := h.update(h.boss, input)
			wantProblem(t, "the last administrator loses "+path, err, problem.LastAdmin, path)
		}
		if got := h.roleNames(second.User.ID); !slices.Equal(got, []string{"admin"}) {
			t.Errorf("roles: %q", got)
		}
		must[*db.User](t)(h.update(second, UpdateUserInput{ID: h.boss.User.ID, AccessPoints: codes(db.Web)}))
		if _, err := h.update(h.boss, UpdateUserInput{ID: second.User.ID, RoleIDs: theIDs(less.ID)}); err != nil {
			t.Errorf("with another administrator: %v", err)
		}
	})
}

// Rule 4: nobody shuts themselves out of the session that makes the change.
func TestUpdateUserRefusesLockout(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		h.person("second", h.admin)
		office, home := h.whitelist("Office", "192.0.2.0/24"), h.whitelist("Home", "198.51.100.0/24")
		me := h.boss.User.ID
		for path, input := range map[string]UpdateUserInput{
			"whitelistIds": {ID: me, WhitelistIDs: theIDs(home.ID)},
			"newWhitelist": {ID: me, NewWhitelist: &CreateWhitelistInput{Name: "Elsewhere", Entries: entriesOf("203.0.113.0/24")}},
			"accessPoints": {ID: me, AccessPoints: codes("API")},
		} {
			_, err := h.update(h.boss, input)
			wantProblem(t, path, err, problem.Lockout, path)
		}
		if got := h.whitelistNames(me); len(got) > 0 || len(h.events(audit.WhitelistCreate)) != 2 {
			t.Errorf("a refused change left the whitelists %q", got)
		}
		if _, err := h.update(h.boss, UpdateUserInput{ID: me, WhitelistIDs: theIDs(home.ID, office.ID)}); err != nil {
			t.Errorf("with one's own address among others: %v", err)
		}
	})
}

// A new password by an administrator makes an invited user active, ends what the old one had opened, and is told by mail.
func TestUpdateUserPassword(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		jane := h.create(h.newUser("jane"))
		invitation := tokenIn(h.oneMail("welcome"))
		h.signIn(jane.ID)
		must[*db.User](t)(h.update(h.boss, UpdateUserInput{ID: jane.ID, Password: patch.To(goodPassword)}))
		stored := h.stored(jane.ID)
		if ok, _, err := h.service.passwords.Verify(t.Context(), password.Known(""), stored.PasswordHash, goodPassword); !ok || err != nil || stored.Status != db.Active {
			t.Errorf("status %s, password %v, %v", stored.Status, ok, err)
		}
		if got := h.left(jane.ID); !slices.Equal(got, []string{"Laptop", "Phone", "recovery codes"}) || h.lives(invitation) {
			t.Errorf("left: %q, invitation %v", got, h.lives(invitation))
		}
		if told := h.oneMail("passwordChanged"); !strings.Contains(told.TextBody, "acme/boss") || strings.Contains(told.TextBody, goodPassword) {
			t.Errorf("mail: %s", told.TextBody)
		}
		if got := h.lastChanges(audit.UserUpdate); !slices.Equal(got, []string{"status: INVITED → ACTIVE", "password:  → "}) {
			t.Errorf("the trail tells %q", got)
		}
	})
}

// A new email ends the user's links, and a notice goes to the old address; the invitation of a user who has no password goes to the new one.
func TestUpdateUserEmail(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		jane := h.create(h.newUser("jane"))
		invitation := tokenIn(h.oneMail("welcome"))
		must[*db.User](t)(h.update(h.boss, UpdateUserInput{ID: jane.ID, Email: patch.To("jane@new.example")}))
		mails := h.mails()
		if len(mails) != 2 {
			t.Fatalf("%d mails", len(mails))
		}
		welcome, told := mails[0], mails[1]
		if told.Kind != "emailChanged" || told.Recipient != "jane@acme.example" || !strings.Contains(told.TextBody, "jane@new.example") {
			t.Errorf("mail to %s: %s", told.Recipient, told.TextBody)
		}
		if h.lives(invitation) {
			t.Error("the link in the mail to the old address lives on")
		}
		if welcome.Kind != "welcome" || welcome.Recipient != "jane@new.example" || !h.lives(tokenIn(welcome)) {
			t.Errorf("%s to %s, whose link lives: %v", welcome.Kind, welcome.Recipient, h.lives(tokenIn(welcome)))
		}
		must[*db.User](t)(h.update(h.boss, UpdateUserInput{ID: jane.ID, Password: patch.To(goodPassword)}))
		h.mails()
		must[*db.User](t)(h.update(h.boss, UpdateUserInput{ID: jane.ID, Email: patch.To("jane@other.example")}))
		h.oneMail("emailChanged")
	})
}
