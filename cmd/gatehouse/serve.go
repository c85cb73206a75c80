package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/term"

	"github.com/gatehouse/gatehouse/frontend"
	"github.com/gatehouse/gatehouse/internal/files"
	"github.com/gatehouse/gatehouse/internal/panics"
	"github.com/gatehouse/gatehouse/server"
)

// After SIGTERM the program ends within ten seconds, whatever is under way: requests have requestTime, what is written in the
// background after them has until backgroundTime, and the rest is for giving the database back.
const (
	requestTime    = 6 * time.Second
	backgroundTime = 9 * time.Second
	shutdownTime   = 9500 * time.Millisecond
)

type serveCommand struct {
	settings
}

func (c *serveCommand) Run(ctx context.Context, std streams, sources *settingSources) (err error) {
	hangUps := make(chan os.Signal, 1) // which would end the program
	signal.Notify(hangUps, syscall.SIGHUP)
	defer signal.Stop(hangUps)
	if err := c.check(); err != nil {
		return err
	}
	var pair *certificate
	if c.TLSCert != "" {
		if pair, err = loadCertificate(c.TLSCert, c.TLSKey, c.logger(std)); err != nil {
			return usagef("--tls-cert and --tls-key: %v", err)
		}
	}
	house, err := c.build(ctx, std)
	if err != nil {
		return err
	}
	if unknown := sources.unknownVariables(); len(unknown) > 0 {
		house.log.Warn("environment variables that are no settings are ignored: `gatehouse serve --help` has their names", "variables", unknown)
	}
	warnOfPublicURL(house.log, house.publicURL, pair != nil)
	if err := house.rememberPublicURL(ctx, c.PublicURL != ""); err != nil {
		return errors.Join(err, house.Close())
	}
	if err := c.announceSetUp(ctx, std, house); err != nil {
		return errors.Join(err, house.Close())
	}
	return c.serve(ctx, house, pair, hangUps)
}

// reloadOnHangUp reads the certificate again with each SIGHUP. Nothing else needs that, and without TLS nothing does.
func reloadOnHangUp(ctx context.Context, hangUps <-chan os.Signal, pair *certificate, log *slog.Logger) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangUps:
		}
		if pair == nil {
			log.Info("SIGHUP: nothing to read again without --tls-cert; other settings are read at start")
			continue
		}
		_ = pair.reload() // is in the log
	}
}

// serve listens until the context ends, then finishes what has begun, and closes the house.
func (c *serveCommand) serve(ctx context.Context, house *house, pair *certificate, hangUps <-chan os.Signal) error {
	metrics := server.NewMetrics(house.store)
	handler, err := server.New(server.Config{
		Store:          house.store,
		Accounts:       house.accounts,
		SignIn:         house.signIn,
		Catalogue:      house.catalogue,
		Doorkeeper:     house.doorkeeper,
		Page:           frontend.Files(),
		PublicURL:      house.publicURL,
		TrustedProxies: house.trustedProxies,
		ClientIPHeader: c.ClientIPHeader,
		Log:            house.log,
		Metrics:        metrics,
		Now:            time.Now,
	})
	if err != nil {
		return errors.Join(err, house.Close())
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return errors.Join(fmt.Errorf("--listen: %w", err), house.Close())
	}

	// What is noted of requests is written until the last of them has been answered.
	background, stopBackground := context.WithCancel(context.WithoutCancel(ctx))
	defer stopBackground()
	group, failed := errgroup.WithContext(ctx)
	group.Go(func() error { house.sender.Run(failed); return nil })
	group.Go(func() error { house.sweep(failed); return nil })
	group.Go(func() error { house.usage.Run(background); return nil })
	group.Go(func() error { tuneMemory(background); return nil })

	web := newHTTPServer(handler, house.log)
	group.Go(func() error { return ignoreClosed(serveHTTP(web, listener, pair)) })
	group.Go(func() error { reloadOnHangUp(background, hangUps, pair, house.log); return nil })
	observer := c.serveMetrics(group, server.MetricsHandler(metrics), house.log)
	house.log.Info("listening", "address", listener.Addr().String(), "open", house.publicURL.String(), "version", versionText())

	<-failed.Done() // told to stop, or a listener failed
	house.log.Info("stopping")
	began := time.Now()
	left := func(until time.Duration) (context.Context, context.CancelFunc) {
		return context.WithDeadline(context.WithoutCancel(ctx), began.Add(until))
	}
	requests, cancelRequests := left(requestTime)
	defer cancelRequests()
	endRequests(requests, house.log, web, observer)
	stopBackground()
	writing, cancelWriting := left(backgroundTime)
	defer cancelWriting()
	err = inTime(writing, house.log, "work in the background", func() error {
		house.signIn.Close()
		return group.Wait()
	})
	closing, cancelClosing := left(shutdownTime)
	defer cancelClosing()
	return errors.Join(err, inTime(closing, house.log, "the database", house.Close))
}

// endRequests lets servers finish their requests. Those that have not ended when the context does lose their connections.
func endRequests(ctx context.Context, log *slog.Logger, servers ...*http.Server) {
	var group sync.WaitGroup
	for _, web := range servers {
		if web == nil {
			continue
		}
		group.Go(func() {
			if err := web.Shutdown(ctx); err != nil {
				log.Warn("requests that did not end were cut off", "error", errors.Join(err, web.Close()))
			}
		})
	}
	group.Wait()
}

// inTime waits for something to end, but no longer than for the context: what hangs ends with the program.
func inTime(ctx context.Context, log *slog.Logger, what string, end func() error) error {
	ended := make(chan error, 1)
	go func() { ended <- panics.Catch(end) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		log.Warn("did not end in time and is given up", "what", what)
		return nil
	}
}

func serveHTTP(web *http.Server, listener net.Listener, pair *certificate) error {
	if pair == nil {
		return web.Serve(listener)
	}
	web.TLSConfig = &tls.Config{GetCertificate: pair.get}
	return web.ServeTLS(listener, "", "")
}

// serveMetrics starts the listener of the metrics. That the default address is taken by another program is told but
// stops nothing; an address that was asked for must be had.
func (c *serveCommand) serveMetrics(group *errgroup.Group, handler http.Handler, log *slog.Logger) *http.Server {
	if !c.hasMetrics() {
		return nil
	}
	listener, err := net.Listen("tcp", c.MetricsListen)
	if err != nil && c.MetricsListen == defaultMetricsListen {
		log.Warn("no metrics: the default address is taken; choose one with --metrics-listen", "error", err)
		return nil
	}
	observer := newHTTPServer(handler, log)
	group.Go(func() error {
		if err != nil {
			return fmt.Errorf("--metrics-listen: %w", err)
		}
		return ignoreClosed(observer.Serve(listener))
	})
	return observer
}

// The limits are on headers and on connections that do nothing: a body is bounded by its handler, and so is the time that an
// answer waits for its reader.
func newHTTPServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

func ignoreClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// announceSetUp tells how to create the first account: the link goes to a terminal or to a file of mode 0600 that the
// log names, never to a log.
func (c *serveCommand) announceSetUp(ctx context.Context, std streams, house *house) error {
	file := filepath.Join(c.Data, "setup-link")
	token, empty, err := house.accounts.IssueSetUpLink(ctx)
	if err != nil {
		return err
	}
	if !empty {
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	link := house.mail.SetUpLink(token)
	if screen, ok := std.err.(*os.File); ok && term.IsTerminal(int(screen.Fd())) {
		fmt.Fprintf(std.err, "\nNo account yet. Create the first one here; the link is good once:\n\n  %s\n\n", link)
		return nil
	}
	if err := files.WriteWhole(file, []byte(link+"\n"), os.Rename); err != nil {
		return err
	}
	house.log.Info("no account yet: create the first one with the link in this file; it is good once", "file", file)
	return nil
}
