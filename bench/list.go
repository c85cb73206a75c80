package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"
)

// What is asked of each user, in a page and alone.
const (
	ofUser     = `{ id kind loginName name email language status createdAt roles { id name } whitelists { id name entries { cidr note } } accessPoints { code } }`
	ofPage     = `{ nodes ` + ofUser + ` pageInfo { hasNextPage endCursor } }`
	pageOf50   = `query($after: String) { users(first: 50, after: $after) ` + ofPage + ` }`
	search     = `query($part: String!) { users(first: 50, filter: {query: $part}) ` + ofPage + ` }`
	singleUser = `query($id: ID!) { user(by: {id: $id}) ` + ofUser + ` }`
)

// asking is how many programs ask for lists: one alone would flatter what is kept of it.
const asking = 1000

// lists compares pages of fifty users with what they hold, single users and searches with the limit, on each database.
// Places, users and parts of names are drawn at random, and some answers compared byte for byte before any is timed.
func lists(ctx context.Context, b *bench) error {
	err := listsOn(ctx, b, "SQLite", "")
	if err == nil && b.postgres != "" {
		err = listsOn(ctx, b, "PostgreSQL", b.postgres)
	}
	return err
}

func listsOn(ctx context.Context, b *bench, database, postgres string) (err error) {
	t, err := b.towns.on(ctx, b.program, postgres)
	if err != nil {
		return err
	}
	byHand, err := startSelf(ctx, "--limit", t.source, "--driver", t.driver)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, byHand.stop()) }()
	pids, err := t.databasePIDs(ctx)
	if err != nil {
		return err
	}
	peer := &postgraphile{}
	if postgres != "" {
		if peer, err = startPostGraphile(ctx, t); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, peer.stop()) }()
	}
	first, err := t.walk(ctx)
	if err != nil {
		return err
	}
	for _, one := range []struct {
		work, query string
		variables   func(random *rand.Rand) map[string]string
		ofPeer      func(place) []byte // nil: it has nothing of the kind
	}{
		{"A page of 50 users with what they hold", pageOf50, t.after, peer.page},
		{"One user by ID with what it holds", singleUser, t.one, peer.one},
		{"Fifty users by part of a name", search, t.part, nil},
	} {
		ask := func(url string) load {
			return load{url: url, connections: connections, check: found, next: func(random *rand.Rand) []byte {
				return t.graphQL(url, one.query, one.variables(random), random)
			}}
		}
		ours := &contestant{name: "Gatehouse", load: ask(t.url), pids: append([]int{t.process.Process.Pid}, pids...)}
		theirs := &contestant{name: "limit", load: ask(byHand.url), pids: append([]int{byHand.pid}, pids...)}
		note := ""
		if one.query == pageOf50 {
			note = fmt.Sprintf(" (ours %.0f a second while all are shown for the first time)", first)
		}
		c := contest{work: one.work + ", " + database, contestants: []*contestant{ours, theirs}, note: note}
		if postgres != "" && one.ofPeer != nil {
			c.contestants = append(c.contestants, peer.contestant(t, one.ofPeer, pids))
		}
		if err := sameBytes(ctx, ours.load, theirs.load); err != nil {
			return fmt.Errorf("%s: %w", c.work, err)
		}
		if err := c.run(ctx); err != nil {
			return err
		}
		if err := b.results.add(c.table()); err != nil {
			return err
		}
		if err := b.profile(ctx, t.gatehouse, c.work, ours.load); err != nil {
			return err
		}
	}
	return nil
}

// after are the variables of a page somewhere in the list.
func (t *town) after(random *rand.Rand) map[string]string {
	return map[string]string{"after": cursorOf(t.someone(random))}
}

// near are the variables of a page somewhere among a hundred places at a part of the list.
func (t *town) near(part float64) func(*rand.Rand) map[string]string {
	from := int(part * float64(len(t.sample)))
	places := t.sample[from:min(from+100, len(t.sample))]
	return func(random *rand.Rand) map[string]string {
		return map[string]string{"after": cursorOf(places[random.IntN(len(places))])}
	}
}

// one are the variables of a single user.
func (t *town) one(random *rand.Rand) map[string]string {
	return map[string]string{"id": t.someone(random).id}
}

// part are the variables of a search for some letters out of a login name.
func (t *town) part(random *rand.Rand) map[string]string {
	const letters = 7
	name := t.someone(random).loginKey
	from := random.IntN(len(name) - letters)
	return map[string]string{"part": name[from : from+letters]}
}

// graphQL is the bytes of a request with one of the keys.
func (t *town) graphQL(url, query string, variables map[string]string, random *rand.Rand) []byte {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil { // cannot be: these are texts
		panic(err)
	}
	by := t.keys[random.IntN(min(asking, len(t.keys)))]
	return request(url, "/graphql", "Authorization: ApiKey "+by.text, by.ip, string(body))
}

func found(status int, body []byte) error {
	if status != http.StatusOK || !strings.HasPrefix(string(body), `{"data":{"user`) || strings.Contains(string(body), `"user":null`) {
		return fmt.Errorf("%d %s", status, body)
	}
	return nil
}

// sameBytes compares answers to the same questions.
func sameBytes(ctx context.Context, ours, theirs load) error {
	for seed := range uint64(20) {
		var bodies [2]string
		for i, one := range []load{ours, theirs} {
			once, cancel := context.WithCancel(ctx)
			one.connections = 1
			next := one.next
			one.next = func(*rand.Rand) []byte { return next(rand.New(rand.NewPCG(seed, 1))) }
			one.check = func(status int, body []byte) error {
				bodies[i] = string(body)
				cancel()
				return found(status, body)
			}
			if _, err := one.run(once, time.Minute, 0, nil); err != nil && !errors.Is(err, context.Canceled) {
				cancel()
				return err
			}
			cancel()
		}
		if bodies[0] != bodies[1] {
			return fmt.Errorf("not the same bytes:\n%s\n%s", bodies[0], bodies[1])
		}
	}
	return nil
}
