package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

// overhead compares a page of users through everything that stands before it with one without: the benchmark of the house
// itself, since nobody can turn that off from outside.
func overhead(ctx context.Context, b *bench) error {
	command := exec.CommandContext(ctx, "go", "test", "./graph", "-run", "^$", "-bench", "Guards", "-count", strconv.Itoa(rounds()), "-benchtime", "2s")
	out, err := command.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	times := map[string][]float64{}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if len(fields) < 4 || fields[3] != "ns/op" {
			continue
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(fields[0], "BenchmarkGuards/"), "-")
		took, err := strconv.ParseFloat(fields[2], 64)
		if err != nil {
			return fmt.Errorf("%q: %w", lines.Text(), err)
		}
		times[name] = append(times[name], took)
	}
	with, without := times["with"], times["without"]
	if len(with) == 0 || len(without) == 0 {
		return fmt.Errorf("nothing was measured: %s", out)
	}
	in := func(times []float64) string {
		return fmt.Sprintf("%s (%s–%s)", time.Duration(median(times)), time.Duration(slices.Min(times)), time.Duration(slices.Max(times)))
	}
	return b.results.add(table{
		title: "What stands before a page of 50 users: who asks, what they may do, cost limits, metrics, the log",
		head:  []string{"with", "without", "of the whole"},
		rows:  [][]string{{in(with), in(without), fmt.Sprintf("%.1f%%", 100*(1-median(without)/median(with)))}},
	})
}
