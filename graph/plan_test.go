package graph_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/signin"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// comparison asks the same of the handler and of gqlgen's own executor.
type comparison struct {
	plans, reference http.Handler
	viewers          map[string]*access.Viewer
	documents        documents
	// How many answers had data, and how many of these errors: a comparison of refusals would say nothing.
	asked, answered, partly int
}

func newComparison(t testing.TB, store *db.DB) *comparison {
	t.Helper()
	site := servertest.New(t, store)
	acme, other := site.Account("acme"), site.Account("globex")
	crowd(site, acme, 3)
	jane := acme.Person("jane", access.ViewUser, access.ViewRole)
	config := graph.Config{
		Store: store, Accounts: site.Accounts, SignIn: site.SignIn, Catalogue: access.Builtin(), State: site.State, Log: slog.New(slog.DiscardHandler), Now: site.Clock.Now,
	}
	c := &comparison{plans: graph.NewHandler(config), reference: graph.NewReferenceHandler(config), viewers: map[string]*access.Viewer{"nobody": nil}}
	for name, client := range map[string]*servertest.Client{
		"an administrator": acme.AsAdmin(), "somebody with little": acme.As(jane), "nobody much": acme.As(acme.Person("joe")),
		"somebody of another account": other.AsAdmin(),
	} {
		viewer, err := site.SignIn.Viewer(t.Context(), secret.Token(client.Cookie("gatehouse_session")), netip.MustParseAddr("127.0.0.1"))
		if err != nil {
			t.Fatal(err)
		}
		c.viewers[name] = viewer
	}
	schema, err := gqlparser.LoadSchema(&ast.Source{Input: graph.SDL()})
	if err != nil {
		t.Fatal(err)
	}
	c.documents = documents{schema: schema, ids: []string{string(acme.ID), string(acme.Admin.ID), string(jane.ID), string(other.Admin.ID), "user_none", ""}}
	client := acme.AsAdmin()
	keysOfAllKinds(client)
	somethingOfEach(site, acme)
	for _, kind := range []string{"roles", "accessPoints", "whitelists", "auditEvents", "users", "apiKeys"} {
		path, selection := kind+".nodes.0.id", "{nodes{id}}"
		if kind == "accessPoints" {
			path, selection = kind+".0.id", "{id}"
		}
		c.documents.ids = append(c.documents.ids, client.Must("{"+kind+selection+"}", nil).Text(path))
	}
	return c
}

// somethingOfEach leaves nothing empty that could be read: somebody is locked, a key was used, and something was refused.
func somethingOfEach(site *servertest.Site, account *servertest.Account) {
	for range 10 {
		site.Client().Do(`mutation($a:String!){signIn(input:{account:$a,loginName:"jane",password:"wrong"}){next userErrors{code}}}`, vars{"a": account.Handle})
	}
	program := site.Client()
	program.Header.Set("Authorization", "ApiKey "+lister(account.AsAdmin(), "clerk"))
	program.Do(`mutation{createRole(input:{name:"Refused",permissions:[]}){role{id} userErrors{code}}}`, nil)
	if err := site.Usage.Flush(site.T.Context()); err != nil {
		site.T.Fatal(err)
	}
	// Failed sign-ins are recorded in the background: an event written between the two answers of a comparison would differ.
	site.SignIn.Settle()
}

// keysOfAllKinds makes keys that are as they were made, restricted, revoked, and rotated.
func keysOfAllKinds(admin *servertest.Client) {
	lister(admin, "lister")
	user := admin.Must(`{user(by:{loginName:"lister"}){id}}`, nil).Text("user.id")
	make := func(with string) string {
		return admin.Must(`mutation($u:ID!){createApiKey(input:{userId:$u,description:"Of a kind",accessPoints:["API"]`+with+`}){apiKey{id} userErrors{code}}}`,
			vars{"u": user}).Text("createApiKey.apiKey.id")
	}
	make(`,permissions:["VIEW_USER"],expiresAt:"2027-01-01T00:00:00Z"`)
	admin.Must(`mutation($k:ID!){revokeApiKey(input:{id:$k}){userErrors{code}}}`, vars{"k": make("")})
	admin.Must(`mutation($k:ID!){rotateApiKey(input:{id:$k}){userErrors{code}}}`, vars{"k": make("")})
}

// answer is what one of the handlers says.
type answer struct {
	status int
	data   string
	errs   []string
}

func (c *comparison) ask(t testing.TB, handler http.Handler, viewer *access.Viewer, query string, variables map[string]any) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	visitor := &graph.Visitor{Client: signin.Client{IP: netip.MustParseAddr("127.0.0.1")}}
	visitor.SetViewer(viewer)
	request := httptest.NewRequestWithContext(graph.WithVisitor(t.Context(), visitor), http.MethodPost, "/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	var response struct {
		Data   json.RawMessage
		Errors []json.RawMessage
	}
	if err := json.Unmarshal(recorder.Body.Bytes(), &response); err != nil {
		t.Fatalf("%v: %s\n%s", err, recorder.Body, query)
	}
	got := answer{status: recorder.Code, data: string(response.Data)}
	for _, one := range response.Errors {
		got.errs = append(got.errs, string(one))
	}
	slices.Sort(got.errs) // gqlgen resolves fields side by side, and tells their errors in any order
	return got
}

// compare asks one random document of everybody.
func (c *comparison) compare(t testing.TB, seed uint64) {
	t.Helper()
	c.documents.random = rand.New(rand.NewPCG(seed, 1))
	query, variables := c.documents.next()
	c.compareQuery(t, fmt.Sprint("seed ", seed), query, variables)
}

func (c *comparison) compareQuery(t testing.TB, what, query string, variables map[string]any) {
	t.Helper()
	for name, viewer := range c.viewers {
		want := c.ask(t, c.reference, viewer, query, variables)
		got := c.ask(t, c.plans, viewer, query, variables)
		c.asked++
		if want.data != "" && want.data != "null" {
			c.answered++
			c.partly += min(1, len(want.errs))
		}
		if got.status != want.status || got.data != want.data || !slices.Equal(got.errs, want.errs) {
			t.Errorf("%s as %s:\n%s\n%v\nplan:      %d %s %s\nreference: %d %s %s", what, name, query, variables,
				got.status, got.data, got.errs, want.status, want.data, want.errs)
		}
	}
}

// A plan answers what gqlgen's executor would, byte for byte: random documents over the whole schema.
func TestPlansAnswerAsTheReference(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := newComparison(t, store)
		for seed := range uint64(1000) {
			if c.compare(t, seed); t.Failed() {
				return
			}
		}
		if c.answered < c.asked/2 || c.partly < c.asked/20 {
			t.Errorf("of %d answers %d had data, and %d of these errors: too few to compare", c.asked, c.answered, c.partly)
		}
		t.Logf("of %d answers %d had data, and %d of these errors", c.asked, c.answered, c.partly)
	})
}

// Each field of long lists alone: what its resolver looks at is read, although nothing else asks for it.
func TestFieldsAloneAnswerAsTheReference(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := newComparison(t, store)
		for list, object := range map[string]string{"users": "User", "auditEvents": "AuditEvent", "apiKeys": "ApiKey"} {
			for _, field := range c.documents.schema.Types[object].Fields {
				query := "{" + list + "(first:100){nodes{" + field.Name + c.briefly(field.Type) + "}}}"
				c.compareQuery(t, query, query, nil)
			}
		}
	})
}

// briefly selects something of whatever a field leads to.
func (c *comparison) briefly(of *ast.Type) string {
	leads := c.documents.schema.Types[of.Name()]
	switch {
	case leads.IsLeafType():
		return ""
	case leads.Fields.ForName("nodes") != nil:
		return "(first:1){nodes{id}}"
	case leads.Fields.ForName("id") != nil:
		return "{__typename id}"
	}
	selection := "{__typename"
	for _, field := range leads.Fields {
		if c.documents.schema.Types[field.Type.Name()].IsLeafType() {
			selection += " " + field.Name
		}
	}
	return selection + "}"
}

// Where resolvers fail, what must not be null takes with it what is around it, as far out as gqlgen's executor would have it.
func TestPlansFailAsTheReference(t *testing.T) {
	for kind, address := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			store, err := db.Open(t.Context(), address(t))
			if err != nil {
				t.Fatal(err)
			}
			c := newComparison(t, store)
			if err := store.Close(); err != nil { // from here on only what the viewer has with them can be answered
				t.Fatal(err)
			}
			for _, query := range []string{
				`{viewer{ip user{name roles{id}}}}`, `{viewer{user{a:roles{id} b:roles{id}} account{handle}}}`,
				`{users{nodes{id}} viewer{user{permissions mfa{enrolled methods{id}}}}}`, `{viewer{user{whitelists{id} createdBy{roles{id}}}}}`,
			} {
				c.compareQuery(t, query, query, nil)
			}
			for seed := range uint64(300) {
				if c.compare(t, seed); t.Failed() {
					return
				}
			}
		})
	}
}

func FuzzPlan(f *testing.F) {
	store, err := db.Open(f.Context(), dbtest.Addresses(f)["sqlite"](f))
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = store.Close() })
	c := newComparison(f, store)
	f.Add(uint64(1_000_000))
	f.Fuzz(func(t *testing.T, seed uint64) { c.compare(t, seed) })
}
