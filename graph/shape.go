package graph

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Bounds of the shape of documents, for everybody. They are far above what clients write, and keep what is done for each part
// of a document small.
const (
	maxName       = 255 // bytes; errors repeat names
	maxNesting    = 64  // of selections, inline fragments included
	maxLiteral    = 16  // of lists and objects in a literal
	maxDirectives = 10  // at one place
	maxArguments  = 50  // of a field or directive
	maxVariables  = 100 // of an operation
	maxTypeLists  = 5   // of the type of a variable
)

// documentShape checks a parsed document before anything else looks at it: everything later takes time by the number of nodes, with
// fragments put in wherever they are spread, which it bounds.
type documentShape struct {
	most      bounds
	document  *ast.QueryDocument
	fragments map[string]*ast.FragmentDefinition
	// nodes are how many a fragment has, with those that it spreads; -1 while it is being counted.
	nodes map[string]int
	err   *gqlerror.Error
}

// checkShape refuses a document that is too large, or whose fragments spread themselves. It returns the number of nodes and
// the fragments by name.
func checkShape(document *ast.QueryDocument, most bounds) (nodes int, fragments map[string]*ast.FragmentDefinition, err *gqlerror.Error) {
	s := &documentShape{most: most, document: document, fragments: make(map[string]*ast.FragmentDefinition), nodes: make(map[string]int)}
	s.atMost("operations", len(document.Operations), most.operations)
	s.atMost("fragments", len(document.Fragments), most.fragments)
	if s.err != nil {
		return 0, nil, s.err
	}
	for _, fragment := range document.Fragments {
		if s.fragments[fragment.Name] == nil {
			s.fragments[fragment.Name] = fragment
		}
	}
	for _, operation := range document.Operations {
		nodes = add(nodes, s.operation(operation))
	}
	for _, fragment := range document.Fragments {
		nodes = add(nodes, s.fragment(fragment))
	}
	s.atMost("nodes", nodes, most.nodes)
	return nodes, s.fragments, s.err
}

func (s *documentShape) atMost(what string, got, most int) {
	if got > most && s.err == nil {
		s.err = tooMuch(what, got, most)
	}
}

func (s *documentShape) name(names ...string) {
	for _, name := range names {
		s.atMost("bytes of a name", len(name), maxName)
	}
}

func (s *documentShape) operation(operation *ast.OperationDefinition) int {
	s.name(operation.Name)
	s.atMost("variables", len(operation.VariableDefinitions), maxVariables)
	nodes := s.directives(operation.Directives)
	for _, variable := range operation.VariableDefinitions {
		s.name(variable.Variable, variable.Type.Name())
		lists := 0
		for of := variable.Type; of != nil; of = of.Elem {
			lists++
		}
		s.atMost("lists in a type", lists-1, maxTypeLists)
		nodes = add(nodes, 1+s.directives(variable.Directives)+s.value(variable.DefaultValue, 0))
	}
	return add(nodes, s.selections(operation.SelectionSet, 1))
}

// fragment counts the nodes of a fragment once.
func (s *documentShape) fragment(fragment *ast.FragmentDefinition) int {
	if nodes, known := s.nodes[fragment.Name]; known && fragment == s.fragments[fragment.Name] {
		return nodes
	}
	s.name(fragment.Name, fragment.TypeCondition)
	s.nodes[fragment.Name] = -1
	nodes := add(1+s.directives(fragment.Directives), s.selections(fragment.SelectionSet, 1))
	s.nodes[fragment.Name] = nodes
	return nodes
}

func (s *documentShape) selections(set ast.SelectionSet, nesting int) int {
	s.atMost("nesting", nesting, maxNesting)
	nodes := 0
	for _, selection := range set {
		if s.err != nil {
			return nodes
		}
		nodes = add(nodes, 1)
		switch selection := selection.(type) {
		case *ast.Field:
			s.name(selection.Alias, selection.Name)
			nodes = add(nodes, s.directives(selection.Directives)+s.arguments(selection.Arguments))
			nodes = add(nodes, s.selections(selection.SelectionSet, nesting+1))
		case *ast.InlineFragment:
			s.name(selection.TypeCondition)
			nodes = add(nodes, s.directives(selection.Directives)+s.selections(selection.SelectionSet, nesting+1))
		case *ast.FragmentSpread:
			nodes = add(nodes, s.directives(selection.Directives)+s.spread(selection))
		}
	}
	return nodes
}

func (s *documentShape) spread(spread *ast.FragmentSpread) int {
	s.name(spread.Name)
	fragment := s.fragments[spread.Name]
	if fragment == nil { // which validation refuses
		return 0
	}
	if s.nodes[spread.Name] < 0 {
		if s.err == nil {
			s.err = gqlerror.ErrorPosf(spread.Position, "Cannot spread fragment %q within itself.", spread.Name)
			s.err.Rule = "NoFragmentCycles"
		}
		return 0
	}
	return s.fragment(fragment)
}

func (s *documentShape) directives(directives ast.DirectiveList) int {
	s.atMost("directives at one place", len(directives), maxDirectives)
	nodes := len(directives)
	for _, directive := range directives {
		s.name(directive.Name)
		nodes += s.arguments(directive.Arguments)
	}
	return nodes
}

func (s *documentShape) arguments(arguments ast.ArgumentList) int {
	s.atMost("arguments", len(arguments), maxArguments)
	nodes := len(arguments)
	for _, argument := range arguments {
		s.name(argument.Name)
		nodes += s.value(argument.Value, 0)
	}
	return nodes
}

func (s *documentShape) value(value *ast.Value, nesting int) int {
	if value == nil || s.err != nil {
		return 0
	}
	s.atMost("nesting of a value", nesting, maxLiteral)
	if value.Kind == ast.EnumValue || value.Kind == ast.Variable {
		s.name(value.Raw)
	}
	nodes := 1
	for _, child := range value.Children {
		s.name(child.Name)
		nodes += s.value(child.Value, nesting+1)
	}
	return nodes
}
