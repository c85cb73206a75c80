package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

func TestEvaluation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		other := settle(w.Site, "other")
		elsewhere, _ := w.newKey(`accessPoints:["ISPROXY"]`)
		narrow, _ := w.newKey(`accessPoints:["API"],permissions:["VIEW_DOMAIN"]`)
		const ip = "192.0.2.7"
		for name, test := range map[string]struct{ subjectType, id, action, point, want string }{
			"a key comes in":                     {"api_key", w.key, "enter", "API", "GRANTED"},
			"a key does what its user may":       {"api_key", w.key, "UPDATE_DOMAIN", "API", "GRANTED"},
			"a key does not do what it may not":  {"api_key", w.key, "DELETE_DOMAIN", "API", "PERMISSION_MISSING"},
			"an action that is no permission":    {"api_key", w.key, "dance", "API", "PERMISSION_MISSING"},
			"a restricted key":                   {"api_key", narrow, "UPDATE_DOMAIN", "API", "PERMISSION_MISSING"},
			"a key of another door":              {"api_key", elsewhere, "enter", "API", "ACCESS_POINT_NOT_ALLOWED"},
			"the service asks about another":     {"api_key", elsewhere, "enter", "ISPROXY", "SUBJECT_UNKNOWN"},
			"a key of another account":           {"api_key", other.key, "enter", "API", "SUBJECT_UNKNOWN"},
			"a key with a wrong checksum":        {"api_key", flip(w.key), "enter", "API", "SUBJECT_UNKNOWN"},
			"a key cut short":                    {"api_key", w.key[:len(w.key)-1], "enter", "API", "SUBJECT_UNKNOWN"},
			"a key doubled":                      {"api_key", w.key + w.key, "enter", "API", "SUBJECT_UNKNOWN"},
			"a key that was never made":          {"api_key", "gatekey_" + strings.Repeat("0", 43) + "0ToQyT", "enter", "API", "SUBJECT_UNKNOWN"},
			"a user by ID":                       {"user", w.user, "UPDATE_DOMAIN", "API", "GRANTED"},
			"a user by name":                     {"user", "acme/whmcs", "UPDATE_DOMAIN", "API", "GRANTED"},
			"a user by name, in other case":      {"user", "Acme/WHMCS", "enter", "API", "GRANTED"},
			"a user who may not come in there":   {"user", "acme/admin", "enter", "API", "ACCESS_POINT_NOT_ALLOWED"},
			"nobody":                             {"user", "acme/nobody", "enter", "API", "SUBJECT_UNKNOWN"},
			"a user of another account":          {"user", other.user, "enter", "API", "SUBJECT_UNKNOWN"},
			"a user of another account, by name": {"user", "other/whmcs", "enter", "API", "SUBJECT_UNKNOWN"},
			"what is no ID":                      {"user", "x", "enter", "API", "SUBJECT_UNKNOWN"},
			"a subject of an unknown type":       {"robot", w.user, "enter", "API", "SUBJECT_UNKNOWN"},
		} {
			for range 2 { // from the database, and from memory
				if got := w.ask(test.subjectType, test.id, test.action, test.point, ip); got != test.want {
					t.Errorf("%s: %s, want %s", name, got, test.want)
				}
			}
		}
	})
}

// flip exchanges two characters, as somebody does who types a key from paper.
func flip(key string) string {
	b := []byte(key)
	for i := 10; ; i++ {
		if b[i] != b[i+1] {
			b[i], b[i+1] = b[i+1], b[i]
			return string(b)
		}
	}
}

// Rule 5: whatever changes, the next decision knows.
func TestDecisionsChangeAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		expect := func(what, want string) {
			t.Helper()
			if got := w.ask("api_key", w.key, "UPDATE_DOMAIN", "API", "192.0.2.7"); got != want {
				t.Errorf("%s: %s, want %s", what, got, want)
			}
		}
		change := func(document string) *servertest.Answer {
			t.Helper()
			return w.admin.Must(document, map[string]any{"u": w.user, "k": w.keyID, "p": w.points["API"]})
		}
		user := func(fields string) {
			change(`mutation($u:ID!){updateUser(input:{id:$u,` + fields + `}){userErrors{code field message}}}`)
		}
		expect("at first", "GRANTED")
		user(`newWhitelist:{name:"Office",entries:[{cidr:"198.51.100.0/24"}]}`)
		expect("a whitelist without the address", "IP_NOT_WHITELISTED")
		user(`whitelistsReportOnly:true`)
		expect("the same in report-only mode", "GRANTED")
		user(`whitelistsReportOnly:false`)
		expect("and asked again", "IP_NOT_WHITELISTED")
		user(`whitelistIds:[]`)
		expect("without it", "GRANTED")
		user(`accessPoints:["ISPROXY"]`)
		expect("without the access point", "ACCESS_POINT_NOT_ALLOWED")
		user(`accessPoints:["API"]`)
		expect("with it again", "GRANTED")
		role := w.admin.Must(`{roles(filter:{query:"Billing"}){nodes{id}}}`, nil).Text("roles.nodes.0.id")
		w.admin.Must(`mutation($r:ID!){updateRole(input:{id:$r,permissions:["VIEW_DOMAIN"]}){userErrors{code}}}`, map[string]any{"r": role})
		expect("a role without the permission", "PERMISSION_MISSING")
		w.admin.Must(`mutation($r:ID!){updateRole(input:{id:$r,permissions:["UPDATE_DOMAIN"]}){userErrors{code}}}`, map[string]any{"r": role})
		expect("and with it again", "GRANTED")
		change(`mutation($u:ID!){deactivateUser(input:{id:$u}){userErrors{code}}}`)
		expect("a deactivated user", "USER_DEACTIVATED")
		change(`mutation($u:ID!){reactivateUser(input:{id:$u}){userErrors{code}}}`)
		expect("a user reactivated", "GRANTED")
		change(`mutation($k:ID!){updateApiKey(input:{id:$k,expiresAt:"2026-11-23T09:00:00Z"}){userErrors{code}}}`)
		expect("before the end", "GRANTED")
		w.Clock.Pass(2 * time.Hour)
		expect("past the end", "KEY_EXPIRED")
		w.admin = w.acme.AsAdmin()
		w.key, w.keyID = w.newKey(`accessPoints:["API"]`)
		expect("another key", "GRANTED")
		change(`mutation($k:ID!){revokeApiKey(input:{id:$k}){userErrors{code}}}`)
		expect("revoked", "KEY_REVOKED")

		older := w.service
		w.service = w.newSecret("API")
		if status, _, _ := w.post("/access/v1/evaluation", older, "application/json", question("user", w.user, "enter", "API", "192.0.2.7")); status != http.StatusUnauthorized {
			t.Errorf("the older secret of the service: %d", status)
		}
		expect("with the newer", "KEY_REVOKED")
	})
}

// Bad input gets a clear answer and no decision (AuthZEN Authorization API 1.0, 10.1.2).
func TestEvaluationRefusesWhatItDoesNotUnderstand(t *testing.T) {
	w := newTown(t, open(t), "acme")
	good := question("user", w.user, "enter", "API", "192.0.2.7")
	for name, test := range map[string]struct {
		secret, media, body string
		status              int
		says                string
	}{
		"no secret":              {"", "application/json", good, 401, "gatesvc_"},
		"a key as secret":        {w.key, "application/json", good, 401, "gatesvc_"},
		"a mistyped secret":      {flip(w.service), "application/json", good, 401, "gatesvc_"},
		"another media type":     {w.service, "text/plain", good, 400, "application/json"},
		"no JSON":                {w.service, "application/json", good[:30], 400, "well-formed"},
		"an array":               {w.service, "application/json", "[]", 400, "an object"},
		"two objects":            {w.service, "application/json", good + good, 400, "not one well-formed"},
		"a field twice":          {w.service, "application/json", strings.Replace(good, `"id":`, `"id":"other","id":`, 1), 400, "subject.id\" is there twice"},
		"another case":           {w.service, "application/json", strings.Replace(good, `"subject"`, `"Subject"`, 1), 400, "subject is missing"},
		"no object":              {w.service, "application/json", strings.Replace(good, `{"name":"enter"}`, `"enter"`, 1), 400, "action must be an object"},
		"another name":           {w.service, "application/json", strings.Replace(good, `"subject"`, `"subjekt"`, 1), 400, "subject is missing"},
		"another inner name":     {w.service, "application/json", strings.Replace(good, `"id"`, `"idd"`, 1), 400, "subject.id is missing"},
		"an unknown field twice": {w.service, "application/json", strings.Replace(good, `{`, `{"x":1,"x":2,`, 1), 400, "x\" is there twice"},
		"a number for a text":    {w.service, "application/json", strings.Replace(good, `"enter"`, `7`, 1), 400, "action.name must be a string"},
		"no subject":             {w.service, "application/json", `{"action":{"name":"enter"},"resource":{"type":"access_point","id":"API"}}`, 400, "subject is missing"},
		"an empty ID":            {w.service, "application/json", strings.Replace(good, w.user, "", 1), 400, "subject.id is missing"},
		"an address with a port": {w.service, "application/json", strings.Replace(good, "192.0.2.7", "192.0.2.7:80", 1), 400, "context.ip"},
		"an address with a zone": {w.service, "application/json", strings.Replace(good, "192.0.2.7", "fe80::1%eth0", 1), 400, "context.ip"},
		"leading zeros":          {w.service, "application/json", strings.Replace(good, "192.0.2.7", "192.0.2.007", 1), 400, "context.ip"},
		"an address of numbers":  {w.service, "application/json", strings.Replace(good, `"192.0.2.7"`, "7", 1), 400, "context.ip must be a string"},
		"10 MB":                  {w.service, "application/json", `{"x":"` + strings.Repeat("x", 10<<20) + `"}`, 413, "1 MiB"},
	} {
		status, answer, header := w.post("/access/v1/evaluation", test.secret, test.media, test.body)
		var message string
		if err := json.Unmarshal([]byte(answer), &message); err != nil || status != test.status || !strings.Contains(message, test.says) {
			t.Errorf("%s: %d %s, want %d %q", name, status, answer, test.status, test.says)
		}
		if status == http.StatusUnauthorized && header.Get("WWW-Authenticate") == "" {
			t.Errorf("%s: no WWW-Authenticate", name)
		}
	}
	response := w.Client().Send(http.MethodGet, "/access/v1/evaluation", nil, nil)
	if servertest.Drain(t, response); response.StatusCode != http.StatusMethodNotAllowed || response.Header.Get("Allow") != "POST" {
		t.Errorf("GET: %d %v", response.StatusCode, response.Header)
	}
	response = w.Client().Send(http.MethodPost, "/access/v1/evaluation?token="+w.key, []byte(good), http.Header{"Content-Type": {"application/json"}})
	if answer := servertest.Drain(t, response); response.StatusCode != http.StatusBadRequest || !strings.Contains(answer, "Authorization") {
		t.Errorf("a key in the query string: %d %s", response.StatusCode, answer)
	}
	if strings.Contains(w.Log.String(), w.key) {
		t.Error("the key stands in the log")
	}
}

// Whoever tells no address is outside every whitelist.
func TestEvaluationWithoutAnAddress(t *testing.T) {
	w := newTown(t, open(t), "acme")
	ask := func() string {
		_, answer, _ := w.post("/access/v1/evaluation", w.service, "application/json",
			`{"subject":{"type":"user","id":"acme/whmcs","properties":{"x":1}},"action":{"name":"enter"},"resource":{"type":"access_point","id":"API"}}`)
		return answer
	}
	if answer := ask(); !strings.Contains(answer, "GRANTED") {
		t.Errorf("without whitelists: %s", answer)
	}
	w.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,newWhitelist:{name:"World",entries:[{cidr:"0.0.0.0/0"},{cidr:"::/0"}]}}){userErrors{code}}}`, map[string]any{"u": w.user})
	if answer := ask(); !strings.Contains(answer, "IP_NOT_WHITELISTED") {
		t.Errorf("with one: %s", answer)
	}
}

// AuthZEN, section 7: defaults, semantics, and errors in the place of a decision.
func TestEvaluations(t *testing.T) {
	w := newTown(t, open(t), "acme")
	defaults := `"subject":{"type":"user","id":"acme/whmcs"},"resource":{"type":"access_point","id":"API"},"context":{"ip":"192.0.2.7"}`
	three := `"evaluations":[{"action":{"name":"VIEW_DOMAIN"}},{"action":{"name":"DELETE_DOMAIN"}},{"action":{"name":"UPDATE_DOMAIN"}}]`
	for name, test := range map[string]struct{ body, want string }{
		"all":                       {`{` + defaults + `,` + three + `}`, "true false true"},
		"all, said":                 {`{` + defaults + `,` + three + `,"options":{"evaluations_semantic":"execute_all"}}`, "true false true"},
		"until the first deny":      {`{` + defaults + `,` + three + `,"options":{"evaluations_semantic":"deny_on_first_deny"}}`, "true false"},
		"until the first permit":    {`{` + defaults + `,` + three + `,"options":{"evaluations_semantic":"permit_on_first_permit"}}`, "true"},
		"another subject in one":    {`{` + defaults + `,"evaluations":[{"action":{"name":"enter"},"subject":{"type":"user","id":"acme/admin"}},{"action":{"name":"enter"}}]}`, "false true"},
		"one that cannot be asked":  {`{` + defaults + `,"evaluations":[{},{"action":{"name":"enter"}}]}`, "false true"},
		"none: a single evaluation": {`{` + defaults + `,"action":{"name":"enter"}}`, "single true"},
	} {
		status, answer, _ := w.post("/access/v1/evaluations", w.service, "application/json", test.body)
		var got struct {
			Decision    *bool
			Evaluations []struct {
				Decision bool
				Context  map[string]any
			}
		}
		if err := json.Unmarshal([]byte(answer), &got); err != nil || status != http.StatusOK {
			t.Fatalf("%s: %d %s", name, status, answer)
		}
		var told []string
		if got.Decision != nil {
			told = append(told, fmt.Sprint("single ", *got.Decision))
		}
		for _, one := range got.Evaluations {
			told = append(told, fmt.Sprint(one.Decision))
		}
		if strings.Join(told, " ") != test.want {
			t.Errorf("%s: %s, want %s", name, answer, test.want)
		}
		if name == "one that cannot be asked" && fmt.Sprint(got.Evaluations[0].Context) != "map[error:map[message:action is missing status:400]]" {
			t.Errorf("%s: %s", name, answer)
		}
	}
	for body, says := range map[string]string{
		`{` + defaults + `,` + three + `,"options":{"evaluations_semantic":"some"}}`:                      "evaluations_semantic",
		`{` + defaults + `,"evaluations":[` + strings.TrimSuffix(strings.Repeat(`{},`, 1001), ",") + `]}`: "at most 1000",
		`{` + defaults + `}`: "action is missing",
	} {
		if status, answer, _ := w.post("/access/v1/evaluations", w.service, "application/json", body); status != http.StatusBadRequest || !strings.Contains(answer, says) {
			t.Errorf("%d %s, want %q", status, answer, says)
		}
	}
	response := w.Client().Send(http.MethodGet, "/.well-known/authzen-configuration", nil, nil)
	if body := servertest.Drain(t, response); !strings.Contains(body, `"access_evaluations_endpoint":"http://localhost:8080/access/v1/evaluations"`) || response.StatusCode != 200 {
		t.Errorf("metadata: %d %s", response.StatusCode, body)
	}
	sent := http.Header{"Content-Type": {"application/json"}, "Authorization": {"Bearer " + w.service}, "X-Request-Id": {"abc-1"}}
	response = w.Client().Send(http.MethodPost, "/access/v1/evaluation", []byte(question("user", w.user, "enter", "API", "192.0.2.7")), sent)
	if servertest.Drain(t, response); response.Header.Get("X-Request-ID") != "abc-1" {
		t.Errorf("X-Request-ID is not given back: %v", response.Header)
	}
}
