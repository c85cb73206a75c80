package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/internal/spreadsheet"
)

type importCommand struct {
	Users importUsersCommand `cmd:"" help:"Create users from a CSV file: all of them, or none when a line is wrong."`
}

type importUsersCommand struct {
	offline
	File    string `arg:"" help:"CSV with a head line: kind,login_name,name,email,language,roles,access_points,whitelists,mfa_forced. - for standard input." type:"existingfile"`
	Account string `help:"Handle of the account." required:""`
	DryRun  bool   `help:"Say what would happen, and create nobody."`
}

func (c *importUsersCommand) Run(ctx context.Context, std streams) (err error) {
	file := std.in
	if c.File != "-" {
		opened, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer closeInto(&err, opened)
		file = opened
	}
	house, err := c.existingHouse(ctx, std)
	if err != nil {
		return err
	}
	defer closeInto(&err, house)
	report, err := house.accounts.ImportUsers(ctx, c.Account, file, c.DryRun)
	if errors.Is(err, db.ErrNotFound) {
		return fmt.Errorf("there is no account %s", c.Account)
	}
	if err != nil {
		return inWords(err)
	}
	if report.Encoding == spreadsheet.Windows1252 {
		fmt.Fprintln(std.err, "The file is not UTF-8 and was read as Windows-1252. If names come out wrong, save it as UTF-8.")
	}
	for _, fault := range report.Faults {
		place := fmt.Sprint("line ", fault.Line)
		if fault.Column != "" {
			place += ", " + fault.Column
		}
		fmt.Fprintf(std.err, "%s: %s\n", place, graph.Sentence(db.English, fault.Problem))
	}
	switch {
	case len(report.Faults) > 0:
		return fmt.Errorf("nobody was created; faults: %d", len(report.Faults))
	case c.DryRun:
		fmt.Fprintf(std.out, "%s would be created.\n", counted(report.Created))
	default:
		fmt.Fprintf(std.out, "%s created.\n", counted(report.Created))
	}
	return nil
}

func counted(users int) string {
	if users == 1 {
		return "1 user"
	}
	return fmt.Sprint(users, " users")
}
