package server

import (
	"net/http"
	"strings"
)

// exceptForServices wraps what answers browsers. Services are programs: what they are answered is on the path of every decision.
func exceptForServices(wrap func(http.Handler) http.Handler, next http.Handler) http.Handler {
	wrapped := wrap(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, path := range [...]string{"/access/v1/", "/access/forward-auth/", "/oauth2/"} {
			if strings.HasPrefix(r.URL.Path, path) {
				next.ServeHTTP(w, r)
				return
			}
		}
		wrapped.ServeHTTP(w, r)
	})
}

// securityHeaders tells browsers what the page may do: run the scripts that came with it and no other, talk to its own
// server and no other, stand in no frame. scripts are the CSP hashes of the inline scripts of the built page.
//
// 'unsafe-inline' stands nowhere. Markup enters the page only through Trusted Types policies of the framework.
func securityHeaders(https bool, scripts []string, next http.Handler) http.Handler {
	policy := strings.Join([]string{
		"default-src 'none'",
		"script-src " + strings.Join(append([]string{"'self'"}, scripts...), " "),
		"style-src 'self'",
		"img-src 'self'",
		"font-src 'self'",
		"connect-src 'self'",
		"manifest-src 'self'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types svelte-trusted-html",
	}, "; ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Frame-Options", "DENY")
		// Nothing of our addresses goes elsewhere. Not no-referrer: with that browsers hide the origin from ourselves, too.
		header.Set("Referrer-Policy", "same-origin")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), publickey-credentials-create=(self), publickey-credentials-get=(self)")
		if https {
			header.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}
