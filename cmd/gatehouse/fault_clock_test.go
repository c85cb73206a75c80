package main

import (
	"testing"
	"time"
)

// While the wall clock is ahead, or was a day ago, nothing is deleted as expired. Small corrections change nothing.
func TestFaultClockThatJumpsIsNotTrusted(t *testing.T) {
	right := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	clock := newClockWatch(right)
	const year = 365 * 24 * time.Hour
	for _, step := range []struct {
		running, ahead time.Duration
		trusted        bool
	}{
		{10 * time.Minute, 0, true}, {20 * time.Minute, 30 * time.Second, true},
		{30 * time.Minute, year, false}, {40 * time.Minute, year, false}, {50 * time.Minute, 0, false}, {24 * time.Hour, 0, false},
		{50*time.Minute + 24*time.Hour, 0, true}, {30 * time.Hour, -24 * time.Hour, false}, {31 * time.Hour, -24 * time.Hour, false},
	} {
		if got := clock.trusted(right.Add(step.running+step.ahead), step.running); got != step.trusted {
			t.Errorf("after %s, %s ahead: trusted %v", step.running, step.ahead, got)
		}
	}
}
