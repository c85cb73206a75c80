package main

import (
	"context"
	"fmt"
	"strings"
)

type userCommand struct {
	ResetMFA      resetMFACommand      `cmd:"" name:"reset-mfa" help:"Remove a user's second factors and recovery codes; their sessions end."`
	Unlock        unlockCommand        `cmd:"" help:"Lift the lock after wrong tries."`
	SetPassword   setPasswordCommand   `cmd:"" help:"Set a password, typed at the terminal or as a line of standard input."`
	RestoreAccess restoreAccessCommand `cmd:"" help:"Make a user an active administrator who may come in by WEB from anywhere."`
}

// onUser is a subcommand about one user.
type onUser struct {
	offline
	User string `arg:"" name:"account/login" help:"Such as acme/jane."`
}

// run opens the house and does something to the user as the system.
func (c *onUser) run(ctx context.Context, std streams, do func(h *house, handle, login string) (done string, err error)) (err error) {
	handle, login, found := strings.Cut(c.User, "/")
	if !found || handle == "" || login == "" || strings.Contains(login, "/") {
		return usagef("%q: want ACCOUNT/LOGIN, such as acme/jane", c.User)
	}
	house, err := c.existingHouse(ctx, std)
	if err != nil {
		return err
	}
	defer closeInto(&err, house)
	done, err := do(house, handle, login)
	if err != nil {
		return inWords(err)
	}
	fmt.Fprintf(std.out, "%s %s.\n", c.User, done)
	return nil
}

type resetMFACommand struct{ onUser }

func (c *resetMFACommand) Run(ctx context.Context, std streams) error {
	return c.run(ctx, std, func(h *house, handle, login string) (string, error) {
		_, err := h.accounts.ResetMFA(ctx, handle, login)
		return "has no second factor now; where one is forced, the next sign-in asks to enrol it", err
	})
}

type unlockCommand struct{ onUser }

func (c *unlockCommand) Run(ctx context.Context, std streams) error {
	return c.run(ctx, std, func(h *house, handle, login string) (string, error) {
		_, err := h.accounts.Unlock(ctx, handle, login)
		return "may try again", err
	})
}

type setPasswordCommand struct{ onUser }

func (c *setPasswordCommand) Run(ctx context.Context, std streams) error {
	return c.run(ctx, std, func(h *house, handle, login string) (string, error) {
		password, err := readPassword(std)
		if err == nil {
			_, err = h.accounts.SetPassword(ctx, handle, login, password)
		}
		return "has the new password; their sessions have ended", err
	})
}

type restoreAccessCommand struct{ onUser }

func (c *restoreAccessCommand) Run(ctx context.Context, std streams) error {
	return c.run(ctx, std, func(h *house, handle, login string) (string, error) {
		_, link, err := h.accounts.RestoreAccess(ctx, handle, login)
		done := "is active, has WEB and the role admin, and may come in from anywhere"
		if link != "" {
			done += fmt.Sprintf(". To set a password, within 7 days and once:\n\n  %s\n\nDone", h.setPasswordLink(std, link))
		}
		return done, err
	})
}
