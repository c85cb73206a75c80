package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/signin/signintest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

const (
	beginPasskey        = `mutation($of:String){beginPasskeySignIn(input:{challengeToken:$of}){challengeToken options userErrors{code}}}`
	finishPasskey       = `mutation($t:String!,$c:JSON!){finishPasskeySignIn(input:{challengeToken:$t,credential:$c}){next viewer{user{loginName} assurance} userErrors{code field}}}`
	beginPasskeyEnrol   = `mutation{beginPasskeyEnrolment(input:{name:"Laptop"}){challengeToken options userErrors{code}}}`
	finishPasskeyEnrol  = `mutation($t:String!,$c:JSON!){finishPasskeyEnrolment(input:{challengeToken:$t,credential:$c}){method{id name} recoveryCodes userErrors{code field}}}`
	passkeysOf          = `query($u:ID!){user(by:{id:$u}){mfa{enrolled methods{id name ... on Passkey{credentialId authenticator backedUp}}}}}`
	presession, session = "gatehouse_presession", "gatehouse_session"
)

func raw(t *testing.T, value any) json.RawMessage {
	t.Helper()
	encoded, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

// enrolsPasskey gives a signed-in user a passkey, and returns its ID.
func enrolsPasskey(t *testing.T, client *servertest.Client, user *db.User) (*signintest.Device, string) {
	t.Helper()
	device := signintest.NewDevice(t, "localhost", "http://localhost:8080")
	begun := client.Must(beginPasskeyEnrol, nil)
	made := device.Made(t, raw(t, begun.At("beginPasskeyEnrolment.options")), string(user.ID))
	done := client.Must(finishPasskeyEnrol, vars{"t": begun.Text("beginPasskeyEnrolment.challengeToken"), "c": made})
	return device, done.Text("finishPasskeyEnrolment.method.id")
}

// signs begins a passkey sign-in and returns what finishes it.
func signs(t *testing.T, client *servertest.Client, device *signintest.Device) vars {
	t.Helper()
	begun := client.Must(beginPasskey, nil)
	return vars{
		"t": begun.Text("beginPasskeySignIn.challengeToken"),
		"c": device.Signed(t, raw(t, begun.At("beginPasskeySignIn.options"))),
	}
}

func TestPasskeyOverHTTP(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		jane := acme.Person("jane")
		device, _ := enrolsPasskey(t, acme.As(jane), jane)

		browser := site.Client()
		proof := signs(t, browser, device)
		if browser.Cookie(presession) == "" {
			t.Error("the browser that begins is not marked")
		}
		thief := site.Client()
		if answer := thief.Do(finishPasskey, proof); strings.Join(answer.UserErrors("finishPasskeySignIn"), " ") == "" || thief.Cookie(session) != "" {
			t.Errorf("in another browser: %s", answer.Body)
		}
		answer := browser.Must(finishPasskey, proof)
		if answer.Text("finishPasskeySignIn.viewer.user.loginName") != "jane" || answer.Text("finishPasskeySignIn.viewer.assurance") != "MFA" {
			t.Errorf("signed in: %s", answer.Body)
		}
		if again := browser.Do(whoAmI, nil); again.Text("viewer.user.loginName") != "jane" {
			t.Errorf("the next request: %s", again.Body)
		}
		replaying := site.Client()
		replaying.SetCookie(presession, browser.Cookie(presession))
		if answer := replaying.Do(finishPasskey, proof); len(answer.UserErrors("finishPasskeySignIn")) == 0 || replaying.Cookie(session) != "" {
			t.Errorf("the same answer again: %s", answer.Body)
		}
	})
}

// Who may see users sees their passkeys, but not what names them to a browser; another account sees nothing.
func TestWhoSeesAPasskey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme, other := site.Account("acme"), site.Account("other")
		jane := acme.Person("jane")
		own := acme.As(jane)
		_, id := enrolsPasskey(t, own, jane)

		if answer := own.Must(passkeysOf, vars{"u": jane.ID}); answer.Text("user.mfa.methods.0.credentialId") == "" {
			t.Errorf("one's own: %s", answer.Body)
		}
		answer := acme.AsAdmin().Must(passkeysOf, vars{"u": jane.ID})
		if answer.Text("user.mfa.methods.0.name") != "Laptop" || answer.At("user.mfa.methods.0.credentialId") != nil {
			t.Errorf("an administrator: %s", answer.Body)
		}
		const node = `query($id:ID!){node(id:$id){id}}`
		if answer := acme.AsAdmin().Must(node, vars{"id": id}); answer.Text("node.id") != id {
			t.Errorf("node for an administrator: %s", answer.Body)
		}
		if answer := other.AsAdmin().Do(node, vars{"id": id}); answer.At("node") != nil {
			t.Errorf("node for another account: %s", answer.Body)
		}
		for _, change := range []string{
			`mutation($id:ID!){renameMfaMethod(input:{id:$id,name:"Mine"}){userErrors{code}}}`,
			`mutation($id:ID!){removeMfaMethod(input:{id:$id}){userErrors{code}}}`,
		} {
			if answer := acme.AsAdmin().Do(change, vars{"id": id}); !strings.Contains(string(answer.Body), "NOT_FOUND") {
				t.Errorf("somebody else's: %s", answer.Body)
			}
		}
	})
}

func TestUsersWithoutFactorAreFoundByPasskeyToo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		jane := acme.Person("jane")
		enrolsPasskey(t, acme.As(jane), jane)
		const enrolled = `query($e:Boolean!){users(filter:{mfaEnrolled:$e}){nodes{loginName}}}`
		if answer := acme.AsAdmin().Must(enrolled, vars{"e": true}); answer.Text("users.nodes.0.loginName") != "jane" {
			t.Errorf("with a factor: %s", answer.Body)
		}
		if answer := acme.AsAdmin().Must(enrolled, vars{"e": false}); strings.Contains(string(answer.Body), `"jane"`) {
			t.Errorf("without: %s", answer.Body)
		}
	})
}

func TestOnlyThisPageMayAskForPasskeys(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		response := servertest.New(t, store).Client().Send(http.MethodGet, "/", nil, nil)
		servertest.Drain(t, response)
		policy := response.Header.Get("Permissions-Policy")
		for _, feature := range []string{"publickey-credentials-create=(self)", "publickey-credentials-get=(self)"} {
			if !strings.Contains(policy, feature) {
				t.Errorf("%q lacks %s", policy, feature)
			}
		}
	})
}
