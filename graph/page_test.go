package graph

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// The page's own operations are valid, and within the limits whatever size of page they ask for.
func TestOperationsOfThePage(t *testing.T) {
	files, err := filepath.Glob("../frontend/src/lib/api/operations/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no operations of the page: %v", err)
	}
	var all string
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all += string(content)
	}
	document, err := parser.ParseQuery(&ast.Source{Input: all})
	if err != nil {
		t.Fatal(err)
	}
	if errs, _ := validate(schema(), document); len(errs) > 0 {
		t.Fatal(errs)
	}
	for _, operation := range document.Operations {
		one := oneOperation(document, operation)
		_, fragments, err := checkShape(one, mostOfViewers)
		if err != nil {
			t.Errorf("%s: %v", operation.Name, err)
			continue
		}
		asked := (&measurer{schema: schema(), operation: operation, fragments: fragments, variables: largestPages(operation)}).measure()
		if err := mostOfViewers.check(asked); err != nil {
			t.Errorf("%s: %v", operation.Name, err)
		}
		if isOfStrangers(operation) {
			asked = (&measurer{schema: schema(), operation: operation, fragments: fragments, stranger: true}).measure()
			if err := mostOfStrangers.check(asked); err != nil {
				t.Errorf("%s, before signing in: %v", operation.Name, err)
			}
			if _, _, err := checkShape(one, mostOfStrangers); err != nil {
				t.Errorf("%s, before signing in: %v", operation.Name, err)
			}
		}
	}
}

// oneOperation is a document as the page sends it: an operation with the fragments that it spreads.
func oneOperation(all *ast.QueryDocument, operation *ast.OperationDefinition) *ast.QueryDocument {
	one := &ast.QueryDocument{Operations: ast.OperationList{operation}}
	seen := map[string]bool{}
	var take func(set ast.SelectionSet)
	take = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch selection := selection.(type) {
			case *ast.Field:
				take(selection.SelectionSet)
			case *ast.InlineFragment:
				take(selection.SelectionSet)
			case *ast.FragmentSpread:
				if !seen[selection.Name] {
					seen[selection.Name] = true
					one.Fragments = append(one.Fragments, selection.Definition)
					take(selection.Definition.SelectionSet)
				}
			}
		}
	}
	take(operation.SelectionSet)
	return one
}

// isOfStrangers says whether everything that an operation asks for answers before signing in.
func isOfStrangers(operation *ast.OperationDefinition) bool {
	for _, selection := range operation.SelectionSet {
		field, ok := selection.(*ast.Field)
		if !ok || admit(nil, max(queries[field.Name], mutations[field.Name])) != nil {
			return false
		}
	}
	return true
}

// largestPages gives every variable that is a number the most that a page can have.
func largestPages(operation *ast.OperationDefinition) map[string]any {
	variables := make(map[string]any)
	for _, variable := range operation.VariableDefinitions {
		if variable.Type.NamedType == "Int" {
			variables[variable.Variable] = json.Number("100")
		}
	}
	return variables
}
