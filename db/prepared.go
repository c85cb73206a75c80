package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"strconv"
	"sync"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// bun writes arguments into the text of a statement, which is then parsed and planned anew each time. What every request
// asks is written here instead: texts that stay the same, with places for arguments, and prepared once a connection.

// statement is a text with places for its arguments.
type statement struct {
	postgres bool
	args     []any
}

func (r Reader) statement() *statement { return &statement{postgres: r.postgres()} }

// arg makes a place for an argument.
func (s *statement) arg(value any) string {
	s.args = append(s.args, value)
	if s.postgres {
		return "$" + strconv.Itoa(len(s.args))
	}
	return "?" + strconv.Itoa(len(s.args))
}

// in is a condition that a column holds one of some IDs, however many: the text does not tell.
func (s *statement) in(column string, ids []typeid.ID) (string, error) {
	if s.postgres {
		texts := make([]string, len(ids))
		for i, id := range ids {
			texts[i] = string(id)
		}
		return column + " = ANY(" + s.arg(texts) + "::text[])", nil
	}
	list, err := json.Marshal(ids)
	return column + " IN (SELECT value FROM json_each(" + s.arg(string(list)) + "))", err
}

// preparedStatements are those of a pool of connections, by text.
type preparedStatements struct {
	pool *sql.DB

	mu     sync.RWMutex
	byText map[string]*sql.Stmt
}

// maxPrepared bounds how many are kept, each on every connection. The texts are made of constants, but filters combine.
const maxPrepared = 256

func newPreparedStatements(pool *sql.DB) *preparedStatements {
	return &preparedStatements{pool: pool, byText: map[string]*sql.Stmt{}}
}

// prepare returns the statement of a text; nil when too many are kept.
func (p *preparedStatements) prepare(ctx context.Context, text string) (*sql.Stmt, error) {
	p.mu.RLock()
	prepared, full := p.byText[text], len(p.byText) >= maxPrepared
	p.mu.RUnlock()
	if prepared != nil || full {
		return prepared, nil
	}
	// Not under the lock: while this waits for a connection others must not.
	made, err := p.pool.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if first := p.byText[text]; first != nil {
		return first, made.Close()
	}
	p.byText[text] = made
	return made, nil
}

// query runs a statement. On a transaction it is not prepared: that would take a second connection.
func (r Reader) query(ctx context.Context, text string, args []any) (*sql.Rows, error) {
	r.count.sent(text, args)
	if tx, ok := r.idb.(bun.Tx); ok {
		return tx.Tx.QueryContext(ctx, text, args...)
	}
	prepared, err := r.prepared.prepare(ctx, text)
	if err != nil {
		return nil, err
	}
	if prepared == nil {
		return r.prepared.pool.QueryContext(ctx, text, args...)
	}
	return prepared.QueryContext(ctx, args...)
}
