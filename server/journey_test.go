package server_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

type vars = servertest.Variables

const password = "nine violet kettles hum beneath the stairs"

// totpCode is what an authenticator app shows at a time (RFC 6238: SHA-1, 6 digits, 30 seconds).
func totpCode(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha1.New, key)
	if err := binary.Write(mac, binary.BigEndian, at.Unix()/30); err != nil {
		t.Fatal(err)
	}
	sum := mac.Sum(nil)
	offset := sum[len(sum)-1] & 0xf
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[offset:])&0x7fffffff%1_000_000)
}

func tokenIn(t *testing.T, mail *db.Mail) string {
	t.Helper()
	match := regexp.MustCompile(`#token=([A-Za-z0-9_-]{43})`).FindStringSubmatch(mail.TextBody)
	if match == nil {
		t.Fatalf("no link in the mail %s: %s", mail.Kind, mail.TextBody)
	}
	return match[1]
}

// The whole job, from an empty database to a colleague at work, as a plain HTTP client with a cookie jar does it.
func TestTheWholeJob(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		token, issued, err := site.Accounts.IssueSetUpLink(t.Context())
		if err != nil || !issued {
			t.Fatalf("no set-up link: %v", err)
		}
		admin := site.Client()
		if at := admin.Must(`{viewer{ip}}`, nil).At("viewer"); at != nil {
			t.Fatalf("somebody is signed in: %v", at)
		}
		setUp := admin.Must(`mutation($i:SetUpAccountInput!){setUpAccount(input:$i){next viewer{user{name qualifiedName} account{handle}
			assurance permissions} userErrors{code field}}}`, vars{"i": vars{"token": string(token), "handle": "acme", "name": "Acme BV",
			"loginName": "boss", "email": "boss@acme.example", "language": "NL", "password": password}})
		if setUp.At("setUpAccount.next") != "ENROL_MFA" || setUp.At("setUpAccount.viewer.user.qualifiedName") != "acme/boss" {
			t.Fatal(setUp.Body)
		}
		enrol(t, site, admin)

		createRole := admin.Must(`mutation{createRole(input:{name:"Helpdesk",permissions:["VIEW_USER","VIEW_WHITELIST"]}){
			role{id permissions userCount builtIn viewerCanAssign} userErrors{code field}}}`, nil)
		role := createRole.Text("createRole.role.id")
		list := admin.Must(`mutation{createWhitelist(input:{name:"Office",entries:[{cidr:"127.0.0.1",note:"here"},{cidr:"2001:db8::/48"}]}){
			whitelist{id entries{cidr note} userCount} userErrors{code field}}}`, nil)
		if list.At("createWhitelist.whitelist.entries.0.cidr") != "127.0.0.1/32" {
			t.Fatal(list.Body)
		}
		jane := admin.Must(createUser, vars{"i": vars{"kind": "PERSONAL", "loginName": "jane", "email": "jane@acme.example", "name": "Jané Doe",
			"language": "DE", "roleIds": []string{role}, "mfaForced": true, "accessPoints": []string{"WEB"},
			"whitelistIds": []string{list.Text("createWhitelist.whitelist.id")}}})
		if jane.At("createUser.user.status") != "INVITED" || jane.At("createUser.user.createdBy.loginName") != "boss" {
			t.Fatal(jane.Body)
		}
		bot := admin.Must(createUser, vars{"i": vars{"kind": "API", "loginName": "billing", "email": "billing@acme.example", "name": "WHMCS",
			"language": "EN", "roleIds": []string{role}, "mfaForced": true, "accessPoints": []string{"API"}}})
		if bot.At("createUser.user.status") != "ACTIVE" {
			t.Fatal(bot.Body)
		}

		invitation := welcomeOf(site, "jane@acme.example")
		if invitation.Language != db.German {
			t.Errorf("the mail is in %s", invitation.Language)
		}
		site.Clock.Pass(time.Minute)
		colleague := site.Client()
		whose := colleague.Must(`mutation($t:String!){beginSetPassword(input:{token:$t}){accountHandle loginName passwordMinLength userErrors{code}}}`,
			vars{"t": tokenIn(t, invitation)})
		if whose.At("beginSetPassword.loginName") != "jane" {
			t.Fatal(whose.Body)
		}
		set := colleague.Must(`mutation($t:String!,$p:String!){setPassword(input:{token:$t,password:$p}){next viewer{user{name}} userErrors{code}}}`,
			vars{"t": tokenIn(t, invitation), "p": servertest.Password})
		if set.At("setPassword.next") != "ENROL_MFA" {
			t.Fatal(set.Body)
		}
		secret := enrol(t, site, colleague)
		if got := colleague.Must(`{users{nodes{loginName}}}`, nil).At("users.nodes.2.loginName"); got != "jane" {
			t.Errorf("third user %v", got)
		}
		colleague.Must(`mutation{signOut{userErrors{code}}}`, nil)
		if colleague.Cookie("gatehouse_session") != "" {
			t.Error("signed out, but the cookie is still there")
		}
		signInAgain(t, site, colleague, secret)
	})
}

const createUser = `mutation($i:CreateUserInput!){createUser(input:$i){user{id status qualifiedName createdBy{loginName} roles{name}
	accessPoints{code} whitelists{name} mfa{required enrolled}} userErrors{code field message}}}`

// enrol sets up an authenticator app and returns its secret. Before it the session may do nothing else, after it everything.
func enrol(t *testing.T, site *servertest.Site, client *servertest.Client) string {
	t.Helper()
	if refused := client.Do(`{account{name} users{nodes{id}}}`, nil); !slices.Contains(refused.ErrorCodes(), "MFA_REQUIRED users") {
		t.Fatalf("before a factor: %s", refused.Body)
	}
	before := client.Cookie("gatehouse_session")
	begun := client.Must(`mutation{beginTotpEnrolment(input:{name:"Phone"}){challengeToken secret uri userErrors{code}}}`, nil)
	secret := begun.Text("beginTotpEnrolment.secret")
	ended := client.Must(`mutation($t:String!,$c:String!){finishTotpEnrolment(input:{challengeToken:$t,code:$c}){method{id name} recoveryCodes
		viewer{assurance user{roles{name} mfa{enrolled methods{name} recoveryCodesRemaining}}} userErrors{code}}}`,
		vars{"t": begun.Text("beginTotpEnrolment.challengeToken"), "c": totpCode(t, secret, site.Clock.Now())})
	codes, _ := ended.At("finishTotpEnrolment.recoveryCodes").([]any)
	if len(codes) != 10 || ended.At("finishTotpEnrolment.viewer.assurance") != "MFA" ||
		ended.At("finishTotpEnrolment.viewer.user.mfa.recoveryCodesRemaining") != 10.0 {
		t.Fatal(ended.Body)
	}
	if client.Cookie("gatehouse_session") == before {
		t.Error("the session rose without a new cookie (product rule 9)")
	}
	return secret
}

func signInAgain(t *testing.T, site *servertest.Site, client *servertest.Client, secret string) {
	t.Helper()
	site.Clock.Pass(time.Minute)
	first := client.Must(`mutation($p:String!){signIn(input:{account:"acme",loginName:"JANE",password:$p}){next challenge{token methods} viewer{ip}
		userErrors{code}}}`, vars{"p": servertest.Password})
	if first.At("signIn.next") != "VERIFY_MFA" || first.At("signIn.viewer") != nil || client.Cookie("gatehouse_session") != "" {
		t.Fatal(first.Body)
	}
	second := client.Must(`mutation($t:String!,$c:String!){verifyTotp(input:{challengeToken:$t,code:$c}){next viewer{assurance user{loginName roles{name}}}
		userErrors{code}}}`, vars{"t": first.Text("signIn.challenge.token"), "c": totpCode(t, secret, site.Clock.Now())})
	if second.At("verifyTotp.viewer.assurance") != "MFA" || second.At("verifyTotp.viewer.user.roles.0.name") != "Helpdesk" {
		t.Fatal(second.Body)
	}
	if client.Cookie("gatehouse_session") == "" || client.Cookie("gatehouse_device") == "" {
		t.Error("no cookies after signing in")
	}
}

// welcomeOf takes mails until the one to an address comes.
func welcomeOf(site *servertest.Site, address string) *db.Mail {
	for {
		if mail := site.Mail(); mail.Recipient == address {
			return mail
		}
	}
}
