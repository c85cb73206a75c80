package db_test

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
)

// go test ./db -run TestPlansOfPages -args -update writes the plans into the document.
var update = flag.Bool("update", false, "write the plans into docs/database.md")

const planDocument = "../docs/database.md"

// documented are plans by the name of what was asked.
type documented map[string]string

// add keeps the plan of the page after a cursor, in the usual direction, and with a filter by login name alone: the others
// differ in nothing that matters.
func (d documented) add(name string, plans []db.Plan) {
	where, found := strings.CutSuffix(name, " after")
	if !found || strings.Contains(name, "DESC") || strings.HasPrefix(name, "users") && !strings.HasPrefix(name, "users all") && !strings.Contains(name, "LOGIN_NAME") {
		return
	}
	d[strings.Replace(where, " ASC", "", 1)] = inWords(plans)
}

// inWords writes the steps of plans shortly, one after another.
func inWords(plans []db.Plan) string {
	var steps []string
	for _, plan := range plans {
		if !strings.HasPrefix(plan.Steps, "[") {
			steps = append(steps, strings.Split(plan.Steps, "\n")...)
			continue
		}
		var explained []struct{ Plan planned }
		if err := json.Unmarshal([]byte(plan.Steps), &explained); err != nil {
			return err.Error()
		}
		steps = append(steps, explained[0].Plan.String())
	}
	return strings.Join(steps, "\n    ")
}

// planned is a node of a plan of PostgreSQL as it is told.
type planned struct {
	Type     string `json:"Node Type"`
	Relation string `json:"Relation Name"`
	Index    string `json:"Index Name"`
	Plans    []planned
}

func (p planned) String() string {
	text := p.Type
	if on := p.Index + p.Relation; on != "" {
		text += " " + map[bool]string{true: p.Index, false: p.Relation}[p.Index != ""]
	}
	var within []string
	for _, part := range p.Plans {
		within = append(within, part.String())
	}
	if len(within) > 0 {
		text += " (" + strings.Join(within, ", ") + ")"
	}
	return text
}

// hold compares the plans of SQLite with those of its section in the document, or writes them there. What PostgreSQL chooses
// differs from version to version and with what its statistics happen to sample: that is written, and not compared.
func (d documented) hold(t *testing.T, section, version string) {
	t.Helper()
	content, err := os.ReadFile(planDocument)
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{"### " + section + " " + version, "", "```"}
	for _, name := range slices.Sorted(maps.Keys(d)) {
		lines = append(lines, name+":\n    "+d[name])
	}
	want := strings.Join(append(lines, "```"), "\n")
	part := regexp.MustCompile("(?s)### " + section + " (\\S+)\n\n```.*?```")
	found := part.FindSubmatch(content)
	switch {
	case *update && found != nil:
		if err := os.WriteFile(planDocument, []byte(strings.Replace(string(content), string(found[0]), want, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	case found == nil:
		t.Errorf("%s has no section of %s", planDocument, section)
	case section == "SQLite" && string(found[0]) != want:
		t.Errorf("%s does not have the plans as they are; run with -update:\n%s", planDocument, want)
	}
}
