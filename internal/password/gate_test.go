package password

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// slow makes a hasher whose hashes run until the test lets one go on, and tells of each that begins.
func slow(t *testing.T, config Config) (h *Hasher, begun chan string, proceed chan struct{}) {
	h = newHasher(t, config)
	begun, proceed = make(chan string, 100), make(chan struct{})
	h.derive = func(password, _ []byte, _, _ uint32, _ uint8, keyLen uint32) []byte {
		begun <- string(password)
		<-proceed
		return make([]byte, keyLen)
	}
	return h, begun, proceed
}

// start verifies in the background, as a stranger, and returns once that runs, waits or has failed.
func start(ctx context.Context, h *Hasher, password string) chan error {
	return startAs(ctx, h, Stranger(""), password)
}

func startAs(ctx context.Context, h *Hasher, class Class, password string) chan error {
	done := make(chan error, 1)
	go func() { done <- h.VerifyNothing(ctx, class, Params{}, password) }()
	synctest.Wait()
	return done
}

func TestNoMoreHashesAtOnceThanTheBudgetHolds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, begun, proceed := slow(t, Config{MemoryBudget: 4*Weakest().bytes() + 1, MaxWaiting: 10}) // of which one is for known ones
		var done []chan error
		for range 7 {
			done = append(done, start(t.Context(), h, "x"))
		}
		for want := 3; want <= 7; want++ {
			if len(begun) != want {
				t.Fatalf("%d hashes have begun, want %d", len(begun), want)
			}
			proceed <- struct{}{}
			synctest.Wait()
		}
		close(proceed)
		for _, d := range done {
			if err := <-d; err != nil {
				t.Error(err)
			}
		}
	})
}

func TestAGroupWaitsInOrderOfArrival(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, begun, proceed := slow(t, Config{MemoryBudget: Weakest().bytes(), MaxWaiting: 10})
		arrived := []string{"a", "b", "c", "d", "e"}
		for _, password := range arrived {
			start(t.Context(), h, password)
		}
		close(proceed)
		synctest.Wait()
		close(begun)
		var served []string
		for password := range begun {
			served = append(served, password)
		}
		if !slices.Equal(served, arrived) {
			t.Errorf("served %v", served)
		}
	})
}

func TestPastTheQueueIsBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, _, proceed := slow(t, Config{MemoryBudget: Weakest().bytes(), MaxWaiting: 2})
		running, first, second := start(t.Context(), h, "1"), start(t.Context(), h, "2"), start(t.Context(), h, "3")
		if err := <-start(t.Context(), h, "4"); !errors.Is(err, ErrBusy) {
			t.Errorf("the third to wait got %v", err)
		}
		close(proceed)
		if err := errors.Join(<-running, <-first, <-second, <-start(t.Context(), h, "5")); err != nil {
			t.Error(err)
		}
	})
}

func TestTooLongAWaitIsBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, _, proceed := slow(t, Config{MemoryBudget: Weakest().bytes(), MaxWait: 3 * time.Second})
		running := start(t.Context(), h, "1")
		began := time.Now() // the bubble's clock, which moves only while everybody waits
		if err := <-start(t.Context(), h, "2"); !errors.Is(err, ErrBusy) {
			t.Errorf("got %v", err)
		}
		if waited := time.Since(began); waited != 3*time.Second {
			t.Errorf("waited %v", waited)
		}
		close(proceed)
		if err := <-running; err != nil {
			t.Error(err)
		}
	})
}

func TestWhoLeavesTheQueueMakesRoomInIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, begun, proceed := slow(t, Config{MemoryBudget: Weakest().bytes(), MaxWaiting: 1})
		running := start(t.Context(), h, "1")
		ctx, leave := context.WithCancel(t.Context())
		left := start(ctx, h, "2")
		leave()
		if err := <-left; !errors.Is(err, context.Canceled) {
			t.Errorf("who left got %v", err)
		}
		next := start(t.Context(), h, "3")
		close(proceed)
		if err := errors.Join(<-running, <-next); err != nil {
			t.Error(err)
		}
		if first, second := <-begun, <-begun; first != "1" || second != "3" || len(begun) != 0 {
			t.Errorf("ran %s, %s and %d more", first, second, len(begun))
		}
	})
}

// Old hashes weigh by their own parameters; one beyond the whole budget runs alone instead of never.
func TestACostlierHashWeighsMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, begun, proceed := slow(t, Config{MemoryBudget: 2 * Weakest().bytes()})
		costly := encoded{params: Params{Memory: 1024, Time: 1, Parallelism: 1}, salt: make([]byte, 16), key: make([]byte, 32)}
		go h.Verify(t.Context(), Stranger(""), costly.String(), "costly")
		synctest.Wait()
		start(t.Context(), h, "cheap")
		startAs(t.Context(), h, Known("jane"), "known")
		if len(begun) != 1 {
			t.Errorf("%d run at once, want the costly one alone", len(begun))
		}
		close(proceed)
		synctest.Wait()
		if len(begun) != 3 {
			t.Errorf("%d have run, want 3", len(begun))
		}
	})
}
