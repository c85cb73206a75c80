package servertest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// Client is a plain HTTP client with a cookie jar.
type Client struct {
	t    testing.TB
	url  string
	http *http.Client
	// Header goes with every request.
	Header http.Header
}

// Client makes a client without any cookie. Where the server trusts proxies, the client is behind one, at [ClientIP].
func (s *Site) Client() *Client {
	s.T.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.T.Fatal(err)
	}
	client := &Client{t: s.T, url: "http://" + s.config.PublicURL.Host, http: &http.Client{Jar: jar, Transport: s.transport}, Header: http.Header{}}
	if len(s.config.TrustedProxies) > 0 {
		client.Header.Set("X-Forwarded-For", ClientIP)
	}
	return client
}

// ClientIP is the address of clients of a server that trusts proxies, unless they say otherwise.
const ClientIP = "203.0.113.200"

func (c *Client) address() *url.URL {
	address, err := url.Parse(c.url)
	if err != nil {
		c.t.Fatal(err)
	}
	return address
}

// SetCookie puts a cookie into the jar.
func (c *Client) SetCookie(name, value string) {
	c.http.Jar.SetCookies(c.address(), []*http.Cookie{{Name: name, Value: value, Path: "/"}})
}

// StopAtRedirects makes the client tell where it is sent instead of going there.
func (c *Client) StopAtRedirects() {
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
}

// Cookie returns the value of a cookie in the jar, empty when there is none.
func (c *Client) Cookie(name string) string {
	for _, cookie := range c.http.Jar.Cookies(c.address()) {
		if cookie.Name == name {
			return cookie.Value
		}
	}
	return ""
}

// Send sends a request to a path of the server, under the host of its public URL unless header has another Host.
func (c *Client) Send(method, path string, body []byte, header http.Header) *http.Response {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.url+path, bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	for _, headers := range []http.Header{c.Header, header} {
		for name, values := range headers {
			r.Header[name] = values
		}
	}
	if host := r.Header.Get("Host"); host != "" {
		r.Host = host
	}
	response, err := c.http.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	return response
}

// Variables of an operation.
type Variables = map[string]any

// Answer is what GraphQL answers.
type Answer struct {
	t      testing.TB
	Status int
	Header http.Header
	Body   string
	Data   map[string]any `json:"data"`
	Errors []Error        `json:"errors"`
	// Extensions are of the whole answer.
	Extensions map[string]any `json:"extensions"`
}

// Error is a GraphQL error.
type Error struct {
	Message string `json:"message"`
	Path    []any  `json:"path"`
	// Locations are in the document, with their line and column.
	Locations  []map[string]int `json:"locations"`
	Extensions map[string]any   `json:"extensions"`
}

// Code is the error's code.
func (e Error) Code() string { return fmt.Sprint(e.Extensions["code"]) }

// Place is the error's path, with dots.
func (e Error) Place() string {
	parts := make([]string, len(e.Path))
	for i, part := range e.Path {
		parts[i] = fmt.Sprint(part)
	}
	return strings.Join(parts, ".")
}

// Do sends an operation.
func (c *Client) Do(query string, variables Variables) *Answer {
	c.t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		c.t.Fatal(err)
	}
	response := c.Send(http.MethodPost, "/graphql", body, http.Header{"Content-Type": {"application/json"}})
	answer := &Answer{t: c.t, Status: response.StatusCode, Header: response.Header, Body: Drain(c.t, response)}
	if err := json.Unmarshal([]byte(answer.Body), answer); err != nil {
		c.t.Fatalf("status %d, %q: %v", answer.Status, answer.Body, err)
	}
	answer.checkRetryAfter()
	return answer
}

// checkRetryAfter holds every answer to its header Retry-After: the longest time of its RATE_LIMITED errors, and none without them.
func (a *Answer) checkRetryAfter() {
	a.t.Helper()
	longest, want := 0.0, ""
	for _, e := range a.Errors {
		if e.Code() == "RATE_LIMITED" {
			after, _ := e.Extensions["retryAfter"].(float64)
			longest = max(longest, after)
			want = fmt.Sprint(longest)
		}
	}
	if got := a.Header.Get("Retry-After"); got != want || want == "0" {
		a.t.Errorf("Retry-After is %q, want %q: %s", got, want, a.Body)
	}
}

// Must sends an operation that is to succeed, without errors and without userErrors.
func (c *Client) Must(query string, variables Variables) *Answer {
	c.t.Helper()
	answer := c.Do(query, variables)
	if len(answer.Errors) > 0 {
		c.t.Fatalf("%s: %s", query, answer.Body)
	}
	for field, payload := range answer.Data {
		if payload, ok := payload.(map[string]any); ok {
			if userErrors, ok := payload["userErrors"].([]any); ok && len(userErrors) > 0 {
				c.t.Fatalf("%s: %v", field, userErrors)
			}
		}
	}
	return answer
}

// At returns what stands at a path with dots, such as "users.nodes.0.id"; nil where there is nothing.
func (a *Answer) At(path string) any {
	var at any = a.Data
	for part := range strings.SplitSeq(path, ".") {
		switch within := at.(type) {
		case map[string]any:
			at = within[part]
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i >= len(within) {
				return nil
			}
			at = within[i]
		default:
			return nil
		}
	}
	return at
}

// Text is At for what must be a text.
func (a *Answer) Text(path string) string {
	a.t.Helper()
	text, ok := a.At(path).(string)
	if !ok {
		a.t.Fatalf("no text at %s: %s", path, a.Body)
	}
	return text
}

// UserErrors are the problems of a mutation's field, as "CODE path".
func (a *Answer) UserErrors(field string) []string {
	list, _ := a.At(field + ".userErrors").([]any)
	problems := make([]string, len(list))
	for i, entry := range list {
		entry := entry.(map[string]any)
		path, _ := entry["field"].([]any)
		parts := make([]string, len(path))
		for i, part := range path {
			parts[i] = fmt.Sprint(part)
		}
		problems[i] = strings.TrimSpace(fmt.Sprint(entry["code"], " ", strings.Join(parts, ".")))
	}
	return problems
}

// ErrorCodes are the errors, as "CODE path".
func (a *Answer) ErrorCodes() []string {
	codes := make([]string, len(a.Errors))
	for i, e := range a.Errors {
		codes[i] = strings.TrimSpace(e.Code() + " " + e.Place())
	}
	return codes
}
