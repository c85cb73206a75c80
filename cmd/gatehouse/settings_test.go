package main

import "testing"

// Without --public-url the page is served under localhost with the port that is listened on, over HTTPS where there is a certificate: a server started for a try
// must not redirect to a port where nothing is.
func TestPublicURLFollowsListen(t *testing.T) {
	for listen, want := range map[string]string{
		"127.0.0.1:8080": "http://localhost:8080", "127.0.0.1:9000": "http://localhost:9000", "[::1]:81": "http://localhost:81",
		"127.0.0.1:0": "http://localhost:8080", ":80": "http://localhost", ":443": "http://localhost:443",
	} {
		if got, err := (&settings{Listen: listen}).publicURL(); err != nil || got.String() != want {
			t.Errorf("--listen %s: %v, %v; want %s", listen, got, err, want)
		}
	}
	for listen, want := range map[string]string{":8443": "https://localhost:8443", ":443": "https://localhost", ":80": "https://localhost:80"} {
		if got, err := (&settings{Listen: listen, TLSCert: "file"}).publicURL(); err != nil || got.String() != want {
			t.Errorf("--listen %s with TLS: %v, %v; want %s", listen, got, err, want)
		}
	}
}
