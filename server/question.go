package server

import (
	"bytes"
	"errors"
	"mime"
	"net/http"
	"reflect"
	"strings"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// maxQuestion is how many bytes the body of a service's request may have.
const maxQuestion = 1 << 20

// bodies are buffers for requests and answers. Nothing of a request lives on in what is read of it.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// readQuestion reads a body, or answers why it cannot. Names are matched as they are written; unknown ones are ignored, as the
// AuthZEN Authorization API 1.0 requires, which also makes every such refusal a 400 (section 10.1.2). No name may occur twice: two
// readers of one request must not understand two things (RFC 8259, section 4).
func readQuestion(w http.ResponseWriter, r *http.Request, into any) bool {
	if !isJSON(r.Header.Get("Content-Type")) {
		refuseService(w, http.StatusBadRequest, "send JSON, with Content-Type: application/json")
		return false
	}
	if encoding := r.Header.Get("Content-Encoding"); encoding != "" && !strings.EqualFold(encoding, "identity") {
		refuseService(w, http.StatusBadRequest, "send the body as it is, without Content-Encoding")
		return false
	}
	body := bodies.Get().(*bytes.Buffer)
	defer bodies.Put(body)
	body.Reset()
	_, err := body.ReadFrom(http.MaxBytesReader(w, r.Body, maxQuestion))
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		refuseService(w, http.StatusRequestEntityTooLarge, "a request has at most 1 MiB")
		return false
	}
	if err != nil {
		refuseService(w, http.StatusBadRequest, "the body could not be read")
		return false
	}
	if err := json.Unmarshal(bytes.TrimPrefix(body.Bytes(), byteOrderMark), into); err != nil {
		refuseService(w, http.StatusBadRequest, describeJSON(err))
		return false
	}
	return true
}

// byteOrderMark is what some editors and runtimes put before UTF-8. A parser may ignore it (RFC 8259, section 8.1).
var byteOrderMark = []byte("\ufeff")

func isJSON(contentType string) bool {
	if contentType == "application/json" {
		return true
	}
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && media == "application/json"
}

// describeJSON says what is wrong with a body in words that do not name Go's types.
func describeJSON(err error) string {
	if wrong, ok := errors.AsType[*json.SemanticError](err); ok {
		field := memberName(wrong.JSONPointer)
		switch {
		case field == "":
			return "the body must be " + kindInWords(wrong.GoType)
		}
		return field + " must be " + kindInWords(wrong.GoType)
	}
	if wrong, ok := errors.AsType[*jsontext.SyntacticError](err); ok && errors.Is(err, jsontext.ErrDuplicateName) {
		return `field "` + memberName(wrong.JSONPointer) + `" is there twice`
	}
	return "the body is not one well-formed JSON object"
}

// memberName writes a pointer (RFC 6901) as it is said: evaluations.0.subject.
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
