package server

import (
	"net/http"
	"net/url"
	"testing"
)

func TestPublicHost(t *testing.T) {
	for public, hosts := range map[string]map[string]bool{
		"https://gatehouse.example": {
			"gatehouse.example": true, "gatehouse.example:443": true, "GateHouse.EXAMPLE": true, "gatehouse.example.": true, "gatehouse.example.:443": true,
			"": false, "gatehouse.example:80": false, "gatehouse.example:8443": false, "evil.example": false, "gatehouse.example.evil.example": false,
			"gatehouse.example:": true, "evil.example:443": false, "gatehouse.example@evil.example": false, "[gatehouse.example]": false, "127.0.0.1": false,
		},
		"http://localhost:8080": {
			"localhost:8080": true, "LOCALHOST:8080": true, "localhost": false, "127.0.0.1:8080": false, "[::1]:8080": false, "localhost:80": false, "localhost:18080": false,
		},
		"http://127.0.0.1:8080":   {"127.0.0.1:8080": true, "localhost:8080": false, "127.0.0.1.:8080": true},
		"https://[2001:DB8::1]":   {"[2001:db8::1]": true, "[2001:db8:0::0:1]:443": true, "[2001:db8::1]:8443": false, "[2001:db8::2]": false},
		"https://münchen.example": {"xn--mnchen-3ya.example": true, "münchen.example": true, "munchen.example": false},
	} {
		parsed, err := url.Parse(public)
		if err != nil {
			t.Fatal(err)
		}
		for host, want := range hosts {
			if got := newPublicHost(parsed).isOf(&http.Request{Host: host}); got != want {
				t.Errorf("%s under %q: %t, want %t", public, host, got, want)
			}
		}
	}
}

// Whatever a request asks for, the redirect leads to the public host.
func FuzzPathAndQuery(f *testing.F) {
	for _, seed := range []string{"/users?a=b", "//evil.example/", "/%2f%2fevil.example", "http://evil.example/x?y", "*", "evil:opaque", `/\evil.example`, "/a?%zz#b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, target string) {
		asked, err := url.ParseRequestURI(target)
		if err != nil {
			return
		}
		location, err := url.Parse("https://gatehouse.example" + pathAndQuery(asked))
		if err != nil || location.Host != "gatehouse.example" || location.User != nil {
			t.Errorf("%q leads to %v, %v", target, location, err)
		}
	})
}
