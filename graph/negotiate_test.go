package graph

import "testing"

// The most specific range that matches a media type has its weight; 0 excludes it (RFC 9110, 12.5.1).
func TestAcceptHeaders(t *testing.T) {
	const neither = ""
	for accept, want := range map[string]string{
		"application/json":                                          mediaJSON,
		"application/graphql-response+json":                         mediaGraphQL,
		"APPLICATION/GraphQL-Response+JSON":                         mediaGraphQL,
		"application/json;charset=utf-8":                            mediaJSON,
		"application/graphql-response+json; charset=UTF-8; q=0.9":   mediaGraphQL,
		"application/graphql-response+json, application/json":       mediaGraphQL,
		"application/json, application/graphql-response+json":       mediaJSON,
		"application/json;q=0.5, application/graphql-response+json": mediaGraphQL,
		"application/graphql-response+json;q=0.5, application/json": mediaJSON,
		"*/*":                                    mediaJSON,
		"application/*":                          mediaJSON,
		"*/*, application/graphql-response+json": mediaGraphQL,
		"application/graphql-response+json, */*": mediaGraphQL,
		"application/graphql-response+json;q=0.1, */*;q=0.5":          mediaJSON,
		"application/graphql-response+json;q=0.5, */*;q=0.1":          mediaGraphQL,
		"application/json;q=0, */*":                                   mediaGraphQL,
		"*/*, application/json;q=0":                                   mediaGraphQL,
		"application/*;q=0, application/json":                         mediaJSON,
		"application/json;q=0, application/graphql-response+json;q=0": neither,
		"application/json;q=0":                                        neither,
		"application/json;q=0.000":                                    neither,
		"*/*;q=0":                                                     neither,
		"application/*;q=0, */*":                                      neither,
		"text/html":                                                   neither,
		"text/*":                                                      neither,
		"text/event-stream":                                           neither,
		"application/xml, text/plain;q=0.9":                           neither,
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8":                 mediaJSON,
		"text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2":                            mediaJSON, // java.net.HttpURLConnection
		"application/json, text/plain, */*":                                               mediaJSON, // axios
		"application/graphql-response+json, application/json; charset=utf-8, */*; q=0.1,": mediaGraphQL,
		", ,application/json":                        mediaJSON,
		"application/json;q=1.5":                     neither,
		"application/json;q=NaN":                     neither,
		"application/json;q=-1":                      neither,
		"application/json;q=x, application/*;q=0.3":  mediaJSON,
		"application/graphql-response+json;q=0, */*": mediaJSON,
		"application/graphql+json":                   neither,
		"":                                           mediaJSON,
		" ":                                          mediaJSON,
	} {
		got, ok := acceptable([]string{accept})
		if !ok {
			got = neither
		}
		if got != want {
			t.Errorf("%q: %q, want %q", accept, got, want)
		}
	}
	if got, _ := acceptable([]string{"application/json;q=0.5", "application/graphql-response+json"}); got != mediaGraphQL {
		t.Errorf("in two headers: %q", got)
	}
	if got, ok := acceptable(nil); !ok || got != mediaJSON {
		t.Errorf("without a header: %q", got)
	}
}
