package access

import (
	"strings"
	"sync/atomic"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// memory is what a [State] has in memory. A million users must fit: what many have alike is there once.
type memory struct {
	objects map[typeid.ID]any // *heldAccount, *heldUser, *Role, *heldDoor, *Whitelist, *heldKey
	// The ways to users by name lead to an ID whose user is looked at again: it may be gone, or have another name by now.
	usersByName map[userName]typeid.ID
	// What is found by a hash is what objects holds.
	keysByHash     map[[32]byte]*heldKey
	doorsBySecret  map[[32]byte]*heldDoor
	sharedHoldings map[string]*holdings
	rows           sharedRows
	epoch          int64 // rises with every look that found something changed
}

// userName is a login name as [text.Key] writes it, in an account.
type userName struct {
	accountID typeid.ID
	loginKey  string
}

// heldAccount is what decisions ask of an account.
type heldAccount struct {
	id        typeid.ID
	mfaForced bool
}

// heldUser is a user with what it holds.
type heldUser struct {
	User
	accountID                          typeid.ID
	holdings                           *holdings
	mfaForced, mfaEnrolled, reportOnly bool // the first by the flag of its own
}

// holdings are the IDs of what users and keys hold. Many hold the same.
type holdings struct {
	roles, doors, lists []typeid.ID
	// The rows of these IDs as lists show them.
	roleRows atomic.Pointer[orderedRows[db.Role]]
	doorRows atomic.Pointer[orderedRows[db.AccessPoint]]
	listRows atomic.Pointer[orderedRows[db.Whitelist]]
	// gathered is what users hold by these IDs, as it was last put together.
	gathered atomic.Pointer[gatheredHoldings]
}

// gatheredHoldings are good for as long as nothing has changed.
type gatheredHoldings struct {
	epoch int64
	roles []*Role
	doors []*Door
	lists []*Whitelist
}

// heldDoor is an access point with the IDs of the whitelists that it asks.
type heldDoor struct {
	Door
	lists []typeid.ID
	// For the service behind it; nil where the door is known only from those who come through.
	behind *serviceBehind
}

// serviceBehind is the service that asks at a door, by its secret.
type serviceBehind struct {
	Service
	secretHash [32]byte
}

// heldKey is a key with the IDs of what it hangs on.
type heldKey struct {
	Key
	hash              [32]byte
	accountID, userID typeid.ID
	lists             []typeid.ID
	lately            notedUse
	// assembled is the subject as it was last put together.
	assembled atomic.Pointer[assembledSubject]
}

// assembledSubject is good for as long as nothing has changed.
type assembledSubject struct {
	Subject
	epoch int64
}

// rememberedNames bounds the ways by name, which outlive what they lead to.
const rememberedNames = 2_000_000

func newMemory() memory {
	return memory{
		objects:        map[typeid.ID]any{},
		usersByName:    map[userName]typeid.ID{},
		keysByHash:     map[[32]byte]*heldKey{},
		doorsBySecret:  map[[32]byte]*heldDoor{},
		sharedHoldings: map[string]*holdings{},
		rows:           newSharedRows(),
	}
}

// forget drops objects that have changed.
func (m *memory) forget(ids []typeid.ID) {
	m.epoch++
	for _, id := range ids {
		m.forgetOne(id)
	}
	if len(m.usersByName) > rememberedNames || len(m.sharedHoldings) > rememberedNames {
		m.forgetAll()
	}
}

func (m *memory) forgetOne(id typeid.ID) {
	switch object := m.objects[id].(type) {
	case *heldKey:
		delete(m.keysByHash, object.hash)
	case *heldDoor:
		if object.behind != nil {
			delete(m.doorsBySecret, object.behind.secretHash)
		}
	}
	delete(m.objects, id)
	m.rows.forget(id)
}

// forgetAll drops everything.
func (m *memory) forgetAll() {
	epoch := m.epoch + 1
	*m = newMemory()
	m.epoch = epoch
}

// subject makes a subject of what is held, or returns nil where something is missing.
func (m *memory) subject(accountID, id typeid.ID) *Subject {
	account, _ := m.objects[accountID].(*heldAccount)
	user, _ := m.objects[id].(*heldUser)
	if account == nil || user == nil || user.accountID != accountID {
		return nil
	}
	held := m.gather(user.holdings)
	if held == nil {
		return nil
	}
	return &Subject{
		AccountID: accountID, User: &user.User, Roles: held.roles, Doors: held.doors, Whitelists: held.lists, ReportOnly: user.reportOnly,
		MFAForced: user.mfaForced || account.mfaForced, MFAEnrolled: user.mfaEnrolled,
	}
}

// gather finds what users hold, or returns nil where something is missing.
func (m *memory) gather(h *holdings) *gatheredHoldings {
	if last := h.gathered.Load(); last != nil && last.epoch == m.epoch {
		return last
	}
	held := &gatheredHoldings{epoch: m.epoch}
	var complete [3]bool
	held.roles, complete[0] = pickHeld[*Role](m, h.roles)
	held.doors, complete[1] = m.doors(h.doors)
	held.lists, complete[2] = pickHeld[*Whitelist](m, h.lists)
	if complete != [3]bool{true, true, true} {
		return nil
	}
	h.gathered.Store(held)
	return held
}

func (m *memory) subjectNamed(accountID typeid.ID, loginName string) *Subject {
	key := text.Key(loginName)
	subject := m.subject(accountID, m.usersByName[userName{accountID, key}])
	if subject == nil || text.Key(subject.User.LoginName()) != key {
		return nil
	}
	return subject
}

func (m *memory) subjectWithKey(hash [32]byte) *Subject {
	key := m.keysByHash[hash]
	if key == nil {
		return nil
	}
	if last := key.assembled.Load(); last != nil && last.epoch == m.epoch {
		return &last.Subject
	}
	subject := m.subject(key.accountID, key.userID)
	lists, complete := pickHeld[*Whitelist](m, key.lists)
	if subject == nil || !complete {
		return nil
	}
	assembled := &assembledSubject{*subject, m.epoch}
	assembled.Key, assembled.lately = &key.Key, &key.lately
	if len(lists) > 0 {
		asking := key.Key
		asking.Whitelists = lists
		assembled.Key = &asking
	}
	key.assembled.Store(assembled)
	return &assembled.Subject
}

func (m *memory) service(hash [32]byte) *Service {
	door := m.doorsBySecret[hash]
	if door == nil {
		return nil
	}
	return &door.behind.Service
}

func (m *memory) doors(ids []typeid.ID) ([]*Door, bool) {
	held, complete := pickHeld[*heldDoor](m, ids)
	if !complete {
		return nil, false
	}
	doors := make([]*Door, len(held))
	for i, door := range held {
		doors[i] = &door.Door
		if len(door.lists) == 0 {
			continue
		}
		lists, complete := pickHeld[*Whitelist](m, door.lists)
		if !complete {
			return nil, false
		}
		asking := door.Door
		asking.Whitelists = lists
		doors[i] = &asking
	}
	return doors, true
}

// pickHeld returns the objects of some IDs, and whether all of them are held.
func pickHeld[T any](m *memory, ids []typeid.ID) ([]T, bool) {
	if len(ids) == 0 {
		return nil, true
	}
	objects := make([]T, len(ids))
	for i, id := range ids {
		object, ok := m.objects[id].(T)
		if !ok {
			return nil, false
		}
		objects[i] = object
	}
	return objects, true
}

// share returns the one value of holdings that are alike.
func (m *memory) share(roles, doors, lists []typeid.ID) *holdings {
	var name strings.Builder
	for _, ids := range [][]typeid.ID{roles, doors, lists} {
		for _, id := range ids {
			name.WriteString(string(id))
		}
		name.WriteByte(' ')
	}
	if shared, ok := m.sharedHoldings[name.String()]; ok {
		return shared
	}
	shared := &holdings{roles: roles, doors: doors, lists: lists}
	m.sharedHoldings[name.String()] = shared
	return shared
}

// keepOne holds an object unless one of its ID is held, and returns the one that is held.
func keepOne[T any](m *memory, id typeid.ID, object T) T {
	if held, ok := m.objects[id].(T); ok {
		return held
	}
	m.objects[id] = object
	return object
}

// statusOf is the one value of a status that every user shares: as it came from the database each would have its own.
func statusOf(status db.UserStatus) db.UserStatus {
	for _, known := range [...]db.UserStatus{db.Active, db.Invited, db.Deactivated} {
		if status == known {
			return known
		}
	}
	return status
}
