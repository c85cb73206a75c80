package server_test

import (
	"fmt"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
)

// The real nginx, with the very configuration of docs/guides/nginx.md.
func TestForwardAuthThroughNginx(t *testing.T) {
	nginx, demanded := proxyProgram(t, "nginx")
	if !demanded {
		return
	}
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		p := newProxied(t, store)
		p.write("api.secret", "proxy_set_header Gatehouse-Access-Point-Secret "+p.secrets["API"]+";\n")
		p.write("portal.secret", "proxy_set_header Gatehouse-Access-Point-Secret "+p.secrets["PORTAL"]+";\n")
		p.write("gatehouse.conf", p.guide("nginx.md", "upstream gatehouse {",
			"listen 443 ssl;", fmt.Sprintf("listen 127.0.0.1:%d ssl;", p.port),
			"listen [::]:443 ssl;", fmt.Sprintf("listen [::1]:%d ssl;", p.port),
			"server 127.0.0.1:8080;", "server "+hostOf(p.site.URL)+";",
			"http://127.0.0.1:3000", p.service.URL,
			"/etc/ssl/example/", p.folder+"/",
			"/etc/nginx/gatehouse-api.secret", p.path("api.secret"),
			"/etc/nginx/gatehouse-portal.secret", p.path("portal.secret")))
		p.write("nginx.conf", nginxAround)
		p.start(nginx, "-p", p.folder, "-e", "stderr", "-c", "nginx.conf", "-g", "daemon off;")
		p.holds(t)
	})
}

// nginxAround is what Debian's own file has around a site's, with everything that is written kept in one folder.
const nginxAround = `master_process off;
pid nginx.pid;
error_log stderr warn;
events {}
http {
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include gatehouse.conf;
}
`
