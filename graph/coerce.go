package graph

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"
)

// coerce makes the variables of a valid operation of what was sent, by their types, and refuses null wherever the document uses
// a variable that must not be: gqlgen panics on it in @skip and @include, and finds it too late elsewhere.
func coerce(schema *ast.Schema, fragments map[string]*ast.FragmentDefinition, operation *ast.OperationDefinition, sent map[string]any) (map[string]any, *gqlerror.Error) {
	variables, err := validator.VariableValues(schema, operation, sent)
	if err != nil {
		return nil, gqlerror.WrapIfUnwrapped(err)
	}
	if err := (strictVariables{schema}).checkAll(operation, variables); err != nil {
		return nil, err
	}
	nulls := map[string]bool{}
	for name, value := range variables {
		if value == nil {
			nulls[name] = true
		}
	}
	if len(nulls) == 0 {
		return variables, nil
	}
	search := nullSearch{nulls: nulls, fragments: fragments, seen: map[string]bool{}}
	search.directives(operation.Directives)
	search.selections(operation.SelectionSet)
	return variables, search.err
}

// nullSearch looks for null variables where null must not be.
type nullSearch struct {
	nulls     map[string]bool
	fragments map[string]*ast.FragmentDefinition
	seen      map[string]bool // fragments
	err       *gqlerror.Error
}

func (n *nullSearch) selections(set ast.SelectionSet) {
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			n.arguments(selection.Arguments)
			n.directives(selection.Directives)
			n.selections(selection.SelectionSet)
		case *ast.InlineFragment:
			n.directives(selection.Directives)
			n.selections(selection.SelectionSet)
		case *ast.FragmentSpread:
			n.directives(selection.Directives)
			if fragment := n.fragments[selection.Name]; fragment != nil && !n.seen[selection.Name] {
				n.seen[selection.Name] = true
				n.directives(fragment.Directives)
				n.selections(fragment.SelectionSet)
			}
		}
	}
}

func (n *nullSearch) directives(directives ast.DirectiveList) {
	for _, directive := range directives {
		n.arguments(directive.Arguments)
	}
}

func (n *nullSearch) arguments(arguments ast.ArgumentList) {
	for _, argument := range arguments {
		n.value(argument.Name, argument.Value)
	}
}

func (n *nullSearch) value(name string, value *ast.Value) {
	if value.Kind == ast.Variable && n.nulls[value.Raw] && value.ExpectedType != nil && value.ExpectedType.NonNull && n.err == nil {
		n.err = gqlerror.ErrorPosf(value.Position, "The variable $%s is null, but %q of type %q must not be: leave the variable out, or send a value.",
			value.Raw, name, value.ExpectedType.String())
	}
	for _, child := range value.Children {
		within := child.Name
		if within == "" {
			within = name
		}
		n.value(within, child.Value)
	}
}
