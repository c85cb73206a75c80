package server_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server"
	"github.com/gatehouse/gatehouse/server/servertest"
)

const signIn = `mutation($p:String!){signIn(input:{account:"acme",loginName:"admin",password:$p}){next viewer{ip} userErrors{code field}}}`

func overHTTPS(c *server.Config) {
	c.PublicURL = &url.URL{Scheme: "https", Host: "gatehouse.example"}
}

// Product rule 9: the flags of cookies, and their names over HTTPS.
func TestCookies(t *testing.T) {
	for name, c := range map[string]struct {
		options []func(*server.Config)
		prefix  string
		secure  bool
	}{
		"over HTTP":  {nil, "", false},
		"over HTTPS": {[]func(*server.Config){overHTTPS}, "__Host-", true},
	} {
		t.Run(name, func(t *testing.T) {
			site := servertest.New(t, open(t), c.options...)
			site.Account("acme")
			client := site.Client()
			cookies := (&http.Response{Header: client.Must(signIn, vars{"p": servertest.Password}).Header}).Cookies()
			if len(cookies) != 2 {
				t.Fatalf("%v", cookies)
			}
			for _, cookie := range cookies {
				if !strings.HasPrefix(cookie.Name, c.prefix+"gatehouse_") || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode ||
					cookie.Path != "/" || cookie.Domain != "" || cookie.Secure != c.secure || cookie.MaxAge <= 0 || len(cookie.Value) != 43 {
					t.Errorf("%+v", cookie)
				}
			}
			// net/http's jar keeps no Secure cookie of a plain address: the client shows it by hand.
			client.Header.Set("Cookie", cookies[0].String()+"; "+cookies[1].String())
			for _, cookie := range (&http.Response{Header: client.Must(`mutation{signOut{userErrors{code}}}`, nil).Header}).Cookies() {
				if cookie.Name != c.prefix+"gatehouse_session" || cookie.MaxAge >= 0 || cookie.Value != "" {
					t.Errorf("signed out: %+v", cookie)
				}
			}
		})
	}
}

// Product rule 9: requests from foreign pages are refused, with or without a cookie.
func TestForeignOrigins(t *testing.T) {
	site := servertest.New(t, open(t))
	client := site.Account("acme").AsAdmin()
	const own = "localhost:8080"
	for name, c := range map[string]struct {
		header http.Header
		status int
	}{
		"a program":                {http.Header{}, 200},
		"the page":                 {http.Header{"Sec-Fetch-Site": {"same-origin"}, "Origin": {"http://" + own}}, 200},
		"an old browser's page":    {http.Header{"Origin": {"http://" + own}}, 200},
		"the public address":       {http.Header{"Origin": {"http://localhost:8080"}}, 200},
		"another site":             {http.Header{"Sec-Fetch-Site": {"cross-site"}, "Origin": {"https://evil.example"}}, 403},
		"a neighbour":              {http.Header{"Sec-Fetch-Site": {"same-site"}, "Origin": {"https://evil.example"}}, 403},
		"another origin, no fetch": {http.Header{"Origin": {"https://evil.example"}}, 403},
		"an origin that hides":     {http.Header{"Origin": {"null"}}, 403},
	} {
		for _, asks := range []*servertest.Client{client, site.Client()} {
			c.header.Set("Content-Type", "application/json")
			response := asks.Send(http.MethodPost, "/graphql", []byte(`{"query":"{__typename}"}`), c.header)
			if servertest.Drain(t, response); response.StatusCode != c.status {
				t.Errorf("%s: %d", name, response.StatusCode)
			}
		}
	}
}

// A page that came over plain HTTP may have been written by somebody on the way: where this server has HTTPS, it is a foreign one.
func TestPlainOriginOfAServerWithHTTPS(t *testing.T) {
	site := servertest.New(t, open(t), overHTTPS)
	site.Account("acme")
	for origin, want := range map[string]int{
		"https://gatehouse.example": 200, "http://gatehouse.example": 403, "HTTP://gatehouse.example": 403, "http://gatehouse.example:80": 403,
	} {
		header := http.Header{"Content-Type": {"application/json"}, "Origin": {origin}}
		response := site.Client().Send(http.MethodPost, "/graphql", []byte(`{"query":"{__typename}"}`), header)
		if body := servertest.Drain(t, response); response.StatusCode != want || want == 403 && !strings.Contains(body, `"FORBIDDEN"`) {
			t.Errorf("%s: %d %s", origin, response.StatusCode, body)
		}
	}
}

// Product rule 9: a cookie together with a key is refused; and what is no key is told so.
func TestCookieTogetherWithKey(t *testing.T) {
	site := servertest.New(t, open(t))
	client := site.Account("acme").AsAdmin()
	client.Header.Set("Authorization", "Bearer gatekey_x")
	if answer := client.Do(`{viewer{ip}}`, nil); answer.Status != http.StatusBadRequest || answer.Data != nil {
		t.Errorf("%d %s", answer.Status, answer.Body)
	}
	program := site.Client()
	program.Header.Set("Authorization", "Bearer gatekey_x")
	if answer := program.Do(`{viewer{ip} account{name}}`, nil); answer.Status != http.StatusUnauthorized || answer.Data != nil || answer.ErrorCodes()[0] != "UNAUTHENTICATED" {
		t.Errorf("%d %s", answer.Status, answer.Body)
	}
}

// Product rule 6: the address that Gatehouse sees is the one that the trusted proxy vouches for, in a session too.
func TestAddressOfTheViewer(t *testing.T) {
	site := servertest.New(t, open(t), func(c *server.Config) {
		c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	})
	client := site.Account("acme").AsAdmin()
	client.Header.Set("X-Forwarded-For", "203.0.113.9, ::ffff:192.0.2.7")
	if got := client.Must(`{viewer{ip}}`, nil).At("viewer.ip"); got != "192.0.2.7" {
		t.Errorf("ip %v", got)
	}
	if !strings.Contains(site.Log.String(), "ip=192.0.2.7") {
		t.Error("the access log has another address")
	}
}

// Product rule 5: what changes about a user holds for the next request of every session.
func TestSessionsEndAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		jane := acme.Person("jane", "VIEW_USER")
		session := acme.As(jane)
		session.Must(`{users{nodes{id}}}`, nil)
		acme.AsAdmin().Must(`mutation($u:ID!){deactivateUser(input:{id:$u}){user{status} userErrors{code}}}`, vars{"u": jane.ID})
		if answer := session.Do(`{viewer{ip} users{nodes{id}}}`, nil); answer.At("viewer") != nil || answer.ErrorCodes()[0] != "UNAUTHENTICATED users" {
			t.Error(answer.Body)
		}
	})
}

func TestSecurityHeaders(t *testing.T) {
	for name, c := range map[string]struct {
		options []func(*server.Config)
		hsts    bool
	}{"over HTTP": {nil, false}, "over HTTPS": {[]func(*server.Config){overHTTPS}, true}} {
		t.Run(name, func(t *testing.T) {
			client := servertest.New(t, open(t), c.options...).Client()
			for _, path := range []string{"/", "/graphql", "/healthz", "/nothing.js"} {
				response := client.Send(http.MethodGet, path, nil, nil)
				servertest.Drain(t, response)
				policy := response.Header.Get("Content-Security-Policy")
				for _, directive := range []string{"default-src 'none'", "script-src 'self' 'sha256-AAA='", "frame-ancestors 'none'",
					"require-trusted-types-for 'script'", "trusted-types svelte-trusted-html", "base-uri 'none'"} {
					if !strings.Contains(policy+";", directive+";") {
						t.Errorf("%s: no %s in %s", path, directive, policy)
					}
				}
				if strings.Contains(policy, "unsafe") || response.Header.Get("X-Content-Type-Options") != "nosniff" ||
					response.Header.Get("Referrer-Policy") != "same-origin" || response.Header.Get("Request-Id") == "" {
					t.Errorf("%s: %v", path, response.Header)
				}
				if (response.Header.Get("Strict-Transport-Security") != "") != c.hsts {
					t.Errorf("HSTS: %q", response.Header.Get("Strict-Transport-Security"))
				}
			}
		})
	}
}

func TestHealth(t *testing.T) {
	store := open(t)
	client := servertest.New(t, store).Client()
	ask := func(path string) (int, string) {
		response := client.Send(http.MethodGet, path, nil, nil)
		return response.StatusCode, servertest.Drain(t, response)
	}
	for path, want := range map[string]string{"/healthz": "ok\n", "/readyz": "ready\n"} {
		if status, body := ask(path); status != http.StatusOK || body != want {
			t.Errorf("%s: %d %q", path, status, body)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if status, body := ask("/readyz"); status != http.StatusServiceUnavailable || strings.Contains(body, "database") {
		t.Errorf("without a database: %d %q", status, body)
	}
	if status, _ := ask("/healthz"); status != http.StatusOK {
		t.Errorf("the process is alive all the same: %d", status)
	}
}

// Code generators get the schema without signing in.
func TestSchema(t *testing.T) {
	response := servertest.New(t, open(t)).Client().Send(http.MethodGet, "/schema.graphql", nil, nil)
	body := servertest.Drain(t, response)
	if response.StatusCode != http.StatusOK || !strings.Contains(body, "type User implements Node") || !strings.Contains(body, "input UserLookup @oneOf") {
		t.Errorf("%d %.200s", response.StatusCode, body)
	}
	if strings.Count(body, "directive @oneOf on INPUT_OBJECT") != 1 {
		t.Error("@oneOf is not declared for generators that do not have it")
	}
}

// Every scalar of the schema says where it is specified, and every input of exactly one field that it is one; to introspection too.
func TestSchemaSaysHowItIsSpecified(t *testing.T) {
	client := servertest.New(t, open(t)).Account("acme").AsAdmin()
	schema := servedSchema(t, client)
	scalars, exclusive := 0, 0
	for name, definition := range schema.Types {
		if definition.BuiltIn {
			continue
		}
		told := client.Must(`query($n:String!){__type(name:$n){specifiedByURL isOneOf}}`, vars{"n": name})
		specified, oneOf := definition.Directives.ForName("specifiedBy"), definition.Directives.ForName("oneOf")
		switch {
		case definition.Kind == ast.Scalar:
			scalars++
			if specified == nil || told.Text("__type.specifiedByURL") != specified.Arguments.ForName("url").Value.Raw {
				t.Errorf("%s: %s", name, told.Body)
			}
		case oneOf != nil:
			exclusive++
			if told.At("__type.isOneOf") != true {
				t.Errorf("%s: %s", name, told.Body)
			}
		case definition.Kind == ast.InputObject && told.At("__type.isOneOf") != false:
			t.Errorf("%s: %s", name, told.Body)
		}
	}
	if scalars == 0 || exclusive == 0 {
		t.Errorf("%d scalars, %d inputs of exactly one field", scalars, exclusive)
	}
}

// Metrics count by route; neither they nor the log hold what only the visitor may know.
func TestMetricsAndLogTellNoSecrets(t *testing.T) {
	store := open(t)
	metrics := server.NewMetrics(store)
	site := servertest.New(t, store, func(c *server.Config) { c.Metrics = metrics })
	site.Account("acme")
	client := site.Client()
	client.Must(signIn, vars{"p": servertest.Password})
	client.Do(signIn, vars{"p": "swordfish-in-the-log"})
	servertest.Drain(t, client.Send(http.MethodGet, "/users/some-secret-path?token=in-the-query", nil, nil))
	recorder := httptest.NewRecorder()
	server.MetricsHandler(metrics).ServeHTTP(recorder, httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/metrics", nil))
	told := recorder.Body.String()
	for _, series := range []string{`gatehouse_http_request_duration_seconds_count{route="/graphql",status="200"} 2`, `{route="/",status="200"} 1`,
		"gatehouse_database_statements_total", "go_goroutines"} {
		if !strings.Contains(told, series) {
			t.Errorf("no %s among the metrics", series)
		}
	}
	for path, want := range map[string]int{"/debug/pprof/heap": http.StatusOK, "/debug/pprof/cmdline": http.StatusNotFound} {
		recorder := httptest.NewRecorder()
		server.MetricsHandler(metrics).ServeHTTP(recorder, httptest.NewRequestWithContext(context.Background(), http.MethodGet, path, nil))
		if recorder.Code != want {
			t.Errorf("%s: %d", path, recorder.Code)
		}
	}
	for _, secret := range []string{servertest.Password, "swordfish", "in-the-query", client.Cookie("gatehouse_session"), client.Cookie("gatehouse_device")} {
		if strings.Contains(told, secret) || strings.Contains(site.Log.String(), secret) {
			t.Errorf("%q is told", secret)
		}
	}
	if !strings.Contains(site.Log.String(), "method=POST path=/graphql status=200") {
		t.Errorf("no access log: %s", site.Log)
	}
}

// open is for what no difference between databases has a part in.
func open(t *testing.T) *db.DB {
	t.Helper()
	store, err := db.Open(t.Context(), dbtest.Addresses(t)["sqlite"](t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}
