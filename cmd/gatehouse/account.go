package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/account"
)

type accountCommand struct {
	Create createAccountCommand `cmd:"" help:"Create an account and its first administrator."`
	List   listAccountsCommand  `cmd:"" help:"List the accounts."`
}

type createAccountCommand struct {
	offline
	Handle        string `help:"What stands before the slash in acme/jane: 3 to 40 of a-z 0-9 - _ . @" required:""`
	Name          string `help:"Name of the organisation." required:""`
	Email         string `help:"The administrator's address." required:""`
	Login         string `help:"The administrator's login name." default:"admin"`
	AdminName     string `help:"The administrator's name." default:"Administrator"`
	Language      string `help:"The administrator's language: en, nl, de, fr or es." enum:"en,nl,de,fr,es" default:"en"`
	PasswordStdin bool   `help:"Read the administrator's password from standard input, in place of a link to set it."`
	Demo          bool   `help:"Fill the account with the people, applications, roles and past of a registrar's reseller."`
	DemoUsers     int    `help:"Fill the account with this many users besides, a million in a few minutes, to see how it is to have them." placeholder:"N"`
}

func (c *createAccountCommand) Run(ctx context.Context, std streams) (err error) {
	if c.DemoUsers < 0 {
		return usagef("--demo-users: want a number of users, 0 or more")
	}
	wanted := account.NewAccount{
		Handle: c.Handle, Name: c.Name, Email: c.Email, LoginName: c.Login, AdminName: c.AdminName,
		Language: db.Language(strings.ToUpper(c.Language)),
	}
	if c.PasswordStdin {
		password, err := readPassword(std)
		if err != nil {
			return err
		}
		wanted.Password = password
	}
	if err := checkNewAccount(wanted); err != nil {
		return err
	}
	house, err := c.house(ctx, std)
	if err != nil {
		return err
	}
	defer closeInto(&err, house)
	created, admin, link, err := house.accounts.CreateAccount(ctx, wanted)
	if err != nil {
		return inWords(err)
	}
	if c.Demo {
		if err := house.accounts.FillDemo(ctx, created, admin); err != nil {
			return fmt.Errorf("fill the account: %w", err)
		}
	}
	if c.DemoUsers > 0 {
		if err := house.accounts.FillCrowd(ctx, created, c.DemoUsers); err != nil {
			return fmt.Errorf("fill the account: %w", err)
		}
	}
	fmt.Fprintf(std.out, "Account %s created, with its administrator %s/%s.\n", created.Handle, created.Handle, admin.LoginName)
	if link != "" {
		fmt.Fprintf(std.out, "To set the password, within 7 days and once:\n\n  %s\n", house.setPasswordLink(std, link))
	}
	return nil
}

// checkNewAccount finds what is wrong before a database is made for it. A password is no flag, and a weak one no wrong use of one.
func checkNewAccount(wanted account.NewAccount) error {
	flags := wanted
	flags.Password = ""
	if err := account.CheckNewAccount(flags); err != nil {
		return usagef("%v", inWords(err))
	}
	if err := account.CheckNewAccount(wanted); err != nil {
		return inWords(err)
	}
	return nil
}

type listAccountsCommand struct{ storage }

func (c *listAccountsCommand) Run(ctx context.Context, std streams) (err error) {
	store, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer closeInto(&err, store)
	accounts, err := store.Accounts(ctx)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "HANDLE\tNAME\tUSERS\tCREATED")
	for _, a := range accounts {
		fmt.Fprintf(table, "%s\t%s\t%d\t%s\n", a.Handle, a.Name, a.UserCount, a.CreatedAt.Time().Format("2006-01-02"))
	}
	return table.Flush()
}
