// Package server is everything about HTTP: routes, cookies and headers, who is asking and from where, health, metrics,
// and the page. What is asked is answered by graph.
package server

import (
	"cmp"
	"compress/gzip"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/account"
	"github.com/gatehouse/gatehouse/internal/signin"
)

// Config is what the server works with.
type Config struct {
	Store     *db.DB
	Accounts  *account.Service
	SignIn    *signin.Service
	Catalogue *access.Catalogue
	// Doorkeeper answers the services behind the doors.
	Doorkeeper *access.Doorkeeper
	// Page is the built page: index.html, and under _app/immutable what never changes under its name.
	Page fs.FS
	// PublicURL is where visitors see the server. With https cookies are Secure and have the prefix __Host-.
	PublicURL *url.URL
	// TrustedProxies are the prefixes of the proxies whose ClientIPHeader is believed (product rule 6).
	TrustedProxies []netip.Prefix
	// ClientIPHeader is the one header read from a trusted proxy; empty: X-Forwarded-For.
	ClientIPHeader string
	Log            *slog.Logger
	// Metrics takes the server's own; [NewMetrics] makes one, and [MetricsHandler] serves it on a listener of its own.
	Metrics *prometheus.Registry
	Now     func() time.Time
	// WriteTime is how long a part of an answer may wait for its reader; 0: half a minute.
	WriteTime time.Duration
}

// New makes the handler of everything but the metrics.
func New(config Config) (http.Handler, error) {
	page, err := newPage(config.Page)
	if err != nil {
		return nil, err
	}
	var (
		sessions = visitors{
			signIn:  config.SignIn,
			cookies: cookies{secure: config.PublicURL.Scheme == "https", now: config.Now},
			address: addressReader{trusted: config.TrustedProxies, header: config.ClientIPHeader},
			log:     config.Log,
		}
		behindDoors = services{
			keeper: config.Doorkeeper, signIn: config.SignIn, cookies: sessions.cookies, address: sessions.address,
			publicURL: config.PublicURL, log: config.Log,
		}
		graphQL = graph.NewHandler(graph.Config{
			Store:     config.Store,
			Accounts:  config.Accounts,
			SignIn:    config.SignIn,
			Catalogue: config.Catalogue,
			State:     config.Doorkeeper.State,
			Log:       config.Log,
			Now:       config.Now,
		})
		patterns []string
		browsers = routes{http.NewServeMux(), &patterns}
		mux      = routes{http.NewServeMux(), &patterns}
		https    = config.PublicURL.Scheme == "https"
	)
	compressed, err := gzhttp.NewWrapper(gzhttp.EnableZstd(false), gzhttp.AcceptWildcards(true), gzhttp.CompressionLevel(gzip.BestSpeed), gzhttp.MinSize(minCompressed))
	if err != nil {
		return nil, err
	}
	sdl := newPageFile("schema.graphql", []byte(graph.SDL())) // for code generators; the same for everybody
	sdl.contentType = "text/plain; charset=utf-8"
	host := newPublicHost(config.PublicURL)
	browsers.Handle("/graphql", compressed(recoverPanics(config.Log, host.onlyWithoutKey(sessions.identify(graphQL)))))
	browsers.HandleFunc("GET /schema.graphql", sdl.serve)
	browsers.HandleFunc("GET /healthz", serveAlive)
	browsers.HandleFunc("GET /readyz", readiness{config.Store, config.Log}.serve)
	browsers.Handle("GET /access/enter/{accessPoint}", host.only(http.HandlerFunc(behindDoors.serveEnter)))
	for _, path := range []string{"/schema.graphql", "/healthz", "/readyz", "/access/enter/{accessPoint}"} {
		browsers.Handle(path, onlyMethods("GET, HEAD"))
	}
	for _, path := range []string{"/graphql/", "/access/", "/oauth2/", "/.well-known/"} {
		browsers.HandleFunc(path, notFound)
	}
	browsers.Handle("/", host.only(page))
	mux.ServeMux.Handle("/", browsers)
	behindDoors.mount(mux)

	// Product rule 9.
	origin := http.NewCrossOriginProtection()
	if err := origin.AddTrustedOrigin(config.PublicURL.Scheme + "://" + config.PublicURL.Host); err != nil {
		return nil, err
	}
	// There the Origin is a visitor's of another host, and no cookie of this one counts.
	origin.AddInsecureBypassPattern("/access/forward-auth/")
	origin.SetDenyHandler(http.HandlerFunc(refuseOrigin))
	sameOrigin := origin.Handler(mux)
	if https {
		sameOrigin = withoutPlainOrigin(sameOrigin)
	}
	handler := exceptForServices(func(next http.Handler) http.Handler { return securityHeaders(https, page.scripts, next) },
		withoutSecretsInURL(sameOrigin))
	handler = recoverPanics(config.Log, handler)
	handler = observe(config.Log, newRequestMetrics(config.Metrics), sessions.address, handler)
	return site{writeDeadlines(cmp.Or(config.WriteTime, defaultWriteTime), identifyRequest(handler)), patterns}, nil
}

// site is the handler of [New], with the patterns of its routes for tests.
type site struct {
	http.Handler
	patterns []string
}

// minCompressed is how many bytes an answer of GraphQL has at least to be compressed.
const minCompressed = 1024

// withoutPlainOrigin refuses a change that a page makes which did not come over HTTPS, where this server does: somebody on the way may
// have written it. CrossOriginProtection compares hosts alone.
func withoutPlainOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isRead(r) && strings.HasPrefix(strings.ToLower(r.Header.Get("Origin")), "http:") && !strings.HasPrefix(r.URL.Path, "/access/forward-auth/") {
			refuseOrigin(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// refuseOrigin answers a request that a page of another origin makes (product rule 9).
func refuseOrigin(w http.ResponseWriter, r *http.Request) {
	refuse(w, r, http.StatusForbidden, "requests of a page of another origin are refused: call from a server, with an API key")
}
