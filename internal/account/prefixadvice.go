package account

import (
	"encoding/binary"
	"math/bits"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
)

// maxRangePrefixes is how many prefixes a sentence lists in place of a range.
const maxRangePrefixes = 8

// Ways to write addresses that other programs take, and a whitelist does not.
var (
	rangeOfFour   = regexp.MustCompile(`^(\d[\d.]*\d)\s*[-–—]\s*(\d[\d.]*)$`)
	wildcard      = regexp.MustCompile(`^(?:\d{1,3}\.){0,3}\*(?:\.\*){0,3}$`)
	partsOfFour   = regexp.MustCompile(`^\d{1,3}(?:\.\d{1,3}){0,2}\.?$`)
	severalInOne  = regexp.MustCompile(`^[0-9a-fA-F.:/]+(?:\s*[,;\s]\s*[0-9a-fA-F.:/]+)+$`)
	dottedAfterV6 = regexp.MustCompile(`^::\d+\.\d+\.\d+\.\d+$`)
)

// unreadable says what to write in place of what is neither an address nor a prefix: the key of a sentence, and its arguments.
func unreadable(raw string) (key string, args []any) {
	written, length, _ := strings.Cut(raw, "/")
	switch {
	case rangeOfFour.MatchString(raw):
		ends := rangeOfFour.FindStringSubmatch(raw)
		if prefixes := rangePrefixes(ends[1], ends[2]); len(prefixes) > 0 && len(prefixes) <= maxRangePrefixes {
			return "prefix.range", []any{"suggestion", strings.Join(prefixes, ", ")}
		}
		return "prefix.range", nil
	case strings.ContainsAny(raw, "-–—") && strings.Contains(raw, ":"):
		return "prefix.range", nil
	case wildcard.MatchString(raw):
		if suggestion := partsPrefix(strings.ReplaceAll(raw, "*", ""), ""); suggestion != "" {
			return "prefix.wildcard", []any{"suggestion", suggestion}
		}
	case strings.HasPrefix(written, "[") && strings.HasSuffix(written, "]"):
		inner := strings.TrimSuffix(strings.TrimPrefix(raw, "["), "]")
		return "prefix.brackets", suggested(strings.Replace(inner, "]/", "/", 1))
	case partsOfFour.MatchString(written):
		if suggestion := partsPrefix(written, length); suggestion != "" {
			return "prefix.parts", []any{"suggestion", suggestion}
		}
	}
	return "prefix.invalid", nil
}

// suggested is the argument for what was probably meant; none where that would be refused itself.
func suggested(text string) []any {
	prefix, wrong := readPrefix("", text)
	if wrong != nil {
		return nil
	}
	return []any{"suggestion", prefix.String()}
}

// partsPrefix is the IPv4 prefix that the first parts of an address stand for; empty where they stand for none.
func partsPrefix(written, length string) string {
	var parts []string
	for part := range strings.SplitSeq(written, ".") {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if length == "" {
		length = strconv.Itoa(8 * len(parts))
	}
	for len(parts) < 4 {
		parts = append(parts, "0")
	}
	prefix, err := netip.ParsePrefix(strings.Join(parts, ".") + "/" + length)
	if err != nil {
		return ""
	}
	return prefix.Masked().String()
}

// rangePrefixes are the fewest IPv4 prefixes that hold a range and nothing else. The end may be the last part alone.
func rangePrefixes(first, end string) (prefixes []string) {
	from, err := netip.ParseAddr(first)
	if err != nil {
		return nil
	}
	if !strings.Contains(end, ".") {
		end = first[:strings.LastIndexByte(first, '.')+1] + end
	}
	to, err := netip.ParseAddr(end)
	if err != nil || to.Less(from) {
		return nil
	}
	low, high := number(from), number(to)
	for low <= high && len(prefixes) <= maxRangePrefixes {
		size := min(bits.TrailingZeros64(low|1<<32), bits.Len64(high-low+1)-1)
		prefixes = append(prefixes, netip.PrefixFrom(address(low), 32-size).String())
		low += 1 << size
	}
	return prefixes
}

func number(address netip.Addr) uint64 {
	four := address.As4()
	return uint64(binary.BigEndian.Uint32(four[:]))
}

func address(number uint64) netip.Addr {
	return netip.AddrFrom4([4]byte(binary.BigEndian.AppendUint32(nil, uint32(number))))
}
