package graph

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/gatehouse/gatehouse/db"
)

// The sentences that people are told, one file a language. Arguments stand in them as {name}.
//
//go:embed sentence/*.json
var sentenceFiles embed.FS

var sentences = readSentences()

func readSentences() map[db.Language]map[string]string {
	read := make(map[db.Language]map[string]string, len(languages))
	for _, language := range languages {
		content, err := sentenceFiles.ReadFile("sentence/" + strings.ToLower(string(language)) + ".json")
		if err != nil {
			panic(err)
		}
		var catalogue map[string]string
		if err := json.Unmarshal(content, &catalogue); err != nil {
			panic(fmt.Sprintf("sentences in %s: %v", language, err))
		}
		read[language] = catalogue
	}
	return read
}

// sentence returns the sentence of a key with its arguments filled in. That there is one in every language for every key
// is held by a test.
func sentence(language db.Language, key string, args map[string]any) string {
	text := sentences[language][key]
	for name, value := range args {
		text = strings.ReplaceAll(text, "{"+name+"}", argument(value))
	}
	return text
}

func argument(value any) string {
	if list, ok := value.([]string); ok {
		return strings.Join(list, ", ")
	}
	return fmt.Sprint(value)
}
