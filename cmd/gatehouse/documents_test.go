package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// documents returns the project's documents by their paths.
func documents(t *testing.T) map[string]string {
	t.Helper()
	root, found := filepath.Join("..", ".."), map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git"):
			return filepath.SkipDir
		case filepath.Ext(path) != ".md":
			return nil
		}
		content, err := os.ReadFile(path)
		found[strings.TrimPrefix(path, root+"/")] = string(content)
		return err
	})
	if err != nil || len(found) < 10 {
		t.Fatalf("%d documents: %v", len(found), err)
	}
	return found
}

var (
	fence       = regexp.MustCompile("(?ms)^[ \t]*```([a-z]*)\n(.*?)^[ \t]*```")
	span        = regexp.MustCompile("`([^`\n]+(?:\n[^`\n]+)?)`")
	continued   = regexp.MustCompile(`\\\n[ \t]*`)
	programLine = regexp.MustCompile(`(?:^|go run \./cmd/|\$ |/bin/)gatehouse((?: [^ |&;<>#—\n]+)+)`)
	settingLine = regexp.MustCompile(`(?m)^[ \t]*([a-z-]+) = `)
	envVariable = regexp.MustCompile(`\bGATEHOUSE_[A-Z_]+\b`)
)

// Every subcommand, flag, variable and line of a configuration that a document names is one of the program.
func TestDocumentsNameWhatTheProgramHas(t *testing.T) {
	sources := &settingSources{}
	parser, err := newParser(new(commands), sources, streams{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	flags := map[string]bool{}
	for _, node := range parser.Model.Leaves(false) {
		for _, flag := range node.Flags {
			flags["--"+flag.Name] = true
		}
	}
	commandLines, settings := 0, 0
	for path, text := range documents(t) {
		var code []string
		for _, block := range fence.FindAllStringSubmatch(text, -1) {
			lines := continued.ReplaceAllString(block[2], " ")
			code = append(code, strings.Split(lines, "\n")...)
			if block[1] != "ini" || !strings.Contains(lines, "public-url") {
				continue
			}
			for _, setting := range settingLine.FindAllStringSubmatch(lines, -1) {
				settings++
				if sources.flag(setting[1]) == nil {
					t.Errorf("%s: %s is no line of --config", path, setting[1])
				}
			}
		}
		for _, inline := range span.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
			code = append(code, strings.ReplaceAll(inline[1], "\n", " "))
			if name := strings.FieldsFunc(inline[1], func(r rune) bool { return strings.ContainsRune(" =\n\"", r) }); len(name) > 0 && strings.HasPrefix(name[0], "--") && !flags[name[0]] {
				t.Errorf("%s: no subcommand has %s", path, name[0])
			}
		}
		for _, line := range code {
			for _, found := range programLine.FindAllStringSubmatch(line, -1) {
				commandLines++
				if problem := misnamed(parser.Model.Node, strings.Fields(found[1])); problem != "" {
					t.Errorf("%s: `%s`: %s", path, strings.TrimSpace(line), problem)
				}
			}
		}
		for _, name := range envVariable.FindAllString(text, -1) {
			if !strings.HasPrefix(name, "GATEHOUSE_TEST_") && !slices.Contains(variablesOfOthers, name) && !slices.ContainsFunc(sources.flags, func(f *kong.Flag) bool { return variableOf(f.Name) == name }) {
				t.Errorf("%s: %s is no setting", path, name)
			}
		}
	}
	if commandLines < 15 || settings < 10 {
		t.Errorf("only %d command lines and %d settings were found", commandLines, settings)
	}
}

// variablesOfOthers are those of the examples of clients.
var variablesOfOthers = []string{"GATEHOUSE_API_KEY"}

// misnamed says what of a command line the program does not have, empty where it has all.
func misnamed(node *kong.Node, words []string) string {
	for _, word := range words {
		name, _, _ := strings.Cut(word, "=")
		switch child := slices.IndexFunc(node.Children, func(n *kong.Node) bool { return n.Name == word }); {
		case child >= 0:
			node = node.Children[child]
		case strings.HasPrefix(name, "--"):
			if name != "--help" && !slices.ContainsFunc(node.Flags, func(f *kong.Flag) bool { return "--"+f.Name == name }) {
				return node.FullPath() + " has no " + name
			}
		case len(node.Children) > 0 && word != "help":
			return node.FullPath() + " has no subcommand " + word
		}
	}
	return ""
}
