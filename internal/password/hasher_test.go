package password

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
)

func newHasher(t *testing.T, config Config) *Hasher {
	t.Helper()
	if config.Params == (Params{}) {
		config.Params = Weakest()
	}
	h, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func mustHash(t *testing.T, h *Hasher, password string) string {
	t.Helper()
	hash, err := h.Hash(t.Context(), Known(""), password)
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

func TestVerifyTellsTheRightPasswordFromOthers(t *testing.T) {
	h := newHasher(t, Config{})
	hash := mustHash(t, h, "correct horse battery")
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=8,t=1,p=1$") {
		t.Errorf("the hash is %s", hash)
	}
	for password, want := range map[string]bool{
		"correct horse battery":  true,
		"correct horse batterY":  false,
		"correct horse battery ": false,
		"":                       false,
	} {
		ok, outdated, err := h.Verify(t.Context(), Known(""), hash, password)
		if ok != want || outdated || err != nil {
			t.Errorf("Verify(%q) = %t, %t, %v", password, ok, outdated, err)
		}
	}
}

func TestEveryHashHasItsOwnSalt(t *testing.T) {
	h := newHasher(t, Config{})
	if a, b := mustHash(t, h, "same password"), mustHash(t, h, "same password"); a == b {
		t.Errorf("twice %s", a)
	}
}

func TestSaltComesFromTheRandomSource(t *testing.T) {
	random := bytes.Repeat([]byte{7}, saltLength)
	h := newHasher(t, Config{Random: bytes.NewReader(random)})
	e, err := parse(mustHash(t, h, "a password"))
	if err != nil || !bytes.Equal(e.salt, random) {
		t.Errorf("the salt is %x (%v)", e.salt, err)
	}
	if _, err := h.Hash(t.Context(), Known(""), "a password"); err == nil {
		t.Error("hashed without a salt after the random source ran dry")
	}
	broken := errors.New("broken")
	h = newHasher(t, Config{Random: iotest.ErrReader(broken)})
	if _, err := h.Hash(t.Context(), Known(""), "a password"); !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
}

func TestComposedAndDecomposedAreTheSamePassword(t *testing.T) {
	h := newHasher(t, Config{})
	hash := mustHash(t, h, "cafe\u0301 au lait 12")
	if ok, _, err := h.Verify(t.Context(), Known(""), hash, "caf\u00e9 au lait 12"); !ok || err != nil {
		t.Errorf("the composed form: %t, %v", ok, err)
	}
	if ok, _, _ := h.Verify(t.Context(), Known(""), mustHash(t, h, "x\u00b2 + y\u00b2 = z\u00b2"), "x2 + y2 = z2"); ok {
		t.Error("a superscript two was taken for a two")
	}
}

func TestRaisedParametersMakeOldHashesOutdated(t *testing.T) {
	before := newHasher(t, Config{})
	hash := mustHash(t, before, "correct horse battery")
	for name, raised := range map[string]Params{
		"memory":      {Memory: 16, Time: 1, Parallelism: 1},
		"time":        {Memory: 8, Time: 2, Parallelism: 1},
		"parallelism": {Memory: 16, Time: 1, Parallelism: 2},
	} {
		after := newHasher(t, Config{Params: raised})
		if ok, outdated, err := after.Verify(t.Context(), Known(""), hash, "correct horse battery"); !ok || !outdated || err != nil {
			t.Errorf("%s: %t, %t, %v", name, ok, outdated, err)
		}
		if ok, outdated, err := after.Verify(t.Context(), Known(""), hash, "wrong"); ok || outdated || err != nil {
			t.Errorf("%s: a wrong password: %t, %t, %v", name, ok, outdated, err)
		}
		renewed := mustHash(t, after, "correct horse battery")
		if ok, outdated, err := after.Verify(t.Context(), Known(""), renewed, "correct horse battery"); !ok || outdated || err != nil {
			t.Errorf("%s: hashed anew: %t, %t, %v", name, ok, outdated, err)
		}
	}
}

func TestMalformedHashIsAnError(t *testing.T) {
	if _, _, err := newHasher(t, Config{}).Verify(t.Context(), Known(""), "$argon2id$", "password"); !errors.Is(err, ErrMalformed) {
		t.Errorf("the error is %v", err)
	}
}

// Who has no password must cost what a wrong password costs.
func TestNothingIsVerifiedWithTheSameWork(t *testing.T) {
	h := newHasher(t, Config{Params: Params{Memory: 16, Time: 2, Parallelism: 2}})
	hash := mustHash(t, h, "correct horse battery")
	var calls atomic.Int32
	derive := h.derive
	h.derive = func(password, salt []byte, time, memory uint32, threads uint8, keyLen uint32) []byte {
		calls.Add(1)
		if time != 2 || memory != 16 || threads != 2 || keyLen != keyLength || len(salt) != saltLength || string(password) != "wrong" {
			t.Errorf("other work: %q, %d bytes of salt, t=%d m=%d p=%d, %d bytes", password, len(salt), time, memory, threads, keyLen)
		}
		return derive(password, salt, time, memory, threads, keyLen)
	}
	if ok, _, err := h.Verify(t.Context(), Known(""), hash, "wrong"); ok || err != nil {
		t.Errorf("a wrong password: %t, %v", ok, err)
	}
	if err := h.VerifyNothing(t.Context(), Stranger(""), Params{}, "wrong"); err != nil {
		t.Errorf("nobody: %v", err)
	}
	if calls.Load() != 2 {
		t.Errorf("hashed %d times, want 2", calls.Load())
	}
	if ok, outdated, err := h.Verify(t.Context(), Known(""), "", "wrong"); ok || outdated || !errors.Is(err, ErrMalformed) {
		t.Errorf("no password: %t, %t, %v", ok, outdated, err)
	}
}

func TestCancelledBeforeTheWork(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := newHasher(t, Config{}).Hash(ctx, Known(""), "a password"); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

func TestNewRefusesWhatCannotWork(t *testing.T) {
	for name, config := range map[string]Config{
		"budget below one hash": {Params: Recommended(), MemoryBudget: 64<<20 - 1},
		"too little memory":     {Params: Params{Memory: 31, Time: 1, Parallelism: 4}},
		"no pass":               {Params: Params{Memory: 64, Parallelism: 1}},
		"negative queue":        {MaxWaiting: -1},
		"negative wait":         {MaxWait: -1},
	} {
		if _, err := New(config); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	h, err := New(Config{})
	if err != nil || h.params != Recommended() || h.gate.budget != 256<<20 || h.gate.maxWaiting != 256 {
		t.Errorf("the defaults: %+v, %v", h, err)
	}
}
