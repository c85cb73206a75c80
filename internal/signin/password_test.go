package signin

import (
	"testing"
	"time"
)

// Rule 2, as NIST SP 800-63B-4 has it: nobody is made to change a password because it is old.
func TestPasswordDoesNotAge(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		h.clock.pass(10 * 365 * 24 * time.Hour)
		if step := h.mustSignIn("jane"); step.Next != SignedIn {
			t.Errorf("after ten years: %+v", step)
		}
	})
}
