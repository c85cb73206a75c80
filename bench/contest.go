package main

import (
	"context"
	"fmt"
	"slices"
	"time"
)

const (
	roundLength = 3 * time.Second
	connections = 16
)

// rounds is how often all take turns: five times, for figures that are told to others.
func rounds() int { return size("BENCH_ROUNDS", 5) }

// contest has some answer the same questions by turns, on the same processors: what disturbs one round disturbs all.
type contest struct {
	work string
	// contestants, of whom the first is ours and the second what it is compared with.
	contestants []*contestant
	// note stands behind the title of the table.
	note string
}

// contestant answers questions, and what it took.
type contestant struct {
	name string
	load load
	pids []int // of its server, and of its database where that is another program

	rates, ratios []float64 // by round; the ratio is ours by this one's
	spent         time.Duration
	requests      int
	steady        burst // at a fixed rate, whether answers come or not, of all rounds
}

func (c *contest) run(ctx context.Context) error {
	for range rounds() {
		for _, one := range slices.Backward(c.contestants) {
			got, err := one.load.run(ctx, roundLength, 0, one.pids)
			if err != nil {
				return fmt.Errorf("%s, %s: %w", c.work, one.name, err)
			}
			one.rates = append(one.rates, got.perSecond())
			one.spent, one.requests = one.spent+got.cpu, one.requests+got.requests
		}
		for _, one := range c.contestants {
			one.ratios = append(one.ratios, c.contestants[0].rates[len(one.ratios)]/one.rates[len(one.ratios)])
		}
	}
	for range rounds() {
		for _, one := range c.contestants {
			got, err := one.load.run(ctx, roundLength, c.rate(), nil)
			if err != nil {
				return fmt.Errorf("%s, %s: %w", c.work, one.name, err)
			}
			one.steady.times = append(one.steady.times, got.times...)
		}
	}
	for _, one := range c.contestants {
		slices.Sort(one.steady.times)
	}
	return nil
}

// rate is what every contestant is asked steadily: a quarter of what the slowest can answer.
func (c *contest) rate() int {
	slowest := slices.MinFunc(c.contestants, func(a, b *contestant) int { return int(median(a.rates) - median(b.rates)) })
	return max(1, int(median(slowest.rates)/4))
}

// table is what a contest came to, a line a contestant.
func (c *contest) table() table {
	result := table{title: c.work + c.note, head: []string{"", "requests/s", "we are", "CPU/request", fmt.Sprintf("p50 at %d/s", c.rate()), "p99", "p99/p50", "memory"}}
	for i, one := range c.contestants {
		ratio := "–"
		if i > 0 {
			ratio = fmt.Sprintf("%.2f × (%.2f–%.2f)", median(one.ratios), slices.Min(one.ratios), slices.Max(one.ratios))
		}
		p50, p99 := one.steady.quantile(.5), one.steady.quantile(.99)
		result.rows = append(result.rows, []string{
			one.name, fmt.Sprintf("%.0f (%.0f–%.0f)", median(one.rates), slices.Min(one.rates), slices.Max(one.rates)), ratio,
			(one.spent / time.Duration(one.requests)).Round(time.Microsecond).String(),
			p50.Round(time.Microsecond).String(), p99.Round(time.Microsecond).String(), fmt.Sprintf("%.1f", float64(p99)/float64(p50)),
			fmt.Sprintf("%d MB", memoryOf(one.pids[0])),
		})
	}
	return result
}
