package gatehouse_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sections of OWASP ASVS 5.0.0, chapters V6 and V7, with how many requirements each has.
var sections = []struct {
	number       string
	requirements int
}{
	{"6.1", 3}, {"6.2", 12}, {"6.3", 8}, {"6.4", 6}, {"6.5", 8}, {"6.6", 4}, {"6.7", 2}, {"6.8", 4},
	{"7.1", 3}, {"7.2", 4}, {"7.3", 2}, {"7.4", 5}, {"7.5", 3}, {"7.6", 2},
}

// A test in a document is a link whose text is its name.
var testLink = regexp.MustCompile(`\[([^\]]+)\]\(([^)]+(?:_test\.go|\.spec\.ts|\.test\.ts))\)`)

// docs/asvs.md leaves no requirement out, and each is held by a test or said not to be met or to apply.
func TestEveryRequirementIsAnswered(t *testing.T) {
	content, err := os.ReadFile("docs/asvs.md")
	if err != nil {
		t.Fatal(err)
	}
	row := regexp.MustCompile(`(?m)^\| (\d\.\d\.\d+) \| ([123]) \| ([^|]+) \| ([^|]+) \| ([^|]*)\|$`)
	rows := row.FindAllStringSubmatch(string(content), -1)
	for _, section := range sections {
		for i := range section.requirements {
			number := fmt.Sprintf("%s.%d", section.number, i+1)
			if len(rows) == 0 || rows[0][1] != number {
				t.Fatalf("no row of %s where it belongs", number)
			}
			how, tests := rows[0][4], rows[0][5]
			if !testLink.MatchString(tests) && !strings.HasPrefix(how, "Not applicable: ") && !strings.HasPrefix(how, "Not met: ") {
				t.Errorf("%s: neither a test nor a reason", number)
			}
			rows = rows[1:]
		}
	}
	if len(rows) > 0 {
		t.Errorf("%s is no requirement", rows[0][1])
	}
}

// A test that a document names exists where the document says.
func TestDocumentsNameOnlyTestsThatExist(t *testing.T) {
	documents, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, document := range documents {
		content, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range testLink.FindAllStringSubmatch(string(content), -1) {
			name, file := match[1], filepath.Join(filepath.Dir(document), match[2])
			definition := `^\s*test\('` + regexp.QuoteMeta(name) + `', `
			if strings.HasSuffix(file, ".go") {
				definition = `^func ` + name + `\(t \*testing\.T\) \{$`
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Errorf("%s: %v", document, err)
			} else if !regexp.MustCompile(`(?m)` + definition).Match(source) {
				t.Errorf("%s: %s has no test %q", document, file, name)
			}
		}
	}
}
