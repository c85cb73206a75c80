package server_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

const (
	portalOrigin = "https://portal.acme.example"
	evilOrigin   = "https://evil.example"
)

// lured is a portal whose access point has a second origin, which somebody else reads, and jane signed in at Gatehouse.
type lured struct {
	*portal
	jane *servertest.Client
}

func newLured(t *testing.T, store *db.DB) *lured {
	l := &lured{portal: newPortal(t, store)}
	l.admin.Must(`mutation($p:ID!){updateAccessPoint(input:{id:$p,origins:["`+portalOrigin+`","`+evilOrigin+`"]}){userErrors{code}}}`, vars{"p": l.id})
	l.jane = l.acme.As(l.portal.jane)
	l.jane.StopAtRedirects()
	return l
}

// begin is a browser that asks for a page without a session: its cookie at the origin, and where it is sent.
func (l *lured) begin(t *testing.T, wanted string) (browser http.Header, location string) {
	t.Helper()
	first := l.pass(wanted, nil)
	if first.Header.Get("Location") == "" {
		t.Fatalf("%s: %d %v", wanted, first.StatusCode, first.Header)
	}
	return cookieOf(t, first), first.Header.Get("Location")
}

// code is where jane is sent with a code that a browser asked for.
func (l *lured) code(t *testing.T, location string) string {
	t.Helper()
	back := l.enter(t, l.jane, location)
	if !strings.Contains(back, "/.gatehouse/enter?code=") {
		t.Fatalf("sent to %s", back)
	}
	return back
}

// wantOut checks that somebody who shows a code comes in nowhere, and gets no cookie.
func wantOut(t *testing.T, what string, got *http.Response) {
	t.Helper()
	if got.StatusCode != http.StatusForbidden || got.Header.Get("Location") != "" || len(got.Cookies()) > 0 || got.Header.Get("Gatehouse-User") != "" {
		t.Errorf("%s: %d %v", what, got.StatusCode, got.Header)
	}
}

// entryEvents are the events of jane's ways in, the newest first, as "OUTCOME reason accessPoint actor".
func (l *lured) entryEvents() []string {
	l.T.Helper()
	l.SignIn.Settle()
	answer := l.admin.Must(`query($u:ID!){auditEvents(first:50,filter:{subjectId:$u,actions:["session.enter"]}){nodes{outcome reason accessPoint actorName ip}}}`, vars{"u": string(l.portal.jane.ID)})
	var events []string
	for _, node := range answer.At("auditEvents.nodes").([]any) {
		event := node.(map[string]any)
		reason, _ := event["reason"].(string)
		events = append(events, strings.Join([]string{event["outcome"].(string), reason, event["accessPoint"].(string), event["actorName"].(string), event["ip"].(string)}, " "))
	}
	return events
}

// No link of a stranger's names an origin, and a code is good at the origin that it was made for alone, in the browser that asked.
func TestAttackCodeAtForeignOrigin(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		l := newLured(t, store)
		attacker, genuine := l.begin(t, portalOrigin+"/")
		old := "/access/enter/" + l.id + "?" + url.Values{"to": {evilOrigin + "/"}, "browser": {strings.Repeat("A", 43)}}.Encode()
		for what, link := range map[string]string{"an old link": old, "and a request beside it": old + "&" + strings.SplitN(genuine, "?", 2)[1] + "x", "no origin": "/access/enter/" + l.id} {
			if next := l.enter(t, l.jane, "http://localhost:8080"+link); next != "/refused?reason=ENTRY_EXPIRED" {
				t.Errorf("%s leads to %s", what, next)
			}
		}
		// The attacker reads evil.example, asked there with his own browser, and lures jane to where he was sent.
		_, lure := l.begin(t, evilOrigin+"/")
		caught := l.code(t, lure)
		if !strings.HasPrefix(caught, evilOrigin+"/.gatehouse/enter?") {
			t.Fatalf("sent to %s", caught)
		}
		atPortal := strings.Replace(caught, evilOrigin, portalOrigin, 1)
		wantOut(t, "the code of evil.example at the portal", l.pass(atPortal, attacker))
		wantOut(t, "and at evil.example after that", l.pass(caught, attacker))
		if want := []string{"DENIED CODE_OF_OTHER_ORIGIN PORTAL unknown 127.0.0.1"}; !slices.Equal(l.entryEvents(), want) {
			t.Errorf("events %q, want %q", l.entryEvents(), want)
		}
		// A session at one origin is not good at the other, whose service sees it.
		browser, location := l.begin(t, evilOrigin+"/x")
		in := l.pass(l.code(t, location), browser)
		if in.Header.Get("Location") != evilOrigin+"/x" {
			t.Fatalf("%d %v", in.StatusCode, in.Header)
		}
		session := cookieOf(t, in)
		if got := l.pass(evilOrigin+"/x", session); got.StatusCode != http.StatusOK {
			t.Errorf("at its own origin: %d", got.StatusCode)
		}
		for _, wanted := range []string{portalOrigin + "/", "", "https://other.example/"} {
			if got := l.pass(wanted, session); got.StatusCode != http.StatusUnauthorized || got.Header.Get("Gatehouse-User") != "" {
				t.Errorf("a session of another origin at %q: %d %v", wanted, got.StatusCode, got.Header)
			}
		}
		// An origin that is taken away is closed to codes and sessions that were made before.
		browser, location = l.begin(t, evilOrigin+"/x")
		late, lateRequest := l.code(t, location), location
		l.admin.Must(`mutation($p:ID!){updateAccessPoint(input:{id:$p,origins:["`+portalOrigin+`"]}){userErrors{code}}}`, vars{"p": l.id})
		wantOut(t, "a code of an origin that is gone", l.pass(late, browser))
		if got := l.pass(evilOrigin+"/x", session); got.StatusCode != http.StatusUnauthorized {
			t.Errorf("a session of an origin that is gone: %d", got.StatusCode)
		}
		if next := l.enter(t, l.jane, lateRequest); next != "/refused?reason=ENTRY_EXPIRED" {
			t.Errorf("a request of an origin that is gone leads to %s", next)
		}
	})
}

// An attacker has jane follow the way that his own browser began: her code is refused in hers, and used up for his. The other
// way about, her browser does not sign in as him.
func TestAttackCodeOfAnotherBrowser(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		l := newLured(t, store)
		his, lure := l.begin(t, portalOrigin+"/")
		caught := l.code(t, lure)
		wantOut(t, "in jane's browser, which was never there", l.pass(caught, nil))
		wantOut(t, "in his", l.pass(caught, his))
		hers, _ := l.begin(t, portalOrigin+"/")
		caught = l.code(t, lure)
		wantOut(t, "in jane's browser, which was there", l.pass(caught, hers))
		wantOut(t, "in his, later", l.pass(caught, his))

		mallory := l.acme.Person("mallory")
		l.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,accessPoints:["WEB","PORTAL"]}){userErrors{code}}}`, vars{"u": string(mallory.ID)})
		client := l.acme.As(mallory)
		client.StopAtRedirects()
		wantOut(t, "mallory's code in jane's browser", l.pass(l.enter(t, client, lure), hers))
		want := "DENIED CODE_OF_OTHER_BROWSER PORTAL unknown 127.0.0.1"
		if got := l.entryEvents(); len(got) == 0 || got[len(got)-1] != want {
			t.Errorf("events %q, want %q", got, want)
		}
	})
}

func TestAttackCodeIsUsedUpAtItsFirstShowing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		l := newLured(t, store)
		l.points["DESK"] = l.admin.Must(`mutation{createAccessPoint(input:{code:"DESK",name:"Desk",kind:INTERACTIVE,origins:["`+portalOrigin+`"]}){accessPoint{id} userErrors{code}}}`, nil).
			Text("createAccessPoint.accessPoint.id")
		desk := l.newSecret("DESK")
		for name, show := range map[string]func(back string, browser http.Header) *http.Response{
			"in another browser": func(back string, _ http.Header) *http.Response { return l.pass(back, nil) },
			"at another origin": func(back string, browser http.Header) *http.Response {
				return l.pass(strings.Replace(back, portalOrigin, evilOrigin, 1), browser)
			},
			"at a host that is no origin": func(back string, browser http.Header) *http.Response {
				return l.pass(strings.Replace(back, portalOrigin, "https://other.example", 1), browser)
			},
			"at another access point": func(back string, browser http.Header) *http.Response {
				renamed := http.Header{"Cookie": {strings.Replace(browser.Get("Cookie"), "PORTAL", "DESK", 1)}}
				return l.forward("DESK", desk, "", back, renamed)
			},
			"twice in one address": func(back string, browser http.Header) *http.Response { return l.pass(back+"&code=x", browser) },
			"with a key": func(back string, _ http.Header) *http.Response {
				return l.pass(back, http.Header{"Authorization": {"ApiKey " + l.key}})
			},
			"too late": func(back string, browser http.Header) *http.Response {
				l.Clock.Pass(time.Minute)
				return l.pass(back, browser)
			},
			"by who may not come in any more": func(back string, browser http.Header) *http.Response {
				l.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,accessPoints:["WEB"]}){userErrors{code}}}`, vars{"u": string(l.portal.jane.ID)})
				got := l.pass(back, browser)
				l.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,accessPoints:["WEB","PORTAL"]}){userErrors{code}}}`, vars{"u": string(l.portal.jane.ID)})
				return got
			},
		} {
			browser, location := l.begin(t, portalOrigin+"/")
			back := l.code(t, location)
			wantOut(t, name, show(back, browser))
			wantOut(t, "rightly, after "+name, l.pass(back, browser))
		}
		// Of several that show it at once, one comes in.
		browser, location := l.begin(t, portalOrigin+"/")
		back := l.code(t, location)
		answers := make([]*http.Response, 8)
		var group errgroup.Group
		for i := range answers {
			group.Go(func() error { answers[i] = l.pass(back, browser); return nil })
		}
		if err := group.Wait(); err != nil {
			t.Fatal(err)
		}
		in := 0
		for _, answer := range answers {
			if answer.Header.Get("Location") == portalOrigin+"/" {
				in++
			}
		}
		if in != 1 {
			t.Errorf("%d of %d that show a code at once come in", in, len(answers))
		}
	})
}

// A request with a code never passes on to the service, in whatever form the proxy sends it and from any visitor.
func TestAttackCodeNeverReachesTheService(t *testing.T) {
	l := newLured(t, open(t))
	browser, location := l.begin(t, portalOrigin+"/orders")
	session := cookieOf(t, l.pass(l.code(t, location), browser))
	if got := l.pass(portalOrigin+"/orders", session); got.StatusCode != http.StatusOK {
		t.Fatalf("in: %d", got.StatusCode)
	}
	for _, target := range []string{
		"/.gatehouse/enter?code=x", "/.gatehouse/enter?c%6Fde=x", "/.gatehouse/enter?code=x&code=y", "/.gatehouse/enter", "/.gatehouse/enter/?code=x",
		"/%2Egatehouse/enter?code=x", "/.gatehouse%2fenter?code=x", "//.gatehouse/enter?code=x", "/a/../.gatehouse/enter?code=x", "/.gatehouse/./enter?code=x;code=y",
		"/.gatehouse/enter?code=x#fragment", "/.gatehouse/enter?%zz&code=x",
	} {
		for mode, c := range map[string]struct {
			query  string
			header http.Header
			status int
		}{
			"nginx":   {"", http.Header{"X-Original-Url": {portalOrigin + target}}, http.StatusUnauthorized},
			"Traefik": {"?redirect=true", http.Header{"X-Forwarded-Proto": {"https"}, "X-Forwarded-Host": {"portal.acme.example"}, "X-Forwarded-Uri": {target}}, http.StatusFound},
			"Caddy":   {"", http.Header{"X-Forwarded-Proto": {"https"}, "X-Forwarded-Host": {"portal.acme.example"}, "X-Forwarded-Uri": {target}, "X-Forwarded-Method": {"GET"}}, http.StatusFound},
		} {
			inside, outside := c.header.Clone(), c.header.Clone()
			inside.Set("Cookie", session.Get("Cookie"))
			got := l.forward("PORTAL", l.secret, c.query, "", inside)
			if got.StatusCode != c.status || got.Header.Get("Location") != portalOrigin+"/" {
				t.Errorf("%s, %s, in a session: %d to %q", mode, target, got.StatusCode, got.Header.Get("Location"))
			}
			wantOut(t, mode+", "+target+", without one", l.forward("PORTAL", l.secret, c.query, "", outside))
			outside.Set("Authorization", "ApiKey "+l.key)
			wantOut(t, mode+", "+target+", with a key", l.forward("PORTAL", l.secret, c.query, "", outside))
		}
	}
	// A proxy that does not report what was requested might pass on a code: no session is accepted there.
	if got := l.pass("", session); got.StatusCode != http.StatusUnauthorized || got.Header.Get("Gatehouse-User") != "" || !strings.Contains(got.Header.Get("Test-Body"), "X-Original-URL") {
		t.Errorf("without an address: %d %v", got.StatusCode, got.Header)
	}
}

// A user has at most 20 codes a minute, however many are asked for at once, and that is no way to keep anybody else out.
func TestAttackFloodOfCodes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		l := newLured(t, store)
		browser, location := l.begin(t, portalOrigin+"/")
		flood := func() (codes []string) {
			sent := make([]string, 60)
			var group errgroup.Group
			group.SetLimit(10)
			for i := range sent {
				group.Go(func() error { sent[i] = l.enter(t, l.jane, location); return nil })
			}
			if err := group.Wait(); err != nil {
				t.Fatal(err)
			}
			for _, to := range sent {
				if strings.Contains(to, "code=") {
					codes = append(codes, to)
				} else if to != "/refused?reason=TOO_MANY_ENTRIES" {
					t.Errorf("sent to %s", to)
				}
			}
			return codes
		}
		codes := flood()
		if len(codes) != 20 {
			t.Errorf("%d codes", len(codes))
		}
		for _, code := range codes { // used ones count, too
			l.pass(code, browser)
		}
		if again := flood(); len(again) != 0 {
			t.Errorf("%d more in the same minute", len(again))
		}
		other := l.acme.Person("other")
		l.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,accessPoints:["WEB","PORTAL"]}){userErrors{code}}}`, vars{"u": string(other.ID)})
		client := l.acme.As(other)
		client.StopAtRedirects()
		if to := l.enter(t, client, location); !strings.Contains(to, "code=") {
			t.Errorf("somebody else is sent to %s", to)
		}
		l.Clock.Pass(time.Minute)
		if later := flood(); len(later) != 20 {
			t.Errorf("%d codes a minute later", len(later))
		}
	})
}

// Every answer of /access/enter has the headers of the page, and repeats nothing of a link.
func TestAttackEnterAnswers(t *testing.T) {
	l := newLured(t, open(t))
	_, location := l.begin(t, portalOrigin+"/")
	request, err := url.Parse(location)
	if err != nil {
		t.Fatal(err)
	}
	enter := "/access/enter/" + l.id
	foreign := settle(l.Site, "other").acme.AsAdmin()
	weak := l.acme.As(l.acme.Person("weak"))
	for _, client := range []*servertest.Client{foreign, weak} {
		client.StopAtRedirects()
	}
	stranger := l.Client()
	stranger.StopAtRedirects()
	for name, c := range map[string]struct {
		client   *servertest.Client
		method   string
		target   string
		status   int
		location string
	}{
		"a code":            {l.jane, http.MethodGet, request.RequestURI(), http.StatusFound, portalOrigin + "/.gatehouse/enter?code="},
		"nobody":            {stranger, http.MethodGet, request.RequestURI(), http.StatusFound, "/sign-in?next=%2Faccess%2Fenter%2F"},
		"another account":   {foreign, http.MethodGet, request.RequestURI(), http.StatusFound, "/refused?reason=SUBJECT_UNKNOWN"},
		"not allowed":       {weak, http.MethodGet, request.RequestURI(), http.StatusFound, "/refused?door=PORTAL&reason=ACCESS_POINT_NOT_ALLOWED"},
		"an old link":       {l.jane, http.MethodGet, enter + "?to=https%3A%2F%2Fevil.example%2F&browser=x", http.StatusFound, "/refused?reason=ENTRY_EXPIRED"},
		"markup":            {l.jane, http.MethodGet, enter + "?request=%3Cscript%3Eevil%3C%2Fscript%3E", http.StatusFound, "/refused?reason=ENTRY_EXPIRED"},
		"another method":    {l.jane, http.MethodPost, enter + "?to=evil", http.StatusMethodNotAllowed, ""},
		"a longer path":     {l.jane, http.MethodGet, enter + "/evil", http.StatusNotFound, ""},
		"another host":      {stranger, http.MethodGet, request.RequestURI(), http.StatusFound, "http://localhost:8080/access/enter/"},
		"a key in the link": {l.jane, http.MethodGet, enter + "?request=gatekey_evil", http.StatusBadRequest, ""},
	} {
		header := http.Header{}
		if name == "another host" {
			header.Set("Host", "127.0.0.1")
		}
		got := c.client.Send(c.method, c.target, nil, header)
		body := servertest.Drain(t, got)
		if got.StatusCode != c.status || !strings.HasPrefix(got.Header.Get("Location"), c.location) {
			t.Errorf("%s: %d to %q", name, got.StatusCode, got.Header.Get("Location"))
		}
		for _, header := range []string{"Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cache-Control"} {
			if got.Header.Get(header) == "" {
				t.Errorf("%s: no %s", name, header)
			}
		}
		if strings.Contains(body+got.Header.Get("Location"), "evil") || strings.Contains(body, "administrator") {
			t.Errorf("%s: repeats the link: %s %s", name, got.Header.Get("Location"), body)
		}
		if got.StatusCode == http.StatusFound && got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be kept: %v", name, got.Header)
		}
	}
}
