package mail

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gatehouse/gatehouse/db"
)

// scripted is a mail server that answers commands as a test says, byte for byte, and keeps what it was told.
type scripted struct {
	address string
	// offers are the extensions that EHLO names.
	offers []string
	// answers are by command ("" is the greeting, "." the end of DATA), instead of the usual ones. An empty one hangs up.
	answers map[string]string

	mutex sync.Mutex
	lines []string
	body  strings.Builder
}

func startScripted(t *testing.T, offers []string, answers map[string]string) *scripted {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &scripted{address: listener.Addr().String(), offers: offers, answers: answers}
	var group sync.WaitGroup
	group.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			group.Go(func() { defer conn.Close(); s.talk(conn) })
		}
	})
	t.Cleanup(func() { listener.Close(); group.Wait() })
	return s
}

func (s *scripted) transport(t *testing.T, options string) *SMTP {
	t.Helper()
	credentials := ""
	if strings.Contains(strings.Join(s.offers, " "), "AUTH") {
		credentials = "gate:correct-horse@"
	}
	transport, err := NewSMTP("smtp://"+credentials+s.address+options, testFrom, "gatehouse.example")
	if err != nil {
		t.Fatal(err)
	}
	return transport
}

// said is what the client said of a kind: "MAIL FROM:<…>".
func (s *scripted) said(command string) string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, line := range s.lines {
		if strings.HasPrefix(strings.ToUpper(line), command) {
			return line
		}
	}
	return ""
}

func (s *scripted) raw() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.body.String()
}

func (s *scripted) answer(command string) string {
	if answer, scripted := s.answers[command]; scripted {
		return answer
	}
	switch command {
	case "":
		return "220 mail.example ESMTP"
	case "EHLO":
		return strings.Join(append([]string{"250-mail.example"}, s.offers...), "\r\n250-") + "\r\n250 HELP"
	case "DATA":
		return "354 go ahead"
	case "QUIT":
		return "221 bye"
	case "AUTH":
		return "235 2.7.0 welcome"
	}
	return "250 ok"
}

func (s *scripted) talk(conn net.Conn) {
	say := func(command string) bool {
		answer := s.answer(command)
		if answer != "" {
			fmt.Fprint(conn, answer+"\r\n")
		}
		return answer != "" && command != "QUIT"
	}
	if !say("") {
		return
	}
	reader := bufio.NewReader(conn)
	for inBody := false; ; {
		line, err := reader.ReadString('\n')
		if err != nil {
			return
		}
		text := strings.TrimSuffix(line, "\r\n")
		command := strings.ToUpper(strings.SplitN(text, " ", 2)[0])
		s.mutex.Lock()
		if inBody && text != "." {
			s.body.WriteString(line)
		} else {
			s.lines = append(s.lines, text)
		}
		s.mutex.Unlock()
		switch {
		case inBody && text != ".":
			if _, cut := s.answers["mid-body"]; cut {
				return
			}
			continue
		case inBody:
			inBody, command = false, "."
		case command == "DATA":
			inBody = strings.HasPrefix(s.answer("DATA"), "354")
		}
		if !say(command) || command == "STARTTLS" {
			return
		}
	}
}

// Only a recipient that does not exist is final: whatever a server refuses for the sender's sake, and whatever it says in other
// words, is tried again, and administrators see at which step it was refused, and the server's answer.
func TestAnswersOfMailServers(t *testing.T) {
	auth := []string{"AUTH PLAIN LOGIN"}
	for _, c := range []struct {
		name, command, answer string
		offers                []string
		problem               db.MailProblem
		final                 bool
		told                  string
	}{
		{"blocked at connect", "", "554 5.7.1 Your address is on a blocklist", nil, db.ConnectionRefused, false, "554 5.7.1 Your address is on a blocklist"},
		{"busy at connect", "", "421 4.3.2 Too many connections", nil, db.Deferred, false, "421 4.3.2 Too many connections"},
		{"hangs up at connect", "", "", nil, db.ServerUnreachable, false, ""},
		{"no SMTP server", "", "HTTP/1.1 400 Bad Request", nil, db.ServerUnreachable, false, ""},
		{"hello refused", "EHLO", "550 5.7.1 Helo command rejected: need fully-qualified hostname", nil, db.ConnectionRefused, false, "550 5.7.1 Helo command rejected: need fully-qualified hostname"},
		{"wrong password", "AUTH", "535 5.7.8 Authentication credentials invalid", auth, db.AuthenticationError, false, "535 5.7.8 Authentication credentials invalid"},
		{"authentication is busy", "AUTH", "454 4.7.0 Temporary authentication failure", auth, db.Deferred, false, "454 4.7.0 Temporary authentication failure"},
		{"unknown mechanisms", "AUTH", "", []string{"AUTH XOAUTH2 NTLM"}, db.AuthenticationError, false, ""},
		{"authentication required", "MAIL", "530 5.7.0 Authentication required", nil, db.SenderRefused, false, "530 5.7.0 Authentication required"},
		{"sender refused", "MAIL", "553 5.7.1 Sender address rejected: not owned by user", nil, db.SenderRefused, false, "553 5.7.1 Sender address rejected: not owned by user"},
		{"sender's domain unknown", "MAIL", "550 5.1.8 Sender domain not found", nil, db.SenderRefused, false, "550 5.1.8 Sender domain not found"},
		{"sender unknown, by the recipient's code", "MAIL", "550 5.1.1 No such user", nil, db.SenderRefused, false, "550 5.1.1 No such user"},
		{"announced size too large", "MAIL", "552 5.3.4 Message size exceeds limit", nil, db.SenderRefused, false, "552 5.3.4 Message size exceeds limit"},
		{"relay denied", "RCPT", "550 5.7.1 Relaying denied", nil, db.RecipientRefused, false, "550 5.7.1 Relaying denied"},
		{"relay denied, old form", "RCPT", "554 Relay access denied", nil, db.RecipientRefused, false, "554 Relay access denied"},
		{"policy", "RCPT", "550 5.7.26 Unauthenticated email is not accepted", nil, db.RecipientRefused, false, "550 5.7.26 Unauthenticated email is not accepted"},
		{"greylisted", "RCPT", "451 4.7.1 Greylisting in action, try again later", nil, db.Deferred, false, "451 4.7.1 Greylisting in action, try again later"},
		{"mailbox full", "RCPT", "452 4.2.2 Mailbox full", nil, db.Deferred, false, "452 4.2.2 Mailbox full"},
		{"mailbox full for good", "RCPT", "552 5.2.2 Mailbox full", nil, db.RecipientRefused, false, "552 5.2.2 Mailbox full"},
		{"mailbox disabled", "RCPT", "550 5.2.1 Mailbox disabled", nil, db.RecipientRefused, false, "550 5.2.1 Mailbox disabled"},
		{"no such mailbox", "RCPT", "550 5.1.1 <zoe@acme.example>: Recipient address rejected", nil, db.RecipientUnknown, true, "550 5.1.1 <zoe@acme.example>: Recipient address rejected"},
		{"no such domain", "RCPT", "550 5.1.2 Host unknown", nil, db.RecipientUnknown, true, "550 5.1.2 Host unknown"},
		{"no valid address", "RCPT", "553 5.1.3 Bad recipient address syntax", nil, db.RecipientUnknown, true, "553 5.1.3 Bad recipient address syntax"},
		{"moved", "RCPT", "551 5.1.6 Mailbox has moved", nil, db.RecipientUnknown, true, "551 5.1.6 Mailbox has moved"},
		{"takes no mail", "RCPT", "556 5.1.10 Domain does not accept mail", nil, db.RecipientUnknown, true, "556 5.1.10 Domain does not accept mail"},
		{"the code alone", "RCPT", "550 5.1.1", nil, db.RecipientUnknown, true, "550 5.1.1"},
		{"in several lines", "RCPT", "550-5.1.1 The email account that you tried to reach\r\n550-5.1.1 does not exist.\r\n550 5.1.1 Please check", nil, db.RecipientUnknown, true, "550 5.1.1 The email account that you tried to reach 5.1.1 does not exist. 5.1.1 Please check"},
		{"without an enhanced code", "RCPT", "550 No such user", nil, db.RecipientRefused, false, "550 No such user"},
		{"an address that looks like a code", "RCPT", "550 Client host 5.1.1.7 blocked", nil, db.RecipientRefused, false, "550 Client host 5.1.1.7 blocked"},
		{"a code further in", "RCPT", "550 Blocked (was 5.1.1 before)", nil, db.RecipientRefused, false, "550 Blocked (was 5.1.1 before)"},
		{"a code of another class", "RCPT", "550 4.1.1 No such user now", nil, db.RecipientRefused, false, "550 4.1.1 No such user now"},
		{"temporary with a final code", "RCPT", "450 5.1.1 No such user yet", nil, db.Deferred, false, "450 5.1.1 No such user yet"},
		{"hangs up at the recipient", "RCPT", "", nil, db.ServerUnreachable, false, ""},
		{"refused at DATA", "DATA", "554 5.5.1 No valid recipients", nil, db.ContentRefused, false, "554 5.5.1 No valid recipients"},
		{"too large", ".", "552 5.3.4 Message too big", nil, db.ContentRefused, false, "552 5.3.4 Message too big"},
		{"spam", ".", "554 5.7.1 Message rejected as spam", nil, db.ContentRefused, false, "554 5.7.1 Message rejected as spam"},
		{"a final code after the content", ".", "550 5.1.1 No such user", nil, db.ContentRefused, false, "550 5.1.1 No such user"},
		{"busy after the content", ".", "451 4.3.0 Try later", nil, db.Deferred, false, "451 4.3.0 Try later"},
		{"hangs up within the content", "mid-body", "", nil, db.ServerUnreachable, false, ""},
		{"hangs up after the content", ".", "", nil, db.ServerUnreachable, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := startScripted(t, c.offers, map[string]string{c.command: c.answer})
			if c.command == "EHLO" {
				server.answers["HELO"] = c.answer
			}
			err := server.transport(t, "?tls=none").Send(t.Context(), letterTo("Zoë", "zoe@acme.example"))
			failure, ok := errors.AsType[*Failure](err)
			if !ok {
				t.Fatalf("Send = %v", err)
			}
			if failure.Problem != c.problem || failure.Final != c.final || failure.Answer != c.told {
				t.Errorf("problem %s, final %v, answer %q; want %s, %v, %q (%v)", failure.Problem, failure.Final, failure.Answer, c.problem, c.final, c.told, err)
			}
		})
	}
}

func TestProblemsOfEncryption(t *testing.T) {
	for name, c := range map[string]struct {
		offers  []string
		answers map[string]string
		options string
		told    string
	}{
		"STARTTLS is not offered": {nil, nil, "", ""},
		"STARTTLS is refused":     {[]string{"STARTTLS"}, map[string]string{"STARTTLS": "454 4.7.0 TLS not available"}, "", "454 4.7.0 TLS not available"},
		"no TLS after STARTTLS":   {[]string{"STARTTLS"}, map[string]string{"STARTTLS": "220 go ahead"}, "", ""},
		"no TLS from the start":   {nil, nil, "?tls=implicit", ""},
	} {
		t.Run(name, func(t *testing.T) {
			server := startScripted(t, c.offers, c.answers)
			err := server.transport(t, c.options).Send(t.Context(), letterTo("Zoë", "zoe@acme.example"))
			failure, ok := errors.AsType[*Failure](err)
			if !ok || failure.Problem != db.EncryptionError || failure.Final || failure.Answer != c.told {
				t.Errorf("Send = %+v, %v", failure, err)
			}
			if said := server.said("MAIL"); said != "" {
				t.Errorf("the client said %q", said)
			}
		})
	}
	t.Run("unknown certificate", func(t *testing.T) {
		for _, encryption := range []string{"starttls", "implicit"} {
			server := startMailServer(t, encryption == "implicit", "", "")
			transport := server.transport(t, encryption)
			transport.roots = nil
			failure, ok := errors.AsType[*Failure](transport.Send(t.Context(), letterTo("Zoë", "zoe@acme.example")))
			if !ok || failure.Problem != db.EncryptionError || failure.Final {
				t.Errorf("%s: %+v", encryption, failure)
			}
		}
	})
	t.Run("nobody listens", func(t *testing.T) {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		listener.Close()
		transport, err := NewSMTP("smtp://"+listener.Addr().String(), testFrom, "gatehouse.example")
		if err != nil {
			t.Fatal(err)
		}
		failure, ok := errors.AsType[*Failure](transport.Send(t.Context(), letterTo("Zoë", "zoe@acme.example")))
		if !ok || failure.Problem != db.ServerUnreachable || failure.Final || failure.Answer != "" {
			t.Errorf("%+v", failure)
		}
	})
}

// What a server says is shown in one bounded line, without the password, links, and characters that turn a line around.
func TestAnswersAreCleaned(t *testing.T) {
	server := startScripted(t, []string{"AUTH PLAIN"}, map[string]string{
		"AUTH": "535 5.7.8 Wrong: correct-horse \u202eevil\u200b see https://gatehouse.example/set-password#token=abc " + strings.Repeat("no ", 400) + "\xff",
	})
	failure, ok := errors.AsType[*Failure](server.transport(t, "?tls=none").Send(t.Context(), letterTo("Zoë", "zoe@acme.example")))
	if !ok || !strings.HasPrefix(failure.Answer, "535 5.7.8 Wrong: (secret) evil see (link) no") || len([]rune(failure.Answer)) > 300 {
		t.Errorf("%+v", failure)
	}
}

// A server that quotes the mail, in lines or words of any length, tells nobody the token of its link.
func TestAnswersNeverHoldTheTokenOfALink(t *testing.T) {
	const token = "kQ6S35Ij95Ocp1PO7csfUg6r9q9eVzfpcuUwGZXZtMk"
	mail := letterTo("Zoë", "zoe@acme.example")
	mail.TextBody = "Set a password:\nhttps://gatehouse.example/set-password#token=" + token + "\n"
	for _, width := range []int{7, 10, 19, 20, 22, 23, 30, 43} {
		var quoted []string
		for part := range slices.Chunk([]byte(token), width) {
			quoted = append(quoted, string(part))
		}
		for _, between := range []string{" ", "=\r\n554-", "\r\n554-"} {
			server := startScripted(t, nil, map[string]string{"DATA": "554-5.7.1 Policy: ten=3D" + strings.Join(quoted, between) + "\r\n554 5.7.1 Blocked"})
			err := server.transport(t, "?tls=none").Send(t.Context(), mail)
			failure, ok := errors.AsType[*Failure](err)
			if !ok || !strings.HasPrefix(failure.Answer, "554 5.7.1 Policy") || !strings.HasSuffix(failure.Answer, "Blocked") {
				t.Fatalf("%+v", failure)
			}
			for i := range len(token) - 6 {
				if part := token[i : i+6]; strings.Contains(failure.Answer, part) || strings.Contains(failure.Error(), part) {
					t.Errorf("in parts of %d: %q, %v", width, failure.Answer, failure)
					break
				}
			}
		}
	}
}
