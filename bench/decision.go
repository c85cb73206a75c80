package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

const (
	decisionRounds      = 5
	decisionRoundLength = 3 * time.Second
	decisionConnections = 16
)

// decisions compares decisions about API keys (AuthZEN, over HTTP) with a handler that parses the same requests and answers
// the same bytes, in turns, on the same processors.
func decisions(ctx context.Context, program string) (err error) {
	users, keys := size("BENCH_USERS", 1_000_000), size("BENCH_KEYS", 100_000)
	began := time.Now()
	server, all, err := startTown(ctx, program, users, keys)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	fmt.Printf("decision: %d users and %d keys, ready after %s, %d MB\n", users, keys, time.Since(began).Round(time.Second), memoryOf(server.process.Process.Pid))
	began = time.Now()

	asked := load{url: server.url, connections: decisionConnections, next: all.question(server.url), check: allowed}
	if err := all.warm(ctx, asked); err != nil {
		return err
	}
	fmt.Printf("every key asked once after %s, %d MB\n", time.Since(began).Round(time.Second), memoryOf(server.process.Process.Pid))
	answer, err := all.answer(ctx, server.url)
	if err != nil {
		return err
	}
	limitURL, limitPID, stop, err := startEmpty(ctx, answer)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	empty := load{url: limitURL, connections: decisionConnections, next: all.question(limitURL), check: allowed}
	return compareDecisions(ctx, asked, empty, server.process.Process.Pid, limitPID)
}

func compareDecisions(ctx context.Context, asked, empty load, pid, limitPID int) error {
	var rates, limits, ratios []float64
	var spent, limitSpent time.Duration
	var requests, limitRequests int
	for range decisionRounds {
		limit, err := empty.run(ctx, decisionRoundLength, 0, limitPID)
		if err != nil {
			return err
		}
		got, err := asked.run(ctx, decisionRoundLength, 0, pid)
		if err != nil {
			return err
		}
		rates, limits = append(rates, got.perSecond()), append(limits, limit.perSecond())
		ratios = append(ratios, got.perSecond()/limit.perSecond())
		spent, requests = spent+got.cpu, requests+got.requests
		limitSpent, limitRequests = limitSpent+limit.cpu, limitRequests+limit.requests
	}
	rate := int(median(rates) / 4)
	steady, err := asked.run(ctx, 3*decisionRoundLength, rate, 0)
	if err != nil {
		return err
	}
	steadyLimit, err := empty.run(ctx, 3*decisionRoundLength, rate, 0)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "decisions a second\t%.0f\t(%.0f to %.0f)\n", median(rates), slices.Min(rates), slices.Max(rates))
	fmt.Fprintf(table, "the empty handler\t%.0f\t(%.0f to %.0f)\n", median(limits), slices.Min(limits), slices.Max(limits))
	fmt.Fprintf(table, "ratio\t%.2f\t(%.2f to %.2f)\n", median(ratios), slices.Min(ratios), slices.Max(ratios))
	each, limitEach := spent/time.Duration(requests), limitSpent/time.Duration(limitRequests)
	fmt.Fprintf(table, "processor time of the server\t%s\tthe empty handler %s, ratio %.2f\n", each.Round(100*time.Nanosecond), limitEach.Round(100*time.Nanosecond),
		float64(limitEach)/float64(each))
	for name, b := range map[string]burst{"decisions": steady, "the empty handler": steadyLimit} {
		fmt.Fprintf(table, "%s at %d a second\tp50 %s\tp99 %s, %.1f ×\n", name, rate, b.quantile(.5).Round(time.Microsecond),
			b.quantile(.99).Round(time.Microsecond), float64(b.quantile(.99))/float64(b.quantile(.5)))
	}
	fmt.Fprintf(table, "memory afterwards\t%d MB\n", memoryOf(pid))
	return table.Flush()
}

func (t *town) body(key string) string {
	return `{"subject":{"type":"api_key","id":"` + key + `"},"action":{"name":"UPDATE_DOMAIN"},"resource":{"type":"access_point","id":"API"},"context":{"ip":"127.0.0.1"}}`
}

// question makes requests about keys at random: one key alone would flatter caches.
func (t *town) question(url string) func(random *rand.Rand) []byte {
	return func(random *rand.Rand) []byte { return t.request(url, t.keys[random.IntN(len(t.keys))]) }
}

func (t *town) request(url, key string) []byte {
	body := t.body(key)
	return fmt.Appendf(nil, "POST /access/v1/evaluation HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		strings.TrimPrefix(url, "http://"), t.service, len(body), body)
}

// warm asks about every key once.
func (t *town) warm(ctx context.Context, l load) error {
	waiting := make(chan string, len(t.keys))
	for _, key := range t.keys {
		waiting <- key
	}
	close(waiting)
	ctx, done := context.WithCancel(ctx)
	defer done()
	l.next = func(*rand.Rand) []byte {
		key, more := <-waiting
		if !more {
			done()
			key = t.keys[0]
		}
		return t.request(l.url, key)
	}
	_, err := l.run(ctx, time.Hour, 0, 0)
	if errors.Is(err, context.Canceled) && len(waiting) == 0 {
		return nil
	}
	return err
}

// answer is what the server says of one key.
func (t *town) answer(ctx context.Context, url string) (body []byte, err error) {
	once, cancel := context.WithCancel(ctx)
	defer cancel()
	l := load{url: url, connections: 1, next: t.question(url), check: func(status int, got []byte) error {
		body = got
		cancel()
		return allowed(status, got)
	}}
	if _, err := l.run(once, time.Minute, 0, 0); err != nil && !errors.Is(err, context.Canceled) {
		return nil, err
	}
	return body, nil
}

func allowed(status int, body []byte) error {
	if status != http.StatusOK || !strings.HasPrefix(string(body), `{"decision":true`) {
		return fmt.Errorf("%d %s", status, body)
	}
	return nil
}
