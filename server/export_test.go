package server

import "net/http"

// RefuseFault is refuseFault.
var RefuseFault = refuseFault

// Patterns are the routes of a handler that [New] made.
func Patterns(of http.Handler) []string { return of.(site).patterns }
