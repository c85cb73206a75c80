package main

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// What is asked of each user, in a page and alone.
const (
	ofUser     = `{ id kind loginName name email language status createdAt roles { id name } whitelists { id name entries { cidr note } } accessPoints { code } }`
	pageOf50   = `query($after: String) { users(first: 50, after: $after) { nodes ` + ofUser + ` pageInfo { hasNextPage endCursor } } }`
	singleUser = `query($id: ID!) { user(by: {id: $id}) ` + ofUser + ` }`
)

// lists compares pages of fifty users with what they hold, and single users, with the limit, in turns, on SQLite. Cursors
// and IDs are drawn at random, and some answers compared byte for byte before any is timed.
func lists(ctx context.Context, program string) (err error) {
	users, keys := size("BENCH_USERS", 1_000_000), 1000
	server, all, err := startTown(ctx, program, users, keys)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	file := filepath.Join(server.data, "gatehouse.db")
	ids, err := someUsers(ctx, file)
	if err != nil {
		return err
	}
	limitURL, limitPID, stop, err := startLimit(ctx, file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	for _, one := range []struct {
		name, query string
		variables   func(random *rand.Rand) map[string]string
	}{
		{"a page of 50", pageOf50, func(random *rand.Rand) map[string]string {
			place := fmt.Sprintf("program-%07d\x00user_01h455vb4pex5vsknk084sn02q", random.IntN(users-100))
			return map[string]string{"after": base64.RawURLEncoding.EncodeToString([]byte(place))}
		}},
		{"one user", singleUser, func(random *rand.Rand) map[string]string { return map[string]string{"id": ids[random.IntN(len(ids))]} }},
	} {
		ask := func(url string) load {
			return load{url: url, connections: 16, check: found, next: func(random *rand.Rand) []byte {
				return all.graphQL(url, one.query, one.variables(random), random)
			}}
		}
		ours, theirs := ask(server.url), ask(limitURL)
		if err := sameBytes(ctx, ours, theirs); err != nil {
			return fmt.Errorf("%s: %w", one.name, err)
		}
		if err := compareWithLimit(ctx, one.name, ours, theirs, server.process.Process.Pid, limitPID); err != nil {
			return err
		}
	}
	return nil
}

// startTown starts a server on an account of a size.
func startTown(ctx context.Context, program string, users, keys int) (*gatehouse, *town, error) {
	server, err := prepare(ctx, program)
	if err != nil {
		return nil, nil, err
	}
	all := &town{}
	err = server.command(ctx, made()+"\n", "account", "create", "--handle", "bench", "--name", "Bench", "--email", "a@bench.example", "--password-stdin")
	if err == nil {
		err = all.build(ctx, server.data, users, keys)
	}
	if err == nil {
		err = server.serve(ctx)
	}
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(server.data))
	}
	return server, all, nil
}

// someUsers draws IDs from all over the account.
func someUsers(ctx context.Context, file string) (ids []string, err error) {
	database, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, database.Close()) }()
	rows, err := database.QueryContext(ctx, `SELECT id FROM users WHERE login_name LIKE 'program-%' AND abs(random()) % 10 = 0 LIMIT 100000`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// graphQL is the bytes of a request with one of the keys.
func (t *town) graphQL(url, query string, variables map[string]string, random *rand.Rand) []byte {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil { // cannot be: these are texts
		panic(err)
	}
	return fmt.Appendf(nil, "POST /graphql HTTP/1.1\r\nHost: %s\r\nAuthorization: ApiKey %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		strings.TrimPrefix(url, "http://"), t.keys[random.IntN(len(t.keys))], len(body), body)
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
			if _, err := one.run(once, time.Minute, 0, 0); err != nil && !errors.Is(err, context.Canceled) {
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

func compareWithLimit(ctx context.Context, name string, ours, theirs load, pid, limitPID int) error {
	var rates, limits, ratios []float64
	var spent, limitSpent time.Duration
	var requests, limitRequests int
	for range decisionRounds {
		limit, err := theirs.run(ctx, decisionRoundLength, 0, limitPID)
		if err != nil {
			return err
		}
		got, err := ours.run(ctx, decisionRoundLength, 0, pid)
		if err != nil {
			return err
		}
		rates, limits, ratios = append(rates, got.perSecond()), append(limits, limit.perSecond()), append(ratios, got.perSecond()/limit.perSecond())
		spent, requests = spent+got.cpu, requests+got.requests
		limitSpent, limitRequests = limitSpent+limit.cpu, limitRequests+limit.requests
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "%s, a second\t%.0f\t(%.0f to %.0f)\n", name, median(rates), slices.Min(rates), slices.Max(rates))
	fmt.Fprintf(table, "the limit\t%.0f\t(%.0f to %.0f)\n", median(limits), slices.Min(limits), slices.Max(limits))
	fmt.Fprintf(table, "ratio\t%.2f\t(%.2f to %.2f)\n", median(ratios), slices.Min(ratios), slices.Max(ratios))
	each, limitEach := spent/time.Duration(requests), limitSpent/time.Duration(limitRequests)
	fmt.Fprintf(table, "processor time of the server\t%s\tthe limit %s\n", each.Round(time.Microsecond), limitEach.Round(time.Microsecond))
	return table.Flush()
}
