package graph

import (
	"context"
	"math"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// What one operation may ask for at most. The cost is about the number of objects that the answer could hold, with what
// needs a statement or a password's hash of its own counting for more.
const (
	maxTokens  = 5_000 // of a document, what is not executed included
	maxDepth   = 16    // the usual introspection query has 15
	maxAliases = 100
	maxFields  = 3_000
	maxCost    = 40_000

	listCost         = 100 // of a page, wherever it stands: each is a statement
	mutationCost     = 300
	wholeSchema      = 10_000
	usualListSize    = 5
	usualPrefixes    = 10 // of a whitelist
	perIntrospection = 1
)

// limits refuses operations that ask for too much, before anything of them is executed.
type limits struct{}

// ExtensionName implements graphql.HandlerExtension.
func (limits) ExtensionName() string { return "Limits" }

// Validate implements graphql.HandlerExtension.
func (limits) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext implements graphql.OperationContextMutator.
func (limits) MutateOperationContext(_ context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	total := measure(operation.Operation, operation.Variables)
	for _, limit := range []struct {
		name      string
		got, most int
	}{
		{"depth", total.depth, maxDepth},
		{"aliases", total.aliases, maxAliases},
		{"fields", total.fields, maxFields},
		{"cost", total.cost, maxCost},
	} {
		if limit.got > limit.most {
			return gqlerror.Errorf("the operation asks for too much: %s %d, of at most %d", limit.name, limit.got, limit.most)
		}
	}
	return nil
}

// size is what a selection asks for.
type size struct{ depth, aliases, fields, cost int }

func (s size) plus(other size) size {
	return size{max(s.depth, other.depth), add(s.aliases, other.aliases), add(s.fields, other.fields), add(s.cost, other.cost)}
}

func measure(operation *ast.OperationDefinition, variables map[string]any) size {
	return measurer{variables, make(map[string]size)}.selections(operation.SelectionSet)
}

// measurer measures every fragment once, however often it is spread: fragments that spread each other twice would
// otherwise take exponential time.
type measurer struct {
	variables map[string]any
	fragments map[string]size
}

func (m measurer) selections(set ast.SelectionSet) size {
	var total size
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			total = total.plus(m.field(selection))
		case *ast.InlineFragment:
			total = total.plus(m.selections(selection.SelectionSet))
		case *ast.FragmentSpread:
			measured, done := m.fragments[selection.Name]
			if !done {
				measured = m.selections(selection.Definition.SelectionSet)
				m.fragments[selection.Name] = measured
			}
			total = total.plus(measured)
		}
	}
	return total
}

func (m measurer) field(field *ast.Field) size {
	within := m.selections(field.SelectionSet)
	own, times := m.weigh(field)
	total := size{depth: within.depth + 1, aliases: within.aliases, fields: add(within.fields, 1), cost: add(own, multiply(times, within.cost))}
	if field.Alias != field.Name {
		total.aliases = add(total.aliases, 1)
	}
	return total
}

// weigh returns what a field costs by itself and how many times what stands within it may come.
func (m measurer) weigh(field *ast.Field) (own, times int) {
	if field.Definition == nil {
		return 0, 1
	}
	if field.ObjectDefinition != nil && field.ObjectDefinition.Name == "Mutation" {
		own = mutationCost
	}
	isList := field.Definition.Type.Elem != nil
	switch {
	case field.Name == "__schema":
		return wholeSchema, 1
	case field.ObjectDefinition != nil && strings.HasPrefix(field.ObjectDefinition.Name, "__"):
		return perIntrospection, 1
	case strings.HasSuffix(field.Definition.Type.Name(), "Connection"):
		return own + listCost, m.pageSize(field)
	case field.Name == "totalCount":
		return listCost, 1
	case len(field.SelectionSet) == 0:
		return own, 1
	case isList && field.ObjectDefinition != nil && strings.HasSuffix(field.ObjectDefinition.Name, "Connection"):
		return 0, 1 // edges and nodes: the connection has multiplied already
	case isList:
		times = m.listSize(field)
		return own + times, times
	}
	return own + 1, 1
}

func (m measurer) pageSize(field *ast.Field) int {
	for _, name := range []string{"first", "last"} {
		if size, ok := m.argument(field, name).(int64); ok {
			return int(min(max(size, 1), pageMost))
		}
	}
	return pageDefault
}

func (m measurer) listSize(field *ast.Field) int {
	switch field.Name {
	case "nodes":
		if ids, ok := m.argument(field, "ids").([]any); ok {
			return len(ids)
		}
	case "entries":
		return usualPrefixes
	}
	return usualListSize
}

// argument returns the value of an argument as JSON decodes it, numbers as int64; nil when there is none.
func (m measurer) argument(field *ast.Field, name string) any {
	argument := field.Arguments.ForName(name)
	if argument == nil {
		return nil
	}
	value, err := argument.Value.Value(m.variables)
	if err != nil {
		return nil
	}
	if number, ok := value.(interface{ Int64() (int64, error) }); ok {
		if n, err := number.Int64(); err == nil {
			return n
		}
	}
	return value
}

func add(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}

func multiply(a, b int) int {
	if b != 0 && a > math.MaxInt/b {
		return math.MaxInt
	}
	return a * b
}
