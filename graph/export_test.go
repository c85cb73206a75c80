package graph

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/gatehouse/gatehouse/graph/generated"
	"github.com/gatehouse/gatehouse/graph/plan"
	"github.com/gatehouse/gatehouse/internal/access"
)

// NewReferenceHandler is NewHandler with gqlgen's own executor for everything, which plans are compared with.
func NewReferenceHandler(config Config) http.Handler {
	return newHandler(config, generated.NewExecutableSchema)
}

// NewUnguardedHandler is NewHandler without what stands before the fields of an operation: whoever asks gets what they ask for.
func NewUnguardedHandler(config Config) http.Handler {
	bare := newHandler(config, compiledSchema)
	bare.exec = executor.New(compiledSchema(generated.Config{Schema: schema(), Resolvers: bare.resolver}))
	bare.exec.SetQueryCache(lru.New[*ast.QueryDocument](256))
	bare.accept = func(ctx context.Context, params *graphql.RawParams) (*graphql.OperationContext, *graphql.Response) {
		operation, errs := bare.exec.CreateOperationContext(ctx, params)
		if len(errs) > 0 {
			return nil, &graphql.Response{Errors: errs}
		}
		return operation, nil
	}
	return bare
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

// CheapFields are those of the table, as "Object.field".
func CheapFields() []string {
	var all []string
	for object, fields := range cheapFields {
		for field := range fields {
			all = append(all, object+"."+field)
		}
	}
	return all
}

// IsResolved says whether a field has a resolver.
func IsResolved(object, field string) bool { return generated.ResolvedFields[object][field] }

// StatementsSaid is how many statements a field may take at most, asked of a hundred objects.
func StatementsSaid(object, field string) int64 {
	switch readsOf(object, field) {
	case readsNothing:
		return 0
	case readsBatched:
		return batchedPrice
	default:
		return pageMost * statementsEach
	}
}

// StepsForStrangers is how much work parsing and validating the document of a request takes where it is not refused before.
func StepsForStrangers(body string) int { return stepsFor(body, mostOfStrangers) }

// StepsForViewers is the same for somebody who is signed in.
func StepsForViewers(body string) int { return stepsFor(body, mostOfViewers) }

func stepsFor(body string, most bounds) int {
	if int64(len(body)) > most.body {
		return 0
	}
	params, err := read(strings.NewReader(body), int64(len(body)), most)
	if err != nil {
		return 0
	}
	parsed, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: params.Query}, most.tokens)
	if err != nil {
		return most.tokens
	}
	nodes, fragments, refusal := checkShape(parsed, most)
	if refusal != nil || len(parsed.Operations) == 0 {
		return min(nodes, most.tokens)
	}
	asked := (&measurer{schema: schema(), operation: parsed.Operations[0], fragments: fragments, variables: params.Variables}).measure()
	if most.check(asked) != nil {
		return nodes
	}
	_, steps := validate(schema(), parsed)
	return nodes + steps
}

// KeptAfterFlood says whether a viewer's document is still in memory after many of strangers.
func KeptAfterFlood(t *testing.T) bool {
	t.Helper()
	entrance := newEntrance(schema(), &Resolver{})
	viewer := &access.Viewer{}
	keep := func(text string, viewer *access.Viewer) {
		document, errs := entrance.parse(text, viewer, mostFor(viewer))
		if errs = append(errs, entrance.validate(text, document, viewer)...); len(errs) > 0 {
			t.Fatal(errs)
		}
	}
	keep("{viewer{ip}}", viewer)
	for i := range 1000 {
		keep(fmt.Sprintf("{a%d:viewer{ip}}", i), nil)
	}
	_, kept := entrance.ofViewers.Get("{viewer{ip}}")
	return kept && entrance.ofStrangers.Len() <= 32
}
