package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/gatehouse/gatehouse/internal/text"
)

// configLine is a line of --config FILE.
type configLine struct {
	number      int
	name, value string
}

// readConfig reads a flag of serve from each line, as `name = value`, without the dashes. Empty lines and those that begin with #
// mean nothing, and neither does an empty value; a flag that may be repeated has a line for each value.
func readConfig(r io.Reader) (lines []configLine, err error) {
	scanner := bufio.NewScanner(r)
	for number := 1; scanner.Scan(); number++ {
		line := strings.TrimSpace(scanner.Text())
		if number == 1 {
			line = strings.TrimSpace(text.WithoutMark(line))
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, found := strings.Cut(line, "=")
		if !found {
			return nil, fmt.Errorf("line %d: want name = value", number)
		}
		lines = append(lines, configLine{number, strings.TrimSpace(name), strings.TrimSpace(value)})
	}
	return lines, scanner.Err()
}

// settingSources gives kong what the environment and the file of --config say, for flags that the command line does not have. A
// variable wins over the file; one without a value counts as unset. It remembers the source of each flag.
type settingSources struct {
	flags  []*kong.Flag // of serve: the settings
	file   string       // of --config
	loaded bool
	lines  map[string]configLine // by flag; what several lines say is joined
	origin map[string]string     // by flag: what an error calls the place that its value is from
}

const (
	variablePrefix = "GATEHOUSE_"
	configFlag     = "config"
)

func variableOf(flag string) string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// variable returns what the environment says of a flag, empty where it says nothing.
func variable(flag string) string { return strings.TrimSpace(os.Getenv(variableOf(flag))) }

func (s *settingSources) flag(name string) *kong.Flag {
	if i := slices.IndexFunc(s.flags, func(f *kong.Flag) bool { return f.Name == name }); i >= 0 {
		return s.flags[i]
	}
	return nil
}

// load reads the file that the command line or the environment names, before any flag takes its value.
func (s *settingSources) load(ctx *kong.Context) error {
	if s.loaded { // kong calls its hooks for each word of the command line
		return nil
	}
	s.loaded = true
	source := "--" + configFlag
	for _, trace := range ctx.Path {
		if trace.Flag != nil && trace.Flag.Name == configFlag {
			s.file, _ = ctx.FlagValue(trace.Flag).(string)
		}
	}
	if s.file == "" {
		s.file, source = variable(configFlag), variableOf(configFlag)
	}
	if s.file == "" {
		return nil
	}
	file, err := os.Open(kong.ExpandPath(s.file))
	if err != nil {
		return usagef("%s: %v", source, err)
	}
	defer file.Close()
	lines, err := readConfig(file)
	if err == nil {
		err = s.take(lines)
	}
	if err != nil {
		return usagef("%s: %s: %v", source, s.file, err)
	}
	return nil
}

// take refuses a name that is no flag of serve: a typing error must not leave a default in force unseen.
func (s *settingSources) take(lines []configLine) error {
	s.lines = map[string]configLine{}
	for _, line := range lines {
		flag := s.flag(line.name)
		if flag == nil || line.name == configFlag {
			return fmt.Errorf("line %d: %q is no flag of serve", line.number, line.name)
		}
		before, twice := s.lines[line.name]
		switch {
		case line.value == "":
			continue
		case twice && !flag.IsSlice():
			return fmt.Errorf("line %d: %s has a value in line %d already", line.number, line.name, before.number)
		case twice:
			line.value = before.value + "," + line.value
		}
		s.lines[line.name] = line
	}
	return nil
}

// Validate is for [kong.Resolver].
func (s *settingSources) Validate(*kong.Application) error { return nil }

// Resolve returns the value of a flag that the command line does not have, or nil.
func (s *settingSources) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if s.flag(flag.Name) == nil {
		return nil, nil
	}
	if value := variable(flag.Name); value != "" {
		s.origin[flag.Name] = variableOf(flag.Name)
		return value, nil
	}
	if line, found := s.lines[flag.Name]; found {
		s.origin[flag.Name] = fmt.Sprintf("%s, line %d, %s", s.file, line.number, flag.Name)
		return line.value, nil
	}
	return nil, nil
}

// attribute has an error that begins with a flag begin with the variable or line that the flag's value is from.
func (s *settingSources) attribute(message string) string {
	rest, isFlag := strings.CutPrefix(message, "--")
	if !isFlag {
		return message
	}
	end := strings.IndexFunc(rest+" ", func(r rune) bool { return r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	if place, ok := s.origin[rest[:end]]; ok {
		return place + rest[end:]
	}
	return message
}

// unknownVariables returns the names of variables with the program's prefix that are no settings. Kubernetes sets some for a
// service of the name gatehouse, and tests have their own.
func (s *settingSources) unknownVariables() (names []string) {
	for _, pair := range os.Environ() {
		name, value, _ := strings.Cut(pair, "=")
		short, ours := strings.CutPrefix(name, variablePrefix)
		if !ours || value == "" || short == "PORT" || strings.HasPrefix(short, "PORT_") || strings.HasPrefix(short, "SERVICE_") || strings.HasPrefix(short, "TEST_") {
			continue
		}
		if !slices.ContainsFunc(s.flags, func(f *kong.Flag) bool { return variableOf(f.Name) == name }) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// refuseEmpty refuses flags and arguments without a value: an empty variable of a shell must not stand for a default. Only
// --metrics-listen has a meaning for it.
func refuseEmpty(args []string) error {
	const noMetrics = "--metrics-listen"
	for i, arg := range args {
		flag, value, joined := strings.Cut(arg, "=")
		switch {
		case joined && value == "" && strings.HasPrefix(flag, "--") && flag != noMetrics:
		case arg == "" && i > 0 && args[i-1] == noMetrics:
			continue
		case arg == "" && i > 0 && strings.HasPrefix(args[i-1], "--"):
			flag = args[i-1]
		case arg == "":
			return usagef("argument %d is empty: leave it out, or give it a value", i+1)
		default:
			continue
		}
		return usagef("%s: the value is empty: leave the flag out, or give it a value", flag)
	}
	return nil
}
