package server

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A panic ends its own request alone, in the form of its endpoint, and the client sees nothing of its cause.
func TestRecoverPanics(t *testing.T) {
	for path, form := range map[string]string{"/": "internal error, request ", "/graphql": `"code":"INTERNAL","requestId":"`, "/access/v1/evaluation": `"internal error, request `} {
		var log strings.Builder
		handler := identifyRequest(recoverPanics(slog.New(slog.NewTextHandler(&log, nil)), http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			panic("the cause")
		})))
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(http.MethodPost, path, http.NoBody))
		id := w.Header().Get("Request-Id")
		if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "the cause") || !strings.Contains(w.Body.String(), form+id) {
			t.Errorf("%s: %d %q", path, w.Code, w.Body)
		}
		if !strings.Contains(log.String(), "the cause") || !strings.Contains(log.String(), id) {
			t.Errorf("%s: the log: %s", path, &log)
		}
	}
}
