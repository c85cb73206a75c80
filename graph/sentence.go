package graph

import (
	"embed"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/problem"
)

// The sentences that people are told, one file a language. Arguments stand in them as {name}; what stands in [brackets]
// is left out where its arguments are not given.
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

var (
	optionalPart = regexp.MustCompile(`\[([^\]]*)\]`)
	placeholder  = regexp.MustCompile(`\{([a-zA-Z]+)\}`)
)

// Sentence tells a problem to a person. Besides the answers of GraphQL it is for the command line.
func Sentence(language db.Language, p *problem.Error) string {
	return sentence(language, p.Key, p.Args)
}

// sentence returns the sentence of a key with its arguments filled in. That there is one in every language for every key
// is held by a test.
func sentence(language db.Language, key string, args map[string]any) string {
	text := optionalPart.ReplaceAllStringFunc(sentences[language][key], func(part string) string {
		for _, match := range placeholder.FindAllStringSubmatch(part, -1) {
			if _, given := args[match[1]]; !given {
				return ""
			}
		}
		return part[1 : len(part)-1]
	})
	return placeholder.ReplaceAllStringFunc(text, func(name string) string {
		return fmt.Sprint(args[name[1:len(name)-1]])
	})
}
