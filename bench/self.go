package main

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"time"
)

// process is a server beside ours.
type process struct {
	url  string
	pid  int
	stop func() error
}

// startSelf runs this program as one of its servers.
func startSelf(ctx context.Context, args ...string) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	address, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, self, append([]string{"--listen", address}, args...)...)
	return startOther(ctx, command, "http://"+address)
}

// startOther runs a server and waits until it answers at all.
func startOther(ctx context.Context, command *exec.Cmd, url string) (*process, error) {
	command.Stderr = os.Stderr
	if err := command.Start(); err != nil {
		return nil, err
	}
	stop := func() error {
		_ = command.Process.Kill()
		_ = command.Wait() // that it was killed
		return nil
	}
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, http.NoBody)
		if err != nil {
			return nil, errors.Join(err, stop())
		}
		if response, err := http.DefaultClient.Do(request); err == nil {
			return &process{url, command.Process.Pid, stop}, response.Body.Close()
		}
	}
	return nil, errors.Join(errors.New("nothing answers at "+url), stop())
}
