package db

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Change runs one transaction that changes something a person answers for. It commits only when fn returns nil and has
// recorded an audit event with [Tx.RecordEvent]: between a change and its event nothing can go wrong.
//
// fn may be run several times: where PostgreSQL ends a transaction for the sake of another one (deadlock, serialization
// failure), nothing of it has happened, and it is run again. So fn must read what it decides by in the transaction, and set
// what it hands out to its caller in each run instead of adding to it.
func (d *DB) Change(ctx context.Context, fn func(tx *Tx) error) error {
	return d.transact(ctx, audited(fn))
}

func audited(fn func(tx *Tx) error) func(tx *Tx) error {
	return func(tx *Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		if len(tx.events) == 0 {
			return ErrUnaudited
		}
		return nil
	}
}

// Touch runs one transaction of bookkeeping: counters, times last seen, attempts, challenges. What an administrator or a
// user does to an account goes through [DB.Change]. fn may be run several times, as there.
func (d *DB) Touch(ctx context.Context, fn func(tx *Tx) error) error { return d.transact(ctx, fn) }

// ChangeAccount is [DB.Change] of an account that it locks first: transactions that change the same account wait for each
// other until the first has ended, so that what one has checked still holds when it writes. Past a bound the error is
// [ErrBusy].
func (d *DB) ChangeAccount(ctx context.Context, accountID typeid.ID, fn func(tx *Tx) error) error {
	return d.withAccount(ctx, accountID, audited(fn))
}

// TouchAccount is [DB.Touch] under the lock of [DB.ChangeAccount].
func (d *DB) TouchAccount(ctx context.Context, accountID typeid.ID, fn func(tx *Tx) error) error {
	return d.withAccount(ctx, accountID, fn)
}

func (d *DB) withAccount(ctx context.Context, accountID typeid.ID, fn func(tx *Tx) error) error {
	return d.inTurn(ctx, string(accountID), func() error {
		return d.transact(ctx, func(tx *Tx) error {
			if err := tx.lockAccount(ctx, accountID); err != nil {
				return err
			}
			return fn(tx)
		})
	})
}

// TouchThrottles is [DB.Touch] for a transaction that locks throttles in the order of the keys, of which some may be empty: of
// many tries under one key only few have a connection while they wait for each other.
func (d *DB) TouchThrottles(ctx context.Context, keys []string, fn func(tx *Tx) error) error {
	if len(keys) == 0 {
		return d.transact(ctx, fn)
	}
	return d.inTurn(ctx, keys[0], func() error { return d.TouchThrottles(ctx, keys[1:], fn) })
}

// lockAccount takes the account's row. SQLite has one writer at a time anyway. Foreign keys that name the account do not wait
// for this lock.
func (tx *Tx) lockAccount(ctx context.Context, id typeid.ID) error {
	if !tx.postgres() {
		return nil
	}
	var found typeid.ID
	return translate(tx.idb.NewSelect().Table("accounts").Column("id").Where("id = ?", id).For("NO KEY UPDATE").Scan(ctx, &found))
}

const (
	// mostRuns is how often a transaction is run that PostgreSQL ends for the sake of others.
	mostRuns = 6
	// firstPause is how long it waits at most before it is run again; each time twice as long.
	firstPause = 20 * time.Millisecond
)

func (d *DB) transact(ctx context.Context, fn func(tx *Tx) error) error {
	for run := range mostRuns {
		after, err := d.once(ctx, fn)
		if err == nil {
			for _, do := range after {
				do()
			}
			return nil
		}
		if !endedForOthers(err) || run == mostRuns-1 || !pause(ctx, firstPause<<run) {
			return translate(err)
		}
	}
	panic("unreachable")
}

// once runs a transaction, and returns what is to be done after it.
func (d *DB) once(ctx context.Context, fn func(tx *Tx) error) (after []func(), err error) {
	within := func(idb bun.Tx) error {
		tx := &Tx{Reader: Reader{idb: idb, count: d.count}, backdated: d.backdated}
		if err := fn(tx); err != nil {
			return err
		}
		if err := tx.writeEvents(ctx); err != nil {
			return err
		}
		after = tx.after
		return tx.announce(ctx)
	}
	if d.group != nil {
		return after, d.group.run(ctx, within)
	}
	// PostgreSQL groups commits itself.
	err = d.write.RunInTx(ctx, nil, func(_ context.Context, idb bun.Tx) error { return within(idb) })
	return after, err
}

// endedForOthers says whether PostgreSQL has ended a transaction of which nothing has happened, and which may do better the
// next time.
func endedForOthers(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pg.Code == "40001" || pg.Code == "40P01") // serialization_failure, deadlock_detected
}

// pause waits for a random part of a duration, and says whether the context goes on.
func pause(ctx context.Context, most time.Duration) bool {
	timer := time.NewTimer(rand.N(most))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// AfterCommit has something done once the transaction has been committed, and never if it is not. It is for waking who
// waits for what was written; it must not block.
func (tx *Tx) AfterCommit(do func()) { tx.after = append(tx.after, do) }

func (r Reader) postgres() bool { return r.idb.Dialect().Name() == dialect.PG }
