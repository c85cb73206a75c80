package origin

import (
	"net/url"
	"strings"
	"testing"
)

// What operators write, and what browsers make of it.
func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"https://gatehouse.example":           "https://gatehouse.example",
		" https://gatehouse.example\n":        "https://gatehouse.example",
		"https://gatehouse.example/":          "https://gatehouse.example",
		"HTTPS://GateHouse.EXAMPLE":           "https://gatehouse.example",
		"https://gatehouse.example:443":       "https://gatehouse.example",
		"https://gatehouse.example:0443/":     "https://gatehouse.example",
		"https://gatehouse.example:":          "https://gatehouse.example",
		"https://gatehouse.example:80":        "https://gatehouse.example:80",
		"http://gatehouse.example:80":         "http://gatehouse.example",
		"http://localhost:08080":              "http://localhost:8080",
		"https://gatehouse.example.":          "https://gatehouse.example",
		"https://gatehouse.example.:443/":     "https://gatehouse.example",
		"https://münchen.example":             "https://xn--mnchen-3ya.example",
		"https://MÜNCHEN.example:8443":        "https://xn--mnchen-3ya.example:8443",
		"https://mu\u0308nchen.example":       "https://xn--mnchen-3ya.example",
		"https://XN--Mnchen-3ya.example":      "https://xn--mnchen-3ya.example",
		"https://straße.example":              "https://xn--strae-oqa.example",
		"https://例え。テスト":                      "https://xn--r8jz45g.xn--zckzah",
		"https://例え。テスト。":                     "https://xn--r8jz45g.xn--zckzah",
		"https://gate_house":                  "https://gate_house",
		"https://gatehouse":                   "https://gatehouse",
		"https://192.0.2.7:443":               "https://192.0.2.7",
		"https://192.0.2.7.":                  "https://192.0.2.7",
		"https://[2001:DB8:0::0:1]":           "https://[2001:db8::1]",
		"https://[2001:db8::1]:443":           "https://[2001:db8::1]",
		"http://[::1]:8080":                   "http://[::1]:8080",
		"https://１９２.0.2.7":                   "https://192.0.2.7",
		"http://app.localhost:3000":           "http://app.localhost:3000",
		"https://a.b.c.gatehouse.example:444": "https://a.b.c.gatehouse.example:444",
	} {
		got, err := Parse(text)
		if err != nil || got.String() != want {
			t.Errorf("%q: %v, %v; want %s", text, got, err, want)
			continue
		}
		if again, err := Parse(got.String()); err != nil || *again != *got {
			t.Errorf("%q again: %v, %v", got, again, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for text, says := range map[string]string{
		"":                                                "such as https://gatehouse.example",
		"gatehouse.example":                               "such as https://gatehouse.example",
		"gatehouse.example:8080":                          "such as https://gatehouse.example",
		"//gatehouse.example":                             "such as https://gatehouse.example",
		"https:gatehouse.example":                         "such as https://gatehouse.example",
		"https://":                                        "such as https://gatehouse.example",
		"https:///users":                                  "such as https://gatehouse.example",
		`https:\\gatehouse.example`:                       "such as https://gatehouse.example",
		"https://gate house.example":                      "such as https://gatehouse.example",
		"ftp://gatehouse.example":                         "ftp:",
		"javascript://gatehouse.example/%0a":              "javascript:",
		"https://root:hunter2@gatehouse.example":          "before the @",
		"https://gatehouse.example/users":                 "/users",
		"https://gatehouse.example?a=b":                   "follows the host",
		"https://gatehouse.example?":                      "follows the host",
		"https://gatehouse.example/#top":                  "follows the host",
		"https://gatehouse.example#":                      "follows the host",
		"https://gatehouse.example:0":                     "no port",
		"https://gatehouse.example:65536":                 "no port",
		"https://gatehouse..example":                      "no host name",
		"https://gatehouse.example..":                     "no host name",
		"https://.gatehouse.example":                      "no host name",
		"https://gate*house.example":                      "no host name",
		"https://gate\u200bhouse\u2028.example":           "no host name",
		"https://xn--a.example":                           "no host name",
		"https://" + strings.Repeat("a", 64) + ".example": "no host name",
		"https://256.1.1.1":                               "four numbers",
		"https://127.1":                                   "four numbers",
		"https://0x7f.0.0.1":                              "four numbers",
		"https://2130706433":                              "four numbers",
		"https://gatehouse.example.0x":                    "four numbers",
		"https://0.0.0.0:8080":                            "reach",
		"https://[::]":                                    "reach",
		"https://[::ffff:192.0.2.7]":                      "write 192.0.2.7",
		"https://[fe80::1%25eth0]":                        "zone",
		"https://[gatehouse.example]":                     "such as https://gatehouse.example",
		"https://[192.0.2.7]":                             "such as https://gatehouse.example",
	} {
		got, err := Parse(text)
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, %v; want an error with %q", text, got, err, says)
		} else if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: the error holds the password", text)
		}
	}
}

// Whatever is taken is its own form, and a Host header made of it is equal to it.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"https://MÜNCHEN.example.:0443/", "http://[::1]:80", "https://例え。テスト", "https://127.1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(got.String())
		if err != nil || *again != *got || got.Hostname() == "" || *got != (url.URL{Scheme: got.Scheme, Host: got.Host}) {
			t.Errorf("%q is %q and then %v, %v", text, got, again, err)
		}
		if a, b := HostPort(got.Scheme, got.Host), HostPort(got.Scheme, strings.ToUpper(got.Host)); a != b {
			t.Errorf("%q and %q", a, b)
		}
	})
}
