package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"os"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph/plan"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/strictjson"
)

// The two media types of GraphQL over HTTP. They differ in the status of an answer without data: 400 with the newer one,
// whose name says whether GraphQL answered at all, and 200 with the older.
const (
	mediaGraphQL = "application/graphql-response+json"
	mediaJSON    = "application/json"
)

// maxMediaHeader is how long Accept and Content-Type may be, in bytes.
const maxMediaHeader = 1024

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

// RecoverPanics answers with an INTERNAL error where a handler of GraphQL panicked, and logs what and where.
func RecoverPanics(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == http.ErrAbortHandler { //nolint:errorlint // the very value, as net/http compares it
				panic(cause)
			}
			log.ErrorContext(r.Context(), "panic", "id", RequestID(r.Context()), "cause", cause, "stack", string(debug.Stack()))
			RefuseInternal(w, r)
		}()
		next.ServeHTTP(w, r)
	})
}

// ServeHTTP answers a request. What panics is for [RecoverPanics].
func (t transport) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		refuse(w, mediaJSON, http.StatusMethodNotAllowed, "operations are sent by POST")
		return
	}
	media, ok := acceptable(r.Header.Values("Accept"))
	if !ok {
		refuse(w, mediaJSON, http.StatusNotAcceptable, "answers are "+mediaGraphQL+" or "+mediaJSON)
		return
	}
	if !isJSON(r.Header.Get("Content-Type")) {
		refuse(w, media, http.StatusUnsupportedMediaType, "requests are "+mediaJSON+" in UTF-8")
		return
	}
	most := mostFor(viewerOf(r.Context()))
	params, err := read(http.MaxBytesReader(w, r.Body, most.body), r.ContentLength, most)
	if err != nil {
		status, message := unreadable(err, most)
		refuse(w, media, status, message)
		return
	}
	ctx := t.resolver.withLoaders(graphql.StartOperationTrace(r.Context()))
	operation, answered := t.accept(ctx, params)
	if answered != nil {
		status, executed := http.StatusOK, answered.Data != nil
		if media == mediaGraphQL && !executed {
			status = http.StatusBadRequest
		}
		write(w, media, status, answered, executed)
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
		w.Header().Set("Retry-After", strconv.Itoa(int(unreadRetry.Seconds())))
		limited := presenter{t.log}.present(r.Context(), &access.RateLimitedError{RetryAfter: unreadRetry})
		write(w, media, http.StatusServiceUnavailable, &graphql.Response{Errors: gqlerror.List{limited}}, false)
		return
	}
	defer read()
	write(w, media, http.StatusOK, response, true)
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

func isJSON(contentType string) bool {
	if len(contentType) > maxMediaHeader {
		return false
	}
	media, params, err := mime.ParseMediaType(contentType)
	charset, given := params["charset"]
	return err == nil && media == mediaJSON && (!given || strings.EqualFold(charset, "utf-8"))
}

// acceptable picks the media type of the answer by the Accept header (RFC 9110, 12.5.1). Who does not ask for the newer
// type by name gets the older.
func acceptable(accept []string) (media string, ok bool) {
	joined := strings.Join(accept, ",")
	if len(joined) > maxMediaHeader {
		return "", false
	}
	ranges := strings.Split(joined, ",")
	best := 0.0
	for _, text := range ranges {
		kind, params, err := mime.ParseMediaType(text)
		if err != nil {
			continue
		}
		quality := 1.0
		if q, given := params["q"]; given {
			if quality, err = strconv.ParseFloat(q, 64); err != nil {
				continue
			}
		}
		switch kind {
		case "*/*", "application/*":
			kind = mediaJSON
		case mediaJSON, mediaGraphQL:
		default:
			continue
		}
		if quality > best {
			media, best = kind, quality
		}
	}
	if len(accept) == 0 {
		return mediaJSON, true
	}
	return media, media != ""
}

// refuse answers a request that is none of GraphQL over HTTP.
func refuse(w http.ResponseWriter, media string, status int, message string) {
	write(w, media, status, &graphql.Response{Errors: gqlerror.List{{
		Message: message, Extensions: map[string]any{"code": codeBadUserInput},
	}}}, false)
}

// RefuseInput answers a request that does not come as it must, before it is read.
func RefuseInput(w http.ResponseWriter, status int, message string) {
	refuse(w, mediaJSON, status, message)
}

// RefuseKey answers a request with an API key that is not let in, before it is read. reason is an AccessReason.
func RefuseKey(w http.ResponseWriter, message, reason string) {
	w.Header().Set("WWW-Authenticate", `ApiKey realm="Gatehouse"`)
	write(w, mediaJSON, http.StatusUnauthorized, &graphql.Response{Errors: gqlerror.List{{
		Message:    message,
		Extensions: map[string]any{"code": codeUnauthenticated, "reason": reason},
	}}}, false)
}

// RefuseInternal answers a request that met a fault of the server, before it is read. The cause is for the log.
func RefuseInternal(w http.ResponseWriter, r *http.Request) {
	write(w, mediaJSON, http.StatusInternalServerError, &graphql.Response{Errors: gqlerror.List{{
		Message:    sentence(db.English, "error.internal", nil),
		Extensions: map[string]any{"code": codeInternal, "requestId": RequestID(r.Context())},
	}}}, false)
}

// write sends an answer. One that was not executed has no data, not even null. The data, which may be large, is not copied.
func write(w http.ResponseWriter, media string, status int, answer *graphql.Response, executed bool) {
	var before, after bytes.Buffer
	before.WriteByte('{')
	if len(answer.Errors) > 0 {
		writeMember(&before, "errors", answer.Errors)
		if executed {
			before.WriteByte(',')
		}
	}
	data := []byte(answer.Data)
	if executed {
		before.WriteString(`"data":`)
		if len(data) == 0 {
			data = []byte("null")
		}
	} else {
		data = nil
	}
	if len(answer.Extensions) > 0 {
		after.WriteByte(',')
		writeMember(&after, "extensions", answer.Extensions)
	}
	after.WriteString("}\n")
	header := w.Header()
	header.Set("Content-Type", media+"; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Length", strconv.Itoa(before.Len()+len(data)+after.Len()))
	w.WriteHeader(status)
	for _, part := range [][]byte{before.Bytes(), data, after.Bytes()} {
		if _, err := w.Write(part); err != nil {
			return // the client has gone, or did not read
		}
	}
}

// writeMember writes a member of the object that an answer is.
func writeMember(into *bytes.Buffer, name string, value any) {
	encoded, err := json.Marshal(value)
	if err != nil { // cannot be: errors and extensions are made of texts and numbers
		panic(err)
	}
	into.WriteString(`"` + name + `":`)
	into.Write(encoded)
}
