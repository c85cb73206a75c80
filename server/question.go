package server

import (
	"bytes"
	"errors"
	"mime"
	"net/http"
	"strings"
	"sync"

	"github.com/gatehouse/gatehouse/internal/strictjson"
)

// maxQuestion is how many bytes the body of a service's request may have.
const maxQuestion = 1 << 20

// bodies are buffers for requests and answers. Nothing of a request lives on in what is read of it.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// readQuestion reads a body, or answers why it cannot. Names are matched as they are written; unknown ones are ignored, as the
// AuthZEN Authorization API 1.0 requires, which also makes every such refusal a 400 (section 10.1.2). No name may occur twice: two
// readers of one request must not understand two things (RFC 8259, section 4).
func readQuestion(w http.ResponseWriter, r *http.Request, into any) bool {
	if !isJSON(r.Header.Get("Content-Type")) {
		refuseService(w, http.StatusBadRequest, "send JSON, with Content-Type: application/json")
		return false
	}
	if isEncoded(r.Header) {
		refuseService(w, http.StatusBadRequest, "send the body as it is, without Content-Encoding")
		return false
	}
	body := bodies.Get().(*bytes.Buffer)
	defer bodies.Put(body)
	body.Reset()
	_, err := body.ReadFrom(http.MaxBytesReader(w, r.Body, maxQuestion))
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		refuseService(w, http.StatusRequestEntityTooLarge, "a request has at most 1 MiB")
		return false
	}
	if err != nil {
		refuseService(w, http.StatusBadRequest, "the body could not be read")
		return false
	}
	if err := strictjson.Unmarshal(body.Bytes(), into); err != nil {
		refuseService(w, http.StatusBadRequest, err.Error())
		return false
	}
	return true
}

func isJSON(contentType string) bool {
	if contentType == "application/json" {
		return true
	}
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && media == "application/json"
}

// isEncoded says whether a body comes compressed or otherwise encoded.
func isEncoded(header http.Header) bool {
	encoding := strings.TrimSpace(strings.Join(header.Values("Content-Encoding"), ","))
	return encoding != "" && !strings.EqualFold(encoding, "identity")
}
