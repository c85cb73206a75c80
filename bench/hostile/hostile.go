// Package hostile has the requests with which somebody who is not signed in could try to make a GraphQL server work. The tests
// and the measurements of the CPU that one of them takes send the same.
package hostile

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Request is the body of a request, with a header besides those that every request has.
type Request struct {
	Name         string
	Body         string
	Header, Text string
}

// sizes of each family: from what passes every limit to what is far beyond them.
var sizes = []int{20, 49, 99, 190, 450, 900, 1_400, 2_900, 5_000, 20_000}

// Requests are all families in all sizes.
func Requests() []Request {
	var all []Request
	for _, size := range sizes {
		for _, family := range documents {
			all = append(all, Request{Name: fmt.Sprintf("%s, %d", family.name, size), Body: body(family.of(size), nil)})
		}
		for _, family := range bodies {
			all = append(all, Request{Name: fmt.Sprintf("%s, %d", family.name, size), Body: family.of(size)})
		}
		for _, header := range []string{"Accept-Language", "Accept", "Content-Type"} {
			text := strings.Repeat("en-GB;q=0.5,", min(size, 2_500)) + "en"
			if header == "Content-Type" {
				text = "application/json" + strings.Repeat(";a=b", min(size, 7_000))
			}
			all = append(all, Request{Name: fmt.Sprintf("a long %s, %d", header, size), Body: body(repeat(40, "{", "f%d:account{id} ", "}"), nil), Header: header, Text: text})
		}
	}
	return append(all, Request{Name: "introspection of possible types under 84 aliases", Body: body(Introspection(), nil)})
}

// Introspection made 4.9 MB of 4.9 kB.
func Introspection() string {
	return repeat(84, "{", `a%d:__type(name:"Node"){possibleTypes{fields{name}}} `, "}")
}

func body(query string, variables any) string {
	encoded, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		panic(err)
	}
	return string(encoded)
}

// repeat writes a part with a number n times.
func repeat(n int, before, part, after string) string {
	var out strings.Builder
	out.WriteString(before)
	for i := range n {
		if strings.Contains(part, "%") {
			fmt.Fprintf(&out, part, i)
		} else {
			out.WriteString(part)
		}
	}
	out.WriteString(after)
	return out.String()
}

type family struct {
	name string
	of   func(n int) string
}

var documents = []family{
	{"equal leaves", func(n int) string { return repeat(n, "{viewer{", "ip ", "}}") }},
	{"equal objects", func(n int) string { return repeat(n, "{", "viewer{user{id name}} ", "}") }},
	{"leaves that conflict", func(n int) string { return repeat(n, "{viewer{", "a:ip a:assurance ", "}}") }},
	{"arguments that conflict", func(n int) string { return repeat(n, "{viewer{user{", "auditEvents(first:%d){nodes{id}} ", "}}}") }},
	{"unknown fields", func(n int) string { return repeat(n, "{viewer{", "f%d ", "}}") }},
	{"unknown fields of one name", func(n int) string { return repeat(n, "{viewer{", "u{id} ", "}}") }},
	{"leaves without end", func(n int) string { return repeat(n, "{viewer{", "user ", "}}") }},
	{"aliases", func(n int) string { return repeat(n, "{", "a%d:__typename ", "}") }},
	{"aliases of closed fields", func(n int) string { return repeat(n, "{", "a%d:users{nodes{id}} ", "}") }},
	{"aliases of open fields", func(n int) string { return repeat(n, "{", "a%d:viewer{ip user{id}} ", "}") }},
	{"steps of signing in", func(n int) string {
		return repeat(n, "mutation{", `a%d:verifyTotp(input:{challengeToken:"x",code:"1"}){next userErrors{code}} `, "}")
	}},
	{"fields in depth", func(n int) string {
		return "{viewer{user" + strings.Repeat("{createdBy", n) + strings.Repeat("}", n) + "}}"
	}},
	{"inline fragments in depth", func(n int) string {
		return "{" + strings.Repeat("...{", n) + "__typename" + strings.Repeat("}", n) + "}"
	}},
	{"inline fragments side by side", func(n int) string { return repeat(n, "{", "...on Query{viewer{ip}} ", "}") }},
	{"inline fragments on nothing", func(n int) string { return repeat(n, "{", "...on T%d{a} ", "}") }},
	{"spreads of nothing", func(n int) string { return repeat(n, "{viewer{ip} ", "...F%d ", "}") }},
	{"one fragment again and again", func(n int) string { return repeat(n, "{", "...F ", "} fragment F on Query{viewer{ip}}") }},
	{"fragments that double", func(n int) string {
		n = min(n, 2_000)
		return "{...F0}" + repeat2(n, "fragment F%d on Query{viewer{ip} ...F%d ...F%[2]d}") + fmt.Sprintf("fragment F%d on Query{viewer{ip}}", n)
	}},
	{"fragments that double in depth", func(n int) string {
		n = min(n, 2_000)
		return "{viewer{user{...F0}}}" + repeat2(n, "fragment F%d on User{a:createdBy{...F%d} b:createdBy{...F%[2]d}}") + fmt.Sprintf("fragment F%d on User{id}", n)
	}},
	{"fragments side by side", func(n int) string {
		n = min(n, 2_000)
		return repeat(n, "{viewer{", "...F%d ", "}}") + repeat(n, "", "fragment F%d on Viewer{ip user{id name}} ", "")
	}},
	{"fragments of one name", func(n int) string { return repeat(n, "{...F}", "fragment F on Query{viewer{ip}} ", "") }},
	{"fragments that nobody spreads", func(n int) string { return repeat(n, "{viewer{ip}}", "fragment F%d on Query{viewer{ip}} ", "") }},
	{"a ring of fragments", func(n int) string {
		n = min(n, 2_000)
		return "{...F0}" + repeat2(n, "fragment F%d on Query{...F%d}") + fmt.Sprintf("fragment F%d on Query{...F0}", n)
	}},
	{"unknown directives", func(n int) string { return repeat(n, "{__typename ", "@d%d ", "}") }},
	{"one directive again and again", func(n int) string { return repeat(n, "{__typename ", "@skip(if:false) ", "}") }},
	{"directives of many fields", func(n int) string { return repeat(n, "{viewer{", "ip @skip(if:false) @include(if:true) @a @b ", "}}") }},
	{"variables", func(n int) string { return repeat(n, "query(", "$v%d:Int ", "){viewer{ip}}") }},
	{"variables that are used", func(n int) string {
		n = min(n, 2_000)
		return repeat(n, "query(", "$v%d:Boolean! ", ")") + repeat(n, "{", "viewer @skip(if:$v%d){ip} ", "}")
	}},
	{"variables of unknown types", func(n int) string { return repeat(n, "query(", "$v%d:[[T%[1]d!]!]! ", "){viewer{ip}}") }},
	{"undefined variables", func(n int) string { return repeat(n, "query A{", "viewer @skip(if:$v%d){ip} ", "}") }},
	{"a variable of lists in lists", func(n int) string {
		n = min(n, 900)
		return "query($v:" + strings.Repeat("[", n) + "Int" + strings.Repeat("]", n) + "){viewer{ip}}"
	}},
	{"arguments", func(n int) string { return repeat(n, "{viewer(", "a%d:1 ", "){ip}}") }},
	{"arguments of many fields", func(n int) string { return repeat(n, "{", "viewer(a:1 b:2){ip} ", "}") }},
	{"lists in lists", func(n int) string {
		n = min(n, 900)
		return "{viewer(a:" + strings.Repeat("[", n) + strings.Repeat("]", n) + "){ip}}"
	}},
	{"a long list", func(n int) string { return repeat(n, "mutation{signIn(input:[", "{account:1} ", "]){next}}") }},
	{"an object of unknown fields", func(n int) string { return repeat(n, "mutation{signIn(input:{", "f%d:{} ", "}){next}}") }},
	{"an object of one field", func(n int) string { return repeat(n, "mutation{signIn(input:{", "account:1 ", "}){next}}") }},
	{"operations", func(n int) string { return repeat(n, "", "query Q%d{viewer{ip}} ", "") }},
	{"operations without a name", func(n int) string { return repeat(n, "", "{viewer{ip}} ", "") }},
	{"subscriptions", func(n int) string { return repeat(n, "subscription{", "a%d ", "}") }},
	{"long names", func(n int) string { return "{viewer{" + strings.Repeat("n", 3*n) + "}}" }},
	{"long names often", func(n int) string { return "{viewer{" + strings.Repeat(strings.Repeat("n", 250)+" ", n/10) + "}}" }},
	{"a long text", func(n int) string { return `{viewer(a:"` + strings.Repeat("é😀", n) + `"){ip}}` }},
	{"a block of text", func(n int) string { return `{viewer(a:"""` + strings.Repeat("  a\n", n) + `"""){ip}}` }},
	{"a text that does not end", func(n int) string { return `{viewer(a:"""` + strings.Repeat(`""a\`, n) }},
	{"a comment", func(n int) string { return "#" + strings.Repeat("c", 50*n) + "\n{__typename}" }},
	{"comments", func(n int) string { return strings.Repeat("#\n", n) + "{__typename}" }},
	{"blank lines", func(n int) string { return strings.Repeat(" ,\n\ufeff", n) + "{__typename}" }},
	{"brackets", func(n int) string { return strings.Repeat("{", n) }},
	{"numbers", func(n int) string { return `{viewer(a:` + strings.Repeat("9", n) + `){ip}}` }},
	{"nothing but names", func(n int) string { return strings.Repeat("a ", n) }},
}

// repeat2 writes a part with a number and the next one.
func repeat2(n int, part string) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, part, i, i+1)
	}
	return out.String()
}

const signIn = `mutation($i:SignInInput!){signIn(input:$i){next}}`

var bodies = []family{
	{"nesting in variables", func(n int) string {
		return `{"query":"{__typename}","variables":{"a":` + strings.Repeat("[", n) + strings.Repeat("]", n) + `}}`
	}},
	{"objects in variables", func(n int) string {
		return `{"query":"{__typename}","variables":{"a":` + strings.Repeat(`{"a":`, n) + "1" + strings.Repeat("}", n) + `}}`
	}},
	{"many values in variables", func(n int) string {
		return repeat(n, `{"query":"{__typename}","variables":{"a":[`, "[],", `1]}}`)
	}},
	{"many keys in variables", func(n int) string {
		return repeat(n, `{"query":"{__typename}","variables":{`, `"k%d":0,`, `"a":1}}`)
	}},
	{"one key in variables", func(n int) string {
		return repeat(n, `{"query":"{__typename}","variables":{`, `"a":[0],`, `"a":1}}`)
	}},
	{"many fields of an input", func(n int) string {
		return repeat(n, `{"query":"`+signIn+`","variables":{"i":{`, `"k%d":0,`, `"account":"x"}}}`)
	}},
	{"escapes", func(n int) string { return repeat(n, `{"query":"`, `\u0061`, `"}`) }},
	{"many members", func(n int) string { return repeat(n, `{`, `"k%d":{},`, `"query":"{__typename}"}`) }},
	{"extensions", func(n int) string {
		return repeat(n, `{"query":"{__typename}","extensions":{`, `"k%d":[{}],`, `"a":1}}`)
	}},
	{"white space", func(n int) string { return strings.Repeat(" \n", n) + `{"query":"{__typename}"}` }},
	{"half a body", func(n int) string { return `{"query":"` + strings.Repeat("x", n) }},
}
