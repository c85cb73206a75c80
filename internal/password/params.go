package password

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// Params are the cost of one Argon2id hash.
type Params struct {
	// Memory in KiB, at least eight times Parallelism.
	Memory uint32
	// Time is the number of passes over the memory.
	Time uint32
	// Parallelism is the number of lanes, each of which may run on a processor of its own.
	Parallelism uint8
}

// Recommended is the second recommended option of RFC 9106, section 4, the one for memory-constrained servers: 64 MiB,
// three passes, four lanes. The first option takes 2 GiB a hash.
func Recommended() Params { return Params{Memory: 64 << 10, Time: 3, Parallelism: 4} }

// Weakest is the cheapest that the algorithm allows. It protects nothing; it is there so that tests run fast.
func Weakest() Params { return Params{Memory: 8, Time: 1, Parallelism: 1} }

// Bounds of what is accepted, in configuration and in stored hashes. A hash from a foreign database must not be able to
// make the program allocate without limit.
const (
	maxMemory      = 1 << 20 // KiB: 1 GiB
	maxTime        = 64
	maxParallelism = 64

	saltLength, minSalt, maxSalt = 16, 8, 64
	keyLength, minKey, maxKey    = 32, 16, 64
	maxEncoded                   = 256
)

func (p Params) validate() error {
	switch {
	case p.Parallelism < 1 || p.Parallelism > maxParallelism:
		return fmt.Errorf("parallelism %d is not between 1 and %d", p.Parallelism, maxParallelism)
	case p.Memory < 8*uint32(p.Parallelism) || p.Memory > maxMemory:
		return fmt.Errorf("memory of %d KiB is not between %d and %d", p.Memory, 8*uint32(p.Parallelism), maxMemory)
	case p.Time < 1 || p.Time > maxTime:
		return fmt.Errorf("time %d is not between 1 and %d", p.Time, maxTime)
	}
	return nil
}

// bytes is the memory that one hash occupies while it runs.
func (p Params) bytes() int64 { return int64(p.Memory) << 10 }

// ErrMalformed reports a stored hash that is no Argon2id hash, or one beyond the bounds. The error never holds the hash.
var ErrMalformed = errors.New("not an Argon2id hash in PHC string format")

// encoded is a hash in parts, as the PHC string format writes it: $argon2id$v=19$m=65536,t=3,p=4$salt$key.
type encoded struct {
	params    Params
	salt, key []byte
}

// base64Strict refuses a second spelling of the same bytes.
var base64Strict = base64.RawStdEncoding.Strict()

func (e encoded) String() string {
	return fmt.Sprintf("$argon2id$v=19$%s$%s$%s", e.params,
		base64Strict.EncodeToString(e.salt), base64Strict.EncodeToString(e.key))
}

// parse reads what String writes and nothing else: one spelling a hash.
func parse(s string) (encoded, error) {
	if len(s) > maxEncoded {
		return encoded{}, ErrMalformed
	}
	parts := strings.Split(s, "$")
	if len(parts) != 6 {
		return encoded{}, ErrMalformed
	}
	var e encoded
	var err error
	if e.params, err = ParseParams(parts[3]); err != nil {
		return encoded{}, ErrMalformed
	}
	if e.salt, err = base64Strict.DecodeString(parts[4]); err != nil {
		return encoded{}, ErrMalformed
	}
	if e.key, err = base64Strict.DecodeString(parts[5]); err != nil {
		return encoded{}, ErrMalformed
	}
	switch {
	case len(e.salt) < minSalt || len(e.salt) > maxSalt,
		len(e.key) < minKey || len(e.key) > maxKey,
		// Signs, leading zeros, spaces, another algorithm or version: none survives being written again.
		e.String() != s:
		return encoded{}, ErrMalformed
	}
	return e, nil
}
