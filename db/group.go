package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/uptrace/bun"
)

// groupCommit has transactions that come at the same time share one commit on SQLite, where the commit is what takes long:
// it waits for the disk (synchronous FULL). The functions still run one after another, each on the goroutine of its caller
// and after the first each in a savepoint of its own, so that one that fails takes nothing of the others with it. The last
// one that waited commits for all, and no call returns before that. Nobody waits for others to come.
type groupCommit struct {
	write *bun.DB

	mu      sync.Mutex
	taken   bool    // somebody has the turn: runs a function, or commits
	waiting []*turn // in order of arrival
}

// maxGroup bounds how many run in a transaction, and with that how long the first of them waits for the commit.
const maxGroup = 64

// turn is somebody's place in the queue. What comes is the group to join; nil: begin one.
type turn struct{ given chan *group }

// group is those who share a transaction.
type group struct {
	tx      bun.Tx
	joined  int           // whose functions have run
	members int           // whose functions have succeeded
	ended   chan struct{} // closed once the transaction is committed or given up, after err was set
	over    bool          // given up
	err     error
}

// errEnded is why a group is given up, where the database gave no reason.
var errEnded = errors.New("db: the transaction was ended by a statement in it")

// run runs fn in a transaction and returns when that is committed, or has failed. An error of fn is an answer too ("already
// revoked", "the name is taken"), and may rest on what others in the group have written: it is returned only once that is on
// the disk. If the group fails, its error replaces every member's own.
func (g *groupCommit) run(ctx context.Context, fn func(bun.Tx) error) error {
	shared, err := g.enter(ctx)
	if err != nil {
		return err
	}
	err = g.join(shared, fn)
	<-shared.ended
	if shared.err != nil {
		return shared.err
	}
	return err
}

// enter waits for the turn. Whoever is called off while waiting has done nothing.
func (g *groupCommit) enter(ctx context.Context) (*group, error) {
	g.mu.Lock()
	if !g.taken {
		g.taken = true
		g.mu.Unlock()
		return g.begin(ctx)
	}
	mine := &turn{make(chan *group, 1)}
	g.waiting = append(g.waiting, mine)
	g.mu.Unlock()
	select {
	case shared := <-mine.given:
		if shared == nil {
			return g.begin(ctx)
		}
		return shared, nil
	case <-ctx.Done():
		g.withdraw(mine)
		return nil, ctx.Err()
	}
}

// withdraw gives a place in the queue up, or the turn if it has just come.
func (g *groupCommit) withdraw(mine *turn) {
	g.mu.Lock()
	place := slices.Index(g.waiting, mine)
	if place >= 0 {
		g.waiting = slices.Delete(g.waiting, place, place+1)
	}
	g.mu.Unlock()
	if place >= 0 {
		return
	}
	if shared := <-mine.given; shared != nil {
		g.pass(shared)
	} else {
		g.release()
	}
}

// longestBusy bounds the wait for another program that writes, for callers whose context sets no bound.
const longestBusy = 30 * time.Second

// begin starts a group. The context of who begins it is not that of the others, so the transaction has none. While another
// program writes (the command line beside the server), SQLite answers BUSY after the connection's busy_timeout: it is asked
// again for as long as the caller waits.
func (g *groupCommit) begin(ctx context.Context) (*group, error) {
	since := time.Now()
	for {
		tx, err := g.write.BeginTx(context.Background(), nil)
		if err == nil {
			return &group{tx: tx, ended: make(chan struct{})}, nil
		}
		if !isBusy(err) || time.Since(since) > longestBusy {
			g.release()
			return nil, err
		}
		if ctx.Err() != nil {
			g.release()
			return nil, errors.Join(ctx.Err(), err)
		}
	}
}

// join runs fn in a group and passes the turn on, however fn ends: a panic goes on to the caller.
func (g *groupCommit) join(shared *group, fn func(bun.Tx) error) (err error) {
	returned := false
	shared.joined++
	defer func() {
		if returned && err == nil {
			err = shared.keep()
		} else {
			shared.undo(err)
		}
		g.pass(shared)
	}()
	if shared.members > 0 {
		if err := shared.exec("SAVEPOINT member"); err != nil {
			return err
		}
	}
	err = fn(shared.tx)
	returned = true
	return err
}

// pass gives the turn to the next in the queue: into this group while there is room in it, and otherwise after its commit.
func (g *groupCommit) pass(shared *group) {
	if !shared.over && shared.joined < maxGroup && g.give(shared) {
		return
	}
	shared.end()
	g.release()
}

// release gives the turn on to begin a group, or puts it down where nobody waits.
func (g *groupCommit) release() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.taken = g.giveLocked(nil)
}

// give gives the turn to the first in the queue, if there is one.
func (g *groupCommit) give(shared *group) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.giveLocked(shared)
}

func (g *groupCommit) giveLocked(shared *group) bool {
	if len(g.waiting) == 0 {
		return false
	}
	g.waiting[0].given <- shared
	g.waiting = slices.Delete(g.waiting, 0, 1)
	return true
}

// keep ends the savepoint of a member that has succeeded.
func (s *group) keep() error {
	if s.members > 0 {
		if err := s.exec("RELEASE member"); err != nil {
			return err
		}
	}
	s.members++
	return nil
}

// undo takes back what a member has done that failed with cause. Where SQLite has given up the whole transaction, as it does
// when the disk is full, there is no savepoint any more, and the others must not hear of success.
func (s *group) undo(cause error) {
	if s.over {
		return
	}
	if s.members == 0 {
		s.giveUp(nil)
		return
	}
	if s.exec("ROLLBACK TO member; RELEASE member") != nil {
		s.err = fmt.Errorf("%w; before it: %v", s.err, cause)
	}
}

// exec runs a statement of the group's own, and gives the group up if it fails.
func (s *group) exec(statement string) error {
	_, err := s.tx.Tx.ExecContext(context.Background(), statement)
	if err != nil {
		s.giveUp(fmt.Errorf("%w: %s: %w", errEnded, statement, err))
	}
	return err
}

func (s *group) giveUp(err error) {
	s.over = true
	s.err = errors.Join(err, ignoreDone(s.tx.Rollback()))
}

// end commits unless the group was given up, and tells its members.
func (s *group) end() {
	if !s.over {
		s.err = s.tx.Commit()
	}
	close(s.ended)
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}
