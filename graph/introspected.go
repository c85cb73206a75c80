package graph

import (
	"strings"

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
