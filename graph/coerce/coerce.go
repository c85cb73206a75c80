// Package coerce makes values of what a document and its variables hold, by the types of the schema: GraphQL's sections 5.6.1
// (values of correct type), 6.1.2 (variables) and 6.4.1 (arguments). Messages never repeat a value: it could be a secret.
package coerce

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// maxErrors is how many errors one call returns at most: the first ones.
const maxErrors = 50

// Schema coerces by the types of a schema.
type Schema struct{ *ast.Schema }

// fault is what is wrong with a value, in the words of graphql-js where it has them.
type fault struct {
	at      *ast.Position
	message string
}

func (f fault) error() *gqlerror.Error { return gqlerror.ErrorPosf(f.at, "%s", f.message) }

func isOneOf(definition *ast.Definition) bool { return definition.Directives.ForName("oneOf") != nil }

// Variables returns the values of an operation's variables: those that were sent, as decoded JSON with numbers as json.Number,
// and the defaults of the others. The operation must be valid.
func (s Schema) Variables(operation *ast.OperationDefinition, sent map[string]any) (map[string]any, gqlerror.List) {
	values, errs := make(map[string]any, len(operation.VariableDefinitions)), gqlerror.List(nil)
	for _, variable := range operation.VariableDefinitions {
		value, given := sent[variable.Variable]
		switch {
		case !given && variable.DefaultValue != nil:
			values[variable.Variable], _ = s.literal(variable.DefaultValue, variable.Type, nil)
		case !given && variable.Type.NonNull:
			errs = append(errs, gqlerror.ErrorPosf(variable.Position, "Variable %q of required type %q was not provided.", "$"+variable.Variable, variable.Type))
		case !given:
		case value == nil && variable.Type.NonNull:
			errs = append(errs, gqlerror.ErrorPosf(variable.Position, "Variable %q of non-null type %q must not be null.", "$"+variable.Variable, variable.Type))
		default:
			reader := jsonReader{schema: s, most: maxErrors - len(errs)}
			values[variable.Variable] = reader.read(value, variable.Type, &place{name: variable.Variable})
			for _, message := range reader.faults {
				errs = append(errs, gqlerror.ErrorPosf(variable.Position, "Variable %q got an invalid value%s", "$"+variable.Variable, message))
			}
		}
		if len(errs) >= maxErrors {
			break
		}
	}
	return values, errs
}

// place is where a value is in a variable.
type place struct {
	in   *place
	name string // with a dot or brackets, but for the variable
}

func (p *place) String() string {
	var names []string
	for ; p != nil; p = p.in {
		names = append(names, p.name)
	}
	slices.Reverse(names)
	return strings.Join(names, "")
}

// jsonReader reads what was sent for one variable.
type jsonReader struct {
	schema Schema
	faults []string
	most   int
}

func (r *jsonReader) fail(at *place, format string, args ...any) any {
	if len(r.faults) >= r.most {
		return nil
	}
	message := ": " + fmt.Sprintf(format, args...)
	if at.in != nil {
		message = fmt.Sprintf(" at %q", at) + message
	}
	r.faults = append(r.faults, message)
	return nil
}

func (r *jsonReader) read(value any, want *ast.Type, at *place) any {
	if value == nil {
		if want.NonNull {
			return r.fail(at, "Expected non-nullable type %q not to be null.", want)
		}
		return nil
	}
	if want.Elem != nil {
		list, ok := value.([]any)
		if !ok {
			return []any{r.read(value, want.Elem, at)} // one value is a list of one
		}
		read := make([]any, len(list))
		for i, item := range list {
			read[i] = r.read(item, want.Elem, &place{at, fmt.Sprintf("[%d]", i)})
		}
		return read
	}
	definition := r.schema.Types[want.NamedType]
	if definition.Kind == ast.InputObject {
		return r.object(value, definition, at)
	}
	if definition.Name == anything {
		return value
	}
	kind, raw := sentAs(value)
	if definition.Kind == ast.Enum && kind == ast.StringValue {
		kind = ast.EnumValue // which JSON has not
	}
	read, message := leaf(definition, kind, raw)
	if message != "" {
		return r.fail(at, "%s", message)
	}
	return read
}

func (r *jsonReader) object(value any, definition *ast.Definition, at *place) any {
	object, ok := value.(map[string]any)
	if !ok {
		return r.fail(at, "Expected type %q to be an object.", definition.Name)
	}
	read := make(map[string]any, len(object))
	for _, field := range definition.Fields {
		within := &place{at, "." + field.Name}
		value, given := object[field.Name]
		switch {
		case given:
			read[field.Name] = r.read(value, field.Type, within)
		case field.DefaultValue != nil:
			read[field.Name], _ = r.schema.literal(field.DefaultValue, field.Type, nil)
		case field.Type.NonNull:
			r.fail(at, "Field %q of required type %q was not provided.", field.Name, field.Type)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if definition.Fields.ForName(name) == nil {
			r.fail(at, "Field %q is not defined by type %q.", name, definition.Name)
		}
	}
	if isOneOf(definition) {
		if len(object) != 1 {
			r.fail(at, "Exactly one key must be specified for OneOf type %q.", definition.Name)
		}
		for name, only := range object {
			if only == nil && len(object) == 1 {
				r.fail(at, "Field %q must be non-null.", name)
			}
		}
	}
	return read
}
