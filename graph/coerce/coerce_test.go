package coerce_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/gatehouse/gatehouse/graph/coerce"
)

var schema = coerce.Schema{Schema: gqlparser.MustLoadSchema(&ast.Source{Input: `
scalar JSON
scalar Time
enum Kind { ONE TWO }
input Login { name: String! password: String! kinds: [Kind!] at: Time }
type Query { a(i: Int, kinds: [Kind!], login: Login, any: JSON): Int }`})}

func variables(t *testing.T, types, sent string) (map[string]any, []string) {
	t.Helper()
	document, err := parser.ParseQuery(&ast.Source{Input: "query" + types + "{a}"})
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(strings.NewReader(sent))
	decoder.UseNumber()
	var decoded map[string]any
	if err := decoder.Decode(&decoded); err != nil {
		t.Fatal(err)
	}
	values, errs := schema.Variables(document.Operations[0], decoded)
	var messages []string
	for _, err := range errs {
		messages = append(messages, err.Message)
	}
	return values, messages
}

func TestVariables(t *testing.T) {
	for _, c := range []struct {
		types, sent string
		want        map[string]any
	}{
		{`($k:[Kind!])`, `{"k":"ONE"}`, map[string]any{"k": []any{"ONE"}}},
		{`($k:[[Int]])`, `{"k":1}`, map[string]any{"k": []any{[]any{int64(1)}}}},
		{`($i:Int=5,$j:Int=6,$k:Int)`, `{"j":null}`, map[string]any{"i": int64(5), "j": nil}},
		{`($i:Int)`, `{"i":1.0}`, map[string]any{"i": int64(1)}},
		{`($i:ID)`, `{"i":12345678901234567890}`, map[string]any{"i": "12345678901234567890"}},
		{`($l:Login)`, `{"l":{"name":"a","password":"b","kinds":"TWO"}}`, map[string]any{"l": map[string]any{"name": "a", "password": "b", "kinds": []any{"TWO"}}}},
	} {
		if got, errs := variables(t, c.types, c.sent); len(errs) > 0 || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s with %s: %v %v", c.types, c.sent, got, errs)
		}
	}
}

// Messages name the place and the type, and never repeat a value, which could be a password.
func TestMessagesRepeatNoValue(t *testing.T) {
	for sent, want := range map[string]string{
		`{"l":{"name":"x","password":{"secret":"secret"}}}`:          `Variable "$l" got an invalid value at "l.password": String cannot represent a non string value.`,
		`{"l":{"name":"x","password":"x","kinds":["ONE","secret"]}}`: `Variable "$l" got an invalid value at "l.kinds[1]": The value does not exist in "Kind" enum.`,
		`{"l":{"name":"x","password":"x","at":"secret"}}`:            `Variable "$l" got an invalid value at "l.at": Time is a text in RFC 3339 with its zone, from 1970 to 9999, such as 2026-11-23T08:41:00.250Z.`,
		`{"l":"secret"}`:                          `Variable "$l" got an invalid value: Expected type "Login" to be an object.`,
		`{"l":{"name":"secret"}}`:                 `Variable "$l" got an invalid value: Field "password" of required type "String!" was not provided.`,
		`{"l":{"name":null,"password":"secret"}}`: `Variable "$l" got an invalid value at "l.name": Expected non-nullable type "String!" not to be null.`,
		`{"l":null}`:                              `Variable "$l" of non-null type "Login!" must not be null.`,
		`{}`:                                      `Variable "$l" of required type "Login!" was not provided.`,
		`{"l":{"name":"x","password":"x","more":"secret"}}`: `Variable "$l" got an invalid value: Field "more" is not defined by type "Login".`,
	} {
		if _, errs := variables(t, `($l:Login!)`, sent); len(errs) != 1 || errs[0] != want {
			t.Errorf("%s: %q", sent, errs)
		}
	}
}

// An empty list in a literal of any JSON stays one: gqlparser makes null of it.
func TestEmptyListsOfJSON(t *testing.T) {
	values, errs := variables(t, `($j:JSON={a:[] b:[[]]})`, `{}`)
	if len(errs) > 0 || !reflect.DeepEqual(values["j"], map[string]any{"a": []any{}, "b": []any{[]any{}}}) {
		t.Errorf("%#v %v", values, errs)
	}
}
