package graph

import (
	"regexp"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
)

// syntaxError says what a document breaks off at. Of characters that are part of no token the parser only says that they are
// invalid; the lexer knows why.
func syntaxError(text string, err error) *gqlerror.Error {
	found := gqlerror.WrapIfUnwrapped(err)
	if strings.Contains(found.Message, lexer.Invalid.String()) {
		tokens := lexer.New(&ast.Source{Input: text})
		for {
			token, err := tokens.ReadToken()
			if err != nil {
				found = gqlerror.WrapIfUnwrapped(err)
				break
			}
			if token.Kind == lexer.EOF {
				break
			}
		}
	}
	if len(found.Locations) == 0 { // past the limit of tokens
		return found
	}
	return &gqlerror.Error{Message: "Syntax Error: " + found.Message, Locations: found.Locations}
}

// numberThenName finds where a number could run into a name, which the specification forbids (2.9.1) and the lexer lets pass.
var numberThenName = regexp.MustCompile(`(?:^|[^0-9A-Za-z_])-?[0-9][0-9.]*(?:[eE][+-]?[0-9]+)?[A-Za-z_]`)

// checkNumbers refuses numbers that a name follows without a space.
func checkNumbers(text string) *gqlerror.Error {
	if !numberThenName.MatchString(text) {
		return nil
	}
	runes, tokens := []rune(text), lexer.New(&ast.Source{Input: text}) // it can be in a text or comment
	for number := false; ; {
		token, err := tokens.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return nil
		}
		start := token.Pos.Start
		if number && token.Kind == lexer.Name && start > 0 && runes[start-1] >= '0' && runes[start-1] <= '9' {
			return gqlerror.ErrorLocf("", token.Pos.Line, token.Pos.Column, "Syntax Error: Invalid number, expected digit but got: %q.", runes[start])
		}
		number = token.Kind == lexer.Int || token.Kind == lexer.Float
	}
}
