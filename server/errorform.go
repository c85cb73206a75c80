package server

import (
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph"
)

// errorForm writes an error of HTTP in the form of an endpoint. Every part of the server that refuses a request uses it through [refuse],
// so that the clients of an endpoint have one form to read.
type errorForm func(w http.ResponseWriter, r *http.Request, status int, message string)

// errorForms are the forms by the beginning of the path. What is missing belongs to the page, whose errors are plain text.
var errorForms = []struct {
	path string
	form errorForm
}{
	{"/graphql", graph.Refuse},
	{"/access/forward-auth/", refuseForwardAuth},
	{"/access/enter/", refusePlain},
	{"/access/", refuseAuthZEN},
	{"/oauth2/", refuseOAuth},
	{"/.well-known/", refuseAuthZEN},
}

// refuse answers a request with an error.
func refuse(w http.ResponseWriter, r *http.Request, status int, message string) {
	w.Header()["Cache-Control"] = noStore
	for _, of := range errorForms {
		if strings.HasPrefix(r.URL.Path, of.path) {
			of.form(w, r, status, message)
			return
		}
	}
	refusePlain(w, r, status, message)
}

func refusePlain(w http.ResponseWriter, _ *http.Request, status int, message string) {
	plainText(w, status, message)
}

// refuseFault answers a request that could not be answered. The cause is for the log.
func refuseFault(log *slog.Logger, w http.ResponseWriter, r *http.Request, message string, err error) {
	if errors.Is(err, db.ErrBusy) {
		log.WarnContext(r.Context(), "the database was busy for too long", "id", graph.RequestID(r.Context()), "error", err)
		w.Header().Set("Retry-After", strconv.Itoa(graph.BusyRetryAfter))
		refuse(w, r, http.StatusServiceUnavailable, "busy at the moment: send the request again in "+strconv.Itoa(graph.BusyRetryAfter)+" seconds")
		return
	}
	log.ErrorContext(r.Context(), message, "id", graph.RequestID(r.Context()), "error", err)
	refuse(w, r, http.StatusInternalServerError, message+", request "+graph.RequestID(r.Context()))
}

// refuseAuthZEN answers with a JSON string (AuthZEN Authorization API 1.0, 10.1.2).
func refuseAuthZEN(w http.ResponseWriter, r *http.Request, status int, message string) {
	echoRequestID(w, r)
	answerJSON(w, status, message)
}

func refuseForwardAuth(w http.ResponseWriter, r *http.Request, status int, message string) {
	echoRequestID(w, r)
	answerJSON(w, status, forwardRefusal{Message: message})
}

// refuseOAuth answers as RFC 6749, section 5.2, and RFC 7662, section 2.3, have it.
func refuseOAuth(w http.ResponseWriter, r *http.Request, status int, message string) {
	echoRequestID(w, r)
	code := "invalid_request"
	switch {
	case status == http.StatusUnauthorized:
		code = "invalid_client"
	case status >= http.StatusInternalServerError:
		code = "server_error"
	}
	answerJSON(w, status, introspectionError{code, message})
}

// onlyMethods refuses every method of a path that its other patterns do not have. allowed is the header Allow.
func onlyMethods(allowed string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Allow", allowed)
		refuse(w, r, http.StatusMethodNotAllowed, "method not allowed: send "+allowed)
	}
}

// notFound refuses a path of the API that does not exist, which is no route of the page.
func notFound(w http.ResponseWriter, r *http.Request) {
	refuse(w, r, http.StatusNotFound, "there is no such endpoint")
}

// routes is a mux that knows its patterns.
type routes struct {
	*http.ServeMux
	patterns *[]string
}

// Handle implements http.ServeMux.
func (m routes) Handle(pattern string, handler http.Handler) {
	*m.patterns = append(*m.patterns, pattern)
	m.ServeMux.Handle(pattern, handler)
}

// HandleFunc implements http.ServeMux.
func (m routes) HandleFunc(pattern string, handler http.HandlerFunc) { m.Handle(pattern, handler) }
