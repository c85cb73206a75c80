package main

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// median of a sample that is not empty; it stays as it is.
func median(sample []float64) float64 {
	sorted := slices.Sorted(slices.Values(sample))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

// alignedRanks is the two-sided p-value of the test of Hodges and Lehmann (1962) that of two cases, measured side by side
// in rounds and aligned by what was usual in each, neither tends to be larger: the rank sum of Wilcoxon, Mann and Whitney
// against what it varies by when within every round anybody could have been either. Normal approximation with continuity,
// good from about twenty values each on. It asks nothing of how the values are distributed, which for times of a busy
// machine is nothing textbooks have, nor that rounds are alike.
func alignedRanks(a, b [][]float64) float64 {
	ranks := ranksOf(slices.Concat(slices.Concat(a...), slices.Concat(b...)))
	sum, expected, variance := 0.0, 0.0, 0.0
	for i := range a {
		n, m := float64(len(a[i])), float64(len(b[i]))
		of, squares := 0.0, 0.0 // of all ranks in this round
		for _, value := range a[i] {
			sum += ranks[value]
		}
		for _, value := range slices.Concat(a[i], b[i]) {
			of += ranks[value]
		}
		mean := of / (n + m)
		for _, value := range slices.Concat(a[i], b[i]) {
			squares += (ranks[value] - mean) * (ranks[value] - mean)
		}
		expected += n * mean
		variance += n * m / ((n + m) * (n + m - 1)) * squares
	}
	if variance == 0 {
		return 1
	}
	return math.Erfc(max(math.Abs(sum-expected)-0.5, 0) / math.Sqrt(2*variance))
}

// ranksOf tells the rank of every value; equal ones share the middle of theirs.
func ranksOf(values []float64) map[float64]float64 {
	slices.Sort(values)
	ranks := make(map[float64]float64, len(values))
	for i := 0; i < len(values); {
		j := i
		for j < len(values) && values[j] == values[i] {
			j++
		}
		ranks[values[i]] = float64(i+j+1) / 2
		i = j
	}
	return ranks
}

// holm corrects p-values for how many there are (Holm, 1979): the chance that any of them falls below a bound by luck is
// then the bound.
func holm(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(p[i], p[j]) })
	corrected, least := make([]float64, len(p)), 0.0
	for rank, i := range order {
		least = max(least, min(p[i]*float64(len(p)-rank), 1))
		corrected[i] = least
	}
	return corrected
}

// shift is how much larger the median of a case is than that of a reference, as a part of the latter, with a bootstrap
// interval that holds it with 99% confidence (Efron, 1979: percentiles). Rounds are drawn whole.
func shift(sample, reference [][]float64, random *rand.Rand) (by, low, high float64) {
	const resamples = 2000
	shifts := make([]float64, resamples)
	for i := range shifts {
		var a, b []float64
		for range sample {
			round := random.IntN(len(sample))
			a, b = append(a, sample[round]...), append(b, reference[round]...)
		}
		shifts[i] = median(a)/median(b) - 1
	}
	slices.Sort(shifts)
	return median(slices.Concat(sample...))/median(slices.Concat(reference...)) - 1, shifts[resamples/200], shifts[resamples-1-resamples/200]
}
