package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// configFile is what --config FILE holds: a flag of serve on each line, as `name = value`, without the dashes. Empty lines
// and those that begin with # say nothing; a flag that may be repeated stands on a line for each value.
type configFile struct{ values map[string][]string }

// readConfig is a [kong.ConfigurationLoader].
func readConfig(r io.Reader) (kong.Resolver, error) {
	file := configFile{make(map[string][]string)}
	lines := bufio.NewScanner(r)
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, found := strings.Cut(line, "=")
		if !found {
			return nil, fmt.Errorf("--config, line %d: want name = value", number)
		}
		name = strings.TrimSpace(name)
		file.values[name] = append(file.values[name], strings.TrimSpace(value))
	}
	return file, lines.Err()
}

// Validate refuses a name that is no flag of serve: a typing error must not leave a default in force unseen.
func (f configFile) Validate(app *kong.Application) error {
	var known []string
	for _, node := range app.Children {
		if node.Name == "serve" {
			for _, flag := range node.Flags {
				known = append(known, flag.Name)
			}
		}
	}
	for name := range f.values {
		if !slices.Contains(known, name) || name == "config" {
			return fmt.Errorf("--config: %q is no flag of serve", name)
		}
	}
	return nil
}

// Resolve gives kong the value of a flag, or nil. kong would let it win over an environment variable.
func (f configFile) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, variable := range flag.Envs {
		if _, set := os.LookupEnv(variable); set {
			return nil, nil
		}
	}
	values, found := f.values[flag.Name]
	switch {
	case !found:
		return nil, nil
	case len(values) > 1 && !flag.IsSlice():
		return nil, fmt.Errorf("--config: %s stands there %d times", flag.Name, len(values))
	}
	return strings.Join(values, ","), nil
}
