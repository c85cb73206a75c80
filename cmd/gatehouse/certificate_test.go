package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// pairOf makes a certificate with a serial number, and its key, in PEM.
func pairOf(t *testing.T, serial int64) (chain, key []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(serial), DNSNames: []string{"gatehouse.example"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: encoded})
}

type pairFiles struct {
	t          *testing.T
	chain, key string
}

func newPairFiles(t *testing.T, serial int64) pairFiles {
	t.Helper()
	folder := t.TempDir()
	f := pairFiles{t, filepath.Join(folder, "tls.crt"), filepath.Join(folder, "tls.key")}
	chain, key := pairOf(t, serial)
	f.put(f.chain, chain)
	f.put(f.key, key)
	return f
}

// put replaces a file as careful programs do.
func (f pairFiles) put(file string, content []byte) {
	f.t.Helper()
	if err := os.WriteFile(file+".new", content, 0o600); err != nil {
		f.t.Fatal(err)
	}
	if err := os.Rename(file+".new", file); err != nil {
		f.t.Fatal(err)
	}
}

func serialOf(t *testing.T, c *certificate) int64 {
	t.Helper()
	pair, err := c.get(nil)
	if err != nil {
		t.Fatal(err)
	}
	return pair.Leaf.SerialNumber.Int64()
}

// A renewed certificate is taken up in whatever way its files are replaced.
func TestRenewedCertificateIsTakenUp(t *testing.T) {
	for name, renew := range map[string]func(t *testing.T, f pairFiles, chain, key []byte){
		"renamed, the certificate first": func(_ *testing.T, f pairFiles, chain, key []byte) { f.put(f.chain, chain); f.put(f.key, key) },
		"renamed, the key first":         func(_ *testing.T, f pairFiles, chain, key []byte) { f.put(f.key, key); f.put(f.chain, chain) },
		"written in place": func(t *testing.T, f pairFiles, chain, key []byte) {
			for file, content := range map[string][]byte{f.chain: append(chain, "\nrenewed\n"...), f.key: append(key, "\nrenewed\n"...)} {
				if err := os.WriteFile(file, content, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		},
		"a link that leads elsewhere": func(t *testing.T, f pairFiles, chain, key []byte) { // certbot's live/ and the volumes of Kubernetes
			folder := t.TempDir()
			other := pairFiles{t, filepath.Join(folder, "new.crt"), filepath.Join(folder, "new.key")}
			other.put(other.chain, chain)
			other.put(other.key, key)
			for link, target := range map[string]string{f.chain: other.chain, f.key: other.key} {
				if err := os.Symlink(target, link+".link"); err != nil {
					t.Fatal(err)
				}
				if err := os.Rename(link+".link", link); err != nil {
					t.Fatal(err)
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newPairFiles(t, 1)
			c, err := loadCertificate(f.chain, f.key, slog.New(slog.DiscardHandler))
			if err != nil || serialOf(t, c) != 1 {
				t.Fatal(err)
			}
			chain, key := pairOf(t, 2)
			renew(t, f, chain, key)
			if got := serialOf(t, c); got != 2 {
				t.Errorf("the certificate has the serial number %d", got)
			}
		})
	}
}

// While the files hold no pair the one from before serves, and the log says so once for each state of the files.
func TestPairThatIsNoneLeavesTheOneBefore(t *testing.T) {
	f := newPairFiles(t, 1)
	var log strings.Builder
	c, err := loadCertificate(f.chain, f.key, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	chain, key := pairOf(t, 2)
	for i, change := range []func(){
		func() { f.put(f.chain, chain) },
		func() { f.put(f.chain, chain[:len(chain)/2]) },
		func() { f.put(f.chain, nil) },
		func() { f.put(f.chain, key) },
		func() { f.put(f.key, []byte("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n")) },
		func() { _ = os.Remove(f.key) },
		func() { _ = os.Remove(f.chain) },
	} {
		change()
		for range 3 {
			if got := serialOf(t, c); got != 1 {
				t.Errorf("change %d: serial number %d", i, got)
			}
		}
		if told := strings.Count(log.String(), "level=ERROR"); told != i+1 {
			t.Errorf("change %d: %d lines in the log: %s", i, told, &log)
		}
	}
	if strings.Contains(log.String(), "PRIVATE") {
		t.Errorf("the log has the key: %s", &log)
	}
	f.put(f.chain, chain)
	f.put(f.key, key)
	if got := serialOf(t, c); got != 2 {
		t.Errorf("after all: serial number %d", got)
	}
}

// served returns the serial number that a server shows to a new connection.
func served(t *testing.T, address string) int64 {
	t.Helper()
	conn, err := tls.Dial("tcp", address, &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"h2"}})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if got := conn.ConnectionState().NegotiatedProtocol; got != "h2" {
		t.Errorf("protocol %q", got)
	}
	return conn.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
}

// A running server shows a renewed certificate to the next connection. SIGHUP reads the files even where they seem unchanged.
func TestServerTakesUpRenewedCertificate(t *testing.T) {
	f := newPairFiles(t, 1)
	p := startProcess(t, "--data", t.TempDir(), "--tls-cert", f.chain, "--tls-key", f.key)
	if got := served(t, p.address); got != 1 {
		t.Errorf("serial number %d", got)
	}
	chain, key := pairOf(t, 2)
	f.put(f.chain, chain)
	if got := served(t, p.address); got != 1 {
		t.Errorf("between certificate and key: serial number %d", got)
	}
	p.waitFor(t, "cannot be used")
	f.put(f.key, key)
	if got := served(t, p.address); got != 2 {
		t.Errorf("renewed: serial number %d", got)
	}
	p.waitFor(t, "was read again")
	if err := p.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	p.waitFor(t, "was read again")
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Error(err)
	}
}

// SIGHUP does not end a server that has nothing to read again.
func TestHangUpWithoutTLS(t *testing.T) {
	p := startProcess(t, "--data", t.TempDir())
	for range 3 {
		if err := p.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		p.waitFor(t, "SIGHUP")
	}
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Error(err)
	}
}

// A pair that is none at start is a wrong value.
func TestPairThatIsNoneAtStart(t *testing.T) {
	f, other := newPairFiles(t, 1), newPairFiles(t, 2)
	folder := t.TempDir()
	for name, flags := range map[string][]string{
		"of two pairs": {"--tls-cert", f.chain, "--tls-key", other.key}, "swapped": {"--tls-cert", f.key, "--tls-key", f.chain},
		"empty": {"--tls-cert", writeFile(t, ""), "--tls-key", f.key}, "a folder": {"--tls-cert", folder, "--tls-key", f.key},
		"alone": {"--tls-cert", f.chain}, "the key alone": {"--tls-key", f.key}, "missing": {"--tls-cert", filepath.Join(folder, "x"), "--tls-key", f.key},
	} {
		data := filepath.Join(t.TempDir(), "data")
		code, _, stderr := gatehouse(t, "", append([]string{"serve", "--data", data, "--listen", "127.0.0.1:0", "--metrics-listen", "none"}, flags...)...)
		if code != exitUsage || strings.Count(stderr, "\n") != 1 || !strings.HasPrefix(stderr, "gatehouse: --tls-") {
			t.Errorf("%s: exit %d, %q", name, code, stderr)
		}
		if _, err := os.Lstat(data); err == nil {
			t.Errorf("%s: the data folder was made", name)
		}
	}
}
