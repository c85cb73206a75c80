package signin

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// RFC 6238, appendix B, SHA-1: the last six of the eight digits.
func TestTOTPVectors(t *testing.T) {
	key := []byte("12345678901234567890")
	for seconds, code := range map[int64]string{
		59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130",
	} {
		step, ok := totpStep(key, code, time.Unix(seconds, 0), 0)
		if !ok || step != seconds/30 {
			t.Errorf("at %d: step %d, %v", seconds, step, ok)
		}
	}
}

// Rule 8: one step of skew, and no step that was used or is before one that was.
func TestTOTPSkew(t *testing.T) {
	key := []byte("12345678901234567890")
	const code, step = "081804", 1111111109 / 30
	for offset := range 5 {
		steps := int64(offset - 2)
		_, ok := totpStep(key, code, time.Unix((step+steps)*30, 0), 0)
		if want := steps >= -1 && steps <= 1; ok != want {
			t.Errorf("%d steps off: %v", steps, ok)
		}
	}
	for last, want := range map[int64]bool{step - 1: true, step: false, step + 1: false} {
		if _, ok := totpStep(key, code, time.Unix(step*30, 0), last); ok != want {
			t.Errorf("after step %d: %v", last, ok)
		}
	}
	for _, code := range []string{"", "81804", "0081804", "08180４"} {
		if _, ok := totpStep(key, code, time.Unix(step*30, 0), 0); ok {
			t.Errorf("%q is taken", code)
		}
	}
}

func TestRecoveryCodes(t *testing.T) {
	shape := regexp.MustCompile(`^[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}$`)
	seen := map[string]bool{}
	for _, code := range newRecoveryCodes() {
		if !shape.MatchString(code) || seen[code] {
			t.Errorf("code %q", code)
		}
		seen[code] = true
		typed := strings.ToUpper(strings.ReplaceAll(code, "-", " "))
		typed = strings.NewReplacer("0", "O", "1", "l").Replace(typed)
		if !slices.Equal(recoveryParts("user_1", typed), recoveryParts("user_1", code)) {
			t.Errorf("%q is not read as %q", typed, code)
		}
		if slices.Equal(recoveryParts("user_2", code), recoveryParts("user_1", code)) {
			t.Error("a code is the same for two users")
		}
	}
	if len(seen) != 10 {
		t.Errorf("%d codes", len(seen))
	}
}
