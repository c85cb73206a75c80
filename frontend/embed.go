// Package frontend holds the built page: what Vite makes of src/ stands in dist/, is committed, and is embedded here, so
// that the program builds with Go alone.
package frontend

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed all:dist
var dist embed.FS

//go:embed dist/script-hashes.txt
var scriptHashes string

// Files returns the built page: index.html, which answers every address of the page, favicon.svg, and under
// _app/immutable/ what may be cached for ever, for its names change with its content.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // cannot be: the folder is embedded under this name
	}
	return files
}

// ScriptHashes returns the hashes of the inline scripts of index.html in the form of a Content-Security-Policy source
// (CSP level 3, hash-source) without its quotes: "sha256-…". Nothing else in the page is inline: neither styles, style
// attributes nor handlers. Trusted Types need the one policy "svelte-trusted-html".
func ScriptHashes() []string {
	return strings.Fields(scriptHashes)
}
