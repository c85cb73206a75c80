package server_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// schemaOf is the schema as clients get it.
var schemaOf = gqlparser.MustLoadSchema(&ast.Source{Input: graph.SDL()})

// walker reads everything that a client can reach: every field of every object, by every edge to it.
type walker struct {
	t      testing.TB
	client *servertest.Client
	// read are the fields that were answered, "User.email", and refused those that were not, with the codes of the errors.
	read    map[string]bool
	refused map[string]map[string]bool
	// bodies are all answers, one after the other.
	bodies strings.Builder
	walked map[string]bool // edges that were followed, each where it was nearest: "Role.users>User"
	queue  [][]wanted
}

// place is an object in an answer: the fields that lead there.
type place struct {
	steps []string // as they stand in a document, "users(first:1)", "...on User"
	path  []string // as they stand in the answer
	kind  *ast.Definition
}

func walk(t testing.TB, client *servertest.Client, roots ...string) *walker {
	t.Helper()
	w := &walker{t: t, client: client, read: map[string]bool{}, refused: map[string]map[string]bool{}, walked: map[string]bool{}}
	for _, root := range roots {
		name, _, _ := strings.Cut(root, "(")
		field := schemaOf.Query.Fields.ForName(name)
		w.queue = append(w.queue, []wanted{{place{kind: schemaOf.Query}, field, root}})
	}
	for len(w.queue) > 0 {
		fields := w.queue[0]
		w.queue = w.queue[1:]
		for chunk := range slices.Chunk(fields, aliasesAtOnce) {
			w.ask(chunk)
		}
	}
	return w
}

// wanted is a field of an object.
type wanted struct {
	at    place
	field *ast.FieldDefinition
	step  string
}

func (q wanted) coordinate() string { return q.at.kind.Name + "." + q.field.Name }

const aliasesAtOnce = 20

// ask asks for fields, and notes what they lead to. What costs too much at once is asked in parts.
func (w *walker) ask(fields []wanted) {
	w.t.Helper()
	var document strings.Builder
	document.WriteString("{")
	for i, q := range fields {
		steps := append(slices.Clone(q.at.steps), q.step)
		if schemaOf.Types[q.field.Type.Name()].IsCompositeType() {
			steps = append(steps, "__typename")
		}
		fmt.Fprintf(&document, "a%d:%s%s\n", i, strings.Join(steps, "{"), strings.Repeat("}", len(steps)-1))
	}
	document.WriteString("}")
	answer := w.client.Do(document.String(), nil)
	switch {
	case answer.Data != nil:
	case len(fields) > 1:
		w.ask(fields[:len(fields)/2])
		w.ask(fields[len(fields)/2:])
		return
	default:
		w.t.Fatalf("%s: %s", document.String(), answer.Body)
	}
	w.bodies.WriteString(answer.Body)
	for i, q := range fields {
		w.note(q, "a"+strconv.Itoa(i), answer)
	}
}

func (w *walker) note(q wanted, alias string, answer *servertest.Answer) {
	w.t.Helper()
	name, _, _ := strings.Cut(q.step, "(")
	path := append(slices.Clone(q.at.path), name)
	path[0] = alias
	for _, e := range answer.Errors {
		if place := e.Place(); place == alias || strings.HasPrefix(place, alias+".") {
			if w.refused[q.coordinate()] == nil {
				w.refused[q.coordinate()] = map[string]bool{}
			}
			w.refused[q.coordinate()][e.Code()] = true
			return
		}
	}
	value := answer.At(strings.Join(path, "."))
	if value == nil {
		return
	}
	w.read[q.coordinate()] = true
	if list, isList := value.([]any); isList {
		if len(list) == 0 {
			return
		}
		value, path = list[0], append(path, "0")
	}
	object, isObject := value.(map[string]any)
	if !isObject || object["__typename"] == nil {
		return
	}
	kind := schemaOf.Types[object["__typename"].(string)]
	edge := q.coordinate() + ">" + kind.Name
	if w.walked[edge] && q.at.kind != schemaOf.Query {
		return
	}
	w.walked[edge] = true
	path[0] = strings.SplitN(path[0], "(", 2)[0]
	there := place{append(slices.Clone(q.at.steps), q.step), path, kind}
	if kind.Name != q.field.Type.Name() {
		there.steps = append(there.steps, "...on "+kind.Name)
	}
	var next []wanted
	for _, field := range kind.Fields {
		if strings.HasPrefix(field.Name, "__") || strings.HasSuffix(kind.Name, "Connection") && field.Name != "nodes" && field.Name != "totalCount" {
			continue
		}
		step := field.Name
		if field.Arguments.ForName("first") != nil {
			step += "(first:1)"
		}
		next = append(next, wanted{there, field, step})
	}
	w.queue = append(w.queue, next)
}

// coordinates are the fields of all objects that queries lead to, but for payloads, connections and pages.
func coordinates() []string {
	found := map[string]bool{}
	for name, kind := range schemaOf.Types {
		if kind.Kind != ast.Object || kind.BuiltIn || name == "Mutation" || strings.HasSuffix(name, "Payload") || strings.HasSuffix(name, "Edge") ||
			strings.HasSuffix(name, "Connection") || slices.Contains([]string{"PageInfo", "UserError", "SignInChallenge", "Challenge"}, name) {
			continue
		}
		for _, field := range kind.Fields {
			if !strings.HasPrefix(field.Name, "__") {
				found[name+"."+field.Name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}
