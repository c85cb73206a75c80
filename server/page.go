package server

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
)

const (
	indexFile  = "index.html"
	hashesFile = "script-hashes.txt" // of the inline scripts of index.html, a CSP source expression a line
	// immutableFolder holds files whose names change with their content.
	immutableFolder = "_app/immutable/"
)

// page serves the built page from memory. Every path that is not a file is a route of the page and gets index.html; what
// looks like a file and is none is a 404, so that a stale page hears of it instead of running HTML as a script.
type page struct {
	files   map[string]*pageFile
	scripts []string // CSP source expressions
}

type pageFile struct {
	contentType, cacheControl, etag string
	plain                           []byte
	gzipped                         func() []byte // made when first asked for; nil where it would not be smaller
}

func newPage(dist fs.FS) (*page, error) {
	p := &page{files: make(map[string]*pageFile)}
	err := fs.WalkDir(dist, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(dist, name)
		if err != nil {
			return err
		}
		if name == hashesFile {
			for hash := range strings.FieldsSeq(string(content)) {
				p.scripts = append(p.scripts, "'"+hash+"'")
			}
			return nil
		}
		p.files[name] = newPageFile(name, content)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the built page: %w", err)
	}
	if p.files[indexFile] == nil {
		return nil, fmt.Errorf("the built page has no %s", indexFile)
	}
	return p, nil
}

func newPageFile(name string, content []byte) *pageFile {
	sum := sha256.Sum256(content)
	file := &pageFile{
		contentType:  mime.TypeByExtension(path.Ext(name)),
		cacheControl: "no-cache",
		etag:         `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`,
		plain:        content,
		gzipped:      sync.OnceValue(func() []byte { return compress(content) }),
	}
	switch {
	case name == indexFile:
		file.cacheControl = "no-store"
	case strings.HasPrefix(name, immutableFolder):
		file.cacheControl = "public, max-age=31536000, immutable"
	}
	return file
}

// compress returns nil where little is gained. Writing to memory does not fail.
func compress(content []byte) []byte {
	var out bytes.Buffer
	writer, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	_, _ = writer.Write(content)
	_ = writer.Close()
	if out.Len() >= len(content)*9/10 {
		return nil
	}
	return out.Bytes()
}

func (p *page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		onlyMethods("GET, HEAD")(w, r)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	file := p.files[name]
	if file == nil {
		if strings.HasPrefix(name, "_app/") || path.Ext(name) != "" {
			plainText(w, http.StatusNotFound, "not found")
			return
		}
		file = p.files[indexFile]
	}
	file.serve(w, r)
}

func (f *pageFile) serve(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", f.contentType)
	header.Set("Cache-Control", f.cacheControl)
	header.Set("Vary", "Accept-Encoding")
	content, etag := f.plain, f.etag
	if gzipped := f.compressed(r); gzipped != nil {
		header.Set("Content-Encoding", "gzip")
		content, etag = gzipped, strings.TrimSuffix(f.etag, `"`)+`-gzip"`
	}
	header.Set("ETag", etag)
	if matchesETag(strings.Join(r.Header.Values("If-None-Match"), ","), etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	header.Set("Content-Length", fmt.Sprint(len(content)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(content)
	}
}

// compressed is the file as the client may have it; nil: as it is.
func (f *pageFile) compressed(r *http.Request) []byte {
	if !acceptsGzip(strings.Join(r.Header.Values("Accept-Encoding"), ",")) {
		return nil
	}
	return f.gzipped()
}
