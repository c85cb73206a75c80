package server_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/server"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// proxiesVariable names the environment variable that demands the real proxies. `make test` sets it; where it is missing
// these tests are left out, loudly.
const proxiesVariable = "GATEHOUSE_TEST_PROXIES"

// proxyProgram finds a proxy to run, and says whether there is to be one.
func proxyProgram(t *testing.T, name string) (path string, demanded bool) {
	t.Helper()
	if os.Getenv(proxiesVariable) == "" {
		warnOfProxies()
		return "", false
	}
	path, err := exec.LookPath(name)
	if err != nil {
		path, err = exec.LookPath("/usr/sbin/" + name) // on Debian not everybody's PATH has it
	}
	if err != nil {
		t.Fatalf("install the package %s: %v", name, err)
	}
	return path, true
}

var warnOfProxies = sync.OnceFunc(func() {
	fmt.Fprintln(os.Stderr, "WARNING: "+proxiesVariable+" is not set: forward auth with real proxies is LEFT OUT. `make test` runs it.")
})

// The hosts of the guides. Each proxy serves all of them on one port.
const (
	gatehouseHost = "gatehouse.example"
	apiHost       = "api.acme.example"
	portalHost    = "portal.acme.example"
	deskHost      = "desk.acme.example" // of another door, behind no proxy
)

// proxied is a Gatehouse and a service, and the proxy that stands before both.
type proxied struct {
	t      *testing.T
	folder string
	site   *servertest.Site
	acme   *servertest.Account
	admin  *servertest.Client
	// service is what is behind the door: it answers with the headers that it got.
	service *httptest.Server
	port    int
	roots   *x509.CertPool
	// doors and secrets of access points, by code.
	doors, secrets map[string]string
}

// newProxied starts everything but the proxy.
func newProxied(t *testing.T, store *db.DB) *proxied {
	t.Helper()
	p := &proxied{t: t, folder: t.TempDir(), port: freePort(t), doors: map[string]string{}, secrets: map[string]string{}}
	p.site = servertest.New(t, store, overHTTPS, func(c *server.Config) {
		c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	})
	p.acme = p.site.Account("acme")
	p.admin = overHTTPSAs(p.acme.AsAdmin())
	p.service = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = json.NewEncoder(w).Encode(r.Header)
	}))
	t.Cleanup(p.service.Close)
	p.makeCertificate()
	for code, host := range map[string]string{"PORTAL": portalHost, "DESK": deskHost} {
		p.doors[code] = p.admin.Must(`mutation($c:String!,$o:[String!]){createAccessPoint(input:{code:$c,name:$c,kind:INTERACTIVE,origins:$o}){
			accessPoint{id} userErrors{code field}}}`, vars{"c": code, "o": []string{"https://" + host}}).Text("createAccessPoint.accessPoint.id")
	}
	points := p.admin.Must(`{accessPoints{id code}}`, nil)
	for i := 0; points.At(fmt.Sprintf("accessPoints.%d", i)) != nil; i++ {
		if at := fmt.Sprintf("accessPoints.%d.", i); points.Text(at+"code") == "API" {
			p.doors["API"] = points.Text(at + "id")
		}
	}
	for code, id := range p.doors {
		p.secrets[code] = p.rotateSecret(id)
	}
	return p
}

// overHTTPSAs has a client of servertest show its session under the name that cookies have over HTTPS.
func overHTTPSAs(client *servertest.Client) *servertest.Client {
	client.SetCookie("__Host-gatehouse_session", client.Cookie("gatehouse_session"))
	return client
}

func (p *proxied) rotateSecret(doorID string) string {
	p.t.Helper()
	return p.admin.Must(`mutation($id:ID!){rotateAccessPointSecret(input:{id:$id}){secret userErrors{code}}}`, vars{"id": doorID}).
		Text("rotateAccessPointSecret.secret")
}

// freePort finds a port that is free on both loopbacks, outside the range from which the system gives out its own.
func freePort(t *testing.T) int {
	t.Helper()
	for range 100 {
		random, err := rand.Int(rand.Reader, big.NewInt(9000))
		if err != nil {
			t.Fatal(err)
		}
		port := 11000 + int(random.Int64())
		if canListen(fmt.Sprintf("127.0.0.1:%d", port)) && canListen(fmt.Sprintf("[::1]:%d", port)) {
			return port
		}
	}
	t.Fatal("no port is free on both 127.0.0.1 and ::1")
	return 0
}

func canListen(address string) bool {
	listener, err := net.Listen("tcp", address)
	return err == nil && listener.Close() == nil
}

// makeCertificate makes the certificate of all hosts.
func (p *proxied) makeCertificate() {
	p.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		p.t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: gatehouseHost}, DNSNames: []string{gatehouseHost, apiHost, portalHost},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		p.t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		p.t.Fatal(err)
	}
	public := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate})
	p.write("fullchain.pem", string(public))
	p.write("privkey.pem", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})))
	p.roots = x509.NewCertPool()
	p.roots.AppendCertsFromPEM(public)
}

// path is where a file of the proxy stands.
func (p *proxied) path(name string) string { return filepath.Join(p.folder, name) }

func (p *proxied) write(name, content string) {
	p.t.Helper()
	if err := os.WriteFile(p.path(name), []byte(content), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// guide is the block of a guide that begins with a line, with the addresses of the test in place of the guide's own: pairs of
// what stands there and what comes instead. A guide without one of them is not the one that the test was written for.
func (p *proxied) guide(name, begins string, replace ...string) string {
	p.t.Helper()
	document, err := os.ReadFile("../docs/guides/" + name)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, block := range regexp.MustCompile("(?ms)^```[a-z]+\n(.*?)^```$").FindAllStringSubmatch(string(document), -1) {
		if !strings.HasPrefix(block[1], begins+"\n") {
			continue
		}
		for i := 0; i < len(replace); i += 2 {
			if !strings.Contains(block[1], replace[i]) {
				p.t.Fatalf("docs/guides/%s: no %q after %q", name, replace[i], begins)
			}
		}
		return strings.NewReplacer(replace...).Replace(block[1])
	}
	p.t.Fatalf("docs/guides/%s has no block that begins with %q", name, begins)
	return ""
}

// start runs the proxy until the test ends, and waits until it answers on both loopbacks.
func (p *proxied) start(program string, arguments ...string) {
	p.t.Helper()
	command := exec.Command(program, arguments...)
	command.Dir = p.folder
	command.Env = append(os.Environ(), "HOME="+p.folder, "XDG_DATA_HOME="+p.folder, "XDG_CONFIG_HOME="+p.folder)
	log := &servertest.Log{}
	command.Stdout, command.Stderr = log, log
	if err := command.Start(); err != nil {
		p.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	p.t.Cleanup(func() {
		_ = command.Process.Signal(os.Interrupt)
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			_ = command.Process.Kill()
			<-ended
		}
		if p.t.Failed() {
			p.t.Logf("%s says:\n%s", program, log)
		}
	})
	patience := time.NewTimer(30 * time.Second)
	defer patience.Stop()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for !p.answers("127.0.0.1") || !p.answers("::1") {
		select {
		case err := <-ended:
			ended <- err
			p.t.Fatalf("%s has ended: %v", program, err)
		case <-patience.C:
			p.t.Fatalf("%s does not listen", program)
		case <-again.C:
		}
	}
}

func (p *proxied) answers(loopback string) bool {
	connection, err := net.Dial("tcp", net.JoinHostPort(loopback, strconv.Itoa(p.port)))
	return err == nil && connection.Close() == nil
}
