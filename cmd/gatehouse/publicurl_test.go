package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
)

// serveMails starts a server, lets it send so many mails, and returns its log and the mails.
func serveMails(t *testing.T, flags []string, count int, more ...string) (logs string, mails []string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	reader, log := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		args := slices.Concat([]string{"serve", "--listen", "127.0.0.1:0", "--metrics-listen", "none"}, flags, more)
		ended <- run(ctx, args, streams{strings.NewReader(""), io.Discard, log})
		log.Close()
	}()
	for lines := bufio.NewScanner(reader); lines.Scan(); {
		logs += lines.Text() + "\n"
		if strings.Count(logs, "mail written to a file") >= count && strings.Contains(logs, "msg=listening") {
			stop()
		}
	}
	if code := <-ended; code != exitOK {
		t.Fatalf("serve ended with %d: %s", code, logs)
	}
	files, err := filepath.Glob(filepath.Join(flags[1], "mail", "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		mails = append(mails, strings.ReplaceAll(string(content), "=\r\n", ""))
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	return logs, mails
}

// Links of commands lead to the server, although only the server has the setting: in mails that were queued before any server
// ran, and afterwards on the terminal, too.
func TestLinksOfCommandsLeadToTheServer(t *testing.T) {
	for kind, address := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			flags := []string{"--data", t.TempDir(), "--database", address(t)}
			csv := func(login string) string {
				return writeFile(t, "kind,login_name,name,email,language,roles,access_points,whitelists,mfa_forced\nPERSONAL,"+login+",Jane,"+login+"@acme.example,EN,all,WEB,,true\n")
			}
			must := func(args ...string) (stdout, stderr string) {
				t.Helper()
				code, stdout, stderr := gatehouse(t, "", append(args, flags...)...)
				if code != exitOK {
					t.Fatalf("%v: exit %d, %s", args, code, stderr)
				}
				return stdout, stderr
			}
			links := func(mails []string, public string, count int) {
				t.Helper()
				if len(mails) != count {
					t.Errorf("%d mails, want %d", len(mails), count)
				}
				for _, mail := range mails {
					if !strings.Contains(mail, public+"/") || strings.Contains(mail, ".invalid") || strings.Contains(mail, "localhost:8080") && !strings.Contains(public, "localhost") {
						t.Errorf("want links to %s: %s", public, mail)
					}
				}
			}

			stdout, stderr := must("account", "create", "--handle", "acme", "--name", "Acme", "--email", "admin@acme.example")
			if !strings.Contains(stdout, "http://localhost:8080/set-password#") || !strings.Contains(stderr, "--public-url") {
				t.Errorf("before any server ran the address is made up unsaid: %q, %q", stdout, stderr)
			}
			must("import", "users", csv("jane"), "--account", "acme")
			_, mails := serveMails(t, flags, 2, "--public-url", "HTTPS://Gatehouse.EXAMPLE.:443/")
			links(mails, "https://gatehouse.example", 2)

			must("import", "users", csv("john"), "--account", "acme")
			stdout, stderr = must("account", "create", "--handle", "other", "--name", "Other", "--email", "admin@other.example")
			if !strings.Contains(stdout, "https://gatehouse.example/set-password#") || stderr != "" {
				t.Errorf("after a server ran: %q, %q", stdout, stderr)
			}
			if stdout, _ := must("user", "restore-access", "acme/jane"); !strings.Contains(stdout, "https://gatehouse.example/set-password#") {
				t.Errorf("restore-access: %q", stdout)
			}
			logs, mails := serveMails(t, flags, 2) // to try something, on the way to the same database
			if !strings.Contains(logs, "--public-url is not given") {
				t.Errorf("a made up address takes the place of a given one unsaid: %s", logs)
			}
			links(mails, "https://gatehouse.example", 2)

			if stdout, _ = must("account", "create", "--handle", "third", "--name", "Third", "--email", "admin@third.example", "--public-url", "https://other.example"); !strings.Contains(stdout, "https://other.example/set-password#") {
				t.Errorf("the flag: %q", stdout)
			}
			if stdout, _ = must("user", "restore-access", "third/admin"); !strings.Contains(stdout, "https://gatehouse.example/set-password#") {
				t.Errorf("a flag of a command changed the server's address: %q", stdout)
			}
			serveMails(t, flags, 0, "--public-url", "https://new.example:8443")
			if stdout, _ := must("user", "restore-access", "third/admin"); !strings.Contains(stdout, "https://new.example:8443/set-password#") {
				t.Errorf("after the server moved: %q", stdout)
			}
		})
	}
}

// The stored value is parsed like the flag: a link never leads to something that is no address.
func TestStoredPublicURLIsChecked(t *testing.T) {
	data := t.TempDir()
	flags := []string{"--data", data, "--database", "sqlite:" + filepath.Join(data, "gatehouse.db")}
	create := func(handle string) (int, string) {
		code, stdout, stderr := gatehouse(t, "", append([]string{"account", "create", "--handle", handle, "--name", "Acme", "--email", "a@acme.example"}, flags...)...)
		return code, stdout + stderr
	}
	create("acme")
	store, err := db.Open(t.Context(), flags[3])
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Touch(t.Context(), func(tx *db.Tx) error { return tx.SetPublicURL(t.Context(), "javascript://evil/") }); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if code, said := create("other"); code != exitFailed || !strings.Contains(said, "start the server with --public-url") {
		t.Errorf("exit %d, %q", code, said)
	}
}

// What browsers refuse under an address is in the log of the server, and of no command.
func TestPublicURLThatBrowsersLimit(t *testing.T) {
	for public, says := range map[string]string{"http://gatehouse.example": "begins with http:", "https://192.0.2.7": "no passkeys", "http://LOCALHOST:8080/": "", "https://gatehouse.example": ""} {
		data := t.TempDir()
		logs := serveOnce(t, []string{"--data", data, "--public-url", public}, func(string) {})
		if strings.Contains(logs, "WARN") != (says != "") || !strings.Contains(logs, says) {
			t.Errorf("%s: %s", public, logs)
		}
		if _, _, stderr := gatehouse(t, "", "account", "create", "--data", data, "--handle", "acme", "--name", "Acme", "--email", "a@acme.example"); stderr != "" {
			t.Errorf("%s: a command says %q", public, stderr)
		}
	}
}

// An address that cannot be had is one line, before there is a database or a line in the log.
func TestAddressThatCannotBeHad(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for address, want := range map[string]struct {
		code int
		says string
	}{
		"256.1.1.1:80": {exitUsage, "four numbers"}, "1.2.3:80": {exitUsage, "four numbers"}, "127.0.0.1:99999": {exitUsage, "65535"}, "127.0.0.1:-1": {exitUsage, "65535"},
		"foo": {exitUsage, "such as"}, "8080": {exitUsage, "such as"}, "127.0.0.1:": {exitUsage, "65535"}, ":": {exitUsage, "65535"}, "127.0.0.1:08080": {exitUsage, "zeros"},
		"http://localhost:80": {exitUsage, "such as"}, "[::1": {exitUsage, "such as"}, "nowhere.invalid:80": {exitUsage, "cannot be found"},
		taken.Addr().String(): {exitFailed, "in use"}, "192.0.2.7:80": {exitFailed, "assign"},
	} {
		for _, flag := range []string{"--listen", "--metrics-listen"} {
			data := filepath.Join(t.TempDir(), "data")
			args := append([]string{"serve", "--data", data}, map[string][]string{"--listen": {"--metrics-listen", "none"}, "--metrics-listen": {"--listen", "127.0.0.1:0"}}[flag]...)
			code, _, stderr := gatehouse(t, "", append(args, flag, address)...)
			if code != want.code || strings.Count(stderr, "\n") != 1 || !strings.HasPrefix(stderr, "gatehouse: "+flag+": ") || !strings.Contains(stderr, want.says) {
				t.Errorf("%s %s: exit %d, %q; want exit %d and one line with %q", flag, address, code, stderr, want.code, want.says)
			}
			if _, err := os.Lstat(data); err == nil {
				t.Errorf("%s %s: the data folder was made", flag, address)
			}
		}
	}
}
