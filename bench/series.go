package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"text/tabwriter"
	"time"
)

// significance is the chance that a run finds a difference where there is none, over all comparisons together.
const significance = 0.01

// series is answers to cases that must look the same from outside.
type series struct {
	name      string
	reference string // the case that the others are compared with
	control   string // the case that may differ, and is only shown
	names     []string
	cases     map[string]*caseTimes
	looks     string // of the reference
}

// caseTimes is what one case took.
type caseTimes struct {
	round   []time.Duration // of the present round
	times   []time.Duration
	aligned [][]float64 // by round: each time by the median of all times in it, which takes out how busy the machine was
	looks   map[string]bool
}

func (s *series) add(name string, got answer) {
	if s.cases == nil {
		s.cases = map[string]*caseTimes{}
	}
	c := s.cases[name]
	if c == nil {
		c = &caseTimes{looks: map[string]bool{}}
		s.cases[name] = c
		s.names = append(s.names, name)
	}
	c.round = append(c.round, got.took)
	c.looks[got.looks] = true
	if name == s.reference {
		s.looks = got.looks
	}
}

// endRound relates the times of a round to each other. Every case is as often in it.
func (s *series) endRound() {
	var all []float64
	for _, name := range s.names {
		for _, took := range s.cases[name].round {
			all = append(all, float64(took))
		}
	}
	middle := median(all)
	for _, c := range s.cases {
		aligned := make([]float64, len(c.round))
		for i, took := range c.round {
			aligned[i] = float64(took) / middle
		}
		c.aligned = append(c.aligned, aligned)
		c.times = append(c.times, c.round...)
		c.round = nil
	}
}

// compared are the cases that must be like the reference.
func (s *series) compared() []string {
	names := slices.DeleteFunc(slices.Clone(s.names), func(name string) bool { return name == s.reference || name == s.control })
	slices.Sort(names)
	return names
}

// comparison is one case beside its reference.
type comparison struct {
	by, low, high float64 // the shift of the median, as a part of it
	p             float64 // corrected for how many comparisons the whole report has
}

// report prints a table of every series and a verdict. The error is errFound when something tells.
func report(out io.Writer, all ...*series) error {
	compared := compare(all)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	var told []string
	resolution := map[string]float64{}
	for _, s := range all {
		fmt.Fprintf(table, "\n%s\tn\tmedian\tdiffers by\t99%% interval\tp\n", s.name)
		fmt.Fprintf(table, "  %s\t%d\t%s\treference\t\t\n", s.reference, len(s.cases[s.reference].times), s.cases[s.reference].median())
		for _, name := range s.compared() {
			c := compared[s.name][name]
			fmt.Fprintf(table, "  %s\t%d\t%s\t%+.1f%%\t%+.1f%% to %+.1f%%\t%.3f\n",
				name, len(s.cases[name].times), s.cases[name].median(), 100*c.by, 100*c.low, 100*c.high, c.p)
			if c.p < significance {
				told = append(told, fmt.Sprintf("%s: %q takes %+.1f%%", s.name, name, 100*c.by))
			}
			if !s.looksTheSame(name) {
				told = append(told, fmt.Sprintf("%s: %q is answered otherwise", s.name, name))
			}
			resolution[s.name] = max(resolution[s.name], (c.high-c.low)/2)
		}
		if c := s.cases[s.control]; c != nil {
			fmt.Fprintf(table, "  %s\t%d\t%s\tmay differ\t\t\n", s.control, len(c.times), c.median())
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out)
	for _, s := range all {
		fmt.Fprintf(out, "Differences from about %.1f%% on would have been seen in %s.\n", 100*resolution[s.name], s.name)
	}
	if len(told) == 0 {
		fmt.Fprintln(out, "Verdict: status, header names and bodies are the same in every case, and no case differs in time.")
		return nil
	}
	fmt.Fprintln(out, "Verdict: it tells.")
	for _, what := range told {
		fmt.Fprintln(out, "  "+what)
	}
	return errFound
}

func compare(all []*series) map[string]map[string]comparison {
	random := rand.New(rand.NewPCG(1, 2)) // of the bootstrap alone: the same data give the same report
	var p []float64
	for _, s := range all {
		for _, name := range s.compared() {
			p = append(p, alignedRanks(s.cases[name].aligned, s.cases[s.reference].aligned))
		}
	}
	p = holm(p)
	compared := map[string]map[string]comparison{}
	for _, s := range all {
		compared[s.name] = map[string]comparison{}
		for _, name := range s.compared() {
			by, low, high := shift(s.cases[name].aligned, s.cases[s.reference].aligned, random)
			compared[s.name][name] = comparison{by, low, high, p[0]}
			p = p[1:]
		}
	}
	return compared
}

func (s *series) looksTheSame(name string) bool {
	looks := s.cases[name].looks
	return len(looks) == 1 && looks[s.looks]
}

func (c *caseTimes) median() time.Duration {
	times := make([]float64, len(c.times))
	for i, took := range c.times {
		times[i] = float64(took)
	}
	return time.Duration(median(times)).Round(10 * time.Microsecond)
}
