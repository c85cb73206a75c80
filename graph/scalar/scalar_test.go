package scalar

import (
	"bytes"
	"testing"
)

// A time is read as RFC 3339 has it, and every time that is read can be written as it has it too.
func TestTimes(t *testing.T) {
	for text, want := range map[string]string{
		"2026-11-23T08:41:00.250Z":       `"2026-11-23T08:41:00.250Z"`,
		"2026-11-23t08:41:00z":           `"2026-11-23T08:41:00.000Z"`,
		"2026-11-23T10:41:00.2509+02:00": `"2026-11-23T08:41:00.250Z"`,
		"9999-12-31T23:59:59.999Z":       `"9999-12-31T23:59:59.999Z"`,
		"10000-01-01T00:00:00Z":          "",
		"9999-12-31T23:59:59-00:01":      "",
		"1969-12-31T23:59:59Z":           "",
		"1970-01-01T00:30:00+01:00":      "",
		"2026-11-23T08:41:00":            "",
		"2026-11-23 08:41:00Z":           "",
		"2026-11-23T08:41:00,5Z":         "",
		"2026-11-23":                     "",
		"2026-02-30T00:00:00Z":           "",
		"2026-11-23T24:00:00Z":           "",
		"2026-11-23T08:41:60Z":           "",
		"2026-11-23T08:41:00+25:00":      "",
		"２０２６-11-23T08:41:00Z":           "",
		" 2026-11-23T08:41:00Z":          "",
		"":                               "",
	} {
		read, err := UnmarshalTime(text)
		if want == "" {
			if err == nil {
				t.Errorf("%q is taken", text)
			}
			continue
		}
		var written bytes.Buffer
		MarshalTime(read).MarshalGQL(&written)
		if err != nil || written.String() != want {
			t.Errorf("%q: %s, %v, want %s", text, written.String(), err, want)
		}
	}
}
