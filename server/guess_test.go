package server_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/server/servertest"
)

const (
	allowedTries = 10  // in a row, of a name (product rule 7)
	mostAliases  = 100 // in a document
	documents    = 100 // with as many aliases as are allowed: ten thousand guesses
)

// guess is one way to be let in by guessing.
type guess struct {
	name   string
	field  string // of the mutation
	input  string // with the challenge and what is shown
	right  func(*target) string
	wrong  func(number int) string
	reason string // in the trail, of a try that was compared
}

var guesses = []guess{
	{"codes", "verifyTotp", `challengeToken:%q,code:%q`, (*target).code,
		func(number int) string { return fmt.Sprintf("%06d", number) }, "WRONG_CODE"},
	{"recovery codes", "verifyRecoveryCode", `challengeToken:%q,code:%q`, func(g *target) string { return g.codes[0] },
		func(number int) string { return fmt.Sprintf("%08d", number) }, "WRONG_CODE"},
	{"passwords", "signIn", `account:"acme",loginName:"jane",password:%[2]q`, func(*target) string { return servertest.Password },
		func(number int) string { return fmt.Sprintf("copper lantern %06d", number) }, "WRONG_PASSWORD"},
}

// document makes guesses under aliases. At index right stands what would let in.
func (w guess) document(g *target, challenge string, first, count, right int) string {
	never := []string{w.right(g)} // nor the codes of the steps beside this one
	for _, offset := range []time.Duration{-30 * time.Second, 30 * time.Second} {
		never = append(never, totpCode(g.t, g.secret, g.instances[0].Clock.Now().Add(offset)))
	}
	var out strings.Builder
	out.WriteString("mutation{")
	for i := range count {
		shown := w.wrong(first + i)
		if slices.Contains(never, shown) {
			shown = w.wrong(first + i + count*documents)
		}
		if i == right {
			shown = w.right(g)
		}
		fmt.Fprintf(&out, "g%d:%s(input:{%s}){next userErrors{code}}\n", i, w.field, fmt.Sprintf(w.input, challenge, shown))
	}
	return out.String() + "}"
}

// Rule 7, 8: ten thousand aliases in one document are refused before any of them is looked at.
func TestTenThousandAliasesAreRefused(t *testing.T) {
	eachTarget(t, func(t *testing.T, jane *target) {
		challenge := jane.challenge(0)
		for _, way := range guesses {
			for _, count := range []int{mostAliases + 1, documents * mostAliases} {
				answer := jane.visitor(0).Do(way.document(jane, challenge, 0, count, 0), nil)
				if len(answer.Data) > 0 || len(answer.Errors) == 0 {
					t.Errorf("%d %s: %.300s", count, way.name, answer.Body)
				}
			}
		}
		jane.wantSessions("with the right one among them", 1)
		throttles, err := jane.instances[0].Store.ThrottlesByKey(t.Context(), []string{db.NameThrottle("acme", "jane")})
		if err != nil || len(throttles) > 0 && throttles[db.NameThrottle("acme", "jane")].Failures > 0 {
			t.Errorf("a guess of a refused document was counted: %v, %v", throttles, err)
		}
	})
}

// tally counts what guesses were answered.
type tally struct {
	mutex sync.Mutex
	codes map[string]int
}

func (y *tally) add(answer *servertest.Answer) {
	y.mutex.Lock()
	defer y.mutex.Unlock()
	for alias := range answer.Data {
		if next := answer.At(alias + ".next"); next != nil {
			y.codes[fmt.Sprint("let in: ", next)]++
		}
		for _, problem := range answer.UserErrors(alias) {
			y.codes[strings.Fields(problem)[0]]++
		}
	}
	for _, e := range answer.Errors {
		y.codes[e.Code()]++
	}
}

// Rule 7, 8: ten thousand guesses, in documents of as many aliases as are allowed, in parallel, from many addresses and on
// two instances, count as ten thousand and get no further than the limit. What would let in stands in every document
// behind more wrong ones than are looked at.
func TestTenThousandGuesses(t *testing.T) {
	for _, way := range guesses {
		t.Run(way.name, func(t *testing.T) {
			eachTarget(t, func(t *testing.T, jane *target) {
				var challenges []string
				for i := range 10 {
					challenges = append(challenges, jane.challenge(i))
				}
				told := &tally{codes: map[string]int{}}
				var group sync.WaitGroup
				for i := range documents {
					document := way.document(jane, challenges[i%len(challenges)], i*mostAliases, mostAliases, allowedTries)
					visitor := jane.visitor(i)
					group.Go(func() { told.add(visitor.Do(document, nil)) })
				}
				group.Wait()

				answered := 0
				for code, n := range told.codes {
					answered += n
					if !slices.Contains([]string{"WRONG_CODE", "WRONG_CREDENTIALS", "CHALLENGE_EXPIRED", "RATE_LIMITED"}, code) {
						t.Errorf("%s %d times", code, n)
					}
				}
				if answered != documents*mostAliases {
					t.Errorf("%d guesses were answered: %v", answered, told.codes)
				}
				jane.wantSessions("after ten thousand guesses", 1)
				if answer := jane.visitor(documents).Do(showPassword, vars{"p": servertest.Password}); answer.At("signIn.next") != nil {
					t.Errorf("not locked: %s", answer.Body)
				}
				// Fewer than the limit where the lock has ended the challenge of one that was counted before it.
				looked, wrong := jane.looked(way.reason), told.codes["WRONG_CODE"]
				if looked == 0 || looked > allowedTries || way.field != "signIn" && looked != wrong {
					t.Errorf("%d were looked at by the trail, %d were told that they are wrong: %v", looked, wrong, told.codes)
				}
			})
		})
	}
}

// Rule 8: of requests with the same code at once, each with a challenge of its own or all with one, on two instances, one
// is let in.
func TestSameCodeOnTwoInstances(t *testing.T) {
	const requests = 6
	eachTarget(t, func(t *testing.T, jane *target) {
		for _, way := range guesses[:2] {
			for _, shared := range []bool{false, true} {
				jane.pass(time.Hour)
				jane.signOut()
				challenge := jane.challenge(0)
				clients := make([]*servertest.Client, requests)
				bodies := make([]string, requests)
				for i := range requests {
					if !shared && i > 0 {
						challenge = jane.challenge(i)
					}
					clients[i] = jane.visitor(i)
					bodies[i] = way.document(jane, challenge, 0, 1, 0)
				}
				jane.codes = jane.codes[1:]
				answers := make([]*servertest.Answer, requests)
				var group sync.WaitGroup
				for i, client := range clients {
					group.Go(func() { answers[i] = client.Do(bodies[i], nil) })
				}
				group.Wait()
				in := 0
				for _, answer := range answers {
					if answer.At("g0.next") == "SIGNED_IN" {
						in++
					}
				}
				if in != 1 {
					t.Errorf("%s, one challenge for all %v: %d of %d were let in", way.name, shared, in, requests)
				}
				jane.wantSessions("after the same code at once", 1)
			}
		}
	})
}
