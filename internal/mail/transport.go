package mail

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"
	"golang.org/x/net/idna"

	"github.com/gatehouse/gatehouse/db"
)

// Transport brings one mail on its way. It is used by one goroutine at a time.
type Transport interface {
	// Send returns a [Failure] where it is known why, and another error where it is not: then trying again may be of use.
	Send(ctx context.Context, mail *db.Mail) error
}

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
// twice can be told to be one. Everything but an address that is not ASCII before its @ is ASCII: bodies are
// quoted-printable (RFC 2045), names and subject encoded words (RFC 2047), domains A-labels (RFC 5891). Its error is a
// [Failure].
func envelope(mail *db.Mail, from *netmail.Address) (*message, error) {
	recipient, err := asciiDomain(mail.Recipient)
	if err != nil {
		return nil, &Failure{Problem: db.AddressUnsupported, Final: true, Err: err}
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
	return &message{Msg: msg, recipient: recipient, utf8Sender: !isASCII(from.Address), utf8Recipient: !isASCII(recipient)}, nil
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
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
