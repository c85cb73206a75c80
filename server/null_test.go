package server_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// servedSchema is the schema that the server serves.
func servedSchema(t *testing.T, client *servertest.Client) *ast.Schema {
	t.Helper()
	response := client.Send(http.MethodGet, "/schema.graphql", nil, nil)
	return gqlparser.MustLoadSchema(&ast.Source{Name: "schema.graphql", Input: servertest.Drain(t, response)})
}

// updateInput is the input of a mutation that changes what there is, one that is called update or takes a revision; nil of others.
func updateInput(schema *ast.Schema, mutation *ast.FieldDefinition) *ast.Definition {
	argument := mutation.Arguments.ForName("input")
	if argument == nil {
		return nil
	}
	input := schema.Types[argument.Type.Name()]
	if strings.HasPrefix(mutation.Name, "update") || input.Fields.ForName("revision") != nil {
		return input
	}
	return nil
}

// guarded is an account in which everything that can be changed has all that guards it.
type guarded struct {
	*town
	ids map[string]string // by input
}

func newGuarded(t *testing.T, store *db.DB) *guarded {
	w := newTown(t, store, "acme")
	g := &guarded{town: w, ids: map[string]string{"UpdateUserInput": w.user}}
	made := func(mutation, noun string, input servertest.Variables) string {
		t.Helper()
		name := strings.ToUpper(mutation[:1]) + mutation[1:] + "Input!"
		answer := w.admin.Must(`mutation($input:`+name+`){it:`+mutation+`(input:$input){`+noun+`{id} userErrors{code field}}}`, servertest.Variables{"input": input})
		return answer.Text("it." + noun + ".id")
	}
	list := made("createWhitelist", "whitelist", servertest.Variables{"name": "Everywhere", "entries": []any{servertest.Variables{"cidr": "0.0.0.0/0", "note": "all"}}})
	g.ids["UpdateWhitelistInput"] = list
	g.ids["UpdateRoleInput"] = made("createRole", "role", servertest.Variables{"name": "Clerk", "description": "Second line", "permissions": []string{"VIEW_DOMAIN"}})
	g.ids["UpdateAccessPointInput"] = made("createAccessPoint", "accessPoint", servertest.Variables{
		"code": "PORTAL", "name": "Portal", "description": "Of customers", "kind": "INTERACTIVE", "whitelistIds": []string{list}, "origins": []string{"https://portal.acme.example"},
	})
	if problems := w.change("updateAccountPolicy", servertest.Variables{"apiKeyMaxLifetimeDays": 90, "passwordMinLength": 20}); len(problems) > 0 {
		t.Fatal(problems)
	}
	if problems := w.change("updateUser", servertest.Variables{"id": w.user, "whitelistIds": []string{list}}); len(problems) > 0 {
		t.Fatal(problems)
	}
	g.ids["UpdateApiKeyInput"] = made("createApiKey", "apiKey", servertest.Variables{
		"userId": w.user, "description": "Billing", "accessPoints": []string{"API"}, "permissions": []string{"VIEW_DOMAIN"}, "whitelistIds": []string{list},
		"expiresAt": w.Clock.Now().AddDate(0, 0, 60),
	})
	return g
}

// change sends an update as a client with variables does, and returns its user errors.
func (w *town) change(mutation string, input servertest.Variables) []string {
	name := strings.ToUpper(mutation[:1]) + mutation[1:] + "Input!"
	w.T.Helper()
	answer := w.admin.Do(`mutation($input:`+name+`){it:`+mutation+`(input:$input){userErrors{code field}}}`, servertest.Variables{"input": input})
	if len(answer.Errors) > 0 {
		w.T.Fatalf("%s: %s", mutation, answer.Body)
	}
	return answer.UserErrors("it")
}

// state is all that updates change.
func (g *guarded) state() string {
	return string(g.admin.Must(`query($ids:[ID!]!){account{name revision policy{mfaForced passwordMinLength sessionIdleMinutes sessionMaxHours apiKeyMaxLifetimeDays revision}}
		viewer{user{name language revision}} nodes(ids:$ids){
		...on User{loginName email name language mfaForced roles{id} accessPoints{code} whitelists{id} whitelistsReportOnly revision}
		...on Role{name description permissions revision}
		...on AccessPoint{name description origins whitelistsReportOnly whitelists{id} revision}
		...on Whitelist{name entries{cidr note} revision}
		...on ApiKey{description accessPoints{code} restrictedTo whitelists{id} expiresAt revision}}}`,
		servertest.Variables{"ids": slices.Sorted(maps.Values(g.ids))}).Body)
}

func (g *guarded) input(name string) servertest.Variables {
	if id := g.ids[name]; id != "" {
		return servertest.Variables{"id": id}
	}
	return servertest.Variables{}
}

// A client whose structs send null for every field that is left out changes nothing by accident: every such field is reported at once.
func TestNullEverywhereInAnUpdateIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		g := newGuarded(t, store)
		schema := servedSchema(t, g.admin)
		for _, mutation := range schema.Mutation.Fields {
			input := updateInput(schema, mutation)
			if input == nil {
				continue
			}
			sent, want := g.input(input.Name), []string{}
			for _, field := range input.Fields {
				if field.Type.NonNull {
					continue
				}
				sent[field.Name] = nil
				name := input.Name + "." + field.Name
				if field.Name != "revision" && !slices.Contains(unchanging, name) && !slices.Contains(clearable, name) {
					want = append(want, "INVALID input."+field.Name)
				}
			}
			before := g.state()
			if got := g.change(mutation.Name, sent); len(want) == 0 || !same(got, want) {
				t.Errorf("%s: %v, want %v", mutation.Name, got, want)
			}
			if after := g.state(); after != before {
				t.Errorf("%s changed something:\n%s\n%s", mutation.Name, before, after)
			}
		}
	})
}

func same(got, want []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want)))
}

// What null does not clear is cleared by an empty list, or by a flag that says so.
func TestClearingOnPurpose(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		g := newGuarded(t, store)
		with := func(input string, name string, value any, more ...any) servertest.Variables {
			sent := g.input(input)
			sent[name] = value
			for i := 0; i+1 < len(more); i += 2 {
				sent[more[i].(string)] = more[i+1]
			}
			return sent
		}
		before := g.state()
		for name, refused := range map[string]struct {
			mutation string
			input    servertest.Variables
			want     string
		}{
			"both restricted and not":       {"updateApiKey", with("UpdateApiKeyInput", "unrestricted", true, "permissions", []string{}), "[INVALID input.unrestricted]"},
			"both an end and none":          {"updateApiKey", with("UpdateApiKeyInput", "neverExpires", true, "expiresAt", g.Clock.Now().AddDate(0, 0, 5)), "[INVALID input.neverExpires REQUIRED input.expiresAt]"},
			"both a maximum and none":       {"updateAccountPolicy", with("", "apiKeysMayNeverExpire", true, "apiKeyMaxLifetimeDays", 5), "[INVALID input.apiKeysMayNeverExpire]"},
			"no end where there must be":    {"updateApiKey", with("UpdateApiKeyInput", "neverExpires", true), "[REQUIRED input.expiresAt]"},
			"flags that are not set":        {"updateApiKey", with("UpdateApiKeyInput", "neverExpires", false, "unrestricted", false), "[]"},
			"a flag of the policy, not set": {"updateAccountPolicy", with("", "apiKeysMayNeverExpire", false), "[]"},
		} {
			if got := fmt.Sprint(g.change(refused.mutation, refused.input)); got != refused.want {
				t.Errorf("%s: %s, want %s", name, got, refused.want)
			}
		}
		if after := g.state(); after != before {
			t.Errorf("refused, and yet:\n%s\n%s", before, after)
		}
		for _, cleared := range []struct {
			mutation string
			input    servertest.Variables
			gone     string
		}{
			{"updateAccountPolicy", with("", "apiKeysMayNeverExpire", true), `"apiKeyMaxLifetimeDays":null`},
			{"updateApiKey", with("UpdateApiKeyInput", "neverExpires", true, "whitelistIds", []string{}), `"expiresAt":null`},
			{"updateApiKey", with("UpdateApiKeyInput", "unrestricted", true), `"restrictedTo":null`},
			{"updateAccessPoint", with("UpdateAccessPointInput", "origins", []string{}, "whitelistIds", []string{}), `"origins":[]`},
			{"updateUser", with("UpdateUserInput", "whitelistIds", []string{}), `"whitelists":[]`},
		} {
			if got := g.change(cleared.mutation, cleared.input); len(got) > 0 || !strings.Contains(g.state(), cleared.gone) {
				t.Errorf("%s: %v, %s is not in %s", cleared.mutation, got, cleared.gone, g.state())
			}
		}
		if state := g.state(); strings.Count(state, `"whitelists":[]`) != 3 {
			t.Errorf("whitelists are left: %s", state)
		}
	})
}
