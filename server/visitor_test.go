package server_test

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/netip"
	"net/url"
	"strings"
	"testing"
)

// client is a program or browser at an address of this machine's loopbacks. It follows no redirect by itself.
type client struct {
	t    *testing.T
	http *http.Client
	// header goes with every request.
	header http.Header
}

// from makes a client without cookies at an address.
func (p *proxied) from(t *testing.T, address string) *client {
	t.Helper()
	local := netip.MustParseAddr(address)
	to := fmt.Sprintf("127.0.0.1:%d", p.port)
	if local.Is6() {
		to = fmt.Sprintf("[::1]:%d", p.port)
	}
	dialer := &net.Dialer{LocalAddr: net.TCPAddrFromAddrPort(netip.AddrPortFrom(local, 0))}
	transport := &http.Transport{
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, network, to)
		},
		TLSClientConfig: &tls.Config{RootCAs: p.roots},
	}
	t.Cleanup(transport.CloseIdleConnections)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &client{t: t, header: http.Header{}, http: &http.Client{
		Transport: transport, Jar: jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// location is where the visitor is sent.
func (a answer) location() string { return a.header.Get("Location") }

// heard is a header as the service got it; the service was not reached where there is no such answer.
func (a answer) heard(t *testing.T, name string) []string {
	t.Helper()
	heard := http.Header{}
	if err := json.Unmarshal([]byte(a.body), &heard); a.status != http.StatusOK || err != nil {
		t.Fatalf("the service was not reached: %d %s", a.status, a.body)
	}
	return heard[name]
}

// get asks for an address; further headers come in pairs.
func (c *client) get(address string, headers ...string) answer {
	c.t.Helper()
	return c.send(http.MethodGet, address, "", headers...)
}

func (c *client) send(method, address, body string, headers ...string) answer {
	c.t.Helper()
	request, err := http.NewRequestWithContext(c.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header = c.header.Clone()
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			request.Host = headers[i+1]
			continue
		}
		request.Header[headers[i]] = append(request.Header[headers[i]], headers[i+1]) // as it is written
	}
	response, err := c.http.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(content)}
}

// graphQL sends an operation to Gatehouse through the proxy, as its page does.
func (c *client) graphQL(query string, variables vars) answer {
	c.t.Helper()
	body, err := json.Marshal(vars{"query": query, "variables": variables})
	if err != nil {
		c.t.Fatal(err)
	}
	return c.send(http.MethodPost, "https://"+gatehouseHost+"/graphql", string(body), "Content-Type", "application/json", "Origin", "https://"+gatehouseHost)
}

// signIn signs a person in at Gatehouse.
func (c *client) signIn(login string) *client {
	c.t.Helper()
	got := c.graphQL(`mutation($l:String!,$p:String!){signIn(input:{account:"acme",loginName:$l,password:$p}){next userErrors{code}}}`,
		vars{"l": login, "p": password})
	if !strings.Contains(got.body, `"next":"SIGNED_IN"`) {
		c.t.Fatalf("signing in: %d %s", got.status, got.body)
	}
	return c
}

// follow asks for an address, checks that the answer leads to one that begins as told, and returns that one.
func (c *client) follow(address, begins string) string {
	c.t.Helper()
	got := c.get(address)
	if got.status != http.StatusFound || !strings.HasPrefix(got.location(), begins) {
		c.t.Fatalf("GET %s: %d to %q, want 302 to %s: %s", address, got.status, got.location(), begins, got.body)
	}
	return got.location()
}

const enterURL = "https://" + gatehouseHost + "/access/enter/"

// codeURL goes the way of a signed-in person up to the address with the code.
func (c *client) codeURL(wanted string) string {
	c.t.Helper()
	return c.follow(c.follow(wanted, enterURL), portalURL+".gatehouse/enter?code=")
}

// enter goes the whole way, and checks that it ends at what was wanted.
func (c *client) enter(wanted string) answer {
	c.t.Helper()
	if back := c.follow(c.codeURL(wanted), portalURL); back != wanted {
		c.t.Fatalf("sent back to %s, wanted %s", back, wanted)
	}
	return c.get(wanted)
}

// cookie is the value of a cookie that the client has for a host.
func (c *client) cookie(host, name string) string {
	c.t.Helper()
	for _, cookie := range c.http.Jar.Cookies(&url.URL{Scheme: "https", Host: host, Path: "/"}) {
		if cookie.Name == name {
			return cookie.Value
		}
	}
	c.t.Fatalf("no cookie %s for %s", name, host)
	return ""
}

// wantRefused checks that a visitor was refused, with the reason in JSON.
func wantRefused(t *testing.T, what string, got answer, reason string) {
	t.Helper()
	var body struct{ Reason string }
	if err := json.Unmarshal([]byte(got.body), &body); got.status != http.StatusForbidden || err != nil || body.Reason != reason {
		t.Errorf("%s: %d %s, want 403 with %s", what, got.status, got.body, reason)
	}
}
