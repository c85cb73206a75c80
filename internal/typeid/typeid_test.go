package typeid

import (
	"testing"

	"github.com/google/uuid"
)

// The pairs of the specification's own valid.yml.
func TestSpecificationVectors(t *testing.T) {
	for _, v := range []struct{ text, prefix, uuid string }{
		{"00000000000000000000000000", "", "00000000-0000-0000-0000-000000000000"},
		{"00000000000000000000000001", "", "00000000-0000-0000-0000-000000000001"},
		{"0000000000000000000000000a", "", "00000000-0000-0000-0000-00000000000a"},
		{"0000000000000000000000000g", "", "00000000-0000-0000-0000-000000000010"},
		{"00000000000000000000000010", "", "00000000-0000-0000-0000-000000000020"},
		{"7zzzzzzzzzzzzzzzzzzzzzzzzz", "", "ffffffff-ffff-ffff-ffff-ffffffffffff"},
		{"prefix_0123456789abcdefghjkmnpqrs", "prefix", "0110c853-1d09-52d8-d73e-1194e95b5f19"},
		{"prefix_01h455vb4pex5vsknk084sn02q", "prefix", "01890a5d-ac96-774b-bcce-b302099a8057"},
		{"pre_fix_00000000000000000000000000", "pre_fix", "00000000-0000-0000-0000-000000000000"},
	} {
		id, err := Parse(v.text)
		if err != nil {
			t.Errorf("Parse(%q): %v", v.text, err)
			continue
		}
		got, err := id.UUID()
		if err != nil || got.String() != v.uuid || id.Prefix() != v.prefix {
			t.Errorf("%q reads as %q and %s (%v), want %q and %s", v.text, id.Prefix(), got, err, v.prefix, v.uuid)
		}
		if again := FromUUID(v.prefix, uuid.MustParse(v.uuid)); again != ID(v.text) {
			t.Errorf("%s is written %q, want %q", v.uuid, again, v.text)
		}
	}
}

// What the specification's invalid.yml refuses is refused.
func TestInvalid(t *testing.T) {
	for _, text := range []string{
		"", "PREFIX_00000000000000000000000000", "12345_00000000000000000000000000", "pre.fix_00000000000000000000000000",
		"préfix_00000000000000000000000000", "  prefix_00000000000000000000000000", "_00000000000000000000000000", "_",
		"prefix_1234567890123456789012345", "prefix_123456789012345678901234567", "prefix_0123456789ABCDEFGHJKMNPQRS",
		"prefix_123456789-123456789-123456", "prefix_ooooooiiiiiiuuuuuuulllllll", "prefix_i23456789ol23456789oi23456",
		"prefix_8zzzzzzzzzzzzzzzzzzzzzzzzz", "_prefix_00000000000000000000000000", "prefix__00000000000000000000000000",
	} {
		if id, err := Parse(text); err == nil {
			t.Errorf("Parse(%q) = %q, want an error", text, id)
		}
	}
}

func TestNewRises(t *testing.T) {
	last := New("user")
	for range 1000 {
		next := New("user")
		if next <= last {
			t.Fatalf("%s does not sort after %s", next, last)
		}
		last = next
	}
}

func FuzzParse(f *testing.F) {
	f.Add("user_01h455vb4pex5vsknk084sn02q")
	f.Add("__0")
	f.Fuzz(func(t *testing.T, text string) {
		id, err := Parse(text)
		if err != nil {
			return
		}
		u, err := id.UUID()
		if err != nil {
			t.Fatalf("%q parses but has no UUID: %v", text, err)
		}
		if again := FromUUID(id.Prefix(), u); again != id {
			t.Fatalf("%q comes back as %q", text, again)
		}
	})
}
