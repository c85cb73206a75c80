package server

import (
	"errors"
	"mime"
	"net/http"
	"net/netip"
	"strings"
	"unicode/utf8"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/text"
)

// introspection is the answer of RFC 7662, section 2.2. What is not active tells nothing more.
type introspection struct {
	Active    bool   `json:"active"`
	Subject   string `json:"sub,omitempty"`
	Username  string `json:"username,omitempty"`
	Scope     string `json:"scope,omitempty"`
	ExpiresAt int64  `json:"exp,omitempty"` // seconds since 1970
	IssuedAt  int64  `json:"iat,omitempty"`
	ClientID  string `json:"client_id,omitempty"` // of the key
	TokenType string `json:"token_type,omitempty"`
}

// introspectionError is the answer to a request that cannot be answered (RFC 6749, section 5.2).
type introspectionError struct {
	Error       string `json:"error"`
	Description string `json:"error_description"`
}

func (s services) serveIntrospection(w http.ResponseWriter, r *http.Request, inquiry *access.Inquiry) {
	if isEncoded(r.Header) {
		w.Header().Set("Accept-Encoding", "identity")
		refuse(w, r, http.StatusUnsupportedMediaType, "send the body as it is, without Content-Encoding")
		return
	}
	token, ip, wrong := readIntrospection(w, r)
	if wrong != "" {
		refuse(w, r, http.StatusBadRequest, wrong)
		return
	}
	answer, err := s.introspect(r, inquiry, token, ip)
	if err != nil {
		s.refuseInternal(w, r, err)
		return
	}
	answerJSON(w, http.StatusOK, answer)
}

func readIntrospection(w http.ResponseWriter, r *http.Request) (token string, ip netip.Addr, wrong string) {
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/x-www-form-urlencoded" {
		return "", ip, "send a form, with Content-Type: application/x-www-form-urlencoded"
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxQuestion)
	if err := r.ParseForm(); err != nil {
		return "", ip, "the form could not be read; it has at most 1 MiB"
	}
	for _, name := range [...]string{"token", "ip"} {
		if !utf8.ValidString(strings.Join(r.PostForm[name], "")) {
			return "", ip, name + " is not UTF-8"
		}
	}
	tokens := r.PostForm["token"]
	if len(tokens) != 1 || tokens[0] == "" {
		return "", ip, "send one parameter token"
	}
	if addresses := r.PostForm["ip"]; len(addresses) > 0 {
		var err error
		if ip, err = parseIP(addresses[0]); err != nil || len(addresses) > 1 {
			return "", ip, "ip: an IP address is IPv4 or IPv6, without port, zone or leading zeros"
		}
	}
	return text.Pasted(tokens[0]), ip, ""
}

// introspect says whether a key or a session at the access point may come in at the service's door.
func (s services) introspect(r *http.Request, inquiry *access.Inquiry, token string, ip netip.Addr) (introspection, error) {
	if strings.HasPrefix(token, string(secret.APIKey)) {
		subject, err := inquiry.Key(r.Context(), token)
		if err != nil || subject == nil || !inquiry.Decide(subject, ip, "", "").Allowed() {
			return introspection{}, err
		}
		answer := activeAnswer(subject, subject.Key.CreatedAt, subject.Key.ExpiresAt)
		answer.ClientID, answer.TokenType = string(subject.Key.ID), "ApiKey"
		return answer, nil
	}
	session, subject, err := s.visitorOf(r, inquiry, secret.Token(token))
	if err != nil || subject == nil || !inquiry.Decide(subject, ip, "", session.Session.Assurance).Allowed() {
		return introspection{}, err
	}
	answer := activeAnswer(subject, session.CreatedAt, session.Session.ExpiresAt)
	answer.TokenType = "session"
	return answer, nil
}

// visitorOf finds the session at an access point that has a token, and whose it is; nil when there is none.
func (s services) visitorOf(r *http.Request, inquiry *access.Inquiry, token secret.Token) (*db.AccessPointSession, *access.Subject, error) {
	session, err := s.signIn.AccessPointSession(r.Context(), inquiry.Service.DoorID, token)
	if errors.Is(err, access.ErrUnauthenticated) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	subject, err := inquiry.User(r.Context(), string(session.UserID))
	return session, subject, err
}

func activeAnswer(subject *access.Subject, issued, expires db.Time) introspection {
	answer := introspection{
		Active: true, Subject: string(subject.User.ID), Username: subject.User.Name,
		Scope: strings.Join(subject.Permissions().Codes(), " "), IssuedAt: issued.Time().Unix(),
	}
	if expires != 0 {
		answer.ExpiresAt = expires.Time().Unix()
	}
	return answer
}
