package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// Rule 1: no name, description, note or address has characters that nobody sees or that reorder others, whatever it belongs to.
// Joiners that a script or an emoji needs are kept, and text is stored in NFC.
func TestTextThatHidesIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		fields := map[string]string{
			"user's login name":          `mutation($s:String!){x:updateUser(input:{id:"` + w.user + `",loginName:$s}){userErrors{code field}}}`,
			"access point's code":        `mutation($s:String!){x:createAccessPoint(input:{code:$s,name:"Portal",kind:PROGRAMMATIC}){userErrors{code field}}}`,
			"user's name":                `mutation($s:String!){x:updateUser(input:{id:"` + w.user + `",name:$s}){userErrors{code field}}}`,
			"user's email":               `mutation($s:String!){x:updateUser(input:{id:"` + w.user + `",email:$s}){userErrors{code field}}}`,
			"own name":                   `mutation($s:String!){x:updateViewer(input:{name:$s}){userErrors{code field}}}`,
			"account's name":             `mutation($s:String!){x:updateAccount(input:{name:$s}){userErrors{code field}}}`,
			"role's name":                `mutation($s:String!){x:createRole(input:{name:$s,permissions:["VIEW_DOMAIN"]}){userErrors{code field}}}`,
			"role's description":         `mutation($s:String!){x:createRole(input:{name:"Role",description:$s,permissions:["VIEW_DOMAIN"]}){userErrors{code field}}}`,
			"whitelist's name":           `mutation($s:String!){x:createWhitelist(input:{name:$s,entries:[{cidr:"192.0.2.1"}]}){userErrors{code field}}}`,
			"entry's note":               `mutation($s:String!){x:createWhitelist(input:{name:"List",entries:[{cidr:"192.0.2.1",note:$s}]}){userErrors{code field}}}`,
			"access point's name":        `mutation($s:String!){x:createAccessPoint(input:{code:"PORTAL",name:$s,kind:PROGRAMMATIC}){userErrors{code field}}}`,
			"access point's description": `mutation($s:String!){x:createAccessPoint(input:{code:"PORTAL",name:"Portal",description:$s,kind:PROGRAMMATIC}){userErrors{code field}}}`,
			"key's description":          `mutation($s:String!){x:createApiKey(input:{userId:"` + w.user + `",description:$s,accessPoints:["API"]}){userErrors{code field}}}`,
			"entry's CIDR":               `mutation($s:String!){x:createWhitelist(input:{name:"List",entries:[{cidr:$s}]}){userErrors{code field}}}`,
			"factor's name":              `mutation($s:String!){x:beginTotpEnrolment(input:{name:$s}){userErrors{code field}}}`,
		}
		for what, document := range fields {
			for _, hidden := range []string{"\u200b", "\u2060", "\u00ad", "\u115f", "\u3164", "\u2800", "\u034f", "\ufe0f", "\u202e", "\u0007", "\u200d", "\ufeff", "\u2028", "\U000e0067", "\U000e0100"} {
				text := "a" + hidden + "b"
				switch {
				case strings.HasSuffix(what, "email"):
					text += "@acme.example"
				case strings.HasSuffix(what, "CIDR"):
					text = "192.0.2" + hidden + ".1"
				case strings.HasSuffix(what, "code"):
					text = "A" + hidden + "B"
				}
				answer := w.admin.Do(document, map[string]any{"s": text})
				if answer.Text("x.userErrors.0.code") != "INVALID" {
					t.Errorf("%s with %U: %s", what, []rune(hidden)[0], answer.Body)
				}
			}
		}
		for what, document := range fields {
			if strings.HasSuffix(what, "description") && what != "key's description" || strings.HasSuffix(what, "CIDR") {
				continue // trimmed
			}
			for _, text := range []string{"\nABC", "ABC\n", "\tABC", "ABC\t", "ABC \r\n", "\u2028ABC"} {
				if strings.HasSuffix(what, "email") {
					text = strings.Replace(text, "ABC", "abc@acme.example", 1)
				}
				if answer := w.admin.Do(document, map[string]any{"s": text}); answer.Text("x.userErrors.0.code") != "INVALID" {
					t.Errorf("%s with %q: %s", what, text, answer.Body)
				}
			}
		}
		for typed, stored := range map[string]string{"Zoe\u0308 👩🏽\u200d🔬 ❤\ufe0f": "Zoë 👩🏽\u200d🔬 ❤\ufe0f", "می\u200cخواهم": "می\u200cخواهم", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f 1\ufe0f\u20e3 🇳🇱 👨\u200d👩\u200d👧": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f 1\ufe0f\u20e3 🇳🇱 👨\u200d👩\u200d👧"} {
			w.admin.Must(fields["own name"], map[string]any{"s": typed})
			if got := w.admin.Must(`{viewer{user{name}}}`, nil).Text("viewer.user.name"); got != stored {
				t.Errorf("%q is stored as %q", typed, got)
			}
		}
	})
}

// Input that is not valid UTF-8 is refused, and not replaced by something else.
func TestGraphQLThatIsNoUTF8IsRefused(t *testing.T) {
	client := servertest.New(t, open(t)).Client()
	response := client.Send(http.MethodPost, "/graphql", []byte(`{"query":"{__typename}","operationName":"`+"\xff"+`"}`), http.Header{"Content-Type": {"application/json"}})
	if body := servertest.Drain(t, response); response.StatusCode != http.StatusBadRequest || !strings.Contains(body, "UTF-8") {
		t.Errorf("%d %s", response.StatusCode, body)
	}
}
