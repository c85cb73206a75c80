// Command bench measures the built program from outside, as a client meets it: servers of its own on the loopback, with
// temporary databases, filled through the command line and GraphQL. It stands beside the house and knows nothing of its
// insides but how a key is written.
//
//	make bench                  # everything, which takes most of an hour with a million users
//	make bench ONLY=list        # one of them
//	make bench WRITE=docs/performance.md   # noted there, with profiles in the folder of that name
//
// Every figure is a ratio to something else in the same run: the limit, which is a program written by hand that answers the
// same bytes from the same database and asks nobody who they are, or a peer. They take turns, five rounds of three seconds
// each over sixteen connections, and then at a fixed rate, whether answers come or not. BENCH_USERS (1,000,000) and
// BENCH_KEYS (100,000) say how large the account is. The machine should do nothing else.
//
//	list           pages, single users and searches on both databases, beside the limit and PostGraphile
//	flat           a page far down beside one at the beginning, and a million users beside a thousand
//	decision       who may come in, beside a handler that only parses the same request and answers the same bytes
//	credentials    signing in and creating users, beside bare Argon2id and a transaction written by hand
//	overhead       a page of users through everything that stands before it, and without
//	start          until the first answer on an account of that size, memory when idle, and the binary
//	documents      the CPU of one request of somebody who is not signed in and means ill; exit code 1 past 50 ms
//	signin-timing  whether signing in, or asking for a reset mail, tells by its time, words or fields whether an account, a
//	               user, a password or a factor exists (product rule 7); exit code 1 when it does. Noise hides
//	               differences, it never makes them up.
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
	run  func(ctx context.Context, b *bench) error
}{
	{"list", lists},
	{"flat", flat},
	{"decision", decisions},
	{"start", starts},
	{"credentials", credentialled},
	{"overhead", overhead},
	{"documents", documents},
	{"signin-timing", signInTiming},
}

// bench is one run.
type bench struct {
	program  string // the built one
	postgres string // the address of a PostgreSQL server; empty: none
	profiles string // a folder for profiles of what is measured; empty: none are taken
	towns    towns
	results  results
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
	write := flag.String("write", "", "a document to write the results into")
	profiles := flag.String("profiles", "", "a folder to write profiles into")
	listen := flag.String("listen", "", "for the benchmarks themselves: answer at this address")
	answer := flag.String("answer", "", "what --listen answers to everything")
	hash := flag.Bool("hash", false, "for the benchmarks themselves: have --listen hash everything with Argon2id")
	create := flag.String("create", "", "the database in which --listen creates users")
	source := flag.String("limit", "", "the database from which --listen answers lists")
	driver := flag.String("driver", "", "the driver of that database")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	var err error
	switch {
	case *listen != "" && *source != "":
		err = serveLimit(ctx, *listen, *driver, *source)
	case *listen != "" && *create != "":
		err = serveCreate(ctx, *listen, *create)
	case *listen != "" && *hash:
		err = serveHash(*listen)
	case *listen != "":
		err = serveEmpty(*listen, *answer)
	default:
		err = run(ctx, &bench{
			program: *program, postgres: os.Getenv("GATEHOUSE_TEST_POSTGRES"), profiles: *profiles, towns: towns{},
		}, *write, flag.Args())
	}
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

func run(ctx context.Context, b *bench, write string, only []string) (err error) {
	known := make([]string, len(benchmarks))
	for i, benchmark := range benchmarks {
		known[i] = benchmark.name
	}
	for _, name := range only {
		if !slices.Contains(known, name) {
			return fmt.Errorf("%q is none of %v", name, known)
		}
	}
	defer func() { err = errors.Join(err, b.towns.stop()) }()
	for _, benchmark := range benchmarks {
		if len(only) > 0 && !slices.Contains(only, benchmark.name) {
			continue
		}
		if failed := benchmark.run(ctx, b); failed != nil {
			err = errors.Join(err, fmt.Errorf("%s: %w", benchmark.name, failed))
		}
		if ctx.Err() != nil {
			return err
		}
	}
	if write != "" {
		err = errors.Join(err, b.results.write(write))
	}
	return err
}
