package server_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/server"
	"github.com/gatehouse/gatehouse/server/servertest"
)

const largeQuery = `{users(first:100){nodes{id loginName name email kind status createdAt updatedAt language roles{id name permissions}}}}`

func bodyOf(query string) []byte { return fmt.Appendf(nil, `{"query":%q}`, query) }

// unzipped reads a body, and says whether it was compressed.
func unzipped(t *testing.T, response *http.Response) (body string, compressed bool) {
	t.Helper()
	body = servertest.Drain(t, response)
	if response.Header.Get("Content-Encoding") != "gzip" {
		return body, false
	}
	reader, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain), true
}

// Answers of queries are compressed for who takes it; the header Accept-Encoding is read by its weights.
func TestAnswersAreCompressedForWhoAcceptsIt(t *testing.T) {
	w := newTown(t, open(t), "acme")
	for i := range 20 {
		w.acme.Person(fmt.Sprint("user", i))
	}
	send := func(path, accept string) *http.Response {
		header := http.Header{"Content-Type": {"application/json"}, "Accept-Encoding": {accept}}
		if path == "/graphql" {
			return w.admin.Send("POST", path, bodyOf(largeQuery), header)
		}
		return w.admin.Send("GET", path, nil, header)
	}
	for _, path := range []string{"/graphql", "/schema.graphql"} {
		plain, _ := unzipped(t, send(path, "identity"))
		for accept, want := range map[string]bool{
			"gzip": true, "gzip, deflate, br, zstd": true, "GZIP": true, "br;q=1, gzip;q=0.2": true, "*": true, "deflate, *;q=0.5": true, "gzip, *;q=0": true,
			"gzip;q=1.000": true, "identity": false, "gzip;q=0": false, "gzip; q=0.0": false, "gzip;q=0, *": false, "*;q=0": false, "br": false,
			"identity, *;q=0": false,
		} {
			response := send(path, accept)
			body, compressed := unzipped(t, response)
			if response.StatusCode != http.StatusOK || compressed != want || body != plain || !strings.Contains(strings.Join(response.Header.Values("Vary"), ","), "Accept-Encoding") ||
				response.Header.Get("No-Gzip-Compression") != "" {
				t.Errorf("%s for %q: %d, compressed %t, %v", path, accept, response.StatusCode, compressed, response.Header)
			}
		}
	}
}

// Nothing that holds a secret is compressed, nor anything for who is not signed in: its length would tell of what is in it (BREACH).
func TestSecretsAreNeverCompressed(t *testing.T) {
	w := newTown(t, open(t), "acme")
	for name, c := range map[string]struct {
		client *servertest.Client
		body   []byte
	}{
		"a new secret": {w.admin, bodyOf(`mutation{rotateAccessPointSecret(input:{id:"` + w.points["API"] + `"}){secret accessPoint{` + aliases("id") + `} userErrors{code}}}`)},
		"a new key": {w.admin, bodyOf(`mutation{createApiKey(input:{userId:"` + w.user + `",description:"` + strings.Repeat("x", 100) +
			`",accessPoints:["API"]}){secret apiKey{user{roles{permissions} ` + aliases("permissions") + `}} userErrors{code}}}`)},
		"a stranger's answer": {w.Client(), bodyOf(`{` + aliases("__typename") + `}`)},
		"a refusal":           {w.admin, bodyOf(`{` + aliases("nope") + `}`)},
	} {
		response := c.client.Send("POST", "/graphql", c.body, http.Header{"Content-Type": {"application/json"}, "Accept-Encoding": {"gzip"}})
		body, compressed := unzipped(t, response)
		if compressed || len(body) < 1024 || response.Header.Get("No-Gzip-Compression") != "" {
			t.Errorf("%s: compressed %t, %d bytes, %v: %.300s", name, compressed, len(body), response.Header, body)
		}
	}
	// Queries are compressed because none returns a secret.
	secretive := regexp.MustCompile(`(?i)(secret|token|recoveryCodes|uri|password)$`)
	seen := map[string]bool{}
	var look func(kind *ast.Definition)
	look = func(kind *ast.Definition) {
		if kind == nil || seen[kind.Name] {
			return
		}
		seen[kind.Name] = true
		for _, possible := range schemaOf.GetPossibleTypes(kind) {
			look(possible)
		}
		for _, field := range kind.Fields {
			if secretive.MatchString(field.Name) {
				t.Errorf("queries return %s.%s: if that is a secret, their answers must not be compressed", kind.Name, field.Name)
			}
			look(schemaOf.Types[field.Type.Name()])
		}
	}
	look(schemaOf.Query)
}

// aliases selects a field 90 times.
func aliases(field string) string {
	var selection strings.Builder
	for i := range 90 {
		fmt.Fprintf(&selection, "a%d:%s ", i, field)
	}
	return selection.String()
}

// RATE_LIMITED comes with the header Retry-After and the same seconds in the extensions. (Every answer of the other tests is held to it too.)
func TestRateLimitedSaysWhenToComeBack(t *testing.T) {
	w := newTown(t, open(t), "acme")
	const try = `signIn(input:{account:"acme",loginName:"admin",password:"wrong"}){next}`
	if answer := w.Client().Do(`mutation{a:`+try+` b:`+try+`}`, nil); answer.Header.Get("Retry-After") == "" {
		t.Errorf("two tries in one request: %v %s", answer.Header, answer.Body)
	}
	for _, path := range []string{"/graphql", "/access/v1/evaluation", "/oauth2/introspect", "/access/forward-auth/API"} {
		recorder, log := httptest.NewRecorder(), new(bytes.Buffer)
		r := httptest.NewRequest("POST", path, nil)
		r.Header.Set("Accept", "application/graphql-response+json")
		server.RefuseFault(slog.New(slog.NewTextHandler(log, nil)), recorder, r, "it failed", fmt.Errorf("lock: %w", db.ErrBusy))
		response := recorder.Result()
		if body := recorder.Body.String(); path == "/graphql" && !strings.Contains(body, `"code":"RATE_LIMITED"`) || path == "/graphql" && !strings.Contains(body, `"retryAfter":5`) || strings.Contains(body, "lock:") {
			t.Errorf("%s: %s", path, body)
		}
		if message := errorOf(t, path, response); recorder.Code != http.StatusServiceUnavailable || response.Header.Get("Retry-After") != "5" || !strings.Contains(message, "5 seconds") {
			t.Errorf("%s: %d %v %q", path, recorder.Code, response.Header, message)
		}
	}
}

// Every answer of an operation says what it costs and what it might cost.
func TestAnswersSayTheirCost(t *testing.T) {
	w := newTown(t, open(t), "acme")
	for document, client := range map[string]*servertest.Client{
		`{__typename}`: w.Client(), `{viewer{ip}}`: w.Client(), `{__typename viewer{ip}}`: w.admin, `{users{nodes{id}}}`: w.admin,
		`mutation{revokeOtherSessions{userErrors{code}}}`: w.admin,
	} {
		answer := client.Do(document, nil)
		limit := map[bool]float64{true: 40_000, false: 1_000}[client == w.admin]
		cost, _ := answer.Extensions["cost"].(map[string]any)
		if _, given := cost["requested"].(float64); !given || cost["limit"] != limit {
			t.Errorf("%s: %s", document, answer.Body)
		}
	}
}
