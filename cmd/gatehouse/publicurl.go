package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/origin"
	"github.com/gatehouse/gatehouse/internal/secret"
)

// findPublicURL has a subcommand that is not given --public-url use that of the server.
func (h *house) findPublicURL(ctx context.Context) error {
	if h.publicURLKnown {
		return nil
	}
	stored, err := h.store.PublicURL(ctx)
	if err != nil || stored == "" {
		return err
	}
	if h.publicURL, err = origin.Parse(stored); err != nil {
		return fmt.Errorf("the public URL in the database, %q: %w: start the server with --public-url", stored, err)
	}
	h.publicURLKnown = true
	return nil
}

// rememberPublicURL writes the server's address down for subcommands. One that was made up, because a server was started without
// --public-url to try something, replaces no other.
func (h *house) rememberPublicURL(ctx context.Context, given bool) error {
	stored, err := h.store.PublicURL(ctx)
	if err != nil || stored == h.publicURL.String() {
		return err
	}
	if before, err := url.Parse(stored); !given && stored != "" && (err != nil || !origin.IsLoopback(before.Hostname())) {
		h.log.Warn("--public-url is not given, and the server was started with another one before: mails of this server have links to the first",
			"public-url", h.publicURL.String(), "before", stored)
		return nil
	}
	if stored != "" {
		h.log.Info("the public URL has changed", "public-url", h.publicURL.String(), "before", stored)
	}
	return h.store.Touch(ctx, func(tx *db.Tx) error { return tx.SetPublicURL(ctx, h.publicURL.String()) })
}

// warnOfPublicURL says what browsers refuse under an address.
func warnOfPublicURL(log *slog.Logger, public *url.URL, hasTLS bool) {
	host := public.Hostname()
	if _, err := netip.ParseAddr(host); err == nil {
		log.Warn("there are no passkeys where the public URL has an address in place of a name", "public-url", public.String())
	}
	if public.Scheme == "http" && hasTLS {
		log.Warn("the public URL begins with http: although --tls-cert is given: cookies and links are those of a server without TLS", "public-url", public.String())
	}
	if public.Scheme == "http" && !origin.IsLoopback(host) {
		log.Warn("the public URL begins with http: browsers offer no passkeys there, and passwords and sessions can be read on their way", "public-url", public.String())
	}
}

// setPasswordLink is a link for the terminal.
func (h *house) setPasswordLink(std streams, token secret.Token) string {
	if !h.publicURLKnown {
		fmt.Fprintf(std.err, "gatehouse: no server has been started on this database and --public-url is not given: the link begins with %s; replace "+
			"that where visitors see the server at another address\n", h.publicURL)
	}
	composer := mail.Composer{PublicURL: h.publicURL.String()}
	return composer.SetPasswordLink(token)
}
