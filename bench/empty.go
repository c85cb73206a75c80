package main

import (
	"encoding/json"
	"io"
	"net/http"
	"time"
)

// serveEmpty is the limit that decisions are compared with: a program that parses the same request and answers the same
// bytes, and does nothing between.
func serveEmpty(listen, answer string) error {
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var question struct {
			Subject, Resource struct{ Type, ID string }
			Action            struct{ Name string }
			Context           map[string]json.RawMessage
		}
		body, err := io.ReadAll(r.Body)
		if err == nil {
			err = json.Unmarshal(body, &question)
		}
		if err != nil || question.Subject.ID == "" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, answer)
	})
	server := &http.Server{Addr: listen, Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	return server.ListenAndServe()
}
