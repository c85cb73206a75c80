package coerce

import (
	"fmt"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/gatehouse/gatehouse/graph/scalar"
)

// Check holds a literal to its type. Variables in it are left out: their types are compared by another rule, and their values
// by [Schema.Arguments].
func (s Schema) Check(value *ast.Value, want *ast.Type) gqlerror.List {
	var found []fault
	s.check(value, want, &found)
	var errs gqlerror.List
	for _, fault := range found[:min(len(found), maxErrors)] {
		errs = append(errs, fault.error())
	}
	return errs
}

func (s Schema) check(value *ast.Value, want *ast.Type, found *[]fault) {
	fail := func(at *ast.Position, format string, args ...any) {
		if len(*found) < maxErrors {
			*found = append(*found, fault{at, fmt.Sprintf(format, args...)})
		}
	}
	definition := s.Types[want.Name()]
	switch {
	case value.Kind == ast.Variable, definition == nil:
		return
	case value.Kind == ast.NullValue:
		if want.NonNull {
			fail(placeOf(value), "Expected value of type %q, found null.", want)
		}
		return
	case want.Elem != nil:
		if value.Kind != ast.ListValue {
			s.check(value, want.Elem, found) // one value is a list of one
			return
		}
		for _, item := range value.Children {
			s.check(item.Value, want.Elem, found)
		}
		return
	case definition.Kind == ast.InputObject:
		s.checkObject(value, definition, want, fail, found)
		return
	case definition.Name == anything:
		s.checkAnything(value, fail)
		return
	}
	if _, message := leaf(definition, value.Kind, value.Raw); message != "" {
		fail(placeOf(value), "%s", message)
	}
}

func (s Schema) checkObject(value *ast.Value, definition *ast.Definition, want *ast.Type, fail func(*ast.Position, string, ...any), found *[]fault) {
	if value.Kind != ast.ObjectValue {
		fail(placeOf(value), "Expected value of type %q, found no object.", want)
		return
	}
	given := make(map[string]*ast.Value, len(value.Children))
	for _, child := range value.Children {
		given[child.Name] = child.Value
		field := definition.Fields.ForName(child.Name)
		if field == nil {
			fail(child.Position, "Field %q is not defined by type %q.", child.Name, definition.Name)
			continue
		}
		s.check(child.Value, field.Type, found)
	}
	for _, field := range definition.Fields {
		if field.Type.NonNull && field.DefaultValue == nil && given[field.Name] == nil {
			fail(placeOf(value), "Field %q of required type %q was not provided.", definition.Name+"."+field.Name, field.Type)
		}
	}
	if !isOneOf(definition) {
		return
	}
	if len(given) != 1 {
		fail(placeOf(value), "OneOf Input Object %q must specify exactly one key.", definition.Name)
		return
	}
	for name, only := range given {
		if only.Kind == ast.NullValue {
			fail(placeOf(value), "Field %q must be non-null.", definition.Name+"."+name)
		}
	}
}

// checkAnything refuses numbers that are too large for any number.
func (s Schema) checkAnything(value *ast.Value, fail func(*ast.Position, string, ...any)) {
	if value.Kind == ast.IntValue || value.Kind == ast.FloatValue {
		if _, err := strconv.ParseFloat(value.Raw, 64); err != nil {
			fail(placeOf(value), "The number is too large.")
		}
	}
	for _, child := range value.Children {
		s.checkAnything(child.Value, fail)
	}
}

// Arguments returns the values of the arguments of a field or directive, with defaults. The document must be valid, and the
// variables those of [Schema.Variables]: all that can be wrong then is a variable without a value, or null, where there must be one.
func (s Schema) Arguments(definitions ast.ArgumentDefinitionList, given ast.ArgumentList, variables map[string]any) (map[string]any, *gqlerror.Error) {
	values := make(map[string]any, len(definitions))
	for _, definition := range definitions {
		argument := given.ForName(definition.Name)
		switch {
		case argument != nil && !missing(argument.Value, variables):
			value, fault := s.literal(argument.Value, definition.Type, variables)
			if fault != nil {
				return nil, fault.error()
			}
			values[definition.Name] = value
		case definition.DefaultValue != nil:
			values[definition.Name], _ = s.literal(definition.DefaultValue, definition.Type, nil)
		case definition.Type.NonNull && argument != nil:
			return nil, withoutValue(argument.Value, definition.Type).error()
		}
	}
	return values, nil
}

// placeOf is where a value begins. Of texts the lexer says where they begin after their quotes, in the line in which they end.
func placeOf(value *ast.Value) *ast.Position {
	at := *value.Position
	switch value.Kind {
	case ast.StringValue:
		at.Column--
	case ast.BlockValue:
		before := []rune(at.Src.Input)[:at.Start]
		at.Line, at.Column = 1, len(before)+1
		for i, c := range before {
			if c == '\n' || c == '\r' && before[min(i+1, len(before)-1)] != '\n' {
				at.Line, at.Column = at.Line+1, len(before)-i
			}
		}
	default:
	}
	return &at
}

// missing says whether a value is a variable that was not sent and has no default.
func missing(value *ast.Value, variables map[string]any) bool {
	if value.Kind != ast.Variable {
		return false
	}
	_, given := variables[value.Raw]
	return !given
}

func withoutValue(variable *ast.Value, want *ast.Type) *fault {
	return &fault{placeOf(variable), fmt.Sprintf("The variable $%s has no value where %q must have one.", variable.Raw, want)}
}

// literal makes a value of a literal of a document.
func (s Schema) literal(value *ast.Value, want *ast.Type, variables map[string]any) (any, *fault) {
	definition := s.Types[want.Name()]
	switch {
	case value.Kind == ast.Variable:
		sent := variables[value.Raw]
		if sent == nil && want.NonNull {
			return nil, &fault{placeOf(value), fmt.Sprintf("The variable $%s is null where %q must not be: leave the variable out, or send a value.", value.Raw, want)}
		}
		return sent, nil
	case value.Kind == ast.NullValue:
		return nil, nil
	case want.Elem != nil:
		return s.list(value, want, variables)
	case definition.Kind == ast.InputObject:
		return s.object(value, definition, variables)
	case definition.Name == anything:
		read, err := value.Value(variables)
		if err != nil {
			return nil, &fault{placeOf(value), "The number is too large."}
		}
		return scalar.WithEmptyLists(read), nil
	}
	read, message := leaf(definition, value.Kind, value.Raw)
	if message != "" {
		return nil, &fault{placeOf(value), message}
	}
	return read, nil
}

func (s Schema) list(value *ast.Value, want *ast.Type, variables map[string]any) (any, *fault) {
	items := []*ast.Value{value}
	if value.Kind == ast.ListValue {
		items = items[:0]
		for _, child := range value.Children {
			items = append(items, child.Value)
		}
	}
	read := make([]any, len(items))
	for i, item := range items {
		if missing(item, variables) {
			if want.Elem.NonNull {
				return nil, withoutValue(item, want.Elem)
			}
			continue
		}
		var fault *fault
		if read[i], fault = s.literal(item, want.Elem, variables); fault != nil {
			return nil, fault
		}
	}
	return read, nil
}

func (s Schema) object(value *ast.Value, definition *ast.Definition, variables map[string]any) (any, *fault) {
	read := make(map[string]any, len(value.Children))
	for _, field := range definition.Fields {
		given := value.Children.ForName(field.Name)
		switch {
		case given != nil && !missing(given, variables):
			var fault *fault
			if read[field.Name], fault = s.literal(given, field.Type, variables); fault != nil {
				return nil, fault
			}
		case field.DefaultValue != nil:
			read[field.Name], _ = s.literal(field.DefaultValue, field.Type, nil)
		case given != nil && field.Type.NonNull:
			return nil, withoutValue(given, field.Type)
		}
	}
	if isOneOf(definition) {
		for name, only := range read {
			if only == nil {
				return nil, &fault{placeOf(value), fmt.Sprintf("Field %q must be non-null.", definition.Name+"."+name)}
			}
		}
		if len(read) != 1 {
			return nil, &fault{placeOf(value), fmt.Sprintf("OneOf Input Object %q must specify exactly one key.", definition.Name)}
		}
	}
	return read, nil
}
