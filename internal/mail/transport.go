package mail

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"regexp"
	"strings"

	gomail "github.com/wneessen/go-mail"
	"golang.org/x/net/idna"

	"github.com/gatehouse/gatehouse/db"
)

// Transport brings one mail on its way. It is used by one goroutine at a time.
type Transport interface {
	// Send returns a [RejectedError] when trying again is of no use, and another error when it may be.
	Send(ctx context.Context, mail *db.Mail) error
}

// RejectedError says that a mail will never be accepted: its recipient does not exist, say.
type RejectedError struct{ Err error }

func (e *RejectedError) Error() string { return "rejected: " + e.Err.Error() }

// Unwrap returns what the transport said.
func (e *RejectedError) Unwrap() error { return e.Err }

// ParseFrom reads the sender of all mails: "Gatehouse <gatehouse@acme.example>", or the bare address.
func ParseFrom(text string) (*netmail.Address, error) {
	from, err := netmail.ParseAddress(text)
	if err != nil {
		return nil, fmt.Errorf("sender of mails %q: want NAME <ADDRESS> or ADDRESS", text)
	}
	if from.Address, err = asciiDomain(from.Address); err != nil {
		return nil, fmt.Errorf("sender of mails %q: %w", text, err)
	}
	return from, nil
}

// envelope makes the whole message (RFC 5322) of a mail. It is the same at every attempt, so that a mail that arrives
// twice can be told to be one.
func envelope(mail *db.Mail, from *netmail.Address) (*gomail.Msg, error) {
	recipient, err := asciiDomain(mail.Recipient)
	if err != nil {
		return nil, err
	}
	words, ok := languages[mail.Language]
	if !ok {
		words = &english
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(from)
	msg.ToMailAddress(&netmail.Address{Name: mail.RecipientName, Address: recipient})
	msg.Subject(mail.Subject)
	msg.SetDateWithValue(mail.CreatedAt.Time())
	msg.SetMessageIDWithValue(string(mail.ID) + from.Address[strings.LastIndexByte(from.Address, '@'):])
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no answer from an absent reader
	msg.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "All")
	msg.SetGenHeader(gomail.HeaderContentLang, words.Code)
	msg.SetBodyString(gomail.TypeTextPlain, mail.TextBody)
	msg.AddAlternativeString(gomail.TypeTextHTML, mail.HTMLBody)
	return msg, nil
}

// asciiDomain writes the domain of an address as every mail server takes it (RFC 5891). What stands before the @ stays:
// for other scripts there the server must know SMTPUTF8 (RFC 6531).
func asciiDomain(address string) (string, error) {
	at := strings.LastIndexByte(address, '@')
	if at < 1 {
		return "", errors.New("no mail address")
	}
	domain, err := idna.Lookup.ToASCII(address[at+1:])
	if err != nil {
		return "", errors.New("no mail address: its domain cannot be looked up")
	}
	return address[:at+1] + domain, nil
}

var (
	link       = regexp.MustCompile(`\S*(://|#token=)\S*`)
	longSecret = regexp.MustCompile(`[A-Za-z0-9_\-+/=]{24,}`)
)

// describe is an error as it may be stored and logged. Servers quote what they refuse, so links and whatever looks like a
// secret are taken out, and it is bounded.
func describe(err error) string {
	text := longSecret.ReplaceAllString(link.ReplaceAllString(oneLine(err.Error()), "(link)"), "(…)")
	if runes := []rune(text); len(runes) > 300 {
		text = string(runes[:299]) + "…"
	}
	return strings.ToValidUTF8(text, "?")
}
