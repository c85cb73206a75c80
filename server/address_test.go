package server

import (
	"net/http"
	"net/netip"
	"testing"
)

// Product rule 6, case by case.
func TestAddress(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8:1::/48")}
	for name, c := range map[string]struct {
		trusted    []netip.Prefix
		connection string
		header     string
		values     []string
		want       string
	}{
		"nobody is trusted":                     {nil, "10.0.0.1:4", "", []string{"192.0.2.1"}, "10.0.0.1"},
		"a stranger's header is not read":       {proxies, "198.51.100.7:4", "", []string{"192.0.2.1"}, "198.51.100.7"},
		"a trusted proxy's is":                  {proxies, "10.0.0.1:4", "", []string{"192.0.2.1"}, "192.0.2.1"},
		"what stands further left is not":       {proxies, "10.0.0.1:4", "", []string{"203.0.113.9, 192.0.2.1"}, "192.0.2.1"},
		"proxies behind proxies are skipped":    {proxies, "10.0.0.1:4", "", []string{"203.0.113.9, 192.0.2.1, 10.9.9.9"}, "192.0.2.1"},
		"several lines are one list":            {proxies, "10.0.0.1:4", "", []string{"203.0.113.9", "192.0.2.1"}, "192.0.2.1"},
		"only proxies: the outermost":           {proxies, "10.0.0.1:4", "", []string{"10.2.2.2, 10.9.9.9"}, "10.2.2.2"},
		"no header: the proxy itself":           {proxies, "10.0.0.1:4", "", nil, "10.0.0.1"},
		"nonsense ends what is vouched for":     {proxies, "10.0.0.1:4", "", []string{"192.0.2.1, unknown, 10.9.9.9"}, "10.9.9.9"},
		"IPv4-mapped connection":                {proxies, "[::ffff:198.51.100.7]:4", "", nil, "198.51.100.7"},
		"IPv4-mapped proxy":                     {proxies, "[::ffff:10.0.0.1]:4", "", []string{"::ffff:192.0.2.1"}, "192.0.2.1"},
		"with ports":                            {proxies, "[2001:db8:1::1]:4", "", []string{"[2001:db8:9::1]:443"}, "2001:db8:9::1"},
		"in brackets":                           {proxies, "[2001:db8:1::1]:4", "", []string{"[2001:db8:9::1]"}, "2001:db8:9::1"},
		"the named header":                      {proxies, "10.0.0.1:4", "Fly-Client-Ip", []string{"192.0.2.1"}, "192.0.2.1"},
		"a zone does not hide a link's address": {proxies, "[fe80::1%eth0]:4", "", nil, "fe80::1"},
	} {
		t.Run(name, func(t *testing.T) {
			header := http.Header{}
			field := c.header
			if field == "" {
				field = "X-Forwarded-For"
			}
			header[field] = c.values
			if field != "X-Forwarded-For" {
				header.Set("X-Forwarded-For", "203.0.113.66")
			}
			header.Set("X-Real-Ip", "203.0.113.66")
			header.Set("Forwarded", "for=203.0.113.66")
			got := addressReader{c.trusted, c.header}.read(&http.Request{RemoteAddr: c.connection, Header: header})
			if got.String() != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// Whatever a stranger writes into the header, the address is the one that the nearest trusted proxy appended.
func FuzzAddress(f *testing.F) {
	f.Add("192.0.2.1")
	f.Add("::ffff:10.0.0.1, [::1]:80,,")
	reader := addressReader{trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
	f.Fuzz(func(t *testing.T, forged string) {
		r := &http.Request{RemoteAddr: "10.0.0.1:4", Header: http.Header{"X-Forwarded-For": {forged, "192.0.2.77"}}}
		if got := reader.read(r); got.String() != "192.0.2.77" {
			t.Fatalf("%q made %s of 192.0.2.77", forged, got)
		}
		r.Header = http.Header{"X-Forwarded-For": {forged}}
		if got := reader.read(r); !got.IsValid() || got.Is4In6() || got.Zone() != "" {
			t.Fatalf("%q gives %s", forged, got)
		}
	})
}
