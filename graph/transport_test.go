package graph_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

const (
	mediaGraphQL = "application/graphql-response+json"
	mediaJSON    = "application/json"
)

// GraphQL over HTTP: what is answered with which status, media type and form. The audit of the package graphql-http asks
// the same from outside (scripts/graphql-http-audit).
func TestGraphQLOverHTTP(t *testing.T) {
	client := anySite(t).Client()
	big := `{"query":"{__typename}","variables":{"x":"` + strings.Repeat("x", 1<<20) + `"}}`
	for name, c := range map[string]struct {
		method, accept, contentType, body string
		status                            int
		media, begins                     string
	}{
		"the newer type":              {"POST", mediaGraphQL, mediaJSON, `{"query":"{__typename}"}`, 200, mediaGraphQL, `{"data":{"__typename":"Query"},"extensions":{"cost":{"requested":0,"limit":1000}}}`},
		"the older type":              {"POST", mediaJSON, mediaJSON, `{"query":"{__typename}"}`, 200, mediaJSON, `{"data":`},
		"anything":                    {"POST", "*/*", mediaJSON, `{"query":"{__typename}"}`, 200, mediaJSON, `{"data":`},
		"no Accept":                   {"POST", "", mediaJSON, `{"query":"{__typename}"}`, 200, mediaJSON, `{"data":`},
		"the newer preferred":         {"POST", "application/json;q=0.9, " + mediaGraphQL, mediaJSON, `{"query":"{__typename}"}`, 200, mediaGraphQL, `{"data":`},
		"the older preferred":         {"POST", mediaGraphQL + ";q=0.5, application/json", mediaJSON, `{"query":"{__typename}"}`, 200, mediaJSON, `{"data":`},
		"nothing that there is":       {"POST", "text/html", mediaJSON, `{"query":"{__typename}"}`, 406, mediaJSON, `{"errors":`},
		"a form":                      {"POST", "", "application/x-www-form-urlencoded", `query={__typename}`, 415, mediaJSON, `{"errors":`},
		"no Content-Type":             {"POST", "", "", `{"query":"{__typename}"}`, 415, mediaJSON, `{"errors":`},
		"another charset":             {"POST", "", "application/json; charset=latin1", `{"query":"{__typename}"}`, 415, mediaJSON, `{"errors":`},
		"charset without a dash":      {"POST", "", "application/json; charset=utf8", `{"query":"{__typename}"}`, 200, mediaJSON, `{"data":`},
		"GET":                         {"GET", mediaJSON, "", "", 405, mediaJSON, `{"errors":`},
		"no JSON":                     {"POST", mediaGraphQL, mediaJSON, `{"query`, 400, mediaGraphQL, `{"errors":`},
		"nothing":                     {"POST", mediaJSON, mediaJSON, ``, 400, mediaJSON, `{"errors":`},
		"several operations":          {"POST", mediaJSON, mediaJSON, ` [{"query":"{__typename}"}]`, 400, mediaJSON, `{"errors":[{"message":"one operation`},
		"something after":             {"POST", mediaJSON, mediaJSON, `{"query":"{__typename}"} {}`, 400, mediaJSON, `{"errors":`},
		"no query":                    {"POST", mediaJSON, mediaJSON, `{"operationName":"x"}`, 400, mediaJSON, `{"errors":`},
		"query of another type":       {"POST", mediaJSON, mediaJSON, `{"query":{}}`, 400, mediaJSON, `{"errors":`},
		"variables of another type":   {"POST", mediaJSON, mediaJSON, `{"query":"{__typename}","variables":[]}`, 400, mediaJSON, `{"errors":`},
		"too long":                    {"POST", mediaJSON, mediaJSON, big, 413, mediaJSON, `{"errors":`},
		"not parsed, older":           {"POST", mediaJSON, mediaJSON, `{"query":"{"}`, 200, mediaJSON, `{"errors":`},
		"not parsed, newer":           {"POST", mediaGraphQL, mediaJSON, `{"query":"{"}`, 400, mediaGraphQL, `{"errors":`},
		"not valid, newer":            {"POST", mediaGraphQL, mediaJSON, `{"query":"{nope}"}`, 400, mediaGraphQL, `{"errors":`},
		"an unknown operation, newer": {"POST", mediaGraphQL, mediaJSON, `{"query":"query A{__typename}","operationName":"B"}`, 400, mediaGraphQL, `{"errors":`},
		"refused in part, newer":      {"POST", mediaGraphQL, mediaJSON, `{"query":"{account{name}}"}`, 200, mediaGraphQL, `{"errors":`},
		"a subscription":              {"POST", mediaGraphQL, mediaJSON, `{"query":"subscription{x}"}`, 400, mediaGraphQL, `{"errors":`},
		"@defer":                      {"POST", mediaGraphQL, mediaJSON, `{"query":"{...@defer{viewer{ip}}}"}`, 400, mediaGraphQL, `{"errors":`},
	} {
		t.Run(name, func(t *testing.T) {
			header := http.Header{"Accept": {c.accept}, "Content-Type": {c.contentType}}
			if c.accept == "" {
				header["Accept"] = nil
			}
			if c.contentType == "" {
				header["Content-Type"] = nil
			}
			response := client.Send(c.method, "/graphql", []byte(c.body), header)
			body := servertest.Drain(t, response)
			if response.StatusCode != c.status || response.Header.Get("Content-Type") != c.media+"; charset=utf-8" || !strings.HasPrefix(body, c.begins) {
				t.Errorf("%d %s %s", response.StatusCode, response.Header.Get("Content-Type"), body)
			}
			if c.begins == `{"errors":` && c.status != 200 && strings.Contains(body, `"data"`) {
				t.Errorf("what was not executed has data: %s", body)
			}
			if c.status == 405 && response.Header.Get("Allow") != "POST" {
				t.Errorf("Allow: %q", response.Header.Get("Allow"))
			}
		})
	}
}

// What an operation may ask for is bounded before it is executed.
func TestLimits(t *testing.T) {
	site := anySite(t)
	client := site.Account("acme").AsAdmin()
	deep := "id"
	for range 20 {
		deep = "createdBy{" + deep + "}"
	}
	var aliases, tokens, fragments strings.Builder
	for i := range 101 {
		fmt.Fprintf(&aliases, "a%d:__typename ", i)
	}
	for range 3000 {
		tokens.WriteString("id name ")
	}
	for i := range 40 {
		fmt.Fprintf(&fragments, "fragment f%d on User{createdBy{...f%d} c:createdBy{...f%d}}", i, i+1, i+1)
	}
	for name, c := range map[string]struct{ document, says string }{
		"depth":               {`{viewer{user{` + deep + `}}}`, "depth"},
		"aliases":             {`{` + aliases.String() + `}`, "aliases"},
		"tokens":              {`{viewer{user{` + tokens.String() + `}}}`, "token"},
		"pages within pages":  {`{users(first:100){nodes{auditEvents(first:100){nodes{actor{roles{users(first:100){nodes{id}}}}}}}}}`, "cost"},
		"pages by a variable": {`query($n:Int=100){users(first:$n){nodes{roles{users(first:$n){nodes{roles{name}}}}}}}`, "cost"},
		"fragments":           {`{viewer{user{...f0}}} ` + fragments.String() + ` fragment f40 on User{id}`, "asks for too much"},
		"the schema again":    {`{a:__schema{types{name}} b:__schema{types{name}} c:__schema{types{name}} d:__schema{types{name}} e:__schema{types{name}}}`, "cost"},
	} {
		t.Run(name, func(t *testing.T) {
			answer := client.Do(c.document, nil)
			if len(answer.Errors) != 1 || answer.Errors[0].Code() != "BAD_USER_INPUT" || !strings.Contains(answer.Body, c.says) || answer.Data != nil {
				t.Error(answer.Body)
			}
		})
	}
	for name, document := range map[string]string{
		"the whole schema": introspection, "all of 100 users": strings.Replace(everythingOfUsers, "$first:Int", "$first:Int=100", 1),
	} {
		if answer := client.Do(document, nil); len(answer.Errors) > 0 {
			t.Errorf("%s is refused: %s", name, answer.Body[:300])
		}
	}
	if answer := site.Client().Do(introspection, nil); !hasCode(answer, "UNAUTHENTICATED") {
		t.Errorf("strangers get the whole schema at once: %.300s", answer.Body)
	}
}

// What comes in variables is held to the schema as strictly as what stands in the document.
func TestInput(t *testing.T) {
	site := anySite(t)
	acme := site.Account("acme")
	client := acme.AsAdmin()
	const byVariable = `query($by:UserLookup!){user(by:$by){id}}`
	const filtered = `query($f:UserFilter,$o:UserOrder){users(filter:$f,orderBy:$o){nodes{id}}}`
	for name, c := range map[string]struct {
		document  string
		variables vars
	}{
		"@oneOf with two":          {byVariable, vars{"by": vars{"id": "x", "email": "y"}}},
		"@oneOf with none":         {byVariable, vars{"by": vars{}}},
		"@oneOf with null":         {byVariable, vars{"by": vars{"id": nil}}},
		"@oneOf literally two":     {`{user(by:{id:"x",email:"y"}){id}}`, nil},
		"@oneOf literally null":    {`{user(by:{id:null}){id}}`, nil},
		"@oneOf, a variable null":  {`query($i:ID){user(by:{id:$i}){id}}`, nil},
		"an enum in lower case":    {filtered, vars{"f": vars{"kinds": []string{"personal"}}}},
		"an enum as a number":      {filtered, vars{"f": vars{"kinds": []any{1}}}},
		"a number for a text":      {filtered, vars{"f": vars{"query": 1}}},
		"a text for a Boolean":     {filtered, vars{"f": vars{"locked": "true"}}},
		"a field that is none":     {filtered, vars{"f": vars{"nope": 1}}},
		"no time":                  {filtered, vars{"f": vars{"lastSignInBefore": "yesterday"}}},
		"a time before 1970":       {filtered, vars{"f": vars{"lastSignInBefore": "1969-01-01T00:00:00Z"}}},
		"a search with a null":     {filtered, vars{"f": vars{"query": "a\x00b"}}},
		"a search too long":        {filtered, vars{"f": vars{"query": strings.Repeat("x", 121)}}},
		"first and last":           {`{users(first:1,last:1){nodes{id}}}`, nil},
		"first of 0":               {`{users(first:0){nodes{id}}}`, nil},
		"first of 101":             {`{users(first:101){nodes{id}}}`, nil},
		"last below 0":             {`{users(last:-1){nodes{id}}}`, nil},
		"first beyond 32 bits":     {`{users(first:4294967297){nodes{id}}}`, nil},
		"first as a text":          {`query($n:Int){users(first:$n){nodes{id}}}`, vars{"n": "1"}},
		"first as a fraction":      {`query($n:Int){users(first:$n){nodes{id}}}`, vars{"n": 1.5}},
		"no cursor":                {`{users(after:"x"){nodes{id}}}`, nil},
		"a cursor of another list": {`{users(after:"` + cursorOf(t, client, "roles") + `",orderBy:{field:CREATED_AT,direction:ASC}){nodes{id}}}`, nil},
		"101 nodes":                {`query($i:[ID!]!){nodes(ids:$i){id}}`, vars{"i": make([]string, 101)}},
		"an unknown permission":    {`{roles(filter:{permission:"VIEW_MOON"}){nodes{id} totalCount}}`, nil},
		"no access point's code":   {`{users(filter:{accessPoints:["web"]}){nodes{id} totalCount}}`, nil},
		"an unknown action":        {`{auditEvents(filter:{actions:["user.fly"]}){nodes{id}}}`, nil},
		"no address":               {`{whitelists(filter:{containsIp:"300.1.1.1"}){nodes{id}}}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			answer := client.Do(c.document, c.variables)
			if !hasCode(answer, "BAD_USER_INPUT") || hasCode(answer, "INTERNAL") {
				t.Error(answer.Body)
			}
			if strings.Contains(answer.Body, "Did you mean") {
				t.Errorf("it guesses: %s", answer.Body)
			}
		})
	}
}

func TestNoSuggestions(t *testing.T) {
	client := anySite(t).Client()
	for _, document := range []string{`{viewr{ip}}`, `{viewer{ipp}}`, `{viewer}`, `{users(frist:1){nodes{id}}}`, `{users(orderBy:{feld:NAME}){nodes{id}}}`,
		`{users(orderBy:{field:NAM,direction:ASC}){nodes{id}}}`, `query($a:UserFiltr){users(filter:$a){nodes{id}}}`, `{...on Usr{id}}`} {
		if answer := client.Do(document, nil); strings.Contains(answer.Body, "Did you mean") || len(answer.Errors) == 0 {
			t.Errorf("%s: %s", document, answer.Body)
		}
	}
}

// Every thing with a global ID is found by it.
func TestNodesOfEveryKind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		ids := things(site, acme)
		client := acme.AsAdmin()
		client.Must(`mutation{updateAccount(input:{name:"Acme"}){userErrors{code}}}`, nil)
		event := client.Must(`{auditEvents{nodes{id}}}`, nil).Text("auditEvents.nodes.0.id")
		asked := []any{ids["user"], ids["role"], ids["point"], ids["list"], ids["session"], ids["method"], event, acme.ID, "user_01h455vb4pex5vsknk084sn02q"}
		answer := client.Must(`query($i:[ID!]!){nodes(ids:$i){id __typename}}`, vars{"i": asked})
		for i, kind := range []string{"User", "Role", "AccessPoint", "Whitelist", "Session", "TotpMethod", "AuditEvent", "Account"} {
			at := fmt.Sprint("nodes.", i)
			if answer.At(at+".__typename") != kind || answer.At(at+".id") != fmt.Sprint(asked[i]) {
				t.Errorf("%s: %v", kind, answer.At(at))
			}
			if one := client.Must(`query($i:ID!){node(id:$i){id}}`, vars{"i": asked[i]}); one.At("node.id") != fmt.Sprint(asked[i]) {
				t.Errorf("%s: %s", kind, one.Body)
			}
		}
		if answer.At("nodes.8") != nil {
			t.Error("what is nothing was found")
		}
	})
}

// Pages forward and backward make up the list, whatever it is ordered by.
func TestPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		for i := range 7 {
			acme.Person(fmt.Sprint("user", i))
		}
		client := acme.AsAdmin()
		for _, order := range []string{"{field:LOGIN_NAME,direction:ASC}", "{field:EMAIL,direction:DESC}", "{field:CREATED_AT,direction:ASC}", "{field:LAST_SIGN_IN_AT,direction:DESC}"} {
			whole := client.Must(`{users(orderBy:`+order+`){nodes{loginName} totalCount pageInfo{hasNextPage hasPreviousPage}}}`, nil)
			if whole.At("users.totalCount") != 8.0 || whole.At("users.pageInfo.hasNextPage") != false {
				t.Fatal(whole.Body)
			}
			walk(t, client, order, "first", "after", "endCursor", "hasNextPage", whole, 0, 1)
			walk(t, client, order, "last", "before", "startCursor", "hasPreviousPage", whole, 7, -1)
		}
	})
}

func walk(t *testing.T, client *servertest.Client, order, size, from, cursor, more string, whole *servertest.Answer, at, step int) {
	t.Helper()
	var place any
	for {
		page := client.Must(`query($c:String){users(`+size+`:3,`+from+`:$c,orderBy:`+order+`){edges{cursor node{loginName}} pageInfo{`+cursor+` `+more+`}}}`, vars{"c": place})
		edges := page.At("users.edges").([]any)
		for i := range edges {
			if step < 0 {
				i = len(edges) - 1 - i
			}
			if got, want := page.At(fmt.Sprint("users.edges.", i, ".node.loginName")), whole.At(fmt.Sprint("users.nodes.", at, ".loginName")); got != want {
				t.Errorf("%s %s: %v where %v was to come", size, order, got, want)
			}
			at += step
		}
		if page.At("users.pageInfo."+more) != true {
			break
		}
		place = page.At("users.pageInfo." + cursor)
	}
	if at != 8 && at != -1 {
		t.Errorf("%s %s ended at %d", size, order, at)
	}
}

func cursorOf(t *testing.T, client *servertest.Client, list string) string {
	t.Helper()
	return client.Must(`{`+list+`{edges{cursor}}}`, nil).Text(list + ".edges.0.cursor")
}

// anySite is for what no database has a part in.
func anySite(t *testing.T) *servertest.Site {
	t.Helper()
	store, err := db.Open(t.Context(), dbtest.Addresses(t)["sqlite"](t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return servertest.New(t, store)
}

// introspection is what tools send, as graphql-js 16 writes it.
const introspection = `query IntrospectionQuery{__schema{queryType{name} mutationType{name} subscriptionType{name} types{...FullType}
	directives{name description locations args{...InputValue}}}}
	fragment FullType on __Type{kind name description fields(includeDeprecated:true){name description args{...InputValue} type{...TypeRef}
	isDeprecated deprecationReason} inputFields{...InputValue} interfaces{...TypeRef} enumValues(includeDeprecated:true){name description
	isDeprecated deprecationReason} possibleTypes{...TypeRef}}
	fragment InputValue on __InputValue{name description type{...TypeRef} defaultValue}
	fragment TypeRef on __Type{kind name ofType{kind name ofType{kind name ofType{kind name ofType{kind name ofType{kind name ofType{kind name
	ofType{kind name ofType{kind name ofType{kind name}}}}}}}}}}`
