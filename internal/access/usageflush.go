package access

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/panics"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Run writes what is noted until the context ends, and then the rest, for which it takes [flushTimeout] at most.
func (u *Usage) Run(ctx context.Context) {
	ticker := time.NewTicker(usageInterval)
	defer ticker.Stop()
	for ended := false; !ended; {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			ended = true
		}
		bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushTimeout)
		if err := panics.Catch(func() error { return u.flush(bounded, ended) }); err != nil {
			u.log.Error("write who came in; it is tried again", "error", err)
		}
		cancel()
	}
}

// Flush writes all that is noted. What the database does not take waits for the next time.
func (u *Usage) Flush(ctx context.Context) error { return u.flush(ctx, true) }

// FlushDue writes what is noted, but of keys whose last use was written shortly before: theirs waits, and the last one of all is
// written in its time.
func (u *Usage) FlushDue(ctx context.Context) error { return u.flush(ctx, false) }

func (u *Usage) flush(ctx context.Context, all bool) error {
	now := db.At(u.now())
	u.mu.Lock()
	batch, left := u.waiting, u.left
	u.waiting, u.left = newNotes(), 0
	for id := range batch.keys {
		if written, found := u.written[id]; found && !all && within(keyUseEvery, written, now) {
			u.waiting.keys[id] = batch.keys[id]
			delete(batch.keys, id)
		}
	}
	u.mu.Unlock()
	if left > 0 {
		u.log.Warn("too much is waiting to be written: some addresses and reported refusals were left out", "notes", left)
	}
	defer u.putBack(batch)
	// In one order on every instance, so that no two wait for each other.
	due := sortedKeys(batch.keys, cmp.Compare)
	err := flushNotes(ctx, u, batch.keys, due, writeKeys)
	u.keysWritten(due, batch.keys, now)
	if err != nil {
		return err
	}
	inOrder := sortedKeys(batch.uses, func(a, b use) int {
		return cmp.Or(cmp.Compare(a.userID, b.userID), cmp.Compare(a.keyID, b.keyID), cmp.Compare(a.doorID, b.doorID), a.place.Compare(b.place))
	})
	if err := flushNotes(ctx, u, batch.uses, inOrder, u.writeUses); err != nil {
		return err
	}
	reported := sortedKeys(batch.refusals, func(a, b refusal) int {
		return cmp.Or(cmp.Compare(a.askedBy, b.askedBy), cmp.Compare(a.userID, b.userID), a.place.Compare(b.place), cmp.Compare(a.day, b.day))
	})
	return flushNotes(ctx, u, batch.refusals, reported, writeRefusals)
}

// putBack has what is left of a batch written the next time.
func (u *Usage) putBack(batch notes) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for use, last := range batch.uses {
		u.left += addNote(u.waiting.uses, use, last, lastUse.add)
	}
	for id, last := range batch.keys {
		if _, newer := u.waiting.keys[id]; !newer {
			u.waiting.keys[id] = last
		}
	}
	for refused, times := range batch.refusals {
		u.left += addNote(u.waiting.refusals, refused, times, tally.add)
	}
}

type writeNotes[K comparable, V any] func(ctx context.Context, tx *db.Tx, some []K, notes map[K]V) error

// flushNotes writes notes and takes what was written out of the map. It ends at the first error of the database.
func flushNotes[K comparable, V any](ctx context.Context, u *Usage, notes map[K]V, inOrder []K, write writeNotes[K, V]) error {
	for some := range slices.Chunk(inOrder, usesAtOnce) {
		if err := flushSome(ctx, u, notes, some, write); err != nil {
			return err
		}
	}
	return nil
}

// flushSome writes some notes in one transaction. When one of them cannot be written whenever it is tried, the others are
// written without it.
func flushSome[K comparable, V any](ctx context.Context, u *Usage, notes map[K]V, some []K, write writeNotes[K, V]) error {
	err := panics.Catch(func() error {
		return u.store.Touch(ctx, func(tx *db.Tx) error { return write(ctx, tx, some, notes) })
	})
	switch {
	case err == nil:
		for _, key := range some {
			delete(notes, key)
		}
		return nil
	case !unwritable(err):
		return err
	case len(some) == 1:
		u.log.Error("a note of who came in cannot be written and is left out", "error", err)
		delete(notes, some[0])
		return nil
	}
	half := len(some) / 2
	if err := flushSome(ctx, u, notes, some[:half], write); err != nil {
		return err
	}
	return flushSome(ctx, u, notes, some[half:], write)
}

// unwritable says whether an error is that of a note, and not of the database at this moment.
func unwritable(err error) bool {
	_, panicked := errors.AsType[*panics.Error](err)
	return panicked || errors.Is(err, db.ErrNotFound) || errors.Is(err, db.ErrReferenced)
}

func writeRefusals(ctx context.Context, tx *db.Tx, some []refusal, refusals map[refusal]tally) error {
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
}

// keysWritten remembers when the last uses of keys were written: of those that are no longer left.
func (u *Usage) keysWritten(due []typeid.ID, left map[typeid.ID]keyUse, now db.Time) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if len(u.written)+len(due) > notedUses {
		clear(u.written)
	}
	for _, id := range due {
		if _, waits := left[id]; !waits {
			u.written[id] = now
		}
	}
}

func writeKeys(ctx context.Context, tx *db.Tx, some []typeid.ID, keys map[typeid.ID]keyUse) error {
	uses := make([]*db.KeyUse, len(some))
	for i, id := range some {
		uses[i] = &db.KeyUse{ID: id, LastUsedAt: keys[id].at, LastUsedIP: keys[id].ip.String()}
	}
	return tx.UsedAPIKeys(ctx, uses)
}

func (u *Usage) writeUses(ctx context.Context, tx *db.Tx, some []use, uses map[use]lastUse) error {
	seen := make([]*db.SeenAddress, len(some))
	for i, use := range some {
		at := uses[use]
		seen[i] = &db.SeenAddress{
			UserID: use.userID, APIKeyID: use.keyID, AccessPointID: use.doorID, Prefix: db.Prefix{Prefix: use.place}, FirstAt: at.first, LastAt: at.at,
		}
	}
	foreign, err := tx.SeeAddresses(ctx, seen)
	if err != nil {
		return err
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
