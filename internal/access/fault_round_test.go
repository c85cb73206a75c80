package access

import (
	"errors"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/gatehouse/gatehouse/internal/panics"
)

// A panic in a shared round is an error for those who share it; the next round runs as if nothing had been.
func TestFaultPanicInASharedRound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		proceed, faulty := make(chan struct{}), true
		r := &rounds{work: func() error {
			<-proceed
			if faulty {
				panic("a fault of the program")
			}
			return nil
		}}
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				err := r.wait(t.Context())
				if _, ok := errors.AsType[*panics.Error](err); !ok {
					t.Errorf("a round that panicked: %v", err)
				}
			})
			synctest.Wait() // the first runs a round itself, the others wait for the one after it
		}
		proceed <- struct{}{}
		proceed <- struct{}{}
		group.Wait()
		faulty = false
		group.Go(func() {
			if err := r.wait(t.Context()); err != nil {
				t.Errorf("the round after: %v", err)
			}
		})
		proceed <- struct{}{}
		group.Wait()
	})
}
