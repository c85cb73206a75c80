package graph

import (
	"net/http"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph/generated"
	"github.com/gatehouse/gatehouse/graph/plan"
)

// NewReferenceHandler is NewHandler with gqlgen's own executor for everything, which plans are compared with.
func NewReferenceHandler(config Config) http.Handler {
	return newHandler(config, generated.NewExecutableSchema)
}

// FieldsRead are the fields of users that a query has read besides the ID; nil: all.
func FieldsRead(t *testing.T, query string) []string {
	t.Helper()
	document, errs := gqlparser.LoadQueryWithRules(schema(), query, rules.NewDefaultRules())
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	operation := &graphql.OperationContext{RawQuery: query, Doc: document, Operation: document.Operations[0]}
	reading, _ := plan.NewCache(schema(), 0, userReadingOf).For(operation).Reading.(*db.UserReading)
	return reading.Fields()
}
