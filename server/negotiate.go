package server

import (
	"strconv"
	"strings"
)

// acceptsGzip says whether an Accept-Encoding header takes gzip (RFC 9110, section 12.5.3): by its name or else by the asterisk, with
// a weight above 0. A weight that cannot be read is none.
func acceptsGzip(header string) bool {
	accepted := map[string]bool{}
	for item := range strings.SplitSeq(strings.ToLower(header), ",") {
		coding, parameters, _ := strings.Cut(item, ";")
		weight := 1.0
		for parameter := range strings.SplitSeq(parameters, ";") {
			if name, value, _ := strings.Cut(parameter, "="); strings.TrimSpace(name) == "q" {
				weight, _ = strconv.ParseFloat(strings.TrimSpace(value), 64)
			}
		}
		accepted[strings.TrimSpace(coding)] = weight > 0
	}
	for _, coding := range [...]string{"gzip", "x-gzip", "*"} {
		if takes, named := accepted[coding]; named {
			return takes
		}
	}
	return false
}

// matchesETag says whether an If-None-Match header has an entity tag, by the weak comparison (RFC 9110, section 13.1.2): proxies that
// compress or transform a file make its tag weak.
func matchesETag(header, etag string) bool {
	for header = strings.TrimSpace(header); header != ""; header = strings.TrimLeft(header, ", \t") {
		if header == "*" {
			return true
		}
		header = strings.TrimPrefix(header, "W/")
		if !strings.HasPrefix(header, `"`) {
			return false
		}
		end := strings.Index(header[1:], `"`)
		if end < 0 {
			return false
		}
		if header[:end+2] == etag {
			return true
		}
		header = header[end+2:]
	}
	return false
}
