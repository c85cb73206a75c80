package server_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// estate is an account with one of everything, every field of it filled in, for tests of what can be read.
type estate struct {
	*servertest.Site
	acme  *servertest.Account
	jane  *db.User          // whom everything belongs to
	owner *db.User          // a holder of admin, whose keys read
	ids   map[string]string // of jane's things, by kind
	list  *db.Whitelist
	local *db.Whitelist // has the address of the test
}

// What stands nowhere but in jane's things.
const (
	janesEmail  = "jane@acme.example"
	janesName   = "Jane Zwolle"
	janesRole   = "Role of jane"
	janesList   = "Quay 7"
	janesPrefix = "203.0.113.64"
	janesAgent  = "jane's browser"

	janesSubject = "What happened to jane"
	janesAnswer  = "550 5.1.1 Nobody of this name"
)

func newEstate(t *testing.T, store *db.DB) *estate {
	t.Helper()
	e := &estate{Site: servertest.New(t, store), ids: map[string]string{}}
	e.acme = e.Account("acme")
	e.jane, e.owner = e.acme.Person("jane"), e.acme.Person("owner")
	admin, now := e.acme.AsAdmin(), db.At(e.Clock.Now())
	points := admin.Must(`{accessPoints{id code}}`, nil)
	for i := range 3 {
		kind := map[string]string{"WEB": "point", "API": "api", "ISPROXY": "isproxy"}[points.Text(fmt.Sprintf("accessPoints.%d.code", i))]
		e.ids[kind] = points.Text(fmt.Sprintf("accessPoints.%d.id", i))
	}
	web, api := typeid.ID(e.ids["point"]), typeid.ID(e.ids["api"])
	e.list, e.local = e.whitelist(janesList, janesPrefix+"/27"), e.whitelist("Local", "127.0.0.0/8", "::1/128")
	totp := &db.TOTPMethod{Factor: db.Factor{ID: typeid.New("totp"), UserID: e.jane.ID, Name: "Phone", CreatedAt: now, LastUsedAt: now}, Secret: []byte("sealed")}
	passkey := &db.Passkey{
		Factor:       db.Factor{ID: typeid.New("passkey"), UserID: e.jane.ID, Name: "Laptop", CreatedAt: now, LastUsedAt: now},
		CredentialID: []byte("credential"), PublicKey: []byte{1}, AAGUID: make([]byte, 16), Transports: db.JSON[[]string]{V: []string{}},
	}
	session := &db.Session{
		ID: typeid.New("session"), TokenHash: secret.NewToken().Hash(), AccountID: e.acme.ID, UserID: e.jane.ID, Assurance: db.ByMFA,
		CreatedAt: now, LastSeenAt: now, ExpiresAt: now.Add(12 * time.Hour), ProvenAt: now, IP: janesPrefix, UserAgent: janesAgent,
	}
	atPoint := &db.AccessPointSession{
		ID: typeid.New("session"), TokenHash: secret.NewToken().Hash(), AccountID: e.acme.ID, UserID: e.jane.ID, SessionID: session.ID, AccessPointID: web,
		Origin: "https://portal.acme.example", CreatedAt: now, LastSeenAt: now, IP: janesPrefix, UserAgent: janesAgent,
	}
	old, key := e.keyRow(e.jane.ID, "old"), e.keyRow(e.jane.ID, "new")
	key.ReplacesID, key.RevokedAt = old.ID, 0
	failed := &db.Mail{
		ID: typeid.New("mail"), AccountID: e.acme.ID, UserID: e.jane.ID, Kind: "failedSignIns", Recipient: janesEmail, RecipientName: janesName, Language: db.English,
		Subject: janesSubject, TextBody: "the text of the mail", HTMLBody: "<p>the text of the mail</p>", CreatedAt: now, DueAt: now,
		Attempts: 1, Problem: db.RecipientUnknown, Answer: janesAnswer, GivenUpAt: now,
	}
	prefix := db.Prefix{}
	if err := prefix.Scan(janesPrefix + "/32"); err != nil {
		t.Fatal(err)
	}
	e.jane.Name, e.jane.WhitelistsReportOnly = janesName, true
	e.Touch(func(ctx context.Context, tx *db.Tx) error {
		point, err := tx.AccessPointByID(ctx, e.acme.ID, web)
		if err != nil {
			return err
		}
		adminRoles, err := tx.RolesByUser(ctx, []typeid.ID{e.acme.Admin.ID})
		if err != nil {
			return err
		}
		janesRoles, err := tx.RolesByUser(ctx, []typeid.ID{e.jane.ID})
		if err != nil {
			return err
		}
		e.ids["role"] = string(janesRoles[e.jane.ID][0].ID)
		point.Origins.V, point.SecretHash, point.SecretRotatedAt, point.WhitelistsReportOnly = []string{"https://portal.acme.example"}, []byte("hash"), now, true
		_, err = tx.SeeAddresses(ctx, []*db.SeenAddress{{UserID: e.jane.ID, AccessPointID: web, Prefix: prefix, FirstAt: now, LastAt: now}})
		day := access.Day(now)
		lock, lockErr := tx.LockThrottle(ctx, db.NameThrottle("acme", "jane"), now)
		lock.Failures, lock.Until = 10, now.Add(time.Hour)
		return errors.Join(err, lockErr, tx.QueueMail(ctx, failed), tx.SaveThrottle(ctx, lock), tx.UpdateUser(ctx, e.jane), tx.SignedIn(ctx, e.jane.ID, now), tx.UpdateAccessPoint(ctx, point),
			tx.SetAccessPointWhitelists(ctx, web, []typeid.ID{e.list.ID}), tx.SetUserWhitelists(ctx, e.jane.ID, []typeid.ID{e.list.ID}),
			tx.SetUserAccessPoints(ctx, e.jane.ID, []typeid.ID{web, api}), tx.SetUserAccessPoints(ctx, e.owner.ID, []typeid.ID{web, api}),
			tx.SetUserRoles(ctx, e.owner.ID, []typeid.ID{adminRoles[e.acme.Admin.ID][0].ID}),
			tx.CreateFactor(ctx, totp), tx.CreateFactor(ctx, passkey), tx.SetRecoveryCodes(ctx, e.jane.ID, [][]byte{[]byte("code")}, now),
			tx.CreateSession(ctx, session, 50), tx.CreateAccessPointSession(ctx, atPoint, 50), tx.CreateAPIKey(ctx, old, []typeid.ID{api}, []typeid.ID{e.list.ID}), tx.CreateAPIKey(ctx, key, []typeid.ID{api}, []typeid.ID{e.list.ID}),
			tx.ReportRefusals(ctx, &db.ReportedRefusal{AskedBy: e.jane.ID, Day: day, Prefix: prefix, UserID: e.jane.ID, Refusals: 1, LastAt: now}),
			tx.ReportRefusals(ctx, &db.ReportedRefusal{AskedBy: api, Day: day, Prefix: prefix, UserID: e.jane.ID, Refusals: 1, LastAt: now}),
			tx.ReportRefusals(ctx, &db.ReportedRefusal{AskedBy: web, Day: day, Prefix: prefix, UserID: e.jane.ID, Refusals: 1, LastAt: now}))
	})
	// An event with changes and an actor.
	admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,language:NL}){userErrors{code}}}`, vars{"u": e.jane.ID})
	e.ids["event"] = admin.Must(`{auditEvents(first:1){nodes{id}}}`, nil).Text("auditEvents.nodes.0.id")
	for kind, id := range map[string]typeid.ID{
		"user": e.jane.ID, "list": e.list.ID, "totp": totp.ID, "passkey": passkey.ID, "session": session.ID, "pointSession": atPoint.ID, "key": key.ID, "oldKey": old.ID, "account": e.acme.ID, "mail": failed.ID,
	} {
		e.ids[kind] = string(id)
	}
	return e
}

func (e *estate) whitelist(name string, prefixes ...string) *db.Whitelist {
	e.T.Helper()
	list := &db.Whitelist{ID: typeid.New("wl"), AccountID: e.acme.ID, Name: name, CreatedAt: 1, UpdatedAt: 1, Revision: 1}
	entries := make([]*db.WhitelistEntry, len(prefixes))
	for i, text := range prefixes {
		entries[i] = &db.WhitelistEntry{Note: "Note of " + name}
		if err := entries[i].Prefix.Scan(text); err != nil {
			e.T.Fatal(err)
		}
	}
	e.Touch(func(ctx context.Context, tx *db.Tx) error { return tx.CreateWhitelist(ctx, list, entries) })
	return list
}

func (e *estate) keyRow(userID typeid.ID, description string) *db.APIKey {
	now := db.At(e.Clock.Now())
	id := typeid.New("key")
	return &db.APIKey{
		ID: id, KeyHash: []byte(id), AccountID: e.acme.ID, UserID: userID, Hint: "gatekey_1…2", Description: description, CreatedAt: now, CreatedBy: e.acme.Admin.ID,
		ExpiresAt: now.Add(24 * time.Hour), LastUsedAt: now, LastUsedIP: "127.0.0.1", Revision: 1,
	}
}

// byKey is a client with a key of a user. It may do what the codes say, and nil: all that its user may.
func (e *estate) byKey(userID typeid.ID, codes []string) *servertest.Client {
	e.T.Helper()
	key, text := e.keyRow(userID, "Program"), secret.NewShown(secret.APIKey)
	key.KeyHash, key.Restricted, key.Permissions = text.Hash(), codes != nil, db.NewCodes(codes...)
	e.Touch(func(ctx context.Context, tx *db.Tx) error {
		return tx.CreateAPIKey(ctx, key, []typeid.ID{typeid.ID(e.ids["api"])}, []typeid.ID{e.local.ID})
	})
	client := e.Client()
	client.Header.Set("Authorization", "ApiKey "+string(text))
	return client
}
