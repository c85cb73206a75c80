package account

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

func fillDemo(t *testing.T, service *Service, login string) (*db.Account, *db.User) {
	t.Helper()
	account, admin, _, err := service.CreateAccount(t.Context(), NewAccount{Handle: "poortwijk", Name: "Poortwijk Domeinen", LoginName: login, Email: "admin@acme.example"})
	if err != nil {
		t.Fatal(err)
	}
	if err := service.FillDemo(t.Context(), account, admin); err != nil {
		t.Fatal(err)
	}
	return account, admin
}

func TestDemo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		service := newService(t, store, func() time.Time { return siteTime })
		account, admin := fillDemo(t, service, "admin")

		users := must[db.List[db.User]](t)(store.Users(t.Context(), account, db.UserFilter{}, db.UserOrder{}, db.Page{Limit: 100}, db.At(siteTime)))
		states := map[db.UserStatus]int{}
		for _, user := range users.Items {
			states[user.Status]++
			if user.ID != admin.ID && user.CreatedAt > db.At(siteTime.Truncate(24*time.Hour)) {
				t.Errorf("%s came only today", user.LoginName)
			}
			if user.LastSignInAt > db.At(siteTime) {
				t.Errorf("%s signs in tomorrow", user.LoginName)
			}
		}
		// Three of the people and the administrator have not taken their invitation.
		if len(users.Items) != 1+24+7 || states[db.Invited] != 4 || states[db.Deactivated] != 3 {
			t.Errorf("%d users: %v", len(users.Items), states)
		}
		yes := true
		enrolled := must[*int](t)(store.CountUsers(t.Context(), account, db.UserFilter{MFAEnrolled: &yes}, true, db.At(siteTime)))
		locked := must[*int](t)(store.CountUsers(t.Context(), account, db.UserFilter{Locked: &yes}, true, db.At(siteTime)))
		if *enrolled != 18 || *locked != 1 {
			t.Errorf("%d with a second factor, %d locked", *enrolled, *locked)
		}
		if waiting := must[int64](t)(store.WaitingMails(t.Context())); waiting != 1 {
			t.Errorf("%d mails wait: only the administrator has a mailbox", waiting)
		}
		roles := must[db.List[db.Role]](t)(store.Roles(t.Context(), account.ID, db.RoleFilter{}, db.Page{Limit: 100}))
		want := []string{"admin", "all", "Billing system", "Contrôle interne", "DNS automation", "Finance", "Support 1", "Support 2", "Support 3", "Teamleiding", "Zertifikate"}
		if got := each(roles.Items, roleName); !slices.Equal(got, want) {
			t.Errorf("roles: %q", got)
		}

		keys := must[db.List[db.APIKey]](t)(store.APIKeys(t.Context(), db.APIKeyScope{AccountID: account.ID}, db.APIKeyFilter{}, db.Page{Limit: 100}, db.At(siteTime)))
		ended, used := map[db.APIKeyStatus]int{}, 0
		for _, key := range keys.Items {
			ended[key.Status(db.At(siteTime))]++
			if key.LastUsedAt > db.At(siteTime) || key.LastUsedAt != 0 && key.LastUsedAt < key.CreatedAt {
				t.Errorf("%s was used at %v", key.Description, key.LastUsedAt)
			} else if key.LastUsedAt != 0 {
				used++
			}
		}
		if ended[db.KeyActive] != 6 || ended[db.KeyExpired] != 2 || ended[db.KeyRevoked] != 1 || used != 7 {
			t.Errorf("keys: %v, %d used", ended, used)
		}

		trail := db.AuditScope{AccountID: account.ID}
		count := must[*int](t)(store.CountAuditEvents(t.Context(), trail, db.AuditEventFilter{}, true))
		denied := must[db.List[db.AuditEvent]](t)(store.AuditEvents(t.Context(), trail, db.AuditEventFilter{Outcomes: []db.AuditOutcome{db.Denied}}, db.Page{Limit: 100}))
		reasons := each(denied.Items, func(e *db.AuditEvent) string { return e.Reason })
		if want := []string{"NOT_ALLOWED", "FORBIDDEN DEACTIVATE_USER", "LOCKOUT", "NOT_ALLOWED", "IN_USE", "FORBIDDEN CREATE_USER"}; *count < 500 || !slices.Equal(reasons, want) {
			t.Errorf("%d events, refused: %q", *count, reasons)
		}
		later := db.At(siteTime) + 1
		if after := must[*int](t)(store.CountAuditEvents(t.Context(), trail, db.AuditEventFilter{From: &later}, true)); *after != 0 {
			t.Errorf("%d events lie ahead", *after)
		}
		first := must[db.List[db.AuditEvent]](t)(store.AuditEvents(t.Context(), trail, db.AuditEventFilter{}, db.Page{Limit: 1, Backward: true}))
		if e := first.Items[0]; e.Action != string(audit.UserCreate) || e.ActorName != "system" || e.At.Time().After(siteTime.AddDate(0, 0, -90)) {
			t.Errorf("the past begins with %+v", e)
		}
	})
}

// The field's roles are what the product says of them.
func TestDemoRoles(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		account, _ := fillDemo(t, newService(t, store, func() time.Time { return siteTime }), "admin")
		list := must[db.List[db.Role]](t)(store.Roles(t.Context(), account.ID, db.RoleFilter{}, db.Page{Limit: 100}))
		grants := map[string]access.Set{}
		for _, role := range list.Items {
			grants[role.Name] = access.Builtin().Grants(role)
		}
		for role, codes := range map[string][]string{
			"Support 1":      {"VIEW_DOMAIN", "VIEW_USER", "VIEW_CREDIT", "VIEW_PROCESS"},
			"Support 2":      {"UPDATE_CONTACT", "UPDATE_HOST", "UPDATE_DNS_ZONE", "RESEND_PROCESS"},
			"Support 3":      {"UPDATE_DOMAIN", "RENEW_DOMAIN", "TRANSFER_DOMAIN", "RESTORE_DOMAIN", "UPDATE_CONTACT", "RESEND_PROCESS"},
			"Billing system": {"CREATE_DOMAIN", "UPDATE_CONTACT", "UPDATE_HOST", "UPDATE_DNS_ZONE", "VIEW_PROCESS", "VIEW_PRICE_LIST", "VIEW_CREDIT"},
			"DNS automation": {"VIEW_DOMAIN", "UPDATE_DOMAIN", "VIEW_DNS_ZONE", "CREATE_DNS_ZONE", "UPDATE_DNS_ZONE", "DELETE_DNS_ZONE", "VIEW_DNS_ZONE_STATS", "VIEW_PROCESS"},
		} {
			if missing := grants[role].Missing(access.NewSet(codes...)); len(missing) > 0 {
				t.Errorf("%s lacks %v", role, missing)
			}
		}
		for _, code := range grants["Support 1"].Codes() {
			if !strings.HasPrefix(code, "VIEW_") {
				t.Errorf("Support 1 may %s", code)
			}
		}
		if !grants["Support 3"].Includes(grants["Support 2"]) {
			t.Errorf("Support 3 lacks %v of Support 2", grants["Support 3"].Missing(grants["Support 2"]))
		}
		if !grants["Support 2"].Includes(grants["Support 1"]) || grants["DNS automation"].Has("UPDATE_CONTACT") || len(grants["DNS automation"].Codes()) != 8 {
			t.Errorf("roles: %v", grants)
		}
		program := must[*db.User](t)(store.UserByLoginName(t.Context(), account.ID, "whmcs-billing"))
		points := must[map[typeid.ID][]*db.AccessPoint](t)(store.AccessPointsByUser(t.Context(), []typeid.ID{program.ID}))
		if got := each(points[program.ID], accessPointCode); !slices.Equal(got, []string{"API", "ISPROXY"}) {
			t.Errorf("the billing system comes through %v", got)
		}
	})
}

// The administrator may be somebody of the demonstration, and the catalogue may be another one.
func TestDemoOfAnotherHouse(t *testing.T) {
	file := filepath.Join(t.TempDir(), "catalogue.yaml")
	content := "groups:\n  - code: PRINTERS\n    name: {en: Printers}\n    permissions:\n      - code: PRINT_PAGE\n        name: {en: Print}\n"
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	catalogue := must[*access.Catalogue](t)(access.LoadCatalogue(file))
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		service := newService(t, store, func() time.Time { return siteTime })
		service.catalogue = catalogue
		account, admin := fillDemo(t, service, "Sanne")
		stored := must[*db.User](t)(store.UserByID(t.Context(), account.ID, admin.ID))
		count := must[*int](t)(store.CountUsers(t.Context(), account, db.UserFilter{}, true, 0))
		if stored.LastSignInAt != 0 || stored.Status != db.Invited || *count != 24+7 {
			t.Errorf("%d users, among them %+v", *count, stored)
		}
	})
}
