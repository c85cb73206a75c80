package graph

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

const mergeSchema = `
type Query { dog: Dog! pet: Pet any: Any }
interface Pet { name: String! owner: Human friend(of: Int): Pet }
type Dog implements Pet { name: String! owner: Human friend(of: Int): Pet barks: Boolean! age: Int nick: [String!] }
type Cat implements Pet { name: String! owner: Human friend(of: Int): Pet meows: Boolean age: Int! nick: String }
type Human { name: String pet: Pet pets: [Pet!] age: Int! }
union Any = Dog | Cat | Human`

// Random documents are found to conflict, or not, as by gqlparser's rule, which compares every pair of fields.
func TestMergingAgreesWithTheRuleOfPairs(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: mergeSchema})
	conflicts := 0
	for seed := range uint64(4000) {
		query := (&mergeDocument{random: rand.New(rand.NewPCG(seed, 2)), schema: schema}).next()
		document, errs := gqlparser.LoadQueryWithRules(schema, query, rules.NewRules(rules.FieldsOnCorrectTypeRule))
		if len(errs) > 0 {
			t.Fatalf("%s: %v", query, errs)
		}
		_, want := gqlparser.LoadQueryWithRules(schema, query, rules.NewRules(rules.OverlappingFieldsCanBeMergedRule))
		steps := 0
		got := merger{schema: schema, steps: &steps}.check(document.Operations[0].SelectionSet)
		if (got == nil) != (len(want) == 0) {
			t.Fatalf("seed %d, %s\n%v\nthe rule of pairs: %v", seed, query, got, want)
		}
		if got != nil {
			conflicts++
		}
	}
	if conflicts < 400 || conflicts > 3600 {
		t.Errorf("%d of 4000 documents conflict: the comparison says little", conflicts)
	}
}

// Conflicts are told in the words of graphql-js.
func TestConflictsAreTold(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: mergeSchema})
	for query, want := range map[string]string{
		`{dog{a:name a:age}}`:                               `Fields "a" conflict because "name" and "age" are different fields.`,
		`{dog{friend(of:1){name}} dog{friend(of:2){name}}}`: `Fields "dog" conflict because subfields "friend" conflict because they have differing arguments.`,
		`{pet{...on Dog{x:age} ...on Cat{x:age}}}`:          `Fields "x" conflict because they return conflicting types "Int" and "Int!".`,
	} {
		document, _ := gqlparser.LoadQueryWithRules(schema, query, rules.NewRules())
		steps := 0
		if got := (merger{schema: schema, steps: &steps}).check(document.Operations[0].SelectionSet); got == nil || !strings.HasPrefix(got.Message, want) {
			t.Errorf("%s: %v", query, got)
		}
	}
}

// mergeDocument makes documents in which many fields have one name.
type mergeDocument struct {
	random *rand.Rand
	schema *ast.Schema
}

func (d *mergeDocument) next() string {
	document := d.selections(d.schema.Query, 4, true)
	for i, on := range []string{"Pet", "Dog"} {
		if name := fmt.Sprint("F", i); strings.Contains(document, "..."+name+" ") {
			document += " fragment " + name + " on " + on + d.selections(d.schema.Types[on], 2, false)
		}
	}
	return document
}

func (d *mergeDocument) selections(on *ast.Definition, depth int, spreads bool) string {
	out := "{ __typename "
	for range 1 + d.random.IntN(3) {
		switch d.random.IntN(6) {
		case 0:
			possible := d.schema.GetPossibleTypes(on)
			within := possible[d.random.IntN(len(possible))]
			out += "... on " + within.Name + d.selections(within, depth, spreads) + " "
		case 1:
			if spreads && (on.Name == "Pet" || on.Name == "Dog") {
				out += fmt.Sprintf("...F%d ", d.random.IntN(2))
			}
		default:
			out += d.field(on, depth, spreads)
		}
	}
	return out + "}"
}

func (d *mergeDocument) field(on *ast.Definition, depth int, spreads bool) string {
	if len(on.Fields) == 0 {
		return ""
	}
	field := on.Fields[d.random.IntN(len(on.Fields))]
	leads := d.schema.Types[field.Type.Name()]
	if strings.HasPrefix(field.Name, "__") || !leads.IsLeafType() && depth == 0 {
		return ""
	}
	text := field.Name
	if d.random.IntN(8) == 0 {
		text = "x: " + text
	}
	if len(field.Arguments) > 0 && d.random.IntN(3) == 0 {
		text += "(of: 1)"
	}
	if !leads.IsLeafType() {
		text += d.selections(leads, depth-1, spreads)
	}
	return text + " "
}
