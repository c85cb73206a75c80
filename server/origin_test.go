package server

import (
	"net/url"
	"testing"
)

// An origin is compared as access points have it: in lower case, and without a port that goes without saying (RFC 6454).
func TestOrigin(t *testing.T) {
	for address, want := range map[string]string{
		"https://portal.acme.example/orders?a": "https://portal.acme.example",
		"HTTPS://Portal.ACME.example:443/":     "https://portal.acme.example",
		"http://localhost:80":                  "http://localhost",
		"http://portal.acme.example:443/":      "http://portal.acme.example:443",
		"https://portal.acme.example:8443/":    "https://portal.acme.example:8443",
		"https://[2001:DB8::1]:443/":           "https://[2001:db8::1]",
		"https://[2001:db8::1]:8443/":          "https://[2001:db8::1]:8443",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := originOf(u); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}
