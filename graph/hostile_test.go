package graph_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// moreTexts are the fields with texts that the examples of operations do not have.
var moreTexts = []string{
	`query{user(by:{loginName:"x"}){id}}`, `query{user(by:{email:"x"}){id}}`,
	`query{users(filter:{query:"x"}){nodes{id} totalCount}}`, `query{users(filter:{accessPoints:["x"]}){nodes{id} totalCount}}`,
	`query{users(after:"x"){nodes{id}}}`, `query{roles(filter:{query:"x"}){nodes{id} totalCount}}`, `query{roles(filter:{permission:"x"}){nodes{id} totalCount}}`,
	`query{whitelists(filter:{query:"x"}){nodes{id}}}`, `query{whitelists(filter:{containsIp:"x"}){nodes{id}}}`,
	`query{auditEvents(filter:{actions:["x"]}){nodes{id}}}`, `query{node(id:"x"){id}}`,
	`mutation{createUser(input:{kind:PERSONAL,loginName:"x",password:"x",email:"x",name:"x",language:EN,roleIds:["x"],mfaForced:false,accessPoints:["x"],
		whitelistIds:["x"],newWhitelist:{name:"x",entries:[{cidr:"x",note:"x"}]},idempotencyKey:"x"}){userErrors{code}}}`,
	`mutation($user:ID!){updateUser(input:{id:$user,loginName:"x",email:"x",name:"x",password:"x",roleIds:["x"],accessPoints:["x"]}){userErrors{code}}}`,
	`mutation{createRole(input:{name:"x",description:"x",permissions:["x"]}){userErrors{code}}}`,
	`mutation($role:ID!){updateRole(input:{id:$role,name:"x",description:"x",permissions:["x"]}){userErrors{code}}}`,
	`mutation{createAccessPoint(input:{code:"x",name:"x",description:"x",kind:INTERACTIVE,whitelistIds:["x"],origins:["x"]}){userErrors{code}}}`,
	`mutation($list:ID!){updateWhitelist(input:{id:$list,name:"x",entries:[{cidr:"x",note:"x"}]}){userErrors{code}}}`,
}

// Product rule 13: whatever a text holds, the answer says what to mend, or that nothing is there. It is never a fault of
// the server, whose databases differ in which texts they take.
func TestHostileTexts(t *testing.T) {
	literal := regexp.MustCompile(`"[^"]*"`)
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		ids := things(site, acme)
		documents := moreTexts
		for _, o := range operations {
			documents = append(documents, o.document)
		}
		for _, hostile := range []string{`\u0000`, `a\u0000b`, `\u202E`, `\uFFFF`, `%_\\`, `'; --`, strings.Repeat("x", 100_000), `\uD83D\uDE00`, ``} {
			for _, document := range documents {
				if !literal.MatchString(document) {
					continue
				}
				document = literal.ReplaceAllLiteralString(document, `"`+hostile+`"`)
				for _, client := range []*servertest.Client{acme.AsAdmin(), site.Client()} {
					if answer := (operation{document: document}).ask(client, ids); hasCode(answer, "INTERNAL") {
						t.Errorf("%.200s: %.500s", document, answer.Body)
					}
				}
			}
		}
	})
}
