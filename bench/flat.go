package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
)

// A page at the beginning and one far down, without what users hold: what is measured is finding the place.
const plainPage = `query($after: String) { users(first: 50, after: $after) { nodes { id loginName name } pageInfo { hasNextPage endCursor } } }`

// flat compares pages at half of the list with those at the beginning, and an account with one of a thousand users.
func flat(ctx context.Context, b *bench) error {
	err := flatOn(ctx, b, "SQLite", "")
	if err == nil && b.postgres != "" {
		err = flatOn(ctx, b, "PostgreSQL", b.postgres)
	}
	return err
}

func flatOn(ctx context.Context, b *bench, database, postgres string) (err error) {
	large, err := b.towns.on(ctx, b.program, postgres)
	if err != nil {
		return err
	}
	small, err := startTown(ctx, b.program, postgres, 1000, 200)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, small.stop()) }()
	ask := func(name string, t *town, query string, variables func(*rand.Rand) map[string]string) *contestant {
		return &contestant{name: name, pids: []int{t.process.Process.Pid}, load: load{
			url: t.url, connections: connections, check: found,
			next: func(random *rand.Rand) []byte { return t.graphQL(t.url, query, variables(random), random) },
		}}
	}
	if _, err := large.walk(ctx); err != nil {
		return err
	}
	if _, err := small.walk(ctx); err != nil {
		return err
	}
	for _, c := range []contest{
		{work: fmt.Sprintf("A page at half of %d users beside one at the beginning, %s", large.users, database), contestants: []*contestant{
			ask("half", large, plainPage, large.near(.5)), ask("beginning", large, plainPage, large.near(0)),
		}},
		{work: fmt.Sprintf("A page with what users hold among %d users beside a thousand, %s", large.users, database), contestants: []*contestant{
			ask("many", large, pageOf50, large.after), ask("a thousand", small, pageOf50, small.after),
		}},
		{work: fmt.Sprintf("A page with the total beside one without, %d users, %s", large.users, database), contestants: []*contestant{
			ask("with totalCount", large, `query($after: String) { users(first: 50, after: $after) { totalCount nodes { id loginName name } pageInfo { hasNextPage endCursor } } }`, large.after),
			ask("without", large, plainPage, large.after),
		}},
	} {
		if err := c.run(ctx); err != nil {
			return err
		}
		if err := b.results.add(c.table()); err != nil {
			return err
		}
	}
	return nil
}
