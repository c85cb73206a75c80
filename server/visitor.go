package server

import (
	"errors"
	"log/slog"
	"net/http"

	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/signin"
)

// visitors finds out who is asking.
type visitors struct {
	signIn  *signin.Service
	cookies cookies
	address addressReader
	log     *slog.Logger
}

// identify hands each request on with its visitor: who they are by their session, and from where. Whether the session
// still holds is asked anew each time (product rules 5 and 6).
func (v visitors) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A browser that was made to send somebody's key along with its own session must not act as either (product rule 9).
		if r.Header.Get("Authorization") != "" && v.cookies.read(r, sessionCookie) != "" {
			graph.RefuseInput(w, http.StatusBadRequest, "send a session cookie or an Authorization header, not both")
			return
		}
		ip := v.address.read(r)
		if !ip.IsValid() {
			graph.RefuseInput(w, http.StatusBadRequest, "the connection has no IP address")
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
		if token := visitor.Client.SessionToken; token != "" {
			viewer, err := v.signIn.Viewer(r.Context(), token, ip)
			if err != nil && !errors.Is(err, access.ErrUnauthenticated) {
				v.log.ErrorContext(r.Context(), "read the session", "id", graph.RequestID(r.Context()), "error", err)
				graph.RefuseInternal(w, r)
				return
			}
			visitor.SetViewer(viewer)
		}
		next.ServeHTTP(w, r.WithContext(graph.WithVisitor(r.Context(), visitor)))
	})
}
