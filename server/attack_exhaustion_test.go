package server_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/bench/hostile"
	"github.com/gatehouse/gatehouse/server"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// The reported documents of somebody who is not signed in, with their kin in ten sizes: each is answered in the form of
// GraphQL, briefly, and with at most 50 errors of a document.
func TestAttackDocumentsOfStrangers(t *testing.T) {
	client := servertest.New(t, open(t)).Client()
	for _, request := range hostile.Requests() {
		header := http.Header{"Content-Type": {"application/json"}}
		if request.Header != "" {
			header.Set(request.Header, request.Text)
		}
		response := client.Send(http.MethodPost, "/graphql", []byte(request.Body), header)
		body := servertest.Drain(t, response)
		if response.StatusCode >= http.StatusInternalServerError || !strings.Contains(response.Header.Get("Content-Type"), "json") {
			t.Errorf("%s: %d %s %.200s", request.Name, response.StatusCode, response.Header.Get("Content-Type"), body)
		}
		if len(body) > 24<<10 {
			t.Errorf("%s: answered by %d bytes", request.Name, len(body))
		}
	}
}

// The reported documents of 10 kB and 54 kB, whose validation took seconds and whose 4,990 errors took 678 kB, sent by somebody
// who is signed in, too.
func TestAttackQuadraticValidation(t *testing.T) {
	site := servertest.New(t, open(t))
	for who, client := range map[string]*servertest.Client{"a stranger": site.Client(), "a viewer": site.Account("acme").AsAdmin()} {
		for name, document := range map[string]string{
			"equal leaves":   "{viewer{" + strings.Repeat("ip ", 3_300) + "}}",
			"conflicts":      "{viewer{" + strings.Repeat("a:ip a:assurance ", 800) + "}}",
			"unknown fields": "{viewer{" + strings.Repeat("nope ", 4_990) + "}}",
			"long names":     "{viewer{" + strings.Repeat(strings.Repeat("n", 200)+" ", 270) + "}}",
			"unknown inputs": "mutation{signIn(input:{" + strings.Repeat("n:1 ", 1_200) + "}){next}}",
		} {
			answer := client.Do(document, nil)
			if len(answer.Errors) == 0 || len(answer.Errors) > 50 || len(answer.Body) > 32<<10 || answer.Errors[0].Code() != "BAD_USER_INPUT" {
				t.Errorf("%s by %s: %d errors in %d bytes, %.200s", name, who, len(answer.Errors), len(answer.Body), answer.Body)
			}
		}
	}
}

// Strangers may ask for no introspection but __typename, and who is signed in for as much as its price allows.
func TestAttackIntrospection(t *testing.T) {
	site := servertest.New(t, open(t))
	stranger, admin := site.Client(), site.Account("acme").AsAdmin()
	for _, document := range []string{
		hostile.Introspection(), `{__schema{types{name}}}`, `{__type(name:"User"){name}}`, `{...F} fragment F on Query{__schema{types{name}}}`,
		`{viewer{ip} a:__type(name:"User"){fields{name}}}`, `{...{__schema{directives{name}}}}`, `{__schema @include(if:true){types{name}}}`,
	} {
		answer := stranger.Do(document, nil)
		if !slicesContainsCode(answer, "UNAUTHENTICATED") || len(answer.Body) > 12<<10 || strings.Contains(answer.Body, "loginName") {
			t.Errorf("%.80s: %d bytes, %.200s", document, len(answer.Body), answer.Body)
		}
	}
	if answer := stranger.Must(`query($n:String!){__type(name:$n){name}}`, vars{"n": "sometype"}); answer.At("__type") != nil {
		t.Error(answer.Body)
	}
	if answer := stranger.Must(`{__typename}`, nil); answer.At("__typename") != "Query" {
		t.Error(answer.Body)
	}
	answer := admin.Do(repeated(84, `a%d:__type(name:"Node"){possibleTypes{fields{name description args{name type{name ofType{name}}}}}}`), nil)
	if len(answer.Errors) != 1 || !strings.Contains(answer.Errors[0].Message, "cost") || answer.Data != nil {
		t.Errorf("for an administrator: %.300s", answer.Body)
	}
	admin.Must(`{__type(name:"Node"){possibleTypes{fields{name}}} __schema{queryType{name}}}`, nil)
}

func repeated(n int, part string) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, part+" ", i)
	}
	return "{" + out.String() + "}"
}

func slicesContainsCode(answer *servertest.Answer, code string) bool {
	for _, e := range answer.Errors {
		if e.Code() == code {
			return true
		}
	}
	return false
}

// What panicked for strangers, and answered 500 in plain text: an object for a scalar, and null where the document must have a
// value.
func TestAttackPanics(t *testing.T) {
	client := servertest.New(t, open(t)).Client()
	for _, c := range []struct {
		document  string
		variables vars
	}{
		{`{__typename @skip(if:{})}`, nil},
		{`{__typename @include(if:[])}`, nil},
		{`{__typename @skip(if:null)}`, nil},
		{`{viewer{ip @skip(if:{a:{}})}}`, nil},
		{`query($a:Boolean=true){viewer{ip @include(if:$a)}}`, vars{"a": nil}},
		{`query($a:Boolean=true){...F @skip(if:$a)} fragment F on Query{viewer{ip}}`, vars{"a": nil}},
		{`query($a:Boolean=false){... @include(if:$a){viewer{ip}}}`, vars{"a": nil}},
		{`query($a:Boolean!){__typename @include(if:$a)}`, vars{"a": nil}},
		{`query($a:Boolean!){__typename @include(if:$a)}`, vars{"a": vars{}}},
		{`query($a:Boolean!){__typename @include(if:$a)}`, nil},
		{`query($a:[Boolean]){__typename @include(if:$a)}`, vars{"a": []any{}}},
		{`query($a:Boolean={}){__typename @include(if:$a)}`, nil},
		{`mutation{signIn(input:{account:{},loginName:[],password:null}){next}}`, nil},
		{`mutation($t:String="x"){verifyTotp(input:{challengeToken:$t,code:"1"}){next}}`, vars{"t": nil}},
		{`mutation($i:SignInInput!){signIn(input:$i){next}}`, vars{"i": vars{"account": vars{}, "loginName": "x", "password": "x"}}},
	} {
		answer := client.Do(c.document, c.variables)
		if answer.Status >= http.StatusInternalServerError || len(answer.Errors) == 0 || answer.Errors[0].Code() != "BAD_USER_INPUT" || answer.Data != nil {
			t.Errorf("%s: %d %s", c.document, answer.Status, answer.Body)
		}
	}
	if answer := client.Must(`query($a:Boolean=true){viewer @include(if:$a){ip}}`, nil); answer.At("viewer") != nil {
		t.Error(answer.Body)
	}
}

// The reported document: 98 fields that read for each of a hundred users, for a price of one. The graph tests count statements.
func TestAttackPriceOfReports(t *testing.T) {
	client := servertest.New(t, open(t)).Account("acme").AsAdmin()
	var fields strings.Builder
	for i := range 49 {
		fmt.Fprintf(&fields, "r%d:whitelistReport{refusals addresses{cidr}} s%d:seenAddresses{cidr} ", i, i)
	}
	answer := client.Do(`{users(first:100){nodes{`+fields.String()+`}}}`, nil)
	cost, _ := answer.Extensions["cost"].(map[string]any)
	if len(answer.Errors) != 1 || answer.Data != nil || cost["limit"] != 40000.0 || cost["requested"].(float64) < 40000 {
		t.Error(answer.Body)
	}
}

// Steps of signing in under aliases: a request of a stranger has one, and hashes one password.
func TestAttackManyHashesInARequest(t *testing.T) {
	site := servertest.New(t, open(t))
	site.Account("acme")
	answer := site.Client().Do("mutation"+repeated(60, `a%d:signIn(input:{account:"acme",loginName:"u%[1]d",password:"x"}){next userErrors{code}}`), nil)
	limited := 0
	for _, e := range answer.Errors {
		if e.Code() == "RATE_LIMITED" {
			limited++
		}
	}
	if limited != 59 || len(answer.UserErrors("a0")) != 1 {
		t.Errorf("%d of 60 were not looked at: %.300s", limited, answer.Body)
	}
}

// Clients that ask for large answers and never read: few answers are kept for one user, the others are refused, and the
// deadline ends the connections of all of them.
func TestAttackUnreadAnswers(t *testing.T) {
	const clients = 120
	site := servertest.New(t, open(t), func(c *server.Config) { c.WriteTime = 3 * time.Second })
	acme := site.Account("acme")
	admin := acme.AsAdmin()
	var entries []vars
	for i := range 1000 {
		entries = append(entries, vars{"cidr": fmt.Sprintf("10.%d.%d.0/24", i/250, i%250), "note": strings.Repeat("n", 110)})
	}
	for i := range 12 {
		admin.Must(`mutation($n:String!,$e:[WhitelistEntryInput!]!){createWhitelist(input:{name:$n,entries:$e}){userErrors{code}}}`, vars{"n": fmt.Sprint("List ", i), "e": entries})
	}
	ended := make(chan int64, clients) // the bytes that were written to a client that did not read, or -1: refused
	listening := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		writer := &countingWriter{ResponseWriter: w}
		defer func() {
			if writer.status == http.StatusServiceUnavailable {
				writer.written = -1
			}
			ended <- writer.written
		}()
		site.Handler.ServeHTTP(writer, r)
	}))
	listening.Config.ConnState = func(conn net.Conn, state http.ConnState) {
		if tcp, ok := conn.(*net.TCPConn); ok && state == http.StateNew {
			_ = tcp.SetWriteBuffer(16 << 10)
		}
	}
	listening.Start()
	defer listening.Close()
	body := `{"query":"{whitelists(first:100){nodes{name entries{cidr note}}}}"}`
	for range clients {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", listening.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		// Nor does the system read ahead for it.
		if err := conn.(*net.TCPConn).SetReadBuffer(16 << 10); err != nil {
			t.Fatal(err)
		}
		_, err = fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: localhost:8080\r\nContent-Type: application/json\r\nCookie: gatehouse_session=%s\r\nContent-Length: %d\r\n\r\n%s",
			admin.Cookie("gatehouse_session"), len(body), body)
		if err != nil {
			t.Fatal(err)
		}
	}
	refused, cut := 0, 0
	for range clients {
		switch written := <-ended; {
		case written < 0:
			refused++
		case written < 2<<20:
			cut++
		default:
			t.Errorf("%d bytes were written to a client that did not read", written)
		}
	}
	if refused == 0 || cut == 0 {
		t.Errorf("%d were refused, %d cut off", refused, cut)
	}
	t.Logf("%d were refused, %d cut off", refused, cut)
	if answer := admin.Must(`{whitelists(first:2){nodes{name}}}`, nil); answer.At("whitelists.nodes.1.name") == nil {
		t.Errorf("afterwards: %s", answer.Body)
	}
	answer := admin.Do(repeated(6, `a%d:whitelists(first:100){nodes{entries{cidr note}}}`), nil)
	if len(answer.Errors) != 1 || answer.Errors[0].Code() != "BAD_USER_INPUT" || answer.Data != nil || !strings.Contains(answer.Body, "8 MB") {
		t.Errorf("an answer of more than 8 MB: %d bytes, %.300s", len(answer.Body), answer.Body)
	}
}

// countingWriter counts what reached the connection.
type countingWriter struct {
	http.ResponseWriter
	status  int
	written int64
}

func (c *countingWriter) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

func (c *countingWriter) Write(b []byte) (int, error) {
	n, err := c.ResponseWriter.Write(b)
	c.written += int64(n)
	return n, err
}

func (c *countingWriter) Unwrap() http.ResponseWriter { return c.ResponseWriter }
