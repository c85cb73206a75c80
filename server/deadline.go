package server

import (
	"net/http"
	"time"
)

// defaultWriteTime is how long a part of an answer may wait for its reader.
const defaultWriteTime = 30 * time.Second

// writeDeadlines ends connections whose reader does not read. An answer of GraphQL is written at once, in three parts; what is
// longer, in parts of 32 kB, may take the time for each of them.
func writeDeadlines(within time.Duration, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(&deadlineWriter{ResponseWriter: w, within: within}, r)
	})
}

// deadlineWriter sets a deadline before each write. There is no other on the connection.
type deadlineWriter struct {
	http.ResponseWriter
	within time.Duration
}

func (d *deadlineWriter) Write(b []byte) (int, error) {
	// What cannot have a deadline is no connection: a recorder in a test.
	_ = http.NewResponseController(d.ResponseWriter).SetWriteDeadline(time.Now().Add(d.within))
	return d.ResponseWriter.Write(b)
}

// Unwrap gives http.ResponseController what it controls.
func (d *deadlineWriter) Unwrap() http.ResponseWriter { return d.ResponseWriter }
