package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/signin"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

type secretCommand struct {
	Rotate  rotateSecretCommand `cmd:"" help:"Put a new key on top of the key file and seal everything anew under it."`
	DropOld dropSecretsCommand  `cmd:"" name:"drop-old" help:"Leave the newest key alone in the key file, when nothing is under the older ones."`
	Lost    replaceLostCommand  `cmd:"" name:"replace-lost" help:"Go on without a key file that is lost for good: remove the second factors and recovery codes that only it opened."`
}

// onKeys is a subcommand about the key file.
type onKeys struct{ offline }

// run opens the house and changes the keys. The file must be there: one that is made now opens nothing.
func (c *onKeys) run(ctx context.Context, std streams, change func(*signin.Service) (*signin.KeyReport, error)) (report *signin.KeyReport, err error) {
	if _, err := os.Stat(c.settings().secretFile()); err != nil {
		return nil, fmt.Errorf("the key file: %w", err)
	}
	house, err := c.existingHouse(ctx, std)
	if err != nil {
		return nil, err
	}
	defer closeInto(&err, house)
	if report, err = change(house.signIn); err != nil {
		return nil, err
	}
	fmt.Fprintf(std.out, "Keys in %s, the newest first: %s. Sealed anew: %d.\n",
		c.settings().secretFile(), strings.Join(report.Keys, ", "), report.Resealed)
	tellRemains(std.out, report.KeyRemains)
	return report, nil
}

// tellRemains says what is still under older keys, and when it will not be any more.
func tellRemains(out io.Writer, remains signin.KeyRemains) {
	if n := len(remains.Holders); n > 0 {
		fmt.Fprintf(out, "Recovery codes under older keys, until these %d users make new ones: %s.\n", n, strings.Join(remains.Holders, ", "))
	}
	if remains.Answers > 0 {
		fmt.Fprintf(out, "Answers remembered under older keys, for 24 hours at most: %d.\n", remains.Answers)
	}
	if remains.Sealed > 0 {
		fmt.Fprintf(out, "Sealed under older keys just now, by a server that does not have the newest: %d.\n", remains.Sealed)
	}
}

type rotateSecretCommand struct{ onKeys }

func (c *rotateSecretCommand) Run(ctx context.Context, std streams) error {
	report, err := c.run(ctx, std, func(s *signin.Service) (*signin.KeyReport, error) { return s.RotateKeys(ctx) })
	if err != nil {
		return err
	}
	if report.None() {
		fmt.Fprintln(std.out, "Nothing is under the older keys any more: `gatehouse secret drop-old` removes them.")
	}
	return nil
}

type dropSecretsCommand struct{ onKeys }

func (c *dropSecretsCommand) Run(ctx context.Context, std streams) error {
	report, err := c.run(ctx, std, func(s *signin.Service) (*signin.KeyReport, error) { return s.DropOldKeys(ctx) })
	if err != nil {
		return err
	}
	if !report.None() {
		return errors.New("the older keys are still needed and stay")
	}
	return nil
}

type replaceLostCommand struct {
	offline
	Yes bool `help:"Do it; without it the command says what would be removed."`
}

func (c *replaceLostCommand) Run(ctx context.Context, std streams) (err error) {
	settings := c.settings()
	settings.keysLost = true
	if err := db.RequireExisting(c.address()); err != nil {
		return err
	}
	house, err := settings.build(ctx, std)
	if err != nil {
		return err
	}
	defer closeInto(&err, house)
	lost, err := house.signIn.FindLostKeys(ctx)
	if err != nil {
		return err
	}
	if len(lost.Names) == 0 && len(lost.Users) == 0 {
		fmt.Fprintln(std.out, "No key is lost.")
		return nil
	}
	accounts, err := house.store.Accounts(ctx)
	if err != nil {
		return err
	}
	handles := map[typeid.ID]string{}
	for _, account := range accounts {
		handles[account.ID] = account.Handle
	}
	fmt.Fprintf(std.out, "Keys that the database knows and %s does not have: %s.\n", settings.secretFile(), cmp.Or(strings.Join(lost.Names, ", "), "none"))
	for _, user := range lost.Users {
		fmt.Fprintf(std.out, "%s/%s loses all second factors and recovery codes.\n", handles[user.AccountID], user.LoginName)
	}
	if !c.Yes {
		return errors.New("nothing was changed: repeat the command with --yes")
	}
	for _, user := range lost.Users {
		if _, err := house.accounts.ResetMFA(ctx, handles[user.AccountID], user.LoginName); err != nil {
			return inWords(err)
		}
	}
	return house.signIn.ForgetLostKeys(ctx, lost)
}
