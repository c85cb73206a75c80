package frontend_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/frontend"
)

// What scripts/sources.js hashes; the two name the same.
var (
	sourceFiles   = []string{"codegen.ts", "package-lock.json", "package.json", "svelte.config.js", "tsconfig.json", "vite.config.ts"}
	sourceFolders = []string{"scripts", "src", "static"}
)

func TestThePageIsBuiltFromTheSourcesThatStandBesideIt(t *testing.T) {
	built, err := os.ReadFile("dist.sources")
	if err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(string(built)) != hashSources(t) {
		t.Error("dist/ was built from other sources: run npm run build in frontend/ and commit dist/ and dist.sources")
	}
}

func TestTheHashesOfInlineScriptsAreThoseOfThePage(t *testing.T) {
	page, err := fs.ReadFile(frontend.Files(), "index.html")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, script := range regexp.MustCompile(`(?s)<script>(.*?)</script>`).FindAllSubmatch(page, -1) {
		sum := sha256.Sum256(script[1])
		want = append(want, "sha256-"+base64.StdEncoding.EncodeToString(sum[:]))
	}
	told, err := fs.ReadFile(frontend.Files(), "script-hashes.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Fields(string(told)); !slices.Equal(got, want) {
		t.Errorf("hashes are %v, the scripts of index.html give %v", got, want)
	}
}

func TestThePageHoldsNothingInlineThatItsPolicyForbids(t *testing.T) {
	page, err := fs.ReadFile(frontend.Files(), "index.html")
	if err != nil {
		t.Fatal(err)
	}
	if found := regexp.MustCompile(`<style|\sstyle=|\son[a-z]+=|javascript:`).Find(page); found != nil {
		t.Errorf("index.html holds %q", found)
	}
}

// hashSources does what scripts/sources.js does: the hash of a list of the sources with their hashes, in byte order.
func hashSources(t *testing.T) string {
	t.Helper()
	paths := slices.Clone(sourceFiles)
	for _, folder := range sourceFolders {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				paths = append(paths, filepath.ToSlash(path))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(paths)
	list := sha256.New()
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(content)
		list.Write([]byte(hex.EncodeToString(sum[:]) + "  " + path + "\n"))
	}
	return hex.EncodeToString(list.Sum(nil))
}
