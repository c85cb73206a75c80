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

// mannWhitney is the two-sided p-value of the test of Mann and Whitney (1947) that neither sample tends to be larger, in
// its normal approximation with the correction for ties and continuity: good from about twenty values each on. It asks
// nothing of how the values are distributed, which for times of a busy machine is nothing textbooks have.
func mannWhitney(a, b []float64) float64 {
	type value struct {
		at    float64
		fromA bool
	}
	values := make([]value, 0, len(a)+len(b))
	for _, at := range a {
		values = append(values, value{at, true})
	}
	for _, at := range b {
		values = append(values, value{at, false})
	}
	slices.SortFunc(values, func(x, y value) int { return cmp.Compare(x.at, y.at) })
	n, m := float64(len(a)), float64(len(b))
	ranks, ties := 0.0, 0.0 // the sum of a's ranks; the sum of t³ − t over runs of t equal values
	for i := 0; i < len(values); {
		j := i
		for j < len(values) && values[j].at == values[i].at {
			j++
		}
		for _, v := range values[i:j] {
			if v.fromA {
				ranks += float64(i+j+1) / 2
			}
		}
		t := float64(j - i)
		ties += t*t*t - t
		i = j
	}
	u := ranks - n*(n+1)/2
	variance := n * m / 12 * (n + m + 1 - ties/((n+m)*(n+m-1)))
	if variance <= 0 {
		return 1
	}
	z := max(math.Abs(u-n*m/2)-0.5, 0) / math.Sqrt(variance)
	return math.Erfc(z / math.Sqrt2)
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

// shift is how much larger the median of a sample is than that of a reference, as a part of the latter, with a bootstrap
// interval that holds it with 99% confidence (Efron, 1979: percentiles).
func shift(sample, reference []float64, random *rand.Rand) (by, low, high float64) {
	const resamples = 2000
	shifts := make([]float64, resamples)
	a, b := make([]float64, len(sample)), make([]float64, len(reference))
	for i := range shifts {
		for j := range a {
			a[j] = sample[random.IntN(len(sample))]
		}
		for j := range b {
			b[j] = reference[random.IntN(len(reference))]
		}
		shifts[i] = median(a)/median(b) - 1
	}
	slices.Sort(shifts)
	return median(sample)/median(reference) - 1, shifts[resamples/200], shifts[resamples-1-resamples/200]
}
