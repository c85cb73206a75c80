package graph_test

import (
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// Whoever may change users without seeing them does not see them in what a change answers; themselves they see.
func TestChangeShowsNobodyWhoMayNotBeSeen(t *testing.T) {
	own := map[string]bool{"updateViewer": true, "changeEmail": true, "revokeOtherSessions": true}
	may := []string{"CREATE_USER", "UPDATE_USER", "DEACTIVATE_USER", "VIEW_WHITELIST"}
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: graph.SDL()})
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		for handle, codes := range map[string][]string{"blind": may, "seeing": append([]string{"VIEW_USER"}, may...)} {
			account := site.Account(handle)
			ids, john := things(site, account), account.Person("john")
			account.As(john)
			his := account.AsAdmin().Must(`query($u:ID!){user(by:{id:$u}){roles{id} sessions{id}}}`, vars{"u": john.ID})
			ids["user"], ids["role"], ids["session"] = john.ID, his.Text("user.roles.0.id"), his.Text("user.sessions.0.id")
			clerk := account.Person("clerk", codes...)
			for _, field := range schema.Mutation.Fields {
				if field.Type.Name() != "UserPayload" || field.Name == "confirmEmail" { // which only the user themselves gets an answer of
					continue
				}
				answer := operations[field.Name].ask(account.As(clerk), ids)
				if len(answer.Errors) > 0 || len(answer.UserErrors(field.Name)) > 0 {
					t.Errorf("%s: %s", field.Name, answer.Body)
				}
				if shown := answer.At(field.Name+".user") != nil; shown != (own[field.Name] || handle == "seeing") {
					t.Errorf("%s, %s: shown %v: %s", handle, field.Name, shown, answer.Body)
				}
			}
		}
	})
}

// Nor do those who may change roles and whitelists without seeing them.
func TestChangeShowsNothingThatMayNotBeSeen(t *testing.T) {
	may := []string{"CREATE_ROLE", "UPDATE_ROLE", "MANAGE_WHITELIST", "VIEW_PROCESS"}
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		for handle, codes := range map[string][]string{"blind": may, "seeing": append([]string{"VIEW_ROLE", "VIEW_WHITELIST"}, may...)} {
			account := site.Account(handle)
			ids := things(site, account)
			plain := account.AsAdmin().Must(`mutation{createRole(input:{name:"Plain",permissions:[]}){role{id} userErrors{code}}}`, nil).Text("createRole.role.id")
			clerk := account.As(account.Person("clerk", codes...))
			for field, document := range map[string]string{
				"createRole":      `mutation{createRole(input:{name:"New",permissions:[]}){it:role{id} userErrors{code}}}`,
				"updateRole":      `mutation($r:ID!){updateRole(input:{id:$r,description:"x"}){it:role{id} userErrors{code}}}`,
				"duplicateRole":   `mutation($r:ID!){duplicateRole(input:{id:$r,name:"Again"}){it:role{id} userErrors{code}}}`,
				"createWhitelist": `mutation{createWhitelist(input:{name:"New",entries:[{cidr:"192.0.2.0/24"}]}){it:whitelist{id} userErrors{code}}}`,
				"updateWhitelist": `mutation($l:ID!){updateWhitelist(input:{id:$l,name:"Other"}){it:whitelist{id} userErrors{code}}}`,
			} {
				answer := clerk.Do(document, vars{"r": plain, "l": ids["list"]})
				if len(answer.Errors) > 0 || len(answer.UserErrors(field)) > 0 {
					t.Errorf("%s: %s", field, answer.Body)
				}
				if shown := answer.At(field+".it") != nil; shown != (handle == "seeing") {
					t.Errorf("%s, %s: shown %v: %s", handle, field, shown, answer.Body)
				}
			}
		}
	})
}
