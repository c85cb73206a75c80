package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// The certification scenario of the AuthZEN Authorization API 1.0 (openid/authzen, certification/authorization-api-1_0-scenario.md),
// levels Basic Core, Batch Core and Discovery. Its fixture has users, actions and records; here an action is a permission and the
// record is the access point of the service. The levels Properties and Search are not supported: properties decide nothing.
var certified = strings.NewReplacer(
	"ALICE", `"subject":{"type":"user","id":"acme/alice"}`, "BOB", `"subject":{"type":"user","id":"acme/bob"}`,
	"READ", `"action":{"name":"VIEW_DOMAIN"}`, "WRITE", `"action":{"name":"UPDATE_DOMAIN"}`,
	"RECORD1", `"resource":{"type":"access_point","id":"API"}`, "RECORD2", `"resource":{"type":"access_point","id":"ISPROXY"}`,
)

// certification is an account whose users have what the fixture of the scenario says.
func certification(t *testing.T, store *db.DB) *town {
	w := newTown(t, store, "acme")
	for login, permissions := range map[string][]string{"alice": {"VIEW_DOMAIN", "UPDATE_DOMAIN"}, "bob": {"VIEW_DOMAIN"}} {
		user := w.acme.Person(login, permissions...)
		w.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,accessPoints:["WEB","API"]}){userErrors{code}}}`, vars{"u": user.ID})
	}
	return w
}

func TestCertificationBasicCore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := certification(t, store)
		for name, test := range map[string]struct {
			body     string
			decision bool
		}{
			"2.2.1 permit":       {`{ALICE,READ,RECORD1}`, true},
			"rule 2":             {`{ALICE,WRITE,RECORD1}`, true},
			"rule 3":             {`{BOB,READ,RECORD1}`, true},
			"2.2.2 deny":         {`{BOB,WRITE,RECORD1}`, false},
			"2.2.3 context":      {`{ALICE,READ,RECORD1,"context":{"time":"2026-06-27T18:03-07:00","ip":"192.168.1.1"}}`, true},
			"2.2.8 properties":   {`{"subject":{"type":"user","id":"acme/alice","properties":{"department":"Sales","role":7}},"action":{"name":"VIEW_DOMAIN","properties":{"method":"GET"}},"resource":{"type":"access_point","id":"API","properties":{"status":["active"],"owner":null}}}`, true},
			"2.2.9 unknown":      {`{ALICE,READ,RECORD1,"foo":"bar","futureField":{"nested":true}}`, true},
			"unknown, everyhow":  {`{ALICE,READ,RECORD1,"a":null,"b":[],"c":1.5e300,"d":{"e":[{}]},"":0,"options":{"another":1},"evaluations":"x"}`, true},
			"unknown, inside":    {`{"subject":{"type":"user","id":"acme/alice","x":1},"action":{"name":"VIEW_DOMAIN","id":[]},"resource":{"type":"access_point","id":"API","name":{}},"context":{"device":{"ip":1}}}`, true},
			"null for optionals": {`{"subject":{"type":"user","id":"acme/alice","properties":null},READ,RECORD1,"context":null}`, true},
			"in another order":   {`{RECORD1,"x":0,READ,"context":{},ALICE}`, true},
			"byte order mark":    {"\ufeff" + `{ALICE,READ,RECORD1}`, true},
		} {
			for range 3 { // 2.6: the same each time
				status, body, header := w.post("/access/v1/evaluation", w.service, "application/json", certified.Replace(test.body))
				var answer struct {
					Decision *bool          `json:"decision"`
					Context  map[string]any `json:"context"`
				}
				if err := json.Unmarshal([]byte(body), &answer); err != nil || status != http.StatusOK || header.Get("Content-Type") != "application/json" ||
					answer.Decision == nil || *answer.Decision != test.decision {
					t.Errorf("%s: %d %s", name, status, body)
				}
			}
		}
		for name, body := range map[string]string{
			"2.4.1 no subject": `{READ,RECORD1}`, "2.4.1 no action": `{ALICE,RECORD1}`, "2.4.1 no resource": `{ALICE,READ}`,
			"2.4.2 no subject.type":   `{"subject":{"id":"acme/alice"},READ,RECORD1}`,
			"2.4.2 no subject.id":     `{"subject":{"type":"user"},READ,RECORD1}`,
			"2.4.2 no action.name":    `{ALICE,"action":{},RECORD1}`,
			"2.4.2 no resource.type":  `{ALICE,READ,"resource":{"id":"API"}}`,
			"2.4.2 no resource.id":    `{ALICE,READ,"resource":{"type":"access_point"}}`,
			"2.4.4 no JSON":           `{ALICE,`,
			"2.4.5 empty":             ``,
			"2.4.6 subject is text":   `{"subject":"alice",READ,RECORD1}`,
			"2.4.6 name is a number":  `{ALICE,"action":{"name":123},RECORD1}`,
			"null for a subject":      `{"subject":null,READ,RECORD1}`,
			"null for an ID":          `{"subject":{"type":"user","id":null},READ,RECORD1}`,
			"properties are a list":   `{"subject":{"type":"user","id":"acme/alice","properties":[]},READ,RECORD1}`,
			"context is text":         `{ALICE,READ,RECORD1,"context":"here"}`,
			"a lone surrogate":        `{"subject":{"type":"user","id":"acme/alice\ud800"},READ,RECORD1}`,
			"no UTF-8":                "{\"subject\":{\"type\":\"user\",\"id\":\"acme/\xff\"},READ,RECORD1}",
			"null, all of it":         `null`,
			"an array, all of it":     `[{ALICE,READ,RECORD1}]`,
			"UTF-16, as some clients": "\xff\xfe{\x00}\x00",
		} {
			w.wantBad(t, name, "/access/v1/evaluation", "application/json", certified.Replace(body))
		}
		for _, media := range []string{"text/plain", "", "application/x-www-form-urlencoded", "application/xml", "application/json2", "text/json", "application/vnd.api+json", ";"} {
			for _, path := range []string{"/access/v1/evaluation", "/access/v1/evaluations"} {
				w.wantBad(t, "2.4.3 as "+media, path, media, certified.Replace(`{ALICE,READ,RECORD1}`))
			}
		}
		for _, media := range []string{"application/json; charset=utf-8", "Application/JSON", "application/json;charset=UTF-8;x=y"} {
			if status, body, _ := w.post("/access/v1/evaluation", w.service, media, certified.Replace(`{ALICE,READ,RECORD1}`)); status != http.StatusOK {
				t.Errorf("as %s: %d %s", media, status, body)
			}
		}
	})
}

// wantBad holds that an endpoint answers 400 with a JSON text.
func (w *town) wantBad(t *testing.T, name, path, media, body string) {
	t.Helper()
	status, answer, header := w.post(path, w.service, media, body)
	var message string
	if err := json.Unmarshal([]byte(answer), &message); err != nil || message == "" || status != http.StatusBadRequest || header.Get("Content-Type") != "application/json" {
		t.Errorf("%s, %s: %d %s", name, path, status, answer)
	}
}

func TestCertificationBatchCore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := certification(t, store)
		const executeAll, denyFirst, permitFirst = `"options":{"evaluations_semantic":"execute_all","another":[1]}`,
			`"options":{"evaluations_semantic":"deny_on_first_deny"}`, `"options":{"evaluations_semantic":"permit_on_first_permit"}`
		for name, test := range map[string]struct {
			body string
			want string // a letter a decision: true, false, or whatever
		}{
			"3.2.1 two resources":       {`{ALICE,READ,"evaluations":[{RECORD1},{RECORD2}]}`, "t?"},
			"3.2.2 two actions":         {`{BOB,RECORD1,"evaluations":[{READ},{WRITE}]}`, "tf"},
			"3.2.5 no defaults":         {`{"evaluations":[{ALICE,READ,RECORD1},{BOB,WRITE,RECORD1}]}`, "tf"},
			"3.2.6 context":             {`{ALICE,READ,"context":{"time":"2026-06-27T18:03-07:00"},"evaluations":[{RECORD1},{RECORD2,"context":{"time":"x","source":"batch"}}]}`, "t?"},
			"3.2.7 defaults, whole":     {`{ALICE,WRITE,RECORD1,"evaluations":[{},{BOB}]}`, "tf"},
			"no merge of members":       {`{ALICE,WRITE,RECORD1,"evaluations":[{"subject":{"id":"acme/bob"}},{"resource":{"type":"access_point"}}]}`, "ff"},
			"3.4.1 one lacks a member":  {`{ALICE,READ,` + executeAll + `,"evaluations":[{RECORD1},{}]}`, "tf"},
			"one has a wrong type":      {`{ALICE,READ,RECORD1,"evaluations":[{"subject":"alice"},{"action":{"name":1}},{}]}`, "fft"},
			"one is no object":          {`{ALICE,READ,RECORD1,"evaluations":[null,"x",7,[],true,{}]}`, "ffffft"},
			"one has a bad address":     {`{ALICE,READ,RECORD1,"evaluations":[{"context":{"ip":"192.0.2.7:80"}},{"context":{"ip":"192.0.2.7"}}]}`, "ft"},
			"unknown members":           {`{ALICE,READ,RECORD1,"foo":{},"options":{"future":{"a":[]}},"evaluations":[{"bar":1},{"x":null}]}`, "tt"},
			"options of null":           {`{ALICE,READ,RECORD1,"options":null,"evaluations":[{},{}]}`, "tt"},
			"semantic of null":          {`{ALICE,READ,RECORD1,"options":{"evaluations_semantic":null},"evaluations":[{},{}]}`, "tt"},
			"null members are defaults": {`{ALICE,READ,RECORD1,"evaluations":[{"subject":null,"context":null}]}`, "t"},
			"a wrong default replaced":  {`{"subject":{"type":"user"},READ,RECORD1,"evaluations":[{ALICE}]}`, "t"},
			"until the first deny":      {`{ALICE,RECORD1,` + denyFirst + `,"evaluations":[{READ},{BOB,WRITE},{READ}]}`, "tf"},
			"until the first failure":   {`{ALICE,RECORD1,` + denyFirst + `,"evaluations":[{READ},{},{READ}]}`, "tf"},
			"until the first permit":    {`{BOB,RECORD1,` + permitFirst + `,"evaluations":[{WRITE},{},{READ},{READ}]}`, "fft"},
			"none":                      {`{ALICE,READ,RECORD1,"evaluations":[]}`, "single t"},
			"evaluations of null":       {`{BOB,WRITE,RECORD1,"evaluations":null,` + denyFirst + `}`, "single f"},
		} {
			status, body, _ := w.post("/access/v1/evaluations", w.service, "application/json", certified.Replace(test.body))
			if got := decisions(t, body); status != http.StatusOK || !alike(got, test.want) {
				t.Errorf("%s: %d %s: %s, want %s", name, status, body, got, test.want)
			}
		}
		for name, body := range map[string]string{
			"no JSON": `{ALICE,"evaluations":[`, "evaluations are an object": `{ALICE,READ,RECORD1,"evaluations":{}}`,
			"an unknown semantic":   `{ALICE,READ,RECORD1,"options":{"evaluations_semantic":"most"},"evaluations":[{}]}`,
			"a semantic of numbers": `{ALICE,READ,RECORD1,"options":{"evaluations_semantic":1},"evaluations":[{}]}`,
			"options are text":      `{ALICE,READ,RECORD1,"options":"all","evaluations":[{}]}`,
			"a default is text":     `{"subject":"alice",READ,RECORD1,"evaluations":[{ALICE}]}`,
			"none, and no action":   `{ALICE,RECORD1,"evaluations":[]}`,
			"a name twice in one":   `{ALICE,READ,RECORD1,"evaluations":[{"x":1,"x":2}]}`,
		} {
			w.wantBad(t, name, "/access/v1/evaluations", "application/json", certified.Replace(body))
		}
	})
}

// decisions writes a letter for each decision of an answer, in their order.
func decisions(t *testing.T, body string) string {
	t.Helper()
	var answer struct {
		Decision    *bool            `json:"decision"`
		Evaluations []map[string]any `json:"evaluations"`
		Context     map[string]any   `json:"context"`
	}
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		return err.Error()
	}
	letter := map[any]string{true: "t", false: "f"}
	if answer.Decision != nil {
		return "single " + letter[*answer.Decision]
	}
	var got strings.Builder
	for _, one := range answer.Evaluations {
		got.WriteString(letter[one["decision"]])
		if _, isObject := one["context"].(map[string]any); !isObject {
			t.Errorf("a context is no object: %s", body)
		}
	}
	return got.String()
}

func alike(got, want string) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range want {
		if want[i] != '?' && got[i] != want[i] {
			return false
		}
	}
	return true
}

// Scenario 2.5 and 6: the ID of a request is returned whatever the answer, and the metadata name what there is.
func TestCertificationHeadersAndDiscovery(t *testing.T) {
	w := certification(t, open(t))
	for _, id := range []string{"bfe9eb29-ab87-4ca3-be83-a1d5d8305716", "7", "with space, and; signs \"'<>", strings.Repeat("x", 1000)} {
		for _, request := range []struct{ method, path, secret, body string }{
			{"POST", "/access/v1/evaluation", w.service, `{ALICE,READ,RECORD1}`},
			{"POST", "/access/v1/evaluations", w.service, `{ALICE,READ,RECORD1,"evaluations":[{}]}`},
			{"POST", "/access/v1/evaluation", w.service, `{`},
			{"POST", "/access/v1/evaluation", "", `{ALICE,READ,RECORD1}`},
			{"GET", "/access/v1/evaluation", w.service, ""},
			{"POST", "/access/v1/search/subject", w.service, `{}`},
			{"GET", "/.well-known/authzen-configuration", "", ""},
		} {
			header := http.Header{"Content-Type": {"application/json"}, "X-Request-Id": {id}}
			if request.secret != "" {
				header.Set("Authorization", "Bearer "+request.secret)
			}
			response := w.Client().Send(request.method, request.path, []byte(certified.Replace(request.body)), header)
			if body := servertest.Drain(t, response); response.Header.Get("X-Request-ID") != id || !json.Valid([]byte(body)) {
				t.Errorf("%s %s: %d %s %v", request.method, request.path, response.StatusCode, body, response.Header)
			}
		}
	}
	if status, _, header := w.post("/access/v1/evaluation", w.service, "application/json", certified.Replace(`{ALICE,READ,RECORD1}`)); status != 200 || header.Get("X-Request-ID") != "" {
		t.Errorf("without an ID: %d %v", status, header)
	}
	encoded := http.Header{"Content-Type": {"application/json"}, "Content-Encoding": {"gzip"}, "Authorization": {"Bearer " + w.service}}
	response := w.Client().Send("POST", "/access/v1/evaluation", []byte(`{}`), encoded)
	if body := servertest.Drain(t, response); response.StatusCode != http.StatusBadRequest || !strings.Contains(body, "Content-Encoding") {
		t.Errorf("an encoded body: %d %s", response.StatusCode, body)
	}
	for _, path := range []string{"/access/v1/search/subject", "/access/v1/search/resource", "/access/v1/", "/access/v1/evaluation/"} {
		if status, body, _ := w.post(path, w.service, "application/json", "{}"); status != http.StatusNotFound || !strings.Contains(body, "/access/v1/evaluations") {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	response = w.Client().Send("GET", "/.well-known/authzen-configuration", nil, nil)
	const base = "http://localhost:8080"
	want := map[string]string{
		"policy_decision_point": base, "access_evaluation_endpoint": base + "/access/v1/evaluation", "access_evaluations_endpoint": base + "/access/v1/evaluations",
	}
	var got map[string]string
	if err := json.Unmarshal([]byte(servertest.Drain(t, response)), &got); err != nil || response.Header.Get("Content-Type") != "application/json" || len(got) != len(want) {
		t.Errorf("metadata: %v %v %v", got, response.Header, err)
	}
	for name, value := range want {
		if got[name] != value {
			t.Errorf("metadata: %s is %s, want %s", name, got[name], value)
		}
	}
}
