package graph_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// fuzzed makes documents with variables for any schema: valid ones, and ones in which a few things are wrong.
type fuzzed struct {
	random *rand.Rand
	schema *ast.Schema
	// wrong is how many chances there are in a thousand that something is made wrong.
	wrong int
	ids   []string // to choose from

	fields    int
	variables []fuzzedVariable
	fragments []string
}

type fuzzedVariable struct {
	name, preset string
	of           *ast.Type
}

// next makes a document, the name of the operation that is to be executed, and variables as JSON.
func (d *fuzzed) next() (query, operation string, variables map[string]any) {
	d.fields, d.variables, d.fragments = 2+d.random.IntN(12), nil, nil
	root, kind := d.schema.Query, "query"
	if d.schema.Mutation != nil && d.random.IntN(4) == 0 {
		root, kind = d.schema.Mutation, "mutation"
	}
	selections := d.selections(root, 4)
	operation = d.of("", "Q")
	query = kind + " " + operation + d.declared() + d.directives(strings.ToUpper(kind), false) + selections + strings.Join(d.fragments, "")
	if d.isWrong() {
		query += d.of(" query Q{__typename}", " {__typename}", " fragment F on "+root.Name+"{__typename}", " subscription{a}", " type T{a:Int}", " query R($a:Int){__typename}")
	}
	if d.isWrong() {
		query = d.damaged(query)
	}
	variables = map[string]any{}
	for _, variable := range d.variables {
		if variable.of.NonNull && variable.preset == "" && !d.isWrong() || d.random.IntN(3) > 0 {
			variables[variable.name] = d.sent(variable.of)
		}
	}
	return query, operation, variables
}

func (d *fuzzed) isWrong() bool           { return d.random.IntN(1000) < d.wrong }
func (d *fuzzed) of(any ...string) string { return any[d.random.IntN(len(any))] }

func (d *fuzzed) declared() string {
	if len(d.variables) == 0 {
		return ""
	}
	var all []string
	for _, variable := range d.variables {
		if d.isWrong() {
			continue
		}
		all = append(all, "$"+variable.name+":"+variable.of.String()+variable.preset+d.directives("VARIABLE_DEFINITION", true))
	}
	if d.isWrong() {
		all = append(all, "$unused:"+d.of("Int", "Unknown", "[Boolean!]!", d.schema.Query.Name))
	}
	if len(all) == 0 {
		return ""
	}
	return "(" + strings.Join(all, " ") + ")"
}

func (d *fuzzed) selections(of *ast.Definition, depth int) string {
	parts := []string{"__typename"}
	for range 1 + d.random.IntN(3) {
		parts = append(parts, d.selection(of, depth))
	}
	return "{" + strings.Join(parts, " ") + "}"
}

func (d *fuzzed) selection(of *ast.Definition, depth int) string {
	possible := d.schema.GetPossibleTypes(of)
	if !of.IsCompositeType() {
		return d.of("a", "id", "__typename")
	}
	switch d.random.IntN(8) {
	case 0:
		return "..." + d.directives("INLINE_FRAGMENT", false) + d.selections(of, depth-1)
	case 1:
		on := possible[d.random.IntN(len(possible))]
		if d.isWrong() {
			on = d.anyType()
		}
		return "...on " + on.Name + d.directives("INLINE_FRAGMENT", false) + d.selections(on, depth-1)
	case 2:
		name := fmt.Sprint("f", len(d.fragments))
		d.fragments = append(d.fragments, "")
		at := len(d.fragments) - 1
		text := " fragment " + name + " on " + of.Name + d.directives("FRAGMENT_DEFINITION", false) + d.selections(of, depth-1)
		if d.isWrong() {
			text = d.of("", strings.Replace(text, "{", "{..."+name+" ", 1), text+" "+text)
		}
		d.fragments[at] = text
		return strings.Repeat("..."+name+" ", 1+d.random.IntN(5)/4) + d.directives("FRAGMENT_SPREAD", false)
	}
	return d.field(of, depth)
}

func (d *fuzzed) anyType() *ast.Definition {
	var composite []string
	for name, definition := range d.schema.Types {
		if definition.IsCompositeType() && !strings.HasPrefix(name, "__") {
			composite = append(composite, name)
		}
	}
	slices.Sort(composite)
	return d.schema.Types[d.of(composite...)]
}

func (d *fuzzed) field(of *ast.Definition, depth int) string {
	if of.Kind == ast.Union {
		return "__typename"
	}
	candidates := slices.DeleteFunc(slices.Clone(of.Fields), func(field *ast.FieldDefinition) bool {
		return strings.HasPrefix(field.Name, "__") || (depth <= 0 || d.fields <= 0) && d.schema.Types[field.Type.Name()].IsCompositeType()
	})
	if d.isWrong() {
		return d.of("unknown", "id{id}", "x:__typename{a}", "id(a:1)")
	}
	if len(candidates) == 0 {
		return "__typename"
	}
	d.fields--
	field := candidates[d.random.IntN(len(candidates))]
	call := field.Name + d.arguments(field.Arguments)
	if d.random.IntN(3) > 0 {
		call = fmt.Sprintf("a%d:", d.random.IntN(300)) + call
	}
	call += d.directives("FIELD", false)
	if d.schema.Types[field.Type.Name()].IsCompositeType() != d.isWrong() {
		call += d.selections(d.schema.Types[field.Type.Name()], depth-1)
	}
	return strings.Repeat(call+" ", 1+d.random.IntN(8)/7)
}

func (d *fuzzed) directives(location string, constant bool) string {
	if d.random.IntN(8) > 0 {
		return ""
	}
	var names []string
	for _, name := range slices.Sorted(maps.Keys(d.schema.Directives)) {
		if d.isWrong() || slices.Contains(d.schema.Directives[name].Locations, ast.DirectiveLocation(location)) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	directive := d.schema.Directives[d.of(names...)]
	before := d.variables
	text := " @" + directive.Name + d.arguments(directive.Arguments)
	if constant && len(d.variables) > len(before) || constant && strings.Contains(text, "$") {
		d.variables = before
		return ""
	}
	if d.isWrong() {
		return text + text
	}
	return text
}

func (d *fuzzed) arguments(of ast.ArgumentDefinitionList) string {
	var parts []string
	for _, argument := range of {
		if argument.Type.NonNull && argument.DefaultValue == nil && !d.isWrong() || d.random.IntN(3) == 0 {
			parts = append(parts, argument.Name+":"+d.value(argument.Type, 3))
		}
	}
	if d.isWrong() {
		parts = append(parts, d.of("unknown:1", "id:\"x\"", "i:2", "if:null"))
	}
	if len(parts) == 0 {
		return ""
	}
	return "(" + strings.Join(parts, " ") + ")"
}

// value is a literal of a type, or a variable.
func (d *fuzzed) value(of *ast.Type, depth int) string {
	if d.random.IntN(5) == 0 {
		return d.variable(of)
	}
	return d.literal(of, depth, true)
}

func (d *fuzzed) variable(of *ast.Type) string {
	if len(d.variables) > 0 && d.isWrong() {
		return "$" + d.variables[d.random.IntN(len(d.variables))].name
	}
	for _, known := range d.variables {
		if known.of.String() == of.String() && d.random.IntN(2) == 0 {
			return "$" + known.name
		}
	}
	variable := fuzzedVariable{name: fmt.Sprint("v", len(d.variables)), of: of}
	nullable := *of
	switch d.random.IntN(5) {
	case 0:
		nullable.NonNull = false
		variable.of, variable.preset = &nullable, "="+d.literal(of, 2, false)
	case 1:
		if !of.NonNull || d.isWrong() {
			variable.preset = "=null"
		}
	case 2:
		nullable.NonNull = !nullable.NonNull && !d.isWrong()
		if of.NonNull && !d.isWrong() {
			nullable.NonNull = true
		}
		variable.of = &nullable
	}
	d.variables = append(d.variables, variable)
	return "$" + variable.name
}

func (d *fuzzed) literal(of *ast.Type, depth int, variables bool) string {
	within := func(of *ast.Type) string {
		if variables {
			return d.value(of, depth-1)
		}
		return d.literal(of, depth-1, false)
	}
	if d.isWrong() {
		return d.of("null", "1", "-3.5", `"x"`, "true", "RED", "{}", "[]", "[null]", "{a:1}", "2147483648", "1e3", `"2026-11-23T08:00:00Z"`, `"""b"""`, "99999999999999999999", "$nothing")
	}
	if !of.NonNull && d.random.IntN(8) == 0 {
		return "null"
	}
	if of.Elem != nil {
		if d.random.IntN(5) == 0 {
			return within(of.Elem)
		}
		var items []string
		for range d.random.IntN(3) {
			items = append(items, within(of.Elem))
		}
		return "[" + strings.Join(items, " ") + "]"
	}
	definition := d.schema.Types[of.NamedType]
	switch definition.Kind {
	case ast.Enum:
		return definition.EnumValues[d.random.IntN(len(definition.EnumValues))].Name
	case ast.InputObject:
		var parts []string
		for _, field := range d.chosen(definition, depth) {
			parts = append(parts, field.Name+":"+within(field.Type))
		}
		if d.isWrong() {
			parts = append(parts, d.of("unknown:1", "id:\"x\"", "name:null", "from:1"))
		}
		return "{" + strings.Join(parts, " ") + "}"
	}
	switch of.NamedType {
	case "Int":
		return d.of("0", "1", "2", "25", "-1", "2147483647", "-2147483648", "-0")
	case "Float":
		return d.of("0", "-1.5", "1e3", "3", "9007199254740993", "0.1E-2")
	case "Boolean":
		return d.of("true", "false")
	case "ID":
		if len(d.ids) > 0 {
			return d.of(d.ids...)
		}
		return d.of(`"x"`, "7", "-0", "12345678901234567890", `"""block"""`)
	case "Time":
		return d.of(`"2026-11-23T08:00:00Z"`, `"2030-01-01T00:00:00.000+02:00"`)
	case "JSON":
		return d.of(`{a:[1 "b" null RED] c:{d:true}}`, "1", `"x"`, "[{}]")
	}
	return d.of(`""`, `"a"`, `"\u00e9\n\\\" x"`, "\"\"\"\n    b\n      c\n  \"\"\"", `"WEB"`, `"192.0.2.7"`, `"VIEW_USER"`, `"""a \""" b"""`)
}

// chosen are the fields of an input object that are given.
func (d *fuzzed) chosen(definition *ast.Definition, depth int) ast.FieldList {
	if definition.Directives.ForName("oneOf") != nil && !d.isWrong() {
		only := *definition.Fields[d.random.IntN(len(definition.Fields))]
		bare := *only.Type
		bare.NonNull = !d.isWrong()
		only.Type = &bare
		return ast.FieldList{&only}
	}
	var given ast.FieldList
	for _, field := range definition.Fields {
		if field.Type.NonNull && field.DefaultValue == nil && !d.isWrong() || depth > 0 && d.random.IntN(3) == 0 {
			given = append(given, field)
		}
	}
	return given
}

// sent is what is sent for a variable.
func (d *fuzzed) sent(of *ast.Type) any {
	if d.isWrong() {
		return []any{nil, json.Number("1"), json.Number("1.5"), json.Number("1.0"), json.Number("1e2"), json.Number("2147483648"), "x", "RED", "red", true, "1",
			[]any{}, []any{nil}, map[string]any{}, map[string]any{"a": nil}, json.Number("-0"), map[string]any{"__typename": "x"}}[d.random.IntN(17)]
	}
	if !of.NonNull && d.random.IntN(8) == 0 {
		return nil
	}
	if of.Elem != nil {
		if d.random.IntN(5) == 0 {
			return d.sent(of.Elem)
		}
		items := []any{}
		for range d.random.IntN(3) {
			items = append(items, d.sent(of.Elem))
		}
		return items
	}
	definition := d.schema.Types[of.NamedType]
	switch definition.Kind {
	case ast.Enum:
		return definition.EnumValues[d.random.IntN(len(definition.EnumValues))].Name
	case ast.InputObject:
		object := map[string]any{}
		for _, field := range d.chosen(definition, d.random.IntN(2)) {
			object[field.Name] = d.sent(field.Type)
		}
		return object
	}
	switch of.NamedType {
	case "Int":
		return json.Number(d.of("0", "1", "2", "25", "-1", "2147483647", "3.0", "1e1"))
	case "Float":
		return json.Number(d.of("0", "-1.5", "1e3", "3"))
	case "Boolean":
		return d.random.IntN(2) == 0
	case "ID":
		if len(d.ids) > 0 {
			return strings.Trim(d.of(d.ids...), `"`)
		}
		if d.random.IntN(4) == 0 {
			return json.Number(d.of("7", "-12", "3.0"))
		}
		return "x"
	case "Time":
		return d.of("2026-11-23T08:00:00Z", "2030-01-01T00:00:00.000+02:00")
	case "JSON":
		return map[string]any{"a": []any{json.Number("1.5"), "b", nil}}
	}
	return d.of("", "a", "WEB", "192.0.2.7", "VIEW_USER", "é\n\"")
}

var token = regexp.MustCompile(`"""(?s:.*?)"""|"(?:\\.|[^"\\\n])*"|[A-Za-z_]\w*|-?\d[\d.eE+-]*|\.\.\.|\S`)

// oddTokens are what no document should have, or only elsewhere.
var oddTokens = []string{
	"1.", "01", "1a", `"\u{1F600}"`, `"\ud83d\ude00"`, `"\ud800"`, `"a`, `"""a`, `"\x"`, "..", "?", "\ufeff", "#c\n", "#c", "&", "|", "0x1", "1.5e", "-", "\t", "\u00a0", "é",
	"null", "true", "on", "{", "}", "(", ")", "[", "]", "$", "@", ":", "=", "!", "fragment", "query", "schema", "\"\u0001\"", "\"a\nb\"", `"""\ud800"""`, "\x00", `"\u{}"`, `"\u{110000}"`, `"\u12"`, ".5", "+1", "1_0", "1e+3", "00",
	`"\udc00\ud800"`, `"\ud83d"`, `"\u{d800}"`, `"\u{0000001}"`, `"\ud83d\u0041"`, "\"\u0000\"", "\"\u007f\"", "\"\t\"", "\r", "0.0e0", "-0", "- 1", "1e", "1..2", "0b1", "\u2028", "\"\u2028\"",
	"\"\"\"\u0000\"\"\"", "\"\"\"\r\n  a\r  b\"\"\"", `""""""`, `"""\\"""`, `"" ""`, "#\u0001\n", "\u0001", "__x", "_", "ａ",
}

// damaged leaves out, repeats, exchanges or replaces a token.
func (d *fuzzed) damaged(query string) string {
	at := token.FindAllStringIndex(query, -1)
	one, other := at[d.random.IntN(len(at))], at[d.random.IntN(len(at))]
	text := query[one[0]:one[1]]
	switch d.random.IntN(4) {
	case 0:
		text = ""
	case 1:
		text += " " + text
	case 2:
		text = query[other[0]:other[1]]
	case 3:
		text = d.of(oddTokens...)
	}
	return query[:one[0]] + text + query[one[1]:]
}
