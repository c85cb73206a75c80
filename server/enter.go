package server

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"path"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/signin"
)

const (
	// entryPath is where a visitor brings a code back to, at the origin of the service. Forward auth lets no request for it pass, so
	// that the service never sees a code.
	entryPath = "/.gatehouse/enter"
	// entryCode is the parameter that holds the code.
	entryCode = "code"
	// longestWanted is how long the address may be that a visitor is sent back to in the end, in bytes. Proxies have little room for
	// the headers of an answer.
	longestWanted = 2000
)

func isUnauthenticated(err error) bool { return errors.Is(err, access.ErrUnauthenticated) }

// The reasons of the page /refused besides those of [access.Decision].
const (
	entryExpired   = "ENTRY_EXPIRED"
	tooManyEntries = "TOO_MANY_ENTRIES"
)

// serveEnter is where forward auth sends a visitor who is to sign in: who is signed in here goes back to the service with a
// one-time code, and everybody else to the page first.
func (s services) serveEnter(w http.ResponseWriter, r *http.Request) {
	w.Header()["Cache-Control"] = noStore
	ip, err := s.address.read(r)
	if err != nil {
		warnOfAddress(s.log, r, err)
		plainText(w, http.StatusBadRequest, err.Error())
		return
	}
	client := signin.Client{IP: ip, UserAgent: r.UserAgent(), SessionToken: s.cookies.read(r, sessionCookie)}
	code, err := s.signIn.Enter(r.Context(), client, r.URL.Query().Get("request"))
	refused, isRefused := errors.AsType[*signin.EntryRefusedError](err)
	switch {
	case err == nil:
		http.Redirect(w, r, code.Origin+entryPath+"?"+url.Values{entryCode: {string(code.Code)}}.Encode(), http.StatusFound)
	case isUnauthenticated(err), isRefused && refused.Reason == access.MFARequired: // a second factor can be shown by signing in again
		http.Redirect(w, r, "/sign-in?"+url.Values{"next": {pathAndQuery(r.URL)}}.Encode(), http.StatusFound)
	case isRefused:
		turnAway(w, r, string(refused.Reason), refused.Code)
	case errors.Is(err, signin.ErrEntryExpired):
		turnAway(w, r, entryExpired, "")
	case errors.Is(err, db.ErrTooManyCodes):
		turnAway(w, r, tooManyEntries, "")
	default:
		s.refuseInternal(w, r, err)
	}
}

// turnAway shows the page that says why somebody does not come in. What it says does not come from the request.
func turnAway(w http.ResponseWriter, r *http.Request, reason, accessPoint string) {
	query := url.Values{"reason": {reason}}
	if accessPoint != "" {
		query.Set("door", accessPoint)
	}
	http.Redirect(w, r, "/refused?"+query.Encode(), http.StatusFound)
}

// bringsCode says whether a visitor of an INTERACTIVE access point asks for the path of codes, however it is written.
func (d doorway) bringsCode() bool {
	return d.inquiry.Service.Kind == db.Interactive && path.Clean("/"+d.asked.path()) == entryPath
}

// finishEntry puts a session in place of the code that a visitor brings. The request never passes on to the service.
func (d doorway) finishEntry() {
	origin, name := d.asked.origin, doorBrowserCookie+d.inquiry.Service.Code
	shown := signin.ShownEntry{
		AccessPointID: d.inquiry.Service.DoorID, Origin: origin, Browser: d.cookies.read(d.r, name), IP: d.ip, UserAgent: d.r.UserAgent(),
	}
	codes := d.asked.query()[entryCode]
	if len(codes) != 1 {
		shown.Origin = "" // several are good nowhere, and the first of them is used up
	}
	var (
		token  secret.Token
		wanted string
		err    error = access.ErrUnauthenticated
	)
	if len(codes) > 0 {
		shown.Code = secret.Token(codes[0])
		token, wanted, err = d.signIn.FinishEntry(d.r.Context(), shown)
	}
	refused, isRefused := errors.AsType[*signin.EntryRefusedError](err)
	switch {
	case err == nil:
		d.cookies.write(d.w, doorCookie+d.inquiry.Service.Code, token, longestSession)
		d.send(wanted, "")
	case isRefused:
		d.refuse(http.StatusForbidden, refused.Reason, cmp.Or(refusalSentences[refused.Reason], refusedEntry))
	case !isUnauthenticated(err):
		d.refuseInternal(d.w, d.r, err)
	case d.known && d.isIn(): // went back in the browser's history
		d.send(origin+"/", "")
	default:
		d.refuse(http.StatusForbidden, access.SessionEnded, refusedEntry)
	}
}

// isIn says whether the visitor has a session here already.
func (d doorway) isIn() bool {
	session, _, err := d.session()
	return err == nil && session != nil
}

// beginEntry sends a visitor to sign in at Gatehouse.
func (d doorway) beginEntry(reason access.Reason) {
	name := doorBrowserCookie + d.inquiry.Service.Code
	browser := d.cookies.read(d.r, name)
	if browser == "" { // otherwise another tab of the same browser is on its way already
		browser = secret.NewToken()
		d.cookies.write(d.w, name, browser, signin.EntryLifetime)
	}
	request := signin.EntryRequest{
		AccessPointID: d.inquiry.Service.DoorID, Origin: d.asked.origin, Wanted: d.asked.origin + d.asked.target, BrowserHash: browser.Hash(),
	}
	if len(request.Wanted) > longestWanted {
		request.Wanted = request.Origin + "/"
	}
	sealed, err := d.signIn.SealEntry(request)
	if err != nil {
		d.refuseInternal(d.w, d.r, err)
		return
	}
	d.send(d.publicURL.String()+"/access/enter/"+string(d.inquiry.Service.DoorID)+"?"+url.Values{"request": {sealed}}.Encode(), reason)
}
