package signin

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/throttle"
)

// jane is a user with an authenticator app, and what she sees of it.
func (h *house) jane() (*db.User, app, *Enrolled) {
	h.t.Helper()
	user := h.user("jane")
	a, enrolled := h.enrol(h.mustSignIn("jane"))
	h.mails()
	return user, a, enrolled
}

func TestFactorIsAskedOnceThereIsOne(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, a, _ := h.jane()
		asked := h.mustSignIn("jane")
		if asked.Next != VerifyMFA || asked.SessionToken != "" || asked.DeviceToken != "" || asked.Viewer != nil {
			t.Fatalf("the password alone: %+v", asked)
		}
		if want := []ProofKind{TOTPProof, RecoveryCodeProof}; !slices.Equal(asked.Challenge.Methods, want) {
			t.Errorf("methods: %v", asked.Challenge.Methods)
		}
		step, err := h.verify(from(office), asked.Challenge, a.code()[:3]+" "+a.code()[3:])
		if err != nil || step.Next != SignedIn || step.Viewer.Session.Assurance != db.ByMFA || step.DeviceToken == "" {
			t.Fatalf("with the code: %+v, %v", step, err)
		}
		h.viewer(step.SessionToken)
		_, err = h.verify(from(office), asked.Challenge, a.code())
		wantProblem(t, "the challenge again", err, problem.ChallengeExpired, "challengeToken")
	})
}

// Rule 8: a code is good once, whichever challenge it is shown for.
func TestCodeIsGoodOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, a, _ := h.jane()
		if _, err := h.verify(from(office), h.mustSignIn("jane").Challenge, a.code()); err != nil {
			t.Fatal(err)
		}
		again := h.mustSignIn("jane").Challenge
		_, err := h.verify(from(office), again, a.code())
		wantProblem(t, "the code again", err, problem.WrongCode, "code")
		h.clock.pass(totpPeriod)
		if _, err := h.verify(from(office), again, a.code()); err != nil {
			t.Errorf("the next code after a wrong one: %v", err)
		}
	})
}

// Rule 8: of requests with the same code at the same moment one wins.
func TestCodeAtOnceHasOneWinner(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, a, enrolled := h.jane()
		for what, show := range map[string]func(*Challenge) error{
			"TOTP": func(c *Challenge) error {
				_, err := h.verify(from(office), c, a.code())
				return err
			},
			"recovery code": func(c *Challenge) error {
				_, err := h.VerifyRecoveryCode(t.Context(), from(office), VerifyRecoveryCodeInput{c.Token, enrolled.RecoveryCodes[0]})
				return err
			},
		} {
			h.clock.pass(24 * time.Hour)
			var challenges []*Challenge
			for range 5 {
				challenges = append(challenges, h.mustSignIn("jane").Challenge)
			}
			errs := make([]error, len(challenges))
			var group sync.WaitGroup
			for i, challenge := range challenges {
				group.Go(func() { errs[i] = show(challenge) })
			}
			group.Wait()
			won := 0
			for _, err := range errs {
				if err == nil {
					won++
				} else {
					wantProblem(t, what, err, problem.WrongCode, "code")
				}
			}
			if won != 1 {
				t.Errorf("%s: %d of 5 won", what, won)
			}
		}
	})
}

func TestRecoveryCodeIsGoodOnceAndMailed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user, _, enrolled := h.jane()
		show := func(code string) error {
			_, err := h.VerifyRecoveryCode(t.Context(), from(office), VerifyRecoveryCodeInput{h.mustSignIn("jane").Challenge.Token, code})
			return err
		}
		if err := show(strings.ToUpper(enrolled.RecoveryCodes[3])); err != nil {
			t.Fatal(err)
		}
		h.wantMails("a recovery code was used", "recoveryCodeUsed")
		wantProblem(t, "the code again", show(enrolled.RecoveryCodes[3]), problem.WrongCode, "code")
		left, err := h.store.RecoveryCodeCountByUser(t.Context(), ids(user))
		if err != nil || left[user.ID] != 9 {
			t.Errorf("codes left: %v, %v", left, err)
		}
	})
}

func TestChallengeLivesFiveMinutes(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, a, _ := h.jane()
		challenge := h.mustSignIn("jane").Challenge
		h.clock.pass(ChallengeLifetime)
		_, err := h.verify(from(office), challenge, a.code())
		wantProblem(t, "after 5 minutes", err, problem.ChallengeExpired, "challengeToken")
		_, err = h.verify(from(office), &Challenge{Token: secret.NewToken()}, a.code())
		wantProblem(t, "no challenge", err, problem.ChallengeExpired, "challengeToken")
	})
}

// Rule 7: whoever has the password guesses no more codes than passwords: a right password does not begin the run anew, and
// the challenge ends with the lock.
func TestCodesAreThrottled(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, a, _ := h.jane()
		var challenge *Challenge
		for range throttle.NameTries {
			challenge = h.mustSignIn("jane").Challenge
			_, err := h.verify(from(office), challenge, "000000")
			wantProblem(t, "a wrong code", err, problem.WrongCode, "code")
		}
		_, err := h.verify(from(office), challenge, a.code())
		wantLimited(t, "the right code while locked", err, throttle.NameLock)
		_, err = h.signIn(from(office), "jane", rightPassword)
		wantProblem(t, "the password while locked", err, problem.WrongCredentials, "")
		h.clock.pass(throttle.NameLock)
		_, err = h.verify(from(office), challenge, a.code())
		wantProblem(t, "the challenge after the lock", err, problem.ChallengeExpired, "challengeToken")
		if _, err := h.verify(from(office), h.mustSignIn("jane").Challenge, a.code()); err != nil {
			t.Errorf("after the lock: %v", err)
		}
		if got := h.events(audit.SessionSignIn); !slices.Contains(got, "FAILED WRONG_CODE") {
			t.Errorf("events: %v", got)
		}
		kinds, _ := h.mails()
		if !slices.Contains(kinds, "failedSignIns") {
			t.Errorf("mails: %v", kinds)
		}
	})
}

// Rule 6: the address is asked with the code too.
func TestCodeFromOutside(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user, a, _ := h.jane()
		challenge := h.mustSignIn("jane").Challenge
		h.whitelist(user, "192.0.2.0/24")
		_, err := h.verify(from(home), challenge, a.code())
		wantProblem(t, "from outside", err, problem.ChallengeExpired, "challengeToken")
		h.wantMails("from outside", "signInRefusedAddress")
	})
}

// Rule 8: a step-up makes the proof fresh, by a factor where there is one and by password only where there is none.
func TestStepUp(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("john")
		step := h.mustSignIn("john")
		h.clock.pass(access.ProofLifetime)
		wantError(t, "10 minutes later", h.viewer(step.SessionToken).RequireProof(access.ProofForOneself, h.clock.now()), access.ErrStepUpRequired)
		challenge, err := h.BeginStepUp(t.Context(), h.viewer(step.SessionToken))
		if err != nil || !slices.Equal(challenge.Methods, []ProofKind{PasswordProof}) {
			t.Fatalf("BeginStepUp = %+v, %v", challenge, err)
		}
		client := from(office)
		show := func(password string) (Step, error) {
			return h.VerifyPassword(t.Context(), client, VerifyPasswordInput{challenge.Token, password})
		}
		_, err = show(rightPassword)
		wantError(t, "without the session", err, access.ErrUnauthenticated)
		client.SessionToken = h.mustSignIn("john").SessionToken
		_, err = show(rightPassword)
		wantProblem(t, "with another session", err, problem.ChallengeExpired, "challengeToken")
		client.SessionToken = step.SessionToken
		_, err = show(otherPassword)
		wantProblem(t, "with another password", err, problem.WrongCredentials, "password")
		h.Settle() // failed tries are recorded after their answer
		proven, err := show(rightPassword)
		if err != nil || proven.Next != SignedIn || proven.Viewer.RequireProof(access.ProofForOneself, h.clock.now()) != nil {
			t.Fatalf("VerifyPassword = %+v, %v", proven, err)
		}
		if _, err := h.Viewer(t.Context(), step.SessionToken, office); !errors.Is(err, access.ErrUnauthenticated) {
			t.Errorf("the old token: %v", err)
		}
		if err := h.viewer(proven.SessionToken).RequireProof(access.ProofForOneself, h.clock.now()); err != nil {
			t.Errorf("the new token: %v", err)
		}
		if got := h.events(audit.SessionStepUp); !slices.Equal(got, []string{"FAILED WRONG_PASSWORD", "SUCCEEDED"}) {
			t.Errorf("events: %v", got)
		}
	})
}

func TestStepUpByFactor(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, a, enrolled := h.jane()
		client := from(office)
		client.SessionToken = enrolled.SessionToken
		challenge, err := h.BeginStepUp(t.Context(), h.viewer(client.SessionToken))
		if err != nil || !slices.Equal(challenge.Methods, []ProofKind{TOTPProof, RecoveryCodeProof}) {
			t.Fatalf("BeginStepUp = %+v, %v", challenge, err)
		}
		_, err = h.VerifyPassword(t.Context(), client, VerifyPasswordInput{challenge.Token, rightPassword})
		wantProblem(t, "by password, with a factor", err, problem.ChallengeExpired, "challengeToken")
		if step, err := h.verify(client, challenge, a.code()); err != nil || step.Viewer.Session.Assurance != db.ByMFA {
			t.Errorf("by code: %+v, %v", step, err)
		}
	})
}

// A stranger's lock of the name does not keep a session from proving who it is; the session has a bound of its own.
func TestSessionPassesALock(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("john")
		client := from(office)
		client.SessionToken = h.mustSignIn("john").SessionToken
		h.wrong("john", throttle.NameTries)
		challenge, err := h.BeginStepUp(t.Context(), h.viewer(client.SessionToken))
		if err != nil {
			t.Fatal(err)
		}
		for range throttle.NameTries {
			_, err := h.VerifyPassword(t.Context(), client, VerifyPasswordInput{challenge.Token, otherPassword})
			wantProblem(t, "a guess", err, problem.WrongCredentials, "password")
		}
		_, err = h.VerifyPassword(t.Context(), client, VerifyPasswordInput{challenge.Token, rightPassword})
		wantLimited(t, "the eleventh", err, throttle.NameLock)
	})
}
