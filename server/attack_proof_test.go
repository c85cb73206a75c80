package server_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
	"github.com/gatehouse/gatehouse/server/servertest"
)

const (
	forOneself = 10 * time.Minute
	forOthers  = 60 * time.Minute
)

// provenAct is a mutation and how old the proof of its session may be. In the document stand, after a $, the names of what
// [proofSite] has made.
type provenAct struct {
	name     string // of the mutation
	age      time.Duration
	document string
}

// provenActs has every mutation that requires a fresh proof, with each kind of what it can change.
var provenActs = []provenAct{
	{"changePassword", forOneself, `changePassword(input:{currentPassword:"` + servertest.Password + `",newPassword:"nine violet kettles hum beneath"}){userErrors{code}}`},
	{"changeEmail", forOneself, `changeEmail(input:{email:"elsewhere@acme.example"}){userErrors{code}}`},
	{"beginTotpEnrolment", forOneself, `beginTotpEnrolment(input:{name:"Phone"}){userErrors{code}}`},
	{"beginPasskeyEnrolment", forOneself, `beginPasskeyEnrolment(input:{name:""}){userErrors{code}}`},
	{"removeMfaMethod", forOneself, `removeMfaMethod(input:{id:"$ownMethod"}){userErrors{code}}`},
	{"regenerateRecoveryCodes", forOneself, `regenerateRecoveryCodes{userErrors{code}}`},
	{"updateUser", forOneself, `updateUser(input:{id:"$self",email:"elsewhere@acme.example"}){userErrors{code}}`},
	{"createApiKey", forOneself, `createApiKey(input:{userId:"$self",description:"X",accessPoints:["API"]}){secret userErrors{code}}`},
	{"rotateApiKey", forOneself, `rotateApiKey(input:{id:"$ownKey"}){secret userErrors{code}}`},
	{"updateApiKey", forOneself, `updateApiKey(input:{id:"$ownKey",description:"Y"}){userErrors{code}}`},
	{"revokeApiKey", forOneself, `revokeApiKey(input:{id:"$ownKey"}){userErrors{code}}`},

	{"createUser", forOthers, `createUser(input:{kind:PERSONAL,loginName:"accomplice",email:"a@acme.example",name:"A",language:EN,
		roleIds:["$adminRole"],mfaForced:false,accessPoints:["WEB"],whitelistIds:[]}){userErrors{code}}`},
	{"updateUser", forOthers, `updateUser(input:{id:"$jane",roleIds:["$adminRole"]}){userErrors{code}}`},
	{"updateUser", forOthers, `updateUser(input:{id:"$jane",password:"nine violet kettles hum beneath"}){userErrors{code}}`},
	{"updateUser", forOthers, `updateUser(input:{id:"$jane",email:"elsewhere@acme.example"}){userErrors{code}}`},
	{"updateUser", forOthers, `updateUser(input:{id:"$jane",loginName:"elsewhere"}){userErrors{code}}`},
	{"updateUser", forOthers, `updateUser(input:{id:"$jane",mfaForced:true}){userErrors{code}}`},
	{"updateUser", forOthers, `updateUser(input:{id:"$jane",accessPoints:["WEB","API"]}){userErrors{code}}`},
	{"updateUser", forOthers, `updateUser(input:{id:"$jane",whitelistIds:[]}){userErrors{code}}`},
	{"updateUser", forOthers, `updateUser(input:{id:"$jane",whitelistsReportOnly:true}){userErrors{code}}`},
	{"updateUser", forOthers, `updateUser(input:{id:"$jane",newWhitelist:{name:"Home",entries:[{cidr:"198.51.100.7"}]}}){userErrors{code}}`},
	{"reactivateUser", forOthers, `reactivateUser(input:{id:"$gone"}){userErrors{code}}`},
	{"unlockUser", forOthers, `unlockUser(input:{id:"$jane"}){userErrors{code}}`},
	{"resendWelcome", forOthers, `resendWelcome(input:{id:"$invited"}){userErrors{code}}`},
	{"resendMail", forOthers, `resendMail(input:{id:"$invitedsMail"}){userErrors{code}}`},
	{"resendMail", forOthers, `resendMail(input:{id:"$resetMail"}){userErrors{code}}`},
	{"resetUserMfa", forOthers, `resetUserMfa(input:{id:"$jane"}){userErrors{code}}`},
	{"updateRole", forOthers, `updateRole(input:{id:"$janesRole",permissions:["UPDATE_USER"]}){userErrors{code}}`},
	{"updateAccessPoint", forOthers, `updateAccessPoint(input:{id:"$web",origins:["https://elsewhere.example"]}){userErrors{code}}`},
	{"rotateAccessPointSecret", forOthers, `rotateAccessPointSecret(input:{id:"$web"}){secret userErrors{code}}`},
	{"updateWhitelist", forOthers, `updateWhitelist(input:{id:"$janesList",entries:[{cidr:"0.0.0.0/0"}]}){userErrors{code}}`},
	{"createApiKey", forOthers, `createApiKey(input:{userId:"$program",description:"X",accessPoints:["API"]}){secret userErrors{code}}`},
	{"rotateApiKey", forOthers, `rotateApiKey(input:{id:"$programsKey"}){secret userErrors{code}}`},
	{"updateApiKey", forOthers, `updateApiKey(input:{id:"$programsKey",description:"Y"}){userErrors{code}}`},
	{"updateAccountPolicy", forOthers, `updateAccountPolicy(input:{passwordMinLength:13}){userErrors{code}}`},
}

// unprovenActs require none: they open nothing to anybody, or take access away.
var unprovenActs = []provenAct{
	{"updateViewer", 0, `updateViewer(input:{name:"Me"}){userErrors{code}}`},
	{"renameMfaMethod", 0, `renameMfaMethod(input:{id:"$ownMethod",name:"X"}){userErrors{code}}`},
	{"updateUser", 0, `updateUser(input:{id:"$jane",name:"Janet",language:NL}){userErrors{code}}`},
	{"resendWelcome", 0, `resendWelcome(input:{id:"$program"}){userErrors{code}}`},
	{"resendMail", 0, `resendMail(input:{id:"$noticeMail"}){userErrors{code}}`},
	{"revokeApiKey", 0, `revokeApiKey(input:{id:"$programsKey"}){userErrors{code}}`},
	{"revokeSession", 0, `revokeSession(input:{id:"$janesSession"}){userErrors{code}}`},
	{"revokeOtherSessions", 0, `revokeOtherSessions{userErrors{code}}`},
	{"deactivateUser", 0, `deactivateUser(input:{id:"$jane"}){userErrors{code}}`},
	{"createRole", 0, `createRole(input:{name:"New",permissions:[]}){userErrors{code}}`},
	{"duplicateRole", 0, `duplicateRole(input:{id:"$janesRole",name:"Twin"}){userErrors{code}}`},
	{"updateRole", 0, `updateRole(input:{id:"$unusedRole",permissions:["UPDATE_USER"]}){userErrors{code}}`},
	{"deleteRole", 0, `deleteRole(input:{id:"$unusedRole"}){userErrors{code}}`},
	{"createWhitelist", 0, `createWhitelist(input:{name:"New",entries:[{cidr:"192.0.2.1"}]}){userErrors{code}}`},
	{"updateWhitelist", 0, `updateWhitelist(input:{id:"$unusedList",entries:[{cidr:"192.0.2.9"}]}){userErrors{code}}`},
	{"deleteWhitelist", 0, `deleteWhitelist(input:{id:"$unusedList"}){userErrors{code}}`},
	{"createAccessPoint", 0, `createAccessPoint(input:{code:"DESK",name:"Desk",kind:PROGRAMMATIC}){userErrors{code}}`},
	{"deleteAccessPoint", 0, `deleteAccessPoint(input:{id:"$unusedPoint"}){userErrors{code}}`},
	{"updateAccount", 0, `updateAccount(input:{name:"Renamed"}){userErrors{code}}`},
	{"signOut", 0, `signOut{userErrors{code}}`},
}

// signingInActs begin or prove a session, and so ask for no proof of it; an enrolment is ended in acts of its own.
var signingInActs = []string{
	"setUpAccount", "signIn", "verifyTotp", "verifyRecoveryCode", "verifyPassword", "beginStepUp", "beginPasskeySignIn", "finishPasskeySignIn",
	"requestPasswordReset", "beginSetPassword", "setPassword", "confirmEmail", "finishTotpEnrolment", "finishPasskeyEnrolment",
}

// Every mutation says which proof it requires: whoever adds one decides, here too.
func TestAttackProofOfEveryMutation(t *testing.T) {
	named := slices.Clone(signingInActs)
	for _, act := range slices.Concat(provenActs, unprovenActs) {
		named = append(named, act.name)
	}
	mutation := gqlparser.MustLoadSchema(&ast.Source{Input: graph.SDL()}).Mutation
	for _, field := range mutation.Fields {
		if !slices.Contains(named, field.Name) {
			t.Errorf("nothing says which proof %s requires", field.Name)
		}
	}
	for _, name := range named {
		if mutation.Fields.ForName(name) == nil {
			t.Errorf("there is no mutation %s", name)
		}
	}
}

// proofSite is an account with one of everything that a mutation can be about.
type proofSite struct {
	*servertest.Site
	acme  *servertest.Account
	names *strings.Replacer
	admin *servertest.Client // in a session with a fresh proof
}

func newProofSite(t *testing.T, store *db.DB) *proofSite {
	site := servertest.New(t, store)
	p := &proofSite{Site: site, acme: site.Account("acme")}
	admin := p.acme.AsAdmin()
	jane, gone := p.acme.Person("jane", "VIEW_USER"), p.acme.Person("gone", "VIEW_USER")
	p.acme.As(jane)
	ids := map[string]string{"self": string(p.acme.Admin.ID), "jane": string(jane.ID), "gone": string(gone.ID)}
	at := func(name, path, document string) { ids[name] = admin.Must(document, nil).Text(path) }
	roles := admin.Must(`{roles(first:50){nodes{id name}}}`, nil)
	for i := range 4 {
		name := roles.Text("roles.nodes." + string(rune('0'+i)) + ".name")
		ids["role "+name] = roles.Text("roles.nodes." + string(rune('0'+i)) + ".id")
	}
	ids["adminRole"], ids["janesRole"] = ids["role admin"], ids["role Role of jane"]
	at("unusedRole", "createRole.role.id", `mutation{createRole(input:{name:"Unused",permissions:[]}){role{id} userErrors{code}}}`)
	at("unusedPoint", "createAccessPoint.accessPoint.id", `mutation{createAccessPoint(input:{code:"UNUSED",name:"U",kind:PROGRAMMATIC}){accessPoint{id} userErrors{code}}}`)
	at("janesList", "createWhitelist.whitelist.id", `mutation{createWhitelist(input:{name:"Janes",entries:[{cidr:"192.0.2.1"}]}){whitelist{id} userErrors{code}}}`)
	at("unusedList", "createWhitelist.whitelist.id", `mutation{createWhitelist(input:{name:"Unused",entries:[{cidr:"192.0.2.1"}]}){whitelist{id} userErrors{code}}}`)
	ids["janesSession"] = admin.Must(`query($u:ID!){user(by:{id:$u}){sessions{id}}}`, vars{"u": jane.ID}).Text("user.sessions.0.id")
	ids["web"] = admin.Must(`query($u:ID!){user(by:{id:$u}){accessPoints{id}}}`, vars{"u": jane.ID}).Text("user.accessPoints.0.id")
	admin.Must(`mutation($u:ID!,$l:[ID!]){updateUser(input:{id:$u,whitelistIds:$l}){userErrors{code}}}`, vars{"u": jane.ID, "l": []string{ids["janesList"]}})
	admin.Must(`mutation($u:ID!){deactivateUser(input:{id:$u}){userErrors{code}}}`, vars{"u": gone.ID})
	admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,accessPoints:["WEB","API"]}){userErrors{code}}}`, vars{"u": p.acme.Admin.ID})
	create := `mutation($r:[ID!]!,$n:String!,$e:String!,$k:UserKind!,$f:Boolean!,$p:[String!]!){createUser(input:{kind:$k,loginName:$n,email:$e,name:"X",
		language:EN,roleIds:$r,mfaForced:$f,accessPoints:$p}){user{id} userErrors{code}}}`
	role := []string{ids["janesRole"]}
	ids["invited"] = admin.Must(create, vars{"r": role, "n": "invited", "e": "i@acme.example", "k": "PERSONAL", "f": false, "p": []string{"WEB"}}).Text("createUser.user.id")
	ids["program"] = admin.Must(create, vars{"r": role, "n": "program", "e": "p@acme.example", "k": "API", "f": true, "p": []string{"API"}}).Text("createUser.user.id")
	key := `mutation($u:ID!){createApiKey(input:{userId:$u,description:"K",accessPoints:["API"]}){apiKey{id} userErrors{code}}}`
	ids["ownKey"] = admin.Must(key, vars{"u": p.acme.Admin.ID}).Text("createApiKey.apiKey.id")
	ids["programsKey"] = admin.Must(key, vars{"u": ids["program"]}).Text("createApiKey.apiKey.id")
	ids["invitedsMail"] = admin.Must(`query($u:[ID!]){mails(filter:{userIds:$u}){nodes{id}}}`, vars{"u": []string{ids["invited"]}}).Text("mails.nodes.0.id")
	reset, notice := p.mailTo(jane, "passwordReset"), p.mailTo(jane, "mfaReset")
	reset.LinkExpiresAt = db.At(p.Clock.Now()).Add(48 * time.Hour)
	p.Touch(func(ctx context.Context, tx *db.Tx) error {
		return errors.Join(tx.QueueMail(ctx, reset), tx.QueueMail(ctx, notice))
	})
	ids["resetMail"], ids["noticeMail"] = string(reset.ID), string(notice.ID)
	method := &db.TOTPMethod{Factor: db.Factor{ID: typeid.New("totp"), UserID: p.acme.Admin.ID, Name: "Phone", CreatedAt: 1}, Secret: []byte("sealed")}
	p.Touch(func(ctx context.Context, tx *db.Tx) error {
		locked, err := tx.LockThrottle(ctx, db.NameThrottle("acme", "jane"), db.At(p.Clock.Now()))
		if err != nil {
			return err
		}
		locked.Failures, locked.Until = 12, db.At(p.Clock.Now()).Add(time.Hour)
		if err := tx.SaveThrottle(ctx, locked); err != nil {
			return err
		}
		return tx.CreateFactor(ctx, method)
	})
	ids["ownMethod"] = string(method.ID)
	var pairs []string
	for name, id := range ids {
		pairs = append(pairs, "$"+name+`"`, id+`"`)
	}
	p.names, p.admin = strings.NewReplacer(pairs...), p.proven(0)
	return p
}

func (p *proofSite) mailTo(user *db.User, kind string) *db.Mail {
	now := db.At(p.Clock.Now())
	return &db.Mail{
		ID: typeid.New("mail"), AccountID: p.acme.ID, UserID: user.ID, Kind: kind, Recipient: user.Email, Language: db.English, Subject: "S", TextBody: "T",
		CreatedAt: now, DueAt: now.Add(time.Hour), Attempts: 1, Problem: db.Deferred,
	}
}

// proven is the administrator in a session whose last proof has the given age.
func (p *proofSite) proven(age time.Duration) *servertest.Client {
	client := p.acme.Session(p.acme.Admin, db.ByMFA)
	p.age(client, age)
	return client
}

func (p *proofSite) age(client *servertest.Client, age time.Duration) {
	p.T.Helper()
	session, _, _, err := p.Store.SessionByToken(p.T.Context(), secret.Token(client.Cookie("gatehouse_session")).Hash())
	if err != nil {
		p.T.Fatal(err)
	}
	session.ProvenAt = db.At(p.Clock.Now().Add(-age))
	p.Touch(func(ctx context.Context, tx *db.Tx) error { return tx.RaiseSession(ctx, session, session.TokenHash) })
}

func (p *proofSite) do(client *servertest.Client, act provenAct) *servertest.Answer {
	return client.Do("mutation{"+p.names.Replace(act.document)+"}", nil)
}

// everything is what the account holds, as its administrator sees it.
func (p *proofSite) everything() string {
	return p.admin.Must(`{account{name policy{passwordMinLength}} roles(first:50){nodes{id name permissions revision}}
		whitelists(first:50){nodes{id name entries{cidr} revision}} accessPoints{id code origins secretRotatedAt revision}
		users(first:50){nodes{id loginName name email language status mfaForced lockedUntil revision roles{id} accessPoints{code} whitelists{id}
			whitelistsReportOnly mfa{methods{id name}}}}
		mails(first:50){nodes{id state nextAttemptAt}} apiKeys(first:50){nodes{id description status expiresAt revision}}}`, nil).Body
}

// Rule 8: a session whose proof is too old changes nothing that opens access, whatever its user may do, and the attempt
// stands in the trail. With a proof that is just young enough the same request is made.
func TestAttackOldProofChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		p := newProofSite(t, store)
		before := p.everything()
		for _, act := range provenActs {
			answer := p.do(p.proven(act.age), act)
			if got := answer.ErrorCodes(); !slices.Equal(got, []string{"STEP_UP_REQUIRED " + act.name}) || answer.At(act.name) != nil {
				t.Errorf("%s after %s: %s", act.document, act.age, answer.Body)
			}
			last := p.admin.Must(`{auditEvents(first:1){nodes{outcome reason}}}`, nil)
			if last.At("auditEvents.nodes.0.outcome") != "DENIED" || last.At("auditEvents.nodes.0.reason") != "STEP_UP_REQUIRED" {
				t.Errorf("%s: the trail says %s", act.document, last.Body)
			}
			if after := p.everything(); after != before {
				t.Fatalf("%s changed something:\n%s\n%s", act.document, before, after)
			}
		}
	})
}

// Each act on a site of its own, which the act before has not changed.
func TestAttackYoungEnoughProof(t *testing.T) {
	for _, act := range slices.Concat(provenActs, unprovenActs) {
		age := act.age - time.Second
		if act.age == 0 {
			age = 24 * time.Hour
		}
		t.Run(act.document[:min(60, len(act.document))], func(t *testing.T) {
			store, err := db.Open(t.Context(), dbtest.Addresses(t)["sqlite"](t))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = store.Close() })
			p := newProofSite(t, store)
			answer := p.do(p.proven(age), act)
			if codes := answer.ErrorCodes(); len(codes) > 0 || len(answer.UserErrors(act.name)) > 0 {
				t.Errorf("%s after %s: %s", act.document, age, answer.Body)
			}
		})
	}
}

// A second session's old cookie makes nobody an administrator: neither by the fresh proof of another session, nor by a
// challenge of that session, nor by the cookie that the session had before its step-up.
func TestAttackStaleCookieMakesNoAdministrator(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		p := newProofSite(t, store)
		p.Touch(func(ctx context.Context, tx *db.Tx) error { return tx.DeleteFactorsOf(ctx, p.acme.Admin.ID) })
		promote := provenAct{name: "updateUser", document: `updateUser(input:{id:"$jane",roleIds:["$adminRole"]}){userErrors{code}}`}
		owner, stale := p.proven(0), p.proven(forOthers)
		if answer := p.do(stale, promote); !slices.Equal(answer.ErrorCodes(), []string{"STEP_UP_REQUIRED updateUser"}) {
			t.Errorf("beside a fresh session: %s", answer.Body)
		}
		begun := owner.Must(`mutation{beginStepUp{challenge{token methods} userErrors{code}}}`, nil).Text("beginStepUp.challenge.token")
		verify := `mutation($t:String!,$p:String!){verifyPassword(input:{challengeToken:$t,password:$p}){next userErrors{code field}}}`
		answer := stale.Do(verify, vars{"t": begun, "p": servertest.Password})
		if got := answer.UserErrors("verifyPassword"); !slices.Equal(got, []string{"CHALLENGE_EXPIRED input.challengeToken"}) {
			t.Errorf("the challenge of another session: %s", answer.Body)
		}
		copied := p.Client()
		copied.SetCookie("gatehouse_session", owner.Cookie("gatehouse_session"))
		p.age(owner, forOthers)
		owner.Must(verify, vars{"t": begun, "p": servertest.Password})
		if answer := p.do(copied, promote); !slices.Equal(answer.ErrorCodes(), []string{"UNAUTHENTICATED updateUser"}) {
			t.Errorf("the cookie from before the step-up: %s", answer.Body)
		}
		if answer := p.do(stale, promote); !slices.Equal(answer.ErrorCodes(), []string{"STEP_UP_REQUIRED updateUser"}) {
			t.Errorf("beside a session that has stepped up: %s", answer.Body)
		}
		if answer := p.do(owner, promote); len(answer.ErrorCodes())+len(answer.UserErrors("updateUser")) > 0 {
			t.Errorf("the owner after the step-up: %s", answer.Body)
		}
	})
}
