package graph_test

import (
	"context"
	"fmt"
	"maps"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/internal/typeid"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// everythingOfUsers is all that the page could show of a page of users.
const everythingOfUsers = `query($first:Int){users(first:$first){nodes{
	id kind loginName qualifiedName name email language status lockedUntil permissions mfaForced viewerCanManage lastSignInAt createdAt revision
	roles{id name permissions retiredPermissions builtIn userCount viewerCanAssign}
	accessPoints{code userCount origins whitelists{name userCount entries{cidr note}}}
	whitelists{name userCount entries{cidr note} accessPoints{code}}
	mfa{required enrolled recoveryCodesRemaining methods{id name createdAt lastUsedAt}}
	sessions{id ip current}
	createdBy{loginName roles{name} mfa{enrolled} whitelists{name}}}}}`

// known has what the client may do read into memory, which happens once and after a change.
func known(client *servertest.Client) { client.Must(`{viewer{ip}}`, nil) }

// A page costs as many statements as it asks questions, not as many as it has rows.
func TestStatementsOfAPageOfUsers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		crowd(site, acme, 12)
		client := acme.AsAdmin()
		few := counted(store, client, func() { client.Must(everythingOfUsers, vars{"first": 3}) })
		crowd(site, acme, 100)
		many := counted(store, client, func() {
			answer := client.Must(everythingOfUsers, vars{"first": 100})
			if nodes, _ := answer.At("users.nodes").([]any); len(nodes) != 100 {
				t.Fatalf("%d users", len(nodes))
			}
			if answer.At("users.nodes.50.whitelists.0.entries.0.cidr") != "192.0.2.0/24" || answer.At("users.nodes.50.createdBy.loginName") != "admin" {
				t.Fatalf("not all is there: %v", answer.At("users.nodes.50"))
			}
		})
		if many != few {
			t.Errorf("3 users take %d statements, 100 take %d", few, many)
		}
		if many > 30 {
			t.Errorf("%d statements for a page", many)
		}
	})
}

func TestStatementsOfEvents(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		client := acme.AsAdmin()
		role := client.Must(`mutation{createRole(input:{name:"R",permissions:[]}){role{id}}}`, nil).Text("createRole.role.id")
		for i := range 30 {
			client.Must(`mutation($i:ID!,$n:String!){updateRole(input:{id:$i,name:$n}){userErrors{code}}}`, vars{"i": role, "n": fmt.Sprint("Role ", i)})
		}
		ask := func(first int) int64 {
			return counted(store, client, func() {
				client.Must(`query($n:Int){auditEvents(first:$n){nodes{action actor{loginName roles{name}} target{__typename ... on Role{name userCount}}
					changes{field before after}}}}`, vars{"n": first})
			})
		}
		if few, many := ask(2), ask(30); few != many {
			t.Errorf("2 events take %d statements, 30 take %d", few, many)
		}
	})
}

// The list is counted only when somebody asks how long it is.
func TestStatementsOfTotalCount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		client := acme.AsAdmin()
		known(client)
		without := count(store, func() { client.Must(`{roles{nodes{name}}}`, nil) })
		with := count(store, func() {
			if answer := client.Must(`{roles{nodes{name} totalCount}}`, nil); answer.At("roles.totalCount") != 2.0 {
				t.Error(answer.Body)
			}
		})
		if with != without+1 {
			t.Errorf("%d statements without totalCount, %d with", without, with)
		}
	})
}

// What a selection leaves out is not read: each list that it asks for costs what it costs, and one that is skipped nothing.
// What users hold is known from the time before.
func TestStatementsOfWhatIsLeftOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		crowd(site, acme, 5)
		client := acme.AsAdmin()
		ask := func(selection string) int64 {
			return counted(store, client, func() { client.Must(`{users(first:5){nodes{`+selection+`}}}`, nil) })
		}
		bare := ask("id loginName email createdAt")
		for selection, more := range map[string]int64{
			"id roles{name}":                           0,
			"id roles{id} more:roles{name}":            0,
			"id whitelists{name entries{cidr}}":        0,
			"id accessPoints{code}":                    0,
			"id sessions{id}":                          1,
			"id roles@skip(if:true){name}":             0,
			"id ...@include(if:false){whitelists{id}}": 0,
			"id ...on Node{...on User{name}}":          0,
		} {
			if got := ask(selection); got != bare+more {
				t.Errorf("%s: %d statements, %d without, want %d more", selection, got, bare, more)
			}
		}
	})
}

// A mutation's field sees what the field before it has changed.
func TestFieldsOfAMutationSeeEachOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		ids := things(site, acme)
		answer := acme.AsAdmin().Must(`mutation($user:ID!,$list:ID!){
			a:updateUser(input:{id:$user,whitelistIds:[$list]}){user{whitelists{name}} userErrors{code}}
			b:updateUser(input:{id:$user,whitelistIds:[]}){user{whitelists{name}} userErrors{code}}}`, vars{"user": ids["user"], "list": ids["list"]})
		if fmt.Sprint(answer.At("a.user.whitelists"), answer.At("b.user.whitelists")) != "[map[name:Office]] []" {
			t.Error(answer.Body)
		}
	})
}

// Of a page as many rows are read as it shows, and one that says whether there are more, whatever lists hang on it and are left
// out; what users hold comes as one row.
func TestRowsOfWhatIsLeftOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		crowd(site, acme, 20)
		client := acme.AsAdmin()
		rows := func(selection string) int64 {
			known(client)
			before := store.Rows()
			client.Must(`{users(first:5){nodes{`+selection+`}}}`, nil)
			return store.Rows() - before
		}
		bare := rows("id name")
		if bare < 6 || bare > 9 { // the session, and on PostgreSQL a look at what has changed, besides the page
			t.Errorf("%d rows for five users", bare)
		}
		if got := rows("id roles@skip(if:true){name} ...@include(if:false){whitelists{entries{cidr}}}"); got != bare {
			t.Errorf("%d rows with lists that are left out, %d without", got, bare)
		}
		first, again := rows("id roles{name}"), rows("id roles{name}")
		if first <= bare || first > bare+9 || again != bare { // who holds what, five roles, and looks around the reading
			t.Errorf("%d rows, %d with roles, and %d again", bare, first, again)
		}
	})
}

// What users hold is read once, and after a change of one of them for that one.
func TestHoldingsAreReadOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		crowd(site, acme, 5)
		ids := things(site, acme)
		client := acme.AsAdmin()
		ask := func() map[string]string {
			lists := map[string]string{}
			for _, node := range client.Must(`{users(first:20){nodes{id whitelists{id}}}}`, nil).At("users.nodes").([]any) {
				node := node.(map[string]any)
				lists[fmt.Sprint(node["id"])] = fmt.Sprint(node["whitelists"])
			}
			return lists
		}
		known(client)
		first := count(store, func() { ask() })
		again := count(store, func() { ask() })
		if first <= again || again > 3 { // the session, the users, and on PostgreSQL a look at what has changed
			t.Errorf("%d statements, and %d again", first, again)
		}
		want, changed := ask(), fmt.Sprint(ids["user"])
		for shown, lists := range map[string][]any{"[]": {}, fmt.Sprintf("[map[id:%v]]", ids["list"]): {ids["list"]}} {
			client.Must(`mutation($u:ID!,$l:[ID!]){updateUser(input:{id:$u,whitelistIds:$l}){userErrors{code}}}`, vars{"u": changed, "l": lists})
			want[changed] = shown
			if got := ask(); !maps.Equal(got, want) {
				t.Errorf("%v, want %v", got, want)
			}
		}
	})
}

// Of users, events and keys as many columns are read as the document asks for, wherever it does.
func TestColumnsThatAreRead(t *testing.T) {
	for query, want := range map[string]string{
		`{users{nodes{id}}}`: "[[ID] [] []]",
		`{users{nodes{id name} edges{node{email}}} user(by:{loginName:"x"}){... on Node{... on User{kind}}}}`: "[[Email ID Kind Name] [] []]",
		`{users{nodes{qualifiedName roles{id} createdBy{name}}}}`:                                             "[[CreatedBy LoginName Name] [] []]",
		`{users{nodes{id name @skip(if:true) ...@include(if:false){email}}}}`:                                 "[[ID] [] []]",
		`{auditEvents{nodes{at action actor{name}}} apiKeys{nodes{status user{id}}}}`:                         "[[ID Name] [Action ActorID At] [ExpiresAt RevokedAt UserID]]",
	} {
		if got := fmt.Sprint(graph.FieldsRead(t, query)); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

// counted is count of the second time that something is asked, when what is kept in memory is there.
func counted(store *db.DB, client *servertest.Client, ask func()) int64 {
	known(client)
	ask()
	return count(store, ask)
}

func count(store *db.DB, ask func()) int64 {
	before := store.Statements()
	ask()
	return store.Statements() - before
}

// crowd adds users, all with a whitelist, a factor and a session.
func crowd(site *servertest.Site, account *servertest.Account, n int) {
	prefix := db.Prefix{}
	if err := prefix.Scan("192.0.2.0/24"); err != nil {
		site.T.Fatal(err)
	}
	for range n {
		login := string(typeid.New("u"))
		user := account.Person(login, "VIEW_USER")
		list := &db.Whitelist{ID: typeid.New("wl"), AccountID: account.ID, Name: login, Revision: 1, CreatedAt: 1, UpdatedAt: 1}
		method := &db.TOTPMethod{Factor: db.Factor{ID: typeid.New("totp"), UserID: user.ID, Name: "Phone", CreatedAt: 1}, Secret: []byte("sealed")}
		site.Touch(func(ctx context.Context, tx *db.Tx) error {
			if err := tx.CreateWhitelist(ctx, list, []*db.WhitelistEntry{{Prefix: prefix}}); err != nil {
				return err
			}
			if err := tx.SetUserWhitelists(ctx, user.ID, []typeid.ID{list.ID}); err != nil {
				return err
			}
			return tx.CreateFactor(ctx, method)
		})
		account.Session(user, db.ByMFA)
	}
}
