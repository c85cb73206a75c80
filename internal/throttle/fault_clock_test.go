package throttle

import (
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
)

// A lock, a window and the places of tries under way do not last for as long as the clock was ahead when they began.
func TestFaultLocksAfterTheClockIsPutBack(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		const year = 365 * 24 * time.Hour
		keys := Keys{IP: office, Name: "name:acme/jane"}
		b.pass(year)
		b.wrong(keys, NameTries)
		b.begin(Keys{IP: office, Name: "name:acme/john"}) // never settled
		if !b.begin(keys).Locked() {
			t.Fatal("not locked")
		}
		for range MailsToRecipient {
			err := b.store.Touch(t.Context(), func(tx *db.Tx) error {
				_, err := Take(t.Context(), tx, db.At(b.clock()), MailTo("reset", "jane@acme.example", MailsToRecipient))
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		b.pass(-year)
		first := b.begin(keys)
		if first.Locked() {
			t.Error("locked for a year")
		}
		if err := first.Wrong(t.Context()); err != nil {
			t.Fatal(err)
		}
		err := b.store.Touch(t.Context(), func(tx *db.Tx) error {
			wait, err := Take(t.Context(), tx, db.At(b.clock()), MailTo("reset", "jane@acme.example", MailsToRecipient))
			if wait != 0 {
				t.Errorf("no mail for %s", wait)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		b.wrong(keys, NameTries-1)
		if !b.begin(keys).Locked() {
			t.Error("tries are not counted any more")
		}
	})
}
