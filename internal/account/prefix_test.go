package account

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/internal/problem"
)

func TestReadPrefix(t *testing.T) {
	for raw, want := range map[string]string{
		"192.0.2.7":                    "192.0.2.7/32",
		" 192.0.2.0/24\t":              "192.0.2.0/24",
		"0.0.0.0/0":                    "0.0.0.0/0",
		"255.255.255.255":              "255.255.255.255/32",
		"2001:DB8::/32":                "2001:db8::/32",
		"2001:db8:0:0:0:0:0:1":         "2001:db8::1/128",
		"::/0":                         "::/0",
		"::1":                          "::1/128",
		"fe80::/10":                    "fe80::/10",
		"::ffff:10.0.0.1":              "10.0.0.1/32",
		"::ffff:0a00:0001":             "10.0.0.1/32",
		"::ffff:10.0.0.0/104":          "10.0.0.0/8",
		"::ffff:10.0.0.1/128":          "10.0.0.1/32",
		"::ffff:0:0/96":                "0.0.0.0/0",
		"64:ff9b::192.0.2.33":          "64:ff9b::c000:221/128",
		"0000:0000:0000:0000::0001/64": "prefix.host_bits suggests ::/64",
		"192.0.2.17/24":                "prefix.host_bits suggests 192.0.2.0/24",
		"2001:db8::1/32":               "prefix.host_bits suggests 2001:db8::/32",
		"::ffff:10.0.0.1/104":          "prefix.host_bits suggests 10.0.0.0/8",
		"::ffff:10.0.0.1/64":           "prefix.mapped suggests 10.0.0.1/32",
		"192.0.2.0/255.255.255.0":      "prefix.mask suggests 192.0.2.0/24",
		"192.0.2.9/255.255.255.252":    "prefix.mask suggests 192.0.2.8/30",
		"192.0.2.0/255.0.255.0":        "prefix.length",
		"":                             "prefix.required",
		"  ":                           "prefix.required",
		"10.0.0.256":                   "prefix.invalid",
		"10.0.0":                       "prefix.parts suggests 10.0.0.0/24",
		"10.0.0.0.1":                   "prefix.invalid",
		"0x0a.0.0.1":                   "prefix.invalid",
		"10.0.0.-1":                    "prefix.invalid",
		"167772161":                    "prefix.invalid",
		"10.0.0.1-10.0.0.9":            "prefix.range suggests 10.0.0.1/32, 10.0.0.2/31, 10.0.0.4/30, 10.0.0.8/31",
		"10.0.0.*":                     "prefix.wildcard suggests 10.0.0.0/24",
		"office.acme.example":          "prefix.invalid",
		"2001:db8:::1":                 "prefix.invalid",
		"2001:db8::g":                  "prefix.invalid",
		"[2001:db8::1]":                "prefix.brackets suggests 2001:db8::1/128",
		"10.0.0.1 10.0.0.2":            "prefix.several",
		"10.0.0.1,10.0.0.2":            "prefix.several",
		"１０.0.0.1":                     "prefix.invalid",
		"10.0.0.1\x00":                 "prefix.invalid",
		"010.0.0.1":                    "prefix.leading_zero",
		"10.0.0.01/32":                 "prefix.leading_zero",
		"::ffff:10.0.0.01":             "prefix.leading_zero",
		"fe80::1%eth0":                 "prefix.zone suggests fe80::1/128",
		"fe80::%1/64":                  "prefix.zone suggests fe80::/128",
		"10.0.0.1:443":                 "prefix.port suggests 10.0.0.1/32",
		"[2001:db8::1]:443":            "prefix.port suggests 2001:db8::1/128",
		"::ffff:10.0.0.0/8":            "prefix.mapped suggests 10.0.0.0/8",
		"::ffff:10.1.2.3/8":            "prefix.mapped suggests 10.0.0.0/8",
		"::ffff:192.0.2.0/24":          "prefix.mapped suggests 192.0.2.0/24",
		"::ffff:0a00:0/16":             "prefix.mapped suggests 10.0.0.0/16",
		"::ffff:10.0.0.0/95":           "prefix.mapped suggests 10.0.0.0/32",
		"::ffff:0:0/0":                 "prefix.mapped suggests 0.0.0.0/0",
		"::ffff:10.0.0.0/129":          "prefix.length",
		"::10.0.0.1":                   "prefix.compatible suggests 10.0.0.1/32",
		"::10.0.0.0/104":               "prefix.compatible suggests 10.0.0.0/32",
		"64:ff9b::/96":                 "64:ff9b::/96",
		"64:ff9b::10.0.0.0/104":        "64:ff9b::a00:0/104",
		"64:ff9b::10.0.0.1/104":        "prefix.host_bits suggests 64:ff9b::a00:0/104",
		"10.0.0.1/8":                   "prefix.host_bits suggests 10.0.0.0/8",
		"10.0.0.0/0.0.0.255":           "prefix.mask suggests 10.0.0.0/24",
		"10.0.0.0/0.255.255.255":       "prefix.mask suggests 10.0.0.0/8",
		"10.0.0.0-10.0.0.255":          "prefix.range suggests 10.0.0.0/24",
		"10.0.0.1-9":                   "prefix.range suggests 10.0.0.1/32, 10.0.0.2/31, 10.0.0.4/30, 10.0.0.8/31",
		"10.0.0.1 – 10.0.0.2":          "prefix.range suggests 10.0.0.1/32, 10.0.0.2/32",
		"0.0.0.0-255.255.255.255":      "prefix.range suggests 0.0.0.0/0",
		"10.0.0.9-10.0.0.1":            "prefix.range",
		"10.0.0.1-10.255.255.254":      "prefix.range",
		"10.0.0.1-10.0.0.999":          "prefix.range",
		"2001:db8::1-2001:db8::9":      "prefix.range",
		"10.*.*.*":                     "prefix.wildcard suggests 10.0.0.0/8",
		"10.0.*":                       "prefix.wildcard suggests 10.0.0.0/16",
		"*":                            "prefix.wildcard suggests 0.0.0.0/0",
		"10.*.0.1":                     "prefix.invalid",
		"[2001:db8::]/32":              "prefix.brackets suggests 2001:db8::/32",
		"[10.0.0.1]":                   "prefix.brackets suggests 10.0.0.1/32",
		"[office]":                     "prefix.brackets",
		"10/8":                         "prefix.parts suggests 10.0.0.0/8",
		"10.0/16":                      "prefix.parts suggests 10.0.0.0/16",
		"192.168.":                     "prefix.parts suggests 192.168.0.0/16",
		"300":                          "prefix.invalid",
		"10.0.0.0/24, 2001:db8::/32":   "prefix.several",
		"10.0.0.1;10.0.0.2":            "prefix.several",
		"10.0.0.0/33":                  "prefix.length",
		"10.0.0.0/":                    "prefix.length",
		"10.0.0.0/08":                  "prefix.length",
		"10.0.0.0/+8":                  "prefix.length",
		"10.0.0.0/-1":                  "prefix.length",
		"10.0.0.0/8/8":                 "prefix.length",
		"10.0.0.0/eight":               "prefix.length",
		"10.0.0.0/4294967304":          "prefix.length",
		"2001:db8::/129":               "prefix.length",
		"2001:db8::/255.255.255.0":     "prefix.length",
	} {
		prefix, wrong := readPrefix("cidr", raw)
		got := prefix.String()
		if wrong != nil {
			got = wrong.Key
			if suggestion := wrong.Args["suggestion"]; suggestion != nil {
				got += fmt.Sprint(" suggests ", suggestion)
			}
			if prefix.IsValid() || wrong.Code != problem.Invalid && wrong.Code != problem.Required {
				t.Errorf("%q: %v with %s", raw, prefix, wrong.Code)
			}
		}
		if got != want {
			t.Errorf("%q: %s, want %s", raw, got, want)
		}
	}
}

// Whatever is accepted is canonical, holds its own first address, reads as itself again, and every suggestion is accepted.
func FuzzReadPrefix(f *testing.F) {
	for _, seed := range []string{"192.0.2.17/24", "::ffff:10.0.0.1/104", "2001:db8::/32", "010.1.1.1", "fe80::1%x", "1.2.3.4/255.255.0.0", "::ffff:0:0/95", "[::1]:80", "10.0.0.1-9", "10.*", "[::]/8", "10/8", "::1.2.3.4/9", "1.0.0.0/0.0.0.7"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		prefix, wrong := readPrefix("cidr", raw)
		if wrong != nil {
			for _, name := range []string{"suggestion", "address"} {
				for suggestion := range strings.SplitSeq(fmt.Sprint(wrong.Args[name]), ", ") {
					if wrong.Args[name] == nil {
						break
					}
					if meant, again := readPrefix("cidr", suggestion); again != nil || meant.String() != suggestion {
						t.Fatalf("%q: the %s %q is refused or changed: %v, %v", raw, name, suggestion, meant, again)
					}
				}
			}
			return
		}
		if !prefix.IsValid() || prefix != prefix.Masked() || prefix.Addr().Is4In6() || prefix.Addr().Zone() != "" || !prefix.Contains(prefix.Addr()) {
			t.Fatalf("%q is read as %v", raw, prefix)
		}
		if again, wrong := readPrefix("cidr", prefix.String()); wrong != nil || again != prefix {
			t.Fatalf("%q is read as %v, which is read as %v, %v", raw, prefix, again, wrong)
		}
		if parsed, err := netip.ParsePrefix(prefix.String()); err != nil || parsed != prefix {
			t.Fatalf("%v is not what the database would read: %v, %v", prefix, parsed, err)
		}
	})
}
