package graph

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/gatehouse/gatehouse/graph/plan"
)

// Judgement is what the entrance finds of a document and its variables, stage by stage, without the limits of costs.
type Judgement struct {
	Refused     gqlerror.List // by its syntax or shape
	Invalid     gqlerror.List
	NoOperation bool
	Input       gqlerror.List // by variables and arguments
	Arguments   []ArgumentsAt
}

// ArgumentsAt are the arguments of a field or directive.
type ArgumentsAt struct {
	Line, Column int
	Field        *ast.Field // nil: a directive
	Values       map[string]any
	Raw          map[string]any // as gqlgen is given them; nil for directives
}

// Judge takes a document through the stages of the entrance for viewers.
func Judge(schema *ast.Schema, query, operationName string, variables map[string]any) (found Judgement) {
	e := &entrance{
		schema: schema, ofViewers: plan.NewBounded[string, *document](1, 1), ofStrangers: plan.NewBounded[string, *document](1, 1),
		read: func(at *ast.Position, of *ast.Field, values, raw map[string]any) {
			found.Arguments = append(found.Arguments, ArgumentsAt{at.Line, at.Column, of, values, raw})
		},
	}
	most := mostOfViewers
	document, errs := e.parse(query, nil, most)
	if found.Refused = errs; len(errs) > 0 {
		return found
	}
	if found.Invalid = e.validate(query, document, nil); len(found.Invalid) > 0 {
		return found
	}
	operation := document.Operations.ForName(operationName)
	if operation == nil {
		found.NoOperation = true
		return found
	}
	_, found.Input = e.coerceInput(WithVisitor(context.Background(), &Visitor{}), document, operation, variables)
	return found
}

// Executed is what a handler answers before anything of it is folded or cut.
type Executed struct {
	Answered bool // without execution
	Data     json.RawMessage
	Errors   gqlerror.List
}

// Execute asks a handler of a document. Where fails says so, the resolver of a field fails; handlers with plans do not ask it.
func Execute(ctx context.Context, handler http.Handler, query, operationName string, variables map[string]any, fails func(path string) bool) Executed {
	t := handler.(transport)
	ctx = t.resolver.withLoaders(graphql.StartOperationTrace(ctx))
	operation, answered := t.accept(ctx, &graphql.RawParams{Query: query, OperationName: operationName, Variables: variables})
	if answered != nil {
		return Executed{true, answered.Data, answered.Errors}
	}
	if own := operation.ResolverMiddleware; fails != nil {
		operation.ResolverMiddleware = func(ctx context.Context, next graphql.Resolver) (any, error) {
			if fails(graphql.GetPath(ctx).String()) {
				return nil, errors.New("made to fail")
			}
			return own(ctx, next)
		}
	}
	answer, ctx := t.exec.DispatchOperation(ctx, operation)
	response := answer(ctx)
	return Executed{false, response.Data, response.Errors}
}

// Schema is the schema that is served.
func Schema() *ast.Schema { return schema() }
