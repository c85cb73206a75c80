package graph

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// keyReader finds the keys of all problems that a room can report, by reading its source. A key is a literal, a constant,
// a sum of such, or a parameter or variable that gets one of these: anything else fails the test, because nobody could
// say whether a sentence is missing.
type keyReader struct {
	t         *testing.T
	files     *token.FileSet
	functions map[string][]*ast.FuncDecl
	calls     map[string][]call
	constants map[string]string   // by name
	typed     map[string][]string // by the name of their type
	depth     int
}

type call struct {
	*ast.CallExpr
	within *ast.FuncDecl
}

// problemKeys returns the keys of a room's problems, each with where it stands.
func problemKeys(t *testing.T, folder string) map[string]string {
	t.Helper()
	r := &keyReader{
		t: t, files: token.NewFileSet(), functions: map[string][]*ast.FuncDecl{}, calls: map[string][]call{},
		constants: map[string]string{}, typed: map[string][]string{},
	}
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no source in %s: %v", folder, err)
	}
	for _, path := range paths {
		if !strings.HasSuffix(path, "_test.go") {
			r.read(path)
		}
	}
	keys := make(map[string]string)
	for _, c := range r.calls["problem.New"] {
		for _, key := range r.eval(c.Args[1], c.within) {
			keys[key] = r.files.Position(c.Pos()).String()
		}
	}
	for _, functions := range r.functions {
		for _, function := range functions {
			r.literals(function, keys)
		}
	}
	return keys
}

func (r *keyReader) read(path string) {
	file, err := parser.ParseFile(r.files, path, nil, 0)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, declaration := range file.Decls {
		switch declaration := declaration.(type) {
		case *ast.FuncDecl:
			r.functions[declaration.Name.Name] = append(r.functions[declaration.Name.Name], declaration)
			ast.Inspect(declaration, func(node ast.Node) bool {
				if c, ok := node.(*ast.CallExpr); ok {
					r.calls[calledName(c)] = append(r.calls[calledName(c)], call{c, declaration})
				}
				return true
			})
		case *ast.GenDecl:
			if declaration.Tok == token.CONST {
				r.readConstants(declaration)
			}
		}
	}
}

func (r *keyReader) readConstants(declaration *ast.GenDecl) {
	for _, spec := range declaration.Specs {
		spec := spec.(*ast.ValueSpec)
		for i, name := range spec.Names {
			if i >= len(spec.Values) {
				continue
			}
			literal, ok := spec.Values[i].(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				continue
			}
			value, _ := strconv.Unquote(literal.Value)
			r.constants[name.Name] = value
			if of, ok := spec.Type.(*ast.Ident); ok {
				r.typed[of.Name] = append(r.typed[of.Name], value)
			}
		}
	}
}

// calledName is "problem.New" for that one, and the bare name for functions and methods of the room.
func calledName(c *ast.CallExpr) string {
	switch called := c.Fun.(type) {
	case *ast.Ident:
		return called.Name
	case *ast.SelectorExpr:
		if room, ok := called.X.(*ast.Ident); ok && room.Name == "problem" {
			return "problem." + called.Sel.Name
		}
		return called.Sel.Name
	}
	return ""
}

// literals finds problem.Error{Key: …}.
func (r *keyReader) literals(function *ast.FuncDecl, keys map[string]string) {
	ast.Inspect(function, func(node ast.Node) bool {
		literal, ok := node.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if of, ok := literal.Type.(*ast.SelectorExpr); !ok || of.Sel.Name != "Error" {
			return true
		}
		for _, element := range literal.Elts {
			if pair, ok := element.(*ast.KeyValueExpr); ok && fmt.Sprint(pair.Key) == "Key" {
				for _, key := range r.eval(pair.Value, function) {
					keys[key] = r.files.Position(pair.Pos()).String()
				}
			}
		}
		return true
	})
}

// eval returns all texts that an expression can be.
func (r *keyReader) eval(expression ast.Expr, within *ast.FuncDecl) []string {
	if r.depth++; r.depth > 50 {
		r.t.Fatalf("%s: the key goes round in circles", r.files.Position(expression.Pos()))
	}
	defer func() { r.depth-- }()
	switch e := expression.(type) {
	case *ast.BasicLit:
		value, err := strconv.Unquote(e.Value)
		if err != nil {
			break
		}
		return []string{value}
	case *ast.ParenExpr:
		return r.eval(e.X, within)
	case *ast.BinaryExpr:
		var sums []string
		for _, left := range r.eval(e.X, within) {
			for _, right := range r.eval(e.Y, within) {
				sums = append(sums, left+right)
			}
		}
		return sums
	case *ast.CallExpr: // string(value.Reason): every constant of the type Reason
		if selected, ok := e.Args[0].(*ast.SelectorExpr); ok && len(e.Args) == 1 && r.typed[selected.Sel.Name] != nil {
			return r.typed[selected.Sel.Name]
		}
	case *ast.Ident:
		if values := r.named(e, within); len(values) > 0 {
			return values
		}
	}
	r.t.Errorf("%s: a test cannot tell which keys this is", r.files.Position(expression.Pos()))
	return nil
}

func (r *keyReader) named(name *ast.Ident, within *ast.FuncDecl) []string {
	if value, ok := r.constants[name.Name]; ok {
		return []string{value}
	}
	if i := parameter(within.Type, name); i >= 0 {
		return r.passed(within.Name.Name, i)
	}
	var values []string
	ast.Inspect(within, func(node ast.Node) bool {
		if assignment, ok := node.(*ast.AssignStmt); ok {
			values = append(values, r.assigned(name, assignment, within)...)
		}
		return true
	})
	return values
}

// parameter returns the position of a parameter, or -1.
func parameter(function *ast.FuncType, name *ast.Ident) int {
	position := 0
	for _, field := range function.Params.List {
		for _, parameter := range field.Names {
			if parameter.Name == name.Name {
				return position
			}
			position++
		}
	}
	return -1
}

func (r *keyReader) assigned(name *ast.Ident, assignment *ast.AssignStmt, within *ast.FuncDecl) []string {
	var values []string
	for i, left := range assignment.Lhs {
		if closure, ok := assignment.Rhs[min(i, len(assignment.Rhs)-1)].(*ast.FuncLit); ok && parameter(closure.Type, name) >= 0 {
			return r.passed(fmt.Sprint(left), parameter(closure.Type, name))
		}
		if left, ok := left.(*ast.Ident); !ok || left.Name != name.Name {
			continue
		}
		if len(assignment.Rhs) == len(assignment.Lhs) {
			values = append(values, r.eval(assignment.Rhs[i], within)...)
		} else if c, ok := assignment.Rhs[0].(*ast.CallExpr); ok {
			values = append(values, r.returned(calledName(c), i)...)
		}
	}
	return values
}

// passed returns what all calls of a function give as one of its arguments.
func (r *keyReader) passed(function string, position int) []string {
	var values []string
	for _, c := range r.calls[function] {
		if position < len(c.Args) {
			values = append(values, r.eval(c.Args[position], c.within)...)
		}
	}
	return values
}

// returned returns what a function returns at one place. The empty text stands for nothing to say.
func (r *keyReader) returned(name string, place int) []string {
	var values []string
	for _, function := range r.functions[name] {
		ast.Inspect(function, func(node ast.Node) bool {
			if statement, ok := node.(*ast.ReturnStmt); ok && len(statement.Results) > place {
				values = append(values, r.eval(statement.Results[place], function)...)
			}
			return true
		})
	}
	return slices.DeleteFunc(values, func(v string) bool { return v == "" })
}

// rooms are the folders whose problems reach people.
func rooms(t *testing.T) []string {
	t.Helper()
	var folders []string
	err := filepath.WalkDir("../internal", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && slices.Contains([]string{"account", "link", "password", "signin"}, entry.Name()) {
			folders = append(folders, path)
		}
		return err
	})
	if err != nil || len(folders) != 4 {
		t.Fatalf("rooms: %v, %v", folders, err)
	}
	return folders
}
