package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"
)

// The parameters that both sides hash with (OWASP's minimum), and how many at once.
const (
	hashMemory, hashTime, hashThreads = 19 << 10, 2, 1
	hashesAtOnce                      = 3
)

// signers is how many people sign in by turns.
const signers = 50

// credentialled compares signing in, and creating users with a password, with a program that does nothing but compute
// Argon2id, with the same parameters and as many at once; and creating users without one with a transaction written by hand.
func credentialled(ctx context.Context, b *bench) (err error) {
	o, err := openHashingOffice(ctx, b.program)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.server.stop()) }()
	bare, err := startSelf(ctx, "--hash")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bare.stop()) }()
	hash := func() *contestant {
		return &contestant{name: "bare Argon2id", pids: []int{bare.pid}, load: load{
			url: bare.url, connections: connections, check: done,
			next: func(*rand.Rand) []byte { return request(bare.url, "/", "", "", made()) },
		}}
	}
	people := make([]credentials, signers)
	for i := range people {
		if people[i], err = o.colleague(ctx); err != nil {
			return err
		}
	}
	signing := o.contestant("Gatehouse", "", signIn, func(random *rand.Rand) variables {
		return people[random.IntN(len(people))].signIn()
	})
	creating := o.contestant("Gatehouse", o.cookie(), createUser, func(*rand.Rand) variables {
		_, input := o.employee(nil)
		return input
	})
	for _, c := range []contest{
		{work: "Signing in with a password", contestants: []*contestant{signing, hash()}},
		{work: "Creating a user with a password", contestants: []*contestant{creating, hash()}},
	} {
		if err := c.run(ctx); err != nil {
			return err
		}
		if err := b.results.add(c.table()); err != nil {
			return err
		}
		if err := b.profile(ctx, o.server, c.work, c.contestants[0].load); err != nil {
			return err
		}
	}
	return b.creation(ctx, o)
}

// creation compares creating users without a password with a transaction written by hand.
func (b *bench) creation(ctx context.Context, o *office) (err error) {
	beside, err := startTown(ctx, b.program, "", 1000, 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, beside.stop()) }()
	byHand, err := startSelf(ctx, "--create", beside.source)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, byHand.stop()) }()
	c := contest{work: "Creating a user without a password, SQLite", contestants: []*contestant{
		o.contestant("Gatehouse", o.cookie(), createUser, func(*rand.Rand) variables {
			_, input := o.employee(variables{"password": nil})
			return input
		}),
		{name: "by hand", pids: []int{byHand.pid}, load: load{
			url: byHand.url, connections: connections, check: done,
			next: func(*rand.Rand) []byte { return request(byHand.url, "/", "", "", made()) },
		}},
	}}
	if err := c.run(ctx); err != nil {
		return err
	}
	return b.results.add(c.table())
}

// openHashingOffice opens an office on a server that hashes as [hashMemory] and the others say.
func openHashingOffice(ctx context.Context, program string) (*office, error) {
	server, err := prepare(ctx, program)
	if err != nil {
		return nil, err
	}
	server.flags = []string{
		"--password-hash", fmt.Sprintf("m=%d,t=%d,p=%d", hashMemory, hashTime, hashThreads),
		"--password-memory", fmt.Sprint(hashesAtOnce * hashMemory >> 10),
	}
	if err := server.serve(ctx); err != nil {
		return nil, err
	}
	o, err := openOffice(ctx, server)
	if err != nil {
		return nil, errors.Join(err, server.stop())
	}
	return o, nil
}

// contestant asks an operation over and over, from addresses all over the network that is set apart for benchmarks.
func (o *office) contestant(name, who, query string, input func(*rand.Rand) variables) *contestant {
	return &contestant{name: name, pids: []int{o.server.process.Process.Pid}, load: load{
		url: o.server.url, connections: connections, check: done,
		next: func(random *rand.Rand) []byte {
			body, err := json.Marshal(map[string]any{"query": query, "variables": map[string]any{"input": input(random)}})
			if err != nil { // cannot be: these are texts
				panic(err)
			}
			from := fmt.Sprintf("198.18.%d.%d", random.IntN(256), random.IntN(256))
			return request(o.server.url, "/graphql", who, from, string(body))
		},
	}}
}

// cookie is the header of the administrator's session.
func (o *office) cookie() string {
	address, err := url.Parse(o.server.url)
	if err != nil { // it has been asked at that address
		panic(err)
	}
	var pairs []string
	for _, cookie := range o.admin.http.Jar.Cookies(address) {
		pairs = append(pairs, cookie.Name+"="+cookie.Value)
	}
	return "Cookie: " + strings.Join(pairs, "; ")
}

func done(status int, body []byte) error {
	if status != http.StatusOK || len(body) > 0 && !strings.Contains(string(body), `"userErrors":[]`) {
		return fmt.Errorf("%d %s", status, body)
	}
	return nil
}

// serveHash is the limit of what has to do with passwords: a program that computes Argon2id of what it is sent.
func serveHash(listen string) error {
	room := make(chan struct{}, hashesAtOnce)
	salt := make([]byte, 16)
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		room <- struct{}{}
		defer func() { <-room }()
		argon2.IDKey(body, salt, hashTime, hashMemory, hashThreads, 32)
	})
	server := &http.Server{Addr: listen, Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	return server.ListenAndServe()
}
