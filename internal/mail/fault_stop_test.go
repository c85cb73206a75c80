package mail

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
)

// hangingServer speaks SMTP up to a command, which it never answers. It says on the channel that it has come so far.
func hangingServer(t *testing.T, at string) (address string, hangs <-chan struct{}) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	reached, done := make(chan struct{}, 1), make(chan struct{})
	go func() {
		defer close(done)
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		talkUntil(conn, at, reached)
	}()
	t.Cleanup(func() { listener.Close(); <-done })
	return listener.Addr().String(), reached
}

func talkUntil(conn net.Conn, at string, reached chan<- struct{}) {
	lines := bufio.NewScanner(conn)
	hang := func() {
		reached <- struct{}{}
		for lines.Scan() { // until the client is gone
		}
	}
	if at == "greeting" {
		hang()
		return
	}
	fmt.Fprint(conn, "220 mail.example\r\n")
	for body := false; lines.Scan(); {
		line := lines.Text()
		command := strings.ToUpper(strings.TrimRight(line[:min(4, len(line))], " "))
		if body {
			if line != "." {
				continue
			}
			body, command = false, "."
		}
		if command == at {
			hang()
			return
		}
		switch command {
		case "EHLO":
			fmt.Fprint(conn, "250-mail.example\r\n250 STARTTLS\r\n")
		case "STAR":
			fmt.Fprint(conn, "220 go ahead\r\n")
			hang() // in the handshake
			return
		case "DATA":
			body = true
			fmt.Fprint(conn, "354 go ahead\r\n")
		default:
			fmt.Fprint(conn, "250 ok\r\n")
		}
	}
}

// A mail server that stops answering, at whichever stage, does not keep the program from ending: the attempt is cut short,
// written down, and made again. What the server had accepted counts as sent.
func TestFaultStopDuringAHangingMailServer(t *testing.T) {
	for _, c := range []struct{ at, encryption string }{
		{"greeting", "none"}, {"EHLO", "none"}, {"STAR", "starttls"}, {"handshake", "starttls"}, {"greeting", "implicit"},
		{"MAIL", "none"}, {"RCPT", "none"}, {"DATA", "none"}, {".", "none"}, {"QUIT", "none"},
	} {
		t.Run(c.encryption+" "+c.at, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, store *db.DB) {
				address, hangs := hangingServer(t, c.at)
				transport, err := NewSMTP("smtp://"+address+"?tls="+c.encryption, testFrom, "gatehouse.example")
				if err != nil {
					t.Fatal(err)
				}
				o := newOffice(store, transport)
				o.grace = 0
				o.queue(t)
				ctx, stop := context.WithCancel(t.Context())
				ended := make(chan struct{})
				go func() { o.Run(ctx); close(ended) }()
				<-hangs
				stop()
				<-ended
				if want := map[bool]int64{true: 0, false: 1}[c.at == "QUIT"]; o.waiting(t) != want {
					t.Errorf("%d mails wait, want %d:\n%s", o.waiting(t), want, &o.log)
				}
				if c.at != "QUIT" && !bytes.Contains(o.log.Bytes(), []byte(errStopped.Error())) {
					t.Errorf("the attempt was not written down:\n%s", &o.log)
				}
			})
		})
	}
}

// A transport that panics fails that attempt and no more.
func TestFaultPanicOfATransport(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		sent, faulty := 0, true
		o := newOffice(store, transportFunc(func(context.Context, *db.Mail) error {
			if faulty {
				faulty = false
				panic("a fault of the program")
			}
			sent++
			return nil
		}))
		o.queue(t)
		o.queue(t)
		if o.sendDue(t); sent != 1 || o.waiting(t) != 1 {
			t.Errorf("%d sent, %d wait", sent, o.waiting(t))
		}
	})
}

// A clock that is put back, by hours or by a year, holds no mail up for longer than an attempt can be put off; one that is
// ahead for a while gives none up.
func TestFaultOutboxAfterTheClockJumps(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		var failure error
		sent := 0
		o := newOffice(store, transportFunc(func(context.Context, *db.Mail) error {
			if failure == nil {
				sent++
			}
			return failure
		}))
		for _, years := range []int{0, 1} {
			o.now = noon.AddDate(years, 0, 1)
			o.queue(t)
			o.now = noon
			if o.sendDue(t); sent != 1 {
				t.Errorf("queued before the clock was put back: %d sent", sent)
			}
			sent = 0
		}
		failure = errors.New("no route to host")
		o.now = noon.AddDate(1, 0, 0)
		o.queue(t)
		o.sendDue(t)
		o.now = noon
		failure = nil
		if o.sendDue(t); sent != 1 {
			t.Errorf("put off before the clock was put back: %d sent", sent)
		}
		sent, failure = 0, errors.New("no route to host")
		o.queue(t)
		o.sendDue(t)
		o.now = noon.AddDate(1, 0, 0)
		o.sendDue(t)
		if o.waiting(t) != 1 {
			t.Error("given up while the clock was a year ahead")
		}
	})
}
