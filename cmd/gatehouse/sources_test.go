package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// settingFlags returns the names of the flags of serve.
func settingFlags(t *testing.T) (names []string) {
	t.Helper()
	sources := &settingSources{origin: map[string]string{}}
	if _, err := newParser(new(commands), sources, streams{}, nil); err != nil {
		t.Fatal(err)
	}
	for _, flag := range sources.flags {
		names = append(names, flag.Name)
	}
	if len(names) < 15 {
		t.Fatalf("flags of serve: %v", names)
	}
	return names
}

func writeFile(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// Compose files and unit files set variables to nothing, and templates write lines without a value: both say nothing.
func TestEmptyVariablesAndLinesCountAsUnset(t *testing.T) {
	for _, empty := range []string{"", " \t"} {
		var lines []string
		for _, name := range settingFlags(t) {
			t.Setenv(variableOf(name), empty)
			if name != "config" {
				lines = append(lines, name+" ="+empty)
			}
		}
		config := writeFile(t, strings.Join(lines, "\n"))
		served := false
		serveOnce(t, []string{"--data", t.TempDir(), "--config", config}, func(string) { served = true })
		if !served {
			t.Errorf("with %q everywhere the server does not start", empty)
		}
	}
}

// wrongValues has a wrong value for each flag of serve, and what the error says of it.
var wrongValues = map[string][2]string{
	"database": {"mysql://root:hunter2@db/gatehouse", "postgres://"}, "config": {"/nowhere/gatehouse.conf", "no such file"},
	"listen": {"256.1.1.1:80", "four numbers"}, "metrics-listen": {"127.0.0.1:99999", "65535"},
	"public-url": {"https://gatehouse.example/users", "without a path"},
	"tls-cert":   {"/nowhere/cert.pem", "no such file"}, "tls-key": {"/nowhere/key.pem", "no such file"},
	"trusted-proxy": {"10.0.0.256", "such as"}, "client-ip-header": {"X Forwarded", "such as"},
	"smtp": {"ftp://mail.example", "smtp"}, "mail-from": {"nobody", "nobody"},
	"password-hash": {"m=65536", "t="}, "password-memory": {"lots", "int"},
	"catalogue": {"/nowhere/catalogue.yaml", "no such file"}, "no-migrate": {"perhaps", "true"},
	"log-format": {"xml", "json"}, "log-level": {"loud", "debug"},
	"ehlo-name": {"not a name", "name"},
}

// A wrong value is one line that names the place it is from and says what is expected, wherever it is from; nothing is made.
func TestWrongValuesNameTheirPlace(t *testing.T) {
	anyPath := []string{"data", "secret-file"}
	for _, name := range settingFlags(t) {
		wrong, ok := wrongValues[name]
		if !ok {
			if !slices.Contains(anyPath, name) {
				t.Errorf("wrongValues has none for --%s", name)
			}
			continue
		}
		value, says := wrong[0], wrong[1]
		config := writeFile(t, "# a comment\n\n"+name+" = "+value+"\n")
		for place, in := range map[string]struct {
			args []string
			env  string
		}{
			"--" + name:                     {args: []string{"--" + name + "=" + value}},
			variableOf(name):                {env: value},
			config + ", line 3, " + name:    {args: []string{"--config", config}},
			"--" + name + " after the rest": {args: []string{"--log-level", "info", "--" + name, value}},
		} {
			if name == "config" && strings.HasPrefix(place, config) || name == "no-migrate" && strings.Contains(place, "after") || name == "log-level" && strings.Contains(place, "after") {
				continue
			}
			data := filepath.Join(t.TempDir(), "data")
			if in.env != "" {
				t.Setenv(variableOf(name), in.env)
			}
			code, stdout, stderr := gatehouse(t, "", append([]string{"serve", "--data", data}, in.args...)...)
			if in.env != "" {
				os.Unsetenv(variableOf(name))
			}
			place = strings.TrimSuffix(place, " after the rest")
			if code != exitUsage || strings.Count(stderr, "\n") != 1 || stdout != "" || !strings.HasPrefix(stderr, "gatehouse: "+place) || !strings.Contains(stderr, says) || strings.Contains(stderr, "hunter2") {
				t.Errorf("%s: exit %d, %q; want exit 2 and one line that begins with the place and has %q", place, code, stderr, says)
			}
			if _, err := os.Lstat(data); err == nil {
				t.Errorf("%s: the data folder was made", place)
			}
		}
	}
}

func TestConfigFileThatIsWrong(t *testing.T) {
	for content, says := range map[string]string{
		"listen 127.0.0.1:80": "line 1: want name = value",
		"\nlisen = x":         `line 2: "lisen" is no flag`,
		"config = other":      `line 1: "config" is no flag`,
		"listen=127.0.0.1:1\n\nlisten=127.0.0.1:2":  "line 3: listen has a value in line 1 already",
		"listen = " + strings.Repeat("x", 64<<10+1): "too long",
		"handle = acme": `"handle" is no flag of serve`,
	} {
		config := writeFile(t, content)
		code, _, stderr := gatehouse(t, "", "migrate", "--config", config, "--data", filepath.Join(t.TempDir(), "data"))
		if code != exitUsage || !strings.HasPrefix(stderr, "gatehouse: --config: "+config+": ") || !strings.Contains(stderr, says) {
			t.Errorf("%.40q: exit %d, %q", content, code, stderr)
		}
	}
	if code, _, stderr := gatehouse(t, "", "version", "--config", t.TempDir()); code != exitUsage || !strings.Contains(stderr, "--config: ") {
		t.Errorf("a folder: exit %d, %q", code, stderr)
	}
	twice := writeFile(t, "log-level =\nlog-level = info\nlog-level =\n")
	if code, _, stderr := gatehouse(t, "", "version", "--config", twice); code != exitOK {
		t.Errorf("a line with a value and two without: %q", stderr)
	}
}

// Subcommands take what they have of the settings from the same places as the server; what only they have is on the command line.
func TestSettingsOfSubcommands(t *testing.T) {
	data := t.TempDir()
	config := writeFile(t, "data = "+data+"\nlisten = 127.0.0.1:7\npublic-url = https://gatehouse.example\n")
	t.Setenv("GATEHOUSE_DEMO", "true")
	t.Setenv("GATEHOUSE_LOGIN", "root")
	code, stdout, stderr := gatehouse(t, "", "account", "create", "--config", config, "--handle", "acme", "--name", "Acme", "--email", "a@acme.example")
	if code != exitOK || !strings.Contains(stdout, "acme/admin") || !strings.Contains(stdout, "https://gatehouse.example/set-password#") {
		t.Fatalf("exit %d, %q, %q", code, stdout, stderr)
	}
	if _, err := os.Stat(filepath.Join(data, "gatehouse.db")); err != nil {
		t.Error(err)
	}
	if _, stdout, _ := gatehouse(t, "", "account", "list", "--data", data); !strings.Contains(stdout, " 1 ") {
		t.Errorf("a variable filled the account: %q", stdout)
	}
}

// A variable with a typing error is reported; those of tests and of Kubernetes are not the program's.
func TestUnknownVariables(t *testing.T) {
	for _, name := range []string{"LISTN", "HANDLE", "PORTS", "TEST_X", "PORT", "PORT_8080_TCP", "SERVICE_HOST", "SERVICE_PORT_HTTP"} {
		t.Setenv(variablePrefix+name, "secret value")
	}
	t.Setenv("GATEHOUSE_LISSEN", "")
	sources := &settingSources{}
	if _, err := newParser(new(commands), sources, streams{}, nil); err != nil {
		t.Fatal(err)
	}
	if got := sources.unknownVariables(); !slices.Equal(got, []string{"GATEHOUSE_HANDLE", "GATEHOUSE_LISTN", "GATEHOUSE_PORTS"}) {
		t.Errorf("%v", got)
	}
	logs := serveOnce(t, []string{"--data", t.TempDir()}, func(string) {})
	if !strings.Contains(logs, "GATEHOUSE_LISTN") || strings.Contains(logs, "secret value") {
		t.Errorf("the log: %s", logs)
	}
}
