package graph

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Uncompressed is a header of answers that must not be compressed. The server removes it.
const Uncompressed = "No-Gzip-Compression"

// codes are those of errors by the status of the answer. What is missing is BAD_USER_INPUT.
var codes = map[int]string{
	http.StatusUnauthorized: codeUnauthenticated, http.StatusForbidden: codeForbidden, http.StatusTooManyRequests: codeRateLimited,
	http.StatusServiceUnavailable: codeRateLimited, http.StatusInternalServerError: codeInternal,
}

// Refuse answers a request that is refused before GraphQL has read it.
func Refuse(w http.ResponseWriter, r *http.Request, status int, message string) {
	refuse(w, r, status, message, nil)
}

// RefuseKey answers a request with an API key that is not let in, before it is read. reason is an AccessReason.
func RefuseKey(w http.ResponseWriter, r *http.Request, message, reason string) {
	w.Header().Set("WWW-Authenticate", `ApiKey realm="Gatehouse"`)
	refuse(w, r, http.StatusUnauthorized, message, map[string]any{"reason": reason})
}

func refuse(w http.ResponseWriter, r *http.Request, status int, message string, extensions map[string]any) {
	code, known := codes[status]
	if !known {
		code = codeBadUserInput
	}
	refusal := &gqlerror.Error{Message: message, Extensions: map[string]any{"code": code}}
	if seconds, err := strconv.Atoi(w.Header().Get("Retry-After")); err == nil {
		refusal.Extensions["retryAfter"] = seconds
	}
	for name, value := range extensions {
		refusal.Extensions[name] = value
	}
	write(w, r, mediaFor(r), status, &graphql.Response{Errors: gqlerror.List{refusal}}, false)
}

// write sends an answer. One that was not executed has no data, not even null, and its errors name the request. The data, which may
// be large, is not copied.
func write(w http.ResponseWriter, r *http.Request, media string, status int, answer *graphql.Response, executed bool) {
	header := w.Header()
	if !executed {
		for _, refusal := range answer.Errors {
			refusal.Extensions["requestId"] = RequestID(r.Context())
		}
	}
	setRateLimit(header, answer.Errors)
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
	header.Set("Content-Type", media+"; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Add("Vary", "Accept")
	header.Set("Content-Length", strconv.Itoa(before.Len()+len(data)+after.Len()))
	w.WriteHeader(status)
	for _, part := range [][]byte{before.Bytes(), data, after.Bytes()} {
		if _, err := w.Write(part); err != nil {
			return // the client has gone, or did not read
		}
	}
}

// setRateLimit says in the header of an answer with RATE_LIMITED errors in how many seconds the request is worth repeating, and which
// quota is used up until then, where one is (RateLimit header fields for HTTP, draft 10).
func setRateLimit(header http.Header, errs gqlerror.List) {
	seconds, quota := 0, any(nil)
	for _, err := range errs {
		after, _ := err.Extensions["retryAfter"].(int)
		if err.Extensions["code"] == codeRateLimited && after > seconds {
			seconds, quota = after, err.Extensions["quota"]
		}
	}
	if seconds > 0 {
		header.Set("Retry-After", strconv.Itoa(seconds))
	}
	if used, ok := quota.(rateQuota); ok {
		header.Set("RateLimit-Policy", fmt.Sprintf("%q;q=%d;w=%d", used.Name, used.Tries, used.Window))
		header.Set("RateLimit", fmt.Sprintf("%q;r=0;t=%d", used.Name, seconds))
	}
}

// writeMember writes a member of the object that an answer is.
func writeMember(into *bytes.Buffer, name string, value any) {
	into.WriteString(`"` + name + `":`)
	if err := json.NewEncoder(into).Encode(value); err != nil { // cannot be: errors and extensions are made of texts and numbers
		panic(err)
	}
	into.Truncate(into.Len() - 1) // the line feed
}
