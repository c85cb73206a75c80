package password

import (
	"testing"
	"time"
)

// A machine that is large and fast enough gets the recommendation of RFC 9106, any other OWASP's minimum.
func TestChoose(t *testing.T) {
	for name, test := range map[string]struct {
		memory int64
		sample time.Duration
		want   Params
	}{
		"large and fast":  {8 << 30, 3 * time.Millisecond, Recommended()},
		"just enough":     {1 << 30, 10 * time.Millisecond, Recommended()},
		"little memory":   {512 << 20, 3 * time.Millisecond, Minimum()},
		"a slow machine":  {8 << 30, 21 * time.Millisecond, Minimum()},
		"small and slow":  {256 << 20, 50 * time.Millisecond, Minimum()},
		"hardly anything": {0, time.Millisecond, Minimum()},
	} {
		got := choose(test.memory, func(Params) time.Duration { return test.sample })
		if got.Params != test.want || got.Estimated != 48*test.sample {
			t.Errorf("%s: %+v, want %v", name, got, test.want)
		}
		if err := got.Params.validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := New(Config{Params: got.Params, MemoryBudget: got.Params.Budget(test.memory)}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := Choose(8 << 30); got.Estimated <= 0 {
		t.Errorf("nothing was measured: %+v", got)
	}
}

func TestBudget(t *testing.T) {
	one := Recommended().bytes()
	for memory, want := range map[int64]int64{64 << 30: 4 * one, 8 * one: 2 * one, one: one, 0: one} {
		if got := Recommended().Budget(memory); got != want {
			t.Errorf("of %d bytes: %d, want %d", memory, got, want)
		}
	}
}

func TestParseParams(t *testing.T) {
	for _, params := range []Params{Recommended(), Minimum(), Weakest()} {
		if got, err := ParseParams(params.String()); err != nil || got != params {
			t.Errorf("%v: %v, %v", params, got, err)
		}
	}
	for _, text := range []string{"", "auto", "m=65536", "m=65536,t=3,p=4,", " m=65536,t=3,p=4", "m=065536,t=3,p=4", "m=7,t=1,p=1", "m=65536,t=0,p=4", "m=9999999,t=3,p=4", "m=-1,t=3,p=4"} {
		if got, err := ParseParams(text); err == nil {
			t.Errorf("%q: %v", text, got)
		}
	}
}
