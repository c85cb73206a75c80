package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// A mutation before the input that is wrong must not be carried out.
const createsRole = `a:createRole(input:{name:"Half",permissions:[]}){role{id} userErrors{code}} `

// Input that is wrong anywhere refuses the whole request before any of it is executed, in one form: BAD_USER_INPUT with a place in
// the document, without data and without a path in it.
func TestAttackHalfExecutedDocuments(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		client := servertest.New(t, store).Account("acme").AsAdmin()
		for _, c := range []struct {
			document  string
			variables vars
		}{
			{`mutation{` + createsRole + `b:updateRole(input:{id:{},name:"x"}){userErrors{code}}}`, nil},
			{`mutation{` + createsRole + `b:createUser(input:{kind:{},loginName:"x"}){userErrors{code}}}`, nil},
			{`mutation{` + createsRole + `b:updateRole(input:{id:1.5,name:"x"}){userErrors{code}}}`, nil},
			{`mutation{` + createsRole + `b:updateRole(input:{id:"x",revision:2147483648}){userErrors{code}}}`, nil},
			{`mutation{` + createsRole + `b:updateApiKey(input:{id:"x",expiresAt:"tomorrow"}){userErrors{code}}}`, nil},
			{`mutation{` + createsRole + `b:updateRole(input:{id:null}){userErrors{code}}}`, nil},
			{`mutation{` + createsRole + `b:updateRole(input:null){userErrors{code}}}`, nil},
			{`mutation($i:ID="x"){` + createsRole + `b:updateRole(input:{id:$i}){userErrors{code}}}`, vars{"i": nil}},
			{`mutation($i:ID!){` + createsRole + `b:updateRole(input:{id:$i}){userErrors{code}}}`, vars{"i": 1.5}},
			{`mutation($i:UpdateRoleInput!){` + createsRole + `b:updateRole(input:$i){userErrors{code}}}`, vars{"i": vars{"id": "x", "nope": 1}}},
			{`mutation($i:UpdateRoleInput!){` + createsRole + `b:updateRole(input:$i){userErrors{code}}}`, vars{"i": vars{"id": "x", "permissions": []any{nil}}}},
			{`mutation($t:Time){` + createsRole + `b:updateApiKey(input:{id:"x",expiresAt:$t}){userErrors{code}}}`, vars{"t": "2026-13-01T00:00:00Z"}},
			{`mutation($t:Time="soon"){` + createsRole + `b:updateApiKey(input:{id:"x",expiresAt:$t}){userErrors{code}}}`, nil},
			{`mutation($t:Boolean=true){` + createsRole + `b:signOut @include(if:$t){userErrors{code}}}`, vars{"t": nil}},
			{`mutation{` + createsRole + `b:signOut @include(if:{}){userErrors{code}}}`, nil},
			{`mutation{` + createsRole + `b:updateUser(input:{id:"x"}){user{apiKeys(first:1000){nodes{id}}}}}`, nil},
			{`mutation{` + createsRole + `b:updateUser(input:{id:"x"}){user{auditEvents(after:"x"){nodes{id}}}}}`, nil},
			{`mutation{` + createsRole + `b:updateUser(input:{id:"x"}){user{apiKeys(first:1,last:1){nodes{id}}}}}`, nil},
		} {
			answer := client.Do(c.document, c.variables)
			if answer.Status != http.StatusOK || len(answer.Errors) == 0 || strings.Contains(answer.Body, `"data"`) {
				t.Errorf("%s: %d %s", c.document, answer.Status, answer.Body)
				continue
			}
			for _, e := range answer.Errors {
				if e.Code() != "BAD_USER_INPUT" || len(e.Locations) == 0 || e.Path != nil || strings.Contains(e.Message, "<") {
					t.Errorf("%s: %s", c.document, answer.Body)
				}
			}
		}
		if answer := client.Must(`{roles(filter:{query:"Half"}){nodes{id}}}`, nil); len(answer.At("roles.nodes").([]any)) > 0 {
			t.Error("a role was created by a request that was refused")
		}
	})
}

// One value is a list of one, in variables as in literals (GraphQL, 3.11).
func TestOneValueIsAList(t *testing.T) {
	acme := servertest.New(t, open(t)).Account("acme")
	client := acme.AsAdmin()
	for document, variables := range map[string]vars{
		`{users(filter:{kinds:PERSONAL}){nodes{loginName}}}`:                                   nil,
		`query($k:[UserKind!]){users(filter:{kinds:$k}){nodes{loginName}}}`:                    {"k": "PERSONAL"},
		`query($f:UserFilter){users(filter:$f){nodes{loginName}}}`:                             {"f": vars{"kinds": "PERSONAL"}},
		`query($f:UserFilter={kinds:PERSONAL}){users(filter:$f){nodes{loginName}}}`:            nil,
		`query($i:[ID!]!,$f:UserFilter){nodes(ids:$i){id} users(filter:$f){nodes{loginName}}}`: {"i": acme.Admin.ID, "f": vars{"kinds": []string{"PERSONAL"}}},
	} {
		if answer := client.Must(document, variables); answer.At("users.nodes.0.loginName") != "admin" {
			t.Errorf("%s: %s", document, answer.Body)
		}
	}
}

// The error of a document that cannot be parsed says where and why.
func TestSyntaxErrorsSayWhatIsWrong(t *testing.T) {
	client := servertest.New(t, open(t)).Client()
	for _, document := range []string{"{a(b:?)}", "{a(b:01)}", `{a(b:"x)}`, "{a ?}", "{a(b:\"\\x\")}", "?", "{a", "{}", "", "query", "{a(b:\"\"\"x)}", "{a @}", "{...}", "query($a){a}", "{a:}", "{a(b:1.)}"} {
		answer := client.Do(document, nil)
		if len(answer.Errors) != 1 || answer.Errors[0].Code() != "BAD_USER_INPUT" || strings.Contains(answer.Errors[0].Message, "<Invalid") || answer.Errors[0].Message == "" ||
			len(answer.Errors[0].Locations) == 0 {
			t.Errorf("%s: %s", document, answer.Body)
		}
	}
}

// What a viewer may not read of nine other users is reported three times, with the number of the others.
func TestRefusalsOfAListAreFolded(t *testing.T) {
	acme := servertest.New(t, open(t)).Account("acme")
	for i := range 8 {
		acme.Person(fmt.Sprint("user", i))
	}
	answer := acme.As(acme.Person("jane", access.ViewUser)).Do(`{users{nodes{id whitelists{id}}}}`, nil)
	if len(answer.Errors) != 3 || answer.Errors[2].Code() != "FORBIDDEN" || answer.Errors[2].Extensions["repeated"] != 6.0 {
		t.Error(answer.Body)
	}
	if nodes, _ := answer.At("users.nodes").([]any); len(nodes) != 10 {
		t.Error(answer.Body)
	}
}
