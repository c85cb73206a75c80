// Package plan answers queries by a plan made once for each document: what is asked of every type, with merged fields and
// fragments taken apart, is worked out when a document is seen for the first time, and each answer is written into one
// buffer by generated code (graph/generated/compiled.generated.go). gqlgen's own executor, which works all of it out anew
// for each object, stays the reference: a test compares the two.
package plan

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Selection is what an operation asks of the objects of one type: the fields in the order of the answer.
type Selection struct {
	Fields []Field
	// Reading is what the [Cache] was told to make of all that the operation asks for; nil but in the operation's own selection.
	Reading any
	// size is how long the last answer was.
	size atomic.Int64
}

// Asked are the names of the fields that an operation asks for, wherever it does, by object type.
type Asked map[string]map[string]bool

// Field is a field of an answer.
type Field struct {
	graphql.CollectedField
	// key is its name in the answer as it is written, with what stands before and after it.
	key string
	// within is what is asked of what the field leads to, by object type.
	within []selectionOf
}

type selectionOf struct {
	object    string
	selection *Selection
}

// Of returns what is asked of objects of a type that the field leads to.
func (f *Field) Of(object string) *Selection {
	for i := range f.within {
		if f.within[i].object == object {
			return f.within[i].selection
		}
	}
	return nil
}

// Cache makes plans and keeps those of the operations that come again and again. It is safe for concurrent use.
type Cache struct {
	schema  *ast.Schema
	longest int
	reading func(Asked) any
	plans   *Bounded[*ast.OperationDefinition, *plans]
}

const (
	cachedOperations = 256
	// cachedVariants is how many plans one operation has at most, by which of its parts are skipped and included.
	cachedVariants = 8
	// cachedFields is how many fields all plans have together: about 300 bytes each.
	cachedFields = 100_000
)

// NewCache makes a cache for the operations of a schema. Plans of documents that are longer, in bytes, are not kept. What
// reading makes of what an operation asks for is kept with its plan, for resolvers: [Reading].
func NewCache(schema *ast.Schema, longest int, reading func(Asked) any) *Cache {
	return &Cache{
		schema: schema, longest: longest, reading: reading, plans: NewBounded[*ast.OperationDefinition, *plans](cachedOperations, cachedFields),
	}
}

// plans are those of one operation.
type plans struct {
	conditions []string // the variables of @skip and @include
	mu         sync.RWMutex
	variants   map[string]*Selection // by the values of the conditions
	fields     int                   // of all of them
}

// For returns the plan of an operation with its variables.
func (c *Cache) For(operation *graphql.OperationContext) *Selection {
	if len(operation.RawQuery) > c.longest {
		selection, _ := c.compile(operation)
		return selection
	}
	known, ok := c.plans.Get(operation.Operation)
	if !ok {
		known = &plans{conditions: conditionsOf(operation), variants: map[string]*Selection{}}
		c.plans.Add(operation.Operation, known, 0)
	}
	variant := variantOf(known.conditions, operation.Variables)
	known.mu.RLock()
	selection := known.variants[variant]
	known.mu.RUnlock()
	if selection != nil {
		return selection
	}
	selection, fields := c.compile(operation)
	known.mu.Lock()
	defer known.mu.Unlock()
	if len(known.variants) < cachedVariants {
		known.variants[variant] = selection
		known.fields += fields
		c.plans.Add(operation.Operation, known, known.fields)
	}
	return selection
}

// variantOf tells plans of one operation apart.
func variantOf(conditions []string, variables map[string]any) string {
	if len(conditions) == 0 {
		return ""
	}
	var variant strings.Builder
	for _, name := range conditions {
		if holds, _ := variables[name].(bool); holds {
			variant.WriteByte('1')
		} else {
			variant.WriteByte('0')
		}
	}
	return variant.String()
}

// compile makes a plan, and counts its fields.
func (c *Cache) compile(operation *graphql.OperationContext) (plan *Selection, fields int) {
	asked := Asked{}
	plan = c.selection(operation, operation.Operation.SelectionSet, c.schema.Query, asked, &fields)
	plan.Reading = c.reading(asked)
	return plan, fields
}

func (c *Cache) selection(operation *graphql.OperationContext, set ast.SelectionSet, object *ast.Definition, asked Asked, fields *int) *Selection {
	if asked[object.Name] == nil {
		asked[object.Name] = map[string]bool{}
	}
	satisfies := []string{object.Name}
	for _, abstract := range c.schema.GetImplements(object) {
		satisfies = append(satisfies, abstract.Name)
	}
	collected := graphql.CollectFields(operation, set, satisfies)
	selection := &Selection{Fields: make([]Field, len(collected))}
	*fields += len(collected)
	for i, field := range collected {
		f := &selection.Fields[i]
		asked[object.Name][field.Name] = true
		f.CollectedField, f.key = field, `"`+field.Alias+`":`
		if i > 0 {
			f.key = "," + f.key
		}
		if len(field.Selections) == 0 || strings.HasPrefix(field.Name, "__") {
			continue // a leaf, or introspection, which no plan is made for
		}
		for _, possible := range c.schema.GetPossibleTypes(c.schema.Types[field.Definition.Type.Name()]) {
			f.within = append(f.within, selectionOf{possible.Name, c.selection(operation, field.Selections, possible, asked, fields)})
		}
	}
	return selection
}

// conditionsOf are the variables that decide which parts of an operation are left out, sorted.
func conditionsOf(operation *graphql.OperationContext) []string {
	found := map[string]bool{}
	note := func(directives ast.DirectiveList) {
		for _, directive := range directives {
			for _, argument := range directive.Arguments {
				if argument.Value.Kind == ast.Variable {
					found[argument.Value.Raw] = true
				}
			}
		}
	}
	var walk func(set ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch selection := selection.(type) {
			case *ast.Field:
				note(selection.Directives)
				walk(selection.SelectionSet)
			case *ast.InlineFragment:
				note(selection.Directives)
				walk(selection.SelectionSet)
			case *ast.FragmentSpread:
				note(selection.Directives)
			}
		}
	}
	walk(operation.Operation.SelectionSet)
	for _, fragment := range operation.Doc.Fragments { // each once, however often it is spread
		walk(fragment.SelectionSet)
	}
	return slices.Sorted(maps.Keys(found))
}
