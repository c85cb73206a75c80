package account

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/patch"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// fieldsOf are the fields of an input but those that say what it is about.
func fieldsOf(input any) (names []string) {
	for field := range reflect.TypeOf(input).Fields() {
		if field.Name != "ID" && field.Name != "Revision" {
			names = append(names, field.Name)
		}
	}
	return names
}

// byKey is a viewer with a key of their user: restricted to the codes, or with all that the user may.
func (h *house) byKey(viewer *access.Viewer, restricted bool, codes ...string) *access.Viewer {
	h.t.Helper()
	key := &db.APIKey{
		ID: typeid.New("key"), KeyHash: []byte(typeid.New("hash")), AccountID: h.account.ID, UserID: viewer.User.ID, Description: "Key",
		Restricted: restricted, Permissions: db.NewCodes(codes...), Revision: 1,
	}
	h.touch(func(tx *db.Tx) error {
		return errors.Join(tx.SetUserAccessPoints(h.t.Context(), viewer.User.ID, []typeid.ID{h.web.ID, h.api.ID}),
			tx.CreateAPIKey(h.t.Context(), key, []typeid.ID{h.api.ID}, nil))
	})
	subject := must[*access.Subject](h.t)(access.LoadSubject(h.t.Context(), h.service.store.Reader, access.Builtin(), h.account, viewer.User))
	subject.Key = must[*access.Key](h.t)(access.LoadKey(h.t.Context(), h.service.store.Reader, key))
	return access.NewKeyViewer(h.account, viewer.User, key, viewer.IP, subject)
}

// change is an input that changes one field of a user, at its path.
type change struct {
	path  string
	input UpdateUserInput
}

// changes has one for every field of [UpdateUserInput].
func (h *house) changes() map[string]change {
	h.t.Helper()
	list := h.whitelist("Anywhere", "0.0.0.0/0")
	must[*db.AccessPoint](h.t)(h.service.CreateAccessPoint(h.t.Context(), h.boss, CreateAccessPointInput{Code: "DESK", Name: "Desk", Kind: db.Programmatic}))
	return map[string]change{
		"LoginName":    {"loginName", UpdateUserInput{LoginName: patch.To("another.name")}},
		"Email":        {"email", UpdateUserInput{Email: patch.To("another@acme.example")}},
		"Name":         {"name", UpdateUserInput{Name: patch.To("Another name")}},
		"Language":     {"language", UpdateUserInput{Language: patch.To(db.Spanish)}},
		"Password":     {"password", UpdateUserInput{Password: patch.To(goodPassword)}},
		"RoleIDs":      {"roleIds", UpdateUserInput{RoleIDs: theIDs(h.role("Other", "VIEW_DOMAIN").ID)}},
		"MFAForced":    {"mfaForced", UpdateUserInput{MFAForced: patch.To(true)}},
		"AccessPoints": {"accessPoints", UpdateUserInput{AccessPoints: codes(db.Web, "API", "DESK")}},
		"WhitelistIDs": {"whitelistIds", UpdateUserInput{WhitelistIDs: theIDs(list.ID)}},
		"NewWhitelist": {"newWhitelist", UpdateUserInput{NewWhitelist: &CreateWhitelistInput{Name: "New", Entries: entriesOf("0.0.0.0/0")}}},

		"WhitelistsReportOnly": {"whitelistsReportOnly", UpdateUserInput{WhitelistsReportOnly: patch.To(true)}},
	}
}

// Rule 3, field by field: a field that is new fails until it is decided who may change it, of others and of themselves.
func TestEveryFieldOfAUserIsGuarded(t *testing.T) {
	anybody := []string{"Name", "Language"}               // with UPDATE_USER
	own := append(anybody, "LoginName", "Email")          // of themselves
	never := []string{"Password", "RoleIDs", "MFAForced"} // of themselves, not even holders of admin
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		changes := h.changes()
		for _, field := range fieldsOf(UpdateUserInput{}) {
			change, known := changes[field]
			if !known || !slices.ContainsFunc(updateRules, func(rule updateRule) bool { return rule.field == field && rule.path == change.path }) {
				t.Errorf("nobody has decided who may change %s", field)
				continue
			}
			allowed := func(what string, viewer *access.Viewer, id typeid.ID, want bool) {
				t.Helper()
				input := change.input
				input.ID = id
				// Nothing is kept: the next viewer changes the same.
				var err error
				_ = store.Touch(t.Context(), func(tx *db.Tx) error {
					a := &attempt{service: h.service, viewer: viewer, account: h.account, accountID: h.account.ID, action: audit.UserUpdate, now: db.At(h.now)}
					var before, after userState
					if before, after, err = a.readUpdate(t.Context(), tx.Reader, input); err == nil {
						err = a.writeUpdate(t.Context(), tx, before, after, input)
					}
					if err == nil {
						err = a.requireProof(t.Context(), tx.Reader)
					}
					return errUnchanged
				})
				refused := problem.Has(err, problem.NotAllowed) || errors.Is(err, access.ErrPersonRequired)
				if refused == want || want && err != nil {
					t.Errorf("%s changes %s: %v, want %v", what, field, err, want)
				}
			}
			above := h.person("above."+field, h.role("Above "+field, "UPDATE_DOMAIN"))
			allowed("who may do less", h.helpdesk, above.User.ID, slices.Contains(anybody, field))
			allowed("who holds all but not admin", h.everyone, h.boss.User.ID, false)
			self := h.prove(h.holder("self."+field, append(helpdeskCodes, "UPDATE_DNS_ZONE")...))
			allowed("a key with all that its user may", h.byKey(self, false), self.User.ID, slices.Contains(own, field) && field != "Email")
			allowed("a restricted key", h.byKey(self, true, access.UpdateUser, access.ManageWhitelist), self.User.ID, slices.Contains(anybody, field))
			allowed("on oneself", self, self.User.ID, slices.Contains(own, field))
			chief := h.prove(h.person("chief."+field, h.admin))
			allowed("a restricted key of a holder of admin", h.byKey(chief, true, access.UpdateUser, access.ManageWhitelist), chief.User.ID, false)
			allowed("a holder of admin on themselves", chief, chief.User.ID, !slices.Contains(never, field))
		}
	})
}

// Rule 3: what guards an access point is changed only by who can manage every user that has it, field by field.
func TestEveryFieldOfAnAccessPointIsGuarded(t *testing.T) {
	for _, field := range fieldsOf(UpdateAccessPointInput{}) {
		guards := slices.ContainsFunc(accessPointGuards, func(guard accessPointGuard) bool { return guard.field == field })
		if guards == slices.Contains(accessPointTexts, field) {
			t.Errorf("nobody has decided whether %s guards an access point", field)
		}
	}
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		office := h.whitelist("Office", "192.0.2.0/24")
		clerk := h.prove(h.holder("clerk", access.ManageAccessPoint, "VIEW_DOMAIN"))
		point := must[*db.AccessPoint](t)(h.service.CreateAccessPoint(t.Context(), clerk, CreateAccessPointInput{Code: "DESK", Name: "Desk", Kind: db.Interactive}))
		give := func(viewer *access.Viewer) {
			h.touch(func(tx *db.Tx) error {
				return tx.SetUserAccessPoints(t.Context(), viewer.User.ID, []typeid.ID{h.web.ID, point.ID})
			})
		}
		changes := map[string]UpdateAccessPointInput{
			"origins":      {Origins: codes("https://portal.acme.example")},
			"whitelistIds": {WhitelistIDs: lists(office)}, "whitelistsReportOnly": {WhitelistsReportOnly: patch.To(true)},
		}
		guarded := func(what string, viewer *access.Viewer, want bool) {
			t.Helper()
			for path, input := range changes {
				input.ID = point.ID
				_, err := h.service.UpdateAccessPoint(t.Context(), viewer, input)
				switch {
				case want:
					wantProblem(t, what+": "+path, err, problem.NotAllowed, path)
				case err != nil:
					t.Errorf("%s: %s: %v", what, path, err)
				}
			}
			if viewer.Session == nil {
				return
			}
			if _, _, err := h.service.RotateAccessPointSecret(t.Context(), viewer, point.ID); want {
				wantProblem(t, what+": secret", err, problem.NotAllowed, "id")
			} else if err != nil {
				t.Errorf("%s: secret: %v", what, err)
			}
		}
		undo := func() {
			t.Helper()
			must[*db.AccessPoint](t)(h.service.UpdateAccessPoint(t.Context(), h.boss, UpdateAccessPointInput{
				ID: point.ID, Origins: patch.Of([]string{}), WhitelistIDs: patch.Of([]typeid.ID{}), WhitelistsReportOnly: patch.To(false),
			}))
		}
		guarded("nobody has it", clerk, false)
		undo()
		give(h.holder("peer", "VIEW_DOMAIN"))
		guarded("somebody whom they can manage has it", clerk, false)
		undo()
		guarded("a key that may do less than they", h.byKey(clerk, true, access.ManageAccessPoint), true)
		give(h.holder("above", "UPDATE_DOMAIN"))
		guarded("somebody has it who may do more", clerk, true)
		guarded("all of whom who holds more can manage", h.prove(h.everyone), false)
		undo()
		give(h.person("chief", h.admin))
		guarded("a holder of admin has it", h.prove(h.everyone), true)
		guarded("a holder of admin has it, as another", h.prove(h.boss), false)
		if _, err := h.service.UpdateAccessPoint(t.Context(), clerk, UpdateAccessPointInput{ID: point.ID, Name: patch.To("Desk 2"), Description: patch.To("x")}); err != nil {
			t.Errorf("its texts: %v", err)
		}
	})
}

// Rule 3: the lock of another user is lifted by who can manage them, and nobody lifts their own, not by a key either.
func TestUnlockOnlyWhomOneManages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		self, above := h.holder("self", helpdeskCodes...), h.holder("above", "UPDATE_DOMAIN")
		unlock := func(viewer *access.Viewer, id typeid.ID) error {
			_, err := h.service.UnlockUser(t.Context(), viewer, id)
			return err
		}
		for name, c := range map[string]struct {
			viewer *access.Viewer
			id     typeid.ID
		}{
			"themselves": {self, self.User.ID}, "their own user, by a key": {h.byKey(self, false), self.User.ID},
			"a holder of admin themselves": {h.boss, h.boss.User.ID}, "somebody who may do more": {self, above.User.ID},
			"a holder of admin": {h.everyone, h.boss.User.ID},
		} {
			wantProblem(t, name, unlock(c.viewer, c.id), problem.NotAllowed, "id")
		}
		if err := unlock(self, h.nobody.User.ID); err != nil {
			t.Errorf("whom they can manage: %v", err)
		}
	})
}

// Rule 7: wrong tries go with a login name, so that a new name is no new set of tries.
func TestANewLoginNameKeepsWrongTries(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		self := h.holder("self", helpdeskCodes...)
		until := db.At(h.now) + 60_000
		h.touch(func(tx *db.Tx) error {
			throttle, err := tx.LockThrottle(t.Context(), db.NameThrottle("acme", "self"), db.At(h.now))
			if err != nil {
				return err
			}
			throttle.Failures, throttle.BeganAt, throttle.Until = 12, db.At(h.now), until
			return tx.SaveThrottle(t.Context(), throttle)
		})
		for _, name := range []string{"SELF", "myself", "self"} {
			must[*db.User](t)(h.update(self, UpdateUserInput{ID: self.User.ID, LoginName: patch.To(name)}))
			key := db.NameThrottle("acme", name)
			throttles := must[map[string]*db.Throttle](t)(store.ThrottlesByKey(t.Context(), []string{key}))
			if got := throttles[key]; got == nil || got.Failures != 12 || got.Until != until {
				t.Errorf("as %s: %+v", name, got)
			}
		}
	})
}

// Rule 4: an update is judged by what it leaves, not by what it passes through.
func TestUpdateUserIsJudgedByItsEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		h.person("second", h.admin)
		office, home, me := h.whitelist("Office", officeIP), h.whitelist("Home", homeIP), h.boss.User.ID
		for _, step := range []struct {
			what  string
			input UpdateUserInput
			path  string // where it is refused
		}{
			{"a list without the address that only reports", UpdateUserInput{WhitelistIDs: theIDs(home.ID), WhitelistsReportOnly: patch.To(true)}, ""},
			{"the list begins to refuse", UpdateUserInput{WhitelistsReportOnly: patch.To(false)}, "whitelistsReportOnly"},
			{"it does when it goes at once", UpdateUserInput{WhitelistIDs: patch.Of([]typeid.ID{}), WhitelistsReportOnly: patch.To(false)}, ""},
			{"a new list does not have the address", UpdateUserInput{WhitelistIDs: theIDs(home.ID)}, "whitelistIds"},
			{"nor has either of two", UpdateUserInput{NewWhitelist: &CreateWhitelistInput{Name: "Two", Entries: entriesOf("203.0.113.9")}}, "newWhitelist"},
			{"one of two has", UpdateUserInput{WhitelistIDs: theIDs(home.ID, office.ID)}, ""},
		} {
			step.input.ID = me
			_, err := h.update(h.boss, step.input)
			switch {
			case step.path != "":
				wantProblem(t, step.what, err, problem.Lockout, step.path)
			case err != nil:
				t.Errorf("%s: %v", step.what, err)
			}
		}
	})
}

// Rule 4, by a key: what would end the key that makes a change is refused, whichever change it is.
func TestAKeyDoesNotEndItself(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		chief := h.person("chief", h.admin)
		key, home := h.byKey(chief, false), h.whitelist("Home", homeIP)
		_, err := h.update(key, UpdateUserInput{ID: chief.User.ID, WhitelistIDs: theIDs(home.ID)})
		wantProblem(t, "the user's whitelists", err, problem.Lockout, "whitelistIds")
		_, err = h.update(key, UpdateUserInput{ID: chief.User.ID, AccessPoints: codes(db.Web)})
		wantProblem(t, "the user's access points", err, problem.Lockout, "accessPoints")
		_, err = h.service.UpdateAccessPoint(t.Context(), key, UpdateAccessPointInput{ID: h.api.ID, WhitelistIDs: lists(home)})
		wantProblem(t, "the access point's whitelists", err, problem.Lockout, "whitelistIds")
		_, err = h.service.DeactivateUser(t.Context(), key, chief.User.ID)
		wantProblem(t, "its user", err, problem.Lockout, "id")
		office := h.whitelist("Office", officeIP)
		h.touch(func(tx *db.Tx) error { return tx.SetAPIKeyWhitelists(t.Context(), key.Key.ID, []typeid.ID{office.ID}) })
		_, err = h.service.UpdateWhitelist(t.Context(), key, UpdateWhitelistInput{ID: office.ID, Entries: patch.Of(entriesOf(homeIP))})
		wantProblem(t, "a whitelist of its own", err, problem.Lockout, "entries")
	})
}
