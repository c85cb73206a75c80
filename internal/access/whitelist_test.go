package access

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"
)

// randomPrefixes are IPv4 /32s and IPv6 /64s that lie apart.
func randomPrefixes(random *rand.Rand, count int) []netip.Prefix {
	prefixes := make([]netip.Prefix, count)
	for i := range prefixes {
		v4 := netip.AddrFrom4([4]byte{byte(random.IntN(224)), byte(random.IntN(256)), byte(random.IntN(256)), byte(random.IntN(256))})
		v6 := netip.AddrFrom16([16]byte{0x20, 1, byte(random.IntN(256)), byte(random.IntN(256)), byte(random.IntN(256)), byte(random.IntN(256))})
		if prefixes[i] = netip.PrefixFrom(v4, 32); i%3 == 0 {
			prefixes[i] = netip.PrefixFrom(v6, 64)
		}
	}
	return prefixes
}

func BenchmarkFind(b *testing.B) {
	for _, count := range []int{1, 10, 1_000, 10_000} {
		random := rand.New(rand.NewPCG(7, 26))
		prefixes := randomPrefixes(random, count)
		list := NewWhitelist("", "", prefixes)
		asked := make([]netip.Addr, 4096)
		for i := range asked {
			asked[i] = prefixes[random.IntN(count)].Addr()
			if i%2 == 0 {
				asked[i] = netip.AddrFrom4([4]byte{byte(random.IntN(224)), byte(random.IntN(256)), byte(random.IntN(256)), byte(random.IntN(256))})
			}
		}
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				list.Find(asked[i%len(asked)])
			}
		})
	}
}

// A long list answers what looking through it would, also about what is no address.
func TestLongWhitelists(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 26))
	prefixes := randomPrefixes(random, 300)
	for _, wide := range []string{"10.0.0.0/8", "10.1.0.0/16", "2001::/20", "0.0.0.0/4"} {
		prefixes = append(prefixes, netip.MustParsePrefix(wide))
	}
	list := NewWhitelist("", "", prefixes)
	for range 100_000 {
		ip := randomPrefixes(random, 1)[0].Addr()
		if random.IntN(2) == 0 {
			ip = prefixes[random.IntN(len(prefixes))].Addr()
		}
		holds := slices.ContainsFunc(prefixes, func(prefix netip.Prefix) bool { return prefix.Contains(ip) })
		if prefix, found := list.Find(ip); found != holds || found && !prefix.Contains(ip) {
			t.Fatalf("%s: found %t in %s, it is there: %t", ip, found, prefix, holds)
		}
	}
	if _, found := list.Find(netip.Addr{}); found {
		t.Error("no address at all is in the list")
	}
}
