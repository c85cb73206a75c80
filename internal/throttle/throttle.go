// Package throttle counts failed tries to prove who one is, and locks what has been tried too often (product rule 7).
//
// A try reserves its place before anything is compared: no more tries are under way at the same moment than may still fail,
// on all instances together, so that parallel guesses get no further than guesses one by one. A try that finds every place
// reserved waits until one of those ends. Only a failure counts; what turns out right costs nobody anything.
//
// Reservations are rows of the database that expire: an instance that dies locks nobody for longer than [reservationLife].
package throttle

import (
	"context"
	"encoding/hex"
	"net/netip"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

const (
	// reservationLife is how long a try may take. One that takes longer is refused, even if it was right.
	reservationLife = time.Minute
	// longestWait is how long a try waits for a place.
	longestWait = 20 * time.Second
	// retryAfter is when to come back after a wait that was too long.
	retryAfter = 5 * time.Second
)

// Throttle is safe for concurrent use.
type Throttle struct {
	store *db.DB
	now   func() time.Time
	lines lines
}

// New makes a throttle.
func New(store *db.DB, now func() time.Time) *Throttle { return &Throttle{store: store, now: now} }

// Keys are what a try counts under.
type Keys struct {
	// IP is the visitor's address. IPv6 addresses count by their /64, which usually belongs to one customer.
	IP netip.Addr
	// Name is a [db.NameThrottle]; empty: the try shows nothing that somebody could guess.
	Name string
	// Known is a [DeviceKey] or [SessionKey] of the very user; empty: none. It takes the place of name and address where
	// they are locked or have no place left, so that a stranger cannot keep out the user. It has a bound of its own, so that
	// a stolen device does not guess without one.
	Known string
	// Passkey says that the try shows a passkey, which passes a lock of the address within a bound of its own.
	Passkey bool
}

// AddressKey is the key of an address. Whoever has one IPv6 address usually has its whole /64.
func AddressKey(ip netip.Addr) string {
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		return "ip:" + netip.PrefixFrom(ip, 64).Masked().String()
	}
	return "ip:" + ip.String()
}

// DeviceKey is the key of a known device.
func DeviceKey(token secret.Token) string { return "device:" + hex.EncodeToString(token.Hash()) }

// SessionKey is the key of a session.
func SessionKey(id typeid.ID) string { return "session:" + string(id) }

// Try is one try that has reserved its places. Whoever began it settles it, by one of its methods; what is not settled
// takes up its places until the reservations expire.
type Try struct {
	// LockedUntil is set on a try that must not be compared with anything, because the name is locked.
	LockedUntil db.Time

	throttle *Throttle
	id       string
	places   []place
	settled  bool
}

// Locked says that the try must not be compared with anything.
func (t *Try) Locked() bool { return t.LockedUntil != 0 }

// Begin reserves the places of a try, and waits for them if need be. The error is an [access.RateLimitedError] when the
// address is locked or the wait was too long.
func (t *Throttle) Begin(ctx context.Context, keys Keys) (*Try, error) {
	full := t.lines.crowded(keys)
	if full == "" {
		var try *Try
		var err error
		if try, full, err = t.reserve(ctx, keys); full == "" {
			return try, err
		}
	}
	waiting, cancel := context.WithTimeout(ctx, longestWait)
	defer cancel()
	for {
		try, next, err := t.await(waiting, full, keys)
		if err != nil && ctx.Err() == nil && waiting.Err() != nil {
			return nil, &access.RateLimitedError{RetryAfter: retryAfter}
		}
		if err != nil || next == "" {
			return try, err
		}
		full = next
	}
}

// await waits in the line of a key until the try has its places, or waits for another key: next.
func (t *Throttle) await(ctx context.Context, key string, keys Keys) (try *Try, next string, err error) {
	first, err := t.lines.join(ctx, key)
	if err != nil {
		return nil, "", err
	}
	defer first.leave()
	for {
		try, next, err = t.reserve(ctx, keys)
		if err != nil || next != key {
			return try, next, err
		}
		if err := first.wait(ctx); err != nil {
			return nil, "", err
		}
	}
}
