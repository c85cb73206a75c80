package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// gatehouse is a running server with a data folder of its own. It believes X-Forwarded-For of the loopback, so that one
// client can come from as many addresses as the throttle wants.
type gatehouse struct {
	url     string
	address string
	metrics string // the address for metrics and profiles
	data    string
	program string
	flags   []string // of serve, besides the usual ones
	// database is the address of PostgreSQL; empty: SQLite in the data folder.
	database string
	process  *exec.Cmd
	log      bytes.Buffer
}

// start starts the program on an empty database.
func start(ctx context.Context, program string) (*gatehouse, error) {
	g, err := prepare(ctx, program)
	if err != nil {
		return nil, err
	}
	if err := g.serve(ctx); err != nil {
		return nil, errors.Join(err, os.RemoveAll(g.data))
	}
	return g, nil
}

// prepare makes a data folder for a server that does not run yet.
func prepare(ctx context.Context, program string) (*gatehouse, error) {
	program, err := filepath.Abs(program)
	if err != nil {
		return nil, err
	}
	data, err := os.MkdirTemp("", "gatehouse-bench-")
	if err != nil {
		return nil, err
	}
	address, err := freeAddress(ctx)
	metrics, second := freeAddress(ctx)
	if err := errors.Join(err, second); err != nil {
		return nil, errors.Join(err, os.RemoveAll(data))
	}
	return &gatehouse{url: "http://" + address, address: address, metrics: metrics, data: data, program: program}, nil
}

// serve starts the program.
func (g *gatehouse) serve(ctx context.Context) error {
	g.process = exec.CommandContext(ctx, g.program, append([]string{"serve", "--listen", g.address, "--public-url", g.url,
		"--metrics-listen", g.metrics, "--trusted-proxy", "127.0.0.1/32"}, slices.Concat(g.place(), g.flags)...)...)
	g.process.Stderr = &g.log
	g.process.Cancel = func() error { return g.process.Process.Signal(syscall.SIGTERM) }
	if err := g.process.Start(); err != nil {
		return err
	}
	if err := g.ready(ctx); err != nil {
		return errors.Join(err, g.end())
	}
	return nil
}

// place are the flags that say where everything is kept.
func (g *gatehouse) place() []string {
	if g.database != "" {
		return []string{"--data", g.data, "--database", g.database}
	}
	return []string{"--data", g.data}
}

// freeAddress finds a port that was free a moment ago.
func freeAddress(ctx context.Context) (string, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}

func (g *gatehouse) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, g.url+"/readyz", nil)
		if err != nil {
			return err
		}
		response, err := http.DefaultClient.Do(request)
		if err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), errors.New("the server does not get ready: "+g.log.String()))
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// command runs a subcommand on the server's data.
func (g *gatehouse) command(ctx context.Context, input string, args ...string) error {
	command := exec.CommandContext(ctx, g.program, append(args, g.place()...)...)
	command.Stdin = strings.NewReader(input)
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("gatehouse %s: %w: %s", args[0], err, out)
	}
	return nil
}

// stop ends the server and removes its data.
func (g *gatehouse) stop() error { return errors.Join(g.end(), os.RemoveAll(g.data)) }

// end ends the server and leaves its data.
func (g *gatehouse) end() error {
	if err := g.process.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return g.process.Wait()
}
