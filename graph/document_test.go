package graph_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// documents makes random queries over a whole schema: aliases, merged fields, fragments of every kind, directives with
// variables, and arguments that are sometimes wrong.
type documents struct {
	random *rand.Rand
	schema *ast.Schema
	ids    []string

	fields    int      // that are left to ask for
	aliases   int      // that were given
	fragments []string // that were written
	spreads   map[string][]string
}

// next makes a document with values for its variables.
func (d *documents) next() (query string, variables map[string]any) {
	d.fields, d.aliases, d.fragments, d.spreads = 4+d.random.IntN(60), 0, nil, map[string][]string{}
	selections := d.selections(d.schema.Query, 5)
	query = "query($yes: Boolean!, $no: Boolean!, $few: Int = 2) " + selections + strings.Join(d.fragments, "")
	query += " fragment all on Query { viewer @include(if: $yes) @skip(if: $no) { ip } accessPoints @include(if: $no) { code } users(first: $few) { nodes { id } } }"
	query = strings.Replace(query, "{", "{ ...all ", 1)
	return query, map[string]any{"yes": d.random.IntN(4) > 0, "no": d.random.IntN(4) == 0}
}

func (d *documents) one(of ...string) string { return of[d.random.IntN(len(of))] }

// selections asks for something of a type.
func (d *documents) selections(of *ast.Definition, depth int) string {
	var parts []string
	for range 1 + d.random.IntN(5) {
		parts = append(parts, d.selection(of, depth)...)
	}
	return "{ " + strings.Join(append(parts, "__typename"), " ") + " }"
}

func (d *documents) selection(of *ast.Definition, depth int) []string {
	switch d.random.IntN(12) {
	case 0:
		return []string{d.alias() + "__typename" + d.directives()}
	case 1:
		return []string{"..." + d.directives() + " " + d.selections(of, depth-1)}
	case 2:
		possible := d.schema.GetPossibleTypes(of)
		on := possible[d.random.IntN(len(possible))]
		return []string{"... on " + on.Name + d.directives() + " " + d.selections(on, depth-1)}
	case 3:
		name := fmt.Sprint("f", len(d.fragments))
		d.fragments = append(d.fragments, "") // its place: what it holds may have fragments of its own
		at := len(d.fragments) - 1
		d.fragments[at] = " fragment " + name + " on " + of.Name + " " + d.selections(of, depth-1)
		d.spreads[of.Name] = append(d.spreads[of.Name], name)
		return []string{"..." + name + d.directives()}
	case 4:
		if known := d.spreads[of.Name]; len(known) > 0 { // once more
			return []string{"..." + d.one(known...) + d.directives()}
		}
	}
	return d.field(of, depth)
}

// field asks for a field, perhaps twice under one name, which the answer merges.
func (d *documents) field(of *ast.Definition, depth int) []string {
	candidates := slices.DeleteFunc(slices.Clone(of.Fields), func(f *ast.FieldDefinition) bool {
		return strings.HasPrefix(f.Name, "__") || depth <= 0 && d.schema.Types[f.Type.Name()].IsCompositeType()
	})
	if len(candidates) == 0 || d.fields <= 0 {
		return nil
	}
	d.fields--
	field := candidates[d.random.IntN(len(candidates))]
	call := field.Name + d.arguments(field.Arguments)
	if len(field.Arguments) > 0 || d.random.IntN(4) == 0 {
		call = d.alias() + call // the same field with other arguments would be refused
	}
	within := d.schema.Types[field.Type.Name()]
	times := 1 + d.random.IntN(10)/9
	var parts []string
	for range times {
		part := call + d.directives()
		if within.IsCompositeType() {
			part += " " + d.selections(within, depth-1)
		}
		parts = append(parts, part)
	}
	return parts
}

func (d *documents) alias() string {
	d.aliases++
	return fmt.Sprintf("a%d: ", d.aliases)
}

func (d *documents) directives() string {
	if d.random.IntN(6) > 0 {
		return ""
	}
	return " @" + d.one("skip", "include") + "(if: " + d.one("true", "false", "$yes", "$no") + ")"
}

func (d *documents) arguments(of ast.ArgumentDefinitionList) string {
	var parts []string
	for _, argument := range of {
		if (argument.Name == "after" || argument.Name == "before") && d.random.IntN(40) > 0 {
			continue // a text that is no cursor refuses the whole document
		}
		if argument.Type.NonNull && argument.DefaultValue == nil || d.random.IntN(3) == 0 {
			parts = append(parts, argument.Name+": "+d.value(argument.Type))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

func (d *documents) value(of *ast.Type) string {
	if !of.NonNull && d.random.IntN(6) == 0 {
		return "null"
	}
	if of.Elem != nil {
		var values []string
		for range d.random.IntN(4) {
			values = append(values, d.value(of.Elem))
		}
		return "[" + strings.Join(values, ", ") + "]"
	}
	definition := d.schema.Types[of.NamedType]
	switch definition.Kind {
	case ast.Enum:
		return definition.EnumValues[d.random.IntN(len(definition.EnumValues))].Name
	case ast.InputObject:
		var parts []string
		for _, field := range definition.Fields {
			if field.Type.NonNull && field.DefaultValue == nil || d.random.IntN(3) == 0 {
				parts = append(parts, field.Name+": "+d.value(field.Type))
			}
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	switch of.NamedType {
	case "Int":
		if d.random.IntN(60) == 0 {
			return d.one("0", "101", "-1") // past the bounds of a page, which refuses the whole document
		}
		return d.one("1", "2", "3", "30", "100", "$few")
	case "Boolean":
		return d.one("true", "false", "$yes")
	case "ID":
		return d.quoted(d.one(d.ids...))
	case "Time":
		return d.quoted(d.one("2026-11-23T08:00:00Z", "2030-01-01T00:00:00.000Z"))
	default:
		return d.quoted(d.one("", "a", "acme", "jane", "WEB", "API", "VIEW_USER", "192.0.2.7", "Ä\n\"\u0001", "bm9uZQ", d.one(d.ids...)))
	}
}

func (d *documents) quoted(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(quoted)
}
