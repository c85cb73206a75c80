package graph

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// Everything that the schema has says what it means: /schema.graphql and the editors of others have no other manual.
func TestEverythingInTheSchemaIsDescribed(t *testing.T) {
	for element, description := range described(schema()) {
		if strings.TrimSpace(description) == "" {
			t.Errorf("%s has no description", element)
		}
	}
}

// Lists are paged alike, and say so in the same words.
func TestListsDescribeTheirPagesAlike(t *testing.T) {
	pages := map[string]string{}
	for element, description := range described(schema()) {
		_, argument, _ := strings.Cut(element, "(")
		switch argument {
		case "first:)", "after:)", "last:)", "before:)", "exact:)":
			if same, seen := pages[argument]; seen && same != description {
				t.Errorf("%s: %q, elsewhere %q", element, description, same)
			}
			pages[argument] = description
		}
	}
	if len(pages) != 5 {
		t.Errorf("lists take %d arguments for pages, want 5", len(pages))
	}
}

// described returns the descriptions of all that is Gatehouse's own in a schema, by coordinates such as "User.name" and
// "Query.users(first:)".
func described(schema *ast.Schema) map[string]string {
	descriptions := map[string]string{}
	arguments := func(owner string, list ast.ArgumentDefinitionList) {
		for _, argument := range list {
			descriptions[fmt.Sprintf("%s(%s:)", owner, argument.Name)] = argument.Description
		}
	}
	for name, definition := range schema.Types {
		if definition.BuiltIn {
			continue
		}
		descriptions[name] = definition.Description
		for _, field := range definition.Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}
			descriptions[name+"."+field.Name] = field.Description
			arguments(name+"."+field.Name, field.Arguments)
		}
		for _, value := range definition.EnumValues {
			descriptions[name+"."+value.Name] = value.Description
		}
	}
	for name, directive := range schema.Directives {
		if directive.Position.Src.BuiltIn {
			continue
		}
		descriptions["@"+name] = directive.Description
		arguments("@"+name, directive.Arguments)
	}
	return descriptions
}
