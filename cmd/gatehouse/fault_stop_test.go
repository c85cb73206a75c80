package main

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asProgram has the test binary be the program itself.
const asProgram = "GATEHOUSE_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// process is the program as a process of its own.
type process struct {
	*exec.Cmd
	address  string
	stopping chan struct{} // closed when the program says that it stops
	log      chan string   // lines since it listens
}

// waitFor reads the log up to a line with a text.
func (p *process) waitFor(t *testing.T, text string) string {
	t.Helper()
	for line := range p.log {
		if strings.Contains(line, text) {
			return line
		}
	}
	t.Fatalf("the program ended and did not log %q", text)
	return ""
}

var listeningAt = regexp.MustCompile(`msg=listening address=(\S+)`)

// startProcess starts the server and returns once it listens.
func startProcess(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{stopping: make(chan struct{}), log: make(chan string, 1000), Cmd: exec.CommandContext(t.Context(), os.Args[0], append([]string{"serve", "--listen", "127.0.0.1:0", "--metrics-listen", "", "--public-url", "http://gatehouse.example"}, args...)...)}
	p.Env = append(os.Environ(), asProgram+"=1")
	stderr, err := p.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		if found := listeningAt.FindStringSubmatch(lines.Text()); found != nil {
			p.address = found[1]
			break
		}
	}
	if p.address == "" {
		t.Fatal("the server does not listen")
	}
	go func() {
		defer close(p.log)
		for lines.Scan() { // to the end, or the program would wait for somebody to read its log
			if strings.Contains(lines.Text(), "msg=stopping") {
				close(p.stopping)
			}
			select {
			case p.log <- lines.Text():
			default: // of a test that reads no log
			}
		}
	}()
	return p
}

// busyProcess is a server whose mail server does not answer and one of whose requests never ends.
func busyProcess(t *testing.T) *process {
	t.Helper()
	mailServer, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mailServer.Close() })
	data := "--data=" + t.TempDir()
	if code, _, stderr := gatehouse(t, "", "account", "create", "--handle", "acme", "--name", "Acme", "--email", "a@acme.example", data); code != exitOK {
		t.Fatal(stderr)
	}
	p := startProcess(t, data, "--smtp", "smtp://"+mailServer.Addr().String()+"?tls=none", "--password-hash", "m=7168,t=5,p=1")
	conn, err := mailServer.Accept() // the welcome mail is being sent
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	request, err := net.Dial("tcp", p.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { request.Close() })
	fmt.Fprint(request, "POST /graphql HTTP/1.1\r\nHost: gatehouse.example\r\nContent-Type: application/json\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n")
	if answer, err := bufio.NewReader(request).ReadString('\n'); err != nil || !strings.Contains(answer, "100 Continue") {
		t.Fatalf("the server does not wait for the body: %q, %v", answer, err)
	}
	return p
}

// http.md: after SIGTERM the program ends within ten seconds with exit code 0, whatever mail server or client never ends.
func TestFaultStopWithinTenSeconds(t *testing.T) {
	t.Parallel()
	p := busyProcess(t)
	began := time.Now()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("exit: %v", err)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("took %s", took)
	}
}

// A second signal ends the program at once, with the exit code that shells give a signal.
func TestFaultSecondSignalEndsAtOnce(t *testing.T) {
	t.Parallel()
	for second, want := range map[syscall.Signal]int{syscall.SIGTERM: 143, syscall.SIGINT: 130} {
		p := busyProcess(t)
		began := time.Now()
		if err := p.Process.Signal(second); err != nil {
			t.Fatal(err)
		}
		<-p.stopping
		if err := p.Process.Signal(second); err != nil {
			t.Fatal(err)
		}
		err := p.Wait()
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok || exit.ExitCode() != want || time.Since(began) > requestTime {
			t.Errorf("%s twice: %v after %s, want exit code %d", second, err, time.Since(began), want)
		}
	}
}
