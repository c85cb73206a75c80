package strictjson_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/internal/strictjson"
)

type body struct {
	Name  string         `json:"name"`
	Names []string       `json:"names"`
	Free  map[string]any `json:"free"`
}

func TestWhatTwoReadersCouldUnderstandDifferentlyIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ text, says string }{
		"a name twice":                  {`{"name":"a","name":"a"}`, `"name" is there twice`},
		"a name twice, escaped":         {`{"name":"a","n\u0061me":"b"}`, `"name" is there twice`},
		"a name twice within":           {`{"free":{"a":[{"b":1,"b":1}]}}`, `"free.a.0.b" is there twice`},
		"a name twice where ignored":    {`{"unknown":{"b":1,"b":1}}`, `"unknown.b" is there twice`},
		"half a surrogate pair":         {`{"name":"\ud800"}`, "surrogate pair"},
		"half a surrogate pair in keys": {`{"free":{"\udc00":1}}`, "surrogate pair"},
		"halves in the wrong order":     {`{"name":"\udc00\ud800"}`, "surrogate pair"},
		"half before another escape":    {`{"free":{"a":"\ud83d\n"}}`, "surrogate pair"},
		"a half that is ignored":        {`{"unknown":"\ud83d"}`, "surrogate pair"},
		"no UTF-8":                      {"{\"name\":\"\xff\"}", "not UTF-8"},
		"no UTF-8 in a key":             {"{\"\xc3\x28\":1}", "not UTF-8"},
		"no UTF-8 within":               {"{\"free\":{\"a\":\"\xed\xa0\x80\"}}", "not UTF-8"},
		"UTF-16":                        {"\xff\xfe{\x00}\x00", "well-formed"},
		"two objects":                   {`{} {}`, "well-formed"},
		"something after":               {`{}x`, "well-formed"},
		"two byte order marks":          {"\ufeff\ufeff{}", "well-formed"},
		"a byte order mark after":       {"{}\ufeff", "well-formed"},
		"NaN":                           {`{"free":{"a":NaN}}`, "well-formed"},
		"Infinity":                      {`{"free":{"a":-Infinity}}`, "well-formed"},
		"a leading zero":                {`{"free":{"a":01}}`, "well-formed"},
		"a comment":                     {`{/**/}`, "well-formed"},
		"a comma too many":              {`{"name":"a",}`, "well-formed"},
		"single quotes":                 {`{'name':'a'}`, "well-formed"},
		"nothing":                       {``, "well-formed"},
		"a control character":           {"{\"name\":\"a\nb\"}", "well-formed"},
		"deep":                          {`{"free":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}`, "free must be an object"},
		"deep where ignored":            {`{"x":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}`, "well-formed"},
		"another type":                  {`{"names":{"a":1}}`, "names must be an array"},
		"another type within":           {`{"names":["a",1]}`, "names.1 must be a string"},
		"an array":                      {`[]`, "the body must be an object"},
	} {
		var into body
		err := strictjson.Unmarshal([]byte(c.text), &into, strictjson.ExactNumbers)
		if _, ok := err.(strictjson.Error); !ok || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "Go ") { //nolint:errorlint // never wrapped
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsWellFormedIsReadAsItIs(t *testing.T) {
	text := "\ufeff \r\n" + `{"NAME":"other","name":"\ud83d\ude00 😀 \u0000","unknown":1,"free":{"a":9007199254740993,"b":[1e400,-0.10],"c":null,"d":true,"NAME":"","name":""}}` + "\t\n"
	var into body
	if err := strictjson.Unmarshal([]byte(text), &into, strictjson.ExactNumbers); err != nil {
		t.Fatal(err)
	}
	want := body{Name: "😀 😀 \x00", Free: map[string]any{
		"a": json.Number("9007199254740993"), "b": []any{json.Number("1e400"), json.Number("-0.10")}, "c": nil, "d": true, "NAME": "", "name": "",
	}}
	if !reflect.DeepEqual(into, want) {
		t.Errorf("%#v", into)
	}
}
