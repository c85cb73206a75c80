package password

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// Mixture is the parameters of stored hashes, each with its part of the lots. While users from before a change of parameters
// have not signed in again, the work for them differs from that for new ones; who does not exist must be as mixed as they
// are, or the time of an answer would tell. Nil: nothing is stored.
type Mixture []part

// part are the lots up to one, from where those of the part before end.
type part struct {
	params Params
	upTo   uint64
}

// Mix divides the lots in proportion to how many hashes are stored with which parameters, always in the same order.
func Mix(stored map[Params]int64) Mixture {
	var total, reached int64
	for _, count := range stored {
		total += count
	}
	if total == 0 {
		return nil
	}
	parts := make(Mixture, 0, len(stored))
	for _, params := range slices.SortedFunc(maps.Keys(stored), byCost) {
		reached += stored[params]
		parts = append(parts, part{params, uint64(float64(reached) / float64(total) * math.MaxUint64)})
	}
	parts[len(parts)-1].upTo = math.MaxUint64 // which rounding may have missed
	return parts
}

func byCost(a, b Params) int {
	return cmp.Or(cmp.Compare(a.Memory, b.Memory), cmp.Compare(a.Time, b.Time), cmp.Compare(a.Parallelism, b.Parallelism))
}

// Draw returns the parameters of a lot; zero ones where nothing is stored. The same name must always come with the same lot,
// and nobody be able to foresee it.
func (m Mixture) Draw(lot uint64) Params {
	if len(m) == 0 {
		return Params{}
	}
	place, _ := slices.BinarySearchFunc(m, lot, func(p part, lot uint64) int { return cmp.Compare(p.upTo, lot) })
	return m[place].params
}
