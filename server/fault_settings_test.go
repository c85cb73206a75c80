package server_test

import (
	"testing"

	"github.com/gatehouse/gatehouse/db/dbtest"
)

// What people and services do comes out the same on a database whose settings are hostile to programs that inherit them.
func TestFaultAJourneyOnAHostileDatabase(t *testing.T) {
	address := dbtest.Postgres(t)
	dbtest.Hostile(t, address)
	w := newTown(t, openStore(t, address), "acme")
	const name = `Zoë \' O"Brien \\ 张` // backslashes and quotes, where strings have two forms
	role := w.admin.Must(`{roles(first:1){nodes{id}}}`, nil).Text("roles.nodes.0.id")
	made := w.admin.Must(`mutation($n:String!,$p:String!,$r:ID!){createUser(input:{kind:PERSONAL,loginName:"zoe",email:"zoe@acme.example",name:$n,language:EN,
		password:$p,roleIds:[$r],mfaForced:false,accessPoints:["WEB"]}){user{id name} userErrors{code field message}}}`,
		map[string]any{"n": name, "p": "copper lantern drifts over quiet fjords", "r": role})
	if made.Text("createUser.user.name") != name {
		t.Errorf("created: %s", made.Body)
	}
	signedIn := w.Client().Must(`mutation{signIn(input:{account:"acme",loginName:"zoe",password:"copper lantern drifts over quiet fjords"}){next userErrors{code}}}`, nil)
	if signedIn.Text("signIn.next") == "" {
		t.Errorf("signed in: %s", signedIn.Body)
	}
	found := w.admin.Must(`{users(filter:{query:"zoë"}){nodes{name}} auditEvents(first:1){nodes{action at}}}`, nil)
	if found.Text("users.nodes.0.name") != name {
		t.Errorf("found: %s", found.Body)
	}
	if reason := w.ask("user", w.user, "VIEW_DOMAIN", "API", "192.0.2.9"); reason != "GRANTED" {
		t.Errorf("decided: %s", reason)
	}
	if err := w.Usage.Flush(t.Context()); err != nil {
		t.Error(err)
	}
}
