package server

import (
	"encoding/json"
	"testing"

	"github.com/gatehouse/gatehouse/internal/access"
)

// What is written by hand is what the encoder writes.
func FuzzAppendEvaluated(f *testing.F) {
	f.Add(true, "192.0.2.0/24 (Office)", "wl_1")
	f.Add(false, "Büro \"<&>\" \u2028\x00\xff\\", "")
	f.Fuzz(func(t *testing.T, allowed bool, detail, decidedBy string) {
		check := access.Check{Kind: access.IPCheck, Passed: allowed, Detail: detail}
		if decidedBy != "" {
			check.DecidedBy = "wl_01h455vb4pex5vsknk084sn02q"
		}
		for _, answer := range []evaluated{
			{allowed, access.Decision{Reason: access.Granted, Checks: []access.Check{check, check}}},
			{allowed, access.Decision{Reason: access.SubjectUnknown, Checks: []access.Check{}}},
			{false, access.Decision{Reason: access.IPNotWhitelisted, Checks: []access.Check{{Kind: access.PermissionCheck, Passed: !allowed}}}},
			{false, evaluationError{}},
		} {
			want, err := json.Marshal(answer)
			if err != nil {
				t.Fatal(err)
			}
			if got := appendEvaluated(nil, answer); string(got) != string(want) {
				t.Errorf("%s\n%s", got, want)
			}
		}
	})
}
