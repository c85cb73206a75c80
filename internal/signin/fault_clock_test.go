package signin

import (
	"errors"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/problem"
)

const year = 365 * 24 * time.Hour

// What began while the clock was a year ahead does not live for a year once it is put back: sessions, fresh proofs, challenges
// and links.
func TestFaultNothingOutlivesAClockThatWasAhead(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, a, _ := h.jane()
		h.user("john")
		h.clock.pass(year)
		session := h.mustSignIn("john").SessionToken
		challenge := h.mustSignIn("jane").Challenge
		link := h.link("john")
		h.clock.pass(-year)
		if _, err := h.Viewer(t.Context(), session, office); !errors.Is(err, access.ErrUnauthenticated) {
			t.Errorf("a session: %v", err)
		}
		_, err := h.verify(from(office), challenge, a.code())
		wantProblem(t, "a challenge", err, problem.ChallengeExpired, "challengeToken")
		if _, err := h.setPassword(link, otherPassword); err == nil {
			t.Error("a link is good")
		}
		viewer := h.viewer(h.mustSignIn("john").SessionToken)
		viewer.Session.ProvenAt = db.At(h.clock.now().Add(year))
		if err := viewer.RequireProof(access.ProofForOthers, h.clock.now()); !errors.Is(err, access.ErrStepUpRequired) {
			t.Errorf("a proof: %v", err)
		}
	})
}

// What was used while the clock was ahead can be used afterwards, and is corrected: codes of an app, and when a session was last
// seen.
func TestFaultUseAfterTheClockIsPutBack(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, a, _ := h.jane()
		h.user("john")
		session := h.mustSignIn("john").SessionToken
		id := h.viewer(session).Session.ID
		h.clock.pass(year)
		if _, err := h.verify(from(office), h.mustSignIn("jane").Challenge, a.code()); err != nil {
			t.Fatal(err)
		}
		h.background.saw(id, db.At(h.clock.now()))
		h.Settle()
		h.clock.pass(-year + time.Minute)
		if _, err := h.verify(from(office), h.mustSignIn("jane").Challenge, a.code()); err != nil {
			t.Errorf("an app: %v", err)
		}
		_, err := h.verify(from(office), h.mustSignIn("jane").Challenge, a.code())
		wantProblem(t, "the same code again", err, problem.WrongCode, "code")
		h.viewer(session)
		h.Settle()
		seen, err := h.store.SessionByID(t.Context(), h.account.ID, id)
		if err != nil || seen.LastSeenAt != db.At(h.clock.now()) {
			t.Errorf("last seen %v, %v", seen.LastSeenAt, err)
		}
	})
}
