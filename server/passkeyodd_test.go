package server_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/signin/signintest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// results changes the client extension results of an answer.
func results(values map[string]any) func(credential, response map[string]any) {
	return func(credential, _ map[string]any) { credential["clientExtensionResults"] = values }
}

// oddAnswers are what browsers, password managers and security keys answer besides what was requested.
var oddAnswers = map[string]signintest.Odd{
	"credProps":                    {Members: results(map[string]any{"credProps": map[string]any{"rk": true}})},
	"credProps with more":          {Members: results(map[string]any{"credProps": map[string]any{"rk": "yes", "authenticatorDisplayName": "1Password"}})},
	"appid":                        {Members: results(map[string]any{"appid": true, "appidExclude": false})},
	"appid that is a text":         {Members: results(map[string]any{"appid": "https://localhost"})},
	"prf":                          {Members: results(map[string]any{"prf": map[string]any{"enabled": true, "results": map[string]any{"first": "AAAA"}}})},
	"prf whose results are bytes":  {Members: results(map[string]any{"prf": map[string]any{"results": map[string]any{"first": map[string]any{"0": 1}}}})},
	"largeBlob":                    {Members: results(map[string]any{"largeBlob": map[string]any{"supported": true}})},
	"largeBlob that is a truth":    {Members: results(map[string]any{"largeBlob": true})},
	"hmac-secret, uvm, unknown":    {Members: results(map[string]any{"hmac-secret": true, "hmacCreateSecret": 1, "uvm": [][]int{{2, 4, 2}}, "org.example.x": []any{1, nil}})},
	"remoteClientDataJSON":         {Members: results(map[string]any{"remoteClientDataJSON": true})},
	"extensions that are null":     {Members: results(map[string]any{"credProps": nil, "prf": nil, "x": nil})},
	"no extension results":         {Members: func(c, _ map[string]any) { delete(c, "clientExtensionResults") }},
	"extension results of null":    {Members: func(c, _ map[string]any) { c["clientExtensionResults"] = nil }},
	"extension results in a list":  {Members: func(c, _ map[string]any) { c["clientExtensionResults"] = []any{} }},
	"signed extensions":            {Extensions: map[string]any{"hmac-secret": true, "credProtect": 2, "uvm": [][]int{{2, 4, 2}}}},
	"signed extensions of no kind": {Extensions: map[string]any{"credProtect": "high", "minPinLength": -1, "org.example.x": []any{1, "a"}}},
	"no attestation":               {Format: "none", Statement: map[string]any{}},
	"none with a statement":        {Format: "none", Statement: map[string]any{"alg": -7}},
	"packed, of a certificate":     {Format: "packed", Statement: map[string]any{"alg": -7, "sig": []byte{1}, "x5c": []any{[]byte{1}}}},
	"fido-u2f":                     {Format: "fido-u2f", Statement: map[string]any{"sig": []byte{1}, "x5c": []any{[]byte{1}}}},
	"apple":                        {Format: "apple", Statement: map[string]any{"x5c": []any{[]byte{1}, []byte{2}}}},
	"tpm":                          {Format: "tpm", Statement: map[string]any{"ver": "2.0", "alg": -65535}},
	"android-safetynet":            {Format: "android-safetynet", Statement: map[string]any{"ver": "1", "response": []byte("a.b.c")}},
	"compound":                     {Format: "compound", Statement: []any{map[string]any{"fmt": "none", "attStmt": map[string]any{}}}},
	"an unknown format":            {Format: "org.example", Statement: map[string]any{"x": map[string]any{"y": []any{1}}}},
	"no attachment":                {Members: func(c, _ map[string]any) { c["authenticatorAttachment"] = nil }},
	"an unknown attachment":        {Members: func(c, _ map[string]any) { c["authenticatorAttachment"] = "watch" }},
	"an attachment of a number":    {Members: func(c, _ map[string]any) { c["authenticatorAttachment"] = 1 }},
	"unknown transports":           {Members: func(_, r map[string]any) { r["transports"] = []any{"internal", "telepathy", 7, nil} }},
	"transports of null":           {Members: func(_, r map[string]any) { r["transports"] = nil }},
	"transports in a text":         {Members: func(_, r map[string]any) { r["transports"] = "usb" }},
	"padding": {Members: func(c, r map[string]any) {
		padded := func(members map[string]any) {
			for name, value := range members {
				if text, ok := value.(string); ok && name != "type" {
					members[name] = text + strings.Repeat("=", (4-len(text)%4)%4)
				}
			}
		}
		padded(c)
		padded(r)
	}},
	"all that toJSON gives": {Members: func(c, r map[string]any) {
		c["authenticatorAttachment"] = "platform"
		r["publicKey"], r["publicKeyAlgorithm"], r["transports"] = "MFkwEw", -7, []any{"hybrid", "internal"}
		if r["authenticatorData"] == nil {
			r["authenticatorData"] = "AAAA"
		}
	}},
	"toJSON with nulls":   {Members: func(_, r map[string]any) { r["publicKey"], r["publicKeyAlgorithm"] = nil, "ES256" }},
	"members of nobody":   {Members: func(c, r map[string]any) { c["x"], r["y"], c["extensions"] = 1, []any{nil}, map[string]any{"z": 1} }},
	"an AAGUID of zeroes": {},
}

// Nothing was requested but a passkey: whatever comes with one is ignored (WebAuthn level 3, section 9).
func TestPasskeysWithWhatNobodyRequested(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		login := 0
		for name, odd := range oddAnswers {
			login++
			jane := acme.Person(fmt.Sprintf("jane%d", login)) // a user has only so many passkeys
			enrolling := acme.As(jane)
			device := signintest.NewDevice(t, "localhost", "http://localhost:8080")
			device.Authenticator.Aaguid = [16]byte{}
			begun := enrolling.Must(beginPasskeyEnrol, nil)
			made := enrolling.Do(finishPasskeyEnrol, vars{
				"t": begun.Text("beginPasskeyEnrolment.challengeToken"),
				"c": device.MadeOddly(t, raw(t, begun.At("beginPasskeyEnrolment.options")), string(jane.ID), odd),
			})
			if made.At("finishPasskeyEnrolment.method.id") == nil {
				t.Errorf("%s: enrolment: %s", name, made.Body)
				continue
			}
			browser := site.Client()
			first := browser.Must(beginPasskey, nil)
			signed := browser.Do(finishPasskey, vars{
				"t": first.Text("beginPasskeySignIn.challengeToken"),
				"c": device.SignedOddly(t, raw(t, first.At("beginPasskeySignIn.options")), odd),
			})
			if signed.At("finishPasskeySignIn.viewer.user.loginName") != jane.LoginName {
				t.Errorf("%s: sign-in: %s", name, signed.Body)
			}
		}
	})
}

// A user handle is what a passkey without a login name is found by. After a password it may be missing (WebAuthn level 3, 7.2).
func TestSecondFactorWithoutUserHandle(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		device, _ := enrolsPasskey(t, acme.AsAdmin(), acme.Admin)
		for name, handle := range map[string]any{"null": nil, "empty": "", "left out": false} {
			odd := signintest.Odd{Members: func(_, response map[string]any) {
				if response["userHandle"] = handle; handle == false {
					delete(response, "userHandle")
				}
			}}
			browser := site.Client()
			step := browser.Must(signInAs, vars{"n": "admin", "p": servertest.Password})
			begun := browser.Must(beginPasskey, vars{"of": step.Text("signIn.challenge.token")})
			signed := browser.Do(finishPasskey, vars{
				"t": begun.Text("beginPasskeySignIn.challengeToken"),
				"c": device.SignedOddly(t, raw(t, begun.At("beginPasskeySignIn.options")), odd),
			})
			if signed.At("finishPasskeySignIn.viewer.user.loginName") != "admin" {
				t.Errorf("%s, after a password: %s", name, signed.Body)
			}
			stranger := site.Client()
			begun = stranger.Must(beginPasskey, nil)
			signed = stranger.Do(finishPasskey, vars{
				"t": begun.Text("beginPasskeySignIn.challengeToken"),
				"c": device.SignedOddly(t, raw(t, begun.At("beginPasskeySignIn.options")), odd),
			})
			if got := strings.Join(signed.UserErrors("finishPasskeySignIn"), " "); !strings.Contains(got, "WRONG_CREDENTIALS") || stranger.Cookie(session) != "" {
				t.Errorf("%s, passkey first: %s", name, signed.Body)
			}
		}
	})
}

// Whether a passkey can be backed up never changes; whether it is backed up may (WebAuthn level 3, section 6.1.3).
func TestBackupFlagsOfPasskeys(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		jane := acme.Person("jane")
		synced := signintest.NewDevice(t, "localhost", "http://localhost:8080")
		synced.Authenticator.Options.BackupEligible = true
		own := acme.As(jane)
		begun := own.Must(beginPasskeyEnrol, nil)
		own.Must(finishPasskeyEnrol, vars{
			"t": begun.Text("beginPasskeyEnrolment.challengeToken"),
			"c": synced.Made(t, raw(t, begun.At("beginPasskeyEnrolment.options")), string(jane.ID)),
		})
		backedUp := func() any {
			return acme.AsAdmin().Must(passkeysOf, vars{"u": jane.ID}).At("user.mfa.methods.0.backedUp")
		}
		for range 2 { // counters of synced passkeys stay 0
			for _, state := range []bool{true, false} {
				synced.Authenticator.Options.BackupState = state
				browser := site.Client()
				if answer := browser.Do(finishPasskey, signs(t, browser, synced)); answer.At("finishPasskeySignIn.viewer.user.loginName") != "jane" {
					t.Errorf("backup state %v: %s", state, answer.Body)
				}
				if got := backedUp(); got != state {
					t.Errorf("backup state %v is shown as %v", state, got)
				}
			}
		}
		synced.Authenticator.Options.BackupEligible = false
		browser := site.Client()
		answer := browser.Do(finishPasskey, signs(t, browser, synced))
		if got := strings.Join(answer.UserErrors("finishPasskeySignIn"), " "); !strings.Contains(got, "WRONG_CREDENTIALS") || browser.Cookie(session) != "" {
			t.Errorf("another backup eligibility: %s", answer.Body)
		}
		site.SignIn.Settle()
		trail := acme.AsAdmin().Must(`{auditEvents(first:5,filter:{outcomes:[FAILED]}){nodes{action reason}}}`, nil)
		if trail.Text("auditEvents.nodes.0.reason") != "PASSKEY_BACKUP_CHANGED" {
			t.Errorf("the trail: %s", trail.Body)
		}
		synced.Authenticator.Options.BackupEligible = true
		again := site.Client()
		if answer := again.Do(finishPasskey, signs(t, again, synced)); answer.At("finishPasskeySignIn.viewer.user.loginName") != "jane" {
			t.Errorf("as enrolled: %s", answer.Body)
		}
	})
}
