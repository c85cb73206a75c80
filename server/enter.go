package server

import (
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/signin"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

func isUnauthenticated(err error) bool { return errors.Is(err, access.ErrUnauthenticated) }

// serveEnter is where forward auth sends a visitor who is to sign in: whoever is signed in here goes back to the service
// with a one-time code, and everybody else to the page first.
func (s services) serveEnter(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	ip, err := s.address.read(r)
	if err != nil {
		warnOfAddress(s.log, r, err)
		plainText(w, http.StatusBadRequest, err.Error())
		return
	}
	query := r.URL.Query()
	to, err := url.Parse(query.Get("to"))
	browser, badBrowser := base64.RawURLEncoding.DecodeString(query.Get("browser"))
	id, badID := typeid.Parse(r.PathValue("accessPoint"))
	if err != nil || to.Host == "" || to.User != nil || badBrowser != nil || len(browser) != 32 || badID != nil {
		plainText(w, http.StatusBadRequest, "this address is incomplete: go back to the service that you came from, and open it again")
		return
	}
	client := signin.Client{IP: ip, UserAgent: r.UserAgent(), SessionToken: s.cookies.read(r, sessionCookie)}
	code, err := s.signIn.EnterDoor(r.Context(), client, id, originOf(to), browser)
	if refused, ok := errors.AsType[*signin.DoorRefusedError](err); ok {
		s.turnAway(w, r, refused)
		return
	}
	switch {
	case isUnauthenticated(err):
		s.toSignIn(w, r)
	case errors.Is(err, db.ErrNotFound), errors.Is(err, signin.ErrForeignOrigin):
		plainText(w, http.StatusForbidden, "your account has no access point that leads there: tell an administrator, who can add the origin "+originOf(to)+" to it")
	case err != nil:
		s.refuseInternal(w, r, err)
	default:
		bringCode(to, code)
		http.Redirect(w, r, to.String(), http.StatusFound)
	}
}

// turnAway shows the page that says why somebody does not come in; a second factor can be shown by signing in again.
func (s services) turnAway(w http.ResponseWriter, r *http.Request, refused *signin.DoorRefusedError) {
	if refused.Reason == access.MFARequired {
		s.toSignIn(w, r)
		return
	}
	query := url.Values{"reason": {string(refused.Reason)}, "door": {refused.Code}}
	http.Redirect(w, r, "/refused?"+query.Encode(), http.StatusFound)
}

func (s services) toSignIn(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/sign-in?"+url.Values{"next": {r.URL.RequestURI()}}.Encode(), http.StatusFound)
}
