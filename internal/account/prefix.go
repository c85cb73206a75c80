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
	case strings.Contains(raw, "%"):
		return invalid("prefix.zone")
	case hasPort(written):
		return invalid("prefix.port")
	case hasLeadingZero(written):
		return invalid("prefix.leading_zero")
	}
	address, err := netip.ParseAddr(written)
	if err != nil {
		return invalid("prefix.invalid")
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
	if address.Is4In6() && bits >= mappedBits {
		address, bits = address.Unmap(), bits-mappedBits
	}
	prefix := netip.PrefixFrom(address, bits)
	if masked := prefix.Masked(); masked != prefix {
		alone := address.Unmap()
		return invalid("prefix.host_bits", "suggestion", masked.String(), "address", netip.PrefixFrom(alone, alone.BitLen()).String())
	}
	return prefix, nil
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

// maskBits reads a netmask such as 255.255.255.0.
func maskBits(text string) (int, bool) {
	mask, err := netip.ParseAddr(text)
	if err != nil || !mask.Is4() {
		return 0, false
	}
	bytes := mask.As4()
	ones, size := net.IPv4Mask(bytes[0], bytes[1], bytes[2], bytes[3]).Size()
	return ones, size != 0
}
