package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/gatehouse/gatehouse/db"
)

// maxBody is how long a request may be, in bytes.
const maxBody = 1 << 20

// The two media types of GraphQL over HTTP. They differ in the status of an answer without data: 400 with the newer one,
// whose name says whether GraphQL answered at all, and 200 with the older.
const (
	mediaGraphQL = "application/graphql-response+json"
	mediaJSON    = "application/json"
)

// transport is GraphQL over HTTP (the GraphQL Foundation's specification, stage 2), POST and JSON only: what a browser
// sends across origins without asking is neither, so that no foreign page can make one act.
type transport struct {
	exec     *executor.Executor
	resolver *Resolver
}

// request is the body of a request. Everything but the query may be left out or null.
type request struct {
	Query         *string        `json:"query"`
	OperationName string         `json:"operationName"`
	Variables     map[string]any `json:"variables"`
	Extensions    map[string]any `json:"extensions"`
}

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
	params, err := read(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		status := http.StatusBadRequest
		if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
			status, err = http.StatusRequestEntityTooLarge, errors.New("a request has at most 1 MB")
		}
		refuse(w, media, status, err.Error())
		return
	}
	ctx := t.resolver.withLoaders(graphql.StartOperationTrace(r.Context()))
	operation, errs := t.exec.CreateOperationContext(ctx, params)
	if len(errs) > 0 {
		status := http.StatusOK
		if media == mediaGraphQL {
			status = http.StatusBadRequest
		}
		write(w, media, status, &graphql.Response{Errors: badRequest(errs)}, false)
		return
	}
	answer, ctx := t.exec.DispatchOperation(ctx, operation)
	response := answer(ctx)
	if response == nil {
		return // the client has gone
	}
	write(w, media, http.StatusOK, response, true)
}

// read decodes a request. Its errors are for whoever wrote the client.
func read(body io.Reader) (*graphql.RawParams, error) {
	content, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	content = bytes.TrimLeft(content, " \t\r\n")
	if bytes.HasPrefix(content, []byte("[")) {
		return nil, errors.New("one operation a request: a list of them is not taken")
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	var parsed request
	if err := decoder.Decode(&parsed); err != nil {
		return nil, errors.New("the request is not the JSON object that GraphQL over HTTP asks for")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the JSON object of the request")
	}
	if parsed.Query == nil {
		return nil, errors.New("the request has no query")
	}
	return &graphql.RawParams{
		Query: *parsed.Query, OperationName: parsed.OperationName, Variables: parsed.Variables, Extensions: parsed.Extensions,
	}, nil
}

func isJSON(contentType string) bool {
	media, params, err := mime.ParseMediaType(contentType)
	charset, given := params["charset"]
	return err == nil && media == mediaJSON && (!given || strings.EqualFold(charset, "utf-8"))
}

// acceptable picks the media type of the answer by the Accept header (RFC 9110, 12.5.1). Who does not ask for the newer
// type by name gets the older.
func acceptable(accept []string) (media string, ok bool) {
	ranges := strings.Split(strings.Join(accept, ","), ",")
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

// write sends an answer. One that was not executed has no data, not even null.
func write(w http.ResponseWriter, media string, status int, answer *graphql.Response, executed bool) {
	var out bytes.Buffer
	out.Grow(len(answer.Data) + 64)
	out.WriteByte('{')
	if len(answer.Errors) > 0 {
		errs, err := json.Marshal(answer.Errors)
		if err != nil { // cannot be: errors are made of texts and numbers
			panic(err)
		}
		out.WriteString(`"errors":`)
		out.Write(errs)
		if executed {
			out.WriteByte(',')
		}
	}
	if executed {
		out.WriteString(`"data":`)
		if len(answer.Data) == 0 {
			out.WriteString("null")
		}
		out.Write(answer.Data)
	}
	out.WriteString("}\n")
	header := w.Header()
	header.Set("Content-Type", media+"; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Length", strconv.Itoa(out.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes())
}
