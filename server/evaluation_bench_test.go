package server_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
)

// BenchmarkEvaluation is what one decision about a key takes in the handler: its time, and what it leaves to be collected.
func BenchmarkEvaluation(b *testing.B) {
	store, err := db.Open(b.Context(), dbtest.Addresses(b)["sqlite"](b))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	w := newTown(b, store, "acme")
	body := `{"subject":{"type":"api_key","id":"` + w.key + `"},"action":{"name":"VIEW_DOMAIN"},"resource":{"type":"access_point","id":"API"},"context":{"ip":"192.0.2.7"}}`
	request := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/access/v1/evaluation", nil)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+w.service)
	b.ReportAllocs()
	for b.Loop() {
		request.Body = io.NopCloser(strings.NewReader(body))
		recorder := httptest.NewRecorder()
		w.Handler.ServeHTTP(recorder, request)
		if recorder.Code != http.StatusOK {
			b.Fatal(recorder.Body)
		}
	}
}
