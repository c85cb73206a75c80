// Package server is everything about HTTP: routes, cookies and headers, who is asking and from where, health, metrics,
// and the page. What is asked is answered by graph.
package server

import (
	"cmp"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"time"

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
		browsers, mux = http.NewServeMux(), http.NewServeMux()
		https         = config.PublicURL.Scheme == "https"
	)
	host := newPublicHost(config.PublicURL)
	browsers.Handle("/graphql", graph.RecoverPanics(config.Log, host.onlyWithoutKey(sessions.identify(graphQL))))
	browsers.HandleFunc("GET /schema.graphql", serveSchema)
	browsers.HandleFunc("GET /healthz", serveAlive)
	browsers.HandleFunc("GET /readyz", readiness{config.Store, config.Log}.serve)
	browsers.Handle("/", host.only(page))
	browsers.Handle("GET /access/enter/{accessPoint}", host.only(http.HandlerFunc(behindDoors.serveEnter)))
	mux.Handle("/", browsers)
	behindDoors.mount(mux)

	// Product rule 9.
	origin := http.NewCrossOriginProtection()
	if err := origin.AddTrustedOrigin(config.PublicURL.Scheme + "://" + config.PublicURL.Host); err != nil {
		return nil, err
	}
	// There the Origin is a visitor's of another host, and no cookie of this one counts.
	origin.AddInsecureBypassPattern("/access/forward-auth/")
	handler := exceptForServices(func(next http.Handler) http.Handler { return securityHeaders(https, page.scripts, next) },
		withoutSecretsInURL(origin.Handler(mux)))
	handler = recoverPanics(config.Log, handler)
	handler = observe(config.Log, newRequestMetrics(config.Metrics), sessions.address, handler)
	return writeDeadlines(cmp.Or(config.WriteTime, defaultWriteTime), identifyRequest(handler)), nil
}

// serveSchema answers with the SDL, for code generators. It is the same for everybody.
func serveSchema(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write([]byte(graph.SDL()))
}
