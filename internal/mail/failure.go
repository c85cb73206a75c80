package mail

import (
	"encoding/base64"
	"errors"
	"net"
	"net/textproto"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/gatehouse/gatehouse/db"
)

// Failure is why an attempt to send a mail has failed.
type Failure struct {
	Problem db.MailProblem
	// Answer is what the mail server answered: code and text in one line of at most 300 characters, without links and
	// secrets; empty: nothing.
	Answer string
	// Final says that trying again is of no use.
	Final bool
	// Err is the whole story, for the log.
	Err error
}

func (f *Failure) Error() string { return f.Err.Error() }

// Unwrap returns the whole story.
func (f *Failure) Unwrap() error { return f.Err }

// failureOf is what is written down of an error of a transport.
func failureOf(err error) *Failure {
	if failure, ok := errors.AsType[*Failure](err); ok {
		return failure
	}
	failure := &Failure{Problem: db.OtherMailProblem, Err: err}
	switch {
	case errors.Is(err, errStopped):
		failure.Problem = db.NoMailProblem
	case errors.Is(err, errTooLong):
		failure.Problem = db.ServerUnreachable
	}
	return failure
}

// failure judges where and how a conversation ended. Only a recipient that does not exist, or that the server has no way to
// name, is final: everything else may be mended before the mail is given up, such as a wrong password, a blocked sender, a full
// mailbox or a greylist.
func (c *conversation) failure(err error) *Failure {
	if failure, ok := errors.AsType[*Failure](err); ok {
		return failure
	}
	failure := &Failure{Problem: c.problem(err), Err: errors.New(c.withoutSecrets(err.Error()))}
	if reply, ok := errors.AsType[*textproto.Error](err); ok {
		failure.Answer = describe(c.withoutSecrets(strconv.Itoa(reply.Code) + " " + reply.Msg))
		failure.Final = failure.Problem == db.RecipientUnknown
	}
	return failure
}

func (c *conversation) problem(err error) db.MailProblem {
	reply, answered := errors.AsType[*textproto.Error](err)
	switch {
	case answered && reply.Code < 500 && c.stage != encrypting:
		return db.Deferred
	case !answered && (c.stage == connecting || c.stage == greeting || c.stage >= namingSender || timedOut(err)):
		return db.ServerUnreachable
	}
	switch c.stage {
	case encrypting:
		return db.EncryptionError
	case authenticating:
		return db.AuthenticationError
	case namingSender:
		return db.SenderRefused
	case namingRecipient:
		if noSuchRecipient[enhancedCode(reply.Msg)] {
			return db.RecipientUnknown
		}
		return db.RecipientRefused
	case handingOver:
		return db.ContentRefused
	}
	return db.ConnectionRefused
}

func timedOut(err error) bool {
	network, ok := errors.AsType[net.Error](err)
	return ok && network.Timeout()
}

// noSuchRecipient are the enhanced status codes (RFC 3463, RFC 7505) by which a server says that a recipient does not exist:
// no such mailbox, no such domain, no valid address, moved without a new address, a domain that takes no mail. Without such a
// code a refusal may as well be one of policy.
var noSuchRecipient = map[string]bool{"5.1.1": true, "5.1.2": true, "5.1.3": true, "5.1.6": true, "5.1.10": true}

var enhanced = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}(\s|$)`)

// enhancedCode is what the text of an answer begins with (RFC 2034); empty: no such code. What stands further in may be an
// address.
func enhancedCode(text string) string { return strings.TrimSpace(enhanced.FindString(text)) }

func (c *conversation) withoutSecrets(text string) string {
	return withoutParts(c.withoutPassword(text), c.token)
}

var linkToken = regexp.MustCompile(`#token=([A-Za-z0-9_-]+)`)

// tokenIn is the token of the link in a mail; empty: it has none.
func tokenIn(text string) string {
	if found := linkToken.FindStringSubmatch(text); found != nil {
		return found[1]
	}
	return ""
}

// shortestPart is how much of a secret is looked for. What is shorter is no help to guess the rest.
const shortestPart = 6

// withoutParts takes out whatever is a part of a secret: a server may quote it in several lines.
func withoutParts(text, secret string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		n := 0
		for i+n < len(text) && strings.Contains(secret, text[i:i+n+1]) {
			n++
		}
		if n >= shortestPart {
			out.WriteString("(…)")
			i += n
			continue
		}
		out.WriteByte(text[i])
		i++
	}
	return out.String()
}

// A server may quote what it did not take: the password, as it is or as it goes over the line (RFC 4616, LOGIN).
func (s *SMTP) withoutPassword(text string) string {
	if s.server.password == "" {
		return text
	}
	encode := base64.StdEncoding.EncodeToString
	return strings.NewReplacer(
		encode([]byte("\x00"+s.server.user+"\x00"+s.server.password)), "(secret)",
		encode([]byte(s.server.password)), "(secret)",
		s.server.password, "(secret)",
	).Replace(text)
}

var (
	anyLink    = regexp.MustCompile(`\S*(://|#token=)\S*`)
	longSecret = regexp.MustCompile(`[A-Za-z0-9_\-+/=]{24,}`)
)

// describe is what a server said, or an error, as it may be stored, shown and logged. Servers quote what they refuse, so links
// and whatever looks like a secret are taken out, and so are characters that change how a line reads. It is bounded.
func describe(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, oneLine(strings.ToValidUTF8(text, "?")))
	text = longSecret.ReplaceAllString(anyLink.ReplaceAllString(text, "(link)"), "(…)")
	if runes := []rune(text); len(runes) > 300 {
		text = string(runes[:299]) + "…"
	}
	return text
}
