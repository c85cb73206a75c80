package signin

import (
	"time"

	"github.com/gatehouse/gatehouse/db"
)

// coalescer tells of the first of a run of like events at once, and of the rest together once a window is over.
type coalescer[K comparable] struct {
	window time.Duration
	runs   map[K]*run
}

type run struct {
	count int     // not told of yet
	since db.Time // the first of them
	due   db.Time
}

func newCoalescer[K comparable](window time.Duration) *coalescer[K] {
	return &coalescer[K]{window: window, runs: map[K]*run{}}
}

func (c *coalescer[K]) add(key K, now db.Time) {
	r := c.runs[key]
	if r == nil {
		r = &run{due: now}
		c.runs[key] = r
	}
	if r.count == 0 {
		r.since = now
	}
	r.count++
}

// take hands out what is due, or all there is, and forgets keys that have been quiet for a window. Where tell returns false
// it ends, and what was not told stays due. A time further ahead than a window comes from a clock that has been put back.
func (c *coalescer[K]) take(now db.Time, all bool, tell func(key K, r run) bool) {
	for key, r := range c.runs {
		switch due := r.due <= now || r.due > now.Add(c.window); {
		case r.count > 0 && (due || all):
			if !tell(key, *r) {
				return
			}
			r.count, r.due = 0, now.Add(c.window)
		case due:
			delete(c.runs, key)
		}
	}
}

// clear forgets all runs, and returns of how many events nobody was told.
func (c *coalescer[K]) clear() (untold int) {
	for _, r := range c.runs {
		untold += r.count
	}
	clear(c.runs)
	return untold
}
