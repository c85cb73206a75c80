package main

import (
	"io"
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// In a single round it is the test of Wilcoxon, Mann and Whitney, for which R gives: wilcox.test(…, exact = FALSE).
func TestAlignedRanksOfOneRound(t *testing.T) {
	for _, test := range []struct {
		what string
		a, b []float64
		p    float64
	}{
		{"apart", []float64{1, 2, 3, 4, 5}, []float64{10, 9, 8, 7, 6}, 0.01219},
		{"the other way round", []float64{10, 9, 8, 7, 6}, []float64{1, 2, 3, 4, 5}, 0.01219},
		{"with ties", []float64{1, 2, 2, 3}, []float64{2, 3, 3, 4}, 0.17203},
		{"all the same", []float64{7, 7, 7}, []float64{7, 7, 7}, 1},
	} {
		near(t, test.what, alignedRanks([][]float64{test.a}, [][]float64{test.b}), test.p, 0.00001)
	}
}

// Where there is no difference, one run in twenty is below 0.05, although rounds differ and aligning them ties the
// values of a round to each other.
func TestAlignedRanksKeepTheirWord(t *testing.T) {
	const runs = 4000
	random := rand.New(rand.NewPCG(5, 6))
	below := 0
	for range runs {
		s := &series{reference: "a"}
		for range 15 {
			usual := 50 + 20*random.Float64()
			for range 2 {
				for _, name := range []string{"a", "b"} {
					s.add(name, answer{took: time.Duration(1e6 * usual * (1 + 0.1*random.ExpFloat64()))})
				}
			}
			s.endRound()
		}
		if alignedRanks(s.cases["a"].aligned, s.cases["b"].aligned) < 0.05 {
			below++
		}
	}
	near(t, "below 0.05", float64(below)/runs, 0.05, 0.01)
}

// What R gives: p.adjust(…, "holm").
func TestHolm(t *testing.T) {
	for i, corrected := range holm([]float64{0.04, 0.01, 0.03, 0.02}) {
		near(t, "corrected", corrected, []float64{0.06, 0.04, 0.06, 0.06}[i], 1e-12)
	}
	near(t, "no more than one", holm([]float64{0.9, 0.8})[0], 1, 0)
}

func TestMedianAndShift(t *testing.T) {
	near(t, "odd", median([]float64{3, 1, 2}), 2, 0)
	near(t, "even", median([]float64{4, 1, 3, 2}), 2.5, 0)
	random := rand.New(rand.NewPCG(1, 2))
	reference, slower := make([][]float64, 200), make([][]float64, 200)
	for i := range reference {
		reference[i] = []float64{60 + random.NormFloat64()}
		slower[i] = []float64{1.05 * (60 + random.NormFloat64())}
	}
	by, low, high := shift(slower, reference, random)
	near(t, "by", by, 0.05, 0.005)
	if low > by || by > high || low < 0.04 || high > 0.06 {
		t.Errorf("interval %v to %v around %v", low, high, by)
	}
}

// The whole report finds one case in a hundred rounds that takes longer, or says something else, and nothing where
// nothing is.
func TestReport(t *testing.T) {
	made := func(slower float64, body string) *series {
		random := rand.New(rand.NewPCG(3, 4))
		s := &series{name: "asking", reference: "nobody"}
		for range 100 {
			for _, name := range []string{"nobody", "somebody", "another"} {
				took := 60e6 + 3e6*random.NormFloat64()
				looks := "200 no"
				if name == "somebody" {
					took, looks = took*slower, body
				}
				s.add(name, answer{took: time.Duration(took), looks: looks})
			}
			s.endRound()
		}
		return s
	}
	for what, test := range map[string]struct {
		series *series
		tells  bool
	}{
		"the same":  {made(1, "200 no"), false},
		"by time":   {made(1.04, "200 no"), true},
		"by a word": {made(1, "200 No"), true},
	} {
		if err := report(io.Discard, test.series); (err == errFound) != test.tells {
			t.Errorf("%s: %v", what, err)
		}
	}
}
