package db

import (
	"context"
	"strings"
	"sync/atomic"

	"github.com/uptrace/bun"
)

// counter counts statements, for metrics and for the tests that hold a page to a fixed number of them.
type counter struct {
	statements atomic.Int64
	rows       atomic.Int64 // of prepared statements
	// watch hears of prepared statements, which bun does not tell of; nil but in tests.
	watch func(text string, args []any)
}

// sent counts a prepared statement.
func (c *counter) sent(text string, args []any) {
	c.statements.Add(1)
	if c.watch != nil {
		c.watch(text, args)
	}
}

func (c *counter) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }

func (c *counter) AfterQuery(_ context.Context, event *bun.QueryEvent) {
	switch op := event.Operation(); {
	case strings.EqualFold(op, "BEGIN"), strings.EqualFold(op, "COMMIT"), strings.EqualFold(op, "ROLLBACK"):
	default:
		c.statements.Add(1)
	}
}
