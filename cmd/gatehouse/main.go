// Command gatehouse is the user administration of an organisation's account: the server and its command line.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// commands is everything that the program takes: subcommands and their flags, with what --help says.
type commands struct {
	Serve   serveCommand   `cmd:"" default:"withargs" help:"Run the server. This is also what no subcommand does."`
	Account accountCommand `cmd:"" help:"Create and list accounts."`
	User    userCommand    `cmd:"" help:"Help a user back in when nobody can."`
	Import  importCommand  `cmd:"" help:"Import from files."`
	Secret  secretCommand  `cmd:"" help:"Replace the key that secrets are sealed under."`
	Migrate migrateCommand `cmd:"" help:"Bring the database up to the newest schema. The server does it too, unless --no-migrate."`
	Backup  backupCommand  `cmd:"" help:"Write a consistent copy of a SQLite database to a new file, while the server runs."`
	Restore restoreCommand `cmd:"" help:"Put a backup where no database is yet. No server may be running."`
	Version versionCommand `cmd:"" help:"Say which version this is."`
}

// streams are where a command reads and writes, so that tests can stand in for a terminal.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
	// exitSignalled and the number of the signal is what a second SIGTERM or SIGINT ends with, at once: 143 or 130.
	exitSignalled = 128
)

func main() {
	ctx, stop := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		stop()
		second := <-signals
		os.Exit(exitSignalled + int(second.(syscall.Signal)))
	}()
	os.Exit(run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}

// run is the program without the process around it. It returns the exit code.
func run(ctx context.Context, args []string, std streams) int {
	var (
		cli    commands
		exited *int
	)
	parser, err := kong.New(&cli,
		kong.Name("gatehouse"),
		kong.Description("The user administration of an organisation's account."),
		kong.DefaultEnvars("GATEHOUSE"),
		kong.Configuration(readConfig),
		kong.UsageOnError(),
		kong.Writers(std.out, std.err),
		kong.Exit(func(code int) { exited = &code }),
		kong.Vars{"metrics_listen": defaultMetricsListen, "mail_from": defaultMailFrom},
	)
	if err != nil {
		return fail(std, exitUsage, err)
	}
	command, err := parser.Parse(args)
	if exited != nil { // --help
		return *exited
	}
	if err != nil {
		return fail(std, exitUsage, err)
	}
	command.BindTo(ctx, (*context.Context)(nil))
	command.Bind(std)
	if err := command.Run(); err != nil {
		if errors.Is(err, errUsage) {
			return fail(std, exitUsage, err)
		}
		return fail(std, exitFailed, err)
	}
	return exitOK
}

// errUsage marks a wrong flag or value that only running the command can find.
var errUsage = errors.New("usage")

// usageError is one line that says which flag or value is wrong and why.
type usageError string

func (e usageError) Error() string        { return string(e) }
func (e usageError) Is(target error) bool { return target == errUsage }

func usagef(format string, args ...any) error { return usageError(fmt.Sprintf(format, args...)) }

func fail(std streams, code int, err error) int {
	fmt.Fprintf(std.err, "gatehouse: %s\n", strings.ReplaceAll(err.Error(), "\n", " "))
	return code
}
