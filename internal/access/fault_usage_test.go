package access_test

import (
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// caller is jane's API key, which is used at the access point WEB.
type caller struct {
	*past
	usage   *access.Usage
	key     *db.APIKey
	subject *access.Subject
	told    []netip.Addr
	now     db.Time
	fail    func() error // of telling about a new address
}

func newCaller(t *testing.T, store *db.DB) *caller {
	p := newPast(t, store)
	c := &caller{past: p, key: &db.APIKey{ID: typeid.New("key"), KeyHash: []byte{1}, AccountID: p.account.ID, UserID: p.jane.ID}}
	c.touch(func(tx *db.Tx) error { return tx.CreateAPIKey(t.Context(), c.key, nil, nil) })
	c.subject = &access.Subject{AccountID: p.account.ID, User: &access.User{ID: p.jane.ID}, Key: &access.Key{ID: c.key.ID}}
	c.usage = access.NewUsage(store, slog.New(slog.DiscardHandler), func(_ context.Context, _ *db.Tx, _, _ typeid.ID, ip netip.Addr, _ db.Time) error {
		if c.fail != nil {
			return c.fail()
		}
		c.told = append(c.told, ip)
		return nil
	}, func() time.Time { return c.now.Time() })
	return c
}

func (c *caller) comes(subject *access.Subject, from string, at db.Time) {
	decision := access.Decision{Reason: access.Granted, Door: &access.Door{ID: c.web.ID}, Reported: []typeid.ID{c.web.ID}}
	c.usage.Note(subject, netip.MustParseAddr(from), decision, at)
}

func (c *caller) flush() {
	c.t.Helper()
	if err := c.usage.Flush(c.t.Context()); err != nil {
		c.t.Fatal(err)
	}
}

// failFlush is a flush whose database does not answer.
func (c *caller) failFlush() {
	c.t.Helper()
	ended, cancel := context.WithCancel(c.t.Context())
	cancel()
	if err := c.usage.Flush(ended); err == nil {
		c.t.Fatal("the flush did not fail")
	}
}

// seen are the addresses from which jane was seen.
func (c *caller) seen() []*db.SeenAddress {
	c.t.Helper()
	seen, err := c.store.AddressesSeenByUser(c.t.Context(), []typeid.ID{c.jane.ID}, 0, 50)
	if err != nil {
		c.t.Fatal(err)
	}
	return seen[c.jane.ID]
}

func (c *caller) wantWritten(what string, from []string, refusals int, last string) {
	c.t.Helper()
	seen := c.seen()
	counts, err := c.store.CountRefusalsReported(c.t.Context(), []typeid.ID{c.web.ID}, 0)
	count := counts[c.web.ID].Refusals
	if err != nil {
		c.t.Fatal(err)
	}
	key, err := c.store.APIKeyByID(c.t.Context(), c.account.ID, c.key.ID)
	if err != nil {
		c.t.Fatal(err)
	}
	if len(seen) != len(from) || count != refusals || key.LastUsedIP != last {
		c.t.Errorf("%s: %d addresses, %d refusals, last used from %q; want %d, %d, %q", what, len(seen), count, key.LastUsedIP, len(from), refusals, last)
	}
}

const hour = db.Time(60 * 60 * 1000)

// What a failed flush was to write is written by the next one, together with what has come since.
func TestFaultUsageSurvivesAFailedFlush(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := newCaller(t, store)
		c.comes(c.subject, "192.0.2.1", 1*hour)
		c.flush()
		c.comes(c.subject, "192.0.2.2", 2*hour)
		c.failFlush()
		c.comes(c.subject, "192.0.2.1", 3*hour)
		c.comes(c.subject, "192.0.2.2", 4*hour)
		c.failFlush()
		c.wantWritten("before", []string{"192.0.2.1"}, 1, "192.0.2.1")
		c.flush()
		c.wantWritten("after", []string{"192.0.2.1", "192.0.2.2"}, 4, "192.0.2.2")
		if len(c.told) != 1 || c.told[0].String() != "192.0.2.2" {
			t.Errorf("new addresses told: %v", c.told)
		}
		seen := c.seen()
		if len(seen) != 2 || seen[0].FirstAt != 2*hour || seen[0].LastAt != 4*hour || seen[1].FirstAt != hour || seen[1].LastAt != 3*hour {
			t.Errorf("seen: %+v", seen)
		}
		c.flush()
		c.wantWritten("once more", []string{"192.0.2.1", "192.0.2.2"}, 4, "192.0.2.2")
	})
}

// The mail about a new address that cannot be queued takes nothing else with it, and is tried again.
func TestFaultNewAddressIsToldAfterAFailure(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := newCaller(t, store)
		c.comes(c.subject, "192.0.2.1", 1*hour)
		c.flush()
		c.fail = func() error { return errors.New("the disk is full") }
		c.comes(c.subject, "192.0.2.2", 2*hour)
		if err := c.usage.Flush(t.Context()); err == nil {
			t.Fatal("the failure was not reported")
		}
		c.fail = nil
		c.flush()
		if len(c.told) != 1 {
			t.Errorf("new addresses told: %v", c.told)
		}
		c.wantWritten("after", []string{"192.0.2.1", "192.0.2.2"}, 2, "192.0.2.2")
	})
}

// A note that can never be written, and one that makes the program panic, do not keep the others from being written.
func TestFaultOneBadNoteIsLeftOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := newCaller(t, store)
		nobody := &access.Subject{AccountID: c.account.ID, User: &access.User{ID: typeid.New("user")}}
		c.comes(c.subject, "192.0.2.1", 1*hour)
		c.comes(nobody, "192.0.2.1", 1*hour)
		c.flush()
		c.wantWritten("beside a user that is gone", []string{"192.0.2.1"}, 1, "192.0.2.1")
		c.fail = func() error { panic("a fault of the program") }
		c.comes(c.subject, "192.0.2.2", 2*hour)
		c.comes(&access.Subject{AccountID: c.account.ID, User: c.subject.User}, "192.0.2.3", 2*hour)
		c.flush()
		c.wantWritten("beside a panic", []string{"192.0.2.1", "192.0.2.3"}, 3, "192.0.2.2")
	})
}

// When the program stops, what is noted is written.
func TestFaultUsageIsWrittenAtTheEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := newCaller(t, store)
		c.comes(c.subject, "192.0.2.1", 1*hour)
		ended, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); c.usage.Run(ended) }()
		cancel()
		<-done
		c.wantWritten("at the end", []string{"192.0.2.1"}, 1, "192.0.2.1")
	})
}

// A clock that is put back does not stop uses from being noted, nor what was noted by the wrong time from being corrected.
func TestFaultUsageAfterTheClockIsPutBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := newCaller(t, store)
		right := db.At(time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC))
		c.comes(c.subject, "192.0.2.1", right.Add(365*24*time.Hour))
		c.flush()
		c.comes(c.subject, "192.0.2.1", right)
		c.flush()
		seen := c.seen()
		if len(seen) != 1 || seen[0].LastAt != right || seen[0].FirstAt != right {
			t.Errorf("seen: %+v", seen)
		}
		key, err := c.store.APIKeyByID(t.Context(), c.account.ID, c.key.ID)
		if err != nil || key.LastUsedAt != right {
			t.Errorf("last used at %v, %v", key.LastUsedAt, err)
		}
	})
}
