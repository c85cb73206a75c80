package password

import (
	"fmt"
	"time"

	"golang.org/x/crypto/argon2"
)

// Minimum is the least that OWASP's Password Storage Cheat Sheet takes for Argon2id: 19 MiB, two passes, one lane.
func Minimum() Params { return Params{Memory: 19 << 10, Time: 2, Parallelism: 1} }

// Bounds within which a machine is taken for large enough for [Recommended].
const (
	enoughMemory = 1 << 30     // bytes: four hashes at once, and as much again until they are collected
	slowest      = time.Second // of one processor for one hash
)

// Choice is what fits a machine, and why.
type Choice struct {
	Params Params
	// Estimated is how long one hash with [Recommended] would take on one processor, by a measurement of a few milliseconds.
	Estimated time.Duration
}

// Choose picks the parameters for a machine with so many bytes of memory for the process: [Recommended], or [Minimum] where
// the memory is small or a hash would take too long. It depends on orders of magnitude, so that a machine chooses alike at
// every start; if it does not, hashes are made anew at the next sign-in, and nothing else happens.
func Choose(memory int64) Choice { return choose(memory, measure) }

func choose(memory int64, measure func(Params) time.Duration) Choice {
	sample := Params{Memory: 4 << 10, Time: 1, Parallelism: 1}
	wanted := Recommended()
	work := time.Duration(wanted.Memory * wanted.Time / (sample.Memory * sample.Time))
	choice := Choice{Params: wanted, Estimated: measure(sample) * work}
	if memory < enoughMemory || choice.Estimated > slowest {
		choice.Params = Minimum()
	}
	return choice
}

// measure takes the shortest of a few: what disturbs a measurement makes it longer.
func measure(p Params) time.Duration {
	shortest := time.Hour
	for range 3 {
		began := time.Now()
		argon2.IDKey([]byte("measured"), make([]byte, saltLength), p.Time, p.Memory, p.Parallelism, keyLength)
		shortest = min(shortest, time.Since(began))
	}
	return shortest
}

// Budget is how many bytes hashes may occupy together on a machine with so many: four hashes, but no more than a quarter of
// it, and always one.
func (p Params) Budget(memory int64) int64 { return max(p.bytes(), min(4*p.bytes(), memory/4)) }

// String writes parameters as the PHC string format does: m=65536,t=3,p=4.
func (p Params) String() string {
	return fmt.Sprintf("m=%d,t=%d,p=%d", p.Memory, p.Time, p.Parallelism)
}

// ParseParams reads what [Params.String] writes.
func ParseParams(text string) (Params, error) {
	var p Params
	if _, err := fmt.Sscanf(text, "m=%d,t=%d,p=%d", &p.Memory, &p.Time, &p.Parallelism); err != nil || p.String() != text {
		return Params{}, fmt.Errorf("%q is not of the form m=65536,t=3,p=4", text)
	}
	return p, p.validate()
}
