package server

import (
	"encoding/json"
	"net/http"

	"github.com/gatehouse/gatehouse/internal/access"
)

// appendEvaluated writes an answer as [json.Marshal] would; a test holds the two together. It is on the path of every
// decision, where reflection would cost more than deciding does. Of a check it writes kind and result only: names of
// whitelists and roles, and prefixes, are returned by accessDecision to those who have the permissions to see them.
func appendEvaluated(b []byte, answer evaluated) []byte {
	b = append(b, `{"decision":`...)
	if answer.Decision {
		b = append(b, "true"...)
	} else {
		b = append(b, "false"...)
	}
	b = append(b, `,"context":`...)
	decision, decided := answer.Context.(access.Decision)
	if !decided {
		return append(append(b, mustJSON(answer.Context)...), '}')
	}
	b = append(append(b, `{"reason":"`...), decision.Reason...)
	b = append(b, `","checks":[`...)
	for i, check := range decision.Checks {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(b, `{"kind":"`...), check.Kind...)
		b = append(b, `","passed":`...)
		if check.Passed {
			b = append(b, "true"...)
		} else {
			b = append(b, "false"...)
		}
		b = append(b, '}')
	}
	return append(b, "]}}"...)
}

func mustJSON(value any) []byte {
	body, err := json.Marshal(value)
	if err != nil { // cannot be: answers are made of texts, numbers and truths
		panic(err)
	}
	return body
}

func writeJSON(w http.ResponseWriter, status int, body []byte) {
	w.Header()["Content-Type"] = jsonType
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

var jsonType = []string{"application/json"}
