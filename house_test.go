// Package gatehouse_test holds the house to its plan: which way imports run, that every room says what it is for, and
// that the documents name only what exists.
package gatehouse_test

import (
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/gatehouse/gatehouse"

// floors are the rooms from the top down. A room imports rooms of lower floors only, never one of its own.
var floors = [][]string{
	{"cmd/gatehouse"},
	{"server"},
	{"graph", "graph/coerce", "graph/generated", "graph/plan", "graph/model", "graph/scalar", "frontend"},
	{"internal/account", "internal/signin"},
	{"internal/operation"},
	{"internal/link", "internal/spreadsheet", "internal/throttle"},
	{"internal/access", "internal/audit", "internal/mail", "internal/password", "internal/password/common"},
	{"db"},
	{"internal/origin", "internal/panics", "internal/patch", "internal/problem", "internal/secret", "internal/strictjson", "internal/text", "internal/typeid"},
	{"internal/files"},
}

// within lists the imports between rooms of one floor that are rooms and their own parts.
var within = map[string][]string{
	"graph":           {"graph/coerce", "graph/generated", "graph/plan", "graph/model", "graph/scalar"},
	"graph/coerce":    {"graph/scalar"},
	"graph/generated": {"graph/plan", "graph/model", "graph/scalar"},
	"graph/plan":      {"graph/scalar"},

	"internal/password": {"internal/password/common"},
}

// onlyIn says which rooms may import a library.
var onlyIn = map[string][]string{
	"github.com/uptrace/bun":        {"db"},
	"github.com/jackc/pgx":          {"db"},
	"modernc.org/sqlite":            {"db"},
	"database/sql":                  {"db"},
	"github.com/99designs":          {"graph", "server", "internal/patch"},
	"github.com/vektah":             {"graph", "server"},
	"net/http":                      {"cmd/gatehouse", "server", "graph"},
	"github.com/wneessen":           {"internal/mail"},
	"golang.org/x/crypto":           {"internal/password"},
	"github.com/alecthomas":         {"cmd/gatehouse"},
	"github.com/prometheus":         {"cmd/gatehouse", "server"},
	"go.opentelemetry.io":           {"cmd/gatehouse", "server"},
	"github.com/pquerna":            {"internal/signin"},
	"github.com/go-webauthn":        {"internal/signin"},
	"github.com/gaissmai":           {"internal/access"},
	"github.com/go-json-experiment": {"server", "graph", "internal/strictjson"},
	"github.com/hashicorp":          {"graph"},
	"github.com/klauspost":          {"server"},
	// A secret from here could be foreseen: it only spreads retries, of mails and of transactions.
	"math/rand":          {"internal/mail", "db"},
	module + "/frontend": {"server", "cmd/gatehouse"},
}

type goPackage struct {
	ImportPath, Dir, Name string
	GoFiles, Imports      []string
}

func goPackages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Dir,Name,GoFiles,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var packages []goPackage
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		if len(p.GoFiles) > 0 && !strings.Contains(p.ImportPath, "node_modules") {
			packages = append(packages, p)
		}
	}
}

func room(importPath string) string { return strings.TrimPrefix(importPath, module+"/") }

func floorOf(room string) int {
	return slices.IndexFunc(floors, func(rooms []string) bool { return slices.Contains(rooms, room) })
}

// Helpers of tests and programs that only generate stand beside the house: nothing of it imports them.
func besideTheHouse(room string) bool {
	return strings.HasSuffix(room, "test") || strings.HasSuffix(room, "/generate") || strings.HasPrefix(room, "bench") || strings.HasPrefix(room, "scripts") || strings.HasPrefix(room, "e2e")
}

func TestImportsRunOneWay(t *testing.T) {
	for _, p := range goPackages(t) {
		from := room(p.ImportPath)
		if besideTheHouse(from) {
			continue
		}
		floor := floorOf(from)
		if floor < 0 {
			t.Errorf("%s is no room of the house: add it to its floor here and in docs/architecture.md", from)
			continue
		}
		for _, path := range p.Imports {
			if !strings.HasPrefix(path, module+"/") {
				continue
			}
			to := room(path)
			if besideTheHouse(to) {
				t.Errorf("%s imports %s, which is for tests", from, to)
			} else if floorOf(to) <= floor && !slices.Contains(within[from], to) {
				t.Errorf("%s imports %s: imports run downward only", from, to)
			}
		}
	}
}

func TestLibrariesStayInTheirRooms(t *testing.T) {
	for _, p := range goPackages(t) {
		from := room(p.ImportPath)
		if besideTheHouse(from) {
			continue
		}
		for _, path := range p.Imports {
			for library, rooms := range onlyIn {
				if path != library && !strings.HasPrefix(path, library+"/") {
					continue
				}
				if !slices.ContainsFunc(rooms, func(room string) bool { return from == room || strings.HasPrefix(from, room+"/") }) {
					t.Errorf("%s imports %s, which is for %v", from, path, rooms)
				}
			}
		}
	}
}

func TestEveryRoomSaysWhatItIsForOnce(t *testing.T) {
	for _, p := range goPackages(t) {
		var documented []string
		for _, file := range p.GoFiles {
			parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, file), nil, parser.PackageClauseOnly|parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			if parsed.Doc != nil && !strings.Contains(parsed.Doc.Text(), "DO NOT EDIT") {
				documented = append(documented, file)
			}
		}
		if len(documented) != 1 && !strings.HasPrefix(room(p.ImportPath), "graph/generated") && !strings.HasPrefix(room(p.ImportPath), "graph/model") {
			t.Errorf("%s: package comment in %v, want exactly one", room(p.ImportPath), documented)
		}
	}
}

// A path in a document is what stands in code quotes and begins with a folder of the repository.
var documentPath = regexp.MustCompile("`((?:cmd|server|graph|internal|db|frontend|docs|bench|scripts|\\.ci)/[A-Za-z0-9_./-]*)`")

func TestDocumentsNameOnlyWhatExists(t *testing.T) {
	documents, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir("docs", func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".md") {
			documents = append(documents, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	for _, document := range documents {
		content, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range documentPath.FindAllStringSubmatch(string(content), -1) {
			if _, err := os.Stat(match[1]); err != nil {
				t.Errorf("%s names %s, which does not exist", document, match[1])
			}
		}
		for _, match := range link.FindAllStringSubmatch(string(content), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(document), match[1])); err != nil {
				t.Errorf("%s links to %s, which does not exist", document, match[1])
			}
		}
	}
}
