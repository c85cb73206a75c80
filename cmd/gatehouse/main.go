// Command gatehouse is the user administration of an organisation's account: the server and its command line.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"slices"
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
	if err := refuseEmpty(args); err != nil {
		return fail(std, exitUsage, err)
	}
	if len(args) > 0 && args[0] == "help" { // as --help, which every subcommand has
		args = append(slices.Clone(args[1:]), "--help")
	}
	var (
		cli     commands
		exited  *int
		sources = &settingSources{origin: map[string]string{}}
	)
	parser, err := newParser(&cli, sources, std, func(code int) { exited = &code })
	if err != nil {
		return fail(std, exitUsage, err)
	}
	command, err := parser.Parse(args)
	if exited != nil { // --help
		return *exited
	}
	if err != nil {
		return fail(std, exitUsage, usageError(sources.attribute(explain(err, parser.Model, args))))
	}
	command.BindTo(ctx, (*context.Context)(nil))
	command.Bind(std, sources)
	if err := command.Run(); err != nil {
		if errors.Is(err, errUsage) {
			return fail(std, exitUsage, usageError(sources.attribute(err.Error())))
		}
		return fail(std, exitFailed, err)
	}
	return exitOK
}

// explain says of what is wrong with the words of a command line where to read what it takes.
func explain(err error, model *kong.Application, args []string) string {
	message := err.Error()
	if flag, _, missing := strings.Cut(message, ": expected "); missing && strings.Contains(message, `"EOL"`) {
		return flag + ": the value is missing"
	}
	for _, start := range []string{"unexpected argument ", "unknown flag ", "expected ", "missing flags: "} {
		if strings.HasPrefix(message, start) {
			return message + "; see `" + commandOf(model.Node, args) + " --help`"
		}
	}
	return message
}

// commandOf is what a command line begins with that is a command.
func commandOf(node *kong.Node, args []string) string {
	name := node.Name
	for _, child := range node.Children {
		if len(args) > 0 && child.Name == args[0] {
			name += " " + commandOf(child, args[1:])
		}
	}
	return name
}

// newParser makes what takes the command line apart. The settings of serve come from sources, too, for every subcommand that has
// them.
func newParser(cli *commands, sources *settingSources, std streams, exit func(int)) (*kong.Kong, error) {
	parser, err := kong.New(cli,
		kong.Name("gatehouse"),
		kong.Description("The user administration of an organisation's account."),
		kong.Resolvers(sources),
		kong.WithBeforeResolve(sources.load),
		kong.ValueFormatter(func(value *kong.Value) string {
			if value.Flag == nil || sources.flag(value.Name) == nil {
				return value.Help
			}
			return strings.TrimSuffix(value.Help, ".") + " ($" + variableOf(value.Name) + ")."
		}),
		kong.UsageOnError(),
		kong.Writers(std.out, std.err),
		kong.Exit(exit),
		kong.Vars{"metrics_listen": defaultMetricsListen, "mail_from": defaultMailFrom},
	)
	if err != nil {
		return nil, err
	}
	for _, node := range parser.Model.Children {
		if node.Name == "serve" {
			sources.flags = node.Flags
		}
	}
	return parser, nil
}

// errUsage marks a wrong flag or value that only running the command can find.
var errUsage = errors.New("usage")

// usageError is one line that says which flag or value is wrong and why.
type usageError string

func (e usageError) Error() string        { return string(e) }
func (e usageError) Is(target error) bool { return target == errUsage }

func usagef(format string, args ...any) error { return usageError(fmt.Sprintf(format, args...)) }

// lineEnds are also in the errors of libraries.
var lineEnds = regexp.MustCompile(`\s*\n\s*`)

func fail(std streams, code int, err error) int {
	fmt.Fprintf(std.err, "gatehouse: %s\n", lineEnds.ReplaceAllString(err.Error(), " "))
	return code
}
