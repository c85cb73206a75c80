package server_test

import (
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// What is written as other programs take it is refused with what to write, and what is written that way is accepted and holds the
// addresses that were meant.
func TestWhitelistEntriesSayWhatToWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		admin := site.Account("acme").AsAdmin()
		const create = `mutation($n:String!,$c:String!){createWhitelist(input:{name:$n,entries:[{cidr:$c}]}){whitelist{entries{cidr}} userErrors{code field message}}}`
		for cidr, write := range map[string]string{
			"::ffff:10.0.0.0/8":   "10.0.0.0/8",
			"::ffff:10.0.0.1/64":  "10.0.0.1/32",
			"::ffff:10.0.0.1/104": "10.0.0.0/8",
			"::10.0.0.1":          "10.0.0.1/32",
			"10.0.0.1/8":          "10.0.0.0/8",
			"64:ff9b::1/96":       "64:ff9b::/96",
			"fe80::1%eth0":        "fe80::1/128",
			"10.0.0.1-10.0.0.9":   "10.0.0.1/32, 10.0.0.2/31, 10.0.0.4/30, 10.0.0.8/31",
			"10.0.0.*":            "10.0.0.0/24",
			"10.0.0.1:443":        "10.0.0.1/32",
			"[2001:db8::1]":       "2001:db8::1/128",
			"[2001:db8::1]:443":   "2001:db8::1/128",
			"10/8":                "10.0.0.0/8",
			"10.0.0.0/0.0.0.255":  "10.0.0.0/24",
			"010.0.0.1":           "without zeros",
			"10.0.0.1, 10.0.0.2":  "in each entry",
		} {
			answer := admin.Do(create, vars{"n": cidr, "c": cidr})
			message, _ := answer.At("createWhitelist.userErrors.0.message").(string)
			if !strings.Contains(message, write) || answer.At("createWhitelist.whitelist") != nil || answer.At("createWhitelist.userErrors.0.field") == nil {
				t.Errorf("%s: %s, want %q", cidr, answer.Body, write)
			}
		}
		covered := admin.Do(create, vars{"n": "Mapped", "c": "::ffff:10.0.0.0/8"})
		if message := covered.Text("createWhitelist.userErrors.0.message"); !strings.Contains(message, "::/8") || !strings.Contains(message, "10.0.0.0/32") {
			t.Errorf("what the prefix covers: %s", message)
		}
		for cidr, stored := range map[string]string{
			"::ffff:10.0.0.0/104": "10.0.0.0/8", "::ffff:1.2.3.4": "1.2.3.4/32", "::ffff:102:304/128": "1.2.3.4/32", "64:ff9b::/96": "64:ff9b::/96",
		} {
			answer := admin.Do(create, vars{"n": cidr, "c": cidr})
			if got := answer.At("createWhitelist.whitelist.entries.0.cidr"); got != stored {
				t.Errorf("%s is stored as %v: %s", cidr, got, answer.Body)
			}
		}
		if left := admin.Must(`{whitelists(first:100){nodes{name}}}`, nil); strings.Count(string(left.Body), `"name"`) != 4 {
			t.Errorf("whitelists: %s", left.Body)
		}
	})
}
