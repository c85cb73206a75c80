package main

import (
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"net/url"
	"path/filepath"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/account"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/panics"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/signin"
)

// house is the program put together: every room with what it works with.
type house struct {
	log            *slog.Logger
	publicURL      *url.URL
	publicURLKnown bool // false: made up, because neither a flag nor a server has told
	trustedProxies []netip.Prefix
	store          *db.DB
	catalogue      *access.Catalogue
	passwords      *password.Hasher
	mail           *mail.Composer
	sender         *mail.Sender
	accounts       *account.Service
	signIn         *signin.Service
	usage          *access.Usage
	doorkeeper     *access.Doorkeeper
}

// build opens what the settings name. Wrong flags are told before anything is made on the disk.
func (s *settings) build(ctx context.Context, std streams) (h *house, err error) {
	h = &house{log: s.logger(std)}
	if h.publicURL, err = s.publicURL(); err != nil {
		return nil, err
	}
	h.publicURLKnown = s.PublicURL != "" || !s.offline
	if h.trustedProxies, err = s.trustedProxies(); err != nil {
		return nil, err
	}
	if h.catalogue, err = s.catalogue(); err != nil {
		return nil, err
	}
	transport, err := s.mailTransport(h.publicURL, h.log)
	if err != nil {
		return nil, err
	}
	passwords, how, err := s.passwords()
	if err != nil {
		return nil, err
	}
	h.passwords = passwords
	if s.NoMigrate {
		h.store, err = s.open(ctx)
	} else {
		h.store, err = s.openMigrated(ctx)
	}
	if err != nil {
		return nil, err
	}
	keys, err := s.keys(ctx, h.store, h.log)
	if err != nil {
		return nil, errors.Join(err, h.store.Close())
	}
	if err := h.findPublicURL(ctx); err != nil {
		return nil, errors.Join(err, h.store.Close())
	}
	h.log.Info("passwords are hashed with Argon2id", how...)
	h.sender = mail.NewSender(mail.SenderConfig{Store: h.store, Transport: transport, Log: h.log, Now: time.Now, PublicURL: h.publicURL.String()})
	h.mail = &mail.Composer{PublicURL: h.publicURL.String(), Now: time.Now, Wake: h.sender.Wake}
	if !h.publicURLKnown {
		h.mail.PublicURL = mail.URLOfSender
	}
	return h, h.furnish(ctx, keys)
}

// furnish makes the rooms where accounts and sessions live.
func (h *house) furnish(ctx context.Context, keys *secret.Keys) error {
	h.accounts = account.New(account.Config{
		Store: h.store, Catalogue: h.catalogue, Passwords: h.passwords, Keys: keys, Mail: h.mail, Now: time.Now,
	})
	state, err := access.NewState(ctx, h.store, h.catalogue)
	if err != nil {
		return err
	}
	h.usage = access.NewUsage(h.store, h.log, h.accounts.TellOfNewAddress, time.Now)
	h.doorkeeper = &access.Doorkeeper{State: state, Usage: h.usage, Now: time.Now}
	h.signIn = signin.New(signin.Config{
		Store: h.store, Catalogue: h.catalogue, Passwords: h.passwords, Keys: keys, Mail: h.mail, State: state, Usage: h.usage, Now: time.Now,
		Log: h.log, PublicURL: h.publicURL,
	})
	return nil
}

func (s *settings) catalogue() (*access.Catalogue, error) {
	if s.Catalogue == "" {
		return access.Builtin(), nil
	}
	catalogue, err := access.LoadCatalogue(s.Catalogue)
	if err != nil {
		return nil, usagef("--catalogue: %v", err)
	}
	return catalogue, nil
}

// Without a mail server mails are files: nothing is lost, and somebody who tries the program reads them there.
func (s *settings) mailTransport(publicURL *url.URL, log *slog.Logger) (mail.Transport, error) {
	hello, err := mail.HelloName(s.EHLOName, publicURL)
	if err != nil {
		return nil, usagef("--ehlo-name: %v", err)
	}
	from, err := mail.ParseFrom(s.MailFrom)
	if err != nil {
		return nil, usagef("--mail-from: %v", err)
	}
	if s.SMTP == "" {
		return mail.NewFiles(filepath.Join(s.Data, "mail"), from, log), nil
	}
	transport, err := mail.NewSMTP(s.SMTP, from, hello)
	if err != nil {
		return nil, usagef("--smtp: %v", err)
	}
	return transport, nil
}

// sweepInterval is how often rows that have expired are removed, which count for nothing before that, too, and how often
// what changes slowly is looked at.
const sweepInterval = 10 * time.Minute

func (h *house) sweep(ctx context.Context) {
	ticker := time.NewTicker(sweepInterval)
	defer ticker.Stop()
	began := time.Now()
	clock := newClockWatch(began)
	h.sweepOnce(ctx, map[string]func(context.Context) error{"learn about passwords": h.signIn.LearnPasswords})
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		jobs := map[string]func(context.Context) error{"learn about passwords": h.signIn.LearnPasswords}
		if clock.trusted(time.Now(), time.Since(began)) {
			jobs["sweep what has expired"] = h.signIn.Sweep
			jobs["forget old addresses"] = h.accounts.ForgetUsage
			jobs["warn of keys that expire"] = h.accounts.WarnOfExpiringKeys
		} else {
			h.log.Warn("the clock has jumped: nothing is deleted as expired, and nobody is warned of keys that expire, for a day")
		}
		h.sweepOnce(ctx, jobs)
	}
}

func (h *house) sweepOnce(ctx context.Context, jobs map[string]func(context.Context) error) {
	for what, do := range jobs {
		if err := panics.Catch(func() error { return do(ctx) }); err != nil && ctx.Err() == nil {
			h.log.Error(what, "error", err)
		}
	}
}

// Close ends what works in the background and gives the database back.
func (h *house) Close() error {
	h.signIn.Close()
	return h.store.Close()
}
