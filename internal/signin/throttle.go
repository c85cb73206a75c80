package signin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Figures of product rule 7.
const (
	nameTries   = 10
	nameLock    = time.Minute
	longestLock = time.Hour

	addressTries  = 50
	addressWindow = 10 * time.Minute
	addressLock   = 10 * time.Minute

	// forgetTries is how long a run of wrong tries is remembered after its last one.
	forgetTries = 24 * time.Hour
)

// counters are the keys under which a try counts.
type counters struct {
	address string
	name    string // empty: the try is none that somebody could guess
	// known takes the name's place while the name is locked: it is held by a device or session of the very user, who so
	// cannot be kept out by a stranger, and has its own bound, so that a stolen one does not guess without any.
	known string
}

// try is one that has been counted as wrong, before anybody has looked whether it is.
type try struct {
	counters
	counted string // the name or known; empty: the address alone
	// lockedUntil is set on a try that must not be looked at.
	lockedUntil db.Time
}

func (t *try) locked() bool { return t.lockedUntil != 0 }

// count counts a try as wrong under its keys, or finds that it must not be made. It does so before the try is looked at,
// in one transaction: however many come at once, no more than the bound of them are ever compared with anything. What
// turns out right is taken back. The error is a [access.RateLimitedError] when the address is locked.
func (s *Service) count(ctx context.Context, keys counters) (*try, error) {
	now := db.At(s.now())
	var t *try
	err := s.store.Touch(ctx, func(tx *db.Tx) error {
		t = &try{counters: keys}
		until, err := countUnder(ctx, tx, keys.address, now, countAddress)
		if err != nil {
			return err
		}
		if until != 0 {
			return &access.RateLimitedError{RetryAfter: until.Time().Sub(now.Time())}
		}
		for _, key := range []string{keys.name, keys.known} {
			if key == "" {
				break
			}
			if t.lockedUntil, err = countUnder(ctx, tx, key, now, countName); err != nil {
				return err
			}
			if !t.locked() {
				t.counted = key
				break
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

// countUnder returns until when the key is locked, or zero when the try was counted.
func countUnder(ctx context.Context, tx *db.Tx, key string, now db.Time, add func(*db.Throttle, db.Time)) (db.Time, error) {
	throttle, err := tx.LockThrottle(ctx, key, now)
	if err != nil {
		return 0, err
	}
	if now < throttle.Until {
		return throttle.Until, nil
	}
	add(throttle, now)
	return 0, tx.SaveThrottle(ctx, throttle)
}

// countName counts a wrong try in a row: the tenth locks for a minute, each one after it for twice as long.
func countName(throttle *db.Throttle, now db.Time) {
	if throttle.Failures == 0 {
		throttle.BeganAt = now
	}
	throttle.Failures++
	throttle.Until = 0
	if past := throttle.Failures - nameTries; past >= 0 {
		lock := longestLock
		if past < 6 { // 2⁶ minutes are more than the longest
			lock = nameLock << past
		}
		throttle.Until = now.Add(lock)
	}
}

// countAddress counts a wrong try of a window, which begins with its first one or when a lock has ended.
func countAddress(throttle *db.Throttle, now db.Time) {
	if throttle.Failures == 0 || throttle.Until != 0 || now >= throttle.BeganAt.Add(addressWindow) {
		throttle.Failures, throttle.BeganAt, throttle.Until = 0, now, 0
	}
	throttle.Failures++
	if throttle.Failures >= addressTries {
		throttle.Until = now.Add(addressLock)
	}
}

// takeBack undoes count for a try that was right, but has not led to a session yet: the run of wrong ones goes on, or
// whoever has a password could guess codes without end.
func (t *try) takeBack(ctx context.Context, tx *db.Tx, now db.Time) error {
	if err := takeBackUnder(ctx, tx, t.address, now); err != nil {
		return err
	}
	if t.counted == "" {
		return nil
	}
	return takeBackUnder(ctx, tx, t.counted, now)
}

// forget ends the run of wrong tries: this one has proven who it is. A lock that a device has passed stays.
func (t *try) forget(ctx context.Context, tx *db.Tx, now db.Time) error {
	if err := takeBackUnder(ctx, tx, t.address, now); err != nil {
		return err
	}
	return tx.DeleteThrottle(ctx, t.counted)
}

// The lock of a key, if there is one, was set by the try itself: none is counted while it is locked.
func takeBackUnder(ctx context.Context, tx *db.Tx, key string, now db.Time) error {
	throttle, err := tx.LockThrottle(ctx, key, now)
	if err != nil {
		return err
	}
	throttle.Failures = max(throttle.Failures-1, 0)
	throttle.Until = 0
	return tx.SaveThrottle(ctx, throttle)
}

// addressKey is the key of an address. Whoever has one IPv6 address usually has its whole /64.
func addressKey(ip netip.Addr) string {
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		return "ip:" + netip.PrefixFrom(ip, 64).Masked().String()
	}
	return "ip:" + ip.String()
}

func deviceKey(token secret.Token) string { return "device:" + hex.EncodeToString(token.Hash()) }

func sessionKey(id typeid.ID) string { return "session:" + string(id) }

// resetCounters bound reset mails like tries to sign in, under keys of their own.
func resetCounters(ip netip.Addr, handle, email string) counters {
	typed := sha256.Sum256([]byte(handle + "/" + text.Key(email)))
	return counters{address: "reset-" + addressKey(ip), name: "reset:" + hex.EncodeToString(typed[:])}
}
