package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// profile has a server asked once more, as fast as answers come, and writes into a file of the folder, as text, what it
// spent its processor time on meanwhile. Without a folder it does nothing.
func (b *bench) profile(ctx context.Context, server *gatehouse, what string, asked load) error {
	if b.profiles == "" {
		return nil
	}
	const lasting = 10 * time.Second
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	loaded := make(chan error, 1)
	go func() {
		_, err := asked.run(ctx, time.Minute, 0, nil)
		loaded <- err
	}()
	raw, err := server.processorProfile(ctx, lasting)
	cancel()
	if loadErr := <-loaded; !errors.Is(loadErr, context.Canceled) {
		err = errors.Join(err, loadErr)
	}
	if err != nil {
		return fmt.Errorf("profile of %s: %w", what, err)
	}
	defer os.Remove(raw)
	if err := os.MkdirAll(b.profiles, 0o755); err != nil {
		return err
	}
	text, err := exec.CommandContext(context.WithoutCancel(ctx), "go", "tool", "pprof", "-top", "-cum", "-nodecount=70", raw).Output()
	if err != nil {
		return fmt.Errorf("profile of %s: %w", what, err)
	}
	name := strings.NewReplacer(" ", "-", ",", "").Replace(strings.ToLower(what)) + ".txt"
	return os.WriteFile(filepath.Join(b.profiles, name), text, 0o644)
}

// processorProfile writes what a server spends its processor time on for a while into a file, in the form of go tool pprof.
func (g *gatehouse) processorProfile(ctx context.Context, lasting time.Duration) (file string, err error) {
	url := fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%.0f", g.metrics, lasting.Seconds())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return "", errors.New(response.Status)
	}
	out, err := os.CreateTemp("", "gatehouse-bench-*.pprof")
	if err != nil {
		return "", err
	}
	_, err = out.ReadFrom(response.Body)
	return out.Name(), errors.Join(err, out.Close())
}
