package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"
)

// starts measures how long the program takes from its start to its first answer on an account that is there, what it holds
// when nobody asks, and how large it is.
func starts(ctx context.Context, b *bench) error {
	t, err := b.towns.on(ctx, b.program, "")
	if err != nil {
		return err
	}
	var took []float64
	var memory int
	for range rounds() {
		if err := t.end(); err != nil {
			return err
		}
		began := time.Now()
		if err := t.serve(ctx); err != nil {
			return err
		}
		took = append(took, time.Since(began).Seconds()*1000)
		select {
		case <-time.After(roundLength):
		case <-ctx.Done():
		}
		memory = memoryOf(t.process.Process.Pid)
	}
	binary, err := os.Stat(t.program)
	if err != nil {
		return err
	}
	return b.results.add(table{
		title: fmt.Sprintf("Start on an account of %d users, SQLite", t.users),
		head:  []string{"", "until ready", "memory when idle", "binary"},
		rows: [][]string{{"Gatehouse", fmt.Sprintf("%.0f ms (%.0f–%.0f)", median(took), slices.Min(took), slices.Max(took)),
			fmt.Sprintf("%d MB", memory), fmt.Sprintf("%.0f MB", float64(binary.Size())/(1<<20))}},
	})
}
