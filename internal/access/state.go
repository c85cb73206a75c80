package access

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// State is what decisions depend on, kept in memory. Before a question is answered, a look at the database that began
// after it was asked tells what has changed, on whichever instance, and that is forgotten. Many questions share one look.
// When the database cannot be asked there is no answer, and so nobody comes in.
//
// What is kept is always one state of the database, that of the last look. Objects come into it when they are first
// needed, and are never changed: a change removes them.
type State struct {
	store     *db.DB
	deciding  *db.DB // the same, for decisions
	catalogue *Catalogue
	feed      *db.AccessFeed
	looks     rounds
	// How many rows, and what how many users hold, is kept for lists at most.
	mostRows, mostHoldings int

	mu   sync.RWMutex
	held memory
}

// lookTimeout bounds a look at a database that does not answer.
const lookTimeout = 5 * time.Second

// NewState makes an empty state.
func NewState(ctx context.Context, store *db.DB, catalogue *Catalogue) (*State, error) {
	feed, err := store.AccessFeed(ctx)
	if err != nil {
		return nil, err
	}
	s := &State{store: store, deciding: store.ForDecisions(), catalogue: catalogue, feed: feed, held: newMemory(), mostRows: rememberedRows, mostHoldings: rememberedHoldings}
	s.looks.work = s.look
	return s, nil
}

// View answers one request. What it says is as of some moment after [State.Look] was called.
type View struct{ state *State }

// Look brings the state up to some moment after the call.
func (s *State) Look(ctx context.Context) (View, error) {
	if s.feed.Current() {
		return View{s}, nil
	}
	return View{s}, s.looks.wait(ctx)
}

// Last is a view of the state as of the last look, for whoever answers a request after somebody has looked on its behalf.
func (s *State) Last() View { return View{s} }

// look forgets what has changed since the last one.
func (s *State) look() error {
	ctx, cancel := context.WithTimeout(context.Background(), lookTimeout)
	defer cancel()
	err := s.feed.Next(ctx, s.forget)
	if err != nil && ctx.Err() != nil {
		return errors.Join(db.ErrBusy, err)
	}
	return err
}

func (s *State) forget(changed []typeid.ID, everything bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if everything {
		s.held.forgetAll()
		return
	}
	s.held.forget(changed)
}

// User returns a user as a subject. [db.ErrNotFound]: the account has no such user.
func (v View) User(ctx context.Context, accountID, id typeid.ID) (*Subject, error) {
	return answer(ctx, v.state,
		func(m *memory) *Subject { return m.subject(accountID, id) },
		func(reader db.Reader, load *loader) (*Subject, error) { return load.user(ctx, reader, accountID, id) })
}

// UserNamed is [View.User] of a login name, without regard to case.
func (v View) UserNamed(ctx context.Context, accountID typeid.ID, loginName string) (*Subject, error) {
	return answer(ctx, v.state,
		func(m *memory) *Subject { return m.subjectNamed(accountID, loginName) },
		func(reader db.Reader, load *loader) (*Subject, error) {
			return load.userNamed(ctx, reader, accountID, loginName)
		})
}

// Key returns a key, of whichever account, as a subject, by the SHA-256 of its text. [db.ErrNotFound]: there is no such
// key.
func (v View) Key(ctx context.Context, hash []byte) (*Subject, error) {
	return answer(ctx, v.state,
		func(m *memory) *Subject { return m.subjectWithKey([32]byte(hash)) },
		func(reader db.Reader, load *loader) (*Subject, error) { return load.key(ctx, reader, hash) })
}

// Service returns the service, of whichever account, that shows a secret with this SHA-256. [db.ErrNotFound]: no service
// does.
func (v View) Service(ctx context.Context, hash []byte) (*Service, error) {
	return answer(ctx, v.state,
		func(m *memory) *Service { return m.service([32]byte(hash)) },
		func(reader db.Reader, load *loader) (*Service, error) { return load.service(ctx, reader, hash) })
}

// answer finds something in memory, or reads it from the database and keeps what was read if nothing at all had changed by
// then.
func answer[T any](ctx context.Context, s *State, find func(*memory) *T, read func(db.Reader, *loader) (*T, error)) (*T, error) {
	s.mu.RLock()
	found, epoch := find(&s.held), s.held.epoch
	s.mu.RUnlock()
	if found != nil {
		return found, nil
	}
	load := &loader{catalogue: s.catalogue}
	err := s.deciding.Snapshot(ctx, func(reader db.Reader) (err error) {
		found, err = read(reader, load)
		return err
	})
	if err != nil {
		return nil, err
	}
	return found, s.keep(ctx, epoch, load.keep)
}

// keep has something kept that was read after an epoch, if nothing at all has changed since, which a look tells.
func (s *State) keep(ctx context.Context, epoch int64, keep func(*memory)) error {
	if err := s.looks.wait(ctx); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held.epoch == epoch {
		keep(&s.held)
	}
	return nil
}
