package graph

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/gatehouse/gatehouse/graph/plan"
	"github.com/gatehouse/gatehouse/internal/access"
)

// entrance turns what a request asks for into an operation that can be executed, or refuses it. [entrance.accept] has its
// stages in their order: each is cheap for whatever the stages before it let through.
type entrance struct {
	schema *ast.Schema
	gate   gate
	ids    idCheck
	// Documents that were found valid. Those of strangers are kept apart, so that they push no other out.
	ofViewers, ofStrangers *documentCache
	read                   argumentsRead // nil but in tests
}

// document is a parsed document of a bounded shape.
type document struct {
	*ast.QueryDocument
	fragments map[string]*ast.FragmentDefinition
	nodes     int
	valid     bool
}

type documentCache = plan.Bounded[string, *document]

const (
	// cachedNodes is how many nodes all documents in the cache have together: about 500 bytes each.
	cachedNodes = 100_000
	// cachedDocument is how long a document may be to be kept once it is parsed, in bytes.
	cachedDocument = 8 << 10
)

func newEntrance(schema *ast.Schema, resolver *Resolver) *entrance {
	return &entrance{
		schema: schema, gate: gate{resolver, schema}, ids: newIDCheck(schema),
		ofViewers: plan.NewBounded[string, *document](256, cachedNodes), ofStrangers: plan.NewBounded[string, *document](32, cachedNodes/10),
	}
}

// mostFor are the bounds of what a viewer may ask for; nil: a stranger.
func mostFor(viewer *access.Viewer) bounds {
	if viewer == nil {
		return mostOfStrangers
	}
	return mostOfViewers
}

// accept works through the stages. answered is the whole answer where there is nothing to execute: errors without data, or
// what a stranger asked for and may not have.
func (e *entrance) accept(ctx context.Context, params *graphql.RawParams) (operation *graphql.OperationContext, answered *graphql.Response) {
	viewer := viewerOf(ctx)
	most := mostFor(viewer)
	document, errs := e.parse(params.Query, viewer, most) // tokens, then the shape: before anybody looks at what it says
	if len(errs) > 0 {
		return nil, refused(errs...)
	}
	chosen := document.Operations.ForName(params.OperationName)
	if chosen == nil {
		return nil, refused(noOperation(params.OperationName))
	}
	if viewer == nil {
		if answered := e.gate.closed(ctx, chosen); answered != nil {
			return nil, answered
		}
	}
	measurer := &measurer{
		schema: e.schema, operation: chosen, fragments: document.fragments, variables: params.Variables, stranger: viewer == nil,
	}
	asked := measurer.measure()
	requested := cost{asked.price(), most.cost}
	if err := most.check(asked); err != nil {
		return nil, withCost(refused(err), requested)
	}
	if errs := e.validate(params.Query, document, viewer); len(errs) > 0 {
		return nil, refused(errs...)
	}
	variables, errs := e.coerceInput(ctx, document, chosen, params.Variables)
	if len(errs) > 0 {
		return nil, refused(errs...)
	}
	if errs := e.ids.check(document.fragments, chosen, variables); len(errs) > 0 {
		return nil, refused(errs...)
	}
	return &graphql.OperationContext{
		RawQuery: params.Query, OperationName: params.OperationName, Extensions: map[string]any{"cost": requested},
		Doc: document.QueryDocument, Operation: chosen, Variables: variables,
		RecoverFunc: recovered, RootResolverMiddleware: e.gate.InterceptRootField, ResolverMiddleware: fieldMiddleware(ctx, chosen, measurer.introspects),
	}, nil
}

// noOperation says that a document has not the operation that is asked for.
func noOperation(name string) *gqlerror.Error {
	if name == "" {
		return gqlerror.Errorf("Must provide operation name if query contains multiple operations.")
	}
	return gqlerror.Errorf("Unknown operation named %q.", name)
}

func (e *entrance) cache(viewer *access.Viewer) *documentCache {
	if viewer == nil {
		return e.ofStrangers
	}
	return e.ofViewers
}

func (e *entrance) parse(text string, viewer *access.Viewer, most bounds) (*document, gqlerror.List) {
	if known, found := e.cache(viewer).Get(text); found {
		return known, nil
	}
	parsed, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, most.tokens)
	if err != nil {
		return nil, gqlerror.List{syntaxError(text, err)}
	}
	if err := checkNumbers(text); err != nil {
		return nil, gqlerror.List{err}
	}
	if refusal := checkSurrogates(text); refusal != nil {
		return nil, gqlerror.List{refusal}
	}
	if len(parsed.Operations) == 0 {
		return nil, gqlerror.List{gqlerror.ErrorLocf("", 1, 1, "The document has no operation.")}
	}
	nodes, fragments, refusal := checkShape(parsed, most)
	if refusal != nil {
		return nil, gqlerror.List{refusal}
	}
	return &document{QueryDocument: parsed, fragments: fragments, nodes: nodes}, nil
}

func (e *entrance) validate(text string, document *document, viewer *access.Viewer) gqlerror.List {
	if document.valid {
		return nil
	}
	if errs, _ := validate(e.schema, document.QueryDocument); len(errs) > 0 {
		return errs
	}
	document.valid = true
	if len(text) <= cachedDocument {
		e.cache(viewer).Add(text, document, document.nodes)
	}
	return nil
}

// refused is the answer to a document that is not executed at all. What is said of it is for whoever wrote the document, and
// in English like the document.
func refused(list ...*gqlerror.Error) *graphql.Response {
	answer := &graphql.Response{}
	for _, err := range list {
		shown := &gqlerror.Error{ // without a path: nothing was executed that could be in an answer
			Message: shortened(err.Message), Locations: err.Locations, Extensions: map[string]any{"code": codeBadUserInput},
		}
		for _, name := range []string{"cost", "argument"} {
			if own, given := err.Extensions[name]; given {
				shown.Extensions[name] = own
			}
		}
		answer.Errors = append(answer.Errors, shown)
	}
	return answer
}

// shortened cuts a message that repeats what a document says.
func shortened(message string) string {
	if len(message) <= maxMessage {
		return message
	}
	return strings.ToValidUTF8(message[:maxMessage], "") + "…"
}

func withCost(answer *graphql.Response, asked cost) *graphql.Response {
	answer.Extensions = map[string]any{"cost": asked}
	return answer
}
