package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// A request that two readers of JSON could understand differently is refused, and nothing of it is carried out.
func TestAmbiguousGraphQLRequestsAreRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		const rename = `mutation($n:String!){updateViewer(input:{name:$n}){userErrors{code}}}`
		query := `"query":"` + rename + `"`
		for name, c := range map[string]struct{ body, says string }{
			"query twice":                    {`{` + query + `,` + query + `,"variables":{"n":"x"}}`, `"query\" is there twice`},
			"variables twice":                {`{` + query + `,"variables":{"n":"x"},"variables":{"n":"y"}}`, `"variables\" is there twice`},
			"a variable twice":               {`{` + query + `,"variables":{"n":"x","n":"x"}}`, `"variables.n\" is there twice`},
			"a variable twice, once escaped": {`{` + query + `,"variables":{"n":"x","\u006e":"y"}}`, `"variables.n\" is there twice`},
			"twice in extensions":            {`{` + query + `,"variables":{"n":"x"},"extensions":{"a":{"b":1,"b":1}}}`, `is there twice`},
			"Query":                          {`{"Query":"` + rename + `","variables":{"n":"x"}}`, `\"query\"`},
			"query and QUERY":                {`{` + query + `,"QUERY":"{__typename}","variables":{"n":"x"}}`, `\"query\"`},
			"VARIABLES":                      {`{` + query + `,"VARIABLES":{"n":"x"}}`, `\"variables\"`},
			"operationname":                  {`{` + query + `,"variables":{"n":"x"},"operationname":"A"}`, `\"operationName\"`},
			"half a surrogate pair":          {`{` + query + `,"variables":{"n":"x\ud800"}}`, "surrogate"},
			"half, in a literal":             {`{"query":"mutation{updateViewer(input:{name:\"x\\ud800\"}){userErrors{code}}}"}`, "surrogate"},
			"half, in a literal, low":        {`{"query":"mutation{updateViewer(input:{name:\"x\\uDFFF\\u0041\"}){userErrors{code}}}"}`, "surrogate"},
			"no UTF-8":                       {`{` + query + `,"variables":{"n":"x` + "\xff" + `"}}`, "UTF-8"},
			"an encoded surrogate":           {`{` + query + `,"variables":{"n":"x` + "\xed\xa0\x80" + `"}}`, "UTF-8"},
			"NaN":                            {`{` + query + `,"variables":{"n":NaN}}`, "well-formed"},
			"something after":                {`{` + query + `,"variables":{"n":"x"}}]`, "well-formed"},
			"deep":                           {`{` + query + `,"variables":{"n":"x"},"extensions":{"a":` + strings.Repeat("[", 70) + strings.Repeat("]", 70) + `}}`, "nested too deep"},
			"a number for the query":         {`{"query":1}`, "query must be a string"},
			"a list as variables":            {`{` + query + `,"variables":["x"]}`, "variables must be an object"},
		} {
			response := w.admin.Send(http.MethodPost, "/graphql", []byte(c.body), http.Header{"Content-Type": {"application/json"}, "Accept": {"application/graphql-response+json"}})
			if body := servertest.Drain(t, response); response.StatusCode != http.StatusBadRequest || !strings.Contains(body, c.says) || !strings.Contains(body, `"BAD_USER_INPUT"`) {
				t.Errorf("%s: %d %s", name, response.StatusCode, body)
			}
		}
		if name := w.admin.Must(`{viewer{user{name}}}`, nil).Text("viewer.user.name"); strings.HasPrefix(name, "x") {
			t.Errorf("a request that was refused changed the name to %q", name)
		}
	})
}

// What JSON and GraphQL allow is read as it is.
func TestUnusualGraphQLRequestsAreRead(t *testing.T) {
	w := newTown(t, open(t), "acme")
	for name, body := range map[string]string{
		"a byte order mark":                 "\ufeff" + `{"query":"{__typename}"}`,
		"white space":                       " \r\n\t" + `{"query":"{__typename}"}` + "\n\n",
		"members that GraphQL has not":      `{"query":"{__typename}","id":"1","doc_id":null}`,
		"nulls":                             `{"query":"{__typename}","operationName":null,"variables":null,"extensions":null}`,
		"both halves of a surrogate pair":   `{"query":"query($s:String){__typename @include(if:true) users(filter:{query:$s}){nodes{id}}}","variables":{"s":"\ud83d\ude00"}}`,
		"both halves in a literal":          `{"query":"{users(filter:{query:\"\\ud83d\\ude00\"}){nodes{id}}}"}`,
		"an escaped backslash":              `{"query":"{users(filter:{query:\"\\\\ud83d\"}){nodes{id}}}"}`,
		"half a pair in a comment":          `{"query":"{__typename} # \\ud800"}`,
		"half a pair in a block string":     `{"query":"{users(filter:{query:\"\"\"\\ud800\"\"\"}){nodes{id}}}"}`,
		"a number of which nothing is made": `{"query":"{__typename}","variables":{"unused":123456789012345678901234567890}}`,
	} {
		response := w.admin.Send(http.MethodPost, "/graphql", []byte(body), http.Header{"Content-Type": {"application/json; charset=utf-8"}})
		if got := servertest.Drain(t, response); response.StatusCode != http.StatusOK || !strings.Contains(got, `"data":{`) || strings.Contains(got, `"errors"`) {
			t.Errorf("%s: %d %s", name, response.StatusCode, got)
		}
	}
}

// Two different passwords never match: what is not text is refused, in every form in which a password can be sent.
func TestPasswordsThatAreNoTextAreRefused(t *testing.T) {
	w := newTown(t, open(t), "acme")
	const create = `mutation($p:String!){createUser(input:{kind:PERSONAL,loginName:"half",email:"half@acme.example",name:"Half",language:EN,roleIds:[],mfaForced:false,accessPoints:["WEB"],password:$p}){userErrors{code}}}`
	for _, password := range []string{`correct horse \ud800 battery`, `correct horse \udfff battery`, "correct horse \xff battery", "correct horse \xc0\xaf battery"} {
		for _, body := range []string{
			fmt.Sprintf(`{"query":%q,"variables":{"p":"%s"}}`, create, password),
			fmt.Sprintf(`{"query":%q}`, strings.Replace(strings.Replace(create, "($p:String!)", "", 1), "$p", `"`+password+`"`, 1)),
			fmt.Sprintf(`{"query":"mutation($p:String!){signIn(input:{account:\"acme\",loginName:\"admin\",password:$p}){next}}","variables":{"p":"%s"}}`, password),
		} {
			if strings.Contains(body, `\xff`) || strings.Contains(body, `\xc0`) {
				body = strings.NewReplacer(`\xff`, "\xff", `\xc0\xaf`, "\xc0\xaf").Replace(body)
			}
			for _, client := range []*servertest.Client{w.admin, w.Client()} {
				response := client.Send(http.MethodPost, "/graphql", []byte(body), http.Header{"Content-Type": {"application/json"}})
				if got := servertest.Drain(t, response); strings.Contains(got, `"data"`) || !strings.Contains(got, "BAD_USER_INPUT") {
					t.Errorf("%q: %d %s", body, response.StatusCode, got)
				}
			}
		}
	}
}

// A form has no place for what is not text.
func TestFormsThatAreNoUTF8AreRefused(t *testing.T) {
	w := newTown(t, open(t), "acme")
	for _, form := range []string{"token=" + url.QueryEscape(w.key) + "%ff", "token=\xff", "token=" + url.QueryEscape(w.key) + "&ip=%c0%af", "token=%ED%A0%80"} {
		response := w.Client().Send(http.MethodPost, "/oauth2/introspect", []byte(form), http.Header{
			"Content-Type": {"application/x-www-form-urlencoded"}, "Authorization": {"Bearer " + w.service},
		})
		if body := servertest.Drain(t, response); response.StatusCode != http.StatusBadRequest || !strings.Contains(body, "UTF-8") {
			t.Errorf("%q: %d %s", form, response.StatusCode, body)
		}
	}
}
