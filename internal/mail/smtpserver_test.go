package mail

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// mailServer is a real SMTP server on the loopback that keeps what it takes.
type mailServer struct {
	address string // host and port
	roots   *x509.CertPool
	user    string // empty: without AUTH
	pass    string

	mutex    sync.Mutex
	answers  map[string][]error // by command, the next first; none left: yes
	accepted []accepted
}

type accepted struct {
	from, to  string
	encrypted bool
	user      string
	raw       []byte
}

// startMailServer listens until the test ends. With implicit it speaks TLS from the start, otherwise it offers STARTTLS.
func startMailServer(t *testing.T, implicit bool, user, pass string) *mailServer {
	t.Helper()
	certificate, roots := selfSigned(t)
	s := &mailServer{roots: roots, user: user, pass: pass, answers: map[string][]error{}}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &served{server: s, conn: c}, nil }))
	server.Domain = "mail.example"
	server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}}
	server.AllowInsecureAuth = true // the client must refuse by itself
	server.ErrorLog = log.New(io.Discard, "", 0)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.address = listener.Addr().String()
	if implicit {
		listener = tls.NewListener(listener, server.TLSConfig)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != nil && !errors.Is(err, smtp.ErrServerClosed) {
			t.Error(err)
		}
	})
	return s
}

// answer has the server refuse a command, once for each error, before it takes it.
func (s *mailServer) answer(command string, answers ...error) { s.answers[command] = answers }

func (s *mailServer) reply(command string) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if len(s.answers[command]) == 0 {
		return nil
	}
	next := s.answers[command][0]
	s.answers[command] = s.answers[command][1:]
	return next
}

func (s *mailServer) mails() []accepted {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.accepted
}

// transport is a client of the server that trusts its certificate.
func (s *mailServer) transport(t *testing.T, encryption string) *SMTP {
	t.Helper()
	credentials := ""
	if s.user != "" {
		credentials = s.user + ":" + s.pass + "@"
	}
	transport, err := NewSMTP(fmt.Sprintf("smtp://%s%s?tls=%s", credentials, s.address, encryption), testFrom, "gatehouse.example")
	if err != nil {
		t.Fatal(err)
	}
	transport.roots = s.roots
	return transport
}

type served struct {
	server *mailServer
	conn   *smtp.Conn
	mail   accepted
}

func (c *served) AuthMechanisms() []string { return []string{sasl.Plain} }

func (c *served) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, pass string) error {
		if err := c.server.reply("AUTH"); err != nil {
			return err
		}
		if user != c.server.user || pass != c.server.pass {
			return smtp.ErrAuthFailed
		}
		c.mail.user = user
		return nil
	}), nil
}

func (c *served) Mail(from string, _ *smtp.MailOptions) error {
	c.mail.from = from
	_, c.mail.encrypted = c.conn.TLSConnectionState()
	return c.server.reply("MAIL")
}

func (c *served) Rcpt(to string, _ *smtp.RcptOptions) error {
	c.mail.to = to
	return c.server.reply("RCPT")
}

func (c *served) Data(r io.Reader) (err error) {
	if c.mail.raw, err = io.ReadAll(r); err != nil {
		return err
	}
	if err := c.server.reply("DATA"); err != nil {
		return err
	}
	c.server.mutex.Lock()
	defer c.server.mutex.Unlock()
	c.server.accepted = append(c.server.accepted, c.mail)
	return nil
}

func (c *served) Reset()        {}
func (c *served) Logout() error { return nil }

func selfSigned(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail.example"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots
}
