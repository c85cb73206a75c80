package graph_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/internal/typeid"
	"github.com/gatehouse/gatehouse/server/servertest"
)

type vars = servertest.Variables

// who may ask an operation.
type who int

const (
	everybody who = iota + 1
	enrolling     // also a session that may do nothing but enrol a second factor
	signedIn      // everybody who is signed in, of themselves
	permitted     // whoever has a permission
)

// operation is an example of a root field, as somebody asks it who means well.
type operation struct {
	who      who
	document string
}

// operations has an example of every root field; a test fails for one that is missing. In the variables user, role, list,
// point, session, method and key stand the IDs of an account's things.
var operations = map[string]operation{
	"viewer":           {everybody, `{viewer{ip}}`},
	"account":          {signedIn, `{account{name policy{mfaForced} userCount}}`},
	"node":             {permitted, `query($user:ID!){node(id:$user){id}}`},
	"nodes":            {permitted, `query($user:ID!,$role:ID!,$list:ID!,$point:ID!,$key:ID!,$mail:ID!){nodes(ids:[$user,$role,$list,$point,$key,$mail]){id}}`},
	"user":             {permitted, `query($user:ID!){user(by:{id:$user}){loginName}}`},
	"users":            {permitted, `{users{nodes{id}}}`},
	"roles":            {permitted, `{roles{nodes{id}}}`},
	"permissionGroups": {signedIn, `{permissionGroups{code permissions{code name description verb noun essential}}}`},
	"accessPoints":     {permitted, `{accessPoints{code}}`},
	"whitelists":       {permitted, `{whitelists{nodes{name}}}`},
	"auditEvents":      {signedIn, `{auditEvents{nodes{action}}}`},
	"auditActions":     {signedIn, `{auditActions}`},
	"apiKeys":          {permitted, `{apiKeys{nodes{id}}}`},
	"mails":            {permitted, `{mails{nodes{id}}}`},
	"accessDecision": {permitted, `query($user:ID!){accessDecision(request:{subject:{userId:$user},accessPoint:"WEB",ip:"192.0.2.7"}){
		allowed reason checks{kind passed detail decidedBy{id}}}}`},

	"setUpAccount": {everybody, `mutation{setUpAccount(input:{token:"x",handle:"acme2",name:"A",loginName:"boss",email:"a@acme.example",
		language:EN,password:"nine violet kettles hum beneath"}){userErrors{code field}}}`},
	"signIn":               {everybody, `mutation{signIn(input:{account:"acme",loginName:"nobody",password:"x"}){next userErrors{code field}}}`},
	"verifyTotp":           {everybody, `mutation{verifyTotp(input:{challengeToken:"x",code:"123456"}){next userErrors{code field}}}`},
	"verifyRecoveryCode":   {everybody, `mutation{verifyRecoveryCode(input:{challengeToken:"x",code:"abc"}){next userErrors{code field}}}`},
	"requestPasswordReset": {everybody, `mutation{requestPasswordReset(input:{account:"acme",email:"a@acme.example"}){userErrors{code field}}}`},
	"beginSetPassword":     {everybody, `mutation{beginSetPassword(input:{token:"x"}){loginName userErrors{code field}}}`},
	"setPassword":          {everybody, `mutation{setPassword(input:{token:"x",password:"nine violet kettles hum beneath"}){next userErrors{code field}}}`},
	"confirmEmail":         {everybody, `mutation{confirmEmail(input:{token:"x"}){user{id} userErrors{code field}}}`},

	"signOut":                {enrolling, `mutation{signOut{userErrors{code}}}`},
	"beginPasskeySignIn":     {everybody, `mutation{beginPasskeySignIn(input:{}){options userErrors{code field}}}`},
	"finishPasskeySignIn":    {everybody, `mutation{finishPasskeySignIn(input:{challengeToken:"x",credential:{}}){next userErrors{code field}}}`},
	"beginPasskeyEnrolment":  {enrolling, `mutation{beginPasskeyEnrolment(input:{name:""}){options userErrors{code field}}}`},
	"finishPasskeyEnrolment": {enrolling, `mutation{finishPasskeyEnrolment(input:{challengeToken:"x",credential:{}}){method{id} userErrors{code field}}}`},
	"beginTotpEnrolment":     {enrolling, `mutation{beginTotpEnrolment(input:{name:"Phone"}){uri userErrors{code field}}}`},
	"finishTotpEnrolment":    {enrolling, `mutation{finishTotpEnrolment(input:{challengeToken:"x",code:"123456"}){method{id} userErrors{code field}}}`},

	"beginStepUp":             {signedIn, `mutation{beginStepUp{challenge{methods} userErrors{code}}}`},
	"verifyPassword":          {signedIn, `mutation{verifyPassword(input:{challengeToken:"x",password:"x"}){next userErrors{code field}}}`},
	"updateViewer":            {signedIn, `mutation{updateViewer(input:{name:"Me"}){user{name} userErrors{code field}}}`},
	"changePassword":          {signedIn, `mutation{changePassword(input:{currentPassword:"x",newPassword:"nine violet kettles hum"}){userErrors{code field}}}`},
	"changeEmail":             {signedIn, `mutation{changeEmail(input:{email:"me@acme.example"}){user{email} userErrors{code field}}}`},
	"revokeOtherSessions":     {signedIn, `mutation{revokeOtherSessions{user{id} userErrors{code}}}`},
	"revokeSession":           {permitted, `mutation($session:ID!){revokeSession(input:{id:$session}){user{id} userErrors{code field}}}`},
	"renameMfaMethod":         {signedIn, `mutation($method:ID!){renameMfaMethod(input:{id:$method,name:"X"}){method{id} userErrors{code field}}}`},
	"removeMfaMethod":         {signedIn, `mutation($method:ID!){removeMfaMethod(input:{id:$method}){deletedId userErrors{code field}}}`},
	"regenerateRecoveryCodes": {signedIn, `mutation{regenerateRecoveryCodes{recoveryCodes userErrors{code}}}`},

	"createUser": {permitted, `mutation($role:ID!,$list:ID!){createUser(input:{kind:PERSONAL,loginName:"new",email:"new@acme.example",name:"N",language:EN,
		roleIds:[$role],mfaForced:false,accessPoints:["WEB"],whitelistIds:[$list]}){user{id} userErrors{code field}}}`},
	"updateUser": {permitted, `mutation($user:ID!,$role:ID!,$list:ID!){updateUser(input:{id:$user,roleIds:[$role],whitelistIds:[$list]}){
		user{id} userErrors{code field}}}`},
	"deactivateUser": {permitted, `mutation($user:ID!){deactivateUser(input:{id:$user}){user{status} userErrors{code field}}}`},
	"reactivateUser": {permitted, `mutation($user:ID!){reactivateUser(input:{id:$user}){user{status} userErrors{code field}}}`},
	"unlockUser":     {permitted, `mutation($user:ID!){unlockUser(input:{id:$user}){user{lockedUntil} userErrors{code field}}}`},
	"resendWelcome":  {permitted, `mutation($user:ID!){resendWelcome(input:{id:$user}){user{id} userErrors{code field}}}`},
	"resendMail":     {permitted, `mutation($mail:ID!){resendMail(input:{id:$mail}){mail{id} userErrors{code field}}}`},
	"resetUserMfa":   {permitted, `mutation($user:ID!){resetUserMfa(input:{id:$user}){user{id} userErrors{code field}}}`},

	"createRole":    {permitted, `mutation{createRole(input:{name:"New",permissions:[]}){role{name} userErrors{code field}}}`},
	"updateRole":    {permitted, `mutation($role:ID!){updateRole(input:{id:$role,name:"Other"}){role{name} userErrors{code field}}}`},
	"duplicateRole": {permitted, `mutation($role:ID!){duplicateRole(input:{id:$role,name:"Twin"}){role{name} userErrors{code field}}}`},
	"deleteRole":    {permitted, `mutation($role:ID!){deleteRole(input:{id:$role}){deletedId userErrors{code field}}}`},

	"createAccessPoint": {permitted, `mutation($list:ID!){createAccessPoint(input:{code:"DESK",name:"Desk",kind:PROGRAMMATIC,whitelistIds:[$list]}){
		accessPoint{code} userErrors{code field}}}`},
	"updateAccessPoint": {permitted, `mutation($point:ID!){updateAccessPoint(input:{id:$point,name:"X"}){accessPoint{name} userErrors{code field}}}`},
	"deleteAccessPoint": {permitted, `mutation($point:ID!){deleteAccessPoint(input:{id:$point}){deletedId userErrors{code field}}}`},

	"createWhitelist": {permitted, `mutation{createWhitelist(input:{name:"New",entries:[{cidr:"192.0.2.1"}]}){whitelist{name} userErrors{code field}}}`},
	"updateWhitelist": {permitted, `mutation($list:ID!){updateWhitelist(input:{id:$list,name:"X"}){whitelist{name} userErrors{code field}}}`},
	"deleteWhitelist": {permitted, `mutation($list:ID!){deleteWhitelist(input:{id:$list}){deletedId userErrors{code field}}}`},

	"rotateAccessPointSecret": {permitted, `mutation($point:ID!){rotateAccessPointSecret(input:{id:$point}){accessPoint{code} userErrors{code field}}}`},
	"createApiKey": {permitted, `mutation($user:ID!){createApiKey(input:{userId:$user,description:"X",accessPoints:["API"]}){
		apiKey{description} userErrors{code field}}}`},
	"rotateApiKey": {permitted, `mutation($key:ID!){rotateApiKey(input:{id:$key}){apiKey{description} userErrors{code field}}}`},
	"revokeApiKey": {permitted, `mutation($key:ID!){revokeApiKey(input:{id:$key}){apiKey{status} userErrors{code field}}}`},
	"updateApiKey": {permitted, `mutation($key:ID!){updateApiKey(input:{id:$key,description:"Y"}){apiKey{description} userErrors{code field}}}`},

	"updateAccount":       {permitted, `mutation{updateAccount(input:{name:"X"}){account{name} userErrors{code field}}}`},
	"updateAccountPolicy": {permitted, `mutation{updateAccountPolicy(input:{sessionMaxHours:13}){account{id} userErrors{code field}}}`},
}

func TestEveryOperationHasAnExample(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: graph.SDL()})
	for _, root := range []*ast.Definition{schema.Query, schema.Mutation} {
		for _, field := range root.Fields {
			if _, ok := operations[field.Name]; !ok && !strings.HasPrefix(field.Name, "__") {
				t.Errorf("%s.%s has no example, and so no test of who is refused", root.Name, field.Name)
			}
		}
	}
}

// ask sends an operation with those of the variables that it names.
func (o operation) ask(client *servertest.Client, all vars) *servertest.Answer {
	named := vars{}
	for _, match := range regexp.MustCompile(`\$(\w+):`).FindAllStringSubmatch(o.document, -1) {
		named[match[1]] = all[match[1]]
	}
	return client.Do(o.document, named)
}

// things makes one of each kind of thing in an account, and returns their IDs.
func things(site *servertest.Site, account *servertest.Account) vars {
	user := account.Person("jane", "VIEW_USER")
	list := &db.Whitelist{ID: typeid.New("wl"), AccountID: account.ID, Name: "Office", Revision: 1}
	method := &db.TOTPMethod{Factor: db.Factor{ID: typeid.New("totp"), UserID: user.ID, Name: "Phone", CreatedAt: 1}, Secret: []byte("sealed")}
	key := &db.APIKey{
		ID: typeid.New("key"), AccountID: account.ID, UserID: user.ID, KeyHash: []byte(account.ID), Hint: "gatekey_1…2", Description: "jane's key", CreatedAt: 1,
	}
	mail := &db.Mail{
		ID: typeid.New("mail"), AccountID: account.ID, UserID: user.ID, Kind: "mfaReset", Recipient: "jane@" + string(account.ID) + ".example", Language: db.English,
		Subject: "To jane", TextBody: "T", CreatedAt: 1, DueAt: 1, Attempts: 1, Problem: db.Deferred, Answer: "451 jane is busy",
	}
	site.Touch(func(ctx context.Context, tx *db.Tx) error {
		prefix := db.Prefix{}
		if err := tx.QueueMail(ctx, mail); err != nil {
			return err
		}
		if err := prefix.Scan("192.0.2.0/24"); err != nil {
			return err
		}
		if err := tx.CreateWhitelist(ctx, list, []*db.WhitelistEntry{{Prefix: prefix}}); err != nil {
			return err
		}
		if err := tx.CreateAPIKey(ctx, key, nil, nil); err != nil {
			return err
		}
		return tx.CreateFactor(ctx, method)
	})
	account.As(user)
	ids := vars{"user": user.ID, "list": list.ID, "method": method.ID, "key": key.ID, "mail": mail.ID}
	answer := account.AsAdmin().Must(`query($u:ID!){user(by:{id:$u}){roles{id} accessPoints{id} sessions{id}}}`, vars{"u": user.ID})
	ids["role"], ids["point"] = answer.Text("user.roles.0.id"), answer.Text("user.accessPoints.0.id")
	ids["session"] = answer.Text("user.sessions.0.id")
	return ids
}

// nothing has the same kinds of IDs, of things that never were.
func nothing() vars {
	return vars{
		"user": typeid.New("user"), "role": typeid.New("role"), "list": typeid.New("wl"), "point": typeid.New("ap"),
		"session": typeid.New("session"), "method": typeid.New("totp"), "key": typeid.New("key"), "mail": typeid.New("mail"),
	}
}

// Whoever is not signed in hears nothing but what is open to everybody.
func TestNobodySignedIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		ids := things(site, acme)
		for name, o := range operations {
			answer := o.ask(site.Client(), ids)
			if got, want := hasCode(answer, "UNAUTHENTICATED"), o.who != everybody; got != want {
				t.Errorf("%s: %s", name, answer.Body)
			}
			if o.who != everybody && answer.At(name) != nil {
				t.Errorf("%s answers: %s", name, answer.Body)
			}
		}
	})
}

// Product rule 8: a session that must enrol may do nothing else.
func TestSessionThatMustEnrol(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		ids := things(site, acme)
		for name, o := range operations {
			answer := o.ask(mustEnrol(site, acme, "e"+strings.ToLower(name)), ids)
			if got, want := hasCode(answer, "MFA_REQUIRED"), o.who > enrolling; got != want {
				t.Errorf("%s: %s", name, answer.Body)
			}
		}
	})
}

// Who has no permission at all is refused at the field, and what stands beside it is answered.
func TestNoPermission(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		ids := things(site, acme)
		powerless := acme.Person("powerless")
		for name, o := range operations {
			answer := o.ask(acme.As(powerless), ids)
			if got, want := hasCode(answer, "FORBIDDEN"), o.who == permitted; got != want {
				t.Errorf("%s: %s", name, answer.Body)
			}
		}
		beside := acme.As(powerless).Do(`{users{nodes{id}} account{name} viewer{user{roles{name users{nodes{id}}}}}}`, nil)
		if beside.At("account.name") != "acme" || beside.At("viewer.user.roles.0.name") != "Role of powerless" || len(beside.Errors) != 2 {
			t.Errorf("what stands beside a refused field: %s", beside.Body)
		}
	})
}

// Another account's things are, to its administrator, exactly what never was.
func TestAnotherAccount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme, other := site.Account("acme"), site.Account("other")
		theirs := things(site, other)
		for name, o := range operations {
			if !strings.Contains(o.document, ":ID!") {
				continue
			}
			got, want := o.ask(acme.AsAdmin(), theirs), o.ask(acme.AsAdmin(), nothing())
			if got.Body != want.Body {
				t.Errorf("%s: the other account's gives\n%swhat never was gives\n%s", name, got.Body, want.Body)
			}
			if strings.Contains(got.Body, "jane") || strings.Contains(got.Body, "Office") {
				t.Errorf("%s tells: %s", name, got.Body)
			}
		}
		for _, list := range []string{`{users{nodes{loginName}}}`, `{mails{nodes{subject recipient answer}}}`, `{whitelists{nodes{name}}}`, `{auditEvents(first:100){nodes{targetName actorName}}}`,
			`{users(filter:{query:"jane"}){nodes{loginName} totalCount}}`} {
			if answer := acme.AsAdmin().Must(list, nil); strings.Contains(answer.Body, "jane") || strings.Contains(answer.Body, "Office") ||
				strings.Contains(answer.Body, "other/") {
				t.Errorf("%s tells: %s", list, answer.Body)
			}
		}
	})
}

func hasCode(answer *servertest.Answer, code string) bool {
	for _, e := range answer.Errors {
		if e.Code() == code {
			return true
		}
	}
	return false
}

// mustEnrol is the session of a user who must have a second factor and has none.
func mustEnrol(site *servertest.Site, account *servertest.Account, login string) *servertest.Client {
	user := account.Person(login, "VIEW_USER")
	user.MFAForced = true
	site.Touch(func(ctx context.Context, tx *db.Tx) error { return tx.UpdateUser(ctx, user) })
	return account.Session(user, db.EnrolmentRequired)
}
