package mail

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
)

var testFrom = &netmail.Address{Name: "Gatehouse", Address: "gatehouse@gatehouse.example"}

func letterTo(name, address string) *db.Mail {
	return &db.Mail{
		ID: "mail_01h455vb4pex5vsknk084sn02q", Kind: "passwordReset", Recipient: address, RecipientName: name, Language: db.French,
		Subject: "Définir un nouveau mot de passe", TextBody: "Suivez " + setPassword + "\n.\nfin é", HTMLBody: "<p>" + setPassword + " é</p>",
		CreatedAt: db.At(noon), Attempts: 1,
	}
}

// received is a message as its reader's program takes it apart.
type received struct {
	header     netmail.Header
	text, html string
}

func takeApart(t *testing.T, raw []byte) received {
	t.Helper()
	msg, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("no message of RFC 5322: %v\n%s", err, raw)
	}
	kind, parameters, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("content type %q, %v", kind, err)
	}
	got := received{header: msg.Header}
	parts := multipart.NewReader(msg.Body, parameters["boundary"])
	for _, into := range []*string{&got.text, &got.html} { // the plainest first (RFC 2046, 5.1.4)
		part, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		var content []byte
		switch encoding := part.Header.Get("Content-Transfer-Encoding"); encoding {
		case "quoted-printable":
			content, err = io.ReadAll(quotedprintable.NewReader(part))
		default:
			t.Fatalf("encoding %q", encoding)
		}
		if err != nil {
			t.Fatal(err)
		}
		*into = strings.ReplaceAll(string(content), "\r\n", "\n")
	}
	if _, err := parts.NextPart(); !errors.Is(err, io.EOF) {
		t.Errorf("a third part: %v", err)
	}
	return got
}

func TestFilesAreWholeMessages(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "mail")
	var log bytes.Buffer
	files := NewFiles(folder, testFrom, slog.New(slog.NewTextHandler(&log, nil)))
	mail := letterTo("Zoë \"Z\" O’Neill", "zoe@acme.example")
	for range 2 { // a second attempt makes no second file
		if err := files.Send(t.Context(), mail); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 || entries[0].Name() != "20251123T120000.000Z-mail_01h455vb4pex5vsknk084sn02q.eml" {
		t.Fatalf("files %v, %v", entries, err)
	}
	file := filepath.Join(folder, entries[0].Name())
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
	if info, err := os.Stat(folder); err != nil || info.Mode().Perm() != 0o700 {
		t.Fatalf("mode of the folder %v, %v", info.Mode(), err)
	}
	if !strings.Contains(log.String(), file) || strings.Contains(log.String(), string(testToken)) {
		t.Errorf("the log says %s", &log)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got := takeApart(t, raw)
	if got.text != mail.TextBody || got.html != mail.HTMLBody {
		t.Errorf("bodies changed on the way: %q, %q", got.text, got.html)
	}
	for name, want := range map[string]string{
		"From": `"Gatehouse" <gatehouse@gatehouse.example>`, "Date": "Sun, 23 Nov 2025 12:00:00 +0000",
		"Message-Id":     "<mail_01h455vb4pex5vsknk084sn02q@gatehouse.example>",
		"Auto-Submitted": "auto-generated", "Content-Language": "fr", "Mime-Version": "1.0",
	} {
		if value := got.header.Get(name); value != want {
			t.Errorf("%s: %q, want %q", name, value, want)
		}
	}
	if subject, err := new(mime.WordDecoder).DecodeHeader(got.header.Get("Subject")); err != nil || subject != mail.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	if to, err := got.header.AddressList("To"); err != nil || len(to) != 1 || to[0].Name != mail.RecipientName || to[0].Address != mail.Recipient {
		t.Errorf("to %v, %v", to, err)
	}
}

// A name or subject cannot bring a header of its own, nor another recipient, even if it got past where it is typed.
func TestHeadersCannotBeInjected(t *testing.T) {
	for _, evil := range []string{
		"Eve\r\nBcc: all@acme.example", "Eve\nSubject: hi", "Eve\r\n\r\nbody", `Eve" <all@acme.example>, "x`, "Eve <all@acme.example>,",
		"Eve\u2028Bcc: all@acme.example", "Éve\r\nBcc: all@acme.example", "=?utf-8?q?Eve=0D=0ABcc:_all@acme.example?=", strings.Repeat("ü ", 300),
	} {
		mail := letterTo(evil, "eve@acme.example")
		mail.Subject = evil
		msg, err := envelope(mail, &netmail.Address{Name: evil, Address: "gatehouse@gatehouse.example"})
		if err != nil {
			t.Fatal(err)
		}
		var raw bytes.Buffer
		if _, err := msg.WriteTo(&raw); err != nil {
			t.Fatal(err)
		}
		got := takeApart(t, raw.Bytes())
		if len(got.header) != 10 || len(got.header["Subject"]) != 1 || got.header.Get("Bcc") != "" {
			t.Errorf("%q: headers %v", evil, got.header)
		}
		if recipients, err := msg.GetRecipients(); err != nil || len(recipients) != 1 || recipients[0] != "<eve@acme.example>" && recipients[0] != "eve@acme.example" {
			t.Errorf("%q: goes to %q, %v", evil, recipients, err)
		}
		if got.text != mail.TextBody {
			t.Errorf("%q: the text is %q", evil, got.text)
		}
	}
}

func TestDomainsOfOtherScripts(t *testing.T) {
	msg, err := envelope(letterTo("Jörg", "joerg@müller.example"), &netmail.Address{Address: "gatehouse@gatehouse.example"})
	if err != nil {
		t.Fatal(err)
	}
	if to, err := msg.GetRecipients(); err != nil || !strings.Contains(to[0], "joerg@xn--mller-kva.example") {
		t.Errorf("goes to %q, %v", to, err)
	}
	if _, err := envelope(letterTo("Nobody", "nobody"), &netmail.Address{Address: "gatehouse@gatehouse.example"}); err == nil {
		t.Error("an address without a domain is taken")
	}
}

// Rule 13: what a server answers is stored and logged without the link that it may quote, and not at any length.
func TestErrorsAreDescribedWithoutSecrets(t *testing.T) {
	text := describe("554 blocked\r\n" + setPassword + " (#token=" + string(testToken) + ") " + string(testToken) + strings.Repeat(" no", 400))
	if strings.Contains(text, string(testToken)) || strings.Contains(text, "set-password") || strings.ContainsAny(text, "\r\n") ||
		len([]rune(text)) > 300 || !strings.HasPrefix(text, "554 blocked") {
		t.Errorf("described as %q", text)
	}
}
