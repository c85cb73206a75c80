package graph

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// shownOfEqual is how many equal errors of one field are told each at its own path.
const shownOfEqual = 3

// folded leaves out errors that repeat what others say: those of one field, with one message, of many items of a list. The last
// that is left of them says in extensions.repeated how many were left out.
func folded(errs gqlerror.List) gqlerror.List {
	if len(errs) <= shownOfEqual {
		return errs
	}
	type group struct {
		shown int
		last  *gqlerror.Error
	}
	groups := map[string]*group{}
	var left gqlerror.List
	for _, err := range errs {
		key := fieldOf(err.Path) + "\n" + err.Message
		of := groups[key]
		if of == nil {
			of = &group{}
			groups[key] = of
		}
		if of.shown++; of.shown <= shownOfEqual {
			of.last = err
			left = append(left, err)
			continue
		}
		of.last.Extensions["repeated"] = of.shown - shownOfEqual
	}
	return left
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
