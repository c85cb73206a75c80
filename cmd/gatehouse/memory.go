package main

import (
	"context"
	"math"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"time"
)

// availableMemory is how many bytes the program may count on: the least of GOMEMLIMIT, the limit of its control group and
// what the machine has (Linux; elsewhere only the first is known).
func availableMemory() int64 {
	least := debug.SetMemoryLimit(-1)
	if group, err := os.ReadFile("/sys/fs/cgroup/memory.max"); err == nil {
		if limit, err := strconv.ParseInt(strings.TrimSpace(string(group)), 10, 64); err == nil { // otherwise "max"
			least = min(least, limit)
		}
	}
	if machine, err := os.ReadFile("/proc/meminfo"); err == nil {
		least = min(least, totalMemory(string(machine)))
	}
	return least
}

// totalMemory reads MemTotal of proc(5), in kB.
func totalMemory(meminfo string) int64 {
	for line := range strings.Lines(meminfo) {
		if rest, found := strings.CutPrefix(line, "MemTotal:"); found {
			kilobytes, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			if err == nil {
				return kilobytes << 10
			}
		}
	}
	return math.MaxInt64
}

const (
	// roomyGC is how much the heap may grow before it is collected, in per cent of what is in use, while there is room.
	roomyGC = 500
	// room is up to where memory counts as plenty.
	room = 600 << 20
	// crowded says how many times what is in use is left to the program at least, so that it never collects all the time.
	crowded   = 2.0
	roomEvery = 10 * time.Second
)

// tuneMemory has memory collected less often while little of it is used, which is what makes the longest of the short waits.
// GOGC and GOMEMLIMIT in the environment are the operator's word, and then nothing is tuned.
func tuneMemory(ctx context.Context) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(roomyGC)
	debug.FreeOSMemory() // what starting took
	ticker := time.NewTicker(roomEvery)
	defer ticker.Stop()
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	for ctx.Err() == nil {
		metrics.Read(sample)
		debug.SetMemoryLimit(max(room, int64(crowded*float64(sample[0].Value.Uint64()))))
		select {
		case <-ticker.C:
		case <-ctx.Done():
		}
	}
}
