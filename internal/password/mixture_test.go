package password

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Who does not exist is as mixed as the stored hashes are, and the same each time.
func TestNothingIsAsMixedAsWhatIsStored(t *testing.T) {
	old, now := Params{Memory: 16, Time: 1, Parallelism: 1}, Params{Memory: 32, Time: 2, Parallelism: 1}
	if got := Mix(nil).Draw(7); got != (Params{}) {
		t.Errorf("nothing is stored, and %v is drawn", got)
	}
	for _, test := range []struct {
		stored map[Params]int64
		least  float64 // the part that is as in former days
		most   float64
	}{
		{map[Params]int64{now: 5}, 0, 0},
		{map[Params]int64{old: 5}, 1, 1},
		{map[Params]int64{old: 3_000_000, now: 1_000_000}, .72, .78},
		{map[Params]int64{old: 1, now: math.MaxInt32}, 0, .01},
	} {
		mixture := Mix(test.stored)
		random := rand.New(rand.NewPCG(1, 2))
		const lots = 4000
		var former float64
		for range lots {
			lot := random.Uint64()
			got := mixture.Draw(lot)
			if got != mixture.Draw(lot) {
				t.Fatal("one lot, two parameters")
			}
			if got == old {
				former++
			}
		}
		if part := former / lots; part < test.least || part > test.most {
			t.Errorf("%v: %.3f are as in former days", test.stored, part)
		}
		mixture.Draw(0)
		mixture.Draw(math.MaxUint64)
	}
}
