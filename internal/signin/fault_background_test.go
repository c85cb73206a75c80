package signin

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// broken is the service's background with its service's store closed, as where the database cannot be reached; mended puts
// the store back.
func (h *house) broken() (mended func()) {
	h.t.Helper()
	store := h.store
	use := func(store *db.DB) {
		h.background.after(func(context.Context) { h.store = store }) // by the goroutine that reads it
		h.Settle()
	}
	use(closedStore(h.t))
	return func() { use(store) }
}

// closedStore is a database that answers nothing.
func closedStore(t *testing.T) *db.DB {
	t.Helper()
	store, err := db.Open(t.Context(), "sqlite:"+t.TempDir()+"/closed.db")
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	return store
}

// What was to be written after an answer is written once the database answers again: the trail, mails, when sessions were
// last seen, and links to set a password.
func TestFaultBackgroundSurvivesAFailingDatabase(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.user("jane")
		session := h.viewer(h.mustSignIn("jane").SessionToken).Session
		who := &person{account: h.account, user: user}
		mend := h.broken()
		failure := eventKey{action: audit.SessionSignIn, outcome: db.Failed, reason: string(wrongPassword), ip: office}
		for range 3 {
			h.failed(who, failure)
			h.Settle()
		}
		h.background.saw(session.ID, session.LastSeenAt+1000)
		h.Settle()
		h.background.saw(session.ID, session.LastSeenAt+2000)
		h.background.retry("send a link to set a password", func(ctx context.Context) error {
			return h.sendReset(ctx, from(office), "acme", "jane@acme.example")
		})
		mend()
		h.Settle()
		if got := h.events(audit.SessionSignIn); !slices.Equal(got, []string{"SUCCEEDED", "FAILED WRONG_PASSWORD 3"}) {
			t.Errorf("events: %v", got)
		}
		h.wantMails("after the database is back", "passwordReset", "failedSignIns")
		seen, err := h.store.SessionByID(t.Context(), h.account.ID, session.ID)
		if err != nil || seen.LastSeenAt != session.LastSeenAt+2000 {
			t.Errorf("last seen %v, %v; want %v", seen.LastSeenAt, err, session.LastSeenAt+2000)
		}
		h.Settle()
		h.wantMails("once")
	})
}

// A job that panics ends neither the program nor the jobs after it, and is logged with its stack.
func TestFaultPanicInABackgroundJob(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		var log bytes.Buffer
		h.background.log = slog.New(slog.NewTextHandler(&log, nil))
		done := false
		h.background.after(func(context.Context) { panic("a fault of the program") })
		h.background.retry("some work", func(context.Context) error { panic(errors.New("another fault")) })
		h.background.after(func(context.Context) { done = true })
		h.Settle()
		h.Settle()
		if !done || len(h.background.retried) != 0 || !bytes.Contains(log.Bytes(), []byte("fault_background_test.go")) {
			t.Errorf("done: %v, retried: %v, log:\n%s", done, h.background.retried, &log)
		}
	})
}

// A run whose user is gone is told nobody, and keeps no other from being told.
func TestFaultRunThatCannotBeWritten(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.user("jane")
		gone := &person{account: &db.Account{ID: typeid.New("account")}, user: &db.User{}}
		failure := eventKey{action: audit.SessionSignIn, outcome: db.Failed, reason: string(wrongPassword), ip: office}
		h.failed(gone, failure)
		h.failed(&person{account: h.account, user: user}, failure)
		h.Settle()
		if got := h.events(audit.SessionSignIn); !slices.Equal(got, []string{"FAILED WRONG_PASSWORD"}) {
			t.Errorf("events: %v", got)
		}
	})
}

// A wall clock that is put back, by a day or by a year, delays what is told together by no more than a window.
func TestFaultCoalescedAfterTheClockIsPutBack(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		who := &person{account: h.account, user: h.user("jane")}
		failure := eventKey{action: audit.SessionSignIn, outcome: db.Failed, reason: string(wrongPassword), ip: office}
		for _, back := range []time.Duration{24 * time.Hour, 365 * 24 * time.Hour} {
			h.clock.pass(back)
			h.failed(who, failure)
			h.Settle()
			h.mails()
			h.clock.pass(-back)
			h.failed(who, failure)
			h.Settle()
			h.clock.pass(mailWindow)
			h.Settle()
			h.wantMails("after the clock was put back", "failedSignIns")
		}
	})
}
