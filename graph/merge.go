package graph

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// merger checks that fields of one response name can be merged (GraphQL, 5.3.2). The rule is written for pairs of fields,
// which are many; here all the fields that come together under a name are held to the first of them, and what is selected in
// them is put together and checked once, so that the work grows with the number of fields.
type merger struct {
	schema *ast.Schema
	steps  *int
}

// placedField is a field with the field that it was selected in.
type placedField struct {
	*ast.Field
	in *placedField
}

// check returns the first conflict in the selections of a valid operation.
func (m merger) check(set ast.SelectionSet) *gqlerror.Error {
	fields := m.collect(nil, set, nil, map[string]bool{})
	if err := m.sameNames(fields); err != nil {
		return err
	}
	return m.sameShape(fields)
}

// collect takes fragments apart, each once.
func (m merger) collect(into []*placedField, set ast.SelectionSet, in *placedField, seen map[string]bool) []*placedField {
	for _, selection := range set {
		*m.steps++
		switch selection := selection.(type) {
		case *ast.Field:
			into = append(into, &placedField{selection, in})
		case *ast.InlineFragment:
			into = m.collect(into, selection.SelectionSet, in, seen)
		case *ast.FragmentSpread:
			if !seen[selection.Name] && selection.Definition != nil {
				seen[selection.Name] = true
				into = m.collect(into, selection.Definition.SelectionSet, in, seen)
			}
		}
	}
	return into
}

// within is what is selected in fields.
func (m merger) within(fields []*placedField) []*placedField {
	var all []*placedField
	for _, field := range fields {
		all = m.collect(all, field.SelectionSet, field, map[string]bool{})
	}
	return all
}

// sameNames asks that fields which may be of one object are the same field with the same arguments.
func (m merger) sameNames(fields []*placedField) *gqlerror.Error {
	for _, group := range byResponseName(fields) {
		for _, together := range byObject(group) {
			first := together[0]
			for _, other := range together[1:] {
				*m.steps++
				switch {
				case first.Name != other.Name:
					return conflict(first, other, fmt.Sprintf(`"%s" and "%s" are different fields`, first.Name, other.Name))
				case !sameArguments(first.Arguments, other.Arguments):
					return conflict(first, other, "they have differing arguments")
				}
			}
			if err := m.sameNames(m.within(together)); err != nil {
				return err
			}
		}
	}
	return nil
}

// sameShape asks that fields under one name have values of one form, whatever objects they are of.
func (m merger) sameShape(fields []*placedField) *gqlerror.Error {
	for _, group := range byResponseName(fields) {
		first := group[0]
		for _, other := range group[1:] {
			*m.steps++
			if m.differ(first.Definition.Type, other.Definition.Type) {
				return conflict(first, other, fmt.Sprintf(`they return conflicting types "%s" and "%s"`, first.Definition.Type, other.Definition.Type))
			}
		}
		if err := m.sameShape(m.within(group)); err != nil {
			return err
		}
	}
	return nil
}

// differ says whether values of two types have different forms; what objects hold is compared by itself.
func (m merger) differ(a, b *ast.Type) bool {
	if a.NonNull != b.NonNull || (a.Elem == nil) != (b.Elem == nil) {
		return true
	}
	if a.Elem != nil {
		return m.differ(a.Elem, b.Elem)
	}
	return a.NamedType != b.NamedType && (m.schema.Types[a.NamedType].IsLeafType() || m.schema.Types[b.NamedType].IsLeafType())
}

func byResponseName(fields []*placedField) [][]*placedField {
	return grouped(fields, func(field *placedField) string { return field.Alias })
}

// byObject are the groups of fields that may be of one object: those of each object type, and with each of them all that
// are of interfaces.
func byObject(fields []*placedField) [][]*placedField {
	var abstract, concrete []*placedField
	for _, field := range fields {
		if field.ObjectDefinition.Kind == ast.Object {
			concrete = append(concrete, field)
		} else {
			abstract = append(abstract, field)
		}
	}
	if len(concrete) == 0 {
		return [][]*placedField{abstract}
	}
	groups := grouped(concrete, func(field *placedField) string { return field.ObjectDefinition.Name })
	if len(abstract) > 0 {
		for i, group := range groups {
			groups[i] = slices.Concat(group, abstract)
		}
	}
	return groups
}

// grouped keeps the order.
func grouped(fields []*placedField, key func(*placedField) string) [][]*placedField {
	at := make(map[string]int, len(fields))
	var groups [][]*placedField
	for _, field := range fields {
		i, known := at[key(field)]
		if !known {
			i = len(groups)
			at[key(field)] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], field)
	}
	return groups
}

// sameArguments compares by name. Arguments are few (maxArguments).
func sameArguments(a, b ast.ArgumentList) bool {
	if len(a) != len(b) {
		return false
	}
	for _, argument := range a {
		other := b.ForName(argument.Name)
		if other == nil || !sameValue(argument.Value, other.Value) {
			return false
		}
	}
	return true
}

func sameValue(a, b *ast.Value) bool {
	if a == b {
		return true
	}
	if a.Kind != b.Kind || a.Raw != b.Raw || len(a.Children) != len(b.Children) {
		return false
	}
	others := make(map[string]*ast.Value, len(b.Children))
	for i, child := range b.Children {
		others[childKey(b, i, child)] = child.Value
	}
	for i, child := range a.Children {
		other := others[childKey(a, i, child)]
		if other == nil || !sameValue(child.Value, other) {
			return false
		}
	}
	return true
}

// childKey is the name of a field of an object, and the place of a value of a list.
func childKey(of *ast.Value, i int, child *ast.ChildValue) string {
	if of.Kind == ast.ObjectValue {
		return child.Name
	}
	return fmt.Sprint(i)
}

// conflict is told from where both fields have been selected in the same field.
func conflict(a, b *placedField, why string) *gqlerror.Error {
	names := []string{b.Alias}
	for a.in != b.in && a.in != nil && b.in != nil {
		a, b = a.in, b.in
		names = append(names, b.Alias)
	}
	slices.Reverse(names)
	var message strings.Builder
	fmt.Fprintf(&message, `Fields "%s" conflict because `, names[0])
	for _, name := range names[1:] {
		fmt.Fprintf(&message, `subfields "%s" conflict because `, name)
	}
	message.WriteString(why + ". Use different aliases on the fields to fetch both if this was intentional.")
	err := gqlerror.ErrorPosf(b.Position, "%s", message.String())
	err.Rule = "OverlappingFieldsCanBeMerged"
	return err
}
