package graph

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/gatehouse/gatehouse/graph/plan"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/strictjson"
)

// transport is GraphQL over HTTP (the GraphQL Foundation's specification, stage 2), POST and JSON only: what a browser
// sends across origins without asking is neither, so that no foreign page can make one act.
type transport struct {
	exec     *executor.Executor
	resolver *Resolver
	accept   func(context.Context, *graphql.RawParams) (*graphql.OperationContext, *graphql.Response) // [entrance.accept]
	unread   *unread
	log      *slog.Logger
}

// request is the body of a request. Everything but the query may be left out or null.
type request struct {
	Query         *string        `json:"query"`
	OperationName string         `json:"operationName"`
	Variables     map[string]any `json:"variables"`
	Extensions    map[string]any `json:"extensions"`
	// Others are members that GraphQL over HTTP does not have.
	Others map[string]jsontext.Value `json:",embed"`
}

// ServeHTTP answers a request. The server recovers from what panics.
func (t transport) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set(Uncompressed, "1")
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		Refuse(w, r, http.StatusMethodNotAllowed, "operations are sent by POST")
		return
	}
	media, ok := acceptable(r.Header.Values("Accept"))
	if !ok {
		Refuse(w, r, http.StatusNotAcceptable, "answers are "+mediaGraphQL+" or "+mediaJSON)
		return
	}
	if !isJSON(r.Header.Get("Content-Type")) {
		Refuse(w, r, http.StatusUnsupportedMediaType, "requests are "+mediaJSON+" in UTF-8")
		return
	}
	if isEncoded(r.Header) {
		w.Header().Set("Accept-Encoding", "identity")
		Refuse(w, r, http.StatusUnsupportedMediaType, "requests come as they are, without Content-Encoding")
		return
	}
	most := mostFor(viewerOf(r.Context()))
	params, err := read(http.MaxBytesReader(w, r.Body, most.body), r.ContentLength, most)
	if err != nil {
		status, message := unreadable(err, most)
		Refuse(w, r, status, message)
		return
	}
	ctx := t.resolver.withLoaders(graphql.StartOperationTrace(r.Context()))
	operation, answered := t.accept(ctx, params)
	if answered != nil {
		status, executed := http.StatusOK, answered.Data != nil
		if media == mediaGraphQL && !executed {
			status = http.StatusBadRequest
		}
		write(w, r, media, status, answered, executed)
		return
	}
	answer, ctx := t.exec.DispatchOperation(ctx, operation)
	response := answer(ctx)
	if response == nil {
		return // the client has gone
	}
	t.send(w, r, media, operation, response)
}

// send writes the answer of an operation that was executed, unless it is too large, or its reader has too many unread.
func (t transport) send(w http.ResponseWriter, r *http.Request, media string, operation *graphql.OperationContext, response *graphql.Response) {
	if len(response.Data) > maxAnswer {
		response.Data, response.Errors = nil, append(response.Errors, presenter{t.log}.present(r.Context(), plan.ErrTooLarge))
	}
	response.Errors = folded(response.Errors)
	if over := len(response.Errors) - maxExecutedErrors; over > 0 {
		last := &gqlerror.Error{Message: fmt.Sprintf("%d more errors are left out", over), Extensions: map[string]any{"code": codeBadUserInput}}
		response.Errors = append(response.Errors[:maxExecutedErrors:maxExecutedErrors], last)
	}
	response.Extensions = operation.Extensions
	read, ok := t.unread.begin(visitorOf(r.Context()), len(response.Data))
	if !ok {
		limited := presenter{t.log}.present(r.Context(), &access.RateLimitedError{RetryAfter: unreadRetry})
		write(w, r, media, http.StatusServiceUnavailable, &graphql.Response{Errors: gqlerror.List{limited}}, false)
		return
	}
	defer read()
	// Of what is secret only mutations return anything. Answers of queries alone are compressed, so that no length tells of a secret
	// beside what the request chose (BREACH).
	if operation.Operation.Operation == ast.Query && viewerOf(r.Context()) != nil {
		w.Header().Del(Uncompressed)
	}
	write(w, r, media, http.StatusOK, response, true)
}

// unreadable says why a request could not be read.
func unreadable(err error, most bounds) (status int, message string) {
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return http.StatusRequestEntityTooLarge, fmt.Sprintf("a request has at most %d kB", most.body>>10)
	}
	if wrong, ok := errors.AsType[strictjson.Error](err); ok {
		return http.StatusBadRequest, wrong.Error()
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return http.StatusRequestTimeout, "the request took too long to arrive: send it again"
	}
	return http.StatusBadRequest, "the request ended before its end: send it again"
}

// read decodes a request. Its errors are for the client, but for those of the connection.
func read(body io.Reader, length int64, most bounds) (*graphql.RawParams, error) {
	var read bytes.Buffer
	if length > 0 {
		read.Grow(int(min(length, most.body)) + bytes.MinRead)
	}
	if _, err := read.ReadFrom(body); err != nil {
		return nil, err
	}
	content := strictjson.Trim(read.Bytes())
	if bytes.HasPrefix(content, []byte("[")) {
		return nil, strictjson.Error("one operation a request: a list of them is not taken")
	}
	if err := checkJSON(content, most); err != nil {
		return nil, err
	}
	var parsed request
	if err := strictjson.Unmarshal(content, &parsed, strictjson.ExactNumbers); err != nil {
		return nil, err
	}
	for other := range parsed.Others {
		for _, name := range []string{"query", "operationName", "variables", "extensions"} {
			if strings.EqualFold(other, name) {
				return nil, strictjson.Error(fmt.Sprintf("the request has %q, which is written %q", other, name))
			}
		}
	}
	if parsed.Query == nil {
		return nil, strictjson.Error("the request has no query")
	}
	return &graphql.RawParams{
		Query: *parsed.Query, OperationName: parsed.OperationName, Variables: parsed.Variables, Extensions: parsed.Extensions,
	}, nil
}

// checkJSON refuses JSON that is nested too deep or has too many values, before it is decoded: both take many times the bytes
// they came in.
func checkJSON(content []byte, most bounds) error {
	nesting, values, inText := 0, 0, false
	for i := 0; i < len(content); i++ {
		switch c := content[i]; {
		case inText && c == '\\':
			i++
		case c == '"':
			inText = !inText
		case inText:
		case c == '{' || c == '[':
			nesting++
			values++
		case c == '}' || c == ']':
			nesting--
		case c == ',':
			values++
		}
		if nesting > maxJSONNesting {
			return strictjson.Error(fmt.Sprintf("the request is nested too deep: at most %d", maxJSONNesting))
		}
		if values > most.values {
			return strictjson.Error(fmt.Sprintf("the request has too many values: at most %d", most.values))
		}
	}
	return nil
}
