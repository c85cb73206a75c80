package server_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// listing is a connection with its arguments: a list, with one owner, filter and order.
type listing struct {
	before, field, arguments, after string // the document around the field
}

func (l listing) name() string { return l.before + l.field + "(" + l.arguments + ")" }

// document asks for a page under an alias. page are the arguments that choose it.
func (l listing) document(alias, page string) string {
	return alias + ":" + l.before + l.field + "(" + strings.TrimSpace(page+" "+l.arguments) + "){edges{cursor} pageInfo{startCursor endCursor}}" + l.after + "\n"
}

// listings are all connections of the schema: each with every owner in ids, every order, and every filter by one of its fields.
func listings(t *testing.T, owners map[string][]string, ids map[string]string) []listing {
	t.Helper()
	var all []listing
	for _, kind := range schemaOf.Types {
		if kind.Kind != ast.Object || kind == schemaOf.Mutation {
			continue
		}
		for _, field := range kind.Fields {
			if field.Arguments.ForName("after") == nil {
				continue
			}
			if kind == schemaOf.Query {
				all = append(all, withArguments(t, listing{field: field.Name}, field, ids)...)
				continue
			}
			if len(owners[kind.Name]) < 2 {
				t.Errorf("%s.%s is a list: name two owners for it", kind.Name, field.Name)
			}
			for _, owner := range owners[kind.Name] {
				at := listing{before: fmt.Sprintf("node(id:%q){...on %s{", owner, kind.Name), field: field.Name, after: "}}"}
				all = append(all, withArguments(t, at, field, ids)...)
			}
		}
	}
	slices.SortFunc(all, func(a, b listing) int { return strings.Compare(a.name(), b.name()) })
	return all
}

func withArguments(t *testing.T, at listing, field *ast.FieldDefinition, ids map[string]string) []listing {
	t.Helper()
	all := []listing{at}
	for _, argument := range field.Arguments {
		input := schemaOf.Types[argument.Type.Name()]
		switch {
		case slices.Contains([]string{"first", "after", "last", "before"}, argument.Name):
		case argument.Name == "orderBy":
			for _, value := range schemaOf.Types[input.Fields.ForName("field").Type.Name()].EnumValues {
				for _, direction := range []string{"ASC", "DESC"} {
					at.arguments = fmt.Sprintf("orderBy:{field:%s,direction:%s}", value.Name, direction)
					all = append(all, at)
				}
			}
		case input.Kind == ast.InputObject:
			for _, part := range input.Fields {
				for _, value := range examples(t, part, ids) {
					at.arguments = fmt.Sprintf("%s:{%s:%s}", argument.Name, part.Name, value)
					all = append(all, at)
				}
			}
		default:
			t.Errorf("an argument %s of a list: say here what values it has", argument.Name)
		}
	}
	return all
}

// examples are two values of a field of a filter.
func examples(t *testing.T, field *ast.FieldDefinition, ids map[string]string) []string {
	t.Helper()
	of := schemaOf.Types[field.Type.Name()]
	switch {
	case of.Kind == ast.Enum:
		return []string{of.EnumValues[0].Name, of.EnumValues[1].Name}
	case of.Name == "Boolean":
		return []string{"true", "false"}
	case of.Name == "Time":
		return []string{`"2020-01-01T00:00:00Z"`, `"2100-01-01T00:00:00Z"`}
	case of.Name == "ID":
		id := ids[strings.TrimSuffix(field.Name, "s")]
		if id == "" {
			t.Fatalf("a filter by %s: name an ID for it", field.Name)
		}
		return []string{strconv.Quote(id)}
	}
	switch field.Name {
	case "query":
		return []string{`"a"`, `"e"`}
	case "actions":
		return []string{`"session.signIn"`, `"user.update"`}
	case "accessPoints":
		return []string{`"WEB"`, `"API"`}
	case "permission":
		return []string{`"VIEW_USER"`, `"UPDATE_USER"`}
	case "containsIp":
		return []string{`"127.0.0.1"`, `"192.0.2.1"`}
	}
	t.Fatalf("a filter by %s: say here what values it has", field.Name)
	return nil
}

// asked sends a page of each listing, some at a time, and returns the answer to each: its edges and the code of its error. A listing that
// is refused before anything is executed takes the others of its request with it: they are sent again without it.
func asked(t *testing.T, client *servertest.Client, all []listing, page string) (cursors [][]any, codes []string) {
	t.Helper()
	cursors, codes = make([][]any, len(all)), make([]string, len(all))
	const atOnce = 40
	for start := 0; start < len(all); start += atOnce {
		var part []int
		for i := start; i < min(start+atOnce, len(all)); i++ {
			part = append(part, i)
		}
		for len(part) > 0 {
			var document strings.Builder
			for i, of := range part {
				document.WriteString(all[of].document(fmt.Sprint("a", i), page)) // each on its line
			}
			answer := client.Do("{"+document.String()+"}", nil)
			if answer.Data == nil {
				part = without(t, part, answer, codes)
				continue
			}
			for i, of := range part {
				path := fmt.Sprint("a", i)
				if all[of].before != "" {
					path += "." + all[of].field
				}
				cursors[of], _ = answer.At(path + ".edges").([]any)
				for _, e := range answer.Errors {
					if e.Place() == path {
						codes[of] = e.Code()
					}
				}
			}
			break
		}
	}
	return cursors, codes
}

// without leaves out the listings, a line each, that a refused request has errors of.
func without(t *testing.T, part []int, answer *servertest.Answer, codes []string) (rest []int) {
	t.Helper()
	if len(answer.Errors) == 0 {
		t.Fatal(answer.Body)
	}
	for _, e := range answer.Errors {
		if len(e.Locations) != 1 || e.Code() != "BAD_USER_INPUT" {
			t.Fatal(answer.Body)
		}
		codes[part[e.Locations[0]["line"]-1]] = e.Code()
	}
	for _, of := range part {
		if codes[of] == "" {
			rest = append(rest, of)
		}
	}
	return rest
}

// A cursor is good for its own list only, with the same owner, filter and order: of all that the schema has.
func TestCursorsBelongToTheirList(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		e := newEstate(t, store)
		client := e.acme.AsAdmin()
		roles := client.Must(`{roles(first:2){nodes{id}}}`, nil)
		all := listings(t,
			map[string][]string{
				"User": {e.ids["user"], string(e.owner.ID)}, "Role": {roles.Text("roles.nodes.0.id"), roles.Text("roles.nodes.1.id"), e.ids["role"]},
				"Whitelist": {e.ids["list"], string(e.local.ID)},
			},
			map[string]string{
				"userId": e.ids["user"], "actorId": e.ids["user"], "subjectId": e.ids["user"], "targetId": e.ids["user"], "roleId": e.ids["role"],
				"whitelistId": e.ids["list"], "apiKeyId": e.ids["key"],
			})
		first, _ := asked(t, client, all, "first:1")
		tried := 0
		for from, edges := range first {
			if len(edges) == 0 {
				continue
			}
			tried++
			cursor := edges[0].(map[string]any)["cursor"].(string)
			_, codes := asked(t, client, all, "after:"+strconv.Quote(cursor))
			for to, code := range codes {
				if want := map[bool]string{true: "", false: "BAD_USER_INPUT"}[from == to]; code != want {
					t.Errorf("a cursor of %s at %s: %q", all[from].name(), all[to].name(), code)
				}
			}
		}
		if tried < len(all)/3 {
			t.Errorf("only %d of %d lists have a cursor to try", tried, len(all))
		}
	})
}

// Everything but the page itself may change between two pages: its size, its direction, what is selected, and how the filter is written.
func TestCursorsOutlastOtherPagesAndSelections(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		e := newEstate(t, store)
		client := e.acme.AsAdmin()
		cursor := client.Must(`{users(first:1,filter:{kinds:[PERSONAL,API],locked:null}){pageInfo{endCursor}}}`, nil).Text("users.pageInfo.endCursor")
		for _, document := range []string{
			`query($c:String){users(first:100,after:$c,filter:{kinds:[PERSONAL,API]}){nodes{id}}}`,
			`query($c:String){all:users(after:$c,filter:{kinds:[API,PERSONAL,API],statuses:[]}){totalCount edges{node{name}}}}`,
			`query($c:String){users(last:2,before:$c,filter:{kinds:[PERSONAL,API],query:null}){nodes{id}}}`,
			`query($c:String){users(last:2,after:$c,before:$c,filter:{kinds:[PERSONAL,API]}){nodes{id}}}`,
		} {
			client.Must(document, vars{"c": cursor})
		}
		answer := client.Do(`query($c:String){users(after:$c){nodes{id}} b:users(before:$c){nodes{id}}}`, vars{"c": cursor})
		if len(answer.Errors) != 2 || answer.Errors[0].Extensions["argument"] != "after" || answer.Errors[1].Extensions["argument"] != "before" ||
			!strings.Contains(answer.Errors[0].Message, "start at the first page") {
			t.Error(answer.Body)
		}
	})
}

// A cursor of another list is refused before a mutation, in whose answer the list is, is carried out.
func TestCursorsOfOtherListsRefuseMutations(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		e := newEstate(t, store)
		client := e.acme.AsAdmin()
		made := client.Must(`mutation{createRole(input:{name:"Clerk",permissions:[]}){role{id} userErrors{code}}}`, nil).Text("createRole.role.id")
		first := client.Must(`{users(first:1){edges{cursor}} roles(first:1){edges{cursor}}}`, nil)
		for _, list := range []string{
			`role{users(after:$c){nodes{id}}}`,
			`role{users(before:$c){nodes{id}}}`,
			`role{...{...users}}`,
			`role{users @skip(if:true){nodes{id}} again:users(first:2,after:$c){nodes{id}}}`,
		} {
			fragment := ""
			if strings.Contains(list, "...users") {
				fragment = ` fragment users on Role{users(after:$c){nodes{id}}}`
			}
			for _, cursor := range []string{first.Text("users.edges.0.cursor"), first.Text("roles.edges.0.cursor")} {
				answer := client.Do(`mutation($c:String,$id:ID!){updateRole(input:{id:$id,name:"Changed"}){`+list+` userErrors{code}}}`+fragment, vars{"c": cursor, "id": made})
				if answer.Data != nil || len(answer.Errors) != 1 || answer.Errors[0].Code() != "BAD_USER_INPUT" || answer.Errors[0].Extensions["argument"] == nil {
					t.Errorf("%s: %s", list, answer.Body)
				}
			}
		}
		if name := client.Must(`query($id:ID!){node(id:$id){...on Role{name}}}`, vars{"id": made}).Text("node.name"); name != "Clerk" {
			t.Errorf("the role was changed: %s", name)
		}
	})
}

func TestCursorsThatAreNone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		e := newEstate(t, store)
		const first, second = `{users(first:1){edges{cursor node{id loginName}}}}`, `query($c:String){users(after:$c){nodes{id}}}`
		others := e.Account("other").AsAdmin().Must(first, nil)
		old := base64.RawURLEncoding.EncodeToString([]byte(others.Text("users.edges.0.node.loginName") + "\x00" + others.Text("users.edges.0.node.id")))
		wrong := []string{others.Text("users.edges.0.cursor"), old, "", "x", "AAAA"}
		good := e.acme.AsAdmin().Must(first, nil).Text("users.edges.0.cursor")
		for i := range good { // mistyped, cut, and pasted with more
			wrong = append(wrong, good[:i], good[:i]+string('A'+(good[i]+1)%26)+good[i+1:], good[:i]+"\n"+good[i:])
		}
		for _, cursor := range append(wrong, good+"=", good+"\n", " "+good, good+good) {
			if answer := e.acme.AsAdmin().Do(second, vars{"c": cursor}); len(answer.Errors) != 1 || answer.Errors[0].Code() != "BAD_USER_INPUT" ||
				answer.Errors[0].Extensions["argument"] != "after" {
				t.Errorf("%q: %s", cursor, answer.Body)
			}
		}
	})
}
