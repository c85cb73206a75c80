package graph

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// The two media types of GraphQL over HTTP. They differ in the status of an answer without data: 400 with the newer one,
// whose name says whether GraphQL answered at all, and 200 with the older.
const (
	mediaGraphQL = "application/graphql-response+json"
	mediaJSON    = "application/json"
)

// maxMediaHeader is how long Accept and Content-Type may be, in bytes.
const maxMediaHeader = 1024

// preference is how much a client wants a media type.
type preference struct {
	specificity int // of the range that names it: 3 its own name, 2 application/*, 1 */*, 0 none
	weight      float64
}

func (p preference) exceeds(other preference) bool {
	return p.weight > other.weight || p.weight == other.weight && p.specificity > other.specificity
}

// acceptable picks the media type of the answer by the Accept header (RFC 9110, 12.5.1). The most specific range that matches a type
// has its weight; a weight of 0 excludes it. Of equal weights the first one that is listed by name is taken, and who does not name
// the newer type gets the older. What cannot be read is skipped: HTTP clients in use send "*; q=.2".
func acceptable(accept []string) (media string, ok bool) {
	joined := strings.Join(accept, ",")
	switch {
	case strings.TrimSpace(joined) == "":
		return mediaJSON, true
	case len(joined) > maxMediaHeader:
		return "", false
	}
	var older, newer preference
	newerFirst := false
	for text := range strings.SplitSeq(joined, ",") {
		kind, parameters, err := mime.ParseMediaType(text)
		if err != nil {
			continue
		}
		weight := 1.0
		if q, given := parameters["q"]; given {
			if weight, err = strconv.ParseFloat(q, 64); err != nil || !(weight >= 0 && weight <= 1) {
				continue
			}
		}
		take := func(of *preference, specificity int) {
			if specificity > of.specificity || specificity == of.specificity && weight > of.weight {
				*of = preference{specificity, weight}
			}
		}
		switch kind {
		case mediaJSON:
			take(&older, 3)
		case mediaGraphQL:
			newerFirst = older.specificity < 3
			take(&newer, 3)
		case "application/*":
			take(&older, 2)
			take(&newer, 2)
		case "*/*", "*":
			take(&older, 1)
			take(&newer, 1)
		}
	}
	switch {
	case newer.exceeds(older), newer == older && newerFirst && newer.weight > 0:
		return mediaGraphQL, newer.weight > 0
	default:
		return mediaJSON, older.weight > 0
	}
}

// mediaFor is the media type of an answer, which a request that accepts neither gets all the same.
func mediaFor(r *http.Request) string {
	media, ok := acceptable(r.Header.Values("Accept"))
	if !ok {
		return mediaJSON
	}
	return media
}

func isJSON(contentType string) bool {
	if len(contentType) > maxMediaHeader {
		return false
	}
	media, params, err := mime.ParseMediaType(contentType)
	charset, given := params["charset"]
	return err == nil && media == mediaJSON && (!given || strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "utf8"))
}

// isEncoded says whether a body comes compressed or otherwise encoded.
func isEncoded(header http.Header) bool {
	encoding := strings.TrimSpace(strings.Join(header.Values("Content-Encoding"), ","))
	return encoding != "" && !strings.EqualFold(encoding, "identity")
}
