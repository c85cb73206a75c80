package server

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestPageIsCompressedForWhomItMayBe(t *testing.T) {
	p := testPage(t)
	for accepts, want := range map[string]bool{
		"gzip": true, "br, gzip": true, "gzip, deflate, br, zstd": true, "GZIP": true, "x-gzip": true, "*": true, "gzip;q=1": true, "gzip;q=0.001": true,
		"gzip ; q=0.5": true, "br;q=1.0, gzip;q=0.8, *;q=0.1": true, "*;q=0.5": true, "identity, gzip;q=1.000": true, "gzip;x=1;q=1": true,
		"": false, "gzip;q=0": false, "gzip;q=0.0": false, "gzip;q=0.000": false, "gzip; q=0": false, "br, gzip;q=0": false, "*;q=0": false,
		"gzip;q=0, *": false, "*, gzip;q=0": false, "identity": false, "br": false, "notgzip": false, "gzip2": false, "gzip;q=x": false, "gzip;q=": false, "gzip;Q=0": false, ",,;": false,
	} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			r := httptest.NewRequest(method, "/", nil)
			r.Header.Set("Accept-Encoding", accepts)
			w := httptest.NewRecorder()
			p.ServeHTTP(w, r)
			if got := w.Header().Get("Content-Encoding") == "gzip"; got != want || w.Code != http.StatusOK || w.Header().Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s with %q: %d, encoded %q", method, accepts, w.Code, w.Header().Get("Content-Encoding"))
			}
		}
	}
}

func TestPageIsKnownAgainByItsTag(t *testing.T) {
	p := testPage(t)
	tagOf := func(path, accepts string) string {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Accept-Encoding", accepts)
		w := httptest.NewRecorder()
		p.ServeHTTP(w, r)
		return w.Header().Get("ETag")
	}
	for _, accepts := range []string{"", "gzip"} {
		for _, path := range []string{"/", "/_app/immutable/start.js"} {
			tag := tagOf(path, accepts)
			for sent, known := range map[string]bool{
				tag: true, "W/" + tag: true, `"other", ` + tag: true, tag + `,"other"`: true, `W/"other",W/` + tag + ` `: true, "*": true, `"a,b" , ` + tag: true,
				"": false, `"other"`: false, strings.Trim(tag, `"`): false, `W/"other"`: false, "w/" + tag: false, `"` + tag: false, tag[:len(tag)-1]: false, `"other" "`: false,
			} {
				r := httptest.NewRequest(http.MethodGet, path, nil)
				r.Header.Set("Accept-Encoding", accepts)
				r.Header.Set("If-None-Match", sent)
				w := httptest.NewRecorder()
				p.ServeHTTP(w, r)
				if got := w.Code == http.StatusNotModified && w.Body.Len() == 0; got != known {
					t.Errorf("%s, %q: %d", path, sent, w.Code)
				}
				if w.Header().Get("ETag") != tag || w.Header().Get("Vary") == "" || w.Header().Get("Cache-Control") == "" {
					t.Errorf("%s, %q: %v", path, sent, w.Header())
				}
			}
		}
	}
	if plain, compressed := tagOf("/", ""), tagOf("/", "gzip"); plain == compressed {
		t.Errorf("one tag %s for two representations", plain)
	}
}
