package audit

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/gatehouse/gatehouse/db"
)

// Diff tells how an entity changed, field by field, under the names of the GraphQL schema. A nil before is a creation, a
// nil after a deletion. Of secrets it tells only that they changed. more is what [Change] made of the entity's lists.
//
// It panics for a type whose fields have no rules, which a test prevents.
func Diff[T any](before, after *T, more ...[]db.AuditChange) []db.AuditChange {
	changes := diff(reflect.ValueOf(before).Elem(), reflect.ValueOf(after).Elem(), reflect.TypeFor[T]())
	return slices.Concat(append([][]db.AuditChange{changes}, more...)...)
}

// Change tells how a list of names changed, such as the roles of a user; nothing when it did not. The order of the names
// does not matter.
func Change(field string, before, after []string) []db.AuditChange {
	return compare(field, joined(before), joined(after))
}

// diff compares two structs of a type, either of which may be the zero Value for one that is not there.
func diff(before, after reflect.Value, of reflect.Type) []db.AuditChange {
	known := rules[of]
	if known == nil {
		panic("audit: no rules for " + of.String())
	}
	var changes []db.AuditChange
	for i := range of.NumField() {
		rule := known[of.Field(i).Name]
		if rule.treatment != track && rule.treatment != hide {
			continue
		}
		was, is := field(before, i), field(after, i)
		switch {
		case rules[of.Field(i).Type] != nil:
			changes = append(changes, diff(was, is, of.Field(i).Type)...)
		case rule.treatment == track:
			changes = append(changes, compare(rule.name, written(was), written(is))...)
		case !same(was, is):
			changes = append(changes, db.AuditChange{Field: rule.name})
		}
	}
	return changes
}

func field(entity reflect.Value, i int) reflect.Value {
	if !entity.IsValid() {
		return entity
	}
	return entity.Field(i)
}

// same says whether a secret is what it was; one that is not there is an empty one.
func same(before, after reflect.Value) bool {
	if isEmpty(before) || isEmpty(after) {
		return isEmpty(before) && isEmpty(after)
	}
	return reflect.DeepEqual(before.Interface(), after.Interface())
}

func isEmpty(value reflect.Value) bool { return !value.IsValid() || value.IsZero() }

func compare(name string, before, after *string) []db.AuditChange {
	if before == nil && after == nil || before != nil && after != nil && *before == *after {
		return nil
	}
	return []db.AuditChange{{Field: name, Before: before, After: after}}
}

// written is how a value stands in the trail; nil for one that is not there and for empty text.
func written(value reflect.Value) *string {
	if !value.IsValid() {
		return nil
	}
	var text string
	switch v := value.Interface().(type) {
	case db.Codes:
		return joined(v)
	case db.JSON[[]string]:
		return joined(v.V)
	case db.Time:
		if v != 0 { // never is nothing
			text = v.Time().Format(time.RFC3339)
		}
	default:
		text = fmt.Sprint(v)
	}
	if text == "" {
		return nil
	}
	return &text
}

// joined writes a list in one order, so that it changes only when its members do.
func joined(names []string) *string {
	if len(names) == 0 {
		return nil
	}
	text := strings.Join(slices.Sorted(slices.Values(names)), ", ")
	return &text
}
