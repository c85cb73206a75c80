package signin

import (
	"errors"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/throttle"
)

// keepBusy lets hashing be busy, but for moments, until the returned function is called.
func (h *house) keepBusy() (stop func()) {
	h.t.Helper()
	slow := password.Params{Memory: 16 << 10, Time: 10, Parallelism: 1}
	maker, err := password.New(password.Config{Params: slow})
	if err != nil {
		h.t.Fatal(err)
	}
	hash, err := maker.Hash(h.t.Context(), password.Known(""), rightPassword)
	if err != nil {
		h.t.Fatal(err)
	}
	idle := h.passwords
	h.Service.passwords, err = password.New(password.Config{
		Params: password.Weakest(), MemoryBudget: int64(slow.Memory) << 10, MaxWaiting: 1, MaxWait: time.Nanosecond,
	})
	if err != nil {
		h.t.Fatal(err)
	}
	stopping, stopped := make(chan struct{}), make(chan struct{})
	go func(hasher *password.Hasher) {
		defer close(stopped)
		for {
			select {
			case <-stopping:
				return
			default:
				_, _, _ = hasher.Verify(h.t.Context(), password.Stranger(""), hash, rightPassword)
			}
		}
	}(h.passwords)
	return func() {
		close(stopping)
		<-stopped
		h.Service.passwords = idle
	}
}

// Rule 2, 7: a password that there was no memory to compare is RATE_LIMITED and no wrong try of the name, at sign-in and for a
// step-up alike, however often that happens; the challenge lives on. It counts for the address, which bounds a flood.
func TestBusyHashingCountsForTheAddressAlone(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		client := from(office)
		client.SessionToken = h.mustSignIn("jane").SessionToken
		var challenge *Challenge
		refused := 0
		for what, show := range map[string]func() error{
			"sign-in": func() error {
				_, err := h.signIn(from(office), "jane", rightPassword)
				return err
			},
			"step-up": func() (err error) {
				if challenge, err = h.BeginStepUp(t.Context(), h.viewer(client.SessionToken)); err != nil {
					return err
				}
				step, err := h.VerifyPassword(t.Context(), client, VerifyPasswordInput{challenge.Token, rightPassword})
				if err == nil { // a moment without work
					client.SessionToken = step.SessionToken
				}
				return err
			},
		} {
			stop := h.keepBusy()
			for busy := 0; busy <= throttle.NameTries; {
				err := show()
				if errors.Is(err, password.ErrBusy) {
					busy++
					refused++
				} else if err != nil {
					t.Errorf("%s: %v", what, err)
					break
				}
			}
			stop()
			name, address := db.NameThrottle("acme", "jane"), throttle.AddressKey(office)
			counted, err := h.store.ThrottlesByKey(t.Context(), []string{name, address})
			if err != nil {
				t.Fatal(err)
			}
			if row := counted[name]; row != nil && (row.Failures > 0 || len(row.Reserved.V) > 0) {
				t.Errorf("%s: the name counts %+v", what, row)
			}
			if row := counted[address]; row == nil || row.Failures != refused || len(row.Reserved.V) > 0 {
				t.Errorf("%s: the address counts %+v, want %d", what, row, refused)
			}
		}
		if _, err := h.VerifyPassword(t.Context(), client, VerifyPasswordInput{challenge.Token, rightPassword}); err != nil {
			t.Errorf("the challenge afterwards: %v", err)
		}
		h.wantMails("after tries that were none")
	})
}
