package server

import (
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/text"
)

const (
	// doorCookie is the door-scoped session on the service's own host, and doorBrowserCookie marks the browser that was sent
	// to sign in from there. Both are followed by the code of the access point: one host can have several.
	doorCookie        = "gatehouse_door_"
	doorBrowserCookie = "gatehouse_door_browser_"
)

// serveForwardAuth answers a proxy that asks whether a visitor's request may pass: 200 with who it is, 401 where nobody is
// known, with a Location where they could sign in if a browser navigates, and 403 with the reason. A proxy that hands every other
// answer on to the visitor gets 302 instead of a 401 with a Location: it asks for ?redirect=true, or tells the method in X-Forwarded-Method, as Traefik and
// Caddy do. nginx takes none but 2xx, 401 and 403.
func (s services) serveForwardAuth(w http.ResponseWriter, r *http.Request, inquiry *access.Inquiry) {
	if r.PathValue("accessPoint") != inquiry.Service.Code {
		answerJSON(w, http.StatusForbidden, forwardRefusal{access.SubjectUnknown, sentenceFor(r, refusedSecret, netip.Addr{})})
		return
	}
	if wrong := wrongParameters(r.URL.RawQuery); wrong != "" {
		s.log.WarnContext(r.Context(), "it is not clear which permission a proxy asks for", "id", graph.RequestID(r.Context()), "proxy", r.RemoteAddr, "error", wrong)
		answerJSON(w, http.StatusBadRequest, forwardRefusal{Message: wrong})
		return
	}
	ip, err := s.address.read(r)
	if err != nil {
		warnOfAddress(s.log, r, err)
		answerJSON(w, http.StatusBadRequest, forwardRefusal{Message: err.Error()})
		return
	}
	visitor := s.doorway(w, r, inquiry, ip)
	key, hasKey := shownKey(r)
	token := visitor.cookies.read(r, doorCookie+inquiry.Service.Code)
	switch {
	case visitor.bringsCode():
		visitor.finishEntry()
	case hasKey && token != "":
		visitor.refuse(http.StatusForbidden, "", refusedBoth)
	case hasKey:
		visitor.letInByKey(key)
	default:
		visitor.letInBySession()
	}
}

// wrongParameters says why it is not clear which permission a proxy asks for; empty: it is. Other parameters may be the visitor's: Caddy
// hands them on where its configuration has none.
func wrongParameters(query string) string {
	parameters, err := url.ParseQuery(query)
	switch {
	case err != nil && strings.Contains(strings.ToLower(query), "permission"):
		return "the parameters of the forward-auth address are not well-formed: write ?permission=CODE"
	case len(parameters["permission"]) > 1:
		return "the forward-auth address has the parameter permission more than once: it asks for one permission"
	}
	return ""
}

// shownKey is the key that a program shows. Any other Authorization is for the service itself.
func shownKey(r *http.Request) (key string, shown bool) {
	scheme, key, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	key = text.Pasted(key)
	switch {
	case strings.EqualFold(scheme, "ApiKey"):
		return key, true
	case strings.EqualFold(scheme, "Bearer"):
		return key, strings.HasPrefix(key, string(secret.APIKey))
	}
	return "", false
}

// doorway is one visitor who stands at a service's door.
type doorway struct {
	services
	w       http.ResponseWriter
	r       *http.Request
	inquiry *access.Inquiry
	ip      netip.Addr
	// asked is what the visitor requested of the service.
	asked requested
	// known says whether the proxy reports all of that, at an origin of the access point.
	known bool
}

func (s services) doorway(w http.ResponseWriter, r *http.Request, inquiry *access.Inquiry, ip netip.Addr) doorway {
	d := doorway{services: s, w: w, r: r, inquiry: inquiry, ip: ip, asked: requestedOf(r, inquiry.Service.Origins)}
	d.known = d.asked.target != "" && slices.Contains(inquiry.Service.Origins, d.asked.origin)
	d.cookies.secure = !d.known || strings.HasPrefix(d.asked.origin, "https:")
	return d
}

func (d doorway) letInByKey(text string) {
	subject, err := d.inquiry.Key(d.r.Context(), text)
	if err != nil {
		d.refuseInternal(d.w, d.r, err)
		return
	}
	d.decide(subject, "", refusedKey)
}

func (d doorway) letInBySession() {
	if d.cookies.read(d.r, doorCookie+d.inquiry.Service.Code) == "" {
		d.nobody(access.SubjectUnknown, "")
		return
	}
	session, subject, err := d.session()
	switch {
	case err != nil:
		d.refuseInternal(d.w, d.r, err)
	case subject == nil:
		d.nobody(access.SessionEnded, "")
	default:
		d.decide(subject, session.Session.Assurance, "")
	}
}

// session finds the session that the visitor's cookie shows, and whose it is. It is nil where there is none, where it belongs to
// another origin of the access point, and where the proxy does not tell which one was asked for.
func (d doorway) session() (*db.AccessPointSession, *access.Subject, error) {
	token := d.cookies.read(d.r, doorCookie+d.inquiry.Service.Code)
	if token == "" || !d.known {
		return nil, nil, nil
	}
	session, subject, err := d.visitorOf(d.r, d.inquiry, token)
	if err != nil || session == nil || session.Origin != d.asked.origin {
		return nil, nil, err
	}
	return session, subject, nil
}

func (d doorway) decide(subject *access.Subject, assurance db.Assurance, unknown string) {
	decision := d.inquiry.Decide(subject, d.ip, d.r.URL.Query().Get("permission"), assurance)
	switch {
	case decision.Reason == access.SubjectUnknown:
		d.nobody(decision.Reason, unknown)
	case !decision.Allowed():
		d.refuse(http.StatusForbidden, decision.Reason, "")
	default:
		d.welcome(subject)
	}
}

// welcome tells the service who has come in.
func (d doorway) welcome(subject *access.Subject) {
	roles := make([]string, len(subject.Roles))
	for i, role := range subject.Roles {
		roles[i] = url.PathEscape(role.Name) // of any script; a header is ASCII, and a list has commas
	}
	header := d.w.Header()
	header.Set("Gatehouse-User", subject.User.Name)
	header.Set("Gatehouse-User-Id", string(subject.User.ID))
	header.Set("Gatehouse-Roles", strings.Join(roles, ","))
	header.Set("Gatehouse-Permissions", strings.Join(subject.Permissions().Codes(), ","))
	d.w.WriteHeader(http.StatusOK)
}

// refuse answers a visitor with a reason and a sentence, by default the reason's. Programs are answered the reason alone.
func (d doorway) refuse(status int, reason access.Reason, key string) {
	if key == "" && d.inquiry.Service.Kind == db.Interactive {
		key = refusalSentences[reason]
	}
	refusal := forwardRefusal{Reason: reason}
	if key != "" {
		refusal.Message = sentenceFor(d.r, key, d.ip)
	}
	answerJSON(d.w, status, refusal)
}

// nobody says how to become somebody: programs by a key, people by signing in.
func (d doorway) nobody(reason access.Reason, key string) {
	switch {
	case d.inquiry.Service.Kind != db.Interactive:
		d.unauthorized("ApiKey", reason, key)
	case !d.known:
		d.unauthorized("Gatehouse", reason, refusedUnknownRequest)
	case key != "", !isNavigation(d.r):
		d.unauthorized("Gatehouse", reason, key)
	default:
		d.beginEntry(reason)
	}
}

func (d doorway) unauthorized(scheme string, reason access.Reason, key string) {
	d.w.Header().Set("WWW-Authenticate", scheme+` realm="`+d.inquiry.Service.Code+`"`)
	d.refuse(http.StatusUnauthorized, reason, key)
}

// longestSession is how long the browser keeps the cookie. The session behind it ends by the account's policy.
const longestSession = 30 * 24 * time.Hour

// send has the visitor go elsewhere, in the way that the proxy understands.
func (d doorway) send(location string, reason access.Reason) {
	d.w.Header().Set("Location", location)
	if d.r.URL.Query().Get("redirect") == "true" || d.r.Header.Get("X-Forwarded-Method") != "" {
		d.w.WriteHeader(http.StatusFound)
		return
	}
	d.unauthorized("Gatehouse", reason, "")
}
