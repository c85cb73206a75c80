package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gatehouse/gatehouse/bench/hostile"
)

const (
	// documentRepeats is how often each request is sent: the system counts CPU in steps of 10 ms.
	documentRepeats = 20
	// mostCPU is what one request of somebody who is not signed in may take (product rule 14).
	mostCPU = 50 * time.Millisecond
)

// documents measures the CPU that the program takes for requests of somebody who is not signed in and means ill.
func documents(ctx context.Context, b *bench) (err error) {
	g, err := start(ctx, b.program)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.stop()) }()
	type measured struct {
		name  string
		cpu   time.Duration
		bytes int64
	}
	var all []measured
	pids := []int{g.process.Process.Pid}
	for _, request := range hostile.Requests() {
		before := cpuOf(pids)
		var bytes int64
		for range documentRepeats {
			if bytes, err = sendHostile(ctx, g.url, request); err != nil {
				return fmt.Errorf("%s: %w", request.Name, err)
			}
		}
		all = append(all, measured{request.Name, (cpuOf(pids) - before) / documentRepeats, bytes})
	}
	slices.SortStableFunc(all, func(a, b measured) int { return int(b.cpu - a.cpu) })
	shown := table{
		title: fmt.Sprintf("The dearest of %d requests of somebody who is not signed in, at most %v of CPU each", len(all), mostCPU),
		head:  []string{"request", "CPU", "bytes of the answer"},
	}
	for _, one := range all[:8] {
		shown.rows = append(shown.rows, []string{one.name, fmt.Sprintf("%.1f ms", one.cpu.Seconds()*1000), strconv.FormatInt(one.bytes, 10)})
	}
	if err := b.results.add(shown); err != nil {
		return err
	}
	if all[0].cpu > mostCPU {
		return fmt.Errorf("%w: %s takes %v of CPU", errFound, all[0].name, all[0].cpu)
	}
	return nil
}

func sendHostile(ctx context.Context, url string, asked hostile.Request) (int64, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/graphql", strings.NewReader(asked.Body))
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Forwarded-For", "192.0.2.7")
	if asked.Header != "" {
		request.Header.Set(asked.Header, asked.Text)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	read, err := io.Copy(io.Discard, response.Body)
	return read, errors.Join(err, response.Body.Close())
}
