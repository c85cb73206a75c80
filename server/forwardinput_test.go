package server_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

const atPortal = "portal.acme.example"

// told sends what a proxy reports of a visitor's request, with the visitor's own headers.
func (p *portal) told(method, query string, headers ...http.Header) *http.Response {
	p.T.Helper()
	header := http.Header{"Gatehouse-Access-Point-Secret": {p.secret}}
	for _, more := range headers {
		for name, values := range more {
			header[name] = values
		}
	}
	client := p.Client()
	client.StopAtRedirects()
	response := client.Send(method, "/access/forward-auth/PORTAL"+query, nil, header)
	response.Header.Set("Test-Body", servertest.Drain(p.T, response))
	return response
}

// forms are the ways in which proxies report what was requested.
var forms = map[string]func(uri string) http.Header{
	"nginx, an address": func(uri string) http.Header { return http.Header{"X-Original-Url": {"https://" + atPortal + uri}} },
	"nginx, a path": func(uri string) http.Header {
		return http.Header{"X-Original-Uri": {uri}, "X-Forwarded-Host": {atPortal}, "X-Forwarded-Proto": {"https"}}
	},
	"nginx, its path in the name of the address": func(uri string) http.Header {
		return http.Header{"X-Original-Url": {uri}, "X-Forwarded-Host": {atPortal}, "X-Forwarded-Proto": {"https"}}
	},
	"nginx, a path and Host": func(uri string) http.Header { return http.Header{"X-Original-Uri": {uri}, "Host": {atPortal}} },
	"Traefik or Caddy": func(uri string) http.Header {
		return http.Header{"X-Forwarded-Method": {"GET"}, "X-Forwarded-Proto": {"https"}, "X-Forwarded-Host": {atPortal}, "X-Forwarded-Uri": {uri}, "X-Forwarded-Port": {"443"}}
	},
	"a chain of proxies": func(uri string) http.Header {
		return http.Header{"X-Forwarded-Proto": {"https, http"}, "X-Forwarded-Host": {"first.example, " + atPortal}, "X-Forwarded-Uri": {uri}}
	},
	"a chain of proxies, in lines": func(uri string) http.Header {
		return http.Header{"X-Forwarded-Proto": {"http", "https"}, "X-Forwarded-Host": {"first.example", atPortal}, "X-Forwarded-Uri": {uri}}
	},
	"a host alone": func(uri string) http.Header {
		return http.Header{"X-Forwarded-Host": {atPortal}, "X-Forwarded-Uri": {uri}}
	},
	"a host with a port": func(uri string) http.Header {
		return http.Header{"X-Forwarded-Host": {"Portal.ACME.example:443"}, "X-Forwarded-Uri": {uri}}
	},
	"a WebSocket": func(uri string) http.Header {
		return http.Header{"X-Forwarded-Method": {"GET"}, "X-Forwarded-Proto": {"wss"}, "X-Forwarded-Host": {atPortal}, "X-Forwarded-Uri": {uri}}
	},
	"a WebSocket at nginx": func(uri string) http.Header { return http.Header{"X-Original-Url": {"wss://" + atPortal + uri}} },
}

// Whatever a path is, a session lets its visitor in, and a visitor without one is sent to sign in and back to the same path.
func TestForwardAuthOfOddPaths(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		p := newPortal(t, store)
		at := p.acme.As(p.jane)
		session := p.signIn(t, at)
		for uri, back := range map[string]string{
			"/": "/", "/100%": "/100%25", "/%zz": "/%25zz", "/%": "/%25", "/a%2": "/a%252", "/%41%e4": "/%41%e4", "//x": "//x", "//evil.example/": "//evil.example/", `/\x`: "/%5Cx", `/\evil.example`: "/%5Cevil.example",
			"/ü?ö=ß": "/%C3%BC?%C3%B6=%C3%9F", "/\xff": "/%FF", "/a b": "/a%20b", "/?q=100%&x": "/?q=100%25&x", "/?": "/?", "?q=1": "/?q=1",
			"/a;b=c,d": "/a;b=c,d", "/@evil.example": "/@evil.example", "/:80": "/:80", `/"<script>`: "/%22%3Cscript%3E", "/[::1]": "/[::1]", "/a#b": "/a",
			"/.well-known/x": "/.well-known/x", "/%2e%2e/": "/%2e%2e/", "/%00": "/%00", "/?to=https://evil.example/": "/?to=https://evil.example/",
			"*": "/", "evil.example": "/", "@evil.example/": "/", ".evil.example/": "/", `\evil.example`: "/", "javascript:alert(1)": "/", "https:evil.example": "/",
			"/" + strings.Repeat("long/", 2000): "/", "/?" + strings.Repeat("a", 100_000): "/",
		} {
			for form, report := range forms {
				if !strings.HasPrefix(uri, "/") && report("").Get("X-Original-Url") != "" {
					continue // no proxy makes an address of that
				}
				if in := p.told(http.MethodGet, "", report(uri), session); in.StatusCode != http.StatusOK || in.Header.Get("Gatehouse-User") != "acme/jane" {
					t.Errorf("%s, %.30q, in a session: %d %s", form, uri, in.StatusCode, in.Header.Get("Test-Body"))
				}
			}
			out := p.told(http.MethodGet, "?redirect=true", forms["Traefik or Caddy"](uri))
			if out.StatusCode != http.StatusFound || len(out.Cookies()) != 1 {
				t.Errorf("%.30q, without a session: %d %s", uri, out.StatusCode, out.Header.Get("Test-Body"))
				continue
			}
			code := p.enter(t, at, out.Header.Get("Location"))
			arrived := p.told(http.MethodGet, "?redirect=true", forms["Traefik or Caddy"](strings.TrimPrefix(code, "https://"+atPortal)), cookieOf(t, out))
			location := arrived.Header.Get("Location")
			if arrived.StatusCode != http.StatusFound || location != "https://"+atPortal+back {
				t.Errorf("%.30q: %d to %.100q, want %q", uri, arrived.StatusCode, location, back)
				continue
			}
			session = cookieOf(t, arrived) // a browser has one
			p.Clock.Pass(4 * time.Second)  // a user has 20 codes a minute
		}
	})
}

// Only a browser that navigates can sign in and come back. Everything else is 401, without a way that it could not go.
func TestForwardAuthSendsOnlyNavigationsToSignIn(t *testing.T) {
	p := newPortal(t, open(t))
	for name, c := range map[string]struct {
		visitor  http.Header
		navigate bool
	}{
		"no headers": {nil, true},
		"a browser":  {http.Header{"Accept": {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}}, true},
		"a browser that says so": {http.Header{
			"Accept": {"text/html,*/*;q=0.8"}, "Sec-Fetch-Mode": {"navigate"}, "Sec-Fetch-Dest": {"document"}, "Upgrade-Insecure-Requests": {"1"},
		}, true},
		"HEAD":                     {http.Header{"X-Forwarded-Method": {"HEAD"}}, true},
		"a POST":                   {http.Header{"X-Forwarded-Method": {"POST"}, "Accept": {"text/html"}, "Sec-Fetch-Mode": {"navigate"}}, false},
		"a POST at nginx":          {http.Header{"X-Original-Method": {"POST"}, "Accept": {"text/html"}}, false},
		"PUT":                      {http.Header{"X-Forwarded-Method": {"PUT"}}, false},
		"DELETE":                   {http.Header{"X-Forwarded-Method": {"DELETE"}}, false},
		"a preflight":              {http.Header{"X-Forwarded-Method": {"OPTIONS"}, "Access-Control-Request-Method": {"PUT"}, "Origin": {"https://other.example"}}, false},
		"fetch":                    {http.Header{"Sec-Fetch-Mode": {"cors"}, "Accept": {"*/*"}}, false},
		"fetch of the same origin": {http.Header{"Sec-Fetch-Mode": {"same-origin"}, "Accept": {"text/html"}}, false},
		"an image":                 {http.Header{"Sec-Fetch-Mode": {"no-cors"}, "Accept": {"image/avif,image/webp,*/*"}}, false},
		"XMLHttpRequest":           {http.Header{"X-Requested-With": {"XMLHttpRequest"}, "Accept": {"text/html, */*; q=0.01"}}, false},
		"JSON":                     {http.Header{"Accept": {"application/json"}}, false},
		"JSON or anything":         {http.Header{"Accept": {"application/json, text/plain, */*"}}, false},
		"server-sent events":       {http.Header{"Accept": {"text/event-stream"}}, false},
		"a WebSocket":              {http.Header{"Upgrade": {"websocket"}, "Sec-Websocket-Key": {"x3JJHMbDL1EzLkh9GBhXDw=="}}, false},
		"a WebSocket by its mode":  {http.Header{"Sec-Fetch-Mode": {"websocket"}}, false},
		"a program with a key":     {http.Header{"Authorization": {"ApiKey " + flip(p.key)}}, false},
	} {
		for form, report := range forms {
			navigate := c.navigate && !strings.HasPrefix(form, "a WebSocket")
			if form == "a WebSocket at nginx" {
				continue // where the connection says what it is
			}
			for _, query := range []string{"", "?redirect=true"} {
				got := p.told(http.MethodGet, query, report("/orders"), c.visitor)
				location, sent := got.Header.Get("Location"), got.StatusCode == http.StatusFound
				asked := query != "" || strings.Contains(form, "Traefik") || c.visitor.Get("X-Forwarded-Method") != ""
				if navigate != strings.HasPrefix(location, "http://localhost:8080/access/enter/") || sent != (navigate && asked) || !sent && got.StatusCode != http.StatusUnauthorized {
					t.Errorf("%s, %s%s: %d to %q", name, form, query, got.StatusCode, location)
				}
				if !navigate && (location != "" || len(got.Cookies()) > 0 || got.Header.Get("WWW-Authenticate") != `Gatehouse realm="PORTAL"`) {
					t.Errorf("%s, %s%s: %v", name, form, query, got.Header)
				}
			}
		}
	}
}

// Headers of visitors that proxies pass on lead nowhere but to the origins of the access point, and without a request that can be
// read nobody comes in: it might be one that brings a code.
func TestForwardAuthIsNoOpenRedirect(t *testing.T) {
	p := newPortal(t, open(t))
	session := p.signIn(t, p.acme.As(p.jane))
	three := func(proto, host, uri string) http.Header {
		return http.Header{"X-Forwarded-Proto": {proto}, "X-Forwarded-Host": {host}, "X-Forwarded-Uri": {uri}}
	}
	for name, report := range map[string]http.Header{
		"nothing":                      {},
		"no path":                      {"X-Forwarded-Proto": {"https"}, "X-Forwarded-Host": {atPortal}},
		"an address without a path":    {"X-Original-Url": {"https://evil.example"}},
		"a path alone":                 {"X-Forwarded-Uri": {"/"}},
		"another host":                 three("https", "evil.example", "/"),
		"a host that ends alike":       three("https", "evil"+atPortal, "/"),
		"a host that begins alike":     three("https", atPortal+".evil.example", "/"),
		"a user":                       three("https", atPortal+"@evil.example", "/"),
		"a user of the right host":     three("https", "evil.example@"+atPortal, "/"),
		"a path in the host":           three("https", "evil.example/"+atPortal, "/"),
		"a path after the host":        three("https", atPortal+"/x", "/"),
		"a backslash in the host":      three("https", `evil.example\`+atPortal, "/"),
		"a fragment in the host":       three("https", "evil.example#"+atPortal, "/"),
		"a query in the host":          three("https", "evil.example?"+atPortal, "/"),
		"a list of hosts, ours first":  three("https", atPortal+", evil.example", "/"),
		"lists that end in nothing":    three("https", atPortal+",", "/"),
		"an escaped host":              three("https", "portal%2eacme.example", "/"),
		"another port":                 three("https", atPortal+":8443", "/"),
		"http":                         three("http", atPortal, "/"),
		"http, http":                   three("http, http", atPortal, "/"),
		"ws":                           three("ws", atPortal, "/"),
		"a scheme that runs":           three("javascript", atPortal, "/"),
		"a scheme with more":           three("https://evil.example/", atPortal, "/"),
		"another address":              {"X-Original-Url": {"https://evil.example/"}},
		"another address last":         {"X-Original-Url": {"https://" + atPortal + "/", "https://evil.example/"}},
		"an address with a user":       {"X-Original-Url": {"https://" + atPortal + "@evil.example/"}},
		"an address with a backslash":  {"X-Original-Url": {`https://evil.example\@` + atPortal + `/`}},
		"an address without a scheme":  {"X-Original-Url": {"//" + atPortal + "/"}},
		"an address of another scheme": {"X-Original-Url": {"ftp://" + atPortal + "/"}},
	} {
		for what, visitor := range map[string]http.Header{"nobody": nil, "a session": session} {
			got := p.told(http.MethodGet, "?redirect=true", report, visitor)
			if got.StatusCode != http.StatusUnauthorized || got.Header.Get("Location") != "" || got.Header.Get("Gatehouse-User") != "" || len(got.Cookies()) > 0 ||
				!strings.Contains(got.Header.Get("Test-Body"), "X-Original-URL") {
				t.Errorf("%s, %s: %d to %q %s", name, what, got.StatusCode, got.Header.Get("Location"), got.Header.Get("Test-Body"))
			}
		}
	}
	// A port that the host lacks may come in a separate header.
	p.admin.Must(`mutation($p:ID!){updateAccessPoint(input:{id:$p,origins:["https://portal.acme.example:8443"]}){userErrors{code}}}`, vars{"p": p.id})
	for port, status := range map[string]int{"8443": 302, "443": 401, "": 401, "8443x": 401, "1": 401} {
		report := three("https", atPortal, "/")
		report.Set("X-Forwarded-Port", port)
		if got := p.told(http.MethodGet, "?redirect=true", report); got.StatusCode != status {
			t.Errorf("port %q: %d %s", port, got.StatusCode, got.Header.Get("Test-Body"))
		}
	}
}

// A code never reaches the service, however its path is written among what no URL has.
func TestForwardAuthKeepsCodesInOddPaths(t *testing.T) {
	p := newPortal(t, open(t))
	session := p.signIn(t, p.acme.As(p.jane))
	for form, report := range forms {
		for _, uri := range []string{
			"/.gatehouse/enter?code=x&y=100%", "/.gatehouse/enter?code=x y", "/%2egatehouse/ent%65r?code=x", "/100%/../.gatehouse/enter?code=x", "/%zz/../.gatehouse/enter", "/./.gatehouse//enter/",
		} {
			if got := p.told(http.MethodGet, "", report(uri)); got.StatusCode != http.StatusForbidden || got.Header.Get("Gatehouse-User") != "" {
				t.Errorf("%s, %s: %d %s", form, uri, got.StatusCode, got.Header.Get("Test-Body"))
			}
			if got := p.told(http.MethodGet, "", report(uri), session); got.StatusCode == http.StatusOK {
				t.Errorf("%s, %s, in a session: let through", form, uri)
			}
		}
	}
}

// Refusals are shown to people: in their language, and with nothing that a browser could run.
func TestForwardAuthRefusesInFiveLanguages(t *testing.T) {
	p := newPortal(t, open(t))
	session := p.signIn(t, p.acme.As(p.jane))
	for language, c := range map[string]struct{ missing, unreported, used string }{
		"":                         {"Your roles do not include the permission UPDATE_DOMAIN", "The proxy does not say", "Open the service again"},
		"nl-BE,nl;q=0.9":           {"Je rollen bevatten het recht UPDATE_DOMAIN niet", "De proxy meldt niet", "Open de dienst opnieuw"},
		"de-AT":                    {"Ihre Rollen enthalten die Berechtigung UPDATE_DOMAIN nicht", "Der Proxy teilt nicht mit", "Öffnen Sie den Dienst erneut"},
		"fr-CH, fr;q=0.9":          {"Vos rôles ne comprennent pas la permission UPDATE_DOMAIN", "Le proxy n’indique pas", "Ouvrez de nouveau le service"},
		"ja,es-419;q=0.5,en;q=0.1": {"Sus roles no incluyen el permiso UPDATE_DOMAIN", "El proxy no indica", "Abra de nuevo el servicio"},
		"xx":                       {"Your roles do not include", "The proxy does not say", "Open the service again"},
	} {
		accept := http.Header{"Accept-Language": {language}}
		for want, got := range map[string]*http.Response{
			c.missing:    p.told(http.MethodGet, "?permission=UPDATE_DOMAIN", forms["Traefik or Caddy"]("/"), session, accept),
			c.unreported: p.told(http.MethodGet, "", accept),
			c.used:       p.told(http.MethodGet, "", forms["Traefik or Caddy"]("/.gatehouse/enter?code=x"), accept),
		} {
			var refusal struct{ Message string }
			if err := json.Unmarshal([]byte(got.Header.Get("Test-Body")), &refusal); err != nil || !strings.Contains(refusal.Message, want) {
				t.Errorf("%q: %s, want %q", language, got.Header.Get("Test-Body"), want)
			}
			if policy := got.Header.Get("Content-Security-Policy"); policy != "default-src 'none'; frame-ancestors 'none'" ||
				got.Header.Get("X-Content-Type-Options") != "nosniff" || got.Header.Get("Content-Type") != "application/json" {
				t.Errorf("%q: %v", language, got.Header)
			}
		}
	}
	sent := p.told(http.MethodGet, "", forms["Traefik or Caddy"]("/"))
	if to, err := url.Parse(sent.Header.Get("Location")); err != nil || to.Host != "localhost:8080" || sent.Header.Get("Content-Security-Policy") == "" {
		t.Errorf("%v %v", sent.Header, err)
	}
}

// A proxy's configuration restricts by a permission: where it is not clear by which, nobody comes in. What a visitor's own parameters may
// be, which Caddy hands on where its configuration has none, restricts nothing.
func TestForwardAuthWithUnclearPermission(t *testing.T) {
	w := newTown(t, open(t), "acme")
	for query, want := range map[string]int{
		"": 200, "?permission=VIEW_DOMAIN": 200, "?permission=": 200, "?permission=FLY": 403, "?a=1&a=2&b=%20": 200, "?q=100%": 200, "?a;b": 200,
		"?permission=VIEW_DOMAIN&permission=DELETE_DOMAIN": 400, "?permission=VIEW_DOMAIN&permission=VIEW_DOMAIN": 400,
		"?permission=DELETE_DOMAIN%zz": 400, "?a;permission=DELETE_DOMAIN": 400, "?redirect=true;permission=DELETE_DOMAIN": 400,
	} {
		response := w.forward("API", w.service, query, "", http.Header{"Authorization": {"ApiKey " + w.key}})
		body := response.Header.Get("Test-Body")
		if response.StatusCode != want {
			t.Errorf("%s: %d %s", query, response.StatusCode, body)
		}
		if want == 400 && (!strings.Contains(body, `"message":"the `) || response.Header.Get("Gatehouse-User") != "") {
			t.Errorf("%s: %s %v", query, body, response.Header)
		}
	}
}
