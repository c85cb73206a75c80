package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"net"
	netmail "net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/gatehouse/gatehouse/db"
)

// answerTimeout is how long the server may take for each of its answers.
const answerTimeout = 30 * time.Second

// SMTP is the transport by a mail server, with a connection for each mail.
type SMTP struct {
	server *server
	from   *netmail.Address
	roots  *x509.CertPool // nil: those of the system
}

// NewSMTP makes a transport of an address as in smtp://USER:PASSWORD@HOST:PORT?tls=starttls, tls being starttls (which is
// then insisted on), implicit or none.
func NewSMTP(address string, from *netmail.Address) (*SMTP, error) {
	server, err := parseServer(address)
	if err != nil {
		return nil, err
	}
	return &SMTP{server: server, from: from}, nil
}

// Send hands a mail over to the server.
func (s *SMTP) Send(ctx context.Context, mail *db.Mail) error {
	msg, err := envelope(mail, s.from)
	if err != nil {
		return &RejectedError{err}
	}
	// The connection is ended here, because go-mail leaves it open when the server refuses TLS or the password, and asks
	// the context only until it is made.
	end := func() {}
	defer func() { end() }()
	dial := func(dialing context.Context, network, address string) (net.Conn, error) {
		conn, err := s.dial(dialing, network, address)
		if err == nil {
			stop := context.AfterFunc(ctx, func() { conn.Close() })
			end = func() { stop(); conn.Close() }
		}
		return conn, err
	}
	client, err := gomail.NewClient(s.server.host, append(s.options(), gomail.WithDialContextFunc(dial))...)
	if err != nil {
		return err
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if msg.IsDelivered() {
		return nil // whatever went wrong when saying goodbye
	}
	return s.judge(err)
}

func (s *SMTP) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if s.server.encryption == implicitTLS {
		return (&tls.Dialer{Config: s.tlsConfig()}).DialContext(ctx, network, address)
	}
	return (&net.Dialer{}).DialContext(ctx, network, address)
}

func (s *SMTP) options() []gomail.Option {
	options := []gomail.Option{
		gomail.WithPort(s.server.port),
		gomail.WithTimeout(answerTimeout),
		gomail.WithTLSConfig(s.tlsConfig()),
	}
	switch s.server.encryption {
	case startTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case implicitTLS:
		options = append(options, gomail.WithSSL())
	case noTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if s.server.user != "" {
		options = append(options, gomail.WithUsername(s.server.user), gomail.WithPassword(s.server.password),
			gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin, gomail.SMTPAuthCramMD5))
	}
	return options
}

func (s *SMTP) tlsConfig() *tls.Config {
	return &tls.Config{ServerName: s.server.host, RootCAs: s.roots, MinVersion: tls.VersionTLS12}
}

// judge tells a recipient that does not exist from everything else, which may be put right before the mail is given up: a
// list that the sender's address is on, a full mailbox, a wrong password.
func (s *SMTP) judge(err error) error {
	if err == nil {
		return errors.New("the mail server did not say that it has the mail")
	}
	judged := errors.New(s.withoutPassword(err.Error()))
	refused, ok := errors.AsType[*gomail.SendError](err)
	if ok && refused.Reason == gomail.ErrSMTPRcptTo && refused.ErrorCode() >= 500 && noSuchRecipient[refused.EnhancedStatusCode()] {
		return &RejectedError{judged}
	}
	return judged
}

// noSuchRecipient are the enhanced status codes (RFC 3463, RFC 7505) by which a server says that a recipient does not exist:
// no such mailbox, no such domain, no valid address, moved without a new address, a domain that takes no mail. Without such a
// code a refusal may as well be one of policy.
var noSuchRecipient = map[string]bool{"5.1.1": true, "5.1.2": true, "5.1.3": true, "5.1.6": true, "5.1.10": true}

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
