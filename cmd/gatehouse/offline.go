package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/text"
)

// offline are the settings of subcommands that work on an account beside the server: where the data are, and what links
// in mails and on the terminal begin with. Mails they queue are sent by the server.
type offline struct {
	storage
	PublicURL  string `help:"Where visitors see the server, for links. By default the one that the server was last started with." name:"public-url" placeholder:"URL"`
	Catalogue  string `help:"Permission catalogue, YAML, in place of the registrar's." type:"existingfile" placeholder:"FILE"`
	SecretFile string `help:"Key file; by default secret.key in the data folder." placeholder:"FILE" type:"path"`
}

// house puts the program together without a server.
func (o *offline) house(ctx context.Context, std streams) (*house, error) {
	return o.settings().build(ctx, std)
}

// existingHouse is house for what works on accounts that are there: a wrong --data makes no new files.
func (o *offline) existingHouse(ctx context.Context, std streams) (*house, error) {
	if err := db.RequireExisting(o.address()); err != nil {
		return nil, err
	}
	return o.house(ctx, std)
}

func (o *offline) settings() *settings {
	return &settings{storage: o.storage, PublicURL: o.PublicURL, Catalogue: o.Catalogue, SecretFile: o.SecretFile, LogLevel: "warn", MailFrom: defaultMailFrom, offline: true}
}

// inWords replaces problems, which know only keys, by sentences.
func inWords(err error) error {
	problems := problem.From(err)
	if len(problems) == 0 {
		return err
	}
	sentences := make([]string, len(problems))
	for i, p := range problems {
		sentences[i] = strings.TrimPrefix(strings.Join(p.Field[1:], ".")+": ", ": ") + graph.Sentence(db.English, p)
	}
	return fmt.Errorf("%s", strings.Join(sentences, " "))
}

// readPassword takes a line of standard input, without echo where that is a terminal.
func readPassword(std streams) (string, error) {
	if terminal, ok := std.in.(*os.File); ok && term.IsTerminal(int(terminal.Fd())) {
		fmt.Fprint(std.err, "New password: ")
		typed, err := term.ReadPassword(int(terminal.Fd()))
		fmt.Fprintln(std.err)
		return string(typed), err
	}
	piped, err := bufio.NewReader(io.LimitReader(std.in, 4096)).ReadString('\n')
	if err != nil && err != io.EOF {
		return "", err
	}
	password, found := text.Line(piped)
	if !found {
		return "", usagef("no password on standard input")
	}
	return password, nil
}
