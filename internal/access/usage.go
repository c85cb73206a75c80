package access

import (
	"context"
	"hash/maphash"
	"log/slog"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

const (
	// addressEvery is how often at most is written that somebody came from an address.
	addressEvery = 5 * time.Minute
	// keyUseEvery is how often at most the last use of a key is written. With usageInterval and lastUseStep it makes less than a
	// minute, which is how old the last use of a key may be shown.
	keyUseEvery = 55 * time.Second
	// lastUseStep is how long further uses of a key from the same address count as one.
	lastUseStep = time.Second
	// usageInterval is how long what was noted waits to be written.
	usageInterval = 2 * time.Second
	// notedUses bounds what is remembered as noted.
	notedUses = 200_000
	// waitingNotes bounds how many uses, and how many refusals, wait to be written while the database fails: some 50 MB of
	// both. What comes beyond is left out.
	waitingNotes = 200_000
	// flushTimeout bounds one attempt to write.
	flushTimeout = 3 * time.Second
	// usesAtOnce is how many uses one transaction writes.
	usesAtOnce = 500
)

// Usage notes who came in and from where, off the path of the answer: when a key was last used, the addresses of a user,
// and what whitelists in report-only mode would have refused. What the database does not take is written later, together with
// what has come since. What was not written when the program dies is lost.
type Usage struct {
	store *db.DB
	log   *slog.Logger
	tell  NewAddress
	now   func() time.Time

	mu      sync.Mutex
	seed    maphash.Seed
	noted   map[uint64]db.Time // when each was last taken up, by a hash of it: no pointers, which would be gone through at each collection
	waiting notes
	written map[typeid.ID]db.Time // when the last use of each key was written
	left    int                   // out, because too many wait; since the last flush
}

// notes are what waits to be written.
type notes struct {
	uses     map[use]lastUse
	refusals map[refusal]tally
	keys     map[typeid.ID]keyUse
}

func newNotes() notes {
	return notes{map[use]lastUse{}, map[refusal]tally{}, map[typeid.ID]keyUse{}}
}

// NewAddress is told, within the transaction that notes it, of a key that was used from an address where it was not seen
// before. Its very first address is not told.
type NewAddress func(ctx context.Context, tx *db.Tx, accountID, keyID typeid.ID, ip netip.Addr, at db.Time) error

type use struct {
	userID, keyID, doorID typeid.ID
	place                 netip.Prefix
}

type lastUse struct {
	accountID typeid.ID
	ip        netip.Addr
	first, at db.Time
}

// keyUse is the last use of a key.
type keyUse struct {
	ip netip.Addr
	at db.Time
}

// after says whether a use came after another. One that seems much earlier was noted by a clock that has been put back.
func (k keyUse) after(other keyUse) bool {
	return k.at >= other.at || other.at > k.at.Add(addressEvery)
}

// add puts two uses of the same together.
func (l lastUse) add(other lastUse) lastUse {
	latest := l
	if other.at > l.at {
		latest = other
	}
	latest.first = min(l.first, other.first)
	return latest
}

type refusal struct {
	askedBy, userID typeid.ID
	place           netip.Prefix
	day             int
}

type tally struct {
	times int
	last  db.Time
}

func (t tally) add(other tally) tally { return tally{t.times + other.times, max(t.last, other.last)} }

// NewUsage makes a Usage, which writes while [Usage.Run] runs.
func NewUsage(store *db.DB, log *slog.Logger, tell NewAddress, now func() time.Time) *Usage {
	return &Usage{
		store: store, log: log, tell: tell, now: now, seed: maphash.MakeSeed(),
		noted: map[uint64]db.Time{}, waiting: newNotes(), written: map[typeid.ID]db.Time{},
	}
}

// Place is the part of the network that counts as one address: an IPv6 address stands for its /64, which one visitor
// usually has whole.
func Place(ip netip.Addr) netip.Prefix {
	ip = ip.Unmap().WithZone("")
	bits := ip.BitLen()
	if ip.Is6() {
		bits = 64
	}
	prefix, err := ip.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return prefix
}

// Day is the day of an instant, counted from 1970 in UTC.
func Day(at db.Time) int { return int(at / (24 * 60 * 60 * 1000)) }

// Note takes up a decision. Who was not let in, or from an address that nobody told, has been nowhere.
func (u *Usage) Note(subject *Subject, ip netip.Addr, decision Decision, now db.Time) {
	if !decision.Allowed() || !ip.IsValid() {
		return
	}
	this := use{userID: subject.User.ID, doorID: decision.Door.ID, place: Place(ip)}
	if subject.Key != nil {
		this.keyID = subject.Key.ID
	}
	from := maphash.Comparable(u.seed, struct {
		use
		ip netip.Addr
	}{this, ip})
	if subject.lately.is(from, now) && len(decision.Reported) == 0 {
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if this.keyID != "" && u.noteKey(this.keyID, keyUse{ip, now}) {
		subject.lately.set(from, now)
	}
	for _, by := range decision.Reported {
		u.left += addNote(u.waiting.refusals, refusal{by, subject.User.ID, this.place, Day(now)}, tally{1, now}, tally.add)
	}
	hash := maphash.Comparable(u.seed, this)
	if last, noted := u.noted[hash]; noted && within(addressEvery, last, now) {
		return
	}
	if left := addNote(u.waiting.uses, this, lastUse{subject.AccountID, ip, now, now}, lastUse.add); left > 0 {
		u.left += left
		return
	}
	if len(u.noted) >= notedUses {
		clear(u.noted)
	}
	u.noted[hash] = now
}

// noteKey has the last use of a key written when the one before it is old enough. It returns false when too many wait.
func (u *Usage) noteKey(id typeid.ID, last keyUse) bool {
	waiting, found := u.waiting.keys[id]
	switch {
	case found && !last.after(waiting):
	case !found && len(u.waiting.keys) >= waitingNotes:
		u.left++
		return false
	default:
		u.waiting.keys[id] = last
	}
	return true
}

// addNote adds to what waits, putting notes of the same key together, and returns how many were left out because too many wait.
func addNote[K comparable, V any](waiting map[K]V, key K, note V, add func(V, V) V) (left int) {
	if other, ok := waiting[key]; ok {
		waiting[key] = add(other, note)
		return 0
	}
	if len(waiting) >= waitingNotes {
		return 1
	}
	waiting[key] = note
	return 0
}

// within says whether something was noted so short a time ago that it need not be again. What was noted in the future was
// noted by a clock that has been put back.
func within(d time.Duration, noted, now db.Time) bool { return noted <= now && now < noted.Add(d) }

// notedUse is the hash of the last use of a key, which need not be noted again for lastUseStep. The two are read and written one by
// one: should they be those of two uses, then one of them is noted a little later or once too often. nil remembers nothing.
type notedUse struct {
	hash atomic.Uint64
	at   atomic.Int64 // a [db.Time]
}

func (n *notedUse) is(hash uint64, now db.Time) bool {
	return n != nil && n.hash.Load() == hash && within(lastUseStep, db.Time(n.at.Load()), now)
}

func (n *notedUse) set(hash uint64, at db.Time) {
	if n != nil {
		n.at.Store(int64(at))
		n.hash.Store(hash)
	}
}
