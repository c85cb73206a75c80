package access

import (
	"cmp"
	"context"
	"errors"
	"hash/maphash"
	"log/slog"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

const (
	// useEvery is how often at most is written that a key was used, or that somebody came from an address.
	useEvery = 5 * time.Minute
	// usageInterval is how long what was noted waits to be written.
	usageInterval = 2 * time.Second
	// notedUses bounds what is remembered as noted, and what waits.
	notedUses = 200_000
	// usesAtOnce is how many uses one transaction writes.
	usesAtOnce = 500
)

// Usage notes who came in and from where, off the path of the answer: when a key was last used, the addresses of a user,
// and what whitelists in report-only mode would have refused. What was not written when the program dies is lost.
type Usage struct {
	store *db.DB
	log   *slog.Logger
	tell  NewAddress

	mu       sync.Mutex
	seed     maphash.Seed
	noted    map[uint64]db.Time // when each was last taken up, by a hash of it: no pointers, which would be gone through at each collection
	uses     map[use]lastUse
	refusals map[refusal]tally
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
	at        db.Time
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

// NewUsage makes a Usage, which writes while [Usage.Run] runs.
func NewUsage(store *db.DB, log *slog.Logger, tell NewAddress) *Usage {
	return &Usage{store: store, log: log, tell: tell, seed: maphash.MakeSeed(), noted: map[uint64]db.Time{}, uses: map[use]lastUse{}, refusals: map[refusal]tally{}}
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
	hash := maphash.Comparable(u.seed, this)
	if subject.lately.is(hash, now) && len(decision.Reported) == 0 {
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, by := range decision.Reported {
		r := refusal{by, subject.User.ID, this.place, Day(now)}
		u.refusals[r] = tally{u.refusals[r].times + 1, now}
	}
	if last, noted := u.noted[hash]; noted && now < last.Add(useEvery) {
		subject.lately.set(hash, last.Add(useEvery))
		return
	}
	subject.lately.set(hash, now.Add(useEvery))
	if len(u.noted) >= notedUses {
		clear(u.noted)
	}
	u.noted[hash] = now
	u.uses[this] = lastUse{subject.AccountID, ip, now}
}

// notedUse is the hash of a use of one subject that need not be noted again for a while. The two are read and written one by
// one: should they be those of two uses, then one of them is noted a little later or once too often. nil remembers nothing.
type notedUse struct {
	hash  atomic.Uint64
	until atomic.Int64 // a [db.Time]
}

func (n *notedUse) is(hash uint64, now db.Time) bool {
	return n != nil && n.hash.Load() == hash && now < db.Time(n.until.Load())
}

func (n *notedUse) set(hash uint64, until db.Time) {
	if n != nil {
		n.until.Store(int64(until))
		n.hash.Store(hash)
	}
}

// Run writes what is noted until the context ends, and then the rest.
func (u *Usage) Run(ctx context.Context) {
	ticker := time.NewTicker(usageInterval)
	defer ticker.Stop()
	for ctx.Err() == nil {
		select {
		case <-ticker.C:
		case <-ctx.Done():
		}
		if err := u.Flush(context.WithoutCancel(ctx)); err != nil {
			u.log.Error("write who came in", "error", err)
		}
	}
}

// Flush writes what is noted.
func (u *Usage) Flush(ctx context.Context) error {
	u.mu.Lock()
	uses, refusals := u.uses, u.refusals
	u.uses, u.refusals = map[use]lastUse{}, map[refusal]tally{}
	u.mu.Unlock()
	var errs []error
	// In one order on every instance, so that no two wait for each other.
	inOrder := sortedKeys(uses, func(a, b use) int {
		return cmp.Or(cmp.Compare(a.userID, b.userID), cmp.Compare(a.keyID, b.keyID), cmp.Compare(a.doorID, b.doorID), a.place.Compare(b.place))
	})
	for some := range slices.Chunk(inOrder, usesAtOnce) {
		errs = append(errs, u.store.Touch(ctx, func(tx *db.Tx) error { return u.write(ctx, tx, some, uses) }))
	}
	reported := sortedKeys(refusals, func(a, b refusal) int {
		return cmp.Or(cmp.Compare(a.askedBy, b.askedBy), cmp.Compare(a.userID, b.userID), a.place.Compare(b.place), cmp.Compare(a.day, b.day))
	})
	for some := range slices.Chunk(reported, usesAtOnce) {
		errs = append(errs, u.store.Touch(ctx, func(tx *db.Tx) error {
			for _, r := range some {
				err := tx.ReportRefusals(ctx, &db.ReportedRefusal{
					AskedBy: r.askedBy, Day: r.day, Prefix: db.Prefix{Prefix: r.place}, UserID: r.userID,
					Refusals: refusals[r].times, LastAt: refusals[r].last,
				})
				if err != nil {
					return err
				}
			}
			return nil
		}))
	}
	return errors.Join(errs...)
}

func (u *Usage) write(ctx context.Context, tx *db.Tx, some []use, uses map[use]lastUse) error {
	seen := make([]*db.SeenAddress, len(some))
	last := map[typeid.ID]*db.KeyUse{}
	byKey := map[typeid.ID]lastUse{}
	for i, use := range some {
		at := uses[use]
		seen[i] = &db.SeenAddress{
			UserID: use.userID, APIKeyID: use.keyID, AccessPointID: use.doorID, Prefix: db.Prefix{Prefix: use.place}, FirstAt: at.at, LastAt: at.at,
		}
		if use.keyID != "" && at.at >= byKey[use.keyID].at {
			byKey[use.keyID] = at
			last[use.keyID] = &db.KeyUse{ID: use.keyID, LastUsedAt: at.at, LastUsedIP: at.ip.String()}
		}
	}
	foreign, err := tx.SeeAddresses(ctx, seen)
	if err != nil {
		return err
	}
	if len(last) > 0 {
		inOrder := make([]*db.KeyUse, 0, len(last))
		for _, id := range sortedKeys(last, cmp.Compare) {
			inOrder = append(inOrder, last[id])
		}
		if err := tx.UsedAPIKeys(ctx, inOrder); err != nil {
			return err
		}
	}
	for _, one := range foreign {
		at := uses[use{one.UserID, one.APIKeyID, one.AccessPointID, one.Prefix.Prefix}]
		if err := u.tell(ctx, tx, at.accountID, one.APIKeyID, at.ip, at.at); err != nil {
			return err
		}
	}
	return nil
}

func sortedKeys[K comparable, V any](m map[K]V, compare func(a, b K) int) []K {
	keys := make([]K, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, compare)
	return keys
}
