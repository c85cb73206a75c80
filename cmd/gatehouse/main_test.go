package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
)

// gatehouse runs the program with arguments and standard input.
func gatehouse(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, streams{strings.NewReader(stdin), &out, &errs})
	return code, out.String(), errs.String()
}

// http.md: a wrong flag or value is one line that says which and why, and exit code 2.
func TestWrongFlagsAreToldInOneLine(t *testing.T) {
	config := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(config, []byte("# comment\nlisten = 127.0.0.1:0\nlisen = x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	data := "--data=" + t.TempDir()
	for _, test := range []struct {
		args []string
		says string
	}{
		{[]string{"--no-such-flag"}, "--no-such-flag"},
		{[]string{"serve", data, "--listen", "nowhere"}, "--listen"},
		{[]string{"serve", data, "--metrics-listen", "nowhere"}, "--metrics-listen"},
		{[]string{"serve", data, "--public-url", "gatehouse.example"}, "--public-url"},
		{[]string{"serve", data, "--public-url", "https://gatehouse.example/path"}, "--public-url"},
		{[]string{"serve", data, "--trusted-proxy", "10.0.0.256"}, "--trusted-proxy"},
		{[]string{"serve", data, "--trusted-proxy", "fe80::1%eth0"}, "--trusted-proxy"},
		{[]string{"serve", data, "--trusted-proxy", "::ffff:10.0.0.0/90"}, "--trusted-proxy"},
		{[]string{"serve", data, "--trusted-proxy", "0.0.0.0/0"}, "trusts every address"},
		{[]string{"serve", data, "--trusted-proxy", "::ffff:0.0.0.0/96"}, "trusts every address"},
		{[]string{"serve", data, "--client-ip-header", "X Forwarded"}, "--client-ip-header"},
		{[]string{"serve", data, "--client-ip-header", "forwarded"}, "--client-ip-header"},
		{[]string{"serve", data, "--smtp", "ftp://mail.example"}, "--smtp"},
		{[]string{"serve", data, "--mail-from", "nobody"}, "--mail-from"},
		{[]string{"serve", data, "--ehlo-name", "mail example"}, "--ehlo-name"},
		{[]string{"serve", data, "--password-hash", "m=65536"}, "--password-hash"},
		{[]string{"serve", data, "--password-memory", "10"}, "--password-memory"},
		{[]string{"serve", data, "--log-format", "xml"}, "--log-format"},
		{[]string{"serve", data, "--config", config}, "lisen"},
		{[]string{"serve", data, "--tls-cert", config}, "--tls-key"},
		{[]string{"user", "unlock", data, "acme"}, "ACCOUNT/LOGIN"},
		{[]string{"account", "create", data}, "--handle"},
	} {
		code, _, stderr := gatehouse(t, "", test.args...)
		if code != exitUsage || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, test.says) {
			t.Errorf("%v: exit %d, said %q; want exit 2 and one line with %q", test.args, code, stderr, test.says)
		}
	}
}

// The flag wins over the environment variable, and the variable over the file.
func TestWhichSettingWins(t *testing.T) {
	config := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(config, []byte("\ufefftrusted-proxy = 10.0.0.0/8\r\ntrusted-proxy = 192.0.2.300\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	complaint := func(args ...string) string {
		_, _, stderr := gatehouse(t, "", append([]string{"serve", "--data", t.TempDir()}, args...)...)
		return stderr
	}
	if said := complaint("--config", config); !strings.Contains(said, "192.0.2.300") {
		t.Errorf("the file is not read: %q", said)
	}
	t.Setenv("GATEHOUSE_TRUSTED_PROXY", "from-environment")
	if said := complaint("--config", config); !strings.Contains(said, "from-environment") {
		t.Errorf("the variable does not win over the file: %q", said)
	}
	if said := complaint("--config", config, "--trusted-proxy", "from-flag"); !strings.Contains(said, "from-flag") {
		t.Errorf("the flag does not win over the variable: %q", said)
	}
}

// An account is created and listed from the command line; faults are told in words.
func TestAccountCreateAndList(t *testing.T) {
	for kind, address := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			flags := []string{"--data", t.TempDir(), "--database", address(t)}
			create := append([]string{"account", "create", "--handle", "acme", "--name", "Acme BV", "--email", "admin@acme.example"}, flags...)

			code, stdout, stderr := gatehouse(t, "", create...)
			if code != exitOK || !strings.Contains(stdout, "acme/admin") || !strings.Contains(stdout, "/set-password#token=") {
				t.Fatalf("create: exit %d, %q, %q", code, stdout, stderr)
			}
			if code, _, stderr := gatehouse(t, "", create...); code != exitFailed || !strings.Contains(stderr, "handle") {
				t.Errorf("create again: exit %d, %q", code, stderr)
			}
			if code, stdout, _ := gatehouse(t, "", append([]string{"account", "list"}, flags...)...); code != exitOK || !strings.Contains(stdout, "Acme BV") {
				t.Errorf("list: exit %d, %q", code, stdout)
			}
			if code, _, stderr := gatehouse(t, "password\n", append([]string{"user", "set-password", "acme/admin"}, flags...)...); code != exitFailed || stderr == "" {
				t.Errorf("a weak password: exit %d, %q", code, stderr)
			}
			if code, stdout, stderr := gatehouse(t, "violet tractor sings at noon\n", append([]string{"user", "set-password", "acme/admin"}, flags...)...); code != exitOK || !strings.Contains(stdout, "new password") {
				t.Errorf("set-password: exit %d, %q, %q", code, stdout, stderr)
			}
			for _, command := range []string{"unlock", "reset-mfa", "restore-access"} {
				if code, _, stderr := gatehouse(t, "", append([]string{"user", command, "acme/admin"}, flags...)...); code != exitOK {
					t.Errorf("%s: exit %d, %q", command, code, stderr)
				}
				if code, _, stderr := gatehouse(t, "", append([]string{"user", command, "acme/nobody"}, flags...)...); code != exitFailed || stderr == "" {
					t.Errorf("%s of nobody: exit %d, %q", command, code, stderr)
				}
			}
			store, err := db.Open(t.Context(), flags[3])
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			if _, err := store.AccountByHandle(t.Context(), "acme"); err != nil {
				t.Error(err)
			}
		})
	}
}

// serve says where it listens and where the set-up link is, answers, and ends with exit code 0 when it is told to. Once
// there is an account the link is gone.
func TestServe(t *testing.T) {
	for kind, address := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			data := t.TempDir()
			flags := []string{"--data", data, "--database", address(t)}
			link := filepath.Join(data, "setup-link")

			serveOnce(t, flags, func(url string) {
				for _, path := range []string{"/healthz", "/readyz", "/schema.graphql", "/sign-in"} {
					request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+path, nil)
					if err != nil {
						t.Fatal(err)
					}
					request.Host = "localhost:8080" // the page is served under the host of the public URL only
					answer, err := http.DefaultClient.Do(request)
					if err != nil || answer.StatusCode != http.StatusOK {
						t.Errorf("GET %s: %v, %v", path, answer, err)
						continue
					}
					answer.Body.Close()
				}
				info, err := os.Stat(link)
				if err != nil || info.Mode().Perm() != 0o600 {
					t.Errorf("the set-up link: %v, %v", info, err)
				}
			})
			if code, _, stderr := gatehouse(t, "", append([]string{"account", "create", "--handle", "acme", "--name", "Acme", "--email", "a@acme.example"}, flags...)...); code != exitOK {
				t.Fatal(stderr)
			}
			serveOnce(t, flags, func(string) {
				if _, err := os.Stat(link); err == nil {
					t.Error("the set-up link is still there although there is an account")
				}
			})
		})
	}
}

// serveOnce starts the server on a free port, runs a function with its address, and stops it. It returns the log until it listened.
func serveOnce(t *testing.T, flags []string, use func(url string)) (started string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	logs, log := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		args := append([]string{"serve", "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0", "--log-format", "json"}, flags...)
		ended <- run(ctx, args, streams{strings.NewReader(""), io.Discard, log})
		log.Close()
	}()
	lines := bufio.NewScanner(logs)
	for lines.Scan() {
		started += lines.Text() + "\n"
		var line struct{ Msg, Address string }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatalf("the log holds %q", lines.Text())
		}
		if line.Msg == "listening" {
			go io.Copy(io.Discard, logs)
			use("http://" + line.Address)
			break
		}
	}
	stop()
	if code := <-ended; code != exitOK {
		t.Errorf("serve ended with %d", code)
	}
	return started
}

// A password that is piped in is its line: without the byte order mark and the one line end that editors and shells add.
func TestPipedPasswordIsItsLine(t *testing.T) {
	for piped, want := range map[string]string{
		"violet tractor": "violet tractor", "violet tractor\n": "violet tractor", "violet tractor\r\n": "violet tractor", "\ufeffviolet tractor\r\n": "violet tractor",
		" violet tractor \n": " violet tractor ", "\ufeff\n": "", "": "",
	} {
		got, err := readPassword(streams{in: strings.NewReader(piped)})
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q, %v", piped, got, err)
		}
	}
}
