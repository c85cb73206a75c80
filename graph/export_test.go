package graph

import (
	"net/http"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/gatehouse/gatehouse/graph/generated"
	"github.com/gatehouse/gatehouse/graph/plan"
)

// NewReferenceHandler is NewHandler with gqlgen's own executor for everything, which plans are compared with.
func NewReferenceHandler(config Config) http.Handler {
	return newHandler(config, generated.NewExecutableSchema)
}

// NewUnguardedHandler is NewHandler without what stands before the fields of an operation: whoever asks gets what they ask for.
func NewUnguardedHandler(config Config) http.Handler {
	guarded := newHandler(config, compiledSchema)
	exec := executor.New(compiledSchema(generated.Config{Schema: schema(), Resolvers: guarded.resolver}))
	exec.SetQueryCache(smallDocuments{lru.New[*ast.QueryDocument](256)})
	return transport{exec, guarded.resolver}
}

// FieldsRead are the fields of users, events and keys that a query has read.
func FieldsRead(t *testing.T, query string) [3][]string {
	t.Helper()
	document, errs := gqlparser.LoadQueryWithRules(schema(), query, rules.NewDefaultRules())
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	operation := &graphql.OperationContext{RawQuery: query, Doc: document, Operation: document.Operations[0]}
	asked := plan.NewCache(schema(), 0, func(asked plan.Asked) any { return asked }).For(operation).Reading.(plan.Asked)
	var read [3][]string
	for i, of := range []struct {
		object string
		needs  map[string][]string
	}{{"User", userNeeds}, {"AuditEvent", eventNeeds}, {"ApiKey", keyNeeds}} {
		var everything bool
		if read[i], everything = fieldsOf(asked, of.object, of.needs); everything {
			t.Errorf("%s: everything is read of %s", query, of.object)
		}
	}
	return read
}
