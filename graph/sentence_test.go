package graph

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
)

// Whatever a person can put right is said in every language, and nothing is translated that nobody says.
func TestEveryProblemHasASentence(t *testing.T) {
	used := map[string]string{}
	for _, room := range rooms(t) {
		maps.Copy(used, problemKeys(t, room))
	}
	for file, prefix := range map[string]string{"error.go": "error", "../server/refusal.go": "forward_auth"} {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range regexp.MustCompile(`"(`+prefix+`\.[a-z_]+)"`).FindAllStringSubmatch(string(source), -1) {
			used[match[1]] = file
		}
	}
	for _, language := range languages {
		for _, key := range slices.Sorted(maps.Keys(used)) {
			if strings.TrimSpace(sentences[language][key]) == "" {
				t.Errorf("%s has no sentence for %q (%s)", language, key, used[key])
			}
		}
		for _, key := range slices.Sorted(maps.Keys(sentences[language])) {
			if used[key] == "" {
				t.Errorf("%s has a sentence for %q, which nobody uses", language, key)
			}
		}
	}
}

// A sentence has the same arguments in every language.
func TestSentencesHaveTheSameArguments(t *testing.T) {
	argument := regexp.MustCompile(`\{[a-zA-Z]+\}`)
	for key, english := range sentences[db.English] {
		want := slices.Sorted(slices.Values(argument.FindAllString(english, -1)))
		for _, language := range languages {
			got := slices.Sorted(slices.Values(argument.FindAllString(sentences[language][key], -1)))
			if !slices.Equal(got, want) {
				t.Errorf("%s %q: arguments %v, in English %v", language, key, got, want)
			}
		}
	}
}

func TestSentence(t *testing.T) {
	for _, c := range []struct {
		key  string
		args map[string]any
		want string
	}{
		{"login_name.too_short", map[string]any{"limit": 3}, "A login name has at least 3 characters."},
		{"login_name.taken", nil, "Another user of the account has this login name."},
		{"login_name.taken", map[string]any{"suggestion": "jane2"}, "Another user of the account has this login name. jane2 is free."},
	} {
		if got := sentence(db.English, c.key, c.args); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
