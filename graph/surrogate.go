package graph

import (
	"regexp"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
)

// surrogates finds escapes of surrogates: pairs, and in its group halves without the other. An escaped backslash is matched so that
// what follows it is not taken for an escape.
var surrogates = regexp.MustCompile(`(?i)\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|(\\ud[89a-f][0-9a-f]{2})`)

func hasHalf(text string) bool {
	for _, match := range surrogates.FindAllStringSubmatchIndex(text, -1) {
		if match[2] >= 0 {
			return true
		}
	}
	return false
}

// checkSurrogates refuses half of a surrogate pair in a string of a document (GraphQL, 2.9.4). gqlparser makes the replacement
// character U+FFFD of every half, so that two different passwords would be the same.
func checkSurrogates(document string) *gqlerror.Error {
	if !hasHalf(document) {
		return nil
	}
	tokens, runes := lexer.New(&ast.Source{Input: document}), []rune(document)
	for { // in comments and block strings a backslash is a character like any other
		token, err := tokens.ReadToken()
		switch {
		case err != nil || token.Kind == lexer.EOF:
			return nil
		case token.Kind == lexer.String && hasHalf(string(runes[token.Pos.Start:token.Pos.End])):
			return gqlerror.ErrorPosf(&token.Pos, "The string has one half of a surrogate pair, which is not a character: write both halves, or the character itself.")
		}
	}
}
