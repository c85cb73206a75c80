package graph_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/gatehouse/gatehouse/bench/hostile"
	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/graph/generated"
)

// graphqlJS is graphql-js in a process of Node, which documents are compared with.
type graphqlJS struct {
	t      testing.TB
	to     io.WriteCloser
	from   *bufio.Reader
	schema map[string]*ast.Schema
}

// found is what graphql-js finds of a document and its variables; see testdata/graphqljs/reference.js.
type found struct {
	Syntax      *jsError
	Invalid     []jsError
	NoOperation bool
	Variables   []jsError
	Arguments   struct {
		Found []struct {
			Line, Column int
			Values       json.RawMessage
		}
		Errors []jsError
	}
	Executed struct {
		Same   bool // as text, with its order
		Data   json.RawMessage
		Errors []jsError
	}
	Introspection json.RawMessage
	Query         string // of the introspection
}

type jsError struct {
	Rule, Message string
	Path          []any
	Locations     []gqlerror.Location
}

// newGraphqlJS starts graphql-js. It is left out where it is not installed, unless the tests are run by make.
func newGraphqlJS(t testing.TB) *graphqlJS {
	t.Helper()
	if _, err := os.Stat("testdata/graphqljs/node_modules/graphql"); err != nil {
		if os.Getenv("GATEHOUSE_TEST_GRAPHQLJS") != "" {
			t.Fatal("graphql-js is not installed: npm --prefix graph/testdata/graphqljs ci")
		}
		t.Skip("graphql-js is not installed (npm --prefix graph/testdata/graphqljs ci): make test-go compares with it")
	}
	command := exec.Command("node", "testdata/graphqljs/reference.js")
	command.Stderr = os.Stderr
	to, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	from, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = to.Close()
		if err := command.Wait(); err != nil {
			t.Error("graphql-js: ", err)
		}
	})
	js := &graphqlJS{t: t, to: to, from: bufio.NewReaderSize(from, 1<<20), schema: map[string]*ast.Schema{"served": graph.Schema()}}
	rich, err := os.ReadFile("testdata/graphqljs/rich.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	js.schema["rich"] = gqlparser.MustLoadSchema(&ast.Source{Input: string(rich)})
	delete(js.schema["rich"].Directives, "defer")
	js.send(map[string]any{"schema": "served", "sdl": graph.SDL()})
	js.send(map[string]any{"schema": "rich", "sdl": string(rich)})
	return js
}

func (js *graphqlJS) send(request map[string]any) {
	line, err := json.Marshal(request)
	if err == nil {
		_, err = js.to.Write(append(line, '\n'))
	}
	if err != nil {
		js.t.Fatal(err)
	}
}

func (js *graphqlJS) ask(request map[string]any) (answer found) {
	js.send(request)
	line, err := js.from.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &answer)
	}
	if err != nil {
		js.t.Fatal(err, string(line))
	}
	return answer
}

// outcome is how far a document comes.
type outcome struct {
	Stage string
	// Rules are those that are broken, with the places.
	Rules []string
}

// compare holds what the entrance finds of a document to what graphql-js finds. It returns the stage that both end at.
func (js *graphqlJS) compare(t testing.TB, schema, query, operation string, variables map[string]any) string {
	t.Helper()
	got := graph.Judge(js.schema[schema], query, operation, variables)
	want := js.ask(map[string]any{"schema": schema, "query": query, "operationName": named(operation), "variables": variables})
	fail := func(format string, args ...any) {
		t.Helper()
		encoded, _ := json.Marshal(variables)
		t.Errorf("%s\n%s %s\n%s", schema, query, encoded, fmt.Sprintf(format, args...))
	}
	ours, theirs := ourOutcome(got), theirOutcome(want)
	ours, theirs = withoutDocumented(ours, theirs, got)
	if !reflect.DeepEqual(ours, theirs) {
		fail("here:       %v\n%v\ngraphql-js: %v\n%v", ours, differing(slices.Concat(got.Refused, got.Invalid, got.Input), theirs),
			theirs, differing(slices.Concat(want.Invalid, want.Variables, want.Arguments.Errors), ours))
		return ours.Stage
	}
	for _, err := range slices.Concat(got.Refused, got.Invalid, got.Input) {
		if ours.Stage != "as documented" && len(err.Locations) == 0 || err.Message == "" || err.Path != nil {
			fail("an error without a place, or with a path: %v", err)
		}
		if err.Rule == "ValuesOfCorrectType" && !want.places(err.Rule)[err.Locations[0]] {
			fail("%v\ngraphql-js finds it elsewhere: %v", err, want.Invalid)
		}
	}
	if ours.Stage == "executed" {
		js.compareArguments(t, schema, got, want, fail)
	}
	return ours.Stage
}

// withoutDocumented leaves out the differences that docs/graphql.md gives the reasons of.
func withoutDocumented(ours, theirs outcome, got graph.Judgement) (outcome, outcome) {
	control := func(err *gqlerror.Error) bool {
		return strings.Contains(err.Message, "Invalid character within String") || strings.Contains(err.Message, "Cannot contain the invalid character")
	}
	if len(got.Refused) > 0 && (len(got.Refused[0].Locations) == 0 || control(got.Refused[0])) {
		// Past a limit, or a control character in a text or comment.
		return outcome{Stage: "as documented"}, outcome{Stage: "as documented"}
	}
	if len(got.Invalid) >= 50 { // the first ones
		theirs.Rules = slices.DeleteFunc(theirs.Rules, func(rule string) bool { return !slices.Contains(ours.Rules, rule) })
	}
	drop := func(o *outcome, rule string) {
		if o.Rules = slices.DeleteFunc(o.Rules, func(one string) bool { return one == rule }); len(o.Rules) == 0 {
			*o = outcome{Stage: "as documented"}
		}
	}
	if len(ours.Rules) > 0 && slices.Contains(theirs.Rules, "OverlappingFieldsCanBeMerged") && !slices.Contains(ours.Rules, "OverlappingFieldsCanBeMerged") {
		drop(&theirs, "OverlappingFieldsCanBeMerged") // fields are merged only in what is valid otherwise
	}
	if slices.Equal(ours.Rules, []string{"NoFragmentCycles"}) && slices.Contains(theirs.Rules, "NoFragmentCycles") {
		return ours, ours // which nothing else looks at
	}
	if ours.Stage == "syntax" && slices.Contains(theirs.Rules, "ExecutableDefinitions") {
		return ours, ours
	}
	if slices.Contains(ours.Rules, "KnownRootType") {
		drop(&ours, "KnownRootType") // which graphql-js finds when it executes
	}
	oneOf := func(err *gqlerror.Error) bool {
		return strings.Contains(err.Message, "must be non-nullable to be used for OneOf")
	}
	if slices.ContainsFunc(got.Invalid, oneOf) && !slices.Contains(theirs.Rules, "VariablesInAllowedPosition") {
		drop(&ours, "VariablesInAllowedPosition") // which graphql-js overlooks where the object itself must not be null
	}
	if ours.Stage == "as documented" || theirs.Stage == "as documented" {
		return ours, ours
	}
	return ours, theirs
}

// named is null for no name, which here is an empty one, too.
func named(operation string) any {
	if operation == "" {
		return nil
	}
	return operation
}

func ourOutcome(got graph.Judgement) outcome {
	switch {
	case len(got.Refused) > 0 && got.Refused[0].Rule == "":
		return outcome{Stage: "syntax"}
	case len(got.Refused)+len(got.Invalid) > 0:
		return outcome{"invalid", rulesOf(slices.Concat(got.Refused, got.Invalid), func(err *gqlerror.Error) string { return err.Rule })}
	case got.NoOperation:
		return outcome{Stage: "no operation"}
	case slices.ContainsFunc(got.Input, func(err *gqlerror.Error) bool { return err.Rule != "Bounds" }):
		return outcome{Stage: "input"}
	}
	return outcome{Stage: "executed"}
}

func theirOutcome(want found) outcome {
	switch {
	case want.Syntax != nil:
		return outcome{Stage: "syntax"}
	case len(want.Invalid) > 0:
		return outcome{"invalid", rulesOf(want.Invalid, func(err jsError) string { return err.Rule })}
	case want.NoOperation:
		return outcome{Stage: "no operation"}
	case len(want.Variables)+len(want.Arguments.Errors) > 0:
		return outcome{Stage: "input"}
	}
	return outcome{Stage: "executed"}
}

// differing are the errors by rules that the other has not found to be broken.
func differing[E any](errs []E, other outcome) string {
	var out strings.Builder
	for _, err := range errs {
		if one := fmt.Sprintf("%+v", err); !slices.ContainsFunc(other.Rules, func(rule string) bool { return strings.Contains(ruleAnd(err), rule) }) {
			out.WriteString("  " + one + "\n")
		}
	}
	return out.String()
}

// places are where a rule is broken.
func (f found) places(rule string) map[gqlerror.Location]bool {
	places := map[gqlerror.Location]bool{}
	for _, err := range f.Invalid {
		for _, place := range err.Locations {
			places[place] = places[place] || err.Rule == rule
		}
	}
	return places
}

func ruleAnd(err any) string {
	if own, ok := err.(*gqlerror.Error); ok {
		return own.Rule
	}
	return fmt.Sprintf("%+v", err)
}

func rulesOf[E any](errs []E, rule func(E) string) []string {
	rules := map[string]bool{}
	for _, err := range errs {
		rules[rule(err)] = true
	}
	return slices.Sorted(maps.Keys(rules))
}

func (js *graphqlJS) compareArguments(t testing.TB, schema string, got graph.Judgement, want found, fail func(string, ...any)) {
	t.Helper()
	type place struct{ line, column int }
	ours := map[place]graph.ArgumentsAt{}
	for _, arguments := range got.Arguments {
		ours[place{arguments.Line, arguments.Column}] = arguments
	}
	for _, theirs := range want.Arguments.Found {
		at := place{theirs.Line, theirs.Column}
		one, ok := ours[at]
		if !ok {
			fail("no arguments are read at %v: %v", at, got.Arguments)
			return
		}
		delete(ours, at)
		if mine := canonical(t, one.Values); !reflect.DeepEqual(mine, decoded(t, theirs.Values)) {
			fail("arguments at %v: %v\ngraphql-js:    %s", at, mine, theirs.Values)
			return
		}
		if schema == "served" && one.Field != nil {
			js.compareRead(t, one, fail)
		}
	}
	if len(ours) > 0 {
		fail("more arguments than graphql-js reads: %v", ours)
	}
}

// compareRead holds what a resolver is given to what the values are that were compared.
func (js *graphqlJS) compareRead(t testing.TB, one graph.ArgumentsAt, fail func(string, ...any)) {
	t.Helper()
	want, err := generated.ReadArguments(t.Context(), one.Field.ObjectDefinition.Name, one.Field.Name, one.Values)
	if err != nil {
		fail("%v cannot be read: %v", one.Values, err)
	}
	got, err := generated.ReadArguments(t.Context(), one.Field.ObjectDefinition.Name, one.Field.Name, one.Raw)
	if err != nil || !reflect.DeepEqual(got, want) {
		fail("%v is read as %v, and %v as %v, %v", one.Values, want, one.Raw, got, err)
	}
}

// canonical is a value as graphql-js would send it.
func canonical(t testing.TB, value any) any {
	t.Helper()
	encoded, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return decoded(t, encoded)
}

func decoded(t testing.TB, encoded []byte) (value any) {
	t.Helper()
	if err := json.NewDecoder(bytes.NewReader(encoded)).Decode(&value); err != nil {
		t.Fatal(err, string(encoded))
	}
	return value
}

// Random documents and variables, most of them with something wrong, are refused here where graphql-js refuses them, by the same
// rules, and their arguments have the same values.
func TestEntranceAgreesWithGraphqlJS(t *testing.T) {
	js := newGraphqlJS(t)
	for _, schema := range []string{"rich", "served"} {
		stages := map[string]int{}
		for seed := range uint64(1500) {
			stages[js.compareSeed(t, schema, seed)]++
			if t.Failed() {
				return
			}
		}
		t.Log(schema, stages)
	}
}

func (js *graphqlJS) compareSeed(t testing.TB, schema string, seed uint64) string {
	documents := fuzzed{random: rand.New(rand.NewPCG(seed, 14)), schema: js.schema[schema], wrong: []int{0, 3, 10, 30}[seed%4]}
	query, operation, variables := documents.next()
	return js.compare(t, schema, query, operation, variables)
}

// Each odd token by itself, where a value, a name and a list of fields are expected.
func TestTokensAgreeWithGraphqlJS(t *testing.T) {
	js := newGraphqlJS(t)
	for _, token := range oddTokens {
		for _, document := range []string{"{scalars(s:%s)}", "{scalars(i:%s)}", "{scalars(f:%s)}", "{scalars(id:%s)}", "{scalars(j:[%s])}", "{a:%s}", "{__typename %s}", "%s{__typename}", "{__typename}%s"} {
			js.compare(t, "rich", fmt.Sprintf(document, token), "", nil)
		}
	}
}

// The documents by which strangers could make work are refused like by graphql-js where no limit refuses them before.
func TestHostileDocumentsAgreeWithGraphqlJS(t *testing.T) {
	js := newGraphqlJS(t)
	agreed := 0
	for _, request := range hostile.Requests() {
		var body struct {
			Query     string
			Variables map[string]any
		}
		if len(request.Body) > 2<<10 || json.Unmarshal([]byte(request.Body), &body) != nil || body.Query == "" {
			continue
		}
		if stage := js.compare(t, "served", body.Query, "", body.Variables); stage != "as documented" {
			agreed++
		}
	}
	if agreed < 100 {
		t.Errorf("%d documents were compared: too few", agreed)
	}
}

func FuzzEntrance(f *testing.F) {
	js := newGraphqlJS(f)
	f.Add(uint64(1_000_000), false)
	f.Fuzz(func(t *testing.T, seed uint64, served bool) {
		schema := "rich"
		if served {
			schema = "served"
		}
		js.compareSeed(t, schema, seed)
	})
}
