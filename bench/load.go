package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// load sends requests over a few connections. It writes them and reads the answers by hand: net/http's client costs more
// than the servers that are measured, and would hide the difference between them on the same two cores.
type load struct {
	url         string
	connections int
	// next makes the bytes of a request.
	next func(random *rand.Rand) []byte
	// check looks at the first answer of each connection.
	check func(status int, body []byte) error
}

// burst is what one run came to.
type burst struct {
	requests int
	took     time.Duration
	times    []time.Duration // sorted
	cpu      time.Duration   // of the server
}

func (b burst) perSecond() float64 { return float64(b.requests) / b.took.Seconds() }

func (b burst) quantile(q float64) time.Duration { return b.times[int(q*float64(len(b.times)-1))] }

// run sends for a while, as fast as answers come, or with a rate as many a second, whether answers come or not.
func (l load) run(ctx context.Context, lasting time.Duration, rate int, pids []int) (burst, error) {
	address, err := url.Parse(l.url)
	if err != nil {
		return burst{}, err
	}
	var (
		mutex  sync.Mutex
		total  burst
		errs   []error
		group  sync.WaitGroup
		began  = time.Now()
		before = cpuOf(pids)
	)
	for i := range l.connections {
		group.Go(func() {
			times, err := l.connection(ctx, address.Host, began, lasting, rate, i)
			mutex.Lock()
			defer mutex.Unlock()
			total.times, errs = append(total.times, times...), append(errs, err)
		})
	}
	group.Wait()
	total.took, total.requests, total.cpu = time.Since(began), len(total.times), cpuOf(pids)-before
	slices.Sort(total.times)
	return total, errors.Join(errs...)
}

func (l load) connection(ctx context.Context, address string, began time.Time, lasting time.Duration, rate, number int) (times []time.Duration, err error) {
	connection, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	reader := bufio.NewReaderSize(connection, 8<<10)
	random := rand.New(rand.NewPCG(uint64(number), uint64(began.UnixNano())))
	for n := 0; ; n++ {
		due := time.Now()
		if rate > 0 { // the time of a request counts from when it was due
			due = began.Add(time.Duration(n*l.connections+number) * time.Second / time.Duration(rate))
			time.Sleep(time.Until(due))
		}
		if time.Since(began) >= lasting || ctx.Err() != nil {
			return times, ctx.Err()
		}
		if _, err := connection.Write(l.next(random)); err != nil {
			return times, err
		}
		response, err := http.ReadResponse(reader, nil)
		if err != nil {
			return times, err
		}
		body, err := io.ReadAll(response.Body)
		if err = errors.Join(err, response.Body.Close()); err != nil {
			return times, err
		}
		times = append(times, time.Since(due))
		if err := l.check(response.StatusCode, body); err != nil {
			return times, err
		}
	}
}

// cpuOf is how much processor time processes have had, with their children, of which PostgreSQL has one a connection
// (proc(5): utime, stime, cutime and cstime, in hundredths of a second).
func cpuOf(pids []int) (spent time.Duration) {
	for _, pid := range pids {
		spent += cpuOf(children(pid))
		for _, field := range stat(pid)[11:15] {
			ticks, _ := strconv.ParseInt(field, 10, 64)
			spent += time.Duration(ticks) * 10 * time.Millisecond
		}
	}
	return spent
}

// stat are the fields of a process from the third on, which come after its name; 15 of them at least.
func stat(pid int) []string {
	content, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	fields := strings.Fields(string(content[strings.LastIndexByte(string(content), ')')+1:]))
	return append(fields, make([]string, max(0, 15-len(fields)))...)
}

// children are the processes that a process has started and that run.
func children(pid int) (pids []int) {
	content, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	for text := range strings.FieldsSeq(string(content)) {
		child, _ := strconv.Atoi(text)
		pids = append(pids, child)
	}
	return pids
}

// memoryOf is how much of a process is in memory, in megabytes.
func memoryOf(pid int) int { return kilobytes(fmt.Sprintf("/proc/%d/status", pid), "VmRSS") / 1024 }

// kilobytes reads a figure that stands as "name: 123 kB".
func kilobytes(file, name string) int {
	value, _ := strconv.Atoi(strings.TrimSuffix(field(file, name), " kB"))
	return value
}

// field reads the first line of a file that stands as "name: value".
func field(file, name string) string {
	content, _ := os.ReadFile(file)
	for line := range strings.Lines(string(content)) {
		if key, value, found := strings.Cut(line, ":"); found && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
