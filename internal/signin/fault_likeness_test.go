package signin

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/problem"
)

// costly are parameters of which one hash shows in the memory that a sign-in allocates.
var costly = password.Params{Memory: 4 << 10, Time: 1, Parallelism: 1}

func costlyHasher(t *testing.T) *password.Hasher {
	t.Helper()
	hasher, err := password.New(password.Config{Params: costly})
	if err != nil {
		t.Fatal(err)
	}
	return hasher
}

// cost is whether a sign-in that fails took a costly hash.
func (h *house) cost(account, login string) (isCostly bool) {
	h.t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := h.SignIn(h.t.Context(), from(office), SignInInput{Account: account, LoginName: login, Password: otherPassword})
	runtime.ReadMemStats(&after)
	wantProblem(h.t, login, err, problem.WrongCredentials, "")
	return (after.TotalAlloc-before.TotalAlloc)>>10 >= uint64(costly.Memory)
}

// Rule 7: at every moment of a change of hash parameters names that do not exist cost what those that do cost: before anybody
// has signed in, and as soon as everybody has, in either direction; invited and locked ones, too. Accounts do not show in each
// other's names.
func TestFaultNobodyCostsWhatEverybodyCosts(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		nobody := func(when string, want bool) {
			t.Helper()
			for _, name := range [][2]string{{"acme", "nobody"}, {"acme", "ivan"}, {"acme", "no name!"}, {"nowhere", "nobody"}} {
				if name[0] == "nowhere" {
					h.Settle() // accounts that do not exist follow with the next work in the background
				}
				if got := h.cost(name[0], name[1]); got != want {
					t.Errorf("%s: %v is costly: %v", when, name, got)
				}
			}
		}
		weak, strong := h.passwords, costlyHasher(t)
		h.user("ivan", invited)
		nobody("nothing stored", false)
		for _, login := range []string{"jane", "john"} {
			h.user(login)
		}
		nobody("weak ones stored", false)
		h.passwords = strong
		nobody("new parameters, nobody has signed in", false)
		for _, login := range []string{"jane", "john"} {
			h.mustSignIn(login)
		}
		nobody("everybody has signed in", true)
		if !h.cost("acme", "jane") {
			t.Error("jane was not rehashed")
		}
		h.passwords = weak
		nobody("cheaper parameters, nobody has signed in", true)
		h.mustSignIn("jane")
		h.mustSignIn("john")
		nobody("everybody has signed in again", false)
	})
}

// Rule 7: while some passwords of an account are stored with other parameters, as many names that do not exist cost as much,
// and each always alike.
func TestFaultNobodyIsAsMixedAsTheAccount(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for i := range 4 {
			h.user(fmt.Sprint("user", i))
		}
		other := &db.Account{ID: "account_other", Handle: "other", Name: "Other", Policy: h.account.Policy}
		h.touch(func(ctx context.Context, tx *db.Tx) error { return tx.CreateAccount(ctx, other) })
		h.passwords = costlyHasher(t)
		h.mustSignIn("user0")
		h.mustSignIn("user1")
		if err := h.LearnPasswords(t.Context()); err != nil {
			t.Fatal(err)
		}
		params := func(account *db.Account, name string) password.Params {
			t.Helper()
			params, err := h.paramsLike(t.Context(), account, db.NameThrottle(account.Handle, name))
			if err != nil {
				t.Fatal(err)
			}
			return params
		}
		const names = 400
		costlyOnes := 0
		for i := range names {
			name := fmt.Sprint("nobody", i)
			drawn := params(h.account, name)
			if drawn != params(h.account, name) {
				t.Fatal("one name, two parameters")
			}
			if drawn == costly {
				costlyOnes++
			}
			if got := params(other, name); got != (password.Params{}) {
				t.Fatalf("an account without passwords draws %v", got)
			}
		}
		if costlyOnes < names*2/5 || costlyOnes > names*3/5 {
			t.Errorf("%d of %d are costly, want about half", costlyOnes, names)
		}
	})
}
