package throttle

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
)

var office = netip.MustParseAddr("192.0.2.17")

// bench are two instances on one database, with a clock that only the test moves.
type bench struct {
	*Throttle
	other *Throttle
	t     *testing.T
	mutex sync.Mutex
	at    time.Time
}

func each(t *testing.T, test func(t *testing.T, b *bench)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		b := &bench{t: t, at: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)}
		b.Throttle, b.other = New(store, b.clock), New(store, b.clock)
		test(t, b)
	})
}

func (b *bench) clock() time.Time {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.at
}

func (b *bench) pass(d time.Duration) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.at = b.at.Add(d)
}

func (b *bench) begin(keys Keys) *Try {
	b.t.Helper()
	try, err := b.Begin(b.t.Context(), keys)
	if err != nil {
		b.t.Fatal(err)
	}
	return try
}

func (b *bench) wrong(keys Keys, times int) {
	b.t.Helper()
	for range times {
		if err := b.begin(keys).Wrong(b.t.Context()); err != nil {
			b.t.Fatal(err)
		}
	}
}

func (b *bench) signedIn(try *Try) error {
	return b.store.Touch(b.t.Context(), func(tx *db.Tx) error { return try.SignedIn(b.t.Context(), tx) })
}

// row is what is counted under a key; zero where nothing is.
func (b *bench) row(key string) db.Throttle {
	b.t.Helper()
	rows, err := b.store.ThrottlesByKey(b.t.Context(), []string{key})
	if err != nil {
		b.t.Fatal(err)
	}
	if rows[key] == nil {
		return db.Throttle{}
	}
	return *rows[key]
}

func (b *bench) wantCounted(what, key string, failures, reserved int) {
	b.t.Helper()
	if row := b.row(key); row.Failures != failures || len(row.Reserved.V) != reserved {
		b.t.Errorf("%s: %s has %d failures and %d reservations, want %d and %d", what, key, row.Failures, len(row.Reserved.V), failures, reserved)
	}
}

func wantLimited(t *testing.T, what string, err error, after time.Duration) {
	t.Helper()
	limited, ok := errors.AsType[*access.RateLimitedError](err)
	if !ok || limited.RetryAfter != after {
		t.Errorf("%s: %v, want RATE_LIMITED for %v", what, err, after)
	}
}

// Rule 7: parallel guesses on two instances get no further than guesses one by one: ten are compared, the rest is locked.
func TestFaultParallelGuessesAreBounded(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		var group sync.WaitGroup
		var mutex sync.Mutex
		compared, locked := 0, 0
		for i := range 40 {
			instance := []*Throttle{b.Throttle, b.other}[i%2]
			group.Go(func() {
				try, err := instance.Begin(t.Context(), Keys{IP: netip.AddrFrom4([4]byte{192, 0, 2, byte(i)}), Name: "name:acme/jane"})
				if err != nil {
					t.Error(err)
					return
				}
				mutex.Lock()
				if try.Locked() {
					locked++
				} else {
					compared++
				}
				mutex.Unlock()
				if err := try.Wrong(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if compared != NameTries || locked != 40-NameTries {
			t.Errorf("%d guesses were compared and %d were locked, want %d and %d", compared, locked, NameTries, 40-NameTries)
		}
		b.wantCounted("in the end", "name:acme/jane", NameTries, 0)
	})
}

// Rule 7: right tries cost nobody anything, however many there are at once: at one address, and of one user, on two instances.
// More than may fail at once wait for those before them.
func TestFaultRightTriesAtOnce(t *testing.T) {
	for what, test := range map[string]struct {
		tries, atOnce int
		name          func(i int) string
		leads         func(*Try, context.Context, *db.Tx) error
	}{
		"of many at one address": {70, AddressTries, func(i int) string { return fmt.Sprint("name:acme/user", i) }, (*Try).SignedIn},
		"of one user":            {24, NameTries, func(int) string { return "name:acme/jane" }, (*Try).SignedIn},
		"first of two factors":   {24, NameTries, func(int) string { return "name:acme/jane" }, (*Try).Right},
	} {
		t.Run(what, func(t *testing.T) {
			each(t, func(t *testing.T, b *bench) {
				begun, end := make(chan struct{}, test.tries), make(chan struct{})
				errs := make(chan error, test.tries)
				for i := range test.tries {
					instance := []*Throttle{b.Throttle, b.other}[i%2]
					go func() {
						errs <- func() error {
							try, err := instance.Begin(t.Context(), Keys{IP: office, Name: test.name(i)})
							if err != nil {
								return err
							}
							if try.Locked() {
								return errors.New("locked")
							}
							begun <- struct{}{}
							<-end
							return b.store.Touch(t.Context(), func(tx *db.Tx) error { return test.leads(try, t.Context(), tx) })
						}()
					}()
				}
				for range test.atOnce {
					<-begun
				}
				close(end)
				for range test.tries {
					if err := <-errs; err != nil {
						t.Error(err)
					}
				}
				b.wantCounted("in the end", AddressKey(office), 0, 0)
				b.wantCounted("in the end", test.name(0), 0, 0)
			})
		})
	}
}

// No more tries are under way than may still fail; another waits, and is called off with its request.
func TestWaitingEndsWithItsRequest(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		keys := Keys{IP: office, Name: "name:acme/jane"}
		b.wrong(keys, NameTries-1)
		b.begin(keys)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { _, err := b.other.Begin(ctx, keys); done <- err }()
		for b.other.lines.crowded(keys) == "" { // until it waits
			select {
			case err := <-done:
				t.Fatalf("it did not wait: %v", err)
			default:
			}
		}
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("called off: %v", err)
		}
		b.wantCounted("afterwards", keys.Name, NameTries-1, 1)
		if b.other.lines.crowded(keys) != "" {
			t.Error("the line goes on")
		}
	})
}

// An instance that dies locks nobody for longer than a minute. What took longer than that must not succeed any more, and
// counts if it fails.
func TestFaultReservationsExpire(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		keys := Keys{IP: office, Name: "name:acme/jane"}
		var lost []*Try
		for range NameTries {
			lost = append(lost, b.begin(keys))
		}
		b.pass(reservationLife)
		if err := b.signedIn(b.begin(keys)); err != nil {
			t.Errorf("a minute later: %v", err)
		}
		wantLimited(t, "a right one that took too long", b.signedIn(lost[0]), retryAfter)
		if err := lost[1].Wrong(t.Context()); err != nil {
			t.Error(err)
		}
		b.wantCounted("a wrong one that took too long", keys.Name, 1, 0)
	})
}

// A failure counts although the request has been called off; and so, for the address, does what could not be compared. What
// the program could not do counts for nothing.
func TestFaultCalledOffTriesCount(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		keys := Keys{IP: office, Name: "name:acme/jane"}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		for i, settle := range []func(*Try, context.Context) error{(*Try).Wrong, (*Try).Refused, (*Try).Void} {
			if err := settle(b.begin(keys), gone); err != nil {
				t.Error(i, err)
			}
		}
		b.wantCounted("for the name the wrong one", keys.Name, 1, 0)
		b.wantCounted("for the address the refused one, too", AddressKey(office), 2, 0)
	})
}

// Unlocking makes no room for more tries than may fail at once.
func TestUnlockKeepsReservations(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		keys := Keys{IP: office, Name: "name:acme/jane"}
		b.wrong(keys, NameTries-2)
		b.begin(keys)
		err := b.store.Touch(t.Context(), func(tx *db.Tx) error {
			lifted, err := Unlock(t.Context(), tx, keys.Name, db.At(b.clock()))
			if !lifted {
				t.Error("nothing was lifted")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		b.wantCounted("unlocked", keys.Name, 0, 1)
	})
}
