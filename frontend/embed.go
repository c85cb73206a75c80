// Package frontend holds the built page: what Vite makes of src/ stands in dist/, is committed, and is embedded here, so
// that the program builds with Go alone.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files returns the built page: index.html, which answers every address of the page, favicon.svg, and under
// _app/immutable/ what may be cached for ever, for its names change with its content.
//
// The folder also holds script-hashes.txt: the hashes of the inline scripts of index.html, each a hash-source of a
// Content-Security-Policy (CSP level 3) without its quotes. Nothing else in the page is inline: neither styles, style
// attributes nor handlers. Trusted Types need the one policy "svelte-trusted-html".
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // cannot be: the folder is embedded under this name
	}
	return files
}
