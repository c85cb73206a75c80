package graph

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// shownOfEqual is how many equal errors of one field are each reported at their own path.
const shownOfEqual = 3

// folded leaves out errors that repeat what others say: those of one field, with one message, of many items of a list. The first
// ones in the list are left, and the last of these says in extensions.repeated how many were left out.
func folded(errs gqlerror.List) gqlerror.List {
	if len(errs) <= shownOfEqual {
		return errs
	}
	var order []string
	groups := map[string]gqlerror.List{}
	for _, err := range errs {
		key := fieldOf(err.Path) + "\n" + err.Message
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], err)
	}
	var left gqlerror.List
	for _, key := range order {
		group := groups[key]
		slices.SortStableFunc(group, func(a, b *gqlerror.Error) int { return slices.Compare(placesOf(a.Path), placesOf(b.Path)) })
		shown := group[:min(len(group), shownOfEqual)]
		if len(group) > len(shown) {
			shown[len(shown)-1].Extensions["repeated"] = len(group) - len(shown)
		}
		left = append(left, shown...)
	}
	return left
}

// placesOf are the places in lists of a path.
func placesOf(path ast.Path) []int {
	var places []int
	for _, step := range path {
		if place, ok := step.(ast.PathIndex); ok {
			places = append(places, int(place))
		}
	}
	return places
}

// fieldOf is a path without the places in lists.
func fieldOf(path ast.Path) string {
	var names strings.Builder
	for _, step := range path {
		if name, ok := step.(ast.PathName); ok {
			names.WriteString(string(name))
		}
		names.WriteByte('/')
	}
	return names.String()
}
