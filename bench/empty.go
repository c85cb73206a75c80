package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
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
	self, err := os.Executable()
	if err != nil {
		return "", 0, nil, err
	}
	process := exec.CommandContext(ctx, self, "--empty", address, "--answer", file.Name())
	process.Stderr = os.Stderr
	if err := process.Start(); err != nil {
		return "", 0, nil, err
	}
	stop = func() error {
		_ = process.Process.Kill()
		_ = process.Wait()
		return os.Remove(file.Name())
	}
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address, http.NoBody)
		if err != nil {
			return "", 0, nil, err
		}
		if response, err := http.DefaultClient.Do(request); err == nil {
			return "http://" + address, process.Process.Pid, stop, response.Body.Close()
		}
	}
	return "", 0, nil, fmt.Errorf("the empty handler does not listen on %s: %w", address, stop())
}
