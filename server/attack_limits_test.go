package server_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/internal/typeid"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// updated says of every input of an update what it is about in a [proofSite].
var updated = map[string]string{
	"UpdateViewerInput": "", "UpdateAccountInput": "", "UpdateAccountPolicyInput": "",
	"UpdateUserInput": "$jane", "UpdateRoleInput": "$janesRole", "UpdateAccessPointInput": "$web", "UpdateWhitelistInput": "$janesList",
	"UpdateApiKeyInput": "$programsKey",
}

// clearable are the fields of updates that null clears. What guards access is none of them: a client that sends null for what it
// leaves out would clear it.
var clearable = []string{"UpdateRoleInput.description", "UpdateAccessPointInput.description"}

// unchanging are the fields of updates for which null is the same as leaving them out.
var unchanging = []string{
	"UpdateUserInput.newWhitelist", "UpdateRoleInput.removeRetiredPermissions",
	"UpdateApiKeyInput.unrestricted", "UpdateApiKeyInput.neverExpires", "UpdateAccountPolicyInput.apiKeysMayNeverExpire",
}

// Rule 14: in every update of the schema null clears a description, and is INVALID elsewhere and changes nothing, in a literal and
// in a variable. A new field is refused null, or is named above.
func TestAttackNullInEveryUpdate(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: graph.SDL()})
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		p := newProofSite(t, store)
		admin := p.admin
		for _, mutation := range schema.Mutation.Fields {
			input := mutation.Arguments.ForName("input")
			if input == nil || !strings.HasPrefix(input.Type.Name(), "Update") {
				continue
			}
			about, known := updated[input.Type.Name()]
			if !known {
				t.Errorf("nothing says what %s is about", input.Type.Name())
				continue
			}
			for _, field := range schema.Types[input.Type.Name()].Fields {
				name := input.Type.Name() + "." + field.Name
				if field.Type.NonNull || field.Name == "revision" {
					continue
				}
				before := p.everything()
				for _, answer := range nulls(p, admin, mutation.Name, input.Type.Name(), about, field.Name) {
					want := []string{"INVALID input." + field.Name}
					if slices.Contains(clearable, name) || slices.Contains(unchanging, name) {
						want = []string{}
					}
					if got := answer.UserErrors(mutation.Name); !slices.Equal(got, want) || len(answer.Errors) > 0 {
						t.Errorf("null for %s: %s", name, answer.Body)
					}
				}
				if !slices.Contains(clearable, name) && p.everything() != before {
					t.Errorf("null for %s changes something", name)
				}
			}
		}
	})
}

// nulls are the answers to a field of an update that is null: in a literal, in a variable of the field, and within the input.
func nulls(p *proofSite, client *servertest.Client, mutation, input, about, field string) []*servertest.Answer {
	about = strings.Trim(p.names.Replace(`"`+about+`"`), `"`)
	literal, whole := field+":null", vars{field: nil}
	if about != "" {
		literal, whole = fmt.Sprintf("id:%q,%s", about, literal), vars{"id": about, field: nil}
	}
	return []*servertest.Answer{
		client.Do("mutation{"+mutation+"(input:{"+literal+"}){userErrors{code field}}}", nil),
		client.Do("mutation($input:"+input+"!){"+mutation+"(input:$input){userErrors{code field}}}", vars{"input": whole}),
	}
}

// Rule 14: what is counted is bounded, and one more is a clear error that changes nothing.
func TestAttackCountedLimits(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		p := newProofSite(t, store)
		admin := p.admin
		var roles, lists []string
		for i := range 51 {
			roles = append(roles, admin.Must(`mutation($n:String!){createRole(input:{name:$n,permissions:[]}){role{id} userErrors{code}}}`,
				vars{"n": fmt.Sprint("Role ", i)}).Text("createRole.role.id"))
		}
		for i := range 21 {
			lists = append(lists, admin.Must(`mutation($n:String!){createWhitelist(input:{name:$n,entries:[{cidr:"192.0.2.1"}]}){whitelist{id} userErrors{code}}}`,
				vars{"n": fmt.Sprint("List ", i)}).Text("createWhitelist.whitelist.id"))
		}
		entries := make([]vars, 1001)
		for i := range entries {
			entries[i] = vars{"cidr": fmt.Sprintf("10.0.%d.%d", i/256, i%256)}
		}
		jane := strings.Trim(p.names.Replace(`"$jane"`), `"`)
		home := vars{"name": "Home", "entries": entries[:1]}
		for _, c := range []struct {
			mutation, input string
			values          vars
			want            string // of a userError; empty: succeeds
		}{
			{"updateUser", "UpdateUserInput", vars{"id": jane, "roleIds": roles}, "TOO_LONG input.roleIds"},
			{"updateUser", "UpdateUserInput", vars{"id": jane, "roleIds": slices.Repeat(roles[:1], 51)}, "TOO_LONG input.roleIds"},
			{"updateUser", "UpdateUserInput", vars{"id": jane, "roleIds": roles[:50]}, ""},
			{"updateUser", "UpdateUserInput", vars{"id": jane, "roleIds": []string{}}, "REQUIRED input.roleIds"},
			{"updateUser", "UpdateUserInput", vars{"id": jane, "whitelistIds": lists}, "TOO_LONG input.whitelistIds"},
			{"updateUser", "UpdateUserInput", vars{"id": jane, "whitelistIds": lists[:20], "newWhitelist": home}, "TOO_LONG input.whitelistIds"},
			{"updateUser", "UpdateUserInput", vars{"id": jane, "whitelistIds": lists[:20]}, ""},
			{"updateUser", "UpdateUserInput", vars{"id": jane, "newWhitelist": home}, "TOO_LONG input.whitelistIds"},
			{"createWhitelist", "CreateWhitelistInput", vars{"name": "Many", "entries": entries}, "TOO_LONG input.entries"},
			{"createWhitelist", "CreateWhitelistInput", vars{"name": "Many", "entries": entries[:1000]}, ""},
			{"createWhitelist", "CreateWhitelistInput", vars{"name": "None", "entries": []vars{}}, "REQUIRED input.entries"},
		} {
			answer := admin.Do("mutation($input:"+c.input+"!){"+c.mutation+"(input:$input){userErrors{code field}}}", vars{"input": c.values})
			want := []string{c.want}
			if c.want == "" {
				want = []string{}
			}
			if got := answer.UserErrors(c.mutation); !slices.Equal(got, want) || len(answer.Errors) > 0 {
				t.Errorf("%s, want %s: %s", c.mutation, c.want, answer.Body)
			}
		}
		key := provenAct{document: `createApiKey(input:{userId:"$program",description:"X",accessPoints:["API"]}){userErrors{code field}}`}
		for i := range 50 { // one is there
			answer := p.do(admin, key)
			if got := answer.UserErrors("createApiKey"); (i < 49) != (len(got) == 0) || i == 49 && got[0] != "TOO_LONG input" {
				t.Errorf("key %d: %s", i+2, answer.Body)
			}
		}
		for _, page := range []string{
			`{users(first:101){nodes{id}}}`, `{users(last:101){nodes{id}}}`, `{roles(first:101){nodes{id}}}`, `{whitelists(first:101){nodes{id}}}`,
			`{auditEvents(first:101){nodes{id}}}`, `{apiKeys(first:101){nodes{id}}}`, `{users(first:0){nodes{id}}}`, `{users(first:-1){nodes{id}}}`,
			`{nodes(ids:[` + strings.Repeat(`"user_01h455vb4pex5vsknk084sn02q",`, 101) + `]){id}}`,
		} {
			if answer := admin.Do(page, nil); len(answer.Errors) != 1 || answer.Errors[0].Code() != "BAD_USER_INPUT" {
				t.Errorf("%s: %s", page[:20], answer.Body)
			}
		}
		sessions := `query($u:ID!){user(by:{id:$u}){sessions{id}}}`
		oldest := p.proven(0)
		p.Clock.Pass(time.Millisecond)
		for range 50 {
			p.proven(0)
		}
		if count, _ := p.proven(0).Must(sessions, vars{"u": p.acme.Admin.ID}).At("user.sessions").([]any); len(count) != 50 {
			t.Errorf("%d sessions", len(count))
		}
		if answer := oldest.Do(whoAmI, nil); answer.At("viewer") != nil {
			t.Errorf("the oldest of 51 sessions: %s", answer.Body)
		}
	})
}

const createOnce = `mutation($n:String!,$r:[ID!]!,$k:String,$p:String){createUser(input:{kind:PERSONAL,loginName:$n,email:"once@acme.example",name:"O",language:EN,
	roleIds:$r,mfaForced:false,accessPoints:["WEB"],password:$p,idempotencyKey:$k}){user{id loginName} userErrors{code field}}}`

// Rule 14: of requests with one idempotency key at once, one creates. Those with the same input get what it created, those
// with other input are told so, also while the first is still running.
func TestAttackIdempotencyKeyInParallel(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		p := newProofSite(t, store)
		role := []string{strings.Trim(p.names.Replace(`"$janesRole"`), `"`)}
		answers := make([]*servertest.Answer, 8)
		clients := make([]*servertest.Client, len(answers))
		for i := range clients {
			clients[i] = p.proven(0)
		}
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() {
				answers[i] = clients[i].Do(createOnce, vars{"n": fmt.Sprint("once-", i%2), "r": role, "k": "form", "p": "nine violet kettles hum beneath"})
			})
		}
		all.Wait()
		created := map[any]int{}
		for i, answer := range answers {
			switch got := answer.UserErrors("createUser"); {
			case len(got) == 0 && answer.Text("createUser.user.loginName") == fmt.Sprint("once-", i%2):
				created[answer.At("createUser.user.id")]++
			case !slices.Equal(got, []string{"IDEMPOTENCY_KEY_REUSED input.idempotencyKey"}):
				t.Errorf("%s", answer.Body)
			}
		}
		for id, times := range created {
			if len(created) != 1 || times != len(answers)/2 {
				t.Errorf("%v is the answer to %d requests of %v", id, times, created)
			}
		}
		if answer := p.proven(0).Must(`{users(filter:{query:"once"}){nodes{id}}}`, nil); answer.At("users.nodes.0") == nil || answer.At("users.nodes.1") != nil {
			t.Errorf("users: %s", answer.Body)
		}
	})
}

// The first answer comes again to the same viewer only, as the user is now, with an old proof too, and shows nothing that the
// viewer may no longer see; who may no longer create gets none.
func TestAttackIdempotencyKeyAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		p := newProofSite(t, store)
		creator := p.acme.Person("creator", "CREATE_USER", "VIEW_USER")
		rename := func(permissions ...string) {
			role := p.proven(0).Must(`query($u:ID!){user(by:{id:$u}){roles{id}}}`, vars{"u": creator.ID}).Text("user.roles.0.id")
			p.proven(0).Must(`mutation($r:ID!,$p:[String!]!){updateRole(input:{id:$r,permissions:$p}){userErrors{code}}}`, vars{"r": role, "p": permissions})
		}
		session, fields := p.acme.As(creator), vars{"n": "once", "r": []string{strings.Trim(p.names.Replace(`"$janesRole"`), `"`)}, "k": "form"}
		first := session.Must(createOnce, fields).Text("createUser.user.id")
		p.proven(0).Must(`mutation($u:ID!){updateUser(input:{id:$u,loginName:"another"}){userErrors{code}}}`, vars{"u": first})
		p.age(session, forOthers)
		if again := session.Must(createOnce, fields); again.Text("createUser.user.id") != first || again.Text("createUser.user.loginName") != "another" {
			t.Errorf("after a change, with an old proof: %s", again.Body)
		}
		other := vars{"n": "twice", "r": fields["r"], "k": "form"}
		if got := session.Do(createOnce, other).UserErrors("createUser"); !slices.Equal(got, []string{"IDEMPOTENCY_KEY_REUSED input.idempotencyKey"}) {
			t.Errorf("other input: %q", got)
		}
		if got := p.acme.As(p.acme.Person("second", "CREATE_USER", "VIEW_USER")).Do(createOnce, fields).UserErrors("createUser"); !slices.Equal(got, []string{"TAKEN input.email"}) {
			t.Errorf("another viewer with the same key: %q", got)
		}
		rename("CREATE_USER")
		if again := session.Do(createOnce, fields); again.At("createUser.user") != nil || len(again.UserErrors("createUser"))+len(again.Errors) > 0 {
			t.Errorf("without VIEW_USER: %s", again.Body)
		}
		rename("VIEW_USER")
		if again := session.Do(createOnce, fields); !slices.Equal(again.ErrorCodes(), []string{"FORBIDDEN createUser"}) {
			t.Errorf("without CREATE_USER: %s", again.Body)
		}
	})
}

// A program that repeats its request after a timeout gets what the first created, with its key and an idempotency key.
func TestAttackIdempotencyKeyOfAProgram(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		p := newProofSite(t, store)
		admin := p.admin
		role := strings.Trim(p.names.Replace(`"$adminRole"`), `"`)
		program := admin.Must(`mutation($r:[ID!]!){createUser(input:{kind:API,loginName:"hr-sync",email:"hr@acme.example",name:"HR",language:EN,roleIds:$r,
			mfaForced:true,accessPoints:["API"]}){user{id} userErrors{code}}}`, vars{"r": []string{role}}).Text("createUser.user.id")
		client := p.Client()
		client.Header.Set("Authorization", "ApiKey "+admin.Must(`mutation($u:ID!){createApiKey(input:{userId:$u,description:"X",accessPoints:["API"]}){
			secret userErrors{code}}}`, vars{"u": typeid.ID(program)}).Text("createApiKey.secret"))
		fields := vars{"n": "once", "r": []string{strings.Trim(p.names.Replace(`"$janesRole"`), `"`)}, "k": "job 1"}
		first := client.Must(createOnce, fields).Text("createUser.user.id")
		if again := client.Must(createOnce, fields).Text("createUser.user.id"); again != first {
			t.Errorf("again: %s, not %s", again, first)
		}
		fields["n"] = "twice"
		if got := client.Do(createOnce, fields).UserErrors("createUser"); !slices.Equal(got, []string{"IDEMPOTENCY_KEY_REUSED input.idempotencyKey"}) {
			t.Errorf("other input: %q", got)
		}
		for _, document := range []string{
			`updateUser(input:{id:"$jane",password:"nine violet kettles hum beneath"}){userErrors{code}}`,
			`updateUser(input:{id:"$jane",email:"elsewhere@acme.example"}){userErrors{code}}`, `resetUserMfa(input:{id:"$jane"}){userErrors{code}}`,
		} {
			if answer := p.do(client, provenAct{document: document}); len(answer.Errors) != 1 || answer.Errors[0].Code() != "FORBIDDEN" {
				t.Errorf("a key changes credentials, %s: %s", document, answer.Body)
			}
		}
	})
}
