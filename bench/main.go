// Command bench measures the built program from outside, as a client meets it: a server of its own on the loopback, with
// a temporary data folder on SQLite, filled through the command line and GraphQL. It stands beside the house and knows
// nothing of its insides.
//
//	make bench                        # everything
//	make bench ONLY=signin-timing     # one of them
//
// signin-timing asks whether signing in, or asking for a reset mail, tells by its time, words or fields whether an account,
// a user, a password or a factor exists (product rule 7). Its exit code is 1 when it does. It takes two minutes at most, and
// wants a machine that does nothing else meanwhile: noise hides differences, it never makes them up.
//
// decision asks who may come in, by API keys at random of BENCH_KEYS (100,000) in an account of BENCH_USERS (1,000,000), and
// tells how many decisions a second that makes beside a handler that only parses the request and answers the same bytes.
//
// list reads pages of fifty users with what they hold, and single users, of an account of BENCH_USERS on SQLite, beside a
// handler that is written by hand over the same driver and answers the same bytes.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"syscall"
)

// benchmarks by name, in the order in which they run.
var benchmarks = []struct {
	name string
	run  func(ctx context.Context, program string) error
}{
	{"signin-timing", signInTiming},
	{"decision", decisions},
	{"list", lists},
}

// errFound is what a benchmark returns that has found what must not be, after it has said what.
var errFound = errors.New("found what must not be")

func main() {
	program := flag.String("program", ".build/gatehouse", "the built program")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "bench [--program FILE] [NAME ...]")
		for _, benchmark := range benchmarks {
			fmt.Fprintln(flag.CommandLine.Output(), "  "+benchmark.name)
		}
	}
	empty := flag.String("empty", "", "for the benchmarks themselves: answer at this address with what --answer holds, and nothing else")
	answer := flag.String("answer", "", "see --empty")
	limitAddress := flag.String("limit", "", "for the benchmarks themselves: answer lists at this address from --database, and nothing else")
	file := flag.String("database", "", "see --limit")
	flag.Parse()
	if *empty != "" {
		fmt.Fprintln(os.Stderr, "bench:", emptyHandler(*empty, *answer))
		os.Exit(1)
	}
	if *limitAddress != "" {
		fmt.Fprintln(os.Stderr, "bench:", serveLimit(*limitAddress, *file))
		os.Exit(1)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, *program, flag.Args())
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// size reads how much of something there shall be.
func size(variable string, usual int) int {
	if n, err := strconv.Atoi(os.Getenv(variable)); err == nil && n > 0 {
		return n
	}
	return usual
}

func run(ctx context.Context, program string, only []string) error {
	known := make([]string, len(benchmarks))
	for i, benchmark := range benchmarks {
		known[i] = benchmark.name
	}
	for _, name := range only {
		if !slices.Contains(known, name) {
			return fmt.Errorf("%q is none of %v", name, known)
		}
	}
	for _, benchmark := range benchmarks {
		if len(only) > 0 && !slices.Contains(only, benchmark.name) {
			continue
		}
		if err := benchmark.run(ctx, program); err != nil {
			return fmt.Errorf("%s: %w", benchmark.name, err)
		}
	}
	return nil
}
