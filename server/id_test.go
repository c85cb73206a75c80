package server_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// idPlace is a place of the schema that takes an ID: a root field, and the names from its argument to the ID.
type idPlace struct {
	root  *ast.FieldDefinition
	kind  string // query or mutation
	names []string
}

// idPlaces are all there are.
func idPlaces() []idPlace {
	var places []idPlace
	for kind, root := range map[string]*ast.Definition{"query": schemaOf.Query, "mutation": schemaOf.Mutation} {
		for _, field := range root.Fields {
			for _, argument := range field.Arguments {
				for _, names := range idsIn(argument.Name, argument.Type) {
					places = append(places, idPlace{field, kind, names})
				}
			}
		}
	}
	return places
}

func idsIn(name string, of *ast.Type) [][]string {
	if of.Name() == "ID" {
		return [][]string{{name}}
	}
	var all [][]string
	if definition := schemaOf.Types[of.Name()]; definition.Kind == ast.InputObject {
		for _, field := range definition.Fields {
			for _, names := range idsIn(field.Name, field.Type) {
				all = append(all, append([]string{name}, names...))
			}
		}
	}
	return all
}

// path is how an error names the place of the first ID in it.
func (p idPlace) path() string {
	of := schemaOf.Types[p.root.Arguments.ForName(p.names[0]).Type.Name()]
	path := p.names[0]
	at := p.root.Arguments.ForName(p.names[0]).Type
	for _, name := range p.names[1:] {
		at = of.Fields.ForName(name).Type
		of, path = schemaOf.Types[at.Name()], path+"."+name
	}
	if at.Elem != nil {
		path += ".0"
	}
	return path
}

// document has a literal at the place, and the least elsewhere. A mutation changes the viewer's name first.
func (p idPlace) document(literal string) string {
	var arguments []string
	for _, argument := range p.root.Arguments {
		if argument.Name == p.names[0] {
			arguments = append(arguments, argument.Name+":"+written(argument.Type, p.names[1:], literal))
		} else if argument.Type.NonNull && argument.DefaultValue == nil {
			arguments = append(arguments, argument.Name+":"+written(argument.Type, nil, ""))
		}
	}
	field := p.root.Name + "(" + strings.Join(arguments, ",") + ")"
	if p.kind == "mutation" {
		return `mutation{before:updateViewer(input:{name:"Changed"}){userErrors{code}} ` + field + "{userErrors{code}}}"
	}
	return "{" + field + "{__typename}}"
}

// written is a value of a type, with a literal at a place in it.
func written(want *ast.Type, names []string, literal string) string {
	if want.Elem != nil {
		return "[" + written(want.Elem, names, literal) + "]"
	}
	definition := schemaOf.Types[want.Name()]
	switch {
	case definition.Kind == ast.Enum:
		return definition.EnumValues[0].Name
	case definition.Kind == ast.InputObject:
		var fields []string
		for _, field := range definition.Fields {
			if len(names) > 0 && field.Name == names[0] {
				fields = append(fields, field.Name+":"+written(field.Type, names[1:], literal))
			} else if field.Type.NonNull && field.DefaultValue == nil {
				fields = append(fields, field.Name+":"+written(field.Type, nil, ""))
			}
		}
		return "{" + strings.Join(fields, ",") + "}"
	case want.Name() == "ID" && literal != "":
		return literal
	case want.Name() == "ID":
		return strconv.Quote(string(typeid.New("user")))
	case want.Name() == "Boolean":
		return "false"
	case want.Name() == "Int":
		return "1"
	}
	return `"x"`
}

// Wherever the schema takes an ID, one that is mistyped or of another kind is an error that names its place and what must be there,
// and nothing of the document is executed.
func TestMistypedAndWrongIDsAreRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		places := idPlaces()
		kinds := []string{"account", "ap", "event", "key", "mail", "passkey", "role", "session", "totp", "user", "wl"}
		if len(places) < 30 {
			t.Fatalf("only %d places with an ID", len(places))
		}
		good := string(typeid.New("user"))
		for _, place := range places {
			for _, wrong := range []string{`"x"`, `""`, `"acme/whmcs"`, `"user_"`, `"` + good[:len(good)-1] + `"`, `"` + strings.ToUpper(good) + `"`, `"` + good + ` "`, `"usr` + good[4:] + `"`, "1"} {
				answer := w.admin.Do(place.document(wrong), nil)
				if answer.Data != nil || !refuses(answer, place, "must be the ID of a") {
					t.Errorf("%s: %s", place.document(wrong), answer.Body)
				}
			}
			var taken []string
			for _, kind := range kinds {
				document := place.document(strconv.Quote(string(typeid.New(kind))))
				if place.kind == "mutation" { // the change before it is none of this test's
					document = strings.Replace(document, `before:updateViewer(input:{name:"Changed"}){userErrors{code}} `, "", 1)
				}
				switch answer := w.admin.Do(document, nil); {
				case !refuses(answer, place, ""):
					taken = append(taken, kind)
				case answer.Data != nil || !refuses(answer, place, "of another kind: "+kind+"_"):
					t.Errorf("%s: %s", document, answer.Body)
				}
			}
			any := slices.Contains([]string{"node(id)", "nodes(ids)"}, place.root.Name+"("+place.names[0]+")") ||
				slices.Contains([]string{"targetId", "subjectId"}, place.names[len(place.names)-1])
			if any && len(taken) != len(kinds) || !any && (len(taken) == 0 || len(taken) > 2) {
				t.Errorf("%s takes IDs of %v", place.document("ID"), taken)
			}
		}
		if name := w.admin.Must(`{viewer{user{name}}}`, nil).Text("viewer.user.name"); name == "Changed" {
			t.Error("a document with a wrong ID was executed in part")
		}
	})
}

// refuses says whether an error names a place, in some words.
func refuses(answer *servertest.Answer, at idPlace, words string) bool {
	return slices.ContainsFunc(answer.Errors, func(e servertest.Error) bool {
		return e.Code() == "BAD_USER_INPUT" && e.Extensions["argument"] == at.path() && strings.Contains(e.Message, strconv.Quote(at.path())) && strings.Contains(e.Message, words)
	})
}

// IDs in variables are held to the same, wherever they are in them.
func TestWrongIDsInVariablesAreRefused(t *testing.T) {
	w := newTown(t, open(t), "acme")
	good := string(typeid.New("role"))
	for name, c := range map[string]struct {
		document  string
		variables vars
		path      string
	}{
		"an argument":               {`query($v:ID!){node(id:$v){id}}`, vars{"v": "x"}, "id"},
		"a number with a fraction":  {`query($v:ID!){node(id:$v){id}}`, vars{"v": 1.5}, "ID"},
		"a truth":                   {`query($v:ID!){node(id:$v){id}}`, vars{"v": true}, "ID"},
		"an element":                {`query($v:ID!){nodes(ids:["` + w.user + `",$v]){id}}`, vars{"v": "x"}, "ids.1"},
		"a list":                    {`query($v:[ID!]!){nodes(ids:$v){id}}`, vars{"v": []string{w.user, "x"}}, "ids.1"},
		"one for a list":            {`query($v:[ID!]){users(filter:{roleIds:$v}){nodes{id}}}`, vars{"v": w.user}, "filter.roleIds"},
		"a field":                   {`query($v:[ID!]){users(filter:{roleIds:$v}){nodes{id}}}`, vars{"v": []string{good, w.user}}, "filter.roleIds.1"},
		"an input":                  {`query($v:UserFilter){users(filter:$v){nodes{id}}}`, vars{"v": vars{"whitelistIds": []string{good}}}, "filter.whitelistIds.0"},
		"by default":                {`query($v:UserFilter={roleIds:["x"]}){users(filter:$v){nodes{id}}}`, nil, "filter.roleIds.0"},
		"in a fragment":             {`query($v:ID!){...f} fragment f on Query{user(by:{id:$v}){id}}`, vars{"v": good}, "by.id"},
		"below other fields":        {`query($v:[ID!]){viewer{user{apiKeys(filter:{userIds:$v}){nodes{id}}}}}`, vars{"v": []string{good}}, "filter.userIds.0"},
		"in an input within":        {`query($v:AccessSubject!){accessDecision(request:{subject:$v,accessPoint:"API",ip:"192.0.2.1"}){allowed}}`, vars{"v": vars{"userId": good}}, "request.subject.userId"},
		"in a mutation":             {`mutation($v:CreateUserInput!){createUser(input:$v){userErrors{code}}}`, vars{"v": newUser("x")}, "input.roleIds.0"},
		"of another kind, mutation": {`mutation($v:CreateUserInput!){createUser(input:$v){userErrors{code}}}`, vars{"v": newUser(w.user)}, "input.roleIds.0"},
	} {
		answer := w.admin.Do(c.document, c.variables)
		if answer.Data != nil || len(answer.Errors) != 1 || answer.Errors[0].Code() != "BAD_USER_INPUT" || !strings.Contains(answer.Errors[0].Message, c.path) {
			t.Errorf("%s: %s", name, answer.Body)
		}
	}
}

func newUser(role string) vars {
	return vars{
		"kind": "PERSONAL", "loginName": "new", "email": "new@acme.example", "name": "New", "language": "EN", "roleIds": []string{role},
		"mfaForced": false, "accessPoints": []string{"WEB"},
	}
}

// A well-formed ID of something that the account does not have finds nothing: an error would tell that other accounts have it.
func TestUnknownIDsFindNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		other := settle(w.Site, "other")
		foreign := other.admin.Must(`{roles(first:1){nodes{id}}}`, nil).Text("roles.nodes.0.id")
		for what, ids := range map[string][2]string{"another account's": {foreign, other.user}, "nobody's": {string(typeid.New("role")), string(typeid.New("user"))}} {
			answer := w.admin.Must(`query($r:ID!,$u:ID!){users(filter:{roleIds:[$r]}){nodes{id}} apiKeys(filter:{userIds:[$u]}){nodes{id}}
				auditEvents(filter:{actorId:$u}){nodes{id}} node(id:$u){id} user(by:{id:$u}){id} nodes(ids:[$r,$u]){id}}`, vars{"r": ids[0], "u": ids[1]})
			if found := strings.Count(answer.Body, `"id"`); found > 0 {
				t.Errorf("%s IDs find %d things: %s", what, found, answer.Body)
			}
		}
	})
}
