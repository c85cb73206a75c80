package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

const testSchema = `
interface Named { name: String! }
type Person implements Named { name: String! friend: Named }
type Group implements Named { name: String! members: [Person!]! }
type Query { named: Named me: Person! }`

// operation is a validated document with variables, as the executor hands it on.
func operation(t *testing.T, schema *ast.Schema, query string) *graphql.OperationContext {
	t.Helper()
	document, errs := gqlparser.LoadQueryWithRules(schema, query, rules.NewDefaultRules())
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return &graphql.OperationContext{RawQuery: query, Doc: document, Operation: document.Operations[0], Variables: map[string]any{}}
}

func with(known *graphql.OperationContext, variables map[string]any) *graphql.OperationContext {
	return &graphql.OperationContext{RawQuery: known.RawQuery, Doc: known.Doc, Operation: known.Operation, Variables: variables}
}

func nothing(Asked) any { return nil }

func names(selection *Selection) string {
	var names []string
	for _, field := range selection.Fields {
		names = append(names, field.Alias)
	}
	return strings.Join(names, " ")
}

// One document has one plan for each of the ways that its directives leave parts out, and no more than a few.
func TestPlansAreKept(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: testSchema})
	cache := NewCache(schema, 1000, nothing)
	asked := operation(t, schema, `query($a: Boolean!, $b: Boolean!) { me @include(if: $a) { name } named { ...f } } fragment f on Named { name @skip(if: $b) }`)
	seen := map[string]*Selection{}
	for _, a := range []bool{true, false} {
		for _, b := range []bool{true, false} {
			variables := map[string]any{"a": a, "b": b}
			first := cache.For(with(asked, variables))
			if again := cache.For(with(asked, variables)); again != first {
				t.Errorf("%v: made twice", variables)
			}
			want := map[bool]string{true: "me named", false: "named"}[a]
			if got := names(first); got != want {
				t.Errorf("%v: %q, want %q", variables, got, want)
			}
			within := first.Fields[len(first.Fields)-1].Of("Group")
			if got, want := names(within), map[bool]string{true: "", false: "name"}[b]; got != want {
				t.Errorf("%v, within: %q, want %q", variables, got, want)
			}
			seen[fmt.Sprint(variables)] = first
		}
	}
	if kept, _ := cache.plans.Get(asked.Operation); len(kept.variants) != 4 || len(seen) != 4 {
		t.Errorf("%d plans, of %d variants", len(kept.variants), len(seen))
	}

	many := `query($a0: Boolean!, $a1: Boolean!, $a2: Boolean!, $a3: Boolean!) { me { ` +
		`a: name @skip(if: $a0) b: name @skip(if: $a1) c: name @skip(if: $a2) d: name @skip(if: $a3) name } }`
	asked = operation(t, schema, many)
	for variant := range 16 {
		variables := map[string]any{}
		for i := range 4 {
			variables[fmt.Sprint("a", i)] = variant>>i&1 == 1
		}
		cache.For(with(asked, variables))
	}
	if kept, _ := cache.plans.Get(asked.Operation); len(kept.variants) != cachedVariants {
		t.Errorf("%d plans of one operation", len(kept.variants))
	}
}

// A stranger's documents push nothing out that comes again and again: a long one is not kept.
func TestLongDocumentsAreNotKept(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: testSchema})
	cache := NewCache(schema, 100, nothing)
	asked := operation(t, schema, "{ me { name } }"+strings.Repeat(" ", 100))
	first, again := cache.For(asked), cache.For(asked)
	if first == again || cache.plans.Len() != 0 {
		t.Error("the plan of a long document is kept")
	}
}

// An interface leads to one selection for each of its types, with what is asked of that type alone.
func TestSelectionsByType(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: testSchema})
	asked := operation(t, schema, `{ named { name ... on Person { friend { __typename } } ... on Group { a: name members { name } members { x: name } } } }`)
	named := &NewCache(schema, 1000, nothing).For(asked).Fields[0]
	if got := names(named.Of("Person")); got != "name friend" {
		t.Errorf("of a person: %q", got)
	}
	group := named.Of("Group")
	if got := names(group); got != "name a members" {
		t.Errorf("of a group: %q", got)
	}
	if got := names(group.Fields[2].Of("Person")); got != "name x" {
		t.Errorf("of its members: %q", got)
	}
	if named.Of("Query") != nil {
		t.Error("a type that cannot be there has a selection")
	}
}

// What is asked of a type counts wherever it is asked, fragments and skipped parts taken into account; a resolver hears what
// was made of it.
func TestReading(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: testSchema})
	asked := operation(t, schema, `{ me { x: name friend { ... on Group { members { __typename } } ... on Person { friend { name @skip(if: true) } } } } }`)
	reading := func(asked Asked) any {
		return fmt.Sprint(slices.Sorted(maps.Keys(asked["Person"])), slices.Sorted(maps.Keys(asked["Group"])))
	}
	selection := NewCache(schema, 1000, reading).For(asked)
	var heard any
	writer := NewWriter(t.Context(), asked, selection)
	writer.Answer(func(*Selection) bool {
		heard = Reading(writer.Context())
		return true
	})
	if want := "[__typename friend name] [members]"; heard != want {
		t.Errorf("%v, want %s", heard, want)
	}
	if Reading(t.Context()) != nil {
		t.Error("something is read where there is no plan")
	}
}
