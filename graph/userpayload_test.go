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
