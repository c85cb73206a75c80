package server_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/typeid"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// keyRule is what a key must have to be let in to a root field, and a document that asks for it about the key's own user.
type keyRule struct {
	need     need
	document string
}

// person is a need that no key meets.
var person = needs("PERSON")

// keyRules has every root field: a test fails for one that is missing. In capitals stand the IDs of what the key's own user
// has.
var keyRules = map[string]keyRule{
	"viewer": {need{}, `{viewer{ip}}`}, "account": {need{}, `{account{id}}`}, "permissionGroups": {need{}, `{permissionGroups{code}}`},
	"auditActions": {need{}, `{auditActions}`},
	"node":         {needs(people), `{node(id:"USER"){id}}`}, "nodes": {needs(people), `{nodes(ids:["USER"]){id}}`},
	"user": {needs(people), `{user(by:{id:"USER"}){id}}`}, "users": {needs(people), `{users{nodes{id}}}`},
	"roles": {needs(roles), `{roles{nodes{id}}}`}, "accessPoints": {needs(points), `{accessPoints{id}}`}, "whitelists": {needs(lists), `{whitelists{nodes{id}}}`},
	"auditEvents": {needs(trail), `{auditEvents{nodes{id}}}`}, "apiKeys": {needs(keys), `{apiKeys{nodes{id}}}`}, "mails": {needs(people), `{mails{nodes{id}}}`},
	"accessDecision": {needs(people), `{accessDecision(request:{subject:{userId:"USER"},accessPoint:"API",ip:"192.0.2.7"}){allowed}}`},

	"setUpAccount": {person, `mutation{setUpAccount(input:{token:"x",handle:"acme2",name:"A",loginName:"boss",email:"a@acme.example",language:EN,password:"x"}){userErrors{code}}}`},
	"signIn":       {person, `mutation{signIn(input:{account:"acme",loginName:"chief",password:"x"}){userErrors{code}}}`},
	"verifyTotp":   {person, `mutation{verifyTotp(input:{challengeToken:"x",code:"1"}){userErrors{code}}}`}, "signOut": {person, `mutation{signOut{userErrors{code}}}`},
	"verifyRecoveryCode":   {person, `mutation{verifyRecoveryCode(input:{challengeToken:"x",code:"1"}){userErrors{code}}}`},
	"beginPasskeySignIn":   {person, `mutation{beginPasskeySignIn(input:{}){userErrors{code}}}`},
	"finishPasskeySignIn":  {person, `mutation{finishPasskeySignIn(input:{challengeToken:"x",credential:{}}){userErrors{code}}}`},
	"requestPasswordReset": {person, `mutation{requestPasswordReset(input:{account:"acme",email:"chief@acme.example"}){userErrors{code}}}`},
	"beginSetPassword":     {person, `mutation{beginSetPassword(input:{token:"x"}){userErrors{code}}}`},
	"setPassword":          {person, `mutation{setPassword(input:{token:"x",password:"x"}){userErrors{code}}}`},
	"confirmEmail":         {person, `mutation{confirmEmail(input:{token:"x"}){userErrors{code}}}`},

	"beginTotpEnrolment":      {person, `mutation{beginTotpEnrolment(input:{name:"x"}){userErrors{code}}}`},
	"finishTotpEnrolment":     {person, `mutation{finishTotpEnrolment(input:{challengeToken:"x",code:"1"}){userErrors{code}}}`},
	"beginPasskeyEnrolment":   {person, `mutation{beginPasskeyEnrolment(input:{name:"x"}){userErrors{code}}}`},
	"finishPasskeyEnrolment":  {person, `mutation{finishPasskeyEnrolment(input:{challengeToken:"x",credential:{}}){userErrors{code}}}`},
	"renameMfaMethod":         {person, `mutation{renameMfaMethod(input:{id:"METHOD",name:"x"}){userErrors{code}}}`},
	"removeMfaMethod":         {person, `mutation{removeMfaMethod(input:{id:"METHOD"}){userErrors{code}}}`},
	"regenerateRecoveryCodes": {person, `mutation{regenerateRecoveryCodes{userErrors{code}}}`},
	"beginStepUp":             {person, `mutation{beginStepUp{userErrors{code}}}`},
	"verifyPassword":          {person, `mutation{verifyPassword(input:{challengeToken:"x",password:"x"}){userErrors{code}}}`},
	"updateViewer":            {person, `mutation{updateViewer(input:{name:"x"}){userErrors{code}}}`},
	"changePassword":          {person, `mutation{changePassword(input:{currentPassword:"x",newPassword:"x"}){userErrors{code}}}`},
	"changeEmail":             {person, `mutation{changeEmail(input:{email:"x@acme.example"}){userErrors{code}}}`},
	"revokeOtherSessions":     {person, `mutation{revokeOtherSessions{userErrors{code}}}`},
	"revokeSession":           {needs(ends), `mutation{revokeSession(input:{id:"SESSION"}){userErrors{code}}}`},

	"createUser": {needs(access.CreateUser), `mutation{createUser(input:{kind:PERSONAL,loginName:"x",email:"x",name:"",language:EN,roleIds:[],mfaForced:false,accessPoints:[]}){userErrors{code}}}`},
	"updateUser": {needs(access.UpdateUser), `mutation{updateUser(input:{id:"USER",whitelistIds:[]}){userErrors{code}}}`},

	"deactivateUser": {needs(access.DeactivateUser), `mutation{deactivateUser(input:{id:"USER"}){userErrors{code}}}`},
	"reactivateUser": {needs(access.DeactivateUser), `mutation{reactivateUser(input:{id:"USER"}){userErrors{code}}}`},
	"unlockUser":     {needs(access.UpdateUser), `mutation{unlockUser(input:{id:"USER"}){userErrors{code}}}`},
	"resendWelcome":  {needs(access.CreateUser), `mutation{resendWelcome(input:{id:"USER"}){userErrors{code}}}`},
	"resendMail":     {needs(access.UpdateUser), `mutation{resendMail(input:{id:"MAIL"}){userErrors{code}}}`},
	"resetUserMfa":   {person, `mutation{resetUserMfa(input:{id:"USER"}){userErrors{code}}}`},

	"createRole":    {needs(access.CreateRole), `mutation{createRole(input:{name:"",permissions:[]}){userErrors{code}}}`},
	"duplicateRole": {needs(access.CreateRole), `mutation{duplicateRole(input:{id:"ROLE",name:""}){userErrors{code}}}`},
	"updateRole":    {needs(access.UpdateRole), `mutation{updateRole(input:{id:"ROLE",name:""}){userErrors{code}}}`},
	"deleteRole":    {needs(access.DeleteRole), `mutation{deleteRole(input:{id:"ROLE"}){userErrors{code}}}`},

	"createAccessPoint":       {needs(access.ManageAccessPoint), `mutation{createAccessPoint(input:{code:"",name:"",kind:PROGRAMMATIC}){userErrors{code}}}`},
	"updateAccessPoint":       {needs(access.ManageAccessPoint), `mutation{updateAccessPoint(input:{id:"POINT",whitelistsReportOnly:false}){userErrors{code}}}`},
	"deleteAccessPoint":       {needs(access.ManageAccessPoint), `mutation{deleteAccessPoint(input:{id:"POINT"}){userErrors{code}}}`},
	"rotateAccessPointSecret": {person, `mutation{rotateAccessPointSecret(input:{id:"POINT"}){secret userErrors{code}}}`},

	"createApiKey": {person, `mutation{createApiKey(input:{userId:"USER",description:"x",accessPoints:["API"]}){secret userErrors{code}}}`},
	"rotateApiKey": {person, `mutation{rotateApiKey(input:{id:"KEY"}){secret userErrors{code}}}`}, "revokeApiKey": {person, `mutation{revokeApiKey(input:{id:"KEY"}){userErrors{code}}}`},
	"updateApiKey": {person, `mutation{updateApiKey(input:{id:"KEY",unrestricted:true}){userErrors{code}}}`},

	"createWhitelist": {needs(access.ManageWhitelist), `mutation{createWhitelist(input:{name:"",entries:[]}){userErrors{code}}}`},
	"updateWhitelist": {needs(access.ManageWhitelist), `mutation{updateWhitelist(input:{id:"LIST",entries:[]}){userErrors{code}}}`},
	"deleteWhitelist": {needs(access.ManageWhitelist), `mutation{deleteWhitelist(input:{id:"LIST"}){userErrors{code}}}`},

	"updateAccount":       {needs(access.ManageAccount), `mutation{updateAccount(input:{name:""}){userErrors{code}}}`},
	"updateAccountPolicy": {person, `mutation{updateAccountPolicy(input:{mfaForced:true}){userErrors{code}}}`},
}

// chief gives the estate's owner a session, a factor and a whitelist, and returns what the documents name.
func (e *estate) chief() *strings.Replacer {
	e.T.Helper()
	key, now := e.keyRow(e.owner.ID, "Another"), db.At(e.Clock.Now())
	session := &db.Session{
		ID: typeid.New("session"), TokenHash: []byte("chief"), AccountID: e.acme.ID, UserID: e.owner.ID, Assurance: db.ByMFA,
		CreatedAt: now, LastSeenAt: now, ExpiresAt: now.Add(12 * time.Hour), ProvenAt: now, IP: "127.0.0.1", UserAgent: "chief's browser",
	}
	method := &db.TOTPMethod{Factor: db.Factor{ID: typeid.New("totp"), UserID: e.owner.ID, Name: "Phone", CreatedAt: 1}, Secret: []byte("sealed")}
	e.Touch(func(ctx context.Context, tx *db.Tx) error {
		return errors.Join(tx.CreateAPIKey(ctx, key, []typeid.ID{typeid.ID(e.ids["api"])}, nil), tx.CreateSession(ctx, session, 50),
			tx.CreateFactor(ctx, method), tx.SetUserWhitelists(ctx, e.owner.ID, []typeid.ID{e.local.ID}))
	})
	role := e.acme.AsAdmin().Must(`query($u:ID!){user(by:{id:$u}){roles{id}}}`, vars{"u": e.owner.ID}).Text("user.roles.0.id")
	return strings.NewReplacer("USER", string(e.owner.ID), "SESSION", string(session.ID), "KEY", string(key.ID), "METHOD", string(method.ID),
		"MAIL", e.ids["mail"], "LIST", string(e.local.ID), "POINT", e.ids["point"], "ROLE", role)
}

// B3: every root field, with keys of each kind: the full key of a holder of admin, keys that are restricted to all but what
// the field needs and to that alone, one whose permission its user no longer has, and one of a program without permissions.
func TestAttackEveryRootFieldByKey(t *testing.T) {
	for _, root := range []*ast.Definition{schemaOf.Query, schemaOf.Mutation} {
		for _, field := range root.Fields {
			if _, known := keyRules[field.Name]; !known && !strings.HasPrefix(field.Name, "__") {
				t.Errorf("nobody has decided which keys are let in to %s", field.Name)
			}
		}
	}
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		e := newEstate(t, store)
		things := e.chief()
		before := e.ownState()
		program := e.byKey(e.withAPI("program", "VIEW_DOMAIN", "UPDATE_DOMAIN"), nil)
		formerly := e.byKey(e.withAPI("formerly"), gatehouseCodes)
		none, full := e.byKey(e.owner.ID, []string{"VIEW_PROCESS"}), e.byKey(e.owner.ID, nil)
		letIn := func(name, what string, client *servertest.Client, want bool) {
			t.Helper()
			answer := client.Do(things.Replace(keyRules[name].document), nil)
			refused := slices.ContainsFunc(answer.Errors, func(e servertest.Error) bool { return e.Code() == "FORBIDDEN" })
			if refused == want || want && len(answer.Errors) > 0 || refused && answer.At(name) != nil && name != "nodes" {
				t.Errorf("%s, by %s: %s", name, what, answer.Body)
			}
		}
		for name, rule := range keyRules {
			letIn(name, "a key that may do nothing", none, len(rule.need) == 0)
			letIn(name, "a key whose user no longer has its permissions", formerly, len(rule.need) == 0)
			letIn(name, "a program's key", program, len(rule.need) == 0)
			if len(rule.need) == 0 || rule.need[0][0] == person[0][0] {
				continue
			}
			without := slices.DeleteFunc(slices.Clone(gatehouseCodes), func(code string) bool { return slices.Contains(rule.need[0], code) })
			letIn(name, "a key with all but what it needs", e.byKey(e.owner.ID, without), false)
			for _, code := range rule.need[0] {
				letIn(name, "a key with "+code, e.byKey(e.owner.ID, []string{code}), true)
			}
		}
		if after := e.ownState(); after != before {
			t.Errorf("a restricted key has changed its user:\n%s\nbefore:\n%s", after, before)
		}
		for name, rule := range keyRules {
			letIn(name, "the full key of a holder of admin", full, len(rule.need) == 0 || rule.need[0][0] != person[0][0])
		}
	})
}

// withAPI is a user with a role of its own that may come through API.
func (e *estate) withAPI(login string, codes ...string) typeid.ID {
	user := e.acme.Person(login, codes...)
	e.Touch(func(ctx context.Context, tx *db.Tx) error {
		return tx.SetUserAccessPoints(ctx, user.ID, []typeid.ID{typeid.ID(e.ids["point"]), typeid.ID(e.ids["api"])})
	})
	return user.ID
}

// ownState is what a key could change of its own user.
func (e *estate) ownState() string {
	e.T.Helper()
	return e.acme.AsAdmin().Must(`query($u:ID!){user(by:{id:$u}){revision name email language status mfaForced whitelistsReportOnly roles{id} accessPoints{id}
		whitelists{id revision} sessions{id} mfa{methods{id name}} apiKeys(first:1,filter:{statuses:[REVOKED]}){totalCount}}}`, vars{"u": e.owner.ID}).Body
}

// B3, as it was reported: a key of a holder of admin that is restricted to UPDATE_USER is nobody in person.
func TestAttackRestrictedKeyAsItself(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		e := newEstate(t, store)
		things := e.chief()
		key := e.byKey(e.owner.ID, []string{access.UpdateUser, access.ManageWhitelist, "VIEW_PROCESS"})
		before := e.ownState()
		for document, want := range map[string]string{
			`mutation{f:updateUser(input:{id:"USER",whitelistIds:[]}){userErrors{code field}}}`:                                             "NOT_ALLOWED",
			`mutation{f:updateUser(input:{id:"USER",accessPoints:["WEB","API","ISPROXY"]}){userErrors{code field}}}`:                        "NOT_ALLOWED",
			`mutation{f:updateUser(input:{id:"USER",name:"Mine"}){userErrors{code field}}}`:                                                 "NOT_ALLOWED",
			`mutation{f:updateUser(input:{id:"USER",whitelistsReportOnly:true}){userErrors{code field}}}`:                                   "NOT_ALLOWED",
			`mutation{f:updateUser(input:{id:"USER",newWhitelist:{name:"Anywhere",entries:[{cidr:"0.0.0.0/0"}]}}){userErrors{code field}}}`: "NOT_ALLOWED",
			`mutation{f:updateWhitelist(input:{id:"LIST",entries:[{cidr:"0.0.0.0/0"}]}){userErrors{code field}}}`:                           "NOT_ALLOWED",
			`mutation{f:revokeSession(input:{id:"SESSION"}){userErrors{code field}}}`:                                                       "NOT_ALLOWED",
			`mutation{f:unlockUser(input:{id:"USER"}){userErrors{code field}}}`:                                                             "NOT_ALLOWED",
			`mutation{f:updateViewer(input:{name:"Mine"}){userErrors{code field}}}`:                                                         "FORBIDDEN",
			`{viewer{user{email}}}`: "FORBIDDEN", `{viewer{user{mfa{methods{id}}}}}`: "FORBIDDEN", `{viewer{user{sessions{id}}}}`: "FORBIDDEN",
			`{viewer{user{whitelists{name}}}}`: "FORBIDDEN", `{viewer{user{apiKeys{nodes{id}}}}}`: "FORBIDDEN", `{viewer{user{auditEvents{nodes{id}}}}}`: "FORBIDDEN",
			`{viewer{user{roles{name}}}}`: "FORBIDDEN", `{node(id:"METHOD"){id}}`: `{"node":null}`, `{node(id:"USER"){id}}`: "FORBIDDEN",
		} {
			if answer := key.Do(things.Replace(document), nil); !strings.Contains(answer.Body, want) || strings.Contains(answer.Body, "owner@") {
				t.Errorf("%s: %s, want %s", document, answer.Body, want)
			}
		}
		if answer := key.Must(`{viewer{user{id kind loginName qualifiedName} account{handle} apiKey{id description permissions}}}`, nil); answer.Text("viewer.user.qualifiedName") != "acme/owner" {
			t.Errorf("whose key it is: %s", answer.Body)
		}
		if after := e.ownState(); after != before {
			t.Errorf("before:\n%s\nafter:\n%s", before, after)
		}
		// A key that is not restricted is its user no more: it manages it as it would others, without what is asked in person.
		admin := e.byKey(e.owner.ID, nil)
		for document, want := range map[string]string{
			`mutation{f:updateUser(input:{id:"USER",password:"nine violet kettles hum beneath"}){userErrors{code}}}`: "NOT_ALLOWED",
			`mutation{f:updateUser(input:{id:"USER",email:"mine@acme.example"}){userErrors{code}}}`:                  "FORBIDDEN",
			`mutation{f:updateUser(input:{id:"USER",accessPoints:["WEB"]}){userErrors{code}}}`:                       "LOCKOUT",
			`mutation{f:deactivateUser(input:{id:"USER"}){userErrors{code}}}`:                                        "LOCKOUT",
			`mutation{f:unlockUser(input:{id:"USER"}){userErrors{code}}}`:                                            "NOT_ALLOWED",
			`mutation{f:resetUserMfa(input:{id:"USER"}){userErrors{code}}}`:                                          "FORBIDDEN",
		} {
			if answer := admin.Do(things.Replace(document), nil); !strings.Contains(answer.Body, want) {
				t.Errorf("%s: %s, want %s", document, answer.Body, want)
			}
		}
	})
}
