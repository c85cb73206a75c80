package mail

import (
	"context"
	"encoding/base64"
	"errors"
	"net"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"
)

func TestMailGoesOverTheLine(t *testing.T) {
	for _, c := range []struct {
		encryption, user string
		encrypted        bool
	}{{"starttls", "gate", true}, {"implicit", "gate", true}, {"starttls", "", true}, {"none", "", false}, {"none", "gate", false}} {
		t.Run(c.encryption+" "+c.user, func(t *testing.T) {
			server := startMailServer(t, c.encryption == "implicit", c.user, "correct-horse-battery")
			mail := letterTo("Zoë O’Neill", "zoe@acme.example")
			if err := server.transport(t, c.encryption).Send(t.Context(), mail); err != nil {
				t.Fatal(err)
			}
			got := server.mails()
			if len(got) != 1 || got[0].from != "gatehouse@gatehouse.example" || got[0].to != "zoe@acme.example" ||
				got[0].encrypted != c.encrypted || got[0].user != c.user {
				t.Fatalf("the server has %+v", got)
			}
			message := takeApart(t, got[0].raw)
			if message.text != mail.TextBody || message.html != mail.HTMLBody {
				t.Errorf("bodies changed on the way: %q, %q", message.text, message.html)
			}
		})
	}
}

// With starttls and implicit nothing goes over the line before the server has shown who it is.
func TestEncryptionIsInsistedOn(t *testing.T) {
	t.Run("unknown certificate", func(t *testing.T) {
		for _, encryption := range []string{"starttls", "implicit"} {
			server := startMailServer(t, encryption == "implicit", "gate", "correct-horse-battery")
			transport := server.transport(t, encryption)
			transport.roots = nil
			if err := transport.Send(t.Context(), letterTo("Zoë", "zoe@acme.example")); err == nil || len(server.mails()) != 0 {
				t.Errorf("%s to a stranger: %v", encryption, err)
			}
		}
	})
	t.Run("STARTTLS not offered", func(t *testing.T) {
		lines, address := plainServer(t)
		transport, err := NewSMTP("smtp://gate:correct-horse-battery@"+address, testFrom, "gatehouse.example")
		if err != nil {
			t.Fatal(err)
		}
		if err := transport.Send(t.Context(), letterTo("Zoë", "zoe@acme.example")); err == nil || !strings.Contains(err.Error(), "STARTTLS") {
			t.Errorf("Send = %v", err)
		}
		if said := <-lines; strings.Contains(said, "AUTH") || strings.Contains(said, "MAIL") {
			t.Errorf("the client said %q", said)
		}
	})
}

// plainServer greets and knows no extension. It tells what one client said.
func plainServer(t *testing.T) (lines chan string, address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	lines = make(chan string, 1)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		var said strings.Builder
		reply, buffer := "220 mail.example\r\n", make([]byte, 4096)
		for {
			if _, err := conn.Write([]byte(reply)); err != nil {
				break
			}
			n, err := conn.Read(buffer)
			if err != nil {
				break
			}
			said.Write(buffer[:n])
			reply = "250 mail.example\r\n"
		}
		lines <- said.String()
	}()
	return lines, listener.Addr().String()
}

// What the recipient's side refuses for good is given up; what the operator can put right, or passes, is tried again.
func TestRefusals(t *testing.T) {
	refusal := func(code int) error {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: "No"}
	}
	for _, c := range []struct {
		command  string
		code     int
		rejected bool
	}{
		{"RCPT", 550, true}, {"RCPT", 450, false}, {"DATA", 554, false}, {"DATA", 451, false},
		{"MAIL", 553, false}, {"MAIL", 421, false}, {"AUTH", 535, false}, {"AUTH", 454, false},
	} {
		server := startMailServer(t, false, "gate", "correct-horse-battery")
		server.answer(c.command, refusal(c.code))
		transport := server.transport(t, "starttls")
		err := transport.Send(t.Context(), letterTo("Zoë", "zoe@acme.example"))
		if err == nil {
			t.Errorf("%s %d: sent", c.command, c.code)
			continue
		}
		if failure, ok := errors.AsType[*Failure](err); !ok || failure.Final != c.rejected {
			t.Errorf("%s %d: %v; %+v, want final %v", c.command, c.code, err, failure, c.rejected)
		}
		if err := transport.Send(t.Context(), letterTo("Zoë", "zoe@acme.example")); err != nil || len(server.mails()) != 1 {
			t.Errorf("%s %d: the next attempt: %v", c.command, c.code, err)
		}
	}
}

// Rule 13: a server that quotes the password does not bring it into an error.
func TestErrorsHoldNoPassword(t *testing.T) {
	const pass = "correct-horse"
	onTheLine := base64.StdEncoding.EncodeToString([]byte("\x00gate\x00" + pass))
	server := startMailServer(t, false, "gate", pass)
	server.answer("AUTH", &smtp.SMTPError{Code: 535, Message: "Wrong: " + pass + " " + onTheLine})
	err := server.transport(t, "starttls").Send(t.Context(), letterTo("Zoë", "zoe@acme.example"))
	if err == nil || !strings.Contains(err.Error(), "535") || strings.Contains(err.Error(), pass) || strings.Contains(err.Error(), onTheLine) {
		t.Errorf("Send = %v", err)
	}
}

// A server that never answers does not hold an attempt longer than its context lives.
func TestSendEndsWithItsContext(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		if conn, err := listener.Accept(); err == nil {
			defer conn.Close()
			cancel() // once the client waits for the greeting, or is about to
			<-t.Context().Done()
		}
	}()
	transport, err := NewSMTP("smtp://"+listener.Addr().String(), testFrom, "gatehouse.example")
	if err != nil {
		t.Fatal(err)
	}
	if err := transport.Send(ctx, letterTo("Zoë", "zoe@acme.example")); err == nil {
		t.Error("sent by a server that says nothing")
	}
}
