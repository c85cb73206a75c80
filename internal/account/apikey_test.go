package account

import (
	"errors"
	"fmt"
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

// program makes an API user who may update domains, as the boss.
func (h *house) program(loginName string) *db.User {
	h.t.Helper()
	input := h.newProgram(loginName)
	input.RoleIDs = []typeid.ID{h.role("Domains of "+loginName, "VIEW_DOMAIN", "UPDATE_DOMAIN").ID}
	user := h.create(input)
	h.mails()
	return user
}

// newKey is an input that nothing is wrong with.
func newKey(user *db.User) CreateAPIKeyInput {
	return CreateAPIKeyInput{UserID: user.ID, Description: "WHMCS", AccessPoints: []string{"API"}}
}

func (h *house) createKey(input CreateAPIKeyInput) (*db.APIKey, secret.Token) {
	h.t.Helper()
	key, text, err := h.service.CreateAPIKey(h.t.Context(), h.prove(h.boss), input)
	if err != nil {
		h.t.Fatal(err)
	}
	return key, text
}

func (h *house) storedKey(id typeid.ID) *db.APIKey {
	h.t.Helper()
	return must[*db.APIKey](h.t)(h.service.store.APIKeyByID(h.t.Context(), h.account.ID, id))
}

// keyViewer is who asks with a key.
func (h *house) keyViewer(key *db.APIKey) *access.Viewer {
	h.t.Helper()
	user := h.stored(key.UserID)
	subject := must[*access.Subject](h.t)(access.LoadSubject(h.t.Context(), h.service.store.Reader, access.Builtin(), h.account, user))
	subject.Key = must[*access.Key](h.t)(access.LoadKey(h.t.Context(), h.service.store.Reader, key))
	return access.NewKeyViewer(h.account, user, key, netip.MustParseAddr(officeIP), subject)
}

// Rule 10: 256 random bits behind a prefix, with a checksum, stored as SHA-256 and shown once; rules 11 and 13: the trail
// tells of the key and never holds it.
func TestCreateAPIKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		user := h.program("whmcs")
		list := h.whitelist("Server", "192.0.2.7")
		input := newKey(user)
		input.Permissions, input.WhitelistIDs = []string{"VIEW_DOMAIN"}, []typeid.ID{list.ID}
		input.ExpiresAt = new(db.At(h.now.Add(24 * time.Hour)))
		key, text := h.createKey(input)
		if _, err := secret.ParseShown(secret.APIKey, string(text)); err != nil {
			t.Error(err)
		}
		found, err := store.APIKeyByHash(t.Context(), text.Hash())
		if err != nil || found.ID != key.ID || found.CreatedBy != h.boss.User.ID || found.ExpiresAt != *input.ExpiresAt || found.LastUsedAt != 0 {
			t.Errorf("stored %+v, %v", found, err)
		}
		want := []string{"user:  → acme/whmcs", "description:  → WHMCS", "restricted:  → true", "permissions:  → VIEW_DOMAIN",
			"accessPoints:  → API", "whitelists:  → Server"}
		told := slices.DeleteFunc(h.lastChanges(audit.APIKeyCreate), func(change string) bool { return strings.HasPrefix(change, "expiresAt") })
		if !slices.Equal(told, want) {
			t.Errorf("the trail tells %q", told)
		}
		events := must[db.List[db.AuditEvent]](t)(store.AuditEvents(t.Context(), db.AuditScope{AccountID: h.account.ID}, db.AuditEventFilter{}, db.Page{Limit: 100}))
		random := strings.TrimPrefix(string(text), string(secret.APIKey))[5:40]
		if strings.Contains(fmt.Sprintf("%+v", each(events.Items, func(e *db.AuditEvent) db.AuditEvent { return *e })), random) {
			t.Error("the trail holds the key")
		}
	})
}

func TestCreateAPIKeyRefusesWhatIsWrong(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		user := h.program("whmcs")
		own := h.newUser("jane")
		own.AccessPoints = []string{db.Web, "API"}
		jane := h.create(own)
		gone := h.program("gone")
		must[*db.User](t)(h.service.DeactivateUser(t.Context(), h.boss, gone.ID))
		other := h.other()
		for name, test := range map[string]struct {
			change func(*CreateAPIKeyInput)
			want   string
		}{
			"no description":            {func(i *CreateAPIKeyInput) { i.Description = " " }, "REQUIRED .description"},
			"a long description":        {func(i *CreateAPIKeyInput) { i.Description = strings.Repeat("x", 121) }, "TOO_LONG .description"},
			"no access point":           {func(i *CreateAPIKeyInput) { i.AccessPoints = nil }, "REQUIRED .accessPoints"},
			"another's access point":    {func(i *CreateAPIKeyInput) { i.AccessPoints = []string{"API", "ISPROXY"} }, "INVALID .accessPoints.1"},
			"where people sign in":      {func(i *CreateAPIKeyInput) { i.UserID, i.AccessPoints = jane.ID, []string{db.Web} }, "INVALID .accessPoints.0"},
			"an unknown permission":     {func(i *CreateAPIKeyInput) { i.Permissions = []string{"NO_SUCH"} }, "INVALID .permissions.0"},
			"more than the user may":    {func(i *CreateAPIKeyInput) { i.Permissions = []string{"VIEW_DOMAIN", "DELETE_DOMAIN"} }, "INVALID .permissions.1"},
			"an unknown whitelist":      {func(i *CreateAPIKeyInput) { i.WhitelistIDs = []typeid.ID{typeid.New("wl")} }, "NOT_FOUND .whitelistIds.0"},
			"already expired":           {func(i *CreateAPIKeyInput) { i.ExpiresAt = new(db.At(h.now)) }, "INVALID .expiresAt"},
			"an unknown user":           {func(i *CreateAPIKeyInput) { i.UserID = typeid.New("user") }, "NOT_FOUND .userId"},
			"a user of another account": {func(i *CreateAPIKeyInput) { i.UserID = other.boss.User.ID }, "NOT_FOUND .userId"},
			"a deactivated user":        {func(i *CreateAPIKeyInput) { i.UserID = gone.ID }, "INVALID .userId"},
		} {
			input := newKey(user)
			test.change(&input)
			_, _, err := h.service.CreateAPIKey(t.Context(), h.prove(h.boss), input)
			if got := problemsOf(err); !slices.Equal(got, []string{test.want}) {
				t.Errorf("%s: %v, want %s", name, err, test.want)
			}
		}
	})
}

// The account's policy bounds how long a new key lives.
func TestAPIKeyMaxLifetime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		user := h.program("whmcs")
		endless, _ := h.createKey(newKey(user))
		if _, err := h.service.UpdateAccountPolicy(t.Context(), h.prove(h.boss), UpdateAccountPolicyInput{APIKeyMaxLifetimeDays: patch.To(90)}); err != nil {
			t.Fatal(err)
		}
		h.account = must[*db.Account](t)(store.AccountByID(t.Context(), h.account.ID))
		boss := h.prove(h.viewer(h.boss.User))
		try := func(expires *db.Time) []string {
			input := newKey(user)
			input.ExpiresAt = expires
			_, _, err := h.service.CreateAPIKey(t.Context(), boss, input)
			return problemsOf(err)
		}
		latest := db.At(h.now.Add(90 * day))
		if got := try(nil); !slices.Equal(got, []string{"REQUIRED .expiresAt"}) {
			t.Errorf("without an end: %v", got)
		}
		if got := try(new(latest + 1)); !slices.Equal(got, []string{"INVALID .expiresAt"}) {
			t.Errorf("past the longest: %v", got)
		}
		if got := try(&latest); len(got) > 0 {
			t.Errorf("the longest: %v", got)
		}
		next, _, err := h.service.RotateAPIKey(t.Context(), boss, RotateAPIKeyInput{ID: endless.ID})
		if err != nil || next.ExpiresAt != latest {
			t.Errorf("rotated: %+v, %v", next, err)
		}
	})
}

// Rule 3: keys of whoever may do more than the viewer are not the viewer's to see or change.
func TestKeysOfWhoMayDoMore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		user := h.program("whmcs")
		key, _ := h.createKey(newKey(user))
		weak := h.prove(h.holder("weak", access.ManageAPIKey, "VIEW_DOMAIN"))
		ctx, s := t.Context(), h.service
		_, _, created := s.CreateAPIKey(ctx, weak, newKey(user))
		wantProblem(t, "create", created, problem.NotAllowed, "userId")
		_, _, rotated := s.RotateAPIKey(ctx, weak, RotateAPIKeyInput{ID: key.ID})
		wantProblem(t, "rotate", rotated, problem.NotAllowed, "id")
		_, revoked := s.RevokeAPIKey(ctx, weak, key.ID)
		wantProblem(t, "revoke", revoked, problem.NotAllowed, "id")
		_, updated := s.UpdateAPIKey(ctx, weak, UpdateAPIKeyInput{ID: key.ID, Description: patch.To("Mine")})
		wantProblem(t, "update", updated, problem.NotAllowed, "id")
		if h.storedKey(key.ID).Revision != 1 {
			t.Error("a refused change was made")
		}

		strong := h.prove(h.holder("strong", access.ManageAPIKey, "VIEW_DOMAIN", "UPDATE_DOMAIN"))
		for viewer, want := range map[*access.Viewer]int{weak: 0, strong: 1, h.boss: 1} {
			list := must[db.List[db.APIKey]](t)(s.APIKeys(ctx, viewer, db.APIKeyFilter{}, db.Page{Limit: 10}))
			byID := must[map[typeid.ID]*db.APIKey](t)(s.APIKeysByID(ctx, viewer, []typeid.ID{key.ID}))
			count := must[*int](t)(s.CountAPIKeys(ctx, viewer, db.APIKeyFilter{}, true))
			if len(list.Items) != want || len(byID) != want || *count != want {
				t.Errorf("%s sees %d, %d by ID, counts %d, want %d", viewer.User.LoginName, len(list.Items), len(byID), *count, want)
			}
		}
	})
}

// Rule 8: keys change only by somebody who has signed in and proved it lately; a key never does it, whatever it may. Revoking
// somebody else's takes access away, and does not wait for a proof.
func TestKeysAreChangedByPeopleWithAFreshProof(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		input := h.newProgram("root")
		input.RoleIDs = []typeid.ID{h.admin.ID}
		root := h.create(input)
		key, _ := h.createKey(newKey(root))
		program := h.keyViewer(key)
		if !program.May(access.ManageAPIKey) || !program.Admin {
			t.Fatal("the key has not what the test is about")
		}
		ctx, s := t.Context(), h.service
		stale := h.proven(h.boss, h.now.Add(-access.ProofLifetimeForOthers))
		for viewer, want := range map[*access.Viewer]error{stale: access.ErrStepUpRequired, program: access.ErrPersonRequired} {
			_, _, created := s.CreateAPIKey(ctx, viewer, newKey(root))
			_, _, rotated := s.RotateAPIKey(ctx, viewer, RotateAPIKeyInput{ID: key.ID})
			_, updated := s.UpdateAPIKey(ctx, viewer, UpdateAPIKeyInput{ID: key.ID, Description: patch.To("Y")})
			_, _, renewed := s.RotateAccessPointSecret(ctx, viewer, h.api.ID)
			_, email := s.ChangeEmail(ctx, viewer, "new@acme.example")
			for what, err := range map[string]error{"create": created, "rotate": rotated, "update": updated, "secret": renewed, "email": email} {
				if !errors.Is(err, want) {
					t.Errorf("%s by %s: %v, want %v", what, viewer.User.LoginName, err, want)
				}
			}
		}
		_, own := s.UpdateUser(ctx, program, UpdateUserInput{ID: root.ID, Email: patch.To("new@acme.example")})
		if !errors.Is(own, access.ErrPersonRequired) {
			t.Errorf("its own user's email: %v", own)
		}
		if _, err := s.RevokeAPIKey(ctx, program, key.ID); !errors.Is(err, access.ErrPersonRequired) {
			t.Errorf("revoked by a key: %v", err)
		}
		if _, err := s.RevokeAPIKey(ctx, stale, key.ID); err != nil {
			t.Errorf("revoked after an old proof: %v", err)
		}
		if events := h.events(audit.APIKeyRevoke); !slices.Contains(events, "DENIED FORBIDDEN") {
			t.Errorf("the trail tells %q", events)
		}
	})
}

// Rule 4: a key that changes what it comes in by does not shut itself out.
func TestAKeyDoesNotShutItselfOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		input := h.newProgram("root")
		input.RoleIDs = []typeid.ID{h.admin.ID}
		root := h.create(input)
		key, _ := h.createKey(newKey(root))
		program := h.keyViewer(key)
		elsewhere := h.whitelist("Elsewhere", "198.51.100.0/24")
		_, err := h.service.UpdateUser(t.Context(), program, UpdateUserInput{ID: root.ID, WhitelistIDs: theIDs(elsewhere.ID)})
		wantProblem(t, "a whitelist without its address", err, problem.Lockout, "whitelistIds")
		_, err = h.service.UpdateAccessPoint(t.Context(), program, UpdateAccessPointInput{ID: h.api.ID, WhitelistIDs: theIDs(elsewhere.ID)})
		wantProblem(t, "its door with such a whitelist", err, problem.Lockout, "whitelistIds")
		changed, err := h.service.UpdateUser(t.Context(), program, UpdateUserInput{ID: root.ID, Name: patch.To("Root")})
		if err != nil || changed.Name != "Root" {
			t.Errorf("what shuts nobody out: %v", err)
		}
		events := must[db.List[db.AuditEvent]](t)(store.AuditEvents(t.Context(), db.AuditScope{AccountID: h.account.ID},
			db.AuditEventFilter{APIKeyID: &key.ID}, db.Page{Limit: 10}))
		if len(events.Items) != 3 || events.Items[0].AccessPoint != db.ForPrograms || events.Items[0].ActorID != root.ID {
			t.Errorf("done with the key: %+v", events.Items)
		}
	})
}

// Rule 10: rotation makes a new key that says whom it replaces; the old one lives on for the overlap.
func TestRotateAPIKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		user := h.program("whmcs")
		list := h.whitelist("Server", "192.0.2.7")
		input := newKey(user)
		input.Permissions, input.WhitelistIDs, input.ExpiresAt = []string{"VIEW_DOMAIN"}, []typeid.ID{list.ID}, new(db.At(h.now.Add(100*day)))
		old, oldText := h.createKey(input)
		h.now = h.now.Add(90 * day)
		for hours, key := range map[int]string{-1: "below", 721: "above"} {
			_, _, err := h.service.RotateAPIKey(t.Context(), h.prove(h.boss), RotateAPIKeyInput{ID: old.ID, OverlapHours: &hours})
			wantProblem(t, key, err, problem.Invalid, "overlapHours")
		}
		next, text, err := h.service.RotateAPIKey(t.Context(), h.prove(h.boss), RotateAPIKeyInput{ID: old.ID})
		if err != nil {
			t.Fatal(err)
		}
		if text == oldText || next.ReplacesID != old.ID || next.Description != "WHMCS" || !next.Restricted || !slices.Equal(next.Permissions, db.Codes{"VIEW_DOMAIN"}) ||
			next.ExpiresAt != db.At(h.now.Add(100*day)) {
			t.Errorf("the new key %+v", next)
		}
		lists := must[map[typeid.ID][]*db.Whitelist](t)(store.WhitelistsByAPIKey(t.Context(), []typeid.ID{next.ID}))
		points := must[map[typeid.ID][]*db.AccessPoint](t)(store.AccessPointsByAPIKey(t.Context(), []typeid.ID{next.ID}))
		if len(lists[next.ID]) != 1 || len(points[next.ID]) != 1 {
			t.Errorf("the new key has %v and %v", lists, points)
		}
		if ends := h.storedKey(old.ID).ExpiresAt; ends != db.At(h.now.Add(24*time.Hour)) {
			t.Errorf("the old one ends %v", ends.Time())
		}
		_, _, err = h.service.RotateAPIKey(t.Context(), h.prove(h.boss), RotateAPIKeyInput{ID: old.ID})
		wantProblem(t, "once more", err, problem.Invalid, "id")

		last, _, err := h.service.RotateAPIKey(t.Context(), h.prove(h.boss), RotateAPIKeyInput{ID: next.ID, OverlapHours: new(0)})
		if err != nil || h.storedKey(next.ID).Status(db.At(h.now)) != db.KeyExpired || h.storedKey(last.ID).Status(db.At(h.now)) != db.KeyActive {
			t.Errorf("without overlap: %v", err)
		}
	})
}

func TestRevokeAndUpdateAPIKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		user := h.program("whmcs")
		list := h.whitelist("Server", "192.0.2.7")
		input := newKey(user)
		input.WhitelistIDs = []typeid.ID{list.ID}
		key, _ := h.createKey(input)
		ctx, boss := t.Context(), h.prove(h.boss)
		_, err := h.service.UpdateAPIKey(ctx, boss, UpdateAPIKeyInput{ID: key.ID, Revision: new(7), Description: patch.To("Y")})
		wantProblem(t, "an older state", err, problem.StaleRevision, "revision")
		updated, err := h.service.UpdateAPIKey(ctx, boss, UpdateAPIKeyInput{ID: key.ID, Permissions: patch.Of([]string{"UPDATE_DOMAIN"})})
		if err != nil || updated.Revision != 2 || !updated.Restricted || updated.Description != "WHMCS" {
			t.Errorf("restricted: %+v, %v", updated, err)
		}
		err = h.service.DeleteWhitelist(ctx, boss, list.ID)
		wantProblem(t, "a whitelist of a live key", err, problem.InUse, "id")
		for range 2 {
			revoked, err := h.service.RevokeAPIKey(ctx, boss, key.ID)
			if err != nil || revoked.Status(db.At(h.now)) != db.KeyRevoked || revoked.Revision != 3 {
				t.Errorf("revoked: %+v, %v", revoked, err)
			}
		}
		if events := h.events(audit.APIKeyRevoke); len(events) != 1 {
			t.Errorf("the trail tells %q", events)
		}
		_, err = h.service.UpdateAPIKey(ctx, boss, UpdateAPIKeyInput{ID: key.ID, NeverExpires: new(true)})
		wantProblem(t, "a revoked key", err, problem.Invalid, "id")
		if err := h.service.DeleteWhitelist(ctx, boss, list.ID); err != nil {
			t.Errorf("a whitelist of a revoked key: %v", err)
		}
	})
}

// Rule 14: 50 live keys a user.
func TestAtMostFiftyLiveKeys(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		user := h.program("whmcs")
		var last *db.APIKey
		for range maxLiveKeys {
			last, _ = h.createKey(newKey(user))
		}
		_, _, err := h.service.CreateAPIKey(t.Context(), h.prove(h.boss), newKey(user))
		if !problem.Has(err, problem.TooLong) {
			t.Errorf("one more: %v", err)
		}
		must[*db.APIKey](t)(h.service.RevokeAPIKey(t.Context(), h.prove(h.boss), last.ID))
		h.createKey(newKey(user))
	})
}

// Mails go out 14, 3 and 1 days before a key expires, each once, and none for a key that lives shorter, was rotated or revoked.
func TestWarningsBeforeAKeyExpires(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		user := h.program("whmcs")
		long := newKey(user)
		long.Description, long.ExpiresAt = "Long", new(db.At(h.now.Add(20*day)))
		short := newKey(user)
		short.Description, short.ExpiresAt = "Short", new(db.At(h.now.Add(2*day)))
		rotated := newKey(user)
		rotated.Description, rotated.ExpiresAt = "Rotated", long.ExpiresAt
		h.createKey(long)
		h.createKey(short)
		old, _ := h.createKey(rotated)
		next, _, err := h.service.RotateAPIKey(t.Context(), h.prove(h.boss), RotateAPIKeyInput{ID: old.ID, OverlapHours: new(720)})
		if err != nil {
			t.Fatal(err)
		}
		must[*db.APIKey](t)(h.service.RevokeAPIKey(t.Context(), h.prove(h.boss), next.ID))
		began := h.now
		h.mails()
		var told []string
		for hours := 0; hours < 21*24; hours += 6 {
			h.now = began.Add(time.Duration(hours) * time.Hour)
			if err := h.service.WarnOfExpiringKeys(t.Context()); err != nil {
				t.Fatal(err)
			}
			for _, m := range h.mails() {
				name := "Long"
				if strings.Contains(m.TextBody, "Short") {
					name = "Short"
				}
				told = append(told, fmt.Sprintf("%s %s %dh", m.Kind, name, hours))
			}
		}
		want := []string{"keyExpires Short 24h", "keyExpires Long 144h", "keyExpires Long 408h", "keyExpires Long 456h"}
		if !slices.Equal(told, want) {
			t.Errorf("told %q, want %q", told, want)
		}
	})
}

// A door's secret is shown once, and the older one ends.
func TestRotateAccessPointSecret(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		point, first, err := h.service.RotateAccessPointSecret(t.Context(), h.prove(h.boss), h.api.ID)
		if err != nil || point.SecretRotatedAt != db.At(h.now) || point.Revision != 2 {
			t.Fatalf("%+v, %v", point, err)
		}
		_, second, err := h.service.RotateAccessPointSecret(t.Context(), h.prove(h.boss), h.api.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.AccessPointBySecret(t.Context(), first.Hash()); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("the older secret: %v", err)
		}
		if found, err := store.AccessPointBySecret(t.Context(), second.Hash()); err != nil || found.ID != h.api.ID {
			t.Errorf("the newer secret: %v", err)
		}
		if told := h.lastChanges(audit.AccessPointRotateSecret); !slices.Equal(told, []string{"secret:  → "}) {
			t.Errorf("the trail tells %q", told)
		}
	})
}
