package mail

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// office is a sender on a clock that stands still, with its outbox.
type office struct {
	*Sender
	composer *Composer
	log      bytes.Buffer
	now      time.Time
}

func newOffice(store *db.DB, transport Transport) *office {
	o := &office{now: noon}
	now := func() time.Time { return o.now }
	o.Sender = NewSender(SenderConfig{Store: store, Transport: transport, Log: slog.New(slog.NewTextHandler(&o.log, nil)), Now: now})
	o.composer = &Composer{PublicURL: "https://gatehouse.example", Now: now, Wake: o.Wake}
	return o
}

func (o *office) queue(t *testing.T) {
	t.Helper()
	recipient := jane(db.English)
	recipient.AccountID, recipient.UserID = "", ""
	err := o.Store.Touch(t.Context(), func(tx *db.Tx) error {
		return o.composer.Queue(t.Context(), tx, recipient, PasswordReset{Token: testToken, ExpiresAt: noon.Add(time.Hour)})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (o *office) sendDue(t *testing.T) {
	t.Helper()
	if err := o.SendDue(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (o *office) waiting(t *testing.T) int64 {
	t.Helper()
	n, err := o.Store.WaitingMails(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// transportFunc is a transport of one function.
type transportFunc func(ctx context.Context, mail *db.Mail) error

func (f transportFunc) Send(ctx context.Context, mail *db.Mail) error { return f(ctx, mail) }

// Rule 12: what a mail server does not take now is taken later, over a real connection.
func TestMailIsSentAgainUntilItIsTaken(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		server := startMailServer(t, false, "gate", "correct-horse-battery")
		busy := &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 1}, Message: "Busy: " + setPassword}
		server.answer("RCPT", busy, busy)
		o := newOffice(store, server.transport(t, "starttls"))
		o.queue(t)
		for range 2 {
			o.sendDue(t)
			if len(server.mails()) != 0 || o.waiting(t) != 1 {
				t.Fatalf("after a refusal: %d mails at the server, %d waiting", len(server.mails()), o.waiting(t))
			}
			o.sendDue(t) // not due yet
			o.now = o.now.Add(3 * time.Minute)
		}
		o.sendDue(t)
		if len(server.mails()) != 1 || o.waiting(t) != 0 {
			t.Fatalf("in the end: %d mails at the server, %d waiting\n%s", len(server.mails()), o.waiting(t), &o.log)
		}
		o.now = o.now.AddDate(0, 0, 1)
		o.sendDue(t)
		if len(server.mails()) != 1 {
			t.Error("a mail that was sent is sent again")
		}
		if bytes.Contains(o.log.Bytes(), []byte(testToken)) || bytes.Contains(o.log.Bytes(), []byte("correct-horse")) {
			t.Errorf("the log holds a secret:\n%s", &o.log)
		}
	})
}

func TestMailThatIsRejectedIsGivenUpAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		server := startMailServer(t, false, "", "")
		server.answer("RCPT", &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such user"})
		o := newOffice(store, server.transport(t, "starttls"))
		o.queue(t)
		o.sendDue(t)
		for _, want := range []string{"No such user", "problem=RECIPIENT_UNKNOWN", `msg="mail given up"`} {
			if !bytes.Contains(o.log.Bytes(), []byte(want)) {
				t.Errorf("the log does not say %s:\n%s", want, &o.log)
			}
		}
		if len(server.mails()) != 0 || o.waiting(t) != 0 {
			t.Fatalf("%d mails at the server, %d waiting\n%s", len(server.mails()), o.waiting(t), &o.log)
		}
	})
}

// A mail is tried for about three days, ever more rarely, and then given up.
func TestMailIsGivenUpAfterThreeDays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		attempts := 0
		var last time.Time
		var o *office
		o = newOffice(store, transportFunc(func(context.Context, *db.Mail) error {
			attempts++
			last = o.now
			return errors.New("no route to host")
		}))
		o.queue(t)
		for o.waiting(t) == 1 {
			if o.sendDue(t); o.now.Sub(noon) > 100*time.Hour {
				t.Fatal("tried for ever")
			}
			o.now = o.now.Add(10 * time.Minute)
		}
		if age := last.Sub(noon); age < 60*time.Hour || age > 80*time.Hour || attempts != mostAttempts {
			t.Errorf("given up after %s and %d attempts", age, attempts)
		}
	})
}

// Two senders at one outbox bring each mail once.
func TestTwoSendersNeverSendAMailTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		var mutex sync.Mutex
		sent := map[typeid.ID]int{}
		transport := transportFunc(func(_ context.Context, mail *db.Mail) error {
			mutex.Lock()
			defer mutex.Unlock()
			sent[mail.ID]++
			return nil
		})
		offices := []*office{newOffice(store, transport), newOffice(store, transport)}
		for range 20 {
			offices[0].queue(t)
		}
		var group sync.WaitGroup
		for _, o := range offices {
			group.Go(func() {
				if err := o.SendDue(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if len(sent) != 20 || offices[0].waiting(t) != 0 {
			t.Errorf("%d of 20 mails were sent", len(sent))
		}
		for id, n := range sent {
			if n != 1 {
				t.Errorf("%s was sent %d times", id, n)
			}
		}
	})
}

// An instance that dies in the middle leaves its mail to the next.
func TestMailOfADeadInstanceIsSent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		sent := 0
		o := newOffice(store, transportFunc(func(context.Context, *db.Mail) error { sent++; return nil }))
		o.queue(t)
		if _, err := o.claim(t.Context()); err != nil { // and nothing more is heard of it
			t.Fatal(err)
		}
		if o.sendDue(t); sent != 0 {
			t.Fatal("a claimed mail was sent by another instance")
		}
		o.now = o.now.Add(claimFor)
		if o.sendDue(t); sent != 1 || o.waiting(t) != 0 {
			t.Fatalf("sent %d times, %d waiting", sent, o.waiting(t))
		}
	})
}

// What is queued is sent at once: the sender waits for no tick, and ends when it is told to.
func TestSenderWakesWhenAMailIsCommitted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		sent := make(chan typeid.ID, 8)
		o := newOffice(store, transportFunc(func(_ context.Context, mail *db.Mail) error { sent <- mail.ID; return nil }))
		o.poll = time.Hour
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { o.Run(ctx); close(ended) }()
		seen := map[typeid.ID]bool{}
		for range 3 {
			o.queue(t)
			seen[<-sent] = true
		}
		stop()
		<-ended
		if len(seen) != 3 {
			t.Errorf("%d of 3 mails were sent", len(seen))
		}
	})
}

// An attempt that is under way when the program stops is ended and written down, or its mail would be sent again.
func TestStopLetsTheAttemptEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		ctx, stop := context.WithCancel(t.Context())
		attempts := 0
		o := newOffice(store, transportFunc(func(attempt context.Context, _ *db.Mail) error {
			attempts++
			stop()
			return attempt.Err()
		}))
		o.queue(t)
		o.queue(t)
		if err := o.SendDue(ctx); err != nil || attempts != 1 || o.waiting(t) != 1 {
			t.Fatalf("SendDue = %v after %d attempts, %d waiting", err, attempts, o.waiting(t))
		}
	})
}

func TestRetriesBecomeRare(t *testing.T) {
	for attempt, want := range map[int]time.Duration{1: time.Minute, 2: 2 * time.Minute, 8: 128 * time.Minute, 9: 4 * time.Hour, 1000: 4 * time.Hour} {
		for _, chance := range []float64{0, 0.5, 0.999} {
			got := retryAfter(attempt, chance)
			if got < want*3/4 || got > want*5/4 || chance == 0.5 && got != want {
				t.Errorf("after attempt %d, chance %v: %s, want about %s", attempt, chance, got, want)
			}
		}
	}
}
