package server_test

import (
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
)

// Codes count as they are copied from a file, a mail or a password manager: with line feeds, tabs, dashes of other kinds, full-width
// characters, quotation marks and characters that nobody sees.
func TestPastedCodesAreRead(t *testing.T) {
	eachTarget(t, func(t *testing.T, jane *target) {
		for i, form := range []string{"CODE", "CODE\r\n", "\t“CODE”", "'CODE',", "UPPER", "\ufeffCODE\u200b", "EN DASH", "FULL WIDTH", "NO DASH", "LINES"} {
			code := jane.codes[i]
			first, last, _ := strings.Cut(code, "-")
			pasted := strings.NewReplacer("CODE", code, "UPPER", strings.ToUpper(code), "EN DASH", first+" – "+last, "FULL WIDTH", fullWidth(code), "NO DASH", first+last, "LINES", first+"\n\t"+last).Replace(form)
			answer := jane.visitor(0).Do(`mutation($t:String!,$c:String!){verifyRecoveryCode(input:{challengeToken:$t,code:$c}){next userErrors{code}}}`,
				map[string]any{"t": jane.challenge(0), "c": pasted})
			if answer.Text("verifyRecoveryCode.next") != "SIGNED_IN" {
				t.Errorf("recovery code %q: %s", pasted, answer.Body)
			}
		}
		for _, form := range []func(string) string{
			func(code string) string { return code[:3] + " " + code[3:] + "\n" }, func(code string) string { return code[:3] + "–" + code[3:] },
			func(code string) string { return "«\u200b" + fullWidth(code) + "»" },
			func(code string) string {
				return strings.Map(func(r rune) rune { return r - '0' + '٠' }, code)
			},
		} {
			jane.pass(time.Minute)
			pasted := form(jane.code())
			answer := jane.visitor(0).Do(`mutation($t:String!,$c:String!){verifyTotp(input:{challengeToken:$t,code:$c}){next userErrors{code}}}`,
				map[string]any{"t": jane.challenge(0), "c": pasted})
			if answer.Text("verifyTotp.next") != "SIGNED_IN" {
				t.Errorf("code %q: %s", pasted, answer.Body)
			}
		}
	})
}

// fullWidth writes ASCII as East Asian keyboards do.
func fullWidth(s string) string {
	return strings.Map(func(r rune) rune { return r - '!' + '！' }, s)
}

// Keys and secrets of services are read without the quotation marks and white space that were copied along.
func TestPastedKeysAndSecretsAreRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		for _, form := range []string{`"KEY"`, "'KEY'", "  KEY\t", "“KEY”", "KEY\u00a0"} {
			client := w.Client()
			client.Header.Set("Authorization", "ApiKey "+strings.Replace(form, "KEY", w.key, 1))
			if answer := client.Do(`{viewer{user{loginName}}}`, nil); answer.Text("viewer.user.loginName") != "whmcs" {
				t.Errorf("%q: %s", form, answer.Body)
			}
			secret := strings.Replace(form, "KEY", w.service, 1)
			status, answer, _ := w.post("/oauth2/introspect", secret, "application/x-www-form-urlencoded", "token="+w.key+"%0A")
			if status != 200 || !strings.Contains(answer, `"active":true`) {
				t.Errorf("%q: %d %s", form, status, answer)
			}
		}
	})
}
