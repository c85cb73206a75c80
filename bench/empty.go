package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"time"
)

// emptyHandler is the limit that decisions are compared with: a program that parses the same request and answers the same
// bytes, and does nothing between.
func emptyHandler(listen, answerFile string) error {
	answer, err := os.ReadFile(answerFile)
	if err != nil {
		return err
	}
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
		_, _ = w.Write(answer)
	})
	server := &http.Server{Addr: listen, Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	return server.ListenAndServe()
}

// startEmpty runs the limit in a process of its own.
func startEmpty(ctx context.Context, answer []byte) (url string, pid int, stop func() error, err error) {
	file, err := os.CreateTemp("", "gatehouse-bench-answer-")
	if err != nil {
		return "", 0, nil, err
	}
	if _, err := file.Write(answer); err != nil {
		return "", 0, nil, err
	}
	if err := file.Close(); err != nil {
		return "", 0, nil, err
	}
	address, err := freeAddress(ctx)
	if err != nil {
		return "", 0, nil, err
	}
	return startSelf(ctx, address, func() error { return os.Remove(file.Name()) }, "--empty", address, "--answer", file.Name())
}
