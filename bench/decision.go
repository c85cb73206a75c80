package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"
)

// decisions compares decisions about API keys at random (AuthZEN, over HTTP) with a handler that parses the same requests
// and answers the same bytes.
func decisions(ctx context.Context, b *bench) (err error) {
	t, err := b.towns.on(ctx, b.program, "")
	if err != nil {
		return err
	}
	idle := memoryOf(t.process.Process.Pid)
	asked := load{url: t.url, connections: connections, next: t.question(t.url), check: allowed}
	if _, err := once(ctx, asked, t.keys, func(one key) []byte { return t.about(t.url, one) }); err != nil {
		return err
	}
	answer, err := t.answer(ctx, asked)
	if err != nil {
		return err
	}
	empty, err := startSelf(ctx, "--answer", string(answer))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, empty.stop()) }()
	c := contest{
		work: fmt.Sprintf("A decision about an API key, %d users, %d keys, which all have been asked about", t.users, len(t.keys)),
		contestants: []*contestant{
			{name: "Gatehouse", load: asked, pids: []int{t.process.Process.Pid}},
			{name: "empty handler", load: load{url: empty.url, connections: connections, next: t.question(empty.url), check: allowed}, pids: []int{empty.pid}},
		},
	}
	if err := c.run(ctx); err != nil {
		return err
	}
	table := c.table()
	table.title += fmt.Sprintf(" (%d MB before)", idle)
	return errors.Join(b.results.add(table), b.profile(ctx, t.gatehouse, "A decision about an API key", asked))
}

// question makes requests about keys at random: one key alone would flatter caches.
func (t *town) question(url string) func(random *rand.Rand) []byte {
	return func(random *rand.Rand) []byte { return t.about(url, t.keys[random.IntN(len(t.keys))]) }
}

// about asks whether a key may do something that every role of the crowd grants.
func (t *town) about(url string, asked key) []byte {
	return request(url, "/access/v1/evaluation", "Authorization: Bearer "+t.service, "203.0.113.1",
		`{"subject":{"type":"api_key","id":"`+asked.text+`"},"action":{"name":"VIEW_DOMAIN"},"resource":{"type":"access_point","id":"API"},"context":{"ip":"`+asked.ip+`"}}`)
}

// once asks about each of some things once, and tells how many answers came in a second.
func once[T any](ctx context.Context, l load, all []T, ask func(T) []byte) (perSecond float64, err error) {
	waiting := make(chan T, len(all))
	for _, one := range all {
		waiting <- one
	}
	close(waiting)
	ctx, done := context.WithCancel(ctx)
	defer done()
	l.next = func(*rand.Rand) []byte {
		next, more := <-waiting
		if !more {
			done()
			next = all[0]
		}
		return ask(next)
	}
	got, err := l.run(ctx, time.Hour, 0, nil)
	if errors.Is(err, context.Canceled) && len(waiting) == 0 {
		err = nil
	}
	return got.perSecond(), err
}

// answer is what the server says of one key.
func (t *town) answer(ctx context.Context, l load) (body []byte, err error) {
	once, cancel := context.WithCancel(ctx)
	defer cancel()
	l.connections = 1
	l.check = func(status int, got []byte) error {
		body = got
		cancel()
		return allowed(status, got)
	}
	if _, err := l.run(once, time.Minute, 0, nil); err != nil && !errors.Is(err, context.Canceled) {
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
