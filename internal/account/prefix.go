package account

import (
	"net"
	"net/netip"
	"strconv"
	"strings"

	"github.com/gatehouse/gatehouse/internal/problem"
)

// mappedBits is the length of ::ffff:0:0/96, under which IPv6 writes IPv4 addresses (RFC 4291, 2.5.5.2).
const mappedBits = 96

// readPrefix reads an address, which stands for itself alone, or a prefix, in the canonical form of its family: an
// IPv4-mapped one is IPv4. What is wrong is told so that it can be put right, with the prefix that was probably meant.
func readPrefix(path, raw string) (netip.Prefix, *problem.Error) {
	invalid := func(key string, args ...any) (netip.Prefix, *problem.Error) {
		return netip.Prefix{}, problem.New(problem.Invalid, key, path, args...)
	}
	raw = strings.TrimSpace(raw)
	written, bitsWritten, hasBits := strings.Cut(raw, "/")
	switch {
	case raw == "":
		return netip.Prefix{}, problem.New(problem.Required, "prefix.required", path)
	case severalInOne.MatchString(raw):
		return invalid("prefix.several")
	case strings.Contains(raw, "%"):
		zoneless, _, _ := strings.Cut(written, "%")
		return invalid("prefix.zone", suggested(zoneless)...)
	case hasPort(written):
		return invalid("prefix.port", suggested(netip.MustParseAddrPort(written).Addr().String())...)
	case hasLeadingZero(written):
		return invalid("prefix.leading_zero")
	case dottedAfterV6.MatchString(written):
		return invalid("prefix.compatible", suggested(strings.TrimPrefix(written, "::"))...)
	}
	address, err := netip.ParseAddr(written)
	if err != nil {
		sentence, args := unreadable(raw)
		return invalid(sentence, args...)
	}
	bits := address.BitLen()
	if hasBits {
		if mask, ok := maskBits(bitsWritten); ok && address.Is4() {
			return invalid("prefix.mask", "suggestion", netip.PrefixFrom(address, mask).Masked().String())
		}
		if bits, err = readBits(bitsWritten, bits); err != nil {
			return invalid("prefix.length", "limit", address.BitLen())
		}
	}
	if address.Is4In6() {
		if bits < mappedBits {
			return invalid("prefix.mapped", mappedAdvice(address, bits)...)
		}
		address, bits = address.Unmap(), bits-mappedBits
	}
	prefix := netip.PrefixFrom(address, bits)
	if masked := prefix.Masked(); masked != prefix {
		return invalid("prefix.host_bits", "suggestion", masked.String(), "address", netip.PrefixFrom(address, address.BitLen()).String())
	}
	return prefix, nil
}

// mappedAdvice says what a short prefix of an IPv4-mapped address would hold, and which IPv4 prefix was probably meant: the length
// counts from the start of the IPv6 address, not of the IPv4 address in it.
func mappedAdvice(address netip.Addr, bits int) []any {
	four := address.Unmap()
	alone := netip.PrefixFrom(four, four.BitLen()).String()
	advice := []any{"covers", netip.PrefixFrom(address, bits).Masked().String()}
	if bits > four.BitLen() {
		return append(advice, "suggestion", alone)
	}
	return append(advice, "suggestion", netip.PrefixFrom(four, bits).Masked().String(), "address", alone)
}

func readBits(text string, most int) (int, error) {
	bits, err := strconv.ParseUint(text, 10, 8)
	if err == nil && (int(bits) > most || strconv.FormatUint(bits, 10) != text) {
		err = strconv.ErrRange
	}
	return int(bits), err
}

func hasPort(written string) bool {
	_, err := netip.ParseAddrPort(written)
	return err == nil
}

// hasLeadingZero says whether a part of an IPv4 address begins with a zero, which some programs read as octal.
func hasLeadingZero(written string) bool {
	parts := strings.Split(written[strings.LastIndexByte(written, ':')+1:], ".")
	for _, part := range parts {
		if len(parts) == 4 && len(part) > 1 && part[0] == '0' && part[1] >= '0' && part[1] <= '9' {
			return true
		}
	}
	return false
}

// maskBits reads a netmask such as 255.255.255.0, or the wildcard mask 0.0.0.255 of some routers.
func maskBits(text string) (int, bool) {
	mask, err := netip.ParseAddr(text)
	if err != nil || !mask.Is4() {
		return 0, false
	}
	bytes := mask.As4()
	if ones, size := net.IPv4Mask(bytes[0], bytes[1], bytes[2], bytes[3]).Size(); size != 0 {
		return ones, true
	}
	ones, size := net.IPv4Mask(^bytes[0], ^bytes[1], ^bytes[2], ^bytes[3]).Size()
	return ones, size != 0
}
