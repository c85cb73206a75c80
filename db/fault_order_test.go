package db_test

import (
	"slices"
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

func recordAt(t *testing.T, store *db.DB, accountID typeid.ID, times ...db.Time) []*db.AuditEvent {
	t.Helper()
	var events []*db.AuditEvent
	err := store.Change(t.Context(), func(tx *db.Tx) error {
		events = nil
		for _, at := range times {
			event := &db.AuditEvent{AccountID: accountID, At: at, Action: "user.update", Outcome: db.Succeeded}
			tx.RecordEvent(event)
			events = append(events, event)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return events
}

// poller reads a trail on from the newest event that it has seen, as a program does that exports it.
type poller struct {
	store  *db.DB
	scope  db.AuditScope
	filter db.AuditEventFilter
	last   *db.Cursor
	seen   []typeid.ID
}

func (p *poller) poll(t *testing.T) {
	t.Helper()
	for {
		list, err := p.store.AuditEvents(t.Context(), p.scope, p.filter, db.Page{Limit: 3, Before: p.last, Backward: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, event := range slices.Backward(list.Items) {
			p.seen = append(p.seen, event.ID)
			cursor := event.Cursor()
			p.last = &cursor
		}
		if !list.HasPrevious {
			return
		}
	}
}

// An event that was begun earlier, or on an instance whose clock is behind, comes after all that could be read before it.
func TestFaultNoEventAppearsBehindACursor(t *testing.T) {
	for kind, address := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			one, two := openTwice(t, address(t))
			account := newHouse(t, one).account
			reader := &poller{store: two, scope: db.AuditScope{AccountID: account}}
			var want []typeid.ID
			record := func(store *db.DB, times ...db.Time) []*db.AuditEvent {
				events := recordAt(t, store, account, times...)
				for _, event := range events {
					want = append(want, event.ID)
				}
				reader.poll(t)
				return events
			}
			record(one, 5000)
			record(one, 3000)
			record(two, 4000, 2000, 4500) // keeps the order in which they were recorded
			record(two, 9000)
			back := record(one, 1)
			if !slices.Equal(reader.seen, want) {
				t.Errorf("seen %v\nwant %v", reader.seen, want)
			}
			if back[0].At != 9001 {
				t.Errorf("when the clock goes back, an event has the time %d", back[0].At)
			}
			if id, err := back[0].ID.UUID(); err != nil || id.Version() != 7 || id.Time() == 0 {
				t.Errorf("ID %v, %v", id, err)
			}
		})
	}
}

// Of writers on two instances who work before they commit, a reader that polls sees every event exactly once, in whichever
// part of the trail it reads.
func TestFaultAReaderThatPollsSeesEveryEventOnce(t *testing.T) {
	for kind, address := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			one, two := openTwice(t, address(t))
			account := newHouse(t, one).account
			jane, john := typeid.New("user"), typeid.New("user")
			readers := []*poller{
				{store: one, scope: db.AuditScope{AccountID: account}},
				{store: two, scope: db.AuditScope{AccountID: account, UserID: jane}},
			}
			const writers, rounds = 6, 20
			var group errgroup.Group
			for writer := range writers {
				store := []*db.DB{one, two}[writer%2]
				group.Go(func() error {
					for round := range rounds {
						event := &db.AuditEvent{AccountID: account, At: db.Time(1000 + 100*(writer%2) + round), Action: "user.update", Outcome: db.Succeeded}
						// Half of them are by jane and half on her: two indexes, which are read one after the other.
						event.ActorID, event.TargetID = john, jane
						if writer%3 == 0 {
							event.ActorID, event.TargetID = jane, john
						}
						err := store.Change(t.Context(), func(tx *db.Tx) error {
							tx.RecordEvent(event)
							_, err := tx.LockThrottle(t.Context(), string(rune('a'+writer)), 1)
							return err
						})
						if err != nil {
							return err
						}
					}
					return nil
				})
			}
			done := make(chan error, 1)
			go func() { done <- group.Wait() }()
			for ended := false; !ended; {
				select {
				case err := <-done:
					if err != nil {
						t.Fatal(err)
					}
					ended = true
				default:
				}
				for _, reader := range readers {
					reader.poll(t)
				}
			}
			for i, reader := range readers {
				slices.Sort(reader.seen)
				if distinct := slices.Compact(slices.Clone(reader.seen)); len(distinct) != writers*rounds || len(reader.seen) != len(distinct) {
					t.Errorf("reader %d saw %d events, %d of them distinct, of %d", i, len(reader.seen), len(distinct), writers*rounds)
				}
			}
		})
	}
}
