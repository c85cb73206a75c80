// Package common knows the passwords that attackers try first: those seen most often in published breaches, and what
// people make of them by appending a year, writing 0 for o, or putting signs between.
//
// The list ships as fingerprints, not as text: five bytes of SHA-256 of each entry, the first two of them implied by
// position. That is small, quick to search without unpacking, and puts no list of people's passwords into the program.
// Two different passwords share a fingerprint once in about two million look-ups, and then a good password is
// refused; a listed one never passes. SOURCES.md beside this file tells where the entries come from.
package common

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"sync"
)

//go:generate go run ./generate fingerprints.bin

// The file is 65,536 counts of one byte, how many fingerprints begin with each two bytes, and then the other three
// bytes of every fingerprint in ascending order.
//
//go:embed fingerprints.bin
var fingerprints []byte

const (
	buckets   = 1 << 16
	remainder = 3
)

// offsets tells where each bucket begins, counted in fingerprints.
var offsets = sync.OnceValue(func() *[buckets + 1]uint32 {
	var at [buckets + 1]uint32
	for i, count := range fingerprints[:buckets] {
		at[i+1] = at[i] + uint32(count)
	}
	return &at
})

// Contains says whether a password is listed or a trivial variation of one that is: other case or accents, digits and
// signs around or between, digits for letters, the same thing twice.
func Contains(password string) bool {
	for form := range forms(password) {
		if listed(form) {
			return true
		}
	}
	return false
}

func listed(form string) bool {
	bucket, rest := Fingerprint(form)
	at := offsets()
	for i := at[bucket]; i < at[bucket+1]; i++ {
		entry := fingerprints[buckets+remainder*i:][:remainder]
		if [remainder]byte(entry) == rest {
			return true
		}
	}
	return false
}

// Fingerprint is what the list holds of an entry: the bucket it is in, and the bytes by which it is told from the
// others there. It is exported for the generator.
func Fingerprint(entry string) (bucket int, rest [remainder]byte) {
	sum := sha256.Sum256([]byte(entry))
	return int(binary.BigEndian.Uint16(sum[:2])), [remainder]byte(sum[2:])
}
