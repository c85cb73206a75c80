package server

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/signin"
	"github.com/gatehouse/gatehouse/internal/text"
)

// visitors finds out who is asking.
type visitors struct {
	signIn  *signin.Service
	cookies cookies
	address addressReader
	log     *slog.Logger
}

// identify hands each request on with its visitor: who they are by their session or key, and from where. Whether that
// still holds is asked anew each time (product rules 5 and 6).
func (v visitors) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A browser that was made to send somebody's key along with its own session must not act as either (product rule 9).
		if r.Header.Get("Authorization") != "" && v.cookies.read(r, sessionCookie) != "" {
			graph.Refuse(w, r, http.StatusBadRequest, "send a session cookie or an Authorization header, not both")
			return
		}
		ip, err := v.address.read(r)
		if err != nil {
			warnOfAddress(v.log, r, err)
			graph.Refuse(w, r, http.StatusBadRequest, err.Error())
			return
		}
		visitor := &graph.Visitor{
			Client: signin.Client{
				IP:           ip,
				UserAgent:    r.UserAgent(),
				SessionToken: v.cookies.read(r, sessionCookie),
				DeviceToken:  v.cookies.read(r, deviceCookie),
				BrowserToken: v.cookies.read(r, browserCookie),
			},
			Cookies:        cookieWriter{v.cookies, w},
			AcceptLanguage: r.Header.Get("Accept-Language"),
		}
		viewer, err := v.viewer(r, visitor.Client)
		if err != nil {
			v.refuse(w, r, err)
			return
		}
		visitor.SetViewer(viewer)
		next.ServeHTTP(w, r.WithContext(graph.WithVisitor(r.Context(), visitor)))
	})
}

// warnOfAddress tells the operator which proxy sends no address. The proxy is trusted: no stranger can flood the log.
func warnOfAddress(log *slog.Logger, r *http.Request, err error) {
	log.WarnContext(r.Context(), "a trusted proxy sends no address", "id", graph.RequestID(r.Context()), "proxy", r.RemoteAddr, "error", err)
}

// viewer is whose session or key a request shows; nil where it shows none, or a session that has ended.
func (v visitors) viewer(r *http.Request, client signin.Client) (*access.Viewer, error) {
	if authorization := r.Header.Get("Authorization"); authorization != "" {
		scheme, key, _ := strings.Cut(authorization, " ")
		if !strings.EqualFold(scheme, "ApiKey") && !strings.EqualFold(scheme, "Bearer") {
			return nil, secret.ErrMistyped
		}
		return v.signIn.KeyViewer(r.Context(), text.Pasted(key), client.IP)
	}
	if client.SessionToken == "" {
		return nil, nil
	}
	viewer, err := v.signIn.Viewer(r.Context(), client.SessionToken, client.IP)
	if errors.Is(err, access.ErrUnauthenticated) {
		return nil, nil
	}
	return viewer, err
}

// refuse answers a request with a key that is not let in. Who shows a session that has ended is nobody, and may sign in.
func (v visitors) refuse(w http.ResponseWriter, r *http.Request, err error) {
	refused, known := errors.AsType[*signin.KeyRefusedError](err)
	switch {
	case errors.Is(err, secret.ErrMistyped):
		graph.RefuseKey(w, r, "this is no API key, or it was mistyped: send Authorization: ApiKey KEY, where KEY is gatekey_ and 49 characters", string(access.SubjectUnknown))
	case known:
		graph.RefuseKey(w, r, keyRefusals[refused.Reason], string(refused.Reason))
	default:
		refuseFault(v.log, w, r, "the session or key could not be read", err)
	}
}

// keyRefusals say in words why a key is not let in.
var keyRefusals = map[access.Reason]string{
	access.SubjectUnknown:        "there is no such API key",
	access.UserInvited:           "the user of this API key has not been activated yet",
	access.UserDeactivated:       "the user of this API key was deactivated",
	access.KeyRevoked:            "this API key was revoked",
	access.KeyExpired:            "this API key has expired",
	access.AccessPointNotAllowed: "this API key, or its user, does not have the access point " + db.ForPrograms,
	access.IPNotWhitelisted:      "this address is outside the whitelists of the API key, its user or the access point " + db.ForPrograms,
}
