package graph

import (
	"context"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/introspection"
	"github.com/vektah/gqlparser/v2/ast"
)

// introspected counts what introspection would write, by asking the schema: no guess at the sizes of its lists would be near
// for both the usual query and one that repeats the longest of them.
type introspected struct {
	schema    *ast.Schema
	fragments map[string]*ast.FragmentDefinition
	values    int // of all introspection of the operation
}

const (
	// schemaPrice is that of __schema by itself: nobody needs it several times at once.
	schemaPrice = 10_000
	// mostValues is where counting stops: a value costs as much as an object, so more is refused.
	mostValues = maxCost + 1
)

// theSchema stands for what __schema leads to.
type theSchema struct{}

// price is that of a root field of introspection. name is the argument of __type.
func (i *introspected) price(field *ast.Field, name any) int {
	before, own := i.values, eachPrice
	if field.Name == "__schema" {
		own = schemaPrice
		i.count(field.SelectionSet, theSchema{})
	} else if text, ok := name.(string); ok && i.schema.Types[text] != nil {
		i.count(field.SelectionSet, ast.NamedType(text, nil))
	}
	return own + (i.values - before)
}

// count counts the values that a selection writes of one thing of the schema.
func (i *introspected) count(set ast.SelectionSet, on any) {
	for _, selection := range set {
		if i.values > mostValues {
			return
		}
		switch selection := selection.(type) {
		case *ast.Field:
			i.values++
			if len(selection.SelectionSet) == 0 {
				continue
			}
			for _, child := range i.children(on, selection.Name) {
				i.values++
				i.count(selection.SelectionSet, child)
			}
		case *ast.InlineFragment:
			i.count(selection.SelectionSet, on)
		case *ast.FragmentSpread:
			i.values++ // one without fields is work, too
			if fragment := i.fragments[selection.Name]; fragment != nil {
				i.count(fragment.SelectionSet, on)
			}
		}
	}
}

// children are what a field of introspection leads to.
func (i *introspected) children(on any, field string) []any {
	switch on := on.(type) {
	case theSchema:
		return i.ofSchema(field)
	case *ast.Type:
		return i.ofType(on, field)
	case *ast.FieldDefinition:
		switch field {
		case "args":
			return children(on.Arguments)
		case "type":
			return []any{on.Type}
		}
	case *ast.ArgumentDefinition:
		if field == "type" {
			return []any{on.Type}
		}
	case *ast.DirectiveDefinition:
		if field == "args" {
			return children(on.Arguments)
		}
	}
	return nil
}

func (i *introspected) ofSchema(field string) []any {
	var found []any
	switch field {
	case "types":
		for name := range i.schema.Types {
			found = append(found, ast.NamedType(name, nil))
		}
	case "directives":
		for _, directive := range i.schema.Directives {
			found = append(found, directive)
		}
	case "queryType":
		found = []any{ast.NamedType(i.schema.Query.Name, nil)}
	case "mutationType":
		found = []any{ast.NamedType(i.schema.Mutation.Name, nil)}
	}
	return found
}

func (i *introspected) ofType(on *ast.Type, field string) []any {
	if on.NonNull || on.Elem != nil {
		switch {
		case field != "ofType":
			return nil
		case on.NonNull:
			bare := *on
			bare.NonNull = false
			return []any{&bare}
		}
		return []any{on.Elem}
	}
	definition := i.schema.Types[on.NamedType]
	if definition == nil {
		return nil
	}
	switch field {
	case "fields":
		if definition.Kind == ast.Object || definition.Kind == ast.Interface {
			return fieldsOfType(definition)
		}
	case "inputFields":
		if definition.Kind == ast.InputObject {
			return fieldsOfType(definition)
		}
	case "enumValues":
		return children(definition.EnumValues)
	case "interfaces":
		return named(definition.Interfaces)
	case "possibleTypes":
		var names []string
		for _, possible := range i.schema.GetPossibleTypes(definition) {
			names = append(names, possible.Name)
		}
		return named(names)
	}
	return nil
}

func fieldsOfType(definition *ast.Definition) []any {
	found := make([]any, 0, len(definition.Fields))
	for _, field := range definition.Fields {
		if !strings.HasPrefix(field.Name, "__") {
			found = append(found, field)
		}
	}
	return found
}

func named(names []string) []any {
	found := make([]any, len(names))
	for i, name := range names {
		found[i] = ast.NamedType(name, nil)
	}
	return found
}

func children[T any](list []T) []any {
	found := make([]any, len(list))
	for i, one := range list {
		found[i] = one
	}
	return found
}

// fieldsOfKinds are the fields of introspection that only types of some kinds have. Of other types they are null.
var fieldsOfKinds = map[string][]ast.DefinitionKind{
	"fields":        {ast.Object, ast.Interface},
	"interfaces":    {ast.Object, ast.Interface},
	"possibleTypes": {ast.Interface, ast.Union},
	"enumValues":    {ast.Enum},
	"inputFields":   {ast.InputObject},
	"isOneOf":       {ast.InputObject},
}

// ofTheirKind answers null for what a type of its kind does not have, for which gqlgen has empty lists.
func ofTheirKind(middleware graphql.FieldMiddleware) graphql.FieldMiddleware {
	return func(ctx context.Context, next graphql.Resolver) (any, error) {
		field := graphql.GetFieldContext(ctx)
		kinds, limited := fieldsOfKinds[field.Field.Name]
		if field.Object == "__Type" && limited && !slices.Contains(kinds, kindAround(field)) {
			return nil, nil //nolint:nilnil // which is the answer
		}
		found, err := middleware(ctx, next)
		if types, ok := found.([]introspection.Type); ok && field.Field.Name == "possibleTypes" { // gqlparser has interfaces there, too
			return slices.DeleteFunc(types, func(one introspection.Type) bool { return one.Kind() != string(ast.Object) }), err
		}
		return found, err
	}
}

// kindAround is the kind of the type that a field is selected on.
func kindAround(field *graphql.FieldContext) ast.DefinitionKind {
	for at := field.Parent; at != nil; at = at.Parent {
		switch found := at.Result.(type) {
		case *introspection.Type:
			return ast.DefinitionKind(found.Kind())
		case **introspection.Type:
			return ast.DefinitionKind((*found).Kind())
		}
	}
	return ""
}
