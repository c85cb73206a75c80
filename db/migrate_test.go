package db_test

import (
	"context"
	"slices"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// A database of the first version is brought up with all that stands in it.
func TestUpgradeFromFirstVersion(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		accountID, userID, roleID, pointID := typeid.New("account"), typeid.New("user"), typeid.New("role"), typeid.New("ap")
		failedMail, invitation := typeid.New("mail"), typeid.New("mail")
		err := store.FirstVersion(t.Context(),
			`INSERT INTO accounts VALUES ('`+string(accountID)+`', 'acme', 'Acme', 1, true, 12, 30, 12, 1, 1, 1, 1)`,
			`INSERT INTO users VALUES ('`+string(userID)+`', '`+string(accountID)+`', 'PERSONAL', 'jane', 'jane', 'Jane', 'jane', 'jane@acme.example',
				'jane@acme.example', 'jane', 'EN', 'ACTIVE', '', false, 0, 1, NULL, 1, 1)`,
			`INSERT INTO roles VALUES ('`+string(roleID)+`', '`+string(accountID)+`', 'CUSTOM', 'Support', 'support', '1support', '', 'support', ' VIEW_USER ', 1, 1, 1)`,
			`INSERT INTO access_points VALUES ('`+string(pointID)+`', '`+string(accountID)+`', 'API', 'API', '', 'PROGRAMMATIC', true, 'null', 1, 1, 1)`,
			`INSERT INTO user_roles VALUES ('`+string(userID)+`', '`+string(roleID)+`')`,
			`INSERT INTO user_access_points VALUES ('`+string(userID)+`', '`+string(pointID)+`')`,
			`INSERT INTO totp_methods VALUES ('`+string(typeid.New("totp"))+`', '`+string(userID)+`', 'Phone', 'sealed', 0, 1, 0)`,
			`INSERT INTO audit_events VALUES ('`+string(typeid.New("event"))+`', '`+string(accountID)+`', 1, 'account.create', 'SUCCEEDED', NULL, 'system', '', '', NULL, '', '', 'null')`,
			`INSERT INTO mails VALUES ('`+string(failedMail)+`', '`+string(accountID)+`', '`+string(userID)+`', 'passwordChanged', 'jane@acme.example', 'Jane', 'EN', 'Changed', 'text', 'html', 1, 1, 2, 'dial tcp 192.0.2.1:25', 0, 0)`,
			`INSERT INTO mails VALUES ('`+string(invitation)+`', '`+string(accountID)+`', '`+string(userID)+`', 'welcome', 'jane@acme.example', 'Jane', 'EN', 'Welcome', 'https://g.example/set-password#token=x', 'html', 1, 1, 0, '', 0, 0)`,
		)
		if err != nil {
			t.Fatal(err)
		}
		pending, err := store.PendingMigrations(t.Context())
		if err != nil || len(pending) < 4 || pending[0] != "0002_passkeys" {
			t.Fatalf("pending: %v, %v", pending, err)
		}
		ran, err := store.Migrate(t.Context())
		if err != nil || !slices.Equal(ran, pending) {
			t.Fatalf("ran %v, %v", ran, err)
		}

		passkey := &db.Passkey{
			Factor:       db.Factor{ID: typeid.New("passkey"), UserID: userID, Name: "Laptop", CreatedAt: 2},
			CredentialID: []byte{1}, PublicKey: []byte{2}, AAGUID: make([]byte, 16), Transports: db.JSON[[]string]{V: []string{"internal"}},
		}
		key := &db.APIKey{ID: typeid.New("key"), KeyHash: []byte{1}, AccountID: accountID, UserID: userID, Description: "WHMCS", CreatedAt: 3, Revision: 1}
		touch(t, store, func(ctx context.Context, tx *db.Tx) error { return tx.CreateFactor(ctx, passkey) })
		touch(t, store, func(ctx context.Context, tx *db.Tx) error {
			return tx.CreateAPIKey(ctx, key, []typeid.ID{pointID}, nil)
		})
		factors, err := store.Factors(t.Context(), userID)
		if err != nil || len(factors) != 2 || factors[0].Of().Name != "Phone" || factors[1].Of().Name != "Laptop" {
			t.Errorf("factors %v, %v", factors, err)
		}
		account, err := store.AccountByID(t.Context(), accountID)
		if err != nil || !account.Policy.MFAForced || account.Policy.APIKeyMaxLifetimeDays != 0 {
			t.Errorf("account %+v, %v", account, err)
		}
		user, err := store.UserByLoginName(t.Context(), accountID, "jane")
		if err != nil || user.WhitelistsReportOnly || user.Email != "jane@acme.example" {
			t.Errorf("user %+v, %v", user, err)
		}
		if mail, err := store.MailWithBodies(t.Context(), failedMail); err != nil || mail.Problem != db.OtherMailProblem || mail.Answer != "" || mail.LinkExpiresAt != 0 || mail.TextBody != "text" {
			t.Errorf("a mail that failed %+v, %v", mail, err)
		}
		if mail, err := store.MailWithBodies(t.Context(), invitation); err != nil || mail.Problem != "" || mail.LinkExpiresAt != 604800001 || mail.TextBody == "" {
			t.Errorf("an invitation %+v, %v", mail, err)
		}
		points, err := store.AccessPointsByAPIKey(t.Context(), []typeid.ID{key.ID})
		if err != nil || len(points[key.ID]) != 1 || points[key.ID][0].SecretHash != nil || points[key.ID][0].WhitelistsReportOnly {
			t.Errorf("access points %+v, %v", points, err)
		}
		events, err := store.AuditEvents(t.Context(), db.AuditScope{AccountID: accountID}, db.AuditEventFilter{}, db.Page{Limit: 10})
		if err != nil || len(events.Items) != 1 || events.Items[0].APIKeyID != "" {
			t.Errorf("events %+v, %v", events.Items, err)
		}
		// What is recorded from now on follows what there was, whatever the clock says.
		late := &db.AuditEvent{AccountID: accountID, At: 0, Action: "account.update", Outcome: db.Succeeded}
		err = store.Change(t.Context(), func(tx *db.Tx) error {
			tx.RecordEvent(late)
			return nil
		})
		if err != nil || late.At != 2 {
			t.Errorf("recorded at %d, %v", late.At, err)
		}
	})
}
