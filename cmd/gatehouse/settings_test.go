package main

import (
	"fmt"
	"testing"
)

// An IPv4-mapped prefix in the configuration is IPv4 (product rule 6).
func TestTrustedProxies(t *testing.T) {
	s := &settings{TrustedProxy: []string{"192.0.2.7", "10.1.2.3/8", "::ffff:192.0.2.8", "::ffff:172.16.0.0/108", "2001:db8::/32"}}
	got, err := s.trustedProxies()
	want := "[192.0.2.7/32 10.0.0.0/8 192.0.2.8/32 172.16.0.0/12 2001:db8::/32]"
	if err != nil || fmt.Sprint(got) != want {
		t.Errorf("%v, %v, want %s", got, err, want)
	}
}
