package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"
)

// table is what one measurement came to.
type table struct {
	title string
	head  []string
	rows  [][]string
}

// print writes a table for people.
func (t table) print(out io.Writer) error {
	fmt.Fprintf(out, "\n%s\n", t.title)
	writer := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{t.head}, t.rows...) {
		fmt.Fprintln(writer, "  "+strings.Join(row, "\t"))
	}
	return writer.Flush()
}

func (t table) markdown() string {
	var text strings.Builder
	fmt.Fprintf(&text, "### %s\n\n| %s |\n|%s\n", t.title, strings.Join(t.head, " | "), strings.Repeat(" --- |", len(t.head)))
	for _, row := range t.rows {
		fmt.Fprintf(&text, "| %s |\n", strings.Join(row, " | "))
	}
	return text.String()
}

// results gathers the tables of one run.
type results struct{ tables []table }

// add keeps a table and shows it at once.
func (r *results) add(t table) error {
	r.tables = append(r.tables, t)
	return t.print(os.Stdout)
}

// Between these lines of a document stands the last run. What is around them is written by hand.
const (
	resultsBegin = "<!-- The last run: make bench -->"
	resultsEnd   = "<!-- End of the last run -->"
)

// write puts the tables into a document.
func (r *results) write(file string) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, begins := strings.Cut(string(content), resultsBegin)
	_, after, ends := strings.Cut(rest, resultsEnd)
	if !begins || !ends {
		return fmt.Errorf("%s has no lines %q and %q", file, resultsBegin, resultsEnd)
	}
	texts := []string{before + resultsBegin, machine()}
	for _, t := range r.tables {
		texts = append(texts, strings.TrimSuffix(t.markdown(), "\n"))
	}
	return os.WriteFile(file, []byte(strings.Join(texts, "\n\n")+"\n\n"+resultsEnd+after), 0o644)
}

// machine says in words where and of what the figures are.
func machine() string {
	commit, _ := exec.Command("git", "describe", "--always", "--dirty", "--abbrev=7").Output()
	return fmt.Sprintf("%s, commit %s, %s, %d processors (%s), %.0f GB of memory; load and servers on the same machine.",
		time.Now().UTC().Format(time.DateOnly), strings.TrimSpace(string(commit)), runtime.Version(), runtime.NumCPU(),
		field("/proc/cpuinfo", "model name"), float64(kilobytes("/proc/meminfo", "MemTotal"))/(1<<20))
}
