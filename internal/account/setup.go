package account

import (
	"context"
	"net/netip"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/link"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
)

// IssueSetUpLink makes the link that creates the first account, in place of any older one. issued is false where there is
// an account: there is no such link then. It is no change that anybody answers for, and there is no account to tell it in.
func (s *Service) IssueSetUpLink(ctx context.Context) (token secret.Token, issued bool, err error) {
	var made link.Issued
	err = s.store.Touch(ctx, func(tx *db.Tx) error {
		issued = false
		exists, err := tx.HasAccount(ctx)
		if err != nil || exists {
			return err
		}
		issued = true
		made, err = link.SetUp(ctx, tx, s.now())
		return err
	})
	if err != nil || !issued {
		return "", false, err
	}
	return made.Token, true, nil
}

// SetUp creates the first account and its administrator with a set-up link, shown from an address. Of several at once one
// succeeds.
func (s *Service) SetUp(ctx context.Context, ip netip.Addr, input SetUpAccountInput) (*db.Account, *db.User, error) {
	found, err := link.ToSetUp(ctx, s.store.Reader, secret.Token(input.Token), s.now())
	if err != nil {
		return nil, nil, err
	}
	account := NewAccount{
		Handle: input.Handle, Name: input.Name, LoginName: input.LoginName, Email: input.Email, Language: input.Language, Password: input.Password,
	}
	if input.AdminName != nil {
		account.AdminName = *input.AdminName
	}
	a, admin, problems := s.newAccount(&account)
	a.owner = &db.Actor{ActorName: audit.System.ActorName, IP: ip.String()}
	// The form asks for what the command line may leave out.
	if input.LoginName == "" {
		problems.Add(problem.New(problem.Required, "login_name.required", "loginName"))
	}
	if input.Password == "" {
		problems.Add(problem.New(problem.Required, "password.required", "password"))
	}
	if admin.PasswordHash, err = s.hashFirstPassword(ctx, problems, input.Password); err != nil {
		return nil, nil, err
	}
	err = s.store.Change(ctx, func(tx *db.Tx) (err error) {
		// Whoever deletes the link first goes on; the others wait for that, and find it gone.
		if err := found.Use(ctx, tx); err != nil {
			return err
		}
		_, err = a.writeNewAccount(ctx, tx, admin)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	return a.account, admin, nil
}
