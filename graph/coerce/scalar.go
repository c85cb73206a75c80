package coerce

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/gatehouse/gatehouse/graph/scalar"
)

// anything is the scalar that takes every value.
const anything = "JSON"

// scalars read the scalars of the schema from literals and variables. A scalar that is missing here accepts no value.
var scalars = map[string]func(kind ast.ValueKind, raw string) (value any, message string){
	"Int": func(kind ast.ValueKind, raw string) (any, string) {
		if kind != ast.IntValue {
			return nil, "Int cannot represent non-integer value."
		}
		number, err := strconv.ParseInt(raw, 10, 32)
		if err != nil {
			return nil, "Int cannot represent non 32-bit signed integer value."
		}
		return number, ""
	},
	"Float": func(kind ast.ValueKind, raw string) (any, string) {
		number, err := strconv.ParseFloat(raw, 64)
		if kind != ast.IntValue && kind != ast.FloatValue || err != nil {
			return nil, "Float cannot represent non numeric value."
		}
		return number, ""
	},
	"String": func(kind ast.ValueKind, raw string) (any, string) {
		if !isText(kind) {
			return nil, "String cannot represent a non string value."
		}
		return raw, ""
	},
	"Boolean": func(kind ast.ValueKind, raw string) (any, string) {
		if kind != ast.BooleanValue {
			return nil, "Boolean cannot represent a non boolean value."
		}
		return raw == "true", ""
	},
	"ID": func(kind ast.ValueKind, raw string) (any, string) {
		if !isText(kind) && kind != ast.IntValue {
			return nil, "ID cannot represent a non-string and non-integer value."
		}
		return raw, ""
	},
	"Time": func(kind ast.ValueKind, raw string) (any, string) {
		if !isText(kind) {
			return nil, "Time is " + scalar.TimeForm + "."
		}
		if _, err := scalar.UnmarshalTime(raw); err != nil {
			return nil, "Time is " + scalar.TimeForm + "."
		}
		return raw, ""
	},
}

func isText(kind ast.ValueKind) bool { return kind == ast.StringValue || kind == ast.BlockValue }

// leaf reads a value of a scalar or enum.
func leaf(definition *ast.Definition, kind ast.ValueKind, raw string) (value any, message string) {
	if definition.Kind != ast.Enum {
		read, known := scalars[definition.Name]
		if !known {
			return nil, fmt.Sprintf("Type %q takes no value.", definition.Name)
		}
		return read(kind, raw)
	}
	switch {
	case kind != ast.EnumValue:
		return nil, fmt.Sprintf("Enum %q cannot represent non-enum value.", definition.Name)
	case definition.EnumValues.ForName(raw) == nil:
		return nil, fmt.Sprintf("The value does not exist in %q enum.", definition.Name)
	}
	return raw, ""
}

// exactInts is the limit above which numbers of JSON with a fraction or an exponent are no longer known to be whole.
const exactInts = 1 << 53

// sentAs returns the literal that a value of JSON would be. A whole number is one however it is written, as JSON has it.
func sentAs(value any) (kind ast.ValueKind, raw string) {
	switch value := value.(type) {
	case string:
		return ast.StringValue, value
	case bool:
		return ast.BooleanValue, strconv.FormatBool(value)
	case json.Number:
		number, err := value.Float64()
		switch {
		case err == nil && number == math.Trunc(number) && math.Abs(number) <= exactInts:
			return ast.IntValue, strconv.FormatInt(int64(number), 10)
		case !strings.ContainsAny(string(value), ".eE"):
			return ast.IntValue, string(value)
		}
		return ast.FloatValue, string(value)
	case []any:
		return ast.ListValue, ""
	default:
		return ast.ObjectValue, ""
	}
}
