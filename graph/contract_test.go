package graph

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// Clients were promised names and types: none is missing, none is another.
func TestSchemaKeepsItsContract(t *testing.T) {
	text, err := os.ReadFile("testdata/contract.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	promised := shape(gqlparser.MustLoadSchema(&ast.Source{Name: "contract.graphqls", Input: string(text)}))
	present := shape(schema())
	for _, element := range slices.Sorted(maps.Keys(promised)) {
		if got, want := present[element], promised[element]; got != want {
			t.Errorf("%s is %q, promised was %q", element, got, want)
		}
	}
	for element, is := range present {
		if promised[element] == "" && promised[takenBy(element)] != "" && strings.HasSuffix(is, "!") {
			t.Errorf("%s is %q, which clients that know the contract do not give", element, is)
		}
	}
}

// shape returns what clients depend on, by coordinates such as "User.name" and "Query.users(first:)".
func shape(schema *ast.Schema) map[string]string {
	elements := map[string]string{}
	for name, definition := range schema.Types {
		if definition.BuiltIn {
			continue
		}
		interfaces := slices.Sorted(slices.Values(definition.Interfaces))
		elements[name] = strings.Join(append([]string{string(definition.Kind)}, interfaces...), " ")
		if definition.Directives.ForName("oneOf") != nil {
			elements[name] += " @oneOf"
		}
		for _, field := range definition.Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}
			elements[name+"."+field.Name] = typed(field.Type, field.DefaultValue)
			for _, argument := range field.Arguments {
				elements[name+"."+field.Name+"("+argument.Name+":)"] = typed(argument.Type, argument.DefaultValue)
			}
		}
		for _, value := range definition.EnumValues {
			elements[name+"."+value.Name] = "value"
		}
	}
	return elements
}

func typed(is *ast.Type, otherwise *ast.Value) string {
	if otherwise == nil {
		return is.String()
	}
	return is.String() + " = " + otherwise.String()
}

// takenBy is the field that takes an argument, or the object that takes an input field; empty for what clients do not
// give.
func takenBy(element string) string {
	if field, _, argument := strings.Cut(element, "("); argument {
		return field
	}
	owner, _, member := strings.Cut(element, ".")
	if member && schema().Types[owner].Kind == ast.InputObject {
		return owner
	}
	return ""
}
