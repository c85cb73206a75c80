package server

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func testPage(t *testing.T) *page {
	t.Helper()
	p, err := newPage(fstest.MapFS{
		"index.html":               {Data: []byte("<!doctype html>" + strings.Repeat("gate ", 100))},
		"favicon.svg":              {Data: []byte("<svg/>")},
		"script-hashes.txt":        {Data: []byte("sha256-AAA=\nsha256-BBB=\n")},
		"_app/immutable/start.js":  {Data: []byte("start()")},
		"_app/immutable/style.css": {Data: []byte("a{}")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPage(t *testing.T) {
	p := testPage(t)
	for _, c := range []struct {
		method, path  string
		status        int
		kind, caching string
	}{
		{"GET", "/", 200, "text/html", "no-store"},
		{"GET", "/index.html", 200, "text/html", "no-store"},
		{"GET", "/users/user_01h455vb4pex5vsknk084sn02q", 200, "text/html", "no-store"},
		{"HEAD", "/users", 200, "text/html", "no-store"},
		{"GET", "/favicon.svg", 200, "image/svg+xml", "no-cache"},
		{"GET", "/_app/immutable/start.js", 200, "text/javascript", "public, max-age=31536000, immutable"},
		{"GET", "/_app/immutable/gone.js", 404, "text/plain", "no-store"},
		{"GET", "/_app/", 404, "text/plain", "no-store"},
		{"GET", "/robots.txt", 404, "text/plain", "no-store"},
		{"GET", "/script-hashes.txt", 404, "text/plain", "no-store"},
		{"POST", "/users", 405, "text/plain", "no-store"},
	} {
		w := httptest.NewRecorder()
		p.ServeHTTP(w, httptest.NewRequest(c.method, c.path, nil))
		if w.Code != c.status || !strings.HasPrefix(w.Header().Get("Content-Type"), c.kind) || w.Header().Get("Cache-Control") != c.caching {
			t.Errorf("%s %s: %d %q %q", c.method, c.path, w.Code, w.Header().Get("Content-Type"), w.Header().Get("Cache-Control"))
		}
	}
	if got := strings.Join(p.scripts, " "); got != "'sha256-AAA=' 'sha256-BBB='" {
		t.Errorf("scripts = %s", got)
	}
}

func TestPageIsCompressedAndKnownAgain(t *testing.T) {
	p := testPage(t)
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("Accept-Encoding", "br, gzip")
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	unzipped, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(unzipped); err != nil || !strings.HasPrefix(string(body), "<!doctype html>") {
		t.Fatalf("%q, %v", body, err)
	}
	r.Header.Set("If-None-Match", w.Header().Get("ETag"))
	again := httptest.NewRecorder()
	if p.ServeHTTP(again, r); again.Code != http.StatusNotModified || again.Body.Len() != 0 {
		t.Errorf("the same again: %d with %d bytes", again.Code, again.Body.Len())
	}
}

func TestPageWithoutIndexIsRefused(t *testing.T) {
	if _, err := newPage(fstest.MapFS{}); err == nil {
		t.Error("a page without index.html was taken")
	}
}
