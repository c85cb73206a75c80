package server

import (
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// identifyRequest gives each request an ID, which the answer, the log and an INTERNAL error name. One that a client
// sends is not taken over: it could forge lines of the log.
func identifyRequest(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := string(typeid.New("request"))
		w.Header().Set("Request-Id", id)
		w.Header()["X-Content-Type-Options"] = noSniff // of every answer, refusals on the way included
		next.ServeHTTP(w, r.WithContext(graph.WithRequestID(r.Context(), id)))
	})
}

// observe writes a line of the access log and a metric for each request. The line holds neither query string nor
// headers nor body, in which secrets travel.
func observe(log *slog.Logger, metrics requestMetrics, address addressReader, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		recorder := &statusRecorder{ResponseWriter: w, status: http.StatusOK}
		defer func() {
			took := time.Since(began)
			metrics.observe(r.Pattern, recorder.status, took)
			level := levelOf(r.Pattern, recorder.status)
			if !log.Enabled(r.Context(), level) {
				return
			}
			log.LogAttrs(r.Context(), level, "request",
				slog.String("id", graph.RequestID(r.Context())),
				slog.String("method", r.Method),
				slog.String("path", r.URL.Path),
				slog.Int("status", recorder.status),
				slog.Int64("bytes", recorder.bytes),
				slog.Duration("took", took),
				slog.String("ip", loggedAddress(address, r)),
			)
		}()
		next.ServeHTTP(recorder, r)
	})
}

// loggedAddress is the visitor's address, empty where a trusted proxy sent none.
func loggedAddress(address addressReader, r *http.Request) string {
	ip, err := address.read(r)
	if err != nil {
		return ""
	}
	return ip.String()
}

// Health checks come every few seconds and would fill the log.
func levelOf(route string, status int) slog.Level {
	switch {
	case status >= http.StatusInternalServerError:
		return slog.LevelError
	case route == "GET /healthz" || route == "GET /readyz":
		return slog.LevelDebug
	case strings.HasPrefix(route, "POST /access/v1/") || strings.HasPrefix(route, "/access/forward-auth/"):
		return slog.LevelDebug // services ask at each of their own requests, which they log themselves
	}
	return slog.LevelInfo
}

// recoverPanics answers 500 where a handler panicked, and logs what and where.
func recoverPanics(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == http.ErrAbortHandler { //nolint:errorlint // the very value, as net/http compares it
				panic(cause)
			}
			log.ErrorContext(r.Context(), "panic", "id", graph.RequestID(r.Context()), "cause", cause, "stack", string(debug.Stack()))
			refuse(w, r, http.StatusInternalServerError, "internal error, request "+graph.RequestID(r.Context()))
		}()
		next.ServeHTTP(w, r)
	})
}

// statusRecorder remembers what was answered.
type statusRecorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (s *statusRecorder) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}

func (s *statusRecorder) Write(b []byte) (int, error) {
	n, err := s.ResponseWriter.Write(b)
	s.bytes += int64(n)
	return n, err
}

// Unwrap gives http.ResponseController what it controls.
func (s *statusRecorder) Unwrap() http.ResponseWriter { return s.ResponseWriter }
