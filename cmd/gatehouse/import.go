package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph"
)

type importCommand struct {
	Users importUsersCommand `cmd:"" help:"Create users from a CSV file: all of them, or none when a line is wrong."`
}

type importUsersCommand struct {
	offline
	File    string `arg:"" help:"CSV with a head line: kind,login_name,name,email,language,roles,access_points,whitelists,mfa_forced." type:"existingfile"`
	Account string `help:"Handle of the account." required:""`
	DryRun  bool   `help:"Say what would happen, and create nobody."`
}

func (c *importUsersCommand) Run(ctx context.Context, std streams) (err error) {
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer closeInto(&err, file)
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
	for _, fault := range report.Faults {
		fmt.Fprintf(std.err, "line %d, %s: %s\n", fault.Line, fault.Column, graph.Sentence(db.English, fault.Problem))
	}
	switch {
	case len(report.Faults) > 0:
		return fmt.Errorf("%d faults; nobody was created", len(report.Faults))
	case c.DryRun:
		fmt.Fprintf(std.out, "%d users would be created.\n", report.Created)
	default:
		fmt.Fprintf(std.out, "%d users created.\n", report.Created)
	}
	return nil
}
