package graph

import (
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// A new root field is let in by nobody until somebody says who may ask it.
func TestEveryRootFieldSaysWhoIsLetIn(t *testing.T) {
	for _, c := range []struct {
		root  *ast.Definition
		table map[string]admission
	}{{schema().Query, queries}, {schema().Mutation, mutations}} {
		for _, field := range c.root.Fields {
			if field.Name != "__typename" && c.table[field.Name] == 0 {
				t.Errorf("%s.%s does not stand in the table of gate.go", c.root.Name, field.Name)
			}
		}
		for name := range c.table {
			if c.root.Fields.ForName(name) == nil {
				t.Errorf("%s.%s stands in the table of gate.go, but not in the schema", c.root.Name, name)
			}
		}
	}
}

// What a session may read while it enrols is named as the schema names it.
func TestFieldsWhileEnrollingExist(t *testing.T) {
	for object, fields := range whileEnrolling {
		for field := range fields {
			if schema().Types[object].Fields.ForName(field) == nil {
				t.Errorf("%s.%s is not in the schema", object, field)
			}
		}
	}
}
