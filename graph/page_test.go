package graph

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
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
	document, errs := gqlparser.LoadQueryWithRules(schema(), all, rulesWithoutSuggestions())
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	for _, operation := range document.Operations {
		total := measure(operation, largestPages(operation))
		if total.depth > maxDepth || total.aliases > maxAliases || total.fields > maxFields || total.cost > maxCost {
			t.Errorf("%s asks for too much: %+v", operation.Name, total)
		}
	}
}

// largestPages gives every variable that is a number the most that a page can have.
func largestPages(operation *ast.OperationDefinition) map[string]any {
	variables := make(map[string]any)
	for _, variable := range operation.VariableDefinitions {
		if variable.Type.NamedType == "Int" {
			variables[variable.Variable] = int64(pageMost)
		}
	}
	return variables
}
