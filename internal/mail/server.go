package mail

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// encryption says how a connection to a mail server is protected: the values of "tls" in its address.
type encryption string

const (
	startTLS    encryption = "starttls" // RFC 3207, and never without
	implicitTLS encryption = "implicit" // RFC 8314
	noTLS       encryption = "none"
)

var defaultPorts = map[encryption]int{startTLS: 587, implicitTLS: 465, noTLS: 25}

// server is a mail server by its address.
type server struct {
	host           string
	port           int
	user, password string
	encryption     encryption
}

// parseServer reads smtp://USER:PASSWORD@HOST:PORT?tls=starttls|implicit|none. Without tls it is starttls, without a port
// that of the encryption. No error shows the password.
func parseServer(address string) (*server, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("not an address: want smtp://USER:PASSWORD@HOST:PORT?tls=starttls, with %-escapes in user and password")
	}
	if u.Scheme != "smtp" {
		return nil, errors.New("want an address that begins with smtp:// (for TLS from the start: smtp://HOST?tls=implicit)")
	}
	if u.Path != "" && u.Path != "/" || u.Fragment != "" || u.Opaque != "" {
		return nil, errors.New("nothing may follow host and port but ?tls=starttls, ?tls=implicit or ?tls=none")
	}
	s := &server{host: u.Hostname(), encryption: startTLS}
	if s.host == "" || strings.ContainsFunc(s.host, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return nil, errors.New("want a host after smtp://")
	}
	if err := s.readOptions(u.RawQuery); err != nil {
		return nil, err
	}
	s.port = defaultPorts[s.encryption]
	if port := u.Port(); port != "" {
		if s.port, err = strconv.Atoi(port); err != nil || s.port < 1 || s.port > 65535 {
			return nil, errors.New("want a port from 1 to 65535")
		}
	}
	return s, s.readCredentials(u.User)
}

func (s *server) readOptions(query string) error {
	options, err := url.ParseQuery(query)
	if err != nil {
		return errors.New("what follows ? cannot be read: want tls=starttls, tls=implicit or tls=none")
	}
	for name, values := range options {
		if name != "tls" || len(values) != 1 {
			return errors.New("after ? stands tls=starttls, tls=implicit or tls=none, once, and nothing else")
		}
		s.encryption = encryption(values[0])
	}
	if _, ok := defaultPorts[s.encryption]; !ok {
		return errors.New("tls is starttls, implicit or none")
	}
	return nil
}

func (s *server) readCredentials(user *url.Userinfo) error {
	if user == nil {
		return nil
	}
	s.user = user.Username()
	s.password, _ = user.Password()
	switch {
	case s.user == "" || s.password == "":
		return errors.New("want both user and password before the @, or neither")
	case strings.ContainsRune(s.user+s.password, 0):
		return errors.New("user and password cannot hold a zero byte")
	case s.encryption == noTLS && !loopback(s.host):
		return fmt.Errorf("a password would go to %q for everybody to read: want tls=starttls or tls=implicit", s.host)
	}
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
