package graph_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// What a field needs is asked wherever it stands; what stands beside it is answered.
func TestPermissionsOfNestedFields(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		ids := things(site, acme)
		for _, c := range []struct {
			codes    []string
			query    string
			errors   []string
			answered string
		}{
			{[]string{"VIEW_USER"}, `query($user:ID!){user(by:{id:$user}){name whitelists{name} sessions{id} auditEvents{nodes{id}} mfa{enrolled}}}`,
				[]string{"FORBIDDEN user.auditEvents", "FORBIDDEN user.sessions", "FORBIDDEN user.whitelists"}, "user.mfa.enrolled"},
			{[]string{"VIEW_USER"}, `{accessPoints{code whitelists{name}}}`,
				[]string{"FORBIDDEN accessPoints.0.whitelists", "FORBIDDEN accessPoints.1.whitelists", "FORBIDDEN accessPoints.2.whitelists"}, "accessPoints.0.code"},
			{[]string{"VIEW_WHITELIST"}, `{whitelists{nodes{name accessPoints{code} users{nodes{id}}}}}`,
				[]string{"FORBIDDEN whitelists.nodes.0.accessPoints", "FORBIDDEN whitelists.nodes.0.users"}, "whitelists.nodes.0.name"},
			{[]string{"VIEW_ROLE"}, `{roles{nodes{name users{nodes{id}}}}}`, nil, "roles.nodes.0.name"},
			{[]string{"VIEW_ROLE"}, `query($user:ID!,$role:ID!){nodes(ids:[$user,$role]){id}}`, []string{"FORBIDDEN nodes.0"}, "nodes.1.id"},
			{[]string{"VIEW_AUDIT"}, `{auditEvents{nodes{action actor{id} target{id}}}}`, nil, "auditEvents.nodes.0.action"},
			{nil, `{viewer{user{email whitelists{name} sessions{current} createdBy{id} auditEvents{nodes{id}} roles{permissions}}}}`, nil, "viewer.user.sessions.0.current"},
		} {
			user := acme.Person(strings.ToLower("u"+strings.Join(c.codes, "-"))+string(rune('a'+len(c.query)%26)), c.codes...)
			answer := operation{document: c.query}.ask(acme.As(user), ids)
			got := answer.ErrorCodes()
			slices.Sort(got)
			if c.errors != nil && !slices.Equal(got, c.errors) || answer.At(c.answered) == nil {
				t.Errorf("with %v: %s", c.codes, answer.Body)
			}
		}
	})
}

// A session that must enrol reads its own name, account and language, and of its user nothing else.
func TestFieldsOfASessionThatMustEnrol(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		client := mustEnrol(site, acme, "jane")
		answer := client.Must(`{viewer{user{id kind loginName qualifiedName name language} account{id handle name} ip permissions assurance}}`, nil)
		if answer.At("viewer.assurance") != "ENROLMENT_REQUIRED" || answer.At("viewer.user.qualifiedName") != "acme/jane" {
			t.Error(answer.Body)
		}
		if permissions, _ := answer.At("viewer.permissions").([]any); len(permissions) != 0 {
			t.Errorf("it may do something: %s", answer.Body)
		}
		for _, field := range []string{"user{email}", "user{roles{name}}", "user{accessPoints{code}}", "user{whitelists{name}}", "user{mfa{enrolled}}",
			"user{sessions{id}}", "user{auditEvents{nodes{id}}}", "user{permissions}", "user{createdBy{id}}", "session{id}", "account{policy{mfaForced}}", "account{userCount}"} {
			if answer := client.Do(`{viewer{`+field+`}}`, nil); !hasCode(answer, "MFA_REQUIRED") {
				t.Errorf("%s: %s", field, answer.Body)
			}
		}
	})
}

// Product rule 13: a cause is for the log, and the client gets what finds it there.
func TestInternalErrorsTellNothing(t *testing.T) {
	store, err := db.Open(t.Context(), dbtest.Addresses(t)["sqlite"](t))
	if err != nil {
		t.Fatal(err)
	}
	site := servertest.New(t, store)
	acme := site.Account("acme")
	client := acme.AsAdmin()
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	answer := client.Do(`mutation{signIn(input:{account:"acme",loginName:"admin",password:"x"}){next}}`, nil)
	// Who is asking cannot be found out without the database, either: nobody's request goes further than that.
	anonymous := site.Client().Do(`mutation{signIn(input:{account:"acme",loginName:"admin",password:"x"}){next}}`, nil)
	for _, a := range []*servertest.Answer{answer, anonymous} {
		if !hasCode(a, "INTERNAL") || strings.Contains(a.Body, "sql") || strings.Contains(a.Body, "closed") {
			t.Errorf("the client hears: %s", a.Body)
		}
		id, _ := a.Errors[0].Extensions["requestId"].(string)
		if id == "" || id != a.Header.Get("Request-Id") || !strings.Contains(site.Log.String(), id) {
			t.Errorf("request %q is not to be found in the log", id)
		}
	}
	if !strings.Contains(site.Log.String(), "database is closed") {
		t.Error("the log does not say why")
	}
}

// What people are told is in their language: the viewer's, and before sign-in the browser's.
func TestLanguageOfSentences(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		const signIn = `mutation{signIn(input:{account:"acme",loginName:"admin",password:"x"}){userErrors{message}}}`
		for header, want := range map[string]string{
			"": "Account, login name", "nl-BE,nl;q=0.9": "Account, loginnaam", "pt,de;q=0.5": "Konto,", "fr": "Compte,", "es-MX": "La cuenta,", "xx;;;q=z": "Account, login",
		} {
			client := site.Client()
			client.Header.Set("Accept-Language", header)
			if got := client.Do(signIn, nil).Text("signIn.userErrors.0.message"); !strings.HasPrefix(got, want) {
				t.Errorf("%q: %q", header, got)
			}
		}
		client := acme.AsAdmin()
		client.Header.Set("Accept-Language", "fr")
		client.Must(`mutation{updateViewer(input:{language:ES}){userErrors{code}}}`, nil)
		answer := client.Do(`mutation{createRole(input:{name:"",permissions:[]}){userErrors{message}}}`, nil)
		if got := answer.Text("createRole.userErrors.0.message"); got != "Indique un nombre." {
			t.Errorf("got %q", got)
		}
	})
}

// An operation names its problems all at once, each at its field.
func TestProblemsStandAtTheirFields(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		answer := acme.AsAdmin().Do(`mutation{createWhitelist(input:{name:"",entries:[{cidr:"192.0.2.1"},{cidr:"192.0.2.17/24"},{cidr:"x"}]}){
			whitelist{id} userErrors{code field message}}}`, nil)
		want := []string{"REQUIRED input.name", "INVALID input.entries.1.cidr", "INVALID input.entries.2.cidr"}
		if got := answer.UserErrors("createWhitelist"); !slices.Equal(got, want) || answer.At("createWhitelist.whitelist") != nil {
			t.Errorf("got %v: %s", got, answer.Body)
		}
		if !strings.Contains(answer.Text("createWhitelist.userErrors.1.message"), "192.0.2.0/24") {
			t.Error(answer.Body)
		}
	})
}
