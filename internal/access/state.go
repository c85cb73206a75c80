package access

import (
	"context"
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
	catalogue *Catalogue
	feed      *db.AccessFeed
	looks     rounds

	mu    sync.RWMutex
	epoch int64             // rises with every look that found something changed
	held  map[typeid.ID]any // *heldAccount, *heldUser, *Role, *heldDoor, *Whitelist
}

// heldAccount is what decisions ask of an account.
type heldAccount struct {
	id        typeid.ID
	mfaForced bool
}

// heldUser is a user with the IDs of what it holds.
type heldUser struct {
	User
	accountID           typeid.ID
	mfaForced           bool // by the flag of its own
	mfaEnrolled         bool
	roles, doors, lists []typeid.ID
}

// heldDoor is an access point with the IDs of the whitelists that it asks.
type heldDoor struct {
	Door
	lists []typeid.ID
}

// lookTimeout bounds a look at a database that does not answer.
const lookTimeout = 5 * time.Second

// NewState makes an empty state.
func NewState(ctx context.Context, store *db.DB, catalogue *Catalogue) (*State, error) {
	feed, err := store.AccessFeed(ctx)
	if err != nil {
		return nil, err
	}
	s := &State{store: store, catalogue: catalogue, feed: feed, held: map[typeid.ID]any{}}
	s.looks.work = s.look
	return s, nil
}

// User returns a user as a subject, as of some moment after the call. [db.ErrNotFound]: the account has no such user.
func (s *State) User(ctx context.Context, accountID, id typeid.ID) (*Subject, error) {
	if err := s.looks.wait(ctx); err != nil {
		return nil, err
	}
	s.mu.RLock()
	subject, epoch := s.assemble(accountID, id), s.epoch
	s.mu.RUnlock()
	if subject != nil {
		return subject, nil
	}
	return s.read(ctx, accountID, id, epoch)
}

// look forgets what has changed since the last one.
func (s *State) look() error {
	ctx, cancel := context.WithTimeout(context.Background(), lookTimeout)
	defer cancel()
	changed, everything, err := s.feed.Next(ctx)
	if err != nil || len(changed) == 0 {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.epoch++
	if everything {
		clear(s.held)
		return nil
	}
	for _, id := range changed {
		delete(s.held, id)
	}
	return nil
}

// assemble makes a subject of what is held, or returns nil where something is missing.
func (s *State) assemble(accountID, id typeid.ID) *Subject {
	account, _ := s.held[accountID].(*heldAccount)
	user, _ := s.held[id].(*heldUser)
	if account == nil || user == nil || user.accountID != accountID {
		return nil
	}
	subject := &Subject{User: &user.User, MFAForced: user.mfaForced || account.mfaForced, MFAEnrolled: user.mfaEnrolled}
	var complete [3]bool
	subject.Roles, complete[0] = pickHeld[*Role](s, user.roles)
	subject.Doors, complete[1] = s.assembleDoors(user.doors)
	subject.Whitelists, complete[2] = pickHeld[*Whitelist](s, user.lists)
	if complete != [3]bool{true, true, true} {
		return nil
	}
	return subject
}

func (s *State) assembleDoors(ids []typeid.ID) ([]*Door, bool) {
	held, complete := pickHeld[*heldDoor](s, ids)
	if !complete {
		return nil, false
	}
	doors := make([]*Door, len(held))
	for i, door := range held {
		doors[i] = &door.Door
		if len(door.lists) == 0 {
			continue
		}
		lists, complete := pickHeld[*Whitelist](s, door.lists)
		if !complete {
			return nil, false
		}
		doors[i] = &Door{door.ID, door.Code, door.Kind, lists}
	}
	return doors, true
}

// pickHeld returns the objects of some IDs, and whether all of them are held.
func pickHeld[T any](s *State, ids []typeid.ID) ([]T, bool) {
	if len(ids) == 0 {
		return nil, true
	}
	objects := make([]T, len(ids))
	for i, id := range ids {
		object, ok := s.held[id].(T)
		if !ok {
			return nil, false
		}
		objects[i] = object
	}
	return objects, true
}

// read reads a subject from the database, and keeps it if nothing at all had changed by then since the given epoch.
func (s *State) read(ctx context.Context, accountID, id typeid.ID, epoch int64) (*Subject, error) {
	var (
		account *db.Account
		user    *db.User
		subject *Subject
	)
	err := s.store.Snapshot(ctx, func(reader db.Reader) (err error) {
		if account, err = reader.AccountByID(ctx, accountID); err != nil {
			return err
		}
		if user, err = reader.UserByID(ctx, accountID, id); err != nil {
			return err
		}
		subject, err = LoadSubject(ctx, reader, s.catalogue, account, user)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := s.looks.wait(ctx); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.epoch == epoch {
		s.hold(account, user, subject)
	}
	return subject, nil
}

// hold keeps what a subject was read of. What is held already stays, so that many users share it.
func (s *State) hold(account *db.Account, row *db.User, subject *Subject) {
	user := &heldUser{User: *subject.User, mfaForced: row.MFAForced, mfaEnrolled: subject.MFAEnrolled}
	for _, role := range subject.Roles {
		user.roles = append(user.roles, keep(s, role.ID, role).ID)
	}
	for _, door := range subject.Doors {
		held := &heldDoor{Door{door.ID, door.Code, door.Kind, nil}, s.holdLists(door.Whitelists)}
		user.doors = append(user.doors, keep(s, door.ID, held).ID)
	}
	user.lists = s.holdLists(subject.Whitelists)
	user.accountID = keep(s, account.ID, &heldAccount{account.ID, account.Policy.MFAForced}).id
	keep(s, user.ID, user)
}

func (s *State) holdLists(lists []*Whitelist) (ids []typeid.ID) {
	for _, list := range lists {
		ids = append(ids, keep(s, list.ID, list).ID)
	}
	return ids
}

// keep holds an object unless one of its ID is held, and returns the one that is held.
func keep[T any](s *State, id typeid.ID, object T) T {
	if held, ok := s.held[id].(T); ok {
		return held
	}
	s.held[id] = object
	return object
}
