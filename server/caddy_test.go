package server_test

import (
	"fmt"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
)

// The real Caddy, with the very configuration of docs/guides/caddy.md.
func TestForwardAuthThroughCaddy(t *testing.T) {
	caddy, demanded := proxyProgram(t, "caddy")
	if !demanded {
		return
	}
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		p := newProxied(t, store)
		p.write("api.secret", "header_up Gatehouse-Access-Point-Secret "+p.secrets["API"]+"\n")
		p.write("portal.secret", "header_up Gatehouse-Access-Point-Secret "+p.secrets["PORTAL"]+"\n")
		// Caddy fetches certificates by itself; here it has none to ask, and gets one.
		onLoopbacks := fmt.Sprintf(":%d {\n\tbind 127.0.0.1 ::1\n\ttls %s %s\n", p.port, p.path("fullchain.pem"), p.path("privkey.pem"))
		guide := p.guide("caddy.md", "# What only Gatehouse and Caddy may say. A visitor who says it too is not heard.",
			gatehouseHost+" {\n", gatehouseHost+onLoopbacks,
			apiHost+" {\n", apiHost+onLoopbacks,
			portalHost+" {\n", portalHost+onLoopbacks,
			"127.0.0.1:8080", hostOf(p.site.URL),
			"127.0.0.1:3000", hostOf(p.service.URL),
			"/etc/caddy/gatehouse-api.secret", p.path("api.secret"),
			"/etc/caddy/gatehouse-portal.secret", p.path("portal.secret"))
		p.write("Caddyfile", "{\n\tadmin off\n\tauto_https disable_redirects\n}\n\n"+guide)
		p.start(caddy, "run", "--config", "Caddyfile", "--adapter", "caddyfile")
		p.holds(t)
	})
}
