package graph

import (
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// A hundred equal errors of one field of a list are three, of which the last says how many more there are.
func TestEqualErrorsAreFolded(t *testing.T) {
	var errs gqlerror.List
	add := func(message string, path ...ast.PathElement) {
		errs = append(errs, &gqlerror.Error{Message: message, Path: path, Extensions: map[string]any{"code": codeForbidden}})
	}
	for i := range 100 {
		add("forbidden", ast.PathName("users"), ast.PathName("nodes"), ast.PathIndex(i), ast.PathName("whitelists"))
	}
	add("forbidden", ast.PathName("users"), ast.PathName("nodes"), ast.PathIndex(0), ast.PathName("sessions"))
	add("another", ast.PathName("users"), ast.PathName("nodes"), ast.PathIndex(0), ast.PathName("whitelists"))
	got := folded(errs)
	if len(got) != 5 || got[2].Extensions["repeated"] != 97 || got[2].Path.String() != "users.nodes[2].whitelists" {
		t.Fatal(got)
	}
	for i, err := range got {
		if _, says := err.Extensions["repeated"]; says != (i == 2) {
			t.Error(i, err.Extensions)
		}
	}
}
