package server

import (
	"net/http"
	"net/netip"
	"strings"
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
		"only proxies":                          {proxies, "10.0.0.1:4", "", []string{"10.2.2.2, 10.9.9.9"}, ""},
		"no header":                             {proxies, "10.0.0.1:4", "", nil, ""},
		"an empty header":                       {proxies, "10.0.0.1:4", "", []string{""}, ""},
		"a proxy that appends nothing":          {proxies, "10.0.0.1:4", "", []string{"192.0.2.1, "}, ""},
		"an empty line after the visitor's":     {proxies, "10.0.0.1:4", "", []string{"192.0.2.1", ""}, ""},
		"nonsense ends what is vouched for":     {proxies, "10.0.0.1:4", "", []string{"192.0.2.1, unknown, 10.9.9.9"}, ""},
		"unknown (RFC 7239)":                    {proxies, "10.0.0.1:4", "", []string{"unknown"}, ""},
		"an obfuscated identifier (RFC 7239)":   {proxies, "10.0.0.1:4", "", []string{"_hidden"}, ""},
		"a host name":                           {proxies, "10.0.0.1:4", "", []string{"visitor.example"}, ""},
		"leading zeros":                         {proxies, "10.0.0.1:4", "", []string{"192.0.2.010"}, ""},
		"a prefix":                              {proxies, "10.0.0.1:4", "", []string{"192.0.2.0/24"}, ""},
		"a half bracket":                        {proxies, "10.0.0.1:4", "", []string{"]192.0.2.1["}, ""},
		"an element of Forwarded":               {proxies, "10.0.0.1:4", "", []string{"for=192.0.2.1"}, ""},
		"no address at all":                     {proxies, "10.0.0.1:4", "", []string{"0.0.0.0"}, ""},
		"a proxy that is mapped to IPv6":        {proxies, "10.0.0.1:4", "", []string{"::ffff:10.0.0.9"}, ""},
		"a connection without an address":       {proxies, "@", "", []string{"192.0.2.1"}, ""},
		"IPv4 with a port":                      {proxies, "10.0.0.1:4", "", []string{"192.0.2.1:50123"}, "192.0.2.1"},
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
			got, err := addressReader{c.trusted, c.header}.read(&http.Request{RemoteAddr: c.connection, Header: header})
			if c.want == "" && (err == nil || got.IsValid() || !strings.Contains(err.Error(), field)) {
				t.Errorf("got %s, %v, want an error that names the header", got, err)
			}
			if c.want != "" && (err != nil || got.String() != c.want) {
				t.Errorf("got %s, %v, want %s", got, err, c.want)
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
		if got, err := reader.read(r); err != nil || got.String() != "192.0.2.77" {
			t.Fatalf("%q made %s, %v of 192.0.2.77", forged, got, err)
		}
		r.Header = http.Header{"X-Forwarded-For": {forged}}
		got, err := reader.read(r)
		if err != nil && got.IsValid() || err == nil && (!got.IsValid() || got.Is4In6() || got.Zone() != "" || reader.isTrusted(got)) {
			t.Fatalf("%q gives %s, %v", forged, got, err)
		}
	})
}
