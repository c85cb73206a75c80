package server

import (
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/signin"
	"github.com/gatehouse/gatehouse/internal/text"
)

// secretHeader is where a service shows its secret when Authorization is the visitor's.
const secretHeader = "Gatehouse-Access-Point-Secret"

// services answers those who stand behind the doors.
type services struct {
	keeper    *access.Doorkeeper
	signIn    *signin.Service
	cookies   cookies
	address   addressReader
	publicURL *url.URL
	log       *slog.Logger
}

// mount puts the endpoints for services on a mux.
func (s services) mount(mux routes) {
	mux.HandleFunc("GET /.well-known/authzen-configuration", s.serveMetadata)
	mux.Handle("/.well-known/authzen-configuration", onlyMethods("GET, HEAD"))
	for path, serve := range map[string]serviceHandler{
		"/access/v1/evaluation":  s.serveEvaluation,
		"/access/v1/evaluations": s.serveEvaluations,
		"/oauth2/introspect":     s.serveIntrospection,
	} {
		mux.Handle("POST "+path, s.asking(serve))
		mux.Handle(path, onlyMethods(http.MethodPost))
	}
	mux.HandleFunc("/access/v1/", func(w http.ResponseWriter, r *http.Request) {
		refuse(w, r, http.StatusNotFound, "there are /access/v1/evaluation and /access/v1/evaluations, and no search")
	})
	mux.Handle("/access/forward-auth/{accessPoint}", withForwardAuthPolicy(s.asking(s.serveForwardAuth)))
}

// serviceHandler answers a service that has shown its secret.
type serviceHandler func(w http.ResponseWriter, r *http.Request, inquiry *access.Inquiry)

// asking lets only services with a secret ask. Whoever has none hears nothing, and neither does anybody while it cannot be
// known who may come in.
func (s services) asking(next serviceHandler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Cache-Control"] = noStore
		echoRequestID(w, r)
		inquiry, err := s.keeper.Inquire(r.Context(), shownSecret(r))
		switch {
		case errors.Is(err, access.ErrUnauthenticated):
			w.Header().Set("WWW-Authenticate", `Bearer realm="Gatehouse services"`)
			refuse(w, r, http.StatusUnauthorized, "show the secret of an access point: Authorization: Bearer gatesvc_…, or "+secretHeader+" for forward auth")
		case err != nil:
			s.refuseInternal(w, r, err)
		default:
			next(w, r, inquiry)
		}
	})
}

var noStore, noSniff = []string{"no-store"}, []string{"nosniff"}

// shownSecret is what a service shows: in the header of its own where there is one, so that Authorization can be the
// visitor's.
func shownSecret(r *http.Request) string {
	if own := r.Header.Get(secretHeader); own != "" {
		return text.Pasted(own)
	}
	scheme, shown, _ := strings.Cut(strings.TrimSpace(r.Header.Get("Authorization")), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return text.Pasted(shown)
}

// refuseInternal answers where no decision could be made. The cause is for the log.
func (s services) refuseInternal(w http.ResponseWriter, r *http.Request, err error) {
	refuseFault(s.log, w, r, "no decision could be made", err)
}

// refuseService answers without a decision; a message is a JSON string (AuthZEN Authorization API 1.0, 10.1.2).
func refuseService(w http.ResponseWriter, status int, message string) {
	answerJSON(w, status, message)
}

func answerJSON(w http.ResponseWriter, status int, answer any) {
	writeJSON(w, status, mustJSON(answer))
}

// maxRequestID is how many bytes of a client's own ID of a request are returned.
const maxRequestID = 1024

// echoRequestID returns the ID by which a client knows its request, as it is (AuthZEN Authorization API 1.0, 10.1.3). net/http lets
// no line break in or out.
func echoRequestID(w http.ResponseWriter, r *http.Request) {
	if id := r.Header.Get("X-Request-ID"); id != "" && len(id) <= maxRequestID {
		w.Header().Set("X-Request-ID", id)
	}
}

// parseIP reads a visitor's address as a service tells it: without port, zone and leading zeros.
func parseIP(written string) (netip.Addr, error) {
	ip, err := netip.ParseAddr(written)
	if err != nil || ip.Zone() != "" {
		return netip.Addr{}, errors.New("an IP address is IPv4 or IPv6, without port, zone or leading zeros")
	}
	return ip, nil
}

// withoutSecretsInURL refuses requests with a secret in their address, which stands in logs and histories along the way.
func withoutSecretsInURL(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, prefix := range []secret.Prefix{secret.APIKey, secret.ServiceSecret} {
			if strings.Contains(r.URL.RawQuery, string(prefix)) {
				refuse(w, r, http.StatusBadRequest, "the address holds a secret, and logs keep addresses: send it in the Authorization header, and replace it")
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}
