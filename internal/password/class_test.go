package password

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
)

// served lets everything that waits run, and returns the passwords in the order in which they were hashed.
func served(begun chan string, proceed chan struct{}) (order []string) {
	close(proceed)
	synctest.Wait()
	close(begun)
	for password := range begun {
		order = append(order, password)
	}
	return order
}

// Rule 2: groups of strangers take turns, so that one with many waits does not delay another by more than one hash.
func TestGroupsOfStrangersTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, begun, proceed := slow(t, Config{MemoryBudget: Weakest().bytes(), MaxWaiting: 10})
		for _, who := range []string{"a1", "a2", "a3", "a4", "b1", "b2", "c1"} {
			startAs(t.Context(), h, Stranger(who[:1]), who)
		}
		if got, want := served(begun, proceed), []string{"a1", "a2", "b1", "c1", "a3", "b2", "a4"}; !slices.Equal(got, want) {
			t.Errorf("served %v, want %v", got, want)
		}
	})
}

// Rule 2: a share of the memory is for those who are known, and they wait for none of the strangers who wait; a share is for
// strangers, too.
func TestKnownOnesPassStrangers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, begun, proceed := slow(t, Config{MemoryBudget: 4 * Weakest().bytes(), MaxWaiting: 100})
		for i := range 20 {
			startAs(t.Context(), h, Stranger(fmt.Sprint(i)), "stranger")
		}
		if len(begun) != 3 {
			t.Fatalf("%d strangers run, want 3 of 4 hashes", len(begun))
		}
		startAs(t.Context(), h, Known("jane"), "jane")
		if len(begun) != 4 {
			t.Fatal("jane waits for strangers")
		}
		for _, name := range []string{"john", "lola"} {
			startAs(t.Context(), h, Known(name), name)
		}
		order := served(begun, proceed)
		if got, want := order[:6], []string{"stranger", "stranger", "stranger", "jane", "john", "lola"}; !slices.Equal(got, want) {
			t.Errorf("served %v first, want %v", got, want)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		h, begun, proceed := slow(t, Config{MemoryBudget: 4 * Weakest().bytes(), MaxWaiting: 100})
		for range 20 {
			startAs(t.Context(), h, Known("jane"), "jane")
		}
		startAs(t.Context(), h, Stranger("a"), "stranger")
		if running := len(begun); running != 4 || !slices.Contains(served(begun, proceed), "stranger") {
			t.Errorf("%d run: the stranger waits for a user", running)
		}
	})
}

// With a budget of one hash known ones come first, but not for ever.
func TestStrangersComeThroughManyKnownOnes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, begun, proceed := slow(t, Config{MemoryBudget: Weakest().bytes(), MaxWaiting: 100})
		for _, who := range []string{"s0", "s1", "s2"} {
			startAs(t.Context(), h, Stranger("s"), who)
		}
		for i := range 7 {
			startAs(t.Context(), h, Known("jane"), fmt.Sprint("k", i))
		}
		want := []string{"s0", "k0", "k1", "k2", "s1", "k3", "k4", "k5", "s2", "k6"}
		if got := served(begun, proceed); !slices.Equal(got, want) {
			t.Errorf("served %v, want %v", got, want)
		}
	})
}

// Past the bound the group with the most waits loses its newest one, so that a flood displaces itself.
func TestAFloodDisplacesItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, begun, proceed := slow(t, Config{MemoryBudget: Weakest().bytes(), MaxWaiting: 4})
		running := startAs(t.Context(), h, Stranger("flood"), "f0")
		var flood []chan error
		for i := range 4 {
			flood = append(flood, startAs(t.Context(), h, Stranger("flood"), fmt.Sprint("f", i+1)))
		}
		guest := startAs(t.Context(), h, Stranger("guest"), "guest")
		if err := <-flood[3]; !errors.Is(err, ErrBusy) {
			t.Errorf("the newest of the flood: %v", err)
		}
		if err := <-startAs(t.Context(), h, Stranger("flood"), "f5"); !errors.Is(err, ErrBusy) {
			t.Errorf("one more of the flood: %v", err)
		}
		if got, want := served(begun, proceed), []string{"f0", "f1", "guest", "f2", "f3"}; !slices.Equal(got, want) {
			t.Errorf("served %v, want %v", got, want)
		}
		if err := errors.Join(<-running, <-guest, <-flood[0]); err != nil {
			t.Error(err)
		}
	})
}
