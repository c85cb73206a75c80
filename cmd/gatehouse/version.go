package main

import (
	"fmt"
	"runtime/debug"
)

// version is set by the linker for a release; otherwise the build's own revision tells.
var version = ""

type versionCommand struct{ storage }

func (versionCommand) Run(std streams) error {
	_, err := fmt.Fprintln(std.out, "gatehouse", versionText())
	return err
}

func versionText() string {
	if version != "" {
		return version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			return "development " + setting.Value[:min(12, len(setting.Value))]
		}
	}
	return "development"
}
