// Package strictjson reads the JSON bodies of requests so that no two readers can understand different things (RFC 8259, I-JSON
// of RFC 7493): names are matched exactly and occur once, texts are valid UTF-8 without halves of surrogate pairs, and nothing
// follows the value.
package strictjson

import (
	"bytes"
	stdjson "encoding/json"
	"errors"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Error says what is wrong with a body, for its sender. It repeats names of members and no values.
type Error string

func (e Error) Error() string { return string(e) }

// ExactNumbers decodes the numbers of values of no particular type as [encoding/json.Number], which keeps every digit.
var ExactNumbers json.Options = json.WithUnmarshalers(json.UnmarshalFromFunc(func(from *jsontext.Decoder, into *any) error {
	if from.PeekKind() != '0' {
		return errors.ErrUnsupported
	}
	number, err := from.ReadValue()
	*into = stdjson.Number(number)
	return err
}))

// byteOrderMark is what some editors and runtimes put before UTF-8. A parser may ignore it (RFC 8259, section 8.1).
var byteOrderMark = []byte("\ufeff")

// Trim returns a body without a byte order mark and the white space around the value.
func Trim(body []byte) []byte {
	return bytes.Trim(bytes.TrimPrefix(body, byteOrderMark), " \t\r\n")
}

// Unmarshal decodes a body. Members that the Go type does not have are ignored. Any error is an [Error].
func Unmarshal(body []byte, into any, options ...json.Options) error {
	if err := json.Unmarshal(Trim(body), into, options...); err != nil {
		return Error(describe(err))
	}
	return nil
}

// describe says what is wrong with a body in words that do not name Go's types.
func describe(err error) string {
	if wrong, ok := errors.AsType[*json.SemanticError](err); ok {
		member := memberName(wrong.JSONPointer)
		if member == "" {
			member = "the body"
		}
		return member + " must be " + kindInWords(wrong.GoType)
	}
	wrong, ok := errors.AsType[*jsontext.SyntacticError](err)
	switch {
	case !ok:
	case errors.Is(err, jsontext.ErrDuplicateName):
		return `field "` + memberName(wrong.JSONPointer) + `" is there twice`
	case strings.Contains(wrong.Err.Error(), "UTF-8"):
		return "the body is not UTF-8"
	case strings.Contains(wrong.Err.Error(), "surrogate pair"):
		return "a text has one half of a surrogate pair, such as \\ud800, which is not a character: send both halves, or the character itself"
	}
	return "the body is not one well-formed JSON object"
}

// memberName writes a pointer (RFC 6901) in the way that people write it: evaluations.0.subject.
func memberName(pointer jsontext.Pointer) string {
	var names []string
	for name := range pointer.Tokens() {
		names = append(names, name)
	}
	return strings.Join(names, ".")
}

func kindInWords(want reflect.Type) string {
	for want.Kind() == reflect.Pointer {
		want = want.Elem()
	}
	switch want.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Slice:
		return "an array"
	default:
		return "an object"
	}
}
