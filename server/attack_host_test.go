package server_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/server/servertest"
)

const loggedIn = `{"query":"{viewer{ip}}"}`

// DNS rebinding: a page of evil.example, whose name now leads to this server, is this server's own origin in the browser.
func TestAttackForeignHost(t *testing.T) {
	w := newTown(t, open(t), "acme")
	admin, stranger := w.acme.AsAdmin(), w.Client()
	for _, client := range []*servertest.Client{admin, stranger} {
		client.StopAtRedirects()
	}
	for _, host := range []string{"evil.example", "evil.example:8080", "localhost", "localhost:80", "127.0.0.1:8080", "[::1]:8080", "localhost.evil.example:8080", "localhost:8080.evil.example"} {
		header := http.Header{"Host": {host}, "Content-Type": {"application/json"}, "Origin": {"http://" + host}, "Sec-Fetch-Site": {"same-origin"},
			"X-Forwarded-Host": {"localhost:8080"}, "Forwarded": {"host=localhost:8080"}, "X-Original-Host": {"localhost:8080"}}
		for who, client := range map[string]*servertest.Client{"a session": admin, "nobody": stranger} {
			response := client.Send(http.MethodPost, "/graphql", []byte(loggedIn), header)
			if body := servertest.Drain(t, response); response.StatusCode != http.StatusMisdirectedRequest || !strings.Contains(body, `"code":"BAD_USER_INPUT"`) ||
				!strings.Contains(body, "http://localhost:8080") || strings.Contains(body, "evil") || strings.Contains(body, `"data"`) {
				t.Errorf("%s under %s: %d %s", who, host, response.StatusCode, body)
			}
			for _, path := range []string{"/", "/users/7?tab=keys", "/sign-in", "/_app/immutable/x.js", "/access/enter/" + w.points["WEB"] + "?request=x", "/graphql"} {
				response := client.Send(http.MethodGet, path, nil, header)
				if body := servertest.Drain(t, response); response.StatusCode != http.StatusFound || response.Header.Get("Location") != "http://localhost:8080"+path || strings.Contains(body, "doctype") {
					t.Errorf("%s, %s under %s: %d to %s: %s", who, path, host, response.StatusCode, response.Header.Get("Location"), body)
				}
			}
			if response := client.Send(http.MethodPost, "/users", nil, header); response.StatusCode != http.StatusMisdirectedRequest {
				t.Errorf("%s posts to a page under %s: %d", who, host, response.StatusCode)
			}
		}
		// A page with a stolen key would borrow the address of its visitor.
		header.Set("Authorization", "ApiKey "+w.key)
		if response := stranger.Send(http.MethodPost, "/graphql", []byte(loggedIn), header); response.StatusCode != http.StatusMisdirectedRequest {
			t.Errorf("a browser shows a key under %s: %d", host, response.StatusCode)
		}

		// What needs a key or a secret, and what is the same for everybody, answers under any host.
		program := http.Header{"Host": {host}, "Content-Type": {"application/json"}, "Authorization": {"ApiKey " + w.key}}
		if response := w.Client().Send(http.MethodPost, "/graphql", []byte(loggedIn), program); response.StatusCode != http.StatusOK {
			t.Errorf("a program under %s: %d", host, response.StatusCode)
		}
		program.Set("Gatehouse-Access-Point-Secret", w.service)
		if response := w.Client().Send(http.MethodGet, "/access/forward-auth/API", nil, program); response.StatusCode != http.StatusOK {
			t.Errorf("forward auth under %s: %d", host, response.StatusCode)
		}
		if response := w.Client().Send(http.MethodPost, "/access/v1/evaluation", []byte(question("user", w.user, "enter", "API", "192.0.2.7")), program); response.StatusCode != http.StatusOK {
			t.Errorf("AuthZEN under %s: %d", host, response.StatusCode)
		}
		for _, path := range []string{"/healthz", "/readyz", "/schema.graphql", "/.well-known/authzen-configuration"} {
			if response := w.Client().Send(http.MethodGet, path, nil, http.Header{"Host": {host}}); response.StatusCode != http.StatusOK {
				t.Errorf("%s under %s: %d", path, host, response.StatusCode)
			}
		}
	}
	if answer := admin.Do(`{viewer{ip}}`, nil); answer.At("viewer") == nil {
		t.Errorf("under the public host: %s", answer.Body)
	}
}

// The host of a request target counts for more than the header (RFC 9112, 3.2.2), and two headers for nothing.
func TestAttackForeignHostOnTheWire(t *testing.T) {
	w := newTown(t, open(t), "acme")
	cookie := "Cookie: gatehouse_session=" + w.acme.AsAdmin().Cookie("gatehouse_session") + "\r\n"
	rest := fmt.Sprintf("Content-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", len(loggedIn), loggedIn)
	for name, c := range map[string]struct {
		head   string
		status int
	}{
		"as it should be":             {"POST /graphql HTTP/1.1\r\nHost: localhost:8080\r\n", http.StatusOK},
		"a target of another host":    {"POST http://evil.example/graphql HTTP/1.1\r\nHost: localhost:8080\r\n", http.StatusMisdirectedRequest},
		"a header of another host":    {"POST http://localhost:8080/graphql HTTP/1.1\r\nHost: evil.example\r\n", http.StatusOK},
		"two headers":                 {"POST /graphql HTTP/1.1\r\nHost: localhost:8080\r\nHost: evil.example\r\n", http.StatusBadRequest},
		"two headers, turned":         {"POST /graphql HTTP/1.1\r\nHost: evil.example\r\nHost: localhost:8080\r\n", http.StatusBadRequest},
		"none":                        {"POST /graphql HTTP/1.1\r\n", http.StatusBadRequest},
		"none, in HTTP/1.0":           {"POST /graphql HTTP/1.0\r\n", http.StatusMisdirectedRequest},
		"an empty one":                {"POST /graphql HTTP/1.1\r\nHost:\r\n", http.StatusMisdirectedRequest},
		"two in one":                  {"POST /graphql HTTP/1.1\r\nHost: localhost:8080,evil.example\r\n", http.StatusMisdirectedRequest},
		"a target with user and host": {"POST http://localhost:8080@evil.example/graphql HTTP/1.1\r\nHost: localhost:8080\r\n", http.StatusMisdirectedRequest},
	} {
		connection, err := net.Dial("tcp", strings.TrimPrefix(w.URL, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := connection.Write([]byte(c.head + cookie + rest)); err != nil {
			t.Fatal(err)
		}
		response, err := http.ReadResponse(bufio.NewReader(connection), nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if body := servertest.Drain(t, response); response.StatusCode != c.status || (c.status == http.StatusOK) != strings.Contains(body, `"ip":"127.0.0.1"`) {
			t.Errorf("%s: %d %s, want %d", name, response.StatusCode, body, c.status)
		}
		_ = connection.Close()
	}
}
