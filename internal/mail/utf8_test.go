package mail

import (
	"bytes"
	"errors"
	"log/slog"
	"mime"
	netmail "net/mail"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
)

// SMTPUTF8 is asked for only by an address that is not ASCII before its @. A server that does not offer it gets no 8-bit byte.
func TestSMTPUTF8OnlyWhereItIsNeeded(t *testing.T) {
	for _, c := range []struct {
		name, address string
		from          string
		offered       bool
		problem       db.MailProblem
		recipient     string
		asked         bool
	}{
		{"ASCII", "zoe@acme.example", "", true, "", "<zoe@acme.example>", false},
		{"ASCII, not offered", "zoe@acme.example", "", false, "", "<zoe@acme.example>", false},
		{"domain of another script", "zoe@müller.example", "", true, "", "<zoe@xn--mller-kva.example>", false},
		{"domain of another script, not offered", "zoe@müller.example", "", false, "", "<zoe@xn--mller-kva.example>", false},
		{"other script before the @", "zoë@müller.example", "", true, "", "<zoë@xn--mller-kva.example>", true},
		{"other script before the @, not offered", "zoë@acme.example", "", false, db.AddressUnsupported, "", false},
		{"sender of another script", "zoe@acme.example", "tür@acme.example", true, "", "<zoe@acme.example>", true},
		{"sender of another script, not offered", "zoe@acme.example", "tür@acme.example", false, db.SenderRefused, "", false},
		{"plus and dots", "zoe.o+gate@acme.example", "", true, "", "<zoe.o+gate@acme.example>", false},
		{"apostrophe", "o'neill@acme.example", "", true, "", "<o'neill@acme.example>", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			offers := []string{"8BITMIME"}
			if c.offered {
				offers = append(offers, "SMTPUTF8")
			}
			server := startScripted(t, offers, nil)
			transport := server.transport(t, "?tls=none")
			if c.from != "" {
				transport.from = &netmail.Address{Name: "Gatehouse", Address: c.from}
			}
			mail := letterTo("Zoë 佐 O’Neill", c.address)
			err := transport.Send(t.Context(), mail)
			failure, _ := errors.AsType[*Failure](err)
			if c.problem != "" {
				if failure == nil || failure.Problem != c.problem || failure.Final != (c.problem == db.AddressUnsupported) {
					t.Fatalf("Send = %v", err)
				}
				if server.said("MAIL") != "" {
					t.Errorf("the client said %q", server.said("MAIL"))
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := server.said("RCPT"); got != "RCPT TO:"+c.recipient {
				t.Errorf("recipient %q", got)
			}
			if asked := strings.Contains(server.said("MAIL"), "SMTPUTF8"); asked != c.asked {
				t.Errorf("%q", server.said("MAIL"))
			}
			raw := strings.ReplaceAll(server.raw(), "\r\n..", "\r\n.") // dots are doubled on the line (RFC 5321, 4.5.2)
			if !c.asked && !isASCII(raw) {
				t.Errorf("8-bit bytes on the line:\n%s", raw)
			}
			if message := takeApart(t, []byte(raw)); message.text != mail.TextBody || message.html != mail.HTMLBody {
				t.Errorf("bodies changed on the way: %q", message.text)
			}
		})
	}
}

// Whatever names, subjects and addresses are like, no line is longer than 998 bytes (RFC 5322, 2.1.1), everything is ASCII, and
// a reader's program finds the same again. Over the line and in a file alike.
func TestLongAndStrangeMessages(t *testing.T) {
	long := strings.Repeat("a", 63)
	for _, c := range []struct{ name, address, subject string }{
		{strings.Repeat("W", 120), "zoe@acme.example", strings.Repeat("x", 900)},
		{strings.Repeat("佐", 120), "zoe@acme.example", strings.Repeat("ö", 900)},
		{strings.Repeat("👩‍👩‍👧", 20), long + "@" + long + "." + long + "." + long[:50] + ".example", "👩‍👩‍👧"},
		{`Quote " back \ slash, comma; <angle>`, "zoe.o+gate@müller.example", "A \"quoted\" subject; with, signs <and> such"},
	} {
		mail := letterTo(c.name, c.address)
		mail.Subject = c.subject
		mail.TextBody = strings.Repeat("é", 3000) + "\n.\n..\nFrom me\n" + strings.Repeat("x", 3000)
		server := startScripted(t, nil, nil)
		if err := server.transport(t, "?tls=none").Send(t.Context(), mail); err != nil {
			t.Errorf("%.20s: %v", c.name, err)
			continue
		}
		folder := t.TempDir()
		if err := NewFiles(folder, testFrom, slog.New(slog.DiscardHandler)).Send(t.Context(), mail); err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(folder, "*.eml"))
		if err != nil || len(files) != 1 {
			t.Fatal(files, err)
		}
		file, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		for where, raw := range map[string][]byte{"line": []byte(server.raw()), "file": file} {
			for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
				if len(line) > 998 {
					t.Errorf("%.20s: a line of %d bytes in the %s", c.name, len(line), where)
				}
			}
			if !isASCII(string(raw)) {
				t.Errorf("%.20s: 8-bit bytes in the %s", c.name, where)
			}
			if where == "line" {
				raw = bytes.ReplaceAll(raw, []byte("\r\n.."), []byte("\r\n."))
			}
			got := takeApart(t, raw)
			if got.text != mail.TextBody {
				t.Errorf("%.20s: the text in the %s is %.80q", c.name, where, got.text)
			}
			to, err := got.header.AddressList("To")
			if err != nil || len(to) != 1 || to[0].Name != mail.RecipientName {
				t.Errorf("%.20s: to %v, %v in the %s", c.name, to, err, where)
			}
			if subject, err := new(mime.WordDecoder).DecodeHeader(got.header.Get("Subject")); err != nil || subject != mail.Subject {
				t.Errorf("%.20s: the subject in the %s is %.80q, %v", c.name, where, subject, err)
			}
		}
	}
}

// A file holds an address of another script as RFC 6532 writes it; an address whose domain cannot be looked up gets none.
func TestFilesOfOtherScripts(t *testing.T) {
	folder := t.TempDir()
	files := NewFiles(folder, testFrom, slog.New(slog.DiscardHandler))
	if err := files.Send(t.Context(), letterTo("Zoë", "zoë@müller.example")); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(folder, "*.eml"))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	raw, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	if to, err := takeApart(t, raw).header.AddressList("To"); err != nil || to[0].Address != "zoë@xn--mller-kva.example" {
		t.Errorf("to %v, %v", to, err)
	}
	failure, ok := errors.AsType[*Failure](files.Send(t.Context(), letterTo("Zoë", "zoe@-acme-.example")))
	if !ok || failure.Problem != db.AddressUnsupported || !failure.Final {
		t.Errorf("%+v", failure)
	}
}

func TestHelloNames(t *testing.T) {
	public := func(text string) *url.URL {
		u, err := url.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	for text, want := range map[string]string{
		"mail.example.com": "mail.example.com", "Mail.Example.com.": "mail.example.com", "müller.example": "xn--mller-kva.example",
		"gate": "gate", "[192.0.2.1]": "[192.0.2.1]", "[IPv6:2001:db8::1]": "[IPv6:2001:db8::1]",
	} {
		if got, err := HelloName(text, public("https://gatehouse.example")); err != nil || got != want {
			t.Errorf("HelloName(%q) = %q, %v; want %q", text, got, err, want)
		}
	}
	for _, text := range []string{" ", "mail example", "mail_1.example", "-a.example", "192.0.2.1", "2001:db8::1", "[2001:db8::1]", "[IPv6:192.0.2.1]", "[mail]", "a..b", "mail.example\r\nQUIT", "http://mail.example", "mail.example:25"} {
		if got, err := HelloName(text, public("https://gatehouse.example")); err == nil {
			t.Errorf("HelloName(%q) = %q, want an error", text, got)
		}
	}
	if got, err := HelloName("", public("https://Gate.example:8443")); err != nil || got != "gate.example" {
		t.Errorf("by default %q, %v", got, err)
	}
	for _, url := range []string{"http://localhost:8080", "https://192.0.2.1", "https://[2001:db8::1]"} {
		got, err := HelloName("", public(url))
		if _, ok := hostName(got); err != nil || !ok {
			t.Errorf("by default at %s: %q, %v", url, got, err)
		}
	}
	server := startScripted(t, nil, nil)
	if err := server.transport(t, "?tls=none").Send(t.Context(), letterTo("Zoë", "zoe@acme.example")); err != nil {
		t.Fatal(err)
	}
	if got := server.said("EHLO"); got != "EHLO gatehouse.example" {
		t.Errorf("greeted by %q", got)
	}
}
