package password

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// mixture is the parameters of stored hashes, each with its part of the lots.
type mixture []part

// part are the lots up to one, from where those of the part before end.
type part struct {
	params Params
	upTo   uint64
}

// mix divides the lots in proportion, always in the same order. Nothing stored: nil.
func mix(stored map[Params]int64) *mixture {
	var total, reached int64
	for _, count := range stored {
		total += count
	}
	if total == 0 {
		return nil
	}
	parts := make(mixture, 0, len(stored))
	for _, params := range slices.SortedFunc(maps.Keys(stored), byCost) {
		reached += stored[params]
		parts = append(parts, part{params, uint64(float64(reached) / float64(total) * math.MaxUint64)})
	}
	parts[len(parts)-1].upTo = math.MaxUint64 // which rounding may have missed
	return &parts
}

func byCost(a, b Params) int {
	return cmp.Or(cmp.Compare(a.Memory, b.Memory), cmp.Compare(a.Time, b.Time), cmp.Compare(a.Parallelism, b.Parallelism))
}

// draw returns the parameters of a lot.
func (m mixture) draw(lot uint64) Params {
	place, _ := slices.BinarySearchFunc(m, lot, func(p part, lot uint64) int { return cmp.Compare(p.upTo, lot) })
	return m[place].params
}
