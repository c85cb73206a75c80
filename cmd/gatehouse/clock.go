package main

import "time"

const (
	// jump is by how much the wall clock may go otherwise than time passes between two sweeps.
	jump = time.Hour
	// distrust is for how long after a jump the clock is not trusted: it may jump back.
	distrust = 24 * time.Hour
)

// clockWatch compares the wall clock with the time that passes. What a clock that is ahead for a while deletes as expired cannot
// be brought back.
type clockWatch struct {
	wall    time.Time
	running time.Duration
	jumped  time.Duration // when it last jumped
	has     bool
}

// newClockWatch begins with a wall clock that shows a time.
func newClockWatch(wall time.Time) *clockWatch { return &clockWatch{wall: wall.Round(0)} }

// trusted says whether the clock, which shows a time after the program has been running for so long, has not jumped for a day.
func (c *clockWatch) trusted(wall time.Time, running time.Duration) bool {
	wall = wall.Round(0) // without its monotonic reading, which knows of no jump
	if (wall.Sub(c.wall) - (running - c.running)).Abs() > jump {
		c.jumped, c.has = running, true
	}
	c.wall, c.running = wall, running
	return !c.has || running-c.jumped >= distrust
}
