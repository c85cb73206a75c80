package graph

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// strictVariables checks what comes in variables where gqlparser is laxer than the specification: @oneOf is held of
// literals only, values of enums are compared without regard to case, and numbers and texts stand for each other. What got
// through would be stored as it came.
type strictVariables struct{ schema *ast.Schema }

// checkAll checks the variables of an operation.
func (s strictVariables) checkAll(operation *ast.OperationDefinition, variables map[string]any) *gqlerror.Error {
	for _, variable := range operation.VariableDefinitions {
		value, given := variables[variable.Variable]
		if !given || value == nil {
			continue
		}
		path := ast.Path{ast.PathName("variable"), ast.PathName(variable.Variable)}
		if err := s.check(path, variable.Type, value); err != nil {
			return err
		}
	}
	return nil
}

// check walks a value that gqlparser has found to be of the right shape. null is checked there.
func (s strictVariables) check(path ast.Path, want *ast.Type, value any) *gqlerror.Error {
	if value == nil {
		return nil
	}
	if want.Elem != nil {
		list, ok := value.([]any)
		if !ok {
			return s.check(path, want.Elem, value) // one value stands for a list of one
		}
		for i, element := range list {
			if err := s.check(append(path[:len(path):len(path)], ast.PathIndex(i)), want.Elem, element); err != nil {
				return err
			}
		}
		return nil
	}
	definition := s.schema.Types[want.NamedType]
	switch definition.Kind {
	case ast.InputObject:
		return s.checkObject(path, definition, value)
	case ast.Enum:
		if text, ok := value.(string); !ok || definition.EnumValues.ForName(text) == nil {
			return gqlerror.ErrorPathf(path, "not a value of %s", definition.Name)
		}
	case ast.Scalar:
		return checkScalar(path, definition.Name, value)
	}
	return nil
}

func (s strictVariables) checkObject(path ast.Path, definition *ast.Definition, value any) *gqlerror.Error {
	object, ok := value.(map[string]any)
	if !ok {
		return gqlerror.ErrorPathf(path, "must be a %s", definition.Name)
	}
	if definition.Directives.ForName("oneOf") != nil {
		if len(object) != 1 {
			return gqlerror.ErrorPathf(path, "exactly one field of %s must be given", definition.Name)
		}
		for _, only := range object {
			if only == nil {
				return gqlerror.ErrorPathf(path, "the one field of %s must not be null", definition.Name)
			}
		}
	}
	for _, field := range definition.Fields {
		if err := s.check(append(path[:len(path):len(path)], ast.PathName(field.Name)), field.Type, object[field.Name]); err != nil {
			return err
		}
	}
	return nil
}

func checkScalar(path ast.Path, name string, value any) *gqlerror.Error {
	ok := true
	switch name {
	case "String", "Time":
		_, ok = value.(string)
	case "Boolean":
		_, ok = value.(bool)
	case "Int":
		ok = isInt32(value)
	}
	if !ok {
		return gqlerror.ErrorPathf(path, "not a value of %s", name)
	}
	return nil
}

// isInt32 says whether a value is an Int of the specification: a number, whole, of 32 bits with a sign.
func isInt32(value any) bool {
	switch number := value.(type) {
	case int64:
		return number >= math.MinInt32 && number <= math.MaxInt32
	case json.Number:
		_, err := strconv.ParseInt(string(number), 10, 32)
		return err == nil
	}
	return false
}
