package graph_test

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/graph/coerce"
)

// A scalar that inputs are of and that coercion does not know would take no value at all.
func TestEveryScalarOfInputsIsRead(t *testing.T) {
	schema := graph.Schema()
	check := func(place string, of *ast.Type) {
		definition := schema.Types[of.Name()]
		value := &ast.Value{Kind: ast.StringValue, Position: &ast.Position{Line: 1, Column: 2, Src: &ast.Source{}}}
		for _, err := range (coerce.Schema{Schema: schema}).Check(value, ast.NamedType(of.Name(), nil)) {
			if definition.Kind == ast.Scalar && strings.Contains(err.Message, "takes no value") {
				t.Errorf("%s: %s", place, err.Message)
			}
		}
	}
	for _, definition := range schema.Types {
		for _, field := range definition.Fields {
			if definition.Kind == ast.InputObject {
				check(definition.Name+"."+field.Name, field.Type)
			}
			for _, argument := range field.Arguments {
				check(definition.Name+"."+field.Name, argument.Type)
			}
		}
	}
}
