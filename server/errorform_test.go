package server_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/gatehouse/gatehouse/frontend"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/server"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// patterns are all routes of the server.
func patterns(t *testing.T) []string {
	t.Helper()
	handler, err := server.New(server.Config{
		Page: frontend.Files(), PublicURL: &url.URL{Scheme: "http", Host: "localhost"}, Doorkeeper: &access.Doorkeeper{},
		Log: slog.New(slog.DiscardHandler), Metrics: prometheus.NewRegistry(),
	})
	if err != nil {
		t.Fatal(err)
	}
	return server.Patterns(handler)
}

// errorOf reads an error in the form that the path has, and fails for any other.
func errorOf(t *testing.T, path string, response *http.Response) (message string) {
	t.Helper()
	body, _ := io.ReadAll(response.Body)
	_ = response.Body.Close()
	want, into := "application/json", any(&message)
	switch {
	case strings.HasPrefix(path, "/graphql"):
		var answer struct {
			Data   *json.RawMessage
			Errors []servertest.Error
		}
		if err := json.Unmarshal(body, &answer); err != nil || len(answer.Errors) != 1 || answer.Data != nil || answer.Errors[0].Code() == "<nil>" ||
			answer.Errors[0].Extensions["requestId"] != response.Header.Get("Request-Id") || response.Header.Get("Content-Type") != "application/graphql-response+json; charset=utf-8" {
			t.Errorf("%s: %d %s %s", path, response.StatusCode, response.Header.Get("Content-Type"), body)
			return ""
		}
		return answer.Errors[0].Message
	case strings.HasPrefix(path, "/oauth2/"):
		var answer struct {
			Error       string `json:"error"`
			Description string `json:"error_description"`
		}
		into = &answer
		defer func() { message = answer.Description }()
	case strings.HasPrefix(path, "/access/forward-auth/"):
		var answer struct{ Message string }
		into = &answer
		defer func() { message = answer.Message }()
	case strings.HasPrefix(path, "/access/enter/"), !strings.HasPrefix(path, "/access/") && !strings.HasPrefix(path, "/.well-known/"):
		if response.Header.Get("Content-Type") != "text/plain; charset=utf-8" {
			t.Errorf("%s: %s %s", path, response.Header.Get("Content-Type"), body)
		}
		return string(body)
	}
	if err := json.Unmarshal(body, into); err != nil || response.Header.Get("Content-Type") != want {
		t.Errorf("%s: %d %s %q", path, response.StatusCode, response.Header.Get("Content-Type"), body)
	}
	return message
}

// Every error of HTTP has the form of its endpoint, whichever part of the server refuses the request.
func TestErrorsHaveTheFormOfTheirEndpoint(t *testing.T) {
	w := newTown(t, open(t), "acme")
	paths := map[string][]string{} // the methods that each has
	for _, pattern := range patterns(t) {
		method, path, found := strings.Cut(pattern, " ")
		if !found {
			method, path = "", pattern
		}
		paths[path] = append(paths[path], method)
	}
	if len(paths) < 12 {
		t.Fatalf("only %v", paths)
	}
	for path, methods := range paths {
		path = strings.NewReplacer("{accessPoint}", "API").Replace(path)
		send := func(method string, header http.Header) *http.Response {
			header = header.Clone()
			if header.Get("Accept") == "" {
				header.Set("Accept", "application/graphql-response+json")
			}
			return w.Client().Send(method, path, nil, header)
		}
		// A page of another origin.
		if !strings.HasPrefix(path, "/access/forward-auth/") {
			foreign := send("POST", http.Header{"Sec-Fetch-Site": {"cross-site"}, "Origin": {"https://evil.example"}})
			if message := errorOf(t, path, foreign); foreign.StatusCode != http.StatusForbidden || !strings.Contains(message, "origin") {
				t.Errorf("%s, of another origin: %d %q", path, foreign.StatusCode, message)
			}
		}
		// A secret in the address.
		told := w.Client().Send("GET", path+"?key=gatekey_x", nil, http.Header{"Accept": {"application/graphql-response+json"}})
		if message := errorOf(t, path, told); told.StatusCode != http.StatusBadRequest || !strings.Contains(message, "address") {
			t.Errorf("%s, with a secret: %d %q", path, told.StatusCode, message)
		}
		// Another method.
		wrong := send("PATCH", http.Header{})
		switch {
		case strings.HasPrefix(path, "/access/forward-auth/"):
			if errorOf(t, path, wrong); wrong.StatusCode != http.StatusUnauthorized || wrong.Header.Get("WWW-Authenticate") == "" {
				t.Errorf("%s: %d", path, wrong.StatusCode)
			}
		case strings.HasSuffix(path, "/") && path != "/":
			if errorOf(t, path, wrong); wrong.StatusCode != http.StatusNotFound {
				t.Errorf("PATCH %s: %d", path, wrong.StatusCode)
			}
		default:
			if errorOf(t, path, wrong); wrong.StatusCode != http.StatusMethodNotAllowed || wrong.Header.Get("Allow") == "" {
				t.Errorf("PATCH %s: %d, Allow %q", path, wrong.StatusCode, wrong.Header.Get("Allow"))
			}
		}
		// Without a secret.
		if strings.HasPrefix(path, "/access/v1/e") || strings.HasPrefix(path, "/oauth2/i") {
			nobody := send("POST", http.Header{})
			if message := errorOf(t, path, nobody); nobody.StatusCode != http.StatusUnauthorized || !strings.Contains(message, "gatesvc_") || nobody.Header.Get("WWW-Authenticate") == "" {
				t.Errorf("%s, by nobody: %d %q", path, nobody.StatusCode, message)
			}
			if !slices.Contains(methods, "POST") {
				t.Errorf("%s has %v", path, methods)
			}
		}
	}
	// What is below an endpoint and none.
	for _, path := range []string{"/graphql/", "/graphql/x", "/access/", "/access/v2/evaluation", "/access/forward-auth/", "/access/forward-auth/a/b", "/access/enter/", "/oauth2/token", "/.well-known/openid-configuration"} {
		gone := w.Client().Send("GET", path, nil, http.Header{"Accept": {"application/graphql-response+json"}})
		if message := errorOf(t, path, gone); gone.StatusCode != http.StatusNotFound || message == "" {
			t.Errorf("%s: %d %q", path, gone.StatusCode, message)
		}
	}
}

// The endpoint of GraphQL has one form for every error that it can answer with, in the media type that is accepted.
func TestErrorsOfTheGraphQLEndpoint(t *testing.T) {
	w := newTown(t, open(t), "acme")
	newer := "application/graphql-response+json"
	for name, c := range map[string]struct {
		header http.Header
		method string
		body   string
		status int
		code   string
	}{
		"an unknown key":           {http.Header{"Authorization": {"ApiKey x"}}, "POST", `{}`, 401, "UNAUTHENTICATED"},
		"a cookie and a key":       {http.Header{"Authorization": {"ApiKey x"}, "Cookie": {"gatehouse_session=x"}}, "POST", `{}`, 400, "BAD_USER_INPUT"},
		"another origin":           {http.Header{"Origin": {"https://evil.example"}, "Sec-Fetch-Site": {"cross-site"}}, "POST", `{}`, 403, "FORBIDDEN"},
		"another host":             {http.Header{"Host": {"evil.example"}}, "POST", `{}`, 421, "BAD_USER_INPUT"},
		"GET":                      {http.Header{}, "GET", ``, 405, "BAD_USER_INPUT"},
		"PUT":                      {http.Header{}, "PUT", ``, 405, "BAD_USER_INPUT"},
		"compressed":               {http.Header{"Content-Encoding": {"gzip"}}, "POST", "\x1f\x8b", 415, "BAD_USER_INPUT"},
		"compressed twice":         {http.Header{"Content-Encoding": {"identity, br"}}, "POST", "x", 415, "BAD_USER_INPUT"},
		"a form":                   {http.Header{"Content-Type": {"multipart/form-data"}}, "POST", `{}`, 415, "BAD_USER_INPUT"},
		"no media type":            {http.Header{"Content-Type": nil}, "POST", `{}`, 415, "BAD_USER_INPUT"},
		"too large":                {http.Header{}, "POST", `{"query":"` + strings.Repeat(" ", 70_000) + `"}`, 413, "BAD_USER_INPUT"},
		"no JSON":                  {http.Header{}, "POST", `{`, 400, "BAD_USER_INPUT"},
		"no GraphQL":               {http.Header{}, "POST", `{"query":"{"}`, 400, "BAD_USER_INPUT"},
		"not valid":                {http.Header{}, "POST", `{"query":"{nope}"}`, 400, "BAD_USER_INPUT"},
		"an encoding that is none": {http.Header{"Content-Encoding": {"identity"}}, "POST", `{"query":"{nope}"}`, 400, "BAD_USER_INPUT"},
	} {
		for _, accept := range []string{newer, "application/json"} {
			header := http.Header{"Content-Type": {"application/json"}, "Accept": {accept}}
			for name, values := range c.header {
				header[name] = values
			}
			response := w.Client().Send(c.method, "/graphql", []byte(c.body), header)
			var answer struct{ Errors []servertest.Error }
			body := servertest.Drain(t, response)
			status := c.status
			if accept != newer && strings.Contains(c.body, `"query":"{`) {
				status = 200 // as the older type has it for what GraphQL itself refuses
			}
			if err := json.Unmarshal([]byte(body), &answer); err != nil || response.StatusCode != status || len(answer.Errors) != 1 || answer.Errors[0].Code() != c.code ||
				answer.Errors[0].Extensions["requestId"] != response.Header.Get("Request-Id") || response.Header.Get("Content-Type") != accept+"; charset=utf-8" ||
				strings.Contains(body, `"data"`) || response.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: %d %v %s", name, response.StatusCode, response.Header, body)
			}
			if encoding := response.Header.Get("Accept-Encoding"); status == 415 && (len(c.header["Content-Encoding"]) > 0) != (encoding == "identity") {
				t.Errorf("%s: Accept-Encoding %q", name, encoding)
			}
		}
	}
}

// A request that a handler panics on is answered in the form of its endpoint, without the cause.
func TestFaultsHaveTheFormOfTheirEndpoint(t *testing.T) {
	handler, err := server.New(server.Config{
		Page: frontend.Files(), PublicURL: &url.URL{Scheme: "http", Host: "localhost"}, Doorkeeper: &access.Doorkeeper{}, // nothing behind it
		Log: slog.New(slog.DiscardHandler), Metrics: prometheus.NewRegistry(),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/graphql", "/access/v1/evaluation", "/oauth2/introspect", "/access/forward-auth/API", "/readyz"} {
		r := httptest.NewRequest(http.MethodPost, "http://localhost"+path, strings.NewReader(`{"query":"{viewer{ip}}"}`))
		if path == "/readyz" {
			r.Method = http.MethodGet
		}
		r.Header = http.Header{
			"Accept": {"application/graphql-response+json"}, "Content-Type": {"application/json"}, "Authorization": {"Bearer gatesvc_x"}, "Gatehouse-Access-Point-Secret": {"gatesvc_" + strings.Repeat("0", 49)},
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if message := errorOf(t, path, w.Result()); w.Code != 500 && w.Code != 401 || strings.Contains(message, "nil") {
			t.Errorf("%s: %d %q", path, w.Code, message)
		}
	}
}
