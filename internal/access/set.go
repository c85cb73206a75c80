package access

import (
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
func (s Set) Includes(other Set) bool { return !slices.ContainsFunc(other.codes, s.lacks) }

// Missing returns the codes of another set that are not in this one, sorted.
func (s Set) Missing(other Set) []string {
	return slices.DeleteFunc(slices.Clone(other.Codes()), s.Has)
}

func (s Set) lacks(code string) bool { return !s.Has(code) }

// Union returns the codes that are in any of the sets.
func Union(sets ...Set) Set {
	var codes []string
	for _, s := range sets {
		codes = append(codes, s.codes...)
	}
	return NewSet(codes...)
}

// Intersect returns the codes that are in both sets.
func (s Set) Intersect(other Set) Set {
	return Set{slices.DeleteFunc(slices.Clone(s.codes), other.lacks)}
}

// Codes returns the codes, sorted. The caller must not change them.
func (s Set) Codes() []string {
	if s.codes == nil {
		return []string{}
	}
	return s.codes
}
