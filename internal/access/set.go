package access

import (
	"iter"
	"slices"

	"github.com/gatehouse/gatehouse/db"
)

// Set is a set of permission codes. The zero value is empty.
type Set struct{ codes db.Codes }

// NewSet makes a set of codes.
func NewSet(codes ...string) Set { return Set{db.NewCodes(codes...)} }

// Has says whether a code is in the set.
func (s Set) Has(code string) bool {
	_, found := slices.BinarySearch(s.codes, code)
	return found
}

// Includes says whether every code of another set is in this one.
func (s Set) Includes(other Set) bool {
	for code := range other.missingFrom(s) {
		_ = code
		return false
	}
	return true
}

// Missing returns the codes of another set that are not in this one, sorted.
func (s Set) Missing(other Set) []string { return slices.Collect(other.missingFrom(s)) }

func (s Set) missingFrom(other Set) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, code := range s.codes {
			if !other.Has(code) && !yield(code) {
				return
			}
		}
	}
}

// Union returns the codes that are in any of the sets.
func Union(sets ...Set) Set {
	var codes []string
	for _, s := range sets {
		codes = append(codes, s.codes...)
	}
	return NewSet(codes...)
}

// Codes returns the codes, sorted. The caller must not change them.
func (s Set) Codes() []string {
	if s.codes == nil {
		return []string{}
	}
	return s.codes
}
