package plan

import "testing"

// Neither many light entries nor a few heavy ones are kept beyond the bounds, and one that is too heavy pushes nothing out.
func TestBounded(t *testing.T) {
	cache := NewBounded[int, string](3, 100)
	for i := range 5 {
		cache.Add(i, "light", 1)
	}
	if _, oldest := cache.Get(1); oldest || cache.Len() != 3 {
		t.Errorf("%d entries", cache.Len())
	}
	cache.Add(9, "too heavy", 26)
	if _, kept := cache.Get(9); kept || cache.Len() != 3 {
		t.Errorf("an entry of more than a quarter is kept, or pushed others out: %d", cache.Len())
	}
	heavy := NewBounded[int, string](1000, 100)
	for i := range 10 {
		heavy.Add(i, "heavy", 25)
	}
	if _, newest := heavy.Get(9); !newest || heavy.Len() != 4 || heavy.weight != 100 {
		t.Errorf("%d entries that weigh %d", heavy.Len(), heavy.weight)
	}
	heavy.Add(9, "lighter now", 5)
	if heavy.weight != 80 {
		t.Errorf("weighs %d", heavy.weight)
	}
}
