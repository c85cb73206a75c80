package main

import (
	"context"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// roomyGC is how much the heap may grow before it is collected, in per cent of what is in use, while there is room.
	roomyGC = 400
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
