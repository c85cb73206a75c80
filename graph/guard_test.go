package graph_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/signin"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// pageOfUsers is the list query that performance is measured by.
const pageOfUsers = `{"query":"{users(first:50){nodes{id kind loginName name email language status createdAt roles{id name} whitelists{id name entries{cidr note}} accessPoints{code}} pageInfo{hasNextPage endCursor}}}"}`

// BenchmarkGuards is what a page of users costs through everything that stands before it, and without: finding out who asks
// with a key and what they may do, limits of cost, the gate, cross-origin protection, request IDs, metrics and the log.
// `make bench ONLY=overhead` compares the two.
func BenchmarkGuards(b *testing.B) {
	store, err := db.Open(b.Context(), dbtest.Addresses(b)["sqlite"](b))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	site := servertest.New(b, store)
	acme := site.Account("acme")
	crowd(site, acme, 60)
	key := lister(acme.AsAdmin(), "lister")
	viewer, err := site.SignIn.KeyViewer(b.Context(), key, netip.MustParseAddr("127.0.0.1"))
	if err != nil {
		b.Fatal(err)
	}
	bare := graph.NewUnguardedHandler(graph.Config{
		Store: store, Accounts: site.Accounts, SignIn: site.SignIn, Catalogue: access.Builtin(), State: site.State,
		Log: slog.New(slog.DiscardHandler), Now: site.Clock.Now,
	})
	unguarded := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		visitor := &graph.Visitor{Client: signin.Client{IP: viewer.IP}}
		visitor.SetViewer(viewer)
		bare.ServeHTTP(w, r.WithContext(graph.WithVisitor(r.Context(), visitor)))
	})
	var answers [2]string
	for i, one := range []struct {
		name    string
		handler http.Handler
	}{{"with", site.Handler}, {"without", unguarded}} {
		b.Run(one.name, func(b *testing.B) {
			for b.Loop() {
				request := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/graphql", strings.NewReader(pageOfUsers))
				request.Header.Set("Content-Type", "application/json")
				request.Header.Set("Authorization", "ApiKey "+key)
				recorder := httptest.NewRecorder()
				one.handler.ServeHTTP(recorder, request)
				answers[i] = recorder.Body.String()
			}
		})
	}
	if answers[0] != answers[1] || strings.Count(answers[0], `"kind"`) != 50 {
		b.Errorf("not the same answers: %s\n%s", answers[0], answers[1])
	}
}

// lister makes a program that may see users and whitelists, and a key for it.
func lister(admin *servertest.Client, login string) string {
	role := admin.Must(`mutation($n:String!){createRole(input:{name:$n,permissions:["VIEW_USER","VIEW_WHITELIST"]}){role{id} userErrors{code}}}`, vars{"n": login})
	user := admin.Must(`mutation($r:ID!,$n:String!,$e:String!){createUser(input:{kind:API,loginName:$n,email:$e,name:"Lister",language:EN,
		roleIds:[$r],mfaForced:true,accessPoints:["API"]}){user{id} userErrors{code}}}`,
		vars{"r": role.Text("createRole.role.id"), "n": login, "e": login + "@acme.example"})
	return admin.Must(`mutation($u:ID!){createApiKey(input:{userId:$u,description:"Lists",accessPoints:["API"]}){secret userErrors{code}}}`,
		vars{"u": user.Text("createUser.user.id")}).Text("createApiKey.secret")
}
