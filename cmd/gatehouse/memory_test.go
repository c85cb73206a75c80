package main

import (
	"math"
	"testing"
)

func TestTotalMemory(t *testing.T) {
	for content, want := range map[string]int64{
		"MemTotal:       24689052 kB\nMemFree: 1 kB\n": 24689052 << 10,
		"MemFree: 1 kB\n":  math.MaxInt64, // another system: nothing is known
		"MemTotal: many\n": math.MaxInt64,
		"":                 math.MaxInt64,
	} {
		if got := totalMemory(content); got != want {
			t.Errorf("%q: %d, want %d", content, got, want)
		}
	}
	if got := availableMemory(); got <= 0 {
		t.Errorf("available: %d", got)
	}
}
