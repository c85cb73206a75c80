package password

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"time"

	"golang.org/x/crypto/argon2"
)

// Config is what a Hasher is made from. Zero values mean the defaults.
type Config struct {
	// Params of new hashes; the default is Recommended.
	Params Params
	// MemoryBudget is how many bytes hashes may occupy together; it must hold at least one. The default holds four. The
	// garbage collector frees a hash's memory only some time after it is done, so the process needs about twice this.
	MemoryBudget int64
	// MaxWaiting is how many of each [Class] may wait for memory; the default is 64 for each hash that fits into the budget.
	MaxWaiting int
	// MaxWait is how long one may wait; the default is 15 seconds.
	MaxWait time.Duration
	// Random is where salts come from; the default is crypto/rand.
	Random io.Reader
}

// Hasher makes and verifies password hashes, only so many at once. It is safe for use by several goroutines.
type Hasher struct {
	params Params
	gate   *gate
	random io.Reader
	// derive is argon2.IDKey but in the tests of what happens around it.
	derive func(password, salt []byte, time, memory uint32, threads uint8, keyLen uint32) []byte
}

// New makes a Hasher. It fails when the parameters are out of bounds or the budget does not hold one hash.
func New(config Config) (*Hasher, error) {
	if config.Params == (Params{}) {
		config.Params = Recommended()
	}
	if err := config.Params.validate(); err != nil {
		return nil, fmt.Errorf("password hashing: %w", err)
	}
	one := config.Params.bytes()
	if config.MemoryBudget == 0 {
		config.MemoryBudget = 4 * one
	}
	if config.MemoryBudget < one {
		return nil, fmt.Errorf("password hashing: a budget of %d bytes does not hold one hash of %d", config.MemoryBudget, one)
	}
	if config.MaxWaiting == 0 {
		config.MaxWaiting = int(64 * (config.MemoryBudget / one))
	}
	if config.MaxWait == 0 {
		config.MaxWait = 15 * time.Second
	}
	if config.MaxWaiting < 0 || config.MaxWait < 0 {
		return nil, errors.New("password hashing: a bound on waiting is negative")
	}
	if config.Random == nil {
		config.Random = rand.Reader
	}
	return &Hasher{
		params: config.Params,
		gate:   newGate(config.MemoryBudget, one, config.MaxWaiting, config.MaxWait),
		random: config.Random,
		derive: argon2.IDKey,
	}, nil
}

// Hash returns the hash of a password in PHC string format, under a new salt. It does not judge the password; see Check.
// Its errors are ErrBusy, the context's, and a random source that fails.
func (h *Hasher) Hash(ctx context.Context, class Class, password string) (string, error) {
	salt := make([]byte, saltLength)
	if _, err := io.ReadFull(h.random, salt); err != nil {
		return "", fmt.Errorf("password hashing: salt: %w", err)
	}
	key, err := h.work(ctx, class, password, h.params, salt, keyLength)
	if err != nil {
		return "", err
	}
	return encoded{params: h.params, salt: salt, key: key}.String(), nil
}

// Verify says whether the password is the one of the hash, in a time that does not depend on how much of it is right.
// outdated is told only of a right password: its hash has other parameters than new ones get, and should be replaced.
// An empty hash, that of a user without a password, is ErrMalformed: see VerifyNothing. Its other errors are ErrBusy and the
// context's.
func (h *Hasher) Verify(ctx context.Context, class Class, hash, password string) (ok, outdated bool, err error) {
	stored, err := parse(hash)
	if err != nil {
		return false, false, err
	}
	key, err := h.work(ctx, class, password, stored.params, stored.salt, uint32(len(stored.key)))
	if err != nil {
		return false, false, err
	}
	ok = subtle.ConstantTimeCompare(key, stored.key) == 1
	current := stored.params == h.params && len(stored.salt) == saltLength && len(stored.key) == keyLength
	return ok, ok && !current, nil
}

// VerifyNothing does the work of Verify with a wrong password, for a user who does not exist or has no password, so that
// the time of the answer does not tell. It works with the parameters that such a user would have, see [Mixture]; zero ones
// mean those of new hashes. Its errors are ErrBusy and the context's.
func (h *Hasher) VerifyNothing(ctx context.Context, class Class, like Params, password string) error {
	if like == (Params{}) {
		like = h.params
	}
	_, err := h.work(ctx, class, password, like, make([]byte, saltLength), keyLength)
	return err
}

func (h *Hasher) work(ctx context.Context, class Class, password string, p Params, salt []byte, keyLen uint32) ([]byte, error) {
	leave, err := h.gate.enter(ctx, class, p.bytes())
	if err != nil {
		return nil, err
	}
	defer leave()
	return h.derive([]byte(Normalize(password)), salt, p.Time, p.Memory, p.Parallelism, keyLen), nil
}
