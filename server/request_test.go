package server

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A panic ends its own request alone, and the client hears nothing of its cause.
func TestRecoverPanics(t *testing.T) {
	var log strings.Builder
	handler := identifyRequest(recoverPanics(slog.New(slog.NewTextHandler(&log, nil)), http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		panic("the cause")
	})))
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	id := w.Header().Get("Request-Id")
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "the cause") || !strings.Contains(w.Body.String(), id) {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), "the cause") || !strings.Contains(log.String(), id) {
		t.Errorf("the log: %s", &log)
	}
}
