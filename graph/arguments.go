package graph

import (
	"context"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph/coerce"
	"github.com/gatehouse/gatehouse/graph/generated"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// arguments checks every argument of the fields and directives of a valid operation, wherever it is, before any of the
// operation is executed. Nothing that a document or its variables hold can be refused later by its type.
type arguments struct {
	ctx       context.Context
	schema    *ast.Schema
	fragments map[string]*ast.FragmentDefinition
	variables map[string]any // coerced
	seen      map[string]bool
	errs      gqlerror.List
	read      argumentsRead
}

// argumentsRead is called with the arguments of each directive and field, and with what the resolver of the field is given.
// Only tests need it.
type argumentsRead func(at *ast.Position, of *ast.Field, values, raw map[string]any)

// coerceInput returns the values of the variables of a valid operation, having checked all arguments with them.
func (e *entrance) coerceInput(ctx context.Context, document *document, operation *ast.OperationDefinition, sent map[string]any) (map[string]any, gqlerror.List) {
	variables, errs := coerce.Schema{Schema: e.schema}.Variables(operation, sent)
	if len(errs) > 0 {
		return nil, errs
	}
	a := arguments{ctx: ctx, schema: e.schema, fragments: document.fragments, variables: variables, seen: map[string]bool{}, read: e.read}
	a.directives(operation.Directives)
	a.selections(operation.SelectionSet)
	return variables, a.errs
}

func (a *arguments) selections(set ast.SelectionSet) {
	for _, selection := range set {
		if len(a.errs) >= maxErrors {
			return
		}
		switch selection := selection.(type) {
		case *ast.Field:
			a.field(selection)
			a.directives(selection.Directives)
			a.selections(selection.SelectionSet)
		case *ast.InlineFragment:
			a.directives(selection.Directives)
			a.selections(selection.SelectionSet)
		case *ast.FragmentSpread:
			a.directives(selection.Directives)
			if fragment := a.fragments[selection.Name]; fragment != nil && !a.seen[selection.Name] {
				a.seen[selection.Name] = true
				a.directives(fragment.Directives)
				a.selections(fragment.SelectionSet)
			}
		}
	}
}

func (a *arguments) directives(directives ast.DirectiveList) {
	for _, directive := range directives {
		a.coerce(directive.Definition.Arguments, directive.Arguments, directive.Position, nil)
	}
}

// field coerces the arguments of a field, and then reads them as the resolver will be given them: by the same code, so that it
// cannot fail there.
func (a *arguments) field(field *ast.Field) {
	if len(field.Definition.Arguments) == 0 {
		return
	}
	if !a.coerce(field.Definition.Arguments, field.Arguments, field.Position, field) {
		return
	}
	read, err := generated.ReadArguments(a.ctx, field.ObjectDefinition.Name, field.Name, field.ArgumentMap(a.variables))
	if err == nil {
		err = checkBounds(field, read)
	}
	if err != nil {
		refusal := gqlerror.ErrorPosf(field.Position, "%s", messageOf(a.ctx, err))
		refusal.Rule = boundsRule
		_, _, refusal.Extensions = classify(err)
		a.errs = append(a.errs, refusal)
	}
}

func (a *arguments) coerce(definitions ast.ArgumentDefinitionList, given ast.ArgumentList, at *ast.Position, of *ast.Field) bool {
	values, err := coerce.Schema{Schema: a.schema}.Arguments(definitions, given, a.variables)
	if err != nil {
		a.errs = append(a.errs, err)
		return false
	}
	if a.read != nil {
		var raw map[string]any
		if of != nil {
			raw = of.ArgumentMap(a.variables)
		}
		a.read(at, of, values, raw)
	}
	return true
}

// boundsRule is the rule of errors about values whose type is right.
const boundsRule = "Bounds"

// checkBounds holds the arguments of a field to bounds that its type does not say.
func checkBounds(field *ast.Field, read map[string]any) error {
	if ids, isList := read["ids"].([]typeid.ID); isList && len(ids) > pageMost {
		return errTooManyIDs
	}
	if !strings.HasSuffix(field.Definition.Type.Name(), "Connection") {
		return nil
	}
	first, _ := read["first"].(*int)
	last, _ := read["last"].(*int)
	if _, _, err := sizeOf(first, last); err != nil {
		return err
	}
	for _, name := range []string{"after", "before"} { // the owner of the list is known when the list is reached
		text, _ := read[name].(*string)
		if text != nil && !db.IsCursorOf(*text, listKindOf(field.ObjectDefinition.Name, field.Name, read)) {
			return &cursorError{name}
		}
	}
	return nil
}
