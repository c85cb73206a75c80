package password

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Who does not exist is as mixed as the stored hashes are, and the same each time.
func TestNothingIsAsMixedAsWhatIsStored(t *testing.T) {
	old, now := Params{Memory: 16, Time: 1, Parallelism: 1}, Params{Memory: 32, Time: 2, Parallelism: 1}
	h := newHasher(t, Config{Params: now})
	var worked Params
	h.derive = func(_, _ []byte, time, memory uint32, threads uint8, keyLen uint32) []byte {
		worked = Params{Memory: memory, Time: time, Parallelism: threads}
		return make([]byte, keyLen)
	}
	of := func(lot uint64) Params {
		t.Helper()
		if err := h.VerifyNothing(t.Context(), lot, "wrong"); err != nil {
			t.Fatal(err)
		}
		return worked
	}
	if got := of(7); got != now {
		t.Errorf("before anything is known: %v", got)
	}
	for _, test := range []struct {
		stored map[Params]int64
		least  float64 // the part that is as in former days
		most   float64
	}{
		{map[Params]int64{}, 0, 0},
		{map[Params]int64{now: 5}, 0, 0},
		{map[Params]int64{old: 5}, 1, 1},
		{map[Params]int64{old: 3_000_000, now: 1_000_000}, .72, .78},
		{map[Params]int64{old: 1, now: math.MaxInt32}, 0, .01},
	} {
		h.Resemble(test.stored)
		random := rand.New(rand.NewPCG(1, 2))
		const lots = 4000
		var former float64
		for range lots {
			lot := random.Uint64()
			got := of(lot)
			if got != of(lot) {
				t.Fatal("one lot, two parameters")
			}
			if got == old {
				former++
			}
		}
		if part := former / lots; part < test.least || part > test.most {
			t.Errorf("%v: %.3f are as in former days", test.stored, part)
		}
		of(0)
		of(math.MaxUint64)
	}
}
