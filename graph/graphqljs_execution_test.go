package graph_test

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/signin"
)

// execution compares answers with those of graphql-js, whose resolvers return what is in ours.
type execution struct {
	*comparison
	js *graphqlJS
	// How many answers were compared, and how many of them had errors, and errors that took away what was around their fields.
	compared, partly, emptied int
}

// answers executes a random document as everybody, and holds the answers to those of graphql-js: the same fields in the same
// order, null where an error goes, and nothing lost or added.
func (e *execution) answers(t *testing.T, handler http.Handler, seed uint64, fails func(path string) bool) {
	t.Helper()
	documents := fuzzed{random: rand.New(rand.NewPCG(seed, 15)), schema: e.js.schema["served"], ids: e.quotedIDs()}
	query, operation, variables := documents.next()
	for name, viewer := range e.viewers {
		visitor := &graph.Visitor{Client: signin.Client{IP: netip.MustParseAddr("127.0.0.1")}}
		visitor.SetViewer(viewer)
		got := graph.Execute(graph.WithVisitor(t.Context(), visitor), handler, query, operation, variables, fails)
		if got.Answered {
			continue
		}
		if e.compared++; len(got.Errors) > 0 {
			e.partly++
		}
		if slices.ContainsFunc(got.Errors, func(err *gqlerror.Error) bool { return tookAround(t, got.Data, err.Path) }) {
			e.emptied++
		}
		want := e.js.ask(map[string]any{"schema": "served", "query": query, "operationName": named(operation), "variables": variables,
			"answer": map[string]any{"data": got.Data, "errors": got.Errors}})
		if problem := e.differ(got, want); problem != "" {
			encoded, _ := json.Marshal(variables)
			t.Errorf("seed %d as %s: %s\n%s\n%s\nhere:       %s\n%v\ngraphql-js: %s\n%v", seed, name, problem, query, encoded, got.Data, got.Errors, want.Executed.Data, want.Executed.Errors)
			return
		}
	}
}

func (e *execution) quotedIDs() []string {
	var quoted []string
	for _, id := range e.documents.ids {
		quoted = append(quoted, fmt.Sprintf("%q", id))
	}
	return quoted
}

// differ says how two answers differ.
func (e *execution) differ(got graph.Executed, want found) string {
	if !want.Executed.Same {
		return "the data differ"
	}
	theirs := map[string]bool{}
	for _, err := range want.Executed.Errors {
		theirs[pathText(err.Path)] = true
	}
	for _, err := range got.Errors {
		if err.Path == nil || len(err.Locations) == 0 {
			return fmt.Sprintf("an error without a place: %v", err)
		}
		path := pathText(canonical(e.js.t, err.Path).([]any))
		if !theirs[path] && !underNull(got, err) {
			return fmt.Sprintf("an error at %s that graphql-js has not", path)
		}
		delete(theirs, path)
	}
	if len(theirs) > 0 {
		return fmt.Sprintf("no errors at %v", theirs)
	}
	return ""
}

// tookAround says whether an error is further in than the null that it made.
func tookAround(t *testing.T, data []byte, path ast.Path) bool {
	t.Helper()
	at := decoded(t, data)
	for _, step := range path {
		switch step := step.(type) {
		case ast.PathName:
			object, ok := at.(map[string]any)
			if !ok {
				return true
			}
			at = object[string(step)]
		case ast.PathIndex:
			list, ok := at.([]any)
			if !ok {
				return true
			}
			at = list[step]
		}
	}
	return false
}

func pathText(path []any) string {
	var text []string
	for _, step := range path {
		text = append(text, fmt.Sprint(step))
	}
	return strings.Join(text, "/")
}

// underNull says whether an error is in what another error has taken away: graphql-js stops at the first.
func underNull(got graph.Executed, err *gqlerror.Error) bool {
	return slices.ContainsFunc(got.Errors, func(other *gqlerror.Error) bool {
		return other != err && other.Path[0] == err.Path[0]
	})
}

func TestExecutionAgreesWithGraphqlJS(t *testing.T) {
	store, err := db.Open(t.Context(), dbtest.Addresses(t)["sqlite"](t))
	if err != nil {
		t.Fatal(err)
	}
	e := &execution{comparison: newComparison(t, store), js: newGraphqlJS(t)}
	for seed := range uint64(200) {
		if e.answers(t, e.plans, seed, nil); t.Failed() {
			return
		}
	}
	for seed := range uint64(200) {
		fails := func(path string) bool {
			hash := fnv.New32a()
			_, _ = fmt.Fprint(hash, path, seed)
			return hash.Sum32()%13 == 0
		}
		if e.answers(t, e.reference, seed, fails); t.Failed() {
			return
		}
	}
	if err := store.Close(); err != nil { // from here on only what the viewer has with them can be answered
		t.Fatal(err)
	}
	for seed := range uint64(100) {
		if e.answers(t, e.plans, seed, nil); t.Failed() {
			return
		}
	}
	if e.compared < 600 || e.partly < 250 || e.emptied < 40 {
		t.Errorf("%d answers were compared, %d have errors, and %d null around them: too few", e.compared, e.partly, e.emptied)
	}
	t.Logf("%d answers were compared, %d have errors, and %d null around them", e.compared, e.partly, e.emptied)
}

// Introspection says what graphql-js says of the schema that is served.
func TestIntrospectionAgreesWithGraphqlJS(t *testing.T) {
	js := newGraphqlJS(t)
	site := anySite(t)
	want := js.ask(map[string]any{"schema": "served", "introspect": true})
	visitor := &graph.Visitor{Client: signin.Client{IP: netip.MustParseAddr("127.0.0.1")}}
	visitor.SetViewer(&access.Viewer{Account: &db.Account{}, User: &db.User{}, Session: &db.Session{}})
	got := graph.Execute(graph.WithVisitor(t.Context(), visitor), handlerOf(site), want.Query, "", nil, nil)
	if len(got.Errors) > 0 {
		t.Fatal(got.Errors)
	}
	ours, theirs := described(t, got.Data), described(t, want.Introspection)
	withoutDraft(theirs)
	for _, name := range slices.Sorted(maps.Keys(theirs)) {
		if where := difference(ours[name], theirs[name]); where != "" {
			t.Errorf("%s%s", name, where)
		}
		delete(ours, name)
	}
	for name := range ours {
		t.Errorf("%s is not in the schema of graphql-js", name)
	}
}

// described are the types and directives of an introspection by their names, and the rest of it. The descriptions of what every
// schema has are each library's own.
func described(t *testing.T, introspection []byte) map[string]any {
	t.Helper()
	schema := decoded(t, introspection).(map[string]any)["__schema"].(map[string]any)
	found := map[string]any{"schema": schema}
	for _, list := range []string{"types", "directives"} {
		for _, one := range schema[list].([]any) {
			found[list+" "+one.(map[string]any)["name"].(string)] = one
		}
		delete(schema, list)
	}
	for name, one := range found {
		if possible, ok := one.(map[string]any)["possibleTypes"].([]any); ok {
			slices.SortFunc(possible, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		}
		if _, word, _ := strings.Cut(name, " "); strings.HasPrefix(word, "__") || slices.Contains(builtin, word) {
			withoutDescriptions(one)
		}
	}
	return found
}

// withoutDraft leaves out what graphql-js has of a draft of the specification: deprecated directives.
func withoutDraft(theirs map[string]any) {
	for name, one := range theirs {
		if one := one.(map[string]any); strings.HasPrefix(name, "directives ") {
			delete(one, "isDeprecated")
			delete(one, "deprecationReason")
		}
	}
	directive, schema := theirs["types __Directive"].(map[string]any), theirs["types __Schema"].(map[string]any)
	directive["fields"] = slices.DeleteFunc(directive["fields"].([]any), func(field any) bool {
		return slices.Contains([]any{"isDeprecated", "deprecationReason"}, field.(map[string]any)["name"])
	})
	for _, field := range schema["fields"].([]any) {
		if field := field.(map[string]any); field["name"] == "directives" {
			field["args"] = []any{}
		}
	}
}

// difference says where two values differ first.
func difference(ours, theirs any) string {
	switch theirs := theirs.(type) {
	case map[string]any:
		ours, _ := ours.(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(theirs)) {
			if where := difference(ours[key], theirs[key]); where != "" {
				return " " + key + where
			}
		}
		if len(ours) == len(theirs) {
			return ""
		}
	case []any:
		ours, _ := ours.([]any)
		for i := range min(len(ours), len(theirs)) {
			if where := difference(ours[i], theirs[i]); where != "" {
				return fmt.Sprintf(" %d%s", i, where)
			}
		}
		if ours != nil && len(ours) == len(theirs) {
			return ""
		}
	}
	if reflect.DeepEqual(ours, theirs) {
		return ""
	}
	return fmt.Sprintf(":\nhere:       %v\ngraphql-js: %v", ours, theirs)
}

var builtin = []string{"String", "Int", "Float", "Boolean", "ID", "skip", "include", "deprecated", "specifiedBy", "oneOf"}

func withoutDescriptions(value any) {
	switch value := value.(type) {
	case map[string]any:
		delete(value, "description")
		for _, member := range value {
			withoutDescriptions(member)
		}
	case []any:
		for _, item := range value {
			withoutDescriptions(item)
		}
	}
}
