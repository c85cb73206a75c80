package mail

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
)

// sentences lists every text of a language by its place, such as "Welcome.Title".
func sentences(w *words) map[string]string {
	found := map[string]string{}
	var walk func(place string, v reflect.Value)
	walk = func(place string, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			found[strings.TrimPrefix(place, ".")] = v.String()
		case reflect.Struct:
			for i := range v.NumField() {
				walk(place+"."+v.Type().Field(i).Name, v.Field(i))
			}
		case reflect.Array:
			for i := range v.Len() {
				walk(fmt.Sprintf("%s.%d", place, i), v.Index(i))
			}
		default:
			panic("words hold texts only: " + place)
		}
	}
	walk("", reflect.ValueOf(w).Elem())
	return found
}

var placeholder = regexp.MustCompile(`\{[^}]*\}`)

// No language leaves a sentence out, and each fills the same names into it.
func TestLanguagesSayTheSame(t *testing.T) {
	known := []string{"{name}", "{account}", "{user}", "{by}", "{until}", "{label}", "{value}", "{day}", "{month}", "{year}", "{time}"}
	reference := sentences(&english)
	for language, w := range languages {
		for place, sentence := range sentences(w) {
			if strings.TrimSpace(sentence) != sentence || sentence == "" {
				t.Errorf("%s %s is %q", language, place, sentence)
			}
			names, want := placeholder.FindAllString(sentence, -1), placeholder.FindAllString(reference[place], -1)
			slices.Sort(names)
			slices.Sort(want)
			if !slices.Equal(names, want) {
				t.Errorf("%s %s fills in %v, English %v", language, place, names, want)
			}
			for _, name := range names {
				if !slices.Contains(known, name) {
					t.Errorf("%s %s: nothing fills in %s", language, place, name)
				}
			}
		}
	}
}

// The tone of the product: short and plain, no exclamation marks, no "please", no zone that the reader must guess.
func TestTone(t *testing.T) {
	banned := []string{"!", "¡", "please", "successfully", "oops", "alstublieft", "alsjeblieft", "bitte", "veuillez", "s’il vous plaît", "por favor"}
	for language, w := range languages {
		for place, sentence := range sentences(w) {
			for _, word := range banned {
				if strings.Contains(strings.ToLower(sentence), word) {
					t.Errorf("%s %s says %q: %s", language, place, word, sentence)
				}
			}
			if strings.Contains(sentence, "'") {
				t.Errorf("%s %s has a typewriter's apostrophe: %s", language, place, sentence)
			}
		}
	}
}

func TestEveryLanguageOfUsersHasWords(t *testing.T) {
	for _, language := range []db.Language{db.English, db.Dutch, db.German, db.French, db.Spanish} {
		if w := languages[language]; w == nil || !strings.EqualFold(w.Code, string(language)) {
			t.Errorf("%s has no words of its own", language)
		}
	}
}

func TestDateTimeIsUTC(t *testing.T) {
	at := time.Date(2025, 3, 1, 0, 30, 0, 0, time.FixedZone("", 3600))
	for language, want := range map[db.Language]string{
		db.English: "28 February 2025, 23:30 UTC", db.Dutch: "28 februari 2025, 23:30 UTC", db.German: "28. Februar 2025, 23:30 Uhr UTC",
		db.French: "28 février 2025 à 23:30 UTC", db.Spanish: "28 de febrero de 2025, 23:30 UTC",
	} {
		if got := languages[language].dateTime(at); got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
}
