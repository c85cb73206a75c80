package server_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/origin"
	"github.com/gatehouse/gatehouse/internal/signin/signintest"
	"github.com/gatehouse/gatehouse/server"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// browser is a client that sends what a browser sends to an address that was typed: the host as browsers write it, Origin and
// Sec-Fetch-Site. The jar of net/http keeps no Secure cookie of a server without TLS, so it keeps cookies itself.
type browser struct {
	*servertest.Client
	t       *testing.T
	cookies map[string]string
}

func browserAt(t *testing.T, site *servertest.Site, address, host string) *browser {
	b := &browser{site.Client(), t, map[string]string{}}
	b.Header = http.Header{"Host": {host}, "Origin": {address}, "Sec-Fetch-Site": {"same-origin"}}
	return b
}

// must sends an operation and keeps the cookies of the answer.
func (b *browser) must(query string, variables vars) *servertest.Answer {
	b.t.Helper()
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(b.cookies)) {
		pairs = append(pairs, name+"="+b.cookies[name])
	}
	b.Header["Cookie"] = []string{strings.Join(pairs, "; ")}
	answer := b.Must(query, variables)
	for _, cookie := range (&http.Response{Header: answer.Header}).Cookies() {
		b.cookies[cookie.Name] = cookie.Value
	}
	return answer
}

// Whatever an operator writes for --public-url, a browser signs in there, enrols a passkey and signs in with it, under the origin
// and host that it makes of the same text.
func TestPublicURLInEveryForm(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		for i, form := range []struct {
			text, origin, rpID string
			hosts              []string // that browsers and proxies send
		}{
			{"https://gatehouse.example/", "https://gatehouse.example", "gatehouse.example", []string{"gatehouse.example", "gatehouse.example:443", "GateHouse.example"}},
			{"HTTPS://GateHouse.EXAMPLE:443", "https://gatehouse.example", "gatehouse.example", []string{"gatehouse.example"}},
			{"https://gatehouse.example.", "https://gatehouse.example", "gatehouse.example", []string{"gatehouse.example"}},
			{"https://MÜNCHEN.example", "https://xn--mnchen-3ya.example", "xn--mnchen-3ya.example", []string{"xn--mnchen-3ya.example", "münchen.example", "XN--MNCHEN-3YA.example:443"}},
			{"https://straße.example:8443", "https://xn--strae-oqa.example:8443", "xn--strae-oqa.example", []string{"xn--strae-oqa.example:8443"}},
			{"https://gatehouse.example:08443/", "https://gatehouse.example:8443", "gatehouse.example", []string{"gatehouse.example:8443"}},
			{"http://LOCALHOST:80", "http://localhost", "localhost", []string{"localhost", "localhost:80"}},
			{"http://Gate.Localhost:3000", "http://gate.localhost:3000", "gate.localhost", []string{"gate.localhost:3000"}},
		} {
			public, err := origin.Parse(form.text)
			if err != nil {
				t.Fatal(err)
			}
			site := servertest.New(t, store, func(c *server.Config) { c.PublicURL = public })
			acme := site.Account("acme" + string(rune('a'+i)))
			for _, host := range form.hosts {
				b := browserAt(t, site, form.origin, host)
				b.must(`mutation($a:String!,$p:String!){signIn(input:{account:$a,loginName:"admin",password:$p}){next userErrors{code}}}`, vars{"a": acme.Handle, "p": servertest.Password})
				prefix := map[bool]string{true: "__Host-"}[public.Scheme == "https"]
				if b.cookies[prefix+"gatehouse_session"] == "" {
					t.Fatalf("%s: cookies %v", form.text, b.cookies)
				}
				device := signintest.NewDevice(t, form.rpID, form.origin)
				begun := b.must(beginPasskeyEnrol, nil)
				made := device.Made(t, raw(t, begun.At("beginPasskeyEnrolment.options")), string(acme.Admin.ID))
				b.must(finishPasskeyEnrol, vars{"t": begun.Text("beginPasskeyEnrolment.challengeToken"), "c": made})

				again := browserAt(t, site, form.origin, host)
				asked := again.must(beginPasskey, nil)
				signed := device.Signed(t, raw(t, asked.At("beginPasskeySignIn.options")))
				answer := again.must(finishPasskey, vars{"t": asked.Text("beginPasskeySignIn.challengeToken"), "c": signed})
				if answer.Text("finishPasskeySignIn.viewer.assurance") != "MFA" {
					t.Errorf("%s under %s: %s", form.text, host, answer.Body)
				}
				b.must(`mutation($m:ID!){removeMfaMethod(input:{id:$m}){userErrors{code}}}`, vars{"m": methodOf(b)})
			}
			foreign := browserAt(t, site, form.origin, strings.TrimPrefix(form.origin, public.Scheme+"://")+".evil.example")
			if answer := foreign.Do(`{__typename}`, nil); answer.Status != http.StatusMisdirectedRequest {
				t.Errorf("%s under a foreign host: %d", form.text, answer.Status)
			}
		}
	})
}

func methodOf(b *browser) string {
	return b.must(`{viewer{user{mfa{methods{id}}}}}`, nil).Text("viewer.user.mfa.methods.0.id")
}

// A browser takes a host with a trailing dot for another origin, where cookies and passkeys of the real one do not work: it is
// led to the right one. What a browser under that name would post is not refused as foreign.
func TestTrailingDotLeadsToThePublicHost(t *testing.T) {
	site := servertest.New(t, open(t), overHTTPS)
	client := site.Client()
	client.StopAtRedirects()
	for _, host := range []string{"gatehouse.example.", "gatehouse.example.:443", "GATEHOUSE.example."} {
		for _, path := range []string{"/", "/users?tab=keys", "/sign-in"} {
			response := client.Send(http.MethodGet, path, nil, http.Header{"Host": {host}})
			if servertest.Drain(t, response); response.StatusCode != http.StatusFound || response.Header.Get("Location") != "https://gatehouse.example"+path {
				t.Errorf("%s under %s: %d to %s", path, host, response.StatusCode, response.Header.Get("Location"))
			}
		}
		response := client.Send(http.MethodPost, "/graphql", []byte(loggedIn), http.Header{"Host": {host}, "Content-Type": {"application/json"}})
		if body := servertest.Drain(t, response); response.StatusCode != http.StatusOK {
			t.Errorf("GraphQL under %s: %d %s", host, response.StatusCode, body)
		}
	}
}
