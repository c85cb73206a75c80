package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	netmail "net/mail"
	"slices"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"github.com/gatehouse/gatehouse/db"
)

const (
	answerTimeout = 30 * time.Second // for each stage of a conversation
	quitTimeout   = 5 * time.Second  // the server has the mail by then
)

// SMTP is the transport by a mail server, with a connection for each mail.
type SMTP struct {
	server *server
	from   *netmail.Address
	hello  string
	roots  *x509.CertPool // nil: those of the system
}

// NewSMTP makes a transport of an address as in smtp://USER:PASSWORD@HOST:PORT?tls=starttls, tls being starttls (which is
// then insisted on), implicit or none. hello is the name of this machine for EHLO: see [HelloName].
func NewSMTP(address string, from *netmail.Address, hello string) (*SMTP, error) {
	server, err := parseServer(address)
	if err != nil {
		return nil, err
	}
	return &SMTP{server: server, from: from, hello: hello}, nil
}

// Send hands a mail over to the server. Its errors are [Failure]s.
func (s *SMTP) Send(ctx context.Context, mail *db.Mail) error {
	msg, err := envelope(mail, s.from)
	if err != nil {
		return err
	}
	c := &conversation{SMTP: s, stage: connecting, token: tokenIn(mail.TextBody)}
	defer c.end()
	if err := c.converse(ctx, mail, msg); err != nil {
		return c.failure(err)
	}
	return nil
}

// stage is how far a conversation with a mail server has come.
type stage int

const (
	connecting stage = iota
	greeting         // until EHLO is answered
	encrypting
	authenticating
	namingSender
	namingRecipient
	handingOver
)

// conversation is one connection to the mail server, which brings one mail.
type conversation struct {
	*SMTP
	stage  stage
	token  string // of the link in the mail; empty: it has none
	conn   net.Conn
	client *smtp.Client
	stop   func() bool
}

// enter begins a stage, which may take [answerTimeout].
func (c *conversation) enter(next stage) error {
	c.stage = next
	return c.conn.SetDeadline(time.Now().Add(answerTimeout))
}

func (c *conversation) end() {
	if c.conn != nil {
		c.stop()
		c.conn.Close()
	}
}

func (c *conversation) converse(ctx context.Context, mail *db.Mail, msg *message) error {
	if err := c.connect(ctx); err != nil {
		return err
	}
	if err := c.greet(ctx); err != nil {
		return err
	}
	if err := c.authenticate(); err != nil {
		return err
	}
	if err := c.nameBoth(mail, msg); err != nil {
		return err
	}
	return c.handOver(msg)
}

func (c *conversation) connect(ctx context.Context) (err error) {
	dialer := net.Dialer{Timeout: answerTimeout}
	c.conn, err = dialer.DialContext(ctx, "tcp", net.JoinHostPort(c.server.host, strconv.Itoa(c.server.port)))
	if err != nil {
		return err
	}
	c.stop = context.AfterFunc(ctx, func() { c.conn.Close() })
	return nil
}

// greet reads who the server is, says who this is, and encrypts the connection as the address of the server says.
func (c *conversation) greet(ctx context.Context) (err error) {
	conn := c.conn
	if c.server.encryption == implicitTLS {
		if err := c.enter(encrypting); err != nil {
			return err
		}
		encrypted := tls.Client(conn, c.tlsConfig())
		if err := encrypted.HandshakeContext(ctx); err != nil {
			return err
		}
		conn = encrypted
	}
	if err := c.enter(greeting); err != nil {
		return err
	}
	if c.client, err = smtp.NewClient(conn, c.server.host); err != nil {
		return err
	}
	if err := c.client.Hello(c.hello); err != nil || c.server.encryption != startTLS {
		return err
	}
	if err := c.enter(encrypting); err != nil {
		return err
	}
	if offered, _ := c.client.Extension("STARTTLS"); !offered {
		return errors.New("the mail server does not offer STARTTLS")
	}
	return c.client.StartTLS(c.tlsConfig())
}

func (c *conversation) authenticate() error {
	if c.server.user == "" {
		return nil
	}
	if err := c.enter(authenticating); err != nil {
		return err
	}
	_, offered := c.client.Extension("AUTH")
	mechanisms := strings.Fields(offered)
	user, password, host := c.server.user, c.server.password, c.server.host
	for _, known := range []struct {
		name string
		auth smtp.Auth
	}{
		{"SCRAM-SHA-256", smtp.ScramSHA256Auth(user, password)},
		{"PLAIN", smtp.PlainAuth("", user, password, host, false)},
		{"LOGIN", smtp.LoginAuth(user, password, host, false)},
		{"CRAM-MD5", smtp.CRAMMD5Auth(user, password)},
	} {
		if slices.Contains(mechanisms, known.name) {
			return c.client.Auth(known.auth)
		}
	}
	return errors.New("the mail server offers no way to authenticate that is known here")
}

// nameBoth names sender and recipient. SMTPUTF8 (RFC 6531) is asked for only where the message has an address that is not
// ASCII before its @; where the server does not know it such a message is not sent at all.
func (c *conversation) nameBoth(mail *db.Mail, msg *message) error {
	if err := c.enter(namingSender); err != nil {
		return err
	}
	known, _ := c.client.Extension("SMTPUTF8")
	switch {
	case msg.utf8Recipient && !known:
		return &Failure{Problem: db.AddressUnsupported, Final: true, Err: errors.New("the recipient's address needs SMTPUTF8, which the mail server does not offer")}
	case msg.utf8Sender && !known:
		return &Failure{Problem: db.SenderRefused, Err: errors.New("the sender's address (--mail-from) needs SMTPUTF8, which the mail server does not offer")}
	}
	c.client.SkipSMTPUTF8(!msg.utf8Recipient && !msg.utf8Sender)
	if err := c.client.Mail(path(c.from.Address)); err != nil {
		return err
	}
	if err := c.enter(namingRecipient); err != nil {
		return err
	}
	return c.client.Rcpt(path(msg.recipient))
}

// path is an address as commands write it: in angle brackets, with quotes where RFC 5321 requires them.
func path(address string) string { return (&netmail.Address{Address: address}).String() }

func (c *conversation) handOver(msg *message) error {
	if err := c.enter(handingOver); err != nil {
		return err
	}
	body, err := c.client.Data()
	if err != nil {
		return err
	}
	if _, err := msg.WriteTo(body); err != nil {
		return err
	}
	if err := body.Close(); err != nil {
		return err
	}
	// The server has the mail: whatever goes wrong when saying goodbye changes nothing.
	if c.conn.SetDeadline(time.Now().Add(quitTimeout)) == nil {
		_ = c.client.Quit()
	}
	return nil
}

func (s *SMTP) tlsConfig() *tls.Config {
	return &tls.Config{ServerName: s.server.host, RootCAs: s.roots, MinVersion: tls.VersionTLS12}
}

// message is a mail as it goes over the line (RFC 5322).
type message struct {
	*gomail.Msg
	recipient                 string // with its domain in ASCII
	utf8Sender, utf8Recipient bool   // the address is not ASCII before its @
}
