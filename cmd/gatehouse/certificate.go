package main

import (
	"crypto/tls"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/gatehouse/gatehouse/internal/files"
	"github.com/gatehouse/gatehouse/internal/text"
)

// certificate is the pair of --tls-cert and --tls-key, as the files have it: each handshake looks at them, so that a renewed one is
// in use with the next connection, whether the files were written, renamed or reached by a link that leads elsewhere now.
type certificate struct {
	files [2]string // certificate chain, key
	log   *slog.Logger

	mutex sync.Mutex
	seen  [2]fs.FileInfo
	pair  *tls.Certificate
}

func loadCertificate(chain, key string, log *slog.Logger) (*certificate, error) {
	c := &certificate{files: [2]string{chain, key}, log: log}
	c.seen = c.look()
	pair, err := c.load()
	c.pair = &pair
	return c, err
}

// load reads the pair from the files.
func (c *certificate) load() (tls.Certificate, error) {
	var contents [2][]byte
	for i, file := range c.files {
		content, err := os.ReadFile(file)
		if err != nil {
			return tls.Certificate{}, err
		}
		contents[i] = text.WithoutMark(content)
	}
	return tls.X509KeyPair(contents[0], contents[1])
}

func (c *certificate) look() (seen [2]fs.FileInfo) {
	for i, file := range c.files {
		if info, err := os.Stat(file); err == nil {
			seen[i] = info
		}
	}
	return seen
}

// get is for [tls.Config.GetCertificate].
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if seen := c.look(); !files.Unchanged(seen[0], c.seen[0]) || !files.Unchanged(seen[1], c.seen[1]) {
		_ = c.read(seen) // is in the log, and the pair from before serves
	}
	return c.pair, nil
}

// reload reads the files even where they seem unchanged.
func (c *certificate) reload() error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.read(c.look())
}

// read takes the pair from the files. Where they hold none, such as between the renewal of the certificate and that of its key, the
// log says so once, and the pair from before serves until the files change again. seen is from before.
func (c *certificate) read(seen [2]fs.FileInfo) error {
	c.seen = seen
	pair, err := c.load()
	if err == nil && pair.Leaf == nil {
		err = errors.New("the file holds no certificate")
	}
	if err != nil {
		c.log.Error("the TLS certificate has changed and cannot be used: the one from before serves on", "error", err, "certificate", c.files[0], "key", c.files[1])
		return err
	}
	c.pair = &pair
	c.log.Info("the TLS certificate was read again", "certificate", c.files[0], "serial", pair.Leaf.SerialNumber.Text(16), "notAfter", pair.Leaf.NotAfter.Format(time.RFC3339))
	return nil
}
