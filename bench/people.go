package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/pquerna/otp/totp"
)

// Operations that the benchmarks ask.
const (
	signIn       = `mutation ($input: SignInInput!) { signIn(input: $input) { next challenge { token } userErrors { code field message } } }`
	requestReset = `mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code field message } } }`
	createUser   = `mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } userErrors { code field message } } }`
	deactivate   = `mutation ($input: DeactivateUserInput!) { deactivateUser(input: $input) { userErrors { code field message } } }`
	beginTOTP    = `mutation ($input: BeginTotpEnrolmentInput!) {
		beginTotpEnrolment(input: $input) { challengeToken secret userErrors { code field message } } }`
	finishTOTP = `mutation ($input: FinishTotpEnrolmentInput!) { finishTotpEnrolment(input: $input) { userErrors { code field message } } }`
	roles      = `{ roles(filter: { query: "all" }) { nodes { id name } } }`
)

// variables of an operation's input.
type variables map[string]any

// credentials are what somebody types.
type credentials struct{ Account, LoginName, Password, Email string }

func (c credentials) signIn() variables {
	return variables{"account": c.Account, "loginName": c.LoginName, "password": c.Password}
}

func (c credentials) reset() variables { return variables{"account": c.Account, "email": c.Email} }

// wrong is the same with another password.
func (c credentials) wrong() credentials {
	c.Password = made()
	return c
}

// made returns a name that nobody has. All of them are as long.
func made() string {
	random := make([]byte, 10)
	rand.Read(random) // never fails
	return hex.EncodeToString(random)
}

// nobody is a login name, password and address that no user of an account has.
func nobody(account string) credentials {
	name := made()
	return credentials{account, name, made(), name + "@bench.example"}
}

// office creates people as an administrator does.
type office struct {
	server  *gatehouse
	account string
	admin   *client
	roleID  string // of the role all: with everything to be looked up that a user can have
	visits  int
}

// openOffice creates an account and signs its administrator in.
func openOffice(ctx context.Context, server *gatehouse) (*office, error) {
	o := &office{server: server, account: made()}
	who := credentials{o.account, "admin", made(), "admin@bench.example"}
	err := server.command(ctx, who.Password+"\n",
		"account", "create", "--handle", o.account, "--name", "Bench", "--email", who.Email, "--password-stdin")
	if err != nil {
		return nil, err
	}
	if o.admin, err = o.enrol(ctx, who); err != nil {
		return nil, err
	}
	var found struct{ Nodes []struct{ ID, Name string } }
	if err := o.admin.must(ctx, o.address(), roles, nil, &found); err != nil {
		return nil, err
	}
	for _, role := range found.Nodes {
		if role.Name == "all" {
			o.roleID = role.ID
			return o, nil
		}
	}
	return nil, fmt.Errorf("no role \"all\" in %v", found.Nodes)
}

// address is one that nobody has come from yet: the throttle of addresses must see each once. The network is the one set
// apart for benchmarks (RFC 2544).
func (o *office) address() string {
	o.visits++
	return fmt.Sprintf("198.%d.%d.%d", 18+o.visits>>16&1, o.visits>>8&255, o.visits&255)
}

// enrol signs somebody in and enrols an authenticator app.
func (o *office) enrol(ctx context.Context, who credentials) (*client, error) {
	browser, err := o.server.browser()
	if err != nil {
		return nil, err
	}
	from := o.address()
	if err := browser.must(ctx, from, signIn, who.signIn(), new(struct{})); err != nil {
		return nil, err
	}
	var begun struct{ ChallengeToken, Secret string }
	if err := browser.must(ctx, from, beginTOTP, variables{"name": "App"}, &begun); err != nil {
		return nil, err
	}
	code, err := totp.GenerateCode(begun.Secret, time.Now())
	if err != nil {
		return nil, err
	}
	return browser, browser.must(ctx, from, finishTOTP, variables{"challengeToken": begun.ChallengeToken, "code": code}, new(struct{}))
}

// person creates an employee with a password; what is in more goes with it, or in place of what everybody has.
func (o *office) person(ctx context.Context, more variables) (who credentials, id string, err error) {
	who, input := o.employee(more)
	var created struct{ User struct{ ID string } }
	err = o.admin.must(ctx, o.address(), createUser, input, &created)
	return who, created.User.ID, err
}

// employee is somebody to be created.
func (o *office) employee(more variables) (who credentials, input variables) {
	who = nobody(o.account)
	input = variables{
		"kind": "PERSONAL", "loginName": who.LoginName, "email": who.Email, "name": "Somebody", "language": "EN", "password": who.Password,
		"roleIds": []string{o.roleID}, "mfaForced": false, "accessPoints": []string{"WEB"},
	}
	for field, value := range more {
		input[field] = value
	}
	return who, input
}

// colleague creates an employee with nothing but a password.
func (o *office) colleague(ctx context.Context) (credentials, error) {
	who, _, err := o.person(ctx, nil)
	return who, err
}

// enrolled creates an employee with a second factor.
func (o *office) enrolled(ctx context.Context) (credentials, error) {
	who, err := o.colleague(ctx)
	if err != nil {
		return who, err
	}
	_, err = o.enrol(ctx, who)
	return who, err
}

// invited creates an employee who has not set a password yet.
func (o *office) invited(ctx context.Context) (credentials, error) {
	who, _, err := o.person(ctx, variables{"password": nil})
	return who, err
}

// deactivated creates an employee who has left.
func (o *office) deactivated(ctx context.Context) (credentials, error) {
	who, id, err := o.person(ctx, nil)
	if err != nil {
		return who, err
	}
	return who, o.admin.must(ctx, o.address(), deactivate, variables{"id": id}, new(struct{}))
}

// elsewhere creates an employee who may come from a network only that nobody of this benchmark is in.
func (o *office) elsewhere(ctx context.Context) (credentials, error) {
	who, _, err := o.person(ctx, variables{"newWhitelist": variables{
		"name": made(), "entries": []variables{{"cidr": "192.0.2.0/24"}},
	}})
	return who, err
}

// application creates an API user, which has no password and never will.
func (o *office) application(ctx context.Context) (credentials, error) {
	who, _, err := o.person(ctx, variables{"kind": "API", "password": nil, "mfaForced": true, "accessPoints": []string{"API"}})
	return who, err
}

// locked creates an employee whose name has been tried wrongly ten times, and is locked for the minute that follows.
func (o *office) locked(ctx context.Context) (credentials, error) {
	who, err := o.colleague(ctx)
	if err != nil {
		return who, err
	}
	for range 10 {
		if _, err := o.server.visitor().ask(ctx, o.address(), signIn, who.wrong().signIn()); err != nil {
			return who, err
		}
	}
	return who, nil
}
