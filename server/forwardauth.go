package server

import (
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/secret"
)

const (
	// doorCookie is the door-scoped session on the service's own host, and doorBrowserCookie marks the browser that was sent
	// to sign in from there. Both are followed by the code of the access point: one host can have several.
	doorCookie        = "gatehouse_door_"
	doorBrowserCookie = "gatehouse_door_browser_"
)

// forwardRefusal is the body of what is not let in.
type forwardRefusal struct {
	Reason  access.Reason `json:"reason,omitempty"`
	Message string        `json:"message,omitempty"`
}

// serveForwardAuth answers a proxy that asks whether a visitor's request may pass: 200 with who it is, 401 where nobody is
// known, with a Location where they could sign in, and 403 with the reason. A proxy that hands every other answer on to the
// visitor gets 302 instead of that 401: it asks for ?redirect=true, or tells the method in X-Forwarded-Method, as Traefik and
// Caddy do. nginx takes none but 2xx, 401 and 403.
func (s services) serveForwardAuth(w http.ResponseWriter, r *http.Request, inquiry *access.Inquiry) {
	if r.PathValue("accessPoint") != inquiry.Service.Code {
		answerJSON(w, http.StatusForbidden, forwardRefusal{Reason: access.SubjectUnknown, Message: "the secret is another access point's"})
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
		answerJSON(w, http.StatusForbidden, forwardRefusal{Message: "send a session cookie or a key, not both"})
	case hasKey:
		visitor.letInByKey(key)
	default:
		visitor.letInBySession()
	}
}

// shownKey is the key that a program shows. Any other Authorization is for the service itself.
func shownKey(r *http.Request) (key string, shown bool) {
	scheme, text, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	text = strings.TrimSpace(text)
	switch {
	case strings.EqualFold(scheme, "ApiKey"):
		return text, true
	case strings.EqualFold(scheme, "Bearer"):
		return text, strings.HasPrefix(text, string(secret.APIKey))
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
	// asked is what the visitor asked the service for; nil where the proxy does not tell.
	asked *url.URL
	// wanted is the same, at an origin of the access point; otherwise nil.
	wanted *url.URL
}

func (s services) doorway(w http.ResponseWriter, r *http.Request, inquiry *access.Inquiry, ip netip.Addr) doorway {
	d := doorway{services: s, w: w, r: r, inquiry: inquiry, ip: ip, asked: wantedURL(r.Header)}
	if d.asked != nil && slices.Contains(inquiry.Service.Origins, originOf(d.asked)) {
		d.wanted = d.asked
	}
	d.cookies.secure = d.wanted == nil || d.wanted.Scheme == "https"
	return d
}

// wantedURL is what the visitor asked for, as the proxy tells: nginx in one header, Traefik and Caddy in three.
func wantedURL(header http.Header) *url.URL {
	text := header.Get("X-Original-URL")
	if text == "" {
		text = header.Get("X-Forwarded-Proto") + "://" + header.Get("X-Forwarded-Host") + header.Get("X-Forwarded-Uri")
	}
	wanted, err := url.Parse(text)
	if err != nil || wanted.Host == "" || wanted.User != nil {
		return nil
	}
	return wanted
}

func originOf(u *url.URL) string {
	port := u.Port()
	if u.Scheme == "https" && port == "443" || u.Scheme == "http" && port == "80" {
		return u.Scheme + "://" + strings.ToLower(strings.TrimSuffix(u.Host, ":"+port))
	}
	return u.Scheme + "://" + strings.ToLower(u.Host)
}

func (d doorway) letInByKey(text string) {
	subject, err := d.inquiry.Key(d.r.Context(), text)
	if err != nil {
		d.refuseInternal(d.w, d.r, err)
		return
	}
	d.decide(subject, "", "no API key of this account, or mistyped: a key is gatekey_ and 49 characters")
}

func (d doorway) letInBySession() {
	if d.cookies.read(d.r, doorCookie+d.inquiry.Service.Code) == "" {
		d.nobody(forwardRefusal{Reason: access.SubjectUnknown})
		return
	}
	session, subject, err := d.session()
	switch {
	case err != nil:
		d.refuseInternal(d.w, d.r, err)
	case subject == nil:
		d.nobody(forwardRefusal{Reason: access.SessionEnded})
	default:
		d.decide(subject, session.Session.Assurance, "")
	}
}

// session finds the session that the visitor's cookie shows, and whose it is. It is nil where there is none, where it belongs to
// another origin of the access point, and where the proxy does not tell which one was asked for.
func (d doorway) session() (*db.AccessPointSession, *access.Subject, error) {
	token := d.cookies.read(d.r, doorCookie+d.inquiry.Service.Code)
	if token == "" || d.wanted == nil {
		return nil, nil, nil
	}
	session, subject, err := d.visitorOf(d.r, d.inquiry, token)
	if err != nil || session == nil || session.Origin != originOf(d.wanted) {
		return nil, nil, err
	}
	return session, subject, nil
}

func (d doorway) decide(subject *access.Subject, assurance db.Assurance, unknown string) {
	decision := d.inquiry.Decide(subject, d.ip, d.r.URL.Query().Get("permission"), assurance)
	switch {
	case decision.Reason == access.SubjectUnknown:
		d.nobody(forwardRefusal{decision.Reason, unknown})
	case !decision.Allowed():
		answerJSON(d.w, http.StatusForbidden, forwardRefusal{Reason: decision.Reason})
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

// nobody says how to become somebody: programs by a key, people by signing in.
func (d doorway) nobody(refusal forwardRefusal) {
	if d.inquiry.Service.Kind != db.Interactive {
		d.w.Header().Set("WWW-Authenticate", `ApiKey realm="`+d.inquiry.Service.Code+`"`)
		answerJSON(d.w, http.StatusUnauthorized, refusal)
		return
	}
	if d.wanted == nil {
		refusal.Message = "the proxy must tell what the visitor asked for, at one of the access point's origins: X-Original-URL, or X-Forwarded-Proto, -Host and -Uri"
		d.w.Header().Set("WWW-Authenticate", `Gatehouse realm="`+d.inquiry.Service.Code+`"`)
		answerJSON(d.w, http.StatusUnauthorized, refusal)
		return
	}
	d.beginEntry(refusal)
}

// longestSession is how long the browser keeps the cookie. The session behind it ends by the account's policy.
const longestSession = 30 * 24 * time.Hour

// send has the visitor go elsewhere, in the way that the proxy understands.
func (d doorway) send(location string, refusal forwardRefusal) {
	d.w.Header().Set("Location", location)
	if d.r.URL.Query().Get("redirect") == "true" || d.r.Header.Get("X-Forwarded-Method") != "" {
		d.w.WriteHeader(http.StatusFound)
		return
	}
	d.w.Header().Set("WWW-Authenticate", `Gatehouse realm="`+d.inquiry.Service.Code+`"`)
	answerJSON(d.w, http.StatusUnauthorized, refusal)
}
