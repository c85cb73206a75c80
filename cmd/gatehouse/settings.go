package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"github.com/gatehouse/gatehouse/internal/origin"
	"github.com/gatehouse/gatehouse/internal/password"
)

// settings are the flags of serve. Each is also an environment variable, GATEHOUSE_PUBLIC_URL for --public-url, and a line
// of --config FILE; the flag wins.
type settings struct {
	storage

	Listen    string `help:"Address to listen on." default:"127.0.0.1:8080"`
	PublicURL string `help:"Address of the server for visitors; the page is served under its host only. By default localhost with the port of --listen." name:"public-url" placeholder:"URL"`
	TLSCert   string `help:"Certificate chain, PEM. Without it TLS is the proxy's." type:"existingfile" name:"tls-cert" placeholder:"FILE"`
	TLSKey    string `help:"Its private key, PEM." type:"existingfile" name:"tls-key" placeholder:"FILE"`

	TrustedProxy   []string `help:"Prefix of a proxy that is believed about the visitor's address. Repeatable; none by default." placeholder:"PREFIX"`
	ClientIPHeader string   `help:"The one header read from a trusted proxy." default:"X-Forwarded-For" name:"client-ip-header"`

	SMTP     string `help:"smtp://user:pass@host:587?tls=starttls. Without it mails are written to mail/ in the data folder." name:"smtp" placeholder:"ADDRESS"`
	MailFrom string `help:"Sender of mails." default:"${mail_from}"`
	EHLOName string `help:"Name of this machine for mail servers. By default the host of --public-url, or the machine's own name." name:"ehlo-name" placeholder:"HOST"`

	PasswordHash   string `help:"Argon2id parameters of new passwords, such as m=65536,t=3,p=4. Without it what fits the machine is chosen at start." placeholder:"PARAMETERS"`
	PasswordMemory int    `help:"How much memory hashing may occupy, in MiB. Without it four hashes, and no more than a quarter of the machine." placeholder:"MIB"`

	Catalogue  string `help:"Permission catalogue, YAML, in place of the registrar's." type:"existingfile" placeholder:"FILE"`
	SecretFile string `help:"Key file; by default secret.key in the data folder, made where it is missing." placeholder:"FILE" type:"path"`
	NoMigrate  bool   `help:"Do not bring the database up to the newest schema at start."`

	MetricsListen string `help:"Address to serve Prometheus metrics on, or none." default:"${metrics_listen}"`
	LogFormat     string `help:"text or json." enum:"text,json" default:"text"`
	LogLevel      string `help:"debug, info, warn or error." enum:"debug,info,warn,error" default:"info"`

	keysLost bool // have a key file that does not belong to the database pass
	offline  bool // a subcommand beside the server: what is not given about links is the server's
}

// Defaults that the program itself compares with or needs.
const (
	defaultMetricsListen = "127.0.0.1:9090"
	defaultMailFrom      = "Gatehouse <gatehouse@localhost>"
	noMetrics            = "none"
)

// publicURL reads --public-url, or makes the address of a server that is tried on one machine.
func (s *settings) publicURL() (*url.URL, error) {
	address := s.PublicURL
	switch {
	case address == "" && s.TLSCert != "":
		address = "https://localhost:" + s.listenPort()
	case address == "":
		address = "http://localhost:" + s.listenPort()
	}
	u, err := origin.Parse(address)
	if err != nil {
		return nil, usagef("--public-url: %v", err)
	}
	return u, nil
}

// listenPort is the port of --listen; 8080 where the system chooses one, which is not known before the server listens.
func (s *settings) listenPort() string {
	_, port, err := net.SplitHostPort(s.Listen)
	if err != nil || port == "" || port == "0" {
		return "8080"
	}
	return port
}

// passwords makes what hashes passwords, and says for the log how.
func (s *settings) passwords() (hasher *password.Hasher, how []any, err error) {
	memory := availableMemory()
	choice := password.Choice{}
	if s.PasswordHash == "" {
		choice = password.Choose(memory)
	} else if choice.Params, err = password.ParseParams(s.PasswordHash); err != nil {
		return nil, nil, usagef("--password-hash: %v", err)
	}
	budget := choice.Params.Budget(memory)
	if s.PasswordMemory != 0 {
		budget = int64(s.PasswordMemory) << 20
	}
	hasher, err = password.New(password.Config{Params: choice.Params, MemoryBudget: budget})
	if err != nil {
		return nil, nil, usagef("--password-memory: %v", err)
	}
	return hasher, []any{"parameters", choice.Params.String(), "chosen", s.PasswordHash == "",
		"recommendedWouldTake", choice.Estimated.Round(time.Millisecond), "memoryMiB", budget >> 20}, nil
}

// trustedProxies reads --trusted-proxy; a bare address stands for itself. An IPv4-mapped one is IPv4, because that is how
// connections are compared with it.
func (s *settings) trustedProxies() ([]netip.Prefix, error) {
	var prefixes []netip.Prefix
	for _, text := range s.TrustedProxy {
		text = strings.TrimSpace(text)
		prefix, err := netip.ParsePrefix(text)
		if address, bare := netip.ParseAddr(text); err != nil && bare == nil && address.Zone() == "" {
			prefix, err = address.Prefix(address.BitLen())
		}
		if err == nil && prefix.Addr().Is4In6() {
			prefix, err = prefix.Addr().Unmap().Prefix(prefix.Bits() - 96)
		}
		if err != nil {
			return nil, usagef("--trusted-proxy: %q is not an address or prefix such as 192.0.2.0/24", text)
		}
		if prefix.Bits() == 0 {
			return nil, usagef("--trusted-proxy: %q trusts every address, and none would be left for visitors", text)
		}
		prefixes = append(prefixes, prefix.Masked())
	}
	return prefixes, nil
}

// check finds what is wrong with the flags of serve before anything is opened or logged.
func (s *settings) check() error {
	if (s.TLSCert == "") != (s.TLSKey == "") {
		return usagef("--tls-cert and --tls-key go together")
	}
	if !httpguts.ValidHeaderFieldName(s.ClientIPHeader) {
		return usagef("--client-ip-header: %q is not the name of a header such as X-Forwarded-For", s.ClientIPHeader)
	}
	if strings.EqualFold(s.ClientIPHeader, "Forwarded") {
		return usagef("--client-ip-header: Forwarded (RFC 7239) is not read; have the proxy set a header that holds addresses alone, such as X-Forwarded-For")
	}
	if err := probeListen("--listen", s.Listen); err != nil {
		return err
	}
	if !s.hasMetrics() {
		return nil
	}
	err := probeListen("--metrics-listen", s.MetricsListen)
	if s.MetricsListen == defaultMetricsListen && !errors.Is(err, errUsage) {
		return nil // without metrics, then
	}
	return err
}

func (s *settings) hasMetrics() bool { return s.MetricsListen != "" && s.MetricsListen != noMetrics }

// probeListen listens for a moment: that an address cannot be had is found before there is a database or a line in the log.
func probeListen(flag, address string) error {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return usagef("%s: %q is not an address such as 127.0.0.1:8080", flag, address)
	}
	if number, err := strconv.ParseUint(port, 10, 16); err != nil {
		return usagef("%s: %q is no port: want a number up to 65535, or 0 to have one chosen", flag, port)
	} else if port != strconv.FormatUint(number, 10) {
		return usagef("%s: write the port %q without zeros in front", flag, port)
	}
	if looksLikeIPv4.MatchString(host) {
		if _, err := netip.ParseAddr(host); err != nil {
			return usagef("%s: %q is no IPv4 address: want four numbers from 0 to 255", flag, host)
		}
	}
	listener, err := net.Listen("tcp", address)
	if _, unknown := errors.AsType[*net.DNSError](err); unknown {
		return usagef("%s: the host %q cannot be found: want an address of this machine, such as 127.0.0.1, or nothing before the colon for all of them", flag, host)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", flag, err)
	}
	return listener.Close()
}

// looksLikeIPv4 keeps names that are no addresses, such as 256.1.1.1, from being looked up.
var looksLikeIPv4 = regexp.MustCompile(`^[0-9.]+$`)

func (s *settings) secretFile() string {
	if s.SecretFile != "" {
		return s.SecretFile
	}
	return filepath.Join(s.Data, "secret.key")
}

func (s *settings) logger(std streams) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(s.LogLevel)); err != nil {
		level = slog.LevelInfo
	}
	options := &slog.HandlerOptions{Level: level}
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(std.err, options))
	}
	return slog.New(slog.NewTextHandler(std.err, options))
}
