package server

import (
	"net/http"
	"time"

	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/signin"
)

const (
	sessionCookie = "gatehouse_session"
	deviceCookie  = "gatehouse_device"
	browserCookie = "gatehouse_presession"
)

// cookies reads and writes the cookies. Over HTTPS their names have the prefix __Host-: a browser then takes them
// only with Secure, for the whole host and no other, so that a neighbouring host cannot plant one (RFC 6265bis, 4.1.3.2).
type cookies struct {
	secure bool
	now    func() time.Time
}

func (c cookies) name(plain string) string {
	if c.secure {
		return "__Host-" + plain
	}
	return plain
}

// read returns a cookie's token, empty when there is none.
func (c cookies) read(r *http.Request, plain string) secret.Token {
	cookie, err := r.Cookie(c.name(plain))
	if err != nil {
		return ""
	}
	return secret.Token(cookie.Value)
}

func (c cookies) write(w http.ResponseWriter, plain string, token secret.Token, lifetime time.Duration) {
	http.SetCookie(w, &http.Cookie{
		Name:     c.name(plain),
		Value:    string(token),
		Path:     "/",
		Expires:  c.now().Add(lifetime).UTC(),
		MaxAge:   max(int(lifetime.Seconds()), 1),
		Secure:   c.secure,
		HttpOnly: true,
		SameSite: http.SameSiteLaxMode,
	})
}

func (c cookies) clear(w http.ResponseWriter, plain string) {
	http.SetCookie(w, &http.Cookie{
		Name: c.name(plain), Path: "/", MaxAge: -1, Secure: c.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// cookieWriter is what graph tells of sign-in steps, for one answer.
type cookieWriter struct {
	cookies
	w http.ResponseWriter
}

// SetSession implements graph.CookieWriter.
func (c cookieWriter) SetSession(token secret.Token, ends time.Time) {
	c.write(c.w, sessionCookie, token, ends.Sub(c.now()))
}

// ClearSession implements graph.CookieWriter.
func (c cookieWriter) ClearSession() { c.clear(c.w, sessionCookie) }

// SetDevice implements graph.CookieWriter.
func (c cookieWriter) SetDevice(token secret.Token) {
	c.write(c.w, deviceCookie, token, signin.DeviceLifetime)
}

// SetBrowser implements graph.CookieWriter.
func (c cookieWriter) SetBrowser(token secret.Token) {
	c.write(c.w, browserCookie, token, signin.ChallengeLifetime)
}
